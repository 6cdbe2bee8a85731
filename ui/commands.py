"""Every deed and way of the desk, as data: buttons, palette, shortcuts and the secondary row read this one table.

Stands apart so that a deed has one name, one key, one icon and one reason why it cannot be done now. What a command
*does* is bound by the window (``ui.deeds``); this table only names it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app import texts
from app.domain import forms
from app.domain.dossier import Dossier
from app.domain.forms import Form
from app.domain.money import format_dong
from app.domain.notices import gate_notices, open_notices, owing
from app.domain.time_words import due_moment
from app.domain.transitions import Failed
from app.domain.words import State

Kind = Literal["act", "dialog", "go"]
WhyNot = Callable[[str, str], tuple[Failed, ...]]
"""Answers for a rule, and what it would be about ("" whatever fits)."""


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the table.

    ``key``: its command in ``ui.keys`` ("" none). ``rule``: the command of the domain's table that allows it ("" no
    rule asked). ``kind``: ``act`` happens at once, ``dialog`` asks first, ``go`` only moves. ``about``: dossier
    (needs a shown dossier) or desk. ``words``: what else may be typed to find it. ``needs``: why the dossier as it
    stands leaves nothing to do, "" when there is something. ``then``: a second rule that must allow it too. ``past``: a
    condition that does not stand in the way, because the deed asks the portal about it.
    """

    id: str
    label: str
    icon: str
    kind: Kind
    key: str = ""
    rule: str = ""
    about: Literal["dossier", "desk"] = "dossier"
    words: str = ""
    needs: Callable[[Dossier], str] | None = None
    then: str = ""
    past: str = ""


_NO_NOTICE = "Hồ sơ này không có thông báo nào đang chờ thanh toán."


def _gated(dossier: Dossier) -> str:
    blocks = gate_notices(dossier) and dossier.procedure.gate != "warn"
    return "" if blocks else texts.sentence("nothing-in-the-way")


def _tax_notice(dossier: Dossier) -> str:
    waiting = dossier.state is State.AWAITING_OBLIGATION and not (dossier.suspension and dossier.suspension.nvtc_amount)
    return "Chưa có thông báo của cơ quan thuế. Thêm thông báo thuế trước." if waiting else ""


def _open_notice(dossier: Dossier) -> str:
    return "" if open_notices(dossier) else _NO_NOTICE


def _components(dossier: Dossier) -> str:
    return "" if dossier.components else "Hồ sơ này không có giấy tờ nào để kiểm tra."


def _free(dossier: Dossier) -> str:
    holder = dossier.assigned_to
    return f"Hồ sơ đang do {holder.name} giữ." if holder is not None else ""


def _step_paper(dossier: Dossier) -> str:
    none_yet = dossier.state is State.SUBMITTED and not open_notices(dossier)
    return texts.sentence("no-form-yet") if none_yet else ""


def _fits(form: Form) -> Callable[[Dossier], str]:
    code = "form-does-not-fit"
    return lambda dossier: "" if forms.fits(form, dossier) else texts.sentence(code, code=dossier.code)


