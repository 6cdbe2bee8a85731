"""The due date's ledger in words: one line per stretch of time, counted or not, and why.

Stands apart from its popover because it is language over ``app.domain.ledger``, and is tested without any window.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.domain import acceptance, deadline, pause_parts
from app.domain.calendar import Calendar
from app.domain.deadline import Segment
from app.domain.dossier import Dossier
from app.domain.notices import gate_notices
from app.domain.payments import clock_moment
from app.domain.time_words import (
    clock_time,
    due_moment,
    long_moment,
    remaining_words,
    short_moment,
    weekday_day,
)
from app.domain.words import LimitUnit, PauseKind, State

_RULES = {
    "full-day": "Cả ngày, trừ nghỉ trưa",
    "morning": "Buổi sáng",
    "afternoon": "Buổi chiều",
    "make-up-day": "Ngày làm bù",
    "calendar-days": "Ngày theo lịch",
    "weekend": "Nghỉ cuối tuần",
    "outside-hours": "Ngoài giờ làm việc",
}
_PAUSES = {
    PauseKind.SUPPLEMENT: "chờ bổ sung giấy tờ",
    PauseKind.FINANCIAL_OBLIGATION: "chờ nghĩa vụ tài chính",
    PauseKind.OTHER: "dừng xử lý",
}
_PARTS = {"tax_notice": "chờ thông báo của cơ quan thuế", "payment": "chờ công dân đóng"}
_UNITS = {
    LimitUnit.WORKING_DAY: "ngày làm việc",
    LimitUnit.CALENDAR_DAY: "ngày",
    LimitUnit.HOUR: "giờ làm việc",
}
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line: day or days, hours, how much counts ("" when nothing does), and why; ``open`` is a pause of now."""

    counted: bool
    days: str
    hours: str
    length: str
    why: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class Explained:
    """A whole explanation: the question, what it starts from, its lines, the sum and what is left of it."""

    title: str
    about: str
    lines: tuple[LedgerLine, ...]
    total: str
    left: str


def explain(dossier: Dossier, calendar: Calendar, now: datetime) -> Explained:
    """Return why the dossier is due when it is; in state 1 why it is to be received by then."""
    if dossier.state is State.SUBMITTED:
        return _acceptance(dossier, calendar, now)
    if dossier.received_at is None or dossier.due_at is None:
        return Explained("Chưa có hẹn trả", "Hẹn trả có khi hồ sơ được tiếp nhận.", (), "", "")
    return _appointment(dossier, dossier.received_at, dossier.due_at, calendar, now)


def briefly(dossier: Dossier, calendar: Calendar, now: datetime) -> str:
    """Return what moves the date of a dossier received now: from when it counts if not at once, holidays between.

    ``Tính từ 07:00 thứ Hai 23/11. 24/11 nghỉ.``; empty when nothing does.
    """
    received, limit = dossier.received_at or now, dossier.procedure
    asked = (calendar, received, limit.limit_amount, limit.limit_unit)
    start = deadline.counted_from(calendar, received, limit.limit_unit, limit.limit_cutoff)
    segments = deadline.explain_due(*asked, cutoff=limit.limit_cutoff)
    off = [_days_off(segment) for segment in segments if segment.rule == "holiday"]
    late = f"Tính từ {long_moment(start, now)}." if start > deadline.to_minute(received) else ""
    return " ".join(part for part in (late, f"{', '.join(off)} nghỉ." if off else "") if part)


def _days_off(segment: Segment) -> str:
    first, last = segment.from_, segment.to - _MINUTE
    return f"{first:%d/%m}" if first.date() == last.date() else f"{first:%d/%m}–{last:%d/%m}"


