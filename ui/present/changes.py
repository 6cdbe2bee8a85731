"""What somebody else changed of a dossier while its dialog is open: who, when, and the fields that differ, in words.

Stands apart from the dossier's own words because it compares two of them and keeps what an officer acts on only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.citizen_id import mask_phone
from app.domain.dossier import Dossier, HistoryItem
from app.domain.money import format_dong
from app.domain.notices import owing
from app.domain.people import Officer
from app.domain.time_words import clock_time, due_moment, short_day
from ui.present.notices import NoticeView, notice_views
from ui.present.wording import detail_words, masked
from ui.widgets.plain_label import Bold

_NOTHING = "chưa có"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: its name, what it was when the dialog opened, what it is now."""

    name: str
    before: str
    after: str


def last_by_others(before: Dossier, after: Dossier, officer: Officer) -> HistoryItem | None:
    """Return the newest thing that happened since ``before`` and was not this officer's doing, None if nothing was."""
    new = [item for item in after.history if item not in before.history and item.by != officer.name]
    return max(new, key=lambda item: item.at, default=None)


def changed_words(item: HistoryItem, now: datetime) -> tuple[str, ...]:
    """Return the banner's sentence in parts."""
    day = short_day(item.at, now)
    when = clock_time(item.at) if day == "hôm nay" else f"{clock_time(item.at)} {day}"
    who = item.by or ("Công dân" if item.kind == "payment_recorded" else "Cổng")
    return (Bold(f"{who} vừa đổi hồ sơ này"), f" lúc {when}. Phần bạn đang gõ vẫn còn.")


def differences(before: Dossier, after: Dossier, officer: Officer, now: datetime) -> tuple[Difference, ...]:
    """Return the fields that differ, in the order of the dossier's pane."""
    was, now_is = _facts(before, officer, now), _facts(after, officer, now)
    names = (*now_is, *(name for name in was if name not in now_is))
    pairs = ((name, was.get(name, _NOTHING), now_is.get(name, _NOTHING)) for name in names)
    return tuple(Difference(name, old, new) for name, old, new in pairs if old != new)


def _facts(dossier: Dossier, officer: Officer, now: datetime) -> dict[str, str]:
    submitter = dossier.submitter
    known = {
        "Trạng thái": detail_words(int(dossier.state), dossier.sub_state or ""),
        "Bước": dossier.step.name if dossier.step else _NOTHING,
        "Người giữ": dossier.assigned_to.name if dossier.assigned_to else _NOTHING,
        "Hẹn trả": due_moment(dossier.due_at, now) if dossier.due_at else _NOTHING,
        "Còn phải nộp": format_dong(owing(dossier)),
        "Đã nộp": format_dong(sum(payment.held for payment in dossier.payments)),
        "Điện thoại": mask_phone(submitter.phone) if submitter.phone else _NOTHING,
        "Thư điện tử": masked("email", submitter.email) if submitter.email else _NOTHING,
        "Giấy tờ": f"{sum(len(component.files) for component in dossier.components)} tệp",
    }
    told = {
        f"Thông báo lần {number}": f"{view.total} · {view.chip[0]}" for number, view in _notices(dossier, officer, now)
    }
    return known | told


def _notices(dossier: Dossier, officer: Officer, now: datetime) -> list[tuple[int, NoticeView]]:
    numbers = {notice.id: notice.number for notice in dossier.notices}
    return [(numbers[view.id], view) for view in notice_views(dossier, officer, now, {})]
