"""The code of a dossier: ``<unit identifier>-<yyMMdd or yyyyMMdd>-<running number>``.

Stands apart because scanners, search box, command line and portal all meet it, in three generations: units numbered
bottom-up (``000.17.22.H56``, QCVN 102:2016), top-down (``H32.8``, QĐ 20/2020/QĐ-TTg), and the national software's
eight-digit day (``G09.20-20260609-0092637``). A tail that a newer system adds is kept, never refused.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from app.errors import BadInput

# Old identifiers have groups of two or three digits: 000.17.22.H56, 000.00.00.G15.
_UNIT = re.compile(r"[0-9]{3}(?:\.[0-9]{2,3}){2}\.[GHTBKC][0-9]{2}|[A-Z][0-9]{2}(?:\.[0-9]{1,3}){0,4}")
_CODE = re.compile(rf"({_UNIT.pattern})-([0-9]{{6}}|[0-9]{{8}})-([0-9]{{4,10}})(.*)", re.DOTALL)
_DASHES = str.maketrans("‐‑‒–—−", "------")
_LONGEST = 64  # characters; anything longer is not a code that was typed or scanned


@dataclass(frozen=True, slots=True)
class DossierCode:
    """A code taken apart. ``text`` is the whole code, upper case, tail included: compare and store that."""

    unit: str
    day: date | None  # None when the six or eight digits are no day of the calendar
    number: int
    text: str
    tail: str = ""


def parse(text: str) -> DossierCode:
    """Return the code that was typed or scanned, in upper case.

    Surrounding spaces, a scanner's CR and typographic dashes are forgiven. Raises BadInput: dossier-code-malformed.
    """
    line = unicodedata.normalize("NFKC", text).strip().translate(_DASHES).upper()
    match = _CODE.fullmatch(line) if len(line) <= _LONGEST else None
    if match is None:
        raise BadInput("dossier-code-malformed", text=text)
    unit, day, number, tail = match.groups()
    return DossierCode(unit, _day_of(day), int(number), line, tail)


def make(unit: str, day: date, number: int) -> str:
    """Return the code of the ``number``-th dossier of ``unit`` on ``day``.

    Raises BadInput: dossier-code-malformed, when the unit has another shape or the number is not 1 to 9,999,999,999.

    >>> make("H32.8", date(2026, 11, 20), 7)
    'H32.8-261120-0007'
    """
    return _numbered(unit, f"{day:%y%m%d}", number)


def make_receipt(unit: str, day: date, number: int) -> str:
    """Return the *mã biên nhận* of the ``number``-th dossier received by ``unit`` on ``day``; raises like ``make``.

    >>> make_receipt("H32.8", date(2026, 11, 20), 7)
    'H32.8-20261120-0007'
    """
    return _numbered(unit, f"{day:%Y%m%d}", number)


def _numbered(unit: str, day: str, number: int) -> str:
    if not _UNIT.fullmatch(unit) or not 1 <= number < 10**10:
        raise BadInput("dossier-code-malformed", text=f"{unit} {number}")
    return f"{unit}-{day}-{number:04d}"


def _day_of(digits: str) -> date | None:
    year = int(digits[:-4]) + (2000 if len(digits) == 6 else 0)
    try:
        return date(year, int(digits[-4:-2]), int(digits[-2:]))
    except ValueError:
        return None
