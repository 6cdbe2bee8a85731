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
from app.domain.dossier import Dossier
from app.domain.money import format_dong
from app.domain.notices import gate_notices, open_notices, owing
from app.domain.time_words import short_moment
from app.domain.transitions import Failed
from app.domain.words import State

Kind = Literal["act", "dialog", "go"]
WhyNot = Callable[[str], tuple[Failed, ...]]


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the table.

    ``key``: its command in ``ui.keys`` ("" none). ``rule``: the command of the domain's table that allows it ("" no
    rule asked). ``kind``: ``act`` happens at once, ``dialog`` asks first, ``go`` only moves. ``about``: dossier
    (needs a shown dossier) or desk. ``words``: what else may be typed to find it. ``needs``: why the dossier as it
    stands leaves nothing to do, "" when there is something.
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


_NO_NOTICE = "Hồ sơ này không có thông báo nào đang chờ thanh toán."


def _open_notice(dossier: Dossier) -> str:
    return "" if open_notices(dossier) else _NO_NOTICE


COMMANDS: tuple[Command, ...] = (
    Command("receive", "Tiếp nhận", "tray", "act", rule="receive"),
    Command("refuse", "Từ chối…", "prohibit", "dialog", rule="refuse"),
    Command("notify", "Thông báo công dân", "paper-plane-tilt", "dialog", "notify", "notify", words="báo phí lệ phí"),
    Command("accept_notify", "Tiếp nhận bổ sung và báo công dân", "archive-tray", "act", rule="accept_supplement"),
    Command("accept_supplement", "Chỉ tiếp nhận bổ sung", "archive-tray", "act", rule="accept_supplement"),
    Command("tick_paid", "Đã thanh toán phí, lệ phí", "money", "dialog", "tick_paid", "tick_paid", words="thu tiền"),
    Command("forward", "Chuyển xử lý", "arrow-right", "dialog", "forward", "forward", words="chuyển bước"),
    Command("suspend", "Dừng tính NVTC", "pause-circle", "dialog", "suspend", "suspend", words="nghĩa vụ tài chính"),
    Command("complete", "Hoàn thành", "check-circle", "dialog", rule="complete", words="xong"),
    Command("return", "Trả kết quả", "package", "dialog", rule="return"),
    Command("print_notice", "In giấy báo", "printer", "dialog", "print", needs=_open_notice),
    Command("replace_notice", "Thay thông báo…", "swap", "dialog", rule="cancel_notice"),
    Command("cancel_notice", "Hủy thông báo…", "prohibit", "dialog", rule="cancel_notice"),
    Command("approve_refund", "Duyệt hoàn tiền…", "hand-coins", "dialog", rule="approve_refund"),
    Command("pay_refund", "Ghi đã hoàn tiền", "hand-coins", "dialog", rule="pay_refund", words="trả lại tiền"),
    Command("close_case", "Khép việc…", "check-circle", "dialog", rule="close_case", words="hoàn tiền thiếu"),
    Command("due", "Vì sao hẹn ngày này", "calendar-dots", "go", "due", words="thời hạn"),
    Command("copy", "Chép mã hồ sơ", "copy", "go", "copy"),
    Command("refresh", "Đồng bộ ngay", "arrows-clockwise", "go", "refresh", about="desk", words="thử lại"),
    Command("search", "Tìm hồ sơ", "magnifying-glass", "go", "search", about="desk"),
    Command("outbox", "Chờ gửi", "cloud-arrow-up", "go", about="desk"),
    Command("decisions", "Cần xem lại", "scales", "go", about="desk"),
    Command("collected", "Đã thu hôm nay", "money", "go", about="desk", words="sổ thu bảng kê tiền in"),
    Command("covers", "Người xử lý thay", "users", "go", about="desk", words="nghỉ phép vắng mặt phân công"),
    Command("keys", "Bảng phím", "keyboard", "go", "keys", about="desk", words="phím tắt trợ giúp"),
    Command("sign_out", "Đăng xuất", "sign-out", "go", about="desk", words="đổi người"),
)
BY_ID: dict[str, Command] = {command.id: command for command in COMMANDS}


def reason(command_id: str, dossier: Dossier, why_not: WhyNot, now: datetime) -> str:
    """Return why the command cannot be done with this dossier now, as the officer reads it; "" when it can."""
    command = BY_ID[command_id]
    nothing = command.needs(dossier) if command.needs else ""
    if nothing or not command.rule:
        return nothing
    failed = why_not(command.rule)
    if any(item.code == "no-open-notice" for item in failed):
        return _NO_NOTICE
    return " ".join(_sentence(item, dossier, now) for item in failed)


def _sentence(failed: Failed, dossier: Dossier, now: datetime) -> str:
    if failed.code == "gate-unpaid":
        since = min(notice.sent_at for notice in gate_notices(dossier))
        when = short_moment(since, now)
        return f"Chưa tiếp nhận được: còn {format_dong(owing(dossier))} chờ công dân đóng (báo {when})."
    if failed.code == "not-online":
        return "Thủ tục này chưa cho thanh toán trực tuyến. Thu tại quầy rồi ghi nhận kèm chứng từ."
    said = texts.sentence(failed.code, **dict(failed.params))
    return f"{said} {texts.who_could(failed.who_could)}".strip()


def is_fee_step(dossier: Dossier) -> bool:
    """Say whether the present step collects a fee while it is worked on (case 3)."""
    return dossier.state is State.PROCESSING and dossier.step is not None and dossier.step.collects_fee