_FORMS = (
    ("form_reception", "In giấy tiếp nhận và hẹn trả (mẫu 01)", Form.RECEPTION),
    ("form_supplement", "In phiếu yêu cầu bổ sung (mẫu 02)", Form.SUPPLEMENT),
    ("form_refusal", "In phiếu từ chối (mẫu 03)", Form.REFUSAL),
    ("form_apology", "In văn bản xin lỗi, gia hạn (mẫu 04)", Form.APOLOGY),
    ("form_stop", "In thông báo dừng giải quyết (mẫu 05)", Form.STOP),
    ("form_control", "In phiếu kiểm soát (mẫu 06)", Form.CONTROL),
)
COMMANDS: tuple[Command, ...] = (
    Command("receive", "Tiếp nhận", "tray", "act", rule="receive"),
    Command("ask_receive", "Hỏi Cổng rồi tiếp nhận", "tray", "act", rule="receive", past="gate-unpaid", needs=_gated,
            words="chờ Cổng xác nhận đã nộp"),
    Command("receive_unpaid", "Tiếp nhận khi chưa đóng…", "tray", "dialog", rule="receive_unpaid"),
    Command("correct_reception", "Sửa thông tin tiếp nhận…", "identification-card", "dialog", rule="correct_reception",
            words="nhầm thủ tục in lại"),
    Command("refuse", "Từ chối…", "prohibit", "dialog", rule="refuse"),
    Command("notify", "Thông báo công dân", "paper-plane-tilt", "dialog", "notify", "notify", words="báo phí lệ phí"),
    Command("accept_notify", "Tiếp nhận bổ sung và báo công dân", "archive-tray", "act", rule="accept_supplement"),
    Command("accept_supplement", "Chỉ tiếp nhận bổ sung", "archive-tray", "act", rule="accept_supplement"),
    Command("check_components", "Kiểm tra giấy tờ…", "check", "dialog", rule="check_components", needs=_components,
            words="thành phần đạt không đạt"),
    Command("request_supplement", "Yêu cầu bổ sung…", "files", "dialog", rule="request_supplement", words="mẫu 02"),
    Command("ask_citizen", "Báo công dân bổ sung", "paper-plane-tilt", "act", rule="ask_citizen"),
    Command("bring_supplement", "Nhận giấy tờ bổ sung…", "archive-tray", "dialog", rule="bring_supplement"),
    Command("take", "Nhận xử lý", "tray", "act", rule="assign", needs=_free),
    Command("assign", "Phân công…", "users", "dialog", rule="assign", words="giao người xử lý"),
    Command("submit_to_head", "Trình lãnh đạo…", "flag", "dialog", rule="submit_to_head"),
    Command("approve", "Duyệt", "check-circle", "act", rule="decide_approval"),
    Command("disapprove", "Không duyệt…", "prohibit", "dialog", rule="decide_approval"),
    Command("give_back", "Trả lại bước trước…", "arrow-u-up-left", "dialog", rule="give_back"),
    Command("recall", "Rút lại…", "arrow-counter-clockwise", "dialog", rule="recall", words="bước vừa chuyển"),
    Command("stop_handling", "Dừng giải quyết…", "pause-circle", "dialog", rule="stop_handling", words="mẫu 05"),
    Command("withdraw", "Công dân rút hồ sơ…", "arrow-u-up-left", "dialog", rule="withdraw"),
    Command("propose_extension", "Đề nghị gia hạn…", "calendar-dots", "dialog", rule="propose_extension",
            words="xin lỗi hẹn lại mẫu 04"),
    Command("extend", "Ký gia hạn…", "calendar-dots", "dialog", rule="extend", words="xin lỗi hẹn lại mẫu 04"),
    Command("decline_extension", "Không duyệt gia hạn…", "prohibit", "dialog", rule="decline_extension",
            words="hẹn lại mẫu 04"),
    Command("tick_paid", "Đã thanh toán phí, lệ phí", "money", "dialog", "tick_paid", "tick_paid", words="thu tiền"),
    Command("collect", "Thu tại quầy", "hand-coins", "dialog", "collect", "collect", words="thu tiền mặt"),
    Command("collect_receive", "Thu và tiếp nhận", "hand-coins", "dialog", rule="collect", then="receive"),
    Command("waive", "Miễn / không phải nộp…", "receipt", "dialog", rule="waive", words="miễn lệ phí"),
    Command("reverse_payment", "Ghi nhầm – hủy ghi nhận…", "arrow-counter-clockwise", "dialog", rule="reverse_payment",
            words="hủy ghi nhận đã đóng"),
    Command("confirm_payment", "Xác nhận khoản thu…", "check-circle", "dialog", rule="confirm_payment",
            words="người thứ hai"),
    Command("forward", "Chuyển xử lý", "arrow-right", "dialog", "forward", "forward", words="chuyển bước"),
    Command("suspend", "Dừng tính NVTC", "pause-circle", "dialog", "suspend", "suspend", words="nghĩa vụ tài chính"),
    Command("complete", "Hoàn thành", "check-circle", "dialog", rule="complete", words="xong"),
    Command("return", "Trả kết quả", "package", "dialog", rule="return"),
    Command("print", "In phiếu của bước này", "printer", "dialog", "print", needs=_step_paper),
    Command("print_notice", "In giấy báo", "printer", "dialog", needs=_open_notice),
    *(Command(name, words, "printer", "dialog", needs=_fits(form)) for name, words, form in _FORMS),
    Command("replace_notice", "Thay thông báo…", "swap", "dialog", rule="cancel_notice"),
    Command("cancel_notice", "Hủy thông báo…", "prohibit", "dialog", rule="cancel_notice"),
    Command("approve_refund", "Duyệt hoàn tiền…", "hand-coins", "dialog", rule="approve_refund"),
    Command("pay_refund", "Ghi đã hoàn tiền", "hand-coins", "dialog", rule="pay_refund", words="trả lại tiền"),
    Command("close_case", "Khép việc…", "check-circle", "dialog", rule="close_case", words="hoàn tiền thiếu"),
    Command("remind", "Nhắc…", "bell", "dialog", rule="remind", words="nộp tiền gửi lại"),
    Command("call", "Mẫu gọi…", "phone", "dialog", rule="reach", words="điện thoại"),
    Command("hand_over", "In và giao tay…", "printer", "dialog", rule="reach", words="giấy báo"),
    Command("correct_contact", "Sửa số, địa chỉ thư…", "envelope-simple", "dialog", rule="correct_contact"),
    Command("add_tax_notice", "Thêm thông báo thuế…", "receipt", "dialog", rule="add_tax_notice"),
    Command("send_back", "Trả lại thụ lý…", "arrow-u-up-left", "dialog", rule="send_back"),
    Command("cancel_suspension", "Hủy dừng tính…", "play-circle", "dialog", rule="cancel_suspension"),
    Command("resume", "Tiếp tục xử lý…", "play-circle", "dialog", rule="resume", words="chứng từ kho bạc thuế",
            needs=_tax_notice),
    Command("due", "Vì sao hẹn ngày này", "calendar-dots", "go", "due", words="thời hạn"),
    Command("copy", "Chép mã hồ sơ", "copy", "go", "copy"),
    Command("counter", "Tiếp nhận tại quầy", "identification-card", "go", "counter", about="desk",
            words="hồ sơ mới trực tiếp thẻ căn cước"),
    Command("refresh", "Đồng bộ ngay", "arrows-clockwise", "go", "refresh", about="desk", words="thử lại"),
    Command("search", "Tìm hồ sơ", "magnifying-glass", "go", "search", about="desk"),
    Command("outbox", "Chờ gửi", "cloud-arrow-up", "go", about="desk"),
    Command("decisions", "Cần xem lại", "scales", "go", about="desk"),
    Command("collected", "Đã thu hôm nay", "money", "go", about="desk", words="sổ thu bảng kê tiền in"),
    Command("unsent", "Việc của người khác trên máy này", "floppy-disk", "go", about="desk", words="gửi thay vắng"),
    Command("covers", "Người xử lý thay", "swap", "go", about="desk", words="nghỉ phép vắng mặt phân công"),
    Command("looks", "Nhật ký tra cứu", "eye", "go", about="desk", words="ai đã xem số điện thoại định danh"),
    Command("calendar", "Lịch làm việc", "calendar-dots", "go", about="desk", words="ngày nghỉ lễ tết làm bù giờ"),
    Command("keys", "Bảng phím", "keyboard", "go", "keys", about="desk", words="phím tắt trợ giúp"),
    Command("lock", "Khóa màn hình", "lock", "go", "lock", about="desk", words="che thông tin"),
    Command("privacy", "Che tên, số của công dân", "eye-slash", "go", "privacy", about="desk",
            words="riêng tư hiện lại"),
    Command("set_pin", "Đặt mã PIN…", "lock", "dialog", about="desk", words="đổi mã mở khóa"),
    Command("settings", "Cài đặt của đơn vị…", "gear", "dialog", about="desk",
            words="người thứ hai xác nhận bản sao chủ hồ sơ quản trị"),
    Command("sign_out", "Đăng xuất", "sign-out", "go", about="desk", words="đổi người"),
)  # fmt: skip
BY_ID: dict[str, Command] = {command.id: command for command in COMMANDS}


