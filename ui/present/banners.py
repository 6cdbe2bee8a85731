"""What the banner of a dossier says: the officer guide's cases in their exact sentences.

Stands apart from the rest of the dossier pane because these sentences are the program's promise to the officer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.clock import VN
from app.domain import second_officer
from app.domain.dossier import Dossier, Payment
from app.domain.money import format_dong
from app.domain.notices import gate_notices, open_notices, overdue, owing, rest_of, settled_of, unreached
from app.domain.people import Officer
from app.domain.settlement import without_result
from app.domain.time_words import clock_time, due_moment, long_moment, remaining_words, short_day, short_moment
from app.domain.words import (
    CaseKind,
    CaseState,
    FeeStatus,
    LineKind,
    NoticeState,
    Role,
    State,
    SubState,
    Way,
)
from ui import commands
from ui.present import ways
from ui.present.banner_view import BannerView, ended
from ui.present.wording import payment_words
from ui.present.work_banners import work_banners
from ui.widgets.plain_label import Bold


def banners(
    dossier: Dossier, waiting: Mapping[str, Way], officer: Officer, now: datetime, apology: str = ""
) -> tuple[BannerView, ...]:
    """Return what stands above the dossier's body, what matters most first; ``apology`` as a card has it."""
    found = [
        ways.banner(dossier, waiting),
        _conflict(dossier),
        _suspended(dossier, officer, now),
        *work_banners(dossier, officer, now, apology),
        _paid(dossier, waiting, now),
        _second_officer(dossier, now),
        _partial(dossier),
        _owing_at_reception(dossier, now),
        _unreached(dossier, waiting),
        _overdue_notice(dossier, now),
        _fee_step(dossier, officer),
        _owing_at_return(dossier),
        _ended(dossier, now),
    ]
    return tuple(banner for banner in found if banner is not None)


def _conflict(dossier: Dossier) -> BannerView | None:
    case = next((c for c in dossier.cases if c.state is CaseState.OPEN and c.decided_at is None), None)
    if case is None:
        return None
    paid = "đã đóng" if without_result(dossier) else "đóng thừa"
    body = f" {format_dong(case.amount)} {paid} được giữ lại. Mở Cần xem lại để chọn cách hoàn."
    return BannerView("warn", (Bold("Có khoản cần xem lại."), body))


def _suspended(dossier: Dossier, officer: Officer, now: datetime) -> BannerView | None:
    if dossier.state is not State.AWAITING_OBLIGATION or dossier.suspension is None:
        return None
    at, by = dossier.suspension.at, dossier.suspension.by.name
    when = f"{clock_time(at)} {short_day(at, now)}"
    lead = Bold("Dừng tính NVTC")
    if dossier.sub_state is SubState.AWAITING_TAX_NOTICE:
        return _awaiting_tax_notice(dossier, officer, now, (lead, f" lúc {when} – {by} (thụ lý). "))
    if dossier.sub_state in (SubState.DESK_ACCEPTED, SubState.AWAITING_PAYMENT):
        left = dossier.pauses[-1].remaining_minutes if dossier.pauses else 0
        kept = remaining_words(left, sentence=True, exact=True)
        words = "Đồng hồ vẫn dừng cho đến khi công dân đóng. "
        tail = f"Còn lại {kept}, giữ nguyên." if left >= 0 else f"Đã quá {kept}, giữ nguyên."
        return BannerView("paused", (lead, f" lúc {when} – {by} (thụ lý). ", words, tail))
    tax = "Số tiền do cơ quan thuế ấn định, không sửa tại quầy."
    if Role.RECEPTION in officer.roles:
        tax += " Sai thì Trả lại thụ lý."
    return BannerView("paused", (lead, f" lúc {when} – {by} (thụ lý). {ended(dossier.suspension.reason)} {tax}"))


def _awaiting_tax_notice(dossier: Dossier, officer: Officer, now: datetime, lead: tuple[str, ...]) -> BannerView:
    """The first part of the pause: the tax office has not answered, or its paper was wrong and went back."""
    reason = ended(dossier.suspension.reason) if dossier.suspension else ""
    back = next((item for item in reversed(dossier.history) if item.kind == "sent_back"), None)
    if back is not None and dossier.pauses and back.at >= dossier.pauses[-1].started_at:
        reason = f"Một cửa trả lại {short_moment(back.at, now)}: {ended(back.note)}"
    words = f"{reason} Chờ thông báo của cơ quan thuế, đồng hồ vẫn dừng."
    own = dossier.return_to is not None and dossier.return_to.id == officer.id
    return BannerView("paused", (*lead, words + (" Có thông báo thì bấm Thêm thông báo thuế." if own else "")))


