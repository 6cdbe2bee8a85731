"""One row of the dossier table in words: states, money, deadline, stripe.

Stands apart from the delegate, which only paints, and from the dossier pane, which has room for sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from app.clock import from_ms
from app.domain.calendar import Calendar
from app.domain.listing import ListRow
from app.domain.money import format_dong
from app.domain.time_words import clock_text, clock_time, due_moment, remaining_words, short_day, weekday_day
from app.domain.words import ENDED, FeeStatus, Role, State, SubState
from app.domain.working_time import working_minutes
from ui.desk.row_view import DueKind, FeeKind, RowView, Stripe
from ui.present.wording import FILING_WORDS, channel_words, detail_words

UNSENT = "Đã lưu trên máy – chưa gửi"
TITLES = ("Chủ hồ sơ · mã", "Thủ tục · trạng thái", "Phí, lệ phí", "Hẹn trả")
_NOTES: dict[str, str] = {
    "sent": "đã gửi",
    "viewed": "đã xem",
    "unseen": "chưa xem",
    "paying": "đang mở trang đóng",
    "unreachable": "chưa tới được",
    "sms_failed": "SMS lỗi",
}


@dataclass(frozen=True, slots=True)
class _Cell:
    kind: str
    line1: str
    line2: str
    spoken: str


def row_view(row: ListRow, now: datetime, role: Role, calendar: Calendar, pk: int | None = None) -> RowView:
    """Return what a row shows; ``pk`` is the row number under which the list knows it."""
    if row.foreign:
        return _foreign(row, pk)
    fee, due = _fee(row), _due(row, now, calendar)
    status = UNSENT if row.pending else _status(row, now, role)
    code = row.receipt_code or row.code
    spoken = (row.applicant, code, row.procedure, status, fee.spoken, due.spoken)
    return RowView(
        id=row.id if pk is None else pk,
        name=row.applicant,
        code=code,
        procedure=row.procedure,
        status_line=status,
        fee_kind=cast(FeeKind, fee.kind),
        fee_line1=fee.line1,
        fee_line2=fee.line2,
        due_kind=cast(DueKind, due.kind),
        due_line1=due.line1,
        due_line2=due.line2,
        stripe=_stripe(row, fee.kind, due.kind),
        queued=bool(row.pending),
        accessible=", ".join(part for part in spoken if part),
    )


def _foreign(row: ListRow, pk: int | None) -> RowView:
    status = "Chỉ xem được – cần cập nhật chương trình"
    spoken = f"{row.applicant}, {row.code}, {row.procedure}, {status}"
    key = row.id if pk is None else pk
    return RowView(key, row.applicant, row.receipt_code or row.code, row.procedure, status, accessible=spoken)


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


def _held(row: ListRow) -> str:
    return f"Đang xử lý · {row.holder}" if row.holder else "Đang xử lý · chờ phân công"


def _processing(row: ListRow, now: datetime) -> str:
    if not row.holder:
        return "Chờ phân công"
    if not row.since_ms:
        return "Đang xử lý"
    since = from_ms(row.since_ms)
    if short_day(since, now).startswith("hôm"):
        return f"Mới chuyển đến · {due_moment(since, now)}"
    return f"Đang xử lý · từ {weekday_day(since, now)}"


def _when(ms: int, now: datetime) -> str:
    """Return ``08:05`` of today, else the day."""
    if not ms:
        return ""
    moment = from_ms(ms)
    day = short_day(moment, now)
    return clock_time(moment) if day == "hôm nay" else day


def _fee(row: ListRow) -> _Cell:
    amount = format_dong(row.fee_amount)
    how = f"{amount} · {channel_words(row.fee_channel)}" if row.fee_channel else amount
    match row.fee_status:
        case FeeStatus.PAID if "tick_paid" in row.pending:
            return _Cell("paid_unsent", "Đã đóng – chưa gửi", how, f"đã đóng {amount}, chưa gửi")
        case FeeStatus.PAID:
            return _Cell("paid", "Đã đóng", how, f"đã đóng {amount} {_by(row)}".strip())
        case FeeStatus.DUE | FeeStatus.PAYING:
            note = "đang gửi" if "notify" in row.pending else _NOTES.get(row.fee_note, "")
            second = f"chờ đóng · {note}" if note else "chờ đóng"
            return _Cell("due", amount, second, f"chờ đóng {amount}")
        case FeeStatus.PARTIAL:
            return _Cell("partial", amount, "còn thiếu", f"còn thiếu {amount}")
        case FeeStatus.WAIVED:
            return _Cell("waived", "Miễn lệ phí", "", "miễn lệ phí")
        case FeeStatus.REFUNDED:
            return _Cell("refunded", "Đã hoàn", "", "đã hoàn")
        case _:
            return _not_asked(row, amount)


def _by(row: ListRow) -> str:
    return f"qua {channel_words(row.fee_channel)}" if row.fee_channel else ""


def _not_asked(row: ListRow, amount: str) -> _Cell:
    if row.state in (State.REFUSED, State.WITHDRAWN, State.RETURNED):
        return _Cell("not_charged", "Không thu phí", "", "không thu phí")
    if row.state == State.AWAITING_OBLIGATION:
        if row.fee_amount:
            return _Cell("none", "Chưa báo phí", f"thuế: {amount}", f"chưa báo phí, thuế {amount}")
        return _Cell("none", "Chưa có NVTC", "chờ cơ quan thuế", "chưa có nghĩa vụ tài chính")
    return _Cell("none", "Chưa báo phí", "", "chưa báo phí")


def _due(row: ListRow, now: datetime, calendar: Calendar) -> _Cell:
    if row.done_ms and row.fixed_ms:
        return _done(row, now)
    if row.running_ms:
        return _running(row, now, calendar)
    if row.paused_ms:
        return _paused(row, now)
    if row.state == State.SUBMITTED:
        return _Cell("paused", "Tạm dừng", "chờ công dân đóng", "tạm dừng, chờ công dân đóng")
    return _Cell("none", "", "", "")


def _running(row: ListRow, now: datetime, calendar: Calendar) -> _Cell:
    due = from_ms(row.running_ms)
    minutes = working_minutes(calendar, now, due)
    when = due_moment(due, now)
    if due < now:
        words = remaining_words(minutes) if minutes else ""
        line = f"Quá {words}" if words else "Quá hạn"
        spoken = f"quá {remaining_words(minutes, sentence=True)}" if minutes else "quá hạn"
        return _Cell("late", line, when, spoken)
    soon = now >= from_ms(row.soon_ms)
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
    done, fixed = from_ms(row.done_ms).date(), from_ms(row.fixed_ms).date()
    words = "đúng hạn" if done == fixed else ("trước hạn" if done < fixed else "quá hạn")
    line2 = f"hẹn {weekday_day(fixed, now)}"
    return _Cell("done", f"Xong {words}", line2, f"đã xong {words}")

