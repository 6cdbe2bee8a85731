"""Times in the words of the office: *hôm nay 10:12*, *T5 19/11*, *còn 2 ngày 7h*.

Stands apart because every screen and paper must say a time alike. Today and yesterday have words, tomorrow has not:
appointments are read as dates. The year is said only when it is another one; hours run to 24.
"""

from __future__ import annotations

from datetime import date, datetime

from app.clock import VN
from app.domain.words import LimitUnit

_SHORT = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
_LONG = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_UNITS = {
    LimitUnit.WORKING_DAY: "ngày làm việc",
    LimitUnit.CALENDAR_DAY: "ngày",
    LimitUnit.HOUR: "giờ làm việc",
}
DAY_MINUTES = 480


def clock_time(moment: datetime) -> str:
    """Return ``09:32``."""
    return f"{moment.astimezone(VN):%H:%M}"


def short_day(day: date | datetime, now: datetime) -> str:
    """Return ``hôm nay``, ``hôm qua``, ``T5 19/11``, or ``T5 20/11/2025`` of another year."""
    day, today = _day(day), _day(now)
    if 0 <= (today - day).days <= 1:
        return ("hôm nay", "hôm qua")[(today - day).days]
    return weekday_day(day, now)


def weekday_day(day: date | datetime, now: datetime) -> str:
    """Return ``T5 19/11``, never a word; with the year if it is another one than that of ``now``."""
    day = _day(day)
    return f"{_SHORT[day.weekday()]} {day:%d/%m}{_year(day, now)}"


def short_moment(moment: datetime, now: datetime) -> str:
    """Return ``hôm nay 10:12``, ``hôm qua 16:30``, and for older and later days only the day: ``T5 19/11``."""
    day = short_day(moment, now)
    return f"{day} {clock_time(moment)}" if day.startswith("hôm") else day


def due_moment(moment: datetime, now: datetime) -> str:
    """Return an appointment as tables show it: ``10:00 T5 26/11``, ``16:12 hôm nay``."""
    return f"{clock_time(moment)} {short_day(moment, now)}"


def long_moment(moment: datetime, now: datetime | None = None) -> str:
    """Return ``09:32 thứ Hai 23/11`` for sentences; the year if another one, or always without ``now``."""
    day = _day(moment)
    year = f"/{day.year}" if now is None else _year(day, now)
    return f"{clock_time(moment)} {_LONG[day.weekday()]} {day:%d/%m}{year}"


def print_day(day: date | datetime) -> str:
    """Return ``ngày 05 tháng 02 năm 2026``: two digits for days below 10 and months 1 and 2 (NĐ 30/2020/NĐ-CP)."""
    day = _day(day)
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def print_moment(moment: datetime) -> str:
    """Return ``10 giờ 00 phút, ngày 26 tháng 11 năm 2026`` for printed papers."""
    local = moment.astimezone(VN)
    return f"{local:%H} giờ {local:%M} phút, {print_day(local)}"


def limit_words(amount: float, unit: LimitUnit) -> str:
    """Return a legal time limit: ``10 ngày làm việc``, ``12,5 ngày làm việc``, ``Trong ngày làm việc``."""
    if unit is LimitUnit.SAME_DAY:
        return "Trong ngày làm việc"
    return f"{amount:g} {_UNITS[unit]}".replace(".", ",")


def remaining_words(
    minutes: int, *, sentence: bool = False, exact: bool = False, day_minutes: int = DAY_MINUTES
) -> str:
    """Return working minutes (the sign is not looked at): ``2 ngày 7h``, ``3h20``, ``45 phút``.

    ``sentence`` says ``2 ngày 7 giờ``, ``3 giờ 20 phút``. From a day on, minutes are left out unless ``exact``.
    """
    days, rest = divmod(abs(minutes), day_minutes)
    hours, left = divmod(rest, 60)
    shown = left if exact or not days else 0
    parts = [f"{days} ngày"] if days else []
    if sentence or not hours:
        parts += [f"{hours} giờ"] if hours else []
        parts += [f"{shown} phút"] if shown or not parts else []
    else:
        parts.append(f"{hours}h{shown:02d}" if shown else f"{hours}h")
    return " ".join(parts)


def clock_text(due_minutes: int, *, soon: bool = False, sentence: bool = False, day_minutes: int = DAY_MINUTES) -> str:
    """Return ``còn 2 ngày 7h``, ``Còn 4h30`` on an amber chip (``soon``), or ``Quá 1 ngày 2h`` when negative."""
    words = remaining_words(due_minutes, sentence=sentence, day_minutes=day_minutes)
    if due_minutes < 0:
        return f"Quá {words}"
    return f"{'Còn' if soon else 'còn'} {words}"


def _day(value: date | datetime) -> date:
    return value.astimezone(VN).date() if isinstance(value, datetime) else value


def _year(day: date, now: datetime) -> str:
    return "" if day.year == _day(now).year else f"/{day.year}"
