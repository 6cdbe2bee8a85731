"""Grounds of a waiver that are not the head's own words, and the kinds of lines each of them is for.

Stands apart as data: the fee table's grounds free from the office's own fees, the tax office's from its obligation.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.dossier import NoticeLine
from app.domain.words import LineKind

_FEES = frozenset({LineKind.PHI, LineKind.LE_PHI})
_OBLIGATION = frozenset({LineKind.NVTC})

GROUNDS: dict[str, frozenset[LineKind]] = {
    "nguoi-co-cong": _FEES,
    "ho-ngheo": _FEES,
    "khuyet-tat": _FEES,
    "dung-han": _FEES,
    "thue-0-dong": _OBLIGATION,
    "ghi-no": _OBLIGATION,
}


def fits(ground: str, line: NoticeLine) -> bool:
    """Say whether the ground may waive this line; the head's own words fit every line."""
    return ground not in GROUNDS or line.kind in GROUNDS[ground]


def fitting(lines: Iterable[NoticeLine]) -> tuple[str, ...]:
    """Return the grounds that may waive all these lines at once."""
    asked = tuple(lines)
    return tuple(ground for ground in GROUNDS if all(fits(ground, line) for line in asked))