def _paid(dossier: Dossier, waiting: Mapping[str, Way], now: datetime) -> BannerView | None:
    if dossier.fee_status is not FeeStatus.PAID or ways.unsent_money(waiting):
        return None
    payment = next((p for p in reversed(dossier.payments) if p.settled), None)
    if payment is None:
        return None
    nvtc = any(line.kind is LineKind.NVTC for n in dossier.notices if n.id == payment.notice_id for line in n.lines)
    settled = sum(p.settled for p in dossier.payments if p.notice_id == payment.notice_id)
    lead = "Công dân đã đóng NVTC " if nvtc else "Công dân đã đóng "
    parts: tuple[str, ...] = (lead, Bold(format_dong(settled)), f" {_when_paid(payment, now)}{_how(payment)}.")
    return BannerView("ok", (*parts, _what_follows(dossier, payment, now, nvtc=nvtc)))


def _when_paid(payment: Payment, now: datetime) -> str:
    day = short_day(payment.paid_at, now)
    return f"lúc {clock_time(payment.paid_at)}" + ("" if day == "hôm nay" else f" {day}")


def _how(payment: Payment) -> str:
    return f" qua {payment_words(payment)}" if payment.gateway else f", {payment_words(payment)}"


def _what_follows(dossier: Dossier, payment: Payment, now: datetime, *, nvtc: bool) -> str:
    supplied = dossier.supplements[-1].supplied_at if dossier.supplements else None
    later_reason = supplied is not None and supplied > payment.paid_at  # papers brought since then began it once more
    if dossier.state is State.SUBMITTED and dossier.accept_by is not None and not later_reason:
        until = long_moment(dossier.accept_by, now)
        return f" Thời hạn tiếp nhận 8 giờ làm việc tính lại từ lúc đó, đến {until}."
    if nvtc and dossier.state is State.PROCESSING and dossier.due_at is not None:
        who = dossier.assigned_to.name if dossier.assigned_to else "hàng chờ của đơn vị"
        ended = next((p.ended_at for p in reversed(dossier.pauses) if p.ended_at), payment.paid_at)
        since = short_moment(ended, now)
        return f" Hồ sơ về lại {who}, tính tiếp từ {since}, hẹn trả mới {long_moment(dossier.due_at, now)}."
    return ""


def _second_officer(dossier: Dossier, now: datetime) -> BannerView | None:
    payment = next(iter(second_officer.waiting(dossier)), None)
    if payment is None:
        return None
    limit = dossier.settings.two_eyes_over
    over = sum(p.amount for p in second_officer.waiting(dossier, payment.notice_id)) > limit > 0
    lead = Bold(f"Trên {format_dong(limit)} cần người thứ hai xác nhận. " if over else "Cần người thứ hai xác nhận. ")
    by = payment.recorded_by.name if payment.recorded_by else ""
    at = due_moment(payment.recorded_at, now)
    words = f"{by} ghi {format_dong(payment.amount)} lúc {at}; chờ cán bộ khác ở quầy, thủ quỹ hoặc lãnh đạo."
    return BannerView("warn", (lead, words), action=("Xác nhận", "confirm_payment", payment.id))


def _partial(dossier: Dossier) -> BannerView | None:
    notice = next((n for n in open_notices(dossier) if n.state is NoticeState.PARTLY_PAID), None)
    if notice is None:
        return None
    paid = settled_of(dossier, notice.id)
    rest = format_dong(rest_of(dossier, notice))
    words = f"Công dân chuyển {format_dong(paid)}, thông báo là {format_dong(notice.total)}. "
    action = ("Báo đóng thêm", "remind", notice.id)
    return BannerView("warn", (words, Bold(f"Còn thiếu {rest}.")), action=action)