def _appointment(dossier: Dossier, received: datetime, due: datetime, calendar: Calendar, now: datetime) -> Explained:
    limit = dossier.procedure
    open_pause = next((p for p in dossier.pauses if p.ended_at is None), None)
    # A pause that goes on has restarted nothing yet, whatever its kind: it is laid out as one that keeps the rest.
    pauses = [
        deadline.Pause(p.started_at, p.ended_at, p.kind) if p.ended_at is not None
        else deadline.Pause(p.started_at, max(now, p.started_at + _MINUTE), PauseKind.OTHER)
        for p in dossier.pauses
    ]  # fmt: skip
    segments = deadline.explain_due(
        calendar, received, limit.limit_amount, limit.limit_unit, pauses, cutoff=limit.limit_cutoff
    )
    if open_pause is not None:
        segments = _until(segments, deadline.to_minute(open_pause.started_at))
    minutes = sum(s.minutes for s in segments if s.counted and s.rule != "calendar-days")
    words = remaining_words(minutes, sentence=True, exact=True, day_minutes=1 << 30)
    about = f"Nhận {short_at(received, now)} · {_limit(dossier, calendar)} · {_hours(calendar)}"
    lines = _lines(segments, received, now, "" if open_pause else words)
    if open_pause is not None:
        lines = (*lines[:-1], replace(lines[-1], why=f"Đang dừng: {_PAUSES[open_pause.kind]}"))
    lines = _with_parts(lines, segments, dossier, now)
    if open_pause is not None:
        kept = remaining_words(open_pause.remaining_minutes, sentence=True, exact=True)
        total = f"Tạm dừng từ {short_moment(open_pause.started_at, now)}"
        return Explained(
            f"Vì sao chưa có hẹn trả mới? Hẹn cũ {long_moment(due, now)}", about, lines, total,
            f"còn lại {kept}, giữ nguyên · {_version(now)}",
        )  # fmt: skip
    summed = f"Cộng {words}: " if minutes else ""
    if segments and segments[-1].to != deadline.to_minute(due):
        # A signed apology names its own date; else the portal's is the truth, even where our own reckoning differs.
        signed = dossier.extension is not None and dossier.extension.signed
        summed = "Đã xin lỗi và hẹn lại " if signed else "Cổng đang ghi "
    return Explained(
        f"Vì sao hẹn {long_moment(due)}?", about, lines, f"{summed}{due_moment(due, now)}",
        f"{_left(dossier, due, calendar, now)} · {_version(now)}",
    )  # fmt: skip


def _with_parts(
    lines: tuple[LedgerLine, ...], segments: tuple[Segment, ...], dossier: Dossier, now: datetime
) -> tuple[LedgerLine, ...]:
    """Tell below a suspension what it waited for in turn, when that was more than one thing."""
    told: list[LedgerLine] = []
    for line, segment in zip(lines, segments, strict=True):
        told.append(line)
        begun = (p for p in dossier.pauses if deadline.to_minute(p.started_at) == segment.from_)
        pause = next(begun, None) if segment.rule == "paused" else None
        found = pause_parts.parts(dossier, pause) if pause is not None else ()
        told += [_part(part, now) for part in found if len(found) > 1]
    return tuple(told)


def _part(part: pause_parts.Part, now: datetime) -> LedgerLine:
    since, hours = weekday_day(part.since, now), f"từ {clock_time(part.since)}"
    return LedgerLine(False, since, hours, "", _PARTS[part.waits_for], open=part.until is None)


def _acceptance(dossier: Dossier, calendar: Calendar, now: datetime) -> Explained:
    until = dossier.accept_by
    if until is None:
        since = min((n.sent_at for n in gate_notices(dossier)), default=dossier.submitted_at)
        return Explained(
            "Thời hạn tiếp nhận đang đứng", f"Chờ công dân đóng từ {short_at(since, now)}", (),
            "Đóng xong, tính lại 8 giờ làm việc từ đầu", _version(now),
        )  # fmt: skip
    starts = [clock_moment(p) for p in dossier.payments if p.settled] + [dossier.submitted_at]
    start = next((s for s in starts if acceptance.accept_by(s, calendar) == until), None)
    if start is None:
        segments = deadline.ledger(calendar, now, max(0, deadline.working_minutes(calendar, now, until)))
        about = f"Tính tiếp từ {short_at(now, now)} · {_hours(calendar)}"
    else:
        segments = deadline.ledger(calendar, start, acceptance.ACCEPT_MINUTES)
        what = "Nộp" if start == dossier.submitted_at else "Đóng tiền"
        about = f"{what} {short_at(start, now)} · 8 giờ làm việc · {_hours(calendar)}"
    minutes = sum(s.minutes for s in segments if s.counted)
    words = remaining_words(minutes, sentence=True, exact=True, day_minutes=1 << 30)
    return Explained(
        f"Vì sao tiếp nhận trước {long_moment(until)}?", about, _lines(segments, start, now, words),
        f"Cộng {words}: {due_moment(until, now)}",
        f"{_left(dossier, until, calendar, now)} · {_version(now)}",
    )  # fmt: skip


