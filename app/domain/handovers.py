"""From hand to hand: which unit gave a dossier to which, told by its history.

Stands apart because the control sheet (form 06) prints it, while the history itself names events, not units.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.domain.appointments import verdict
from app.domain.calendar import Calendar
from app.domain.dossier import Dossier, HistoryItem, Step
from app.domain.words import Role

VERDICTS = {"early": "Trước hạn", "on_time": "Đúng hạn", "late": "Quá hạn", "": ""}


_TO_DESK = {"supplement_requested": "Yêu cầu bổ sung", "given_back": "Trả lại bước trước", "recalled": "Rút lại"}
_WITHIN = {"submitted_to_head": "Trình lãnh đạo: {}", "approved": "Lãnh đạo duyệt", "not_approved": "Không duyệt: {}"}


@dataclass(frozen=True, slots=True)
class Handover:
    """One hand-over: who gave, who took, when, how the time limit stood; empty: left to the pen."""

    giver: str
    taker: str
    at: datetime | None = None
    giver_name: str = ""
    taker_name: str = ""
    verdict: str = ""
    note: str = ""


def responsible_units(dossier: Dossier) -> tuple[str, ...]:
    """Return the units that work on the dossier in the order of its steps, without the desk; the first is in charge."""
    working = (step.unit_id for step in dossier.procedure.steps if step.role is not Role.RECEPTION)
    units = tuple(dict.fromkeys(unit for unit in working if unit != dossier.desk_unit_id))
    return units or (dossier.desk_unit_id,)


def handovers(
    dossier: Dossier, now: datetime, calendar: Calendar, name_of: Callable[[str], str]
) -> tuple[Handover, ...]:
    """Return the hand-overs so far; ``name_of`` gives a unit's name for its id."""
    desk = dossier.desk_unit_id
    holder, found = desk, list[Handover]()
    for item in dossier.history:
        if item.kind == "forwarded":
            step, person, comment = _target(dossier, item)
            taker = step.unit_id if step else holder
            found.append(_row(item, name_of(holder), name_of(taker), person, note=comment))
            holder = taker
        elif item.kind == "suspended":
            found.append(_row(item, name_of(holder), name_of(desk), note=f"Dừng tính: {item.note}"))
        elif item.kind in _TO_DESK:
            found.append(_row(item, name_of(holder), name_of(desk), note=f"{_TO_DESK[item.kind]}: {item.note}"))
        elif item.kind in _WITHIN:
            found.append(_row(item, name_of(holder), name_of(holder), note=_WITHIN[item.kind].format(item.note)))
        elif item.kind == "resumed":
            found.append(_row(item, name_of(desk), name_of(holder), note="Tính tiếp"))
        elif item.kind == "completed":
            judged = VERDICTS[verdict(dossier, now, calendar)]
            found.append(_row(item, name_of(holder), name_of(desk), judged=judged, note=item.note))
        elif item.kind == "returned":
            taker = dossier.returned_to or dossier.applicant.name
            found.append(_row(item, name_of(desk), taker, taker, note="Trả kết quả"))
    return tuple(found)


def _row(
    item: HistoryItem, giver: str, taker: str, taker_name: str = "", *, judged: str = "", note: str = ""
) -> Handover:
    return Handover(giver, taker, item.at, item.by, taker_name, judged, note)


def _target(dossier: Dossier, item: HistoryItem) -> tuple[Step | None, str, str]:
    """Return step, person and comment of a forwarding, whose note is ``step – person or unit: comment``."""
    step = next((s for s in dossier.procedure.steps if item.note.startswith(f"{s.name} – ")), None)
    if step is None:
        return None, "", item.note
    target, _, comment = item.note.removeprefix(f"{step.name} – ").partition(": ")
    units = {s.unit_id for s in dossier.procedure.steps}
    return step, "" if target in units else target, f"{step.name}. {comment}" if comment else step.name