def reason(command_id: str, dossier: Dossier, why_not: WhyNot, now: datetime, subject_id: str = "") -> str:
    """Return why the command cannot be done with this dossier now, as the officer reads it; "" when it can."""
    command = BY_ID[command_id]
    nothing = command.needs(dossier) if command.needs else ""
    if nothing or not command.rule:
        return nothing
    failed = tuple(item for rule in (command.rule, command.then) if rule for item in why_not(rule, subject_id))
    failed = tuple(item for item in failed if item.code != command.past)
    if any(item.code == "no-open-notice" for item in failed):
        return _NO_NOTICE
    return " ".join(_sentence(item, dossier, now) for item in failed)


def _sentence(failed: Failed, dossier: Dossier, now: datetime) -> str:
    if failed.code == "gate-unpaid":
        since = min(notice.sent_at for notice in gate_notices(dossier))
        when = due_moment(since, now)
        return f"Chưa tiếp nhận được: còn {format_dong(owing(dossier))} chờ công dân đóng (báo {when})."
    if failed.code == "not-online":
        return "Thủ tục này chưa cho thanh toán trực tuyến. Dùng Thu tại quầy (F12)."
    said = texts.sentence(failed.code, **dict(failed.params))
    return f"{said} {texts.who_could(failed.who_could)}".strip()


def is_fee_step(dossier: Dossier) -> bool:
    """Say whether the present step collects a fee while it is worked on (case 3)."""
    return dossier.state is State.PROCESSING and dossier.step is not None and dossier.step.collects_fee