def _owing_at_reception(dossier: Dossier, now: datetime) -> BannerView | None:
    """A procedure whose gate only warns: what is owing is named, receiving stays possible."""
    gates = gate_notices(dossier)
    if dossier.state is not State.SUBMITTED or not gates or dossier.procedure.gate != "warn":
        return None
    when = due_moment(min(notice.sent_at for notice in gates), now)
    words = f" (báo {when}). Thủ tục này vẫn tiếp nhận được khi chưa đóng."
    lead = Bold(f"Còn {format_dong(owing(dossier))} chờ công dân đóng")
    return BannerView("warn", (lead, words), action=("Đã thanh toán", "tick_paid", gates[0].id))


def _overdue_notice(dossier: Dossier, now: datetime) -> BannerView | None:
    today = now.astimezone(VN).date()
    notice = next((n for n in dossier.notices if overdue(n, today)), None)
    if notice is None or notice.pay_by is None:
        return None
    rest = format_dong(rest_of(dossier, notice))
    last = short_moment(notice.reminded_at, now) if notice.reminded_at else ""
    told = f" Đã nhắc {notice.reminders} lần, lần cuối {last}." if last else ""
    lead = Bold(f"Quá hạn nộp {notice.pay_by:%d/%m}. ")
    if unreached(notice):  # a reminder would reach nobody either
        return BannerView("warn", (lead, f"Còn {rest} chưa đóng."))
    words = f"Còn {rest} chưa đóng.{told} Nhắc công dân, hoặc thay thông báo."
    return BannerView("warn", (lead, words), action=("Nhắc…", "remind", notice.id))


def _unreached(dossier: Dossier, waiting: Mapping[str, Way]) -> BannerView | None:
    notice = next((n for n in dossier.notices if unreached(n)), None)
    if notice is None or ways.unsent(waiting, ("notify",)):
        return None
    words = " Gọi điện theo mẫu, hoặc in giấy báo."
    lead = Bold("Chưa kênh nào tới được công dân.")
    return BannerView("warn", (lead, words), "phone", action=("Mẫu gọi…", "call", notice.id))


def _fee_step(dossier: Dossier, officer: Officer) -> BannerView | None:
    if not commands.is_fee_step(dossier) or dossier.fee_status is FeeStatus.PAID:
        return None
    words = " Đồng hồ vẫn chạy trong lúc chờ công dân đóng."
    if dossier.assigned_to is not None and dossier.assigned_to.id == officer.id:
        return BannerView("info", (Bold("Bước này có thu lệ phí."), words))
    name = dossier.step.name if dossier.step else ""
    return BannerView("info", ("Bước ", Bold(name), " có thu phí.", words))


def _owing_at_return(dossier: Dossier) -> BannerView | None:
    if dossier.state is not State.COMPLETED or not owing(dossier):
        return None
    line = next((line.name for n in open_notices(dossier) for line in n.lines), "phí, lệ phí")
    what = f"{line[:1].lower()}{line[1:]}"
    words = f"Công dân còn nợ {format_dong(owing(dossier))} {what}. Thu trước khi trả?"
    return BannerView("warn", (words,), action=("Đã thanh toán", "tick_paid", open_notices(dossier)[0].id))


def _ended(dossier: Dossier, now: datetime) -> BannerView | None:
    words = (ended(dossier.end_reason), _money_left(dossier, now))
    if dossier.state is State.REFUSED:
        return BannerView("refused", (Bold("Không được tiếp nhận. "), *words))
    if dossier.state is State.WITHDRAWN:
        return BannerView("paused", (Bold("Công dân yêu cầu rút. "), *words))
    return None


def _money_left(dossier: Dossier, now: datetime) -> str:
    """Return what was paid for a dossier that ended without its result, and how far giving it back has come."""
    paid = sum(p.amount for p in dossier.payments if not p.reversed)
    case = next((c for c in reversed(dossier.cases) if c.kind is CaseKind.REFUND and not c.lapsed), None)
    if not paid or case is None:
        return ""
    steps = {
        CaseState.OPEN: ("chờ lãnh đạo duyệt", case.opened_at),
        CaseState.APPROVED: ("đã duyệt, chờ thủ quỹ hoàn", case.approved_at),
        CaseState.REFUNDED: ("đã hoàn", case.refunded_at),
        CaseState.CLOSED: ("đã khép", case.closed_at),
    }
    words, since = steps[case.state]
    when = f" từ {short_moment(since, now)}" if since else ""
    return f" Công dân đã đóng {format_dong(paid)}; việc hoàn {format_dong(case.amount)}: {words}{when}."