def _until(segments: tuple[Segment, ...], paused_at: datetime) -> tuple[Segment, ...]:
    kept = [s for s in segments if s.to <= paused_at]
    paused = [s for s in segments if s.rule == "paused" and s.from_ >= paused_at][:1]
    return (*kept, *paused)


def _lines(segments: tuple[Segment, ...], start: datetime | None, now: datetime, full: str) -> tuple[LedgerLine, ...]:
    last = max((at for at, s in enumerate(segments) if s.counted), default=-1)
    return tuple(
        _line(s, now, first=at == 0, start=start, full=full if at == last else "", open_=not full and s is segments[-1])
        for at, s in enumerate(segments)
    )


def _line(
    segment: Segment, now: datetime, *, first: bool, start: datetime | None, full: str, open_: bool
) -> LedgerLine:
    end = segment.to if segment.counted else segment.to - _MINUTE
    days = weekday_day(segment.from_, now)
    if end.date() != segment.from_.date():
        days = f"{days.rpartition('/')[0]} – {weekday_day(end, now)}"
    within = segment.counted or (end.date() == segment.from_.date() and segment.rule in ("outside-hours", "paused"))
    hours = f"{clock_time(segment.from_)} – {clock_time(segment.to)}" if within else ""
    why = _why(segment)
    if open_ and segment.rule == "paused":
        days, hours = weekday_day(segment.from_, now), f"từ {clock_time(segment.from_)}"
        return LedgerLine(False, days, hours, "không tính", why, open=True)
    if full:
        why = f"Đủ {full} làm việc"
    elif first and segment.counted and start is not None and segment.rule != "full-day":
        why = f"{why}; tính từ {clock_time(start)}"
    length = remaining_words(segment.minutes, sentence=True, exact=True, day_minutes=1 << 30)
    if segment.rule == "calendar-days":
        length = f"{segment.minutes // (24 * 60)} ngày"
    return LedgerLine(segment.counted, days, hours, length if segment.counted else "không tính", why)


def _why(segment: Segment) -> str:
    if segment.rule == "holiday":
        return segment.name
    if segment.rule == "restart":
        return "Bổ sung giấy tờ, tính lại từ đầu"
    if segment.rule == "paused":
        return f"Tạm dừng: {_PAUSES.get(PauseKind(segment.name), segment.name)}"
    if segment.rule == "after-cut-off":
        return f"Nhận sau {segment.name}, tính từ ngày làm việc sau"
    return _RULES.get(segment.rule, segment.rule)


def _limit(dossier: Dossier, calendar: Calendar) -> str:
    limit = dossier.procedure
    if limit.limit_unit is LimitUnit.SAME_DAY:
        return "trả trong ngày"
    amount = f"{limit.limit_amount:g}".replace(".", ",")
    words = f"{amount} {_UNITS[limit.limit_unit]}"
    if limit.limit_unit is LimitUnit.WORKING_DAY:
        minutes = deadline.limit_minutes(limit.limit_amount, limit.limit_unit, calendar)
        words += f" = {remaining_words(minutes, sentence=True, exact=True, day_minutes=1 << 30)}"
    return words


def _hours(calendar: Calendar) -> str:
    def at(minute: int) -> str:
        return f"{minute // 60:02d}:{minute % 60:02d}"

    (a, b), (c, d) = calendar.morning, calendar.afternoon
    return f"giờ làm {at(a)}–{at(b)}, {at(c)}–{at(d)}"


def _left(dossier: Dossier, due: datetime, calendar: Calendar, now: datetime) -> str:
    if dossier.completed_at is not None:
        return "đã xong"
    left = deadline.working_minutes(calendar, now, due)
    words = remaining_words(left, sentence=True, exact=True)
    return f"còn {words}" if left >= 0 else f"quá {words}"


def _version(now: datetime) -> str:
    return f"lịch làm việc {now.year}"


def short_at(moment: datetime, now: datetime) -> str:
    """Return ``10:00 T6 20/11``."""
    return f"{clock_time(moment)} {weekday_day(moment, now)}"
