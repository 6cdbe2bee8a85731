"""The parts of one pause: waiting for the tax office, then for the citizen; the clock stands through all of them.

Stands apart from the ledger, which counts a pause as one stretch: parts are only told, never counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from app.domain.dossier import Dossier, Pause
from app.domain.words import PauseKind

_TURNS = {"tax_notice_added": "payment", "sent_back": "tax_notice"}


@dataclass(frozen=True, slots=True)
class Part:
    """``waits_for``: tax_notice or payment; ``until`` None while it lasts."""

    waits_for: str
    since: datetime
    until: datetime | None


def parts(dossier: Dossier, pause: Pause) -> tuple[Part, ...]:
    """Return the parts of a suspension in order; a pause of another kind has none."""
    if pause.kind is not PauseKind.FINANCIAL_OBLIGATION:
        return ()
    inside = [
        item for item in dossier.history
        if item.at >= pause.started_at and (pause.ended_at is None or item.at <= pause.ended_at)
    ]  # fmt: skip
    begun = next((item for item in inside if item.kind == "suspended"), None)
    turns = [("tax_notice" if begun is not None and begun.amount == 0 else "payment", pause.started_at)]
    for item in inside:
        if item.kind in _TURNS and _TURNS[item.kind] != turns[-1][0]:
            turns.append((_TURNS[item.kind], item.at))
    ends = [since for _, since in turns[1:]]
    return (
        *(Part(waits_for, since, until) for ((waits_for, since), _), until in zip(pairwise(turns), ends, strict=True)),
        Part(turns[-1][0], turns[-1][1], pause.ended_at),
    )
