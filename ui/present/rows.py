"""One row of the dossier table in words: states, money, deadline, stripe.

Stands apart from the delegate, which only paints, and from the dossier pane, which has room for sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast

from app.clock import from_ms
from app.domain.calendar import Calendar
from app.domain.listing import ListRow
from app.domain.money import format_dong, format_print
from app.domain.time_words import clock_text, clock_time, due_moment, remaining_words, short_day, weekday_day
from app.domain.words import ENDED, CaseState, FeeStatus, Role, State, SubState, Way
from app.domain.working_time import working_minutes
from ui.desk.row_view import DueKind, FeeKind, RowView, Stripe
from ui.present import veil, ways
from ui.present.wording import FILING_WORDS, channel_words, code_words, detail_words

_TITLES = ("Chủ hồ sơ{name} · mã{code}", "Thủ tục{procedure} · trạng thái", "Phí, lệ phí{fee}", "Hẹn trả{due}")
_STEP_TITLE = "Hạn bước{step}"
_REFUNDS: dict[str, str] = {
    CaseState.OPEN: "Hoàn tiền · chờ lãnh đạo duyệt",
    CaseState.APPROVED: "Hoàn tiền · đã duyệt, chờ thủ quỹ",
    CaseState.REFUNDED: "Hoàn tiền · đã hoàn, chờ khép",
}
_NOTES: dict[str, str] = {
    "sent": "đã gửi",
    "viewed": "đã xem",
    "unseen": "chưa xem",
    "paying": "đang mở trang đóng",
    "second": "chờ người thứ hai",
    "unreachable": "chưa tới được",
    "sms_failed": "SMS lỗi",
}


@dataclass(frozen=True, slots=True)
class _Cell:
    kind: str
    line1: str
    line2: str
    spoken: str


def titles(role: Role, order: str = "", *, descending: bool = False) -> tuple[str, ...]:
    """Return the columns' titles with the arrow beside the word that the list is ordered by; "" draws none.

    >>> titles(Role.RECEPTION, "code")[0]
    'Chủ hồ sơ · mã ▲'
    """
    arrows = dict.fromkeys(("name", "code", "procedure", "fee", "due", "step"), "")
    arrows[order] = " ▼" if descending else " ▲"
    last = _STEP_TITLE if role is Role.PROCESSOR else _TITLES[-1]
    return tuple(title.format(**arrows) for title in (*_TITLES[:-1], last))


def row_view(row: ListRow, now: datetime, role: Role, calendar: Calendar, pk: int | None = None) -> RowView:
    """Return what a row shows; ``pk`` is the row number under which the list knows it."""
    if row.foreign:
        return _foreign(row, pk)
    sent = ways.on_its_way(row.pending, row.ways)
    way, alarm = ways.unsent(sent), _alarm(row, sent, now)
    fee, due = _fee(row, sent, alarm), _due(row, now, calendar, of_step=role is Role.PROCESSOR)
    status = ways.STATUS[way] if way else _status(row, now, role)
    name, code = veil.name(row.applicant), veil.code(code_words(row.receipt_code, row.code))
    spoken = (name, code, row.procedure, _status_spoken(row, status), fee.spoken, due.spoken)
    return RowView(
        id=row.id if pk is None else pk,
        name=name,
        code=code,
        procedure=row.procedure,
        status_line=status,
        fee_kind=cast(FeeKind, fee.kind),
        fee_line1=fee.line1,
        fee_line2=fee.line2,
        fee_alarm=bool(alarm) and fee.line2 == alarm[0],
        due_kind=cast(DueKind, due.kind),
        due_line1=due.line1,
        due_line2=due.line2,
        stripe=_stripe(row, fee.kind, due.kind),
        queued=way is not None,
        accessible=", ".join(part for part in spoken if part),
    )


def _foreign(row: ListRow, pk: int | None) -> RowView:
    status = "Chỉ xem được – cần cập nhật chương trình"
    name, code = veil.name(row.applicant), veil.code(code_words(row.receipt_code, row.code))
    spoken = f"{name}, {code}, {row.procedure}, {status}"
    return RowView(row.id if pk is None else pk, name, code, row.procedure, status, accessible=spoken)


def _stripe(row: ListRow, fee: str, due: str) -> Stripe:
    """Overdue beats paid beats due soon beats paused; two facts about one sum beat them all."""
    if row.open_case:
        return "conflict"
    if due == "late":
        return "late"
    if fee == "paid":
        return "paid"
    if due == "soon":
        return "soon"
    return "pause" if due == "paused" else "none"


def _status(row: ListRow, now: datetime, role: Role) -> str:
    state = State(row.state)
    if row.refund_state and role in (Role.HEAD, Role.CASHIER):
        return _REFUNDS[row.refund_state]
    if state is State.SUBMITTED:
        return f"Mới đăng ký · {FILING_WORDS.get(row.filing, row.filing)} {_when(row.since_ms, now)}".rstrip()
    if row.paid_next and state is State.PROCESSING:
        return "Đã đóng – làm tiếp" if role is Role.PROCESSOR else _held(row)
    if state is State.RECEIVED:
        return "Được tiếp nhận · chờ chuyển"
    if state is State.PROCESSING:
        return _processing(row, now) if role is Role.PROCESSOR else _held(row)
    if state in ENDED and row.since_ms:
        return f"{detail_words(row.state, row.sub_state)} · {_when(row.since_ms, now)}"
    return detail_words(row.state, row.sub_state)


def _status_spoken(row: ListRow, status: str) -> str:
    """Return the second line for the ear; how and when a new dossier was filed is left to the pane."""
    return status.partition(" · ")[0] if row.state == State.SUBMITTED else status.replace(" · ", ", ")


def _held(row: ListRow) -> str:
    return f"Đang xử lý · {row.holder}" if row.holder else "Đang xử lý · chờ phân công"


def _processing(row: ListRow, now: datetime) -> str:
    if not row.holder:
        return "Chờ phân công"
    doing = row.step or "Đang xử lý"
    if row.step_fee and row.fee_status == FeeStatus.NONE:
        return f"{doing} · thu lệ phí ở bước này"
    if not row.since_ms:
        return doing
    since = from_ms(row.since_ms)
    if short_day(since, now).startswith("hôm"):
        return f"Mới chuyển đến · {due_moment(since, now)}"
    return f"{doing} · từ {weekday_day(since, now)}"


def _when(ms: int, now: datetime) -> str:
    """Return ``08:05`` of today, else the day."""
    if not ms:
        return ""
    moment = from_ms(ms)
    day = short_day(moment, now)
    return clock_time(moment) if day == "hôm nay" else day


def _alarm(row: ListRow, sent: Mapping[str, Way], now: datetime) -> tuple[str, str] | None:
    """Return why an open notice needs someone, shown and spoken: nobody reached, or its *hạn nộp* is past."""
    if ways.unsent(sent, ("notify",)) or row.fee_status not in (FeeStatus.DUE, FeeStatus.PARTIAL):
        return None
    if row.unreached_ms:
        return _NOTES["unreachable"], _NOTES["unreachable"]
    late_from = from_ms(row.pay_late_ms)
    if not row.pay_late_ms or late_from > now:
        return None
    day = f"{late_from - timedelta(days=1):%d/%m}"
    return f"quá hạn {day}", f"quá hạn nộp {day}"


def _fee(row: ListRow, sent: Mapping[str, Way], alarm: tuple[str, str] | None) -> _Cell:
    cell = _asked(row, ways.unsent_money(sent), ways.unsent(sent, ("notify",)))
    if not row.refund_amount:
        return _Cell(cell.kind, cell.line1, alarm[0], f"{cell.spoken}, {alarm[1]}") if alarm else cell
    back = f"chờ hoàn {format_dong(row.refund_amount)}"
    if cell.kind in ("none", "not_charged"):
        return _Cell("none", format_dong(row.refund_amount), "chờ hoàn", back)
    return _Cell(cell.kind, cell.line1, back, f"{cell.spoken}, {back}")


def _asked(row: ListRow, money: Way | None, notice: Way | None) -> _Cell:
    amount, said = format_dong(row.fee_amount), format_print(row.fee_amount)
    how = f"{amount} · {channel_words(row.fee_channel)}" if row.fee_channel else amount
    match row.fee_status:
        case FeeStatus.PAID if money:
            way = ways.SHORT[money]
            return _Cell("paid_unsent", f"Đã đóng – {way}", how, f"đã đóng {said}, {way}")
        case FeeStatus.PAID:
            return _Cell("paid", "Đã đóng", how, f"đã đóng {said} {_by(row)}".strip())
        case FeeStatus.DUE | FeeStatus.PAYING:
            note = ways.SHORT[notice] if notice else _NOTES.get(row.fee_note, "")
            second = f"chờ đóng · {note}" if note else "chờ đóng"
            return _Cell("due", amount, second, f"chờ đóng {said}")
        case FeeStatus.PARTIAL:
            return _Cell("partial", amount, "còn thiếu", f"còn thiếu {said}")
        case FeeStatus.WAIVED:
            return _Cell("waived", "Miễn lệ phí", "", "miễn lệ phí")
        case FeeStatus.REFUNDED:
            return _Cell("refunded", "Đã hoàn", "", "đã hoàn")
        case _:
            return _not_asked(row)


def _by(row: ListRow) -> str:
    return f"qua {channel_words(row.fee_channel)}" if row.fee_channel else ""


def _not_asked(row: ListRow) -> _Cell:
    if row.state in (State.REFUSED, State.WITHDRAWN, State.RETURNED):
        return _Cell("not_charged", "Không thu phí", "", "không thu phí")
    if row.state == State.AWAITING_OBLIGATION:
        if row.fee_amount:
            spoken = f"chưa báo phí, thuế {format_print(row.fee_amount)}"
            return _Cell("none", "Chưa báo phí", f"thuế: {format_dong(row.fee_amount)}", spoken)
        return _Cell("none", "Chưa có NVTC", "chờ cơ quan thuế", "chưa có nghĩa vụ tài chính")
    if row.expected_fee:
        spoken = f"chưa báo phí, dự kiến {format_print(row.expected_fee)}"
        return _Cell("none", "Chưa báo phí", f"dự kiến {format_dong(row.expected_fee)}", spoken)
    return _Cell("none", "Chưa báo phí", "", "chưa báo phí")


def _due(row: ListRow, now: datetime, calendar: Calendar, *, of_step: bool) -> _Cell:
    """Return the deadline's cell; ``of_step``: the step's own date, or the appointment if that comes first."""
    if row.done_ms and row.fixed_ms:
        return _done(row, now)
    if row.running_ms and of_step and row.state == State.PROCESSING:
        if 0 < row.step_due_ms <= row.running_ms:
            step = _running(row.step_due_ms, row.step_soon_ms, now, calendar)
            return replace(step, spoken=f"bước này {step.spoken}")
        cell = _running(row.running_ms, row.soon_ms, now, calendar)
        return replace(cell, line2=f"hẹn {cell.line2}", spoken=f"hẹn trả {cell.spoken}")
    if row.running_ms:
        return _running(row.running_ms, row.soon_ms, now, calendar)
    if row.paused_ms:
        return _paused(row, now)
    if row.state == State.SUBMITTED:
        return _Cell("paused", "Tạm dừng", "chờ công dân đóng", "tạm dừng, chờ công dân đóng")
    return _Cell("none", "", "", "")


def _running(due_ms: int, soon_ms: int, now: datetime, calendar: Calendar) -> _Cell:
    due = from_ms(due_ms)
    minutes = working_minutes(calendar, now, due)
    when = due_moment(due, now)
    if due < now:
        words = remaining_words(minutes) if minutes else ""
        line = f"Quá {words}" if words else "Quá hạn"
        spoken = f"quá {remaining_words(minutes, sentence=True)}" if minutes else "quá hạn"
        return _Cell("late", line, when, spoken)
    soon = now >= from_ms(soon_ms)
    spoken = clock_text(minutes, sentence=True)
    return _Cell("soon" if soon else "plain", clock_text(minutes, soon=soon), when, spoken)


def _paused(row: ListRow, now: datetime) -> _Cell:
    since = from_ms(row.paused_ms)
    day = short_day(since, now)
    when = f"{clock_time(since)} hôm nay" if day == "hôm nay" else day
    line = f"từ {when}"
    if row.sub_state == SubState.CITIZEN_ASKED:
        line = f"chờ giấy từ {since:%d/%m}"
    return _Cell("paused", "Tạm dừng", line, f"tạm dừng từ {when}")


def _done(row: ListRow, now: datetime) -> _Cell:
    done, fixed = from_ms(row.done_ms).date(), from_ms(row.judged_ms or row.fixed_ms).date()
    words = "đúng hạn" if done == fixed else ("trước hạn" if done < fixed else "quá hạn")
    line2 = f"hẹn {weekday_day(fixed, now)}"
    return _Cell("done", f"Xong {words}", line2, f"đã xong {words}")
