"""Two forms of a text: the clean one people see, and the folded one a search compares.

Stands apart so that the search index, the search box and the comparison of names fold alike: a key made by one and
looked up by another must be the same bytes. ``fold`` runs for every row of a sync, hence a table made once and a
memory of the latest answers: a procedure's name comes again and again.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from app.errors import BadInput
from app.texts import one_line

LONGEST_NAME = 200  # characters


def _folding_table() -> dict[int, str | None]:
    table: dict[int, str | None] = {ord("đ"): "d", ord("Đ"): "d"}
    for code in (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if ord(base) != code and code not in table:
            table[code] = base.lower()
    for code in range(0x0300, 0x0370):  # combining marks of text that came in decomposed
        table[code] = None
    for code in (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0x00AD):
        table[code] = None  # zero-width and bidirectional marks
    return table


_TABLE = _folding_table()


@lru_cache(1024)
def fold(text: str) -> str:
    """Return the search key of ``text``: lower case, no diacritics, đ as d, spaces collapsed.

    >>> fold("  Đặng  Thị Thu HÀ ")
    'dang thi thu ha'
    """
    lowered = text.lower()
    return " ".join((lowered if lowered.isascii() else lowered.translate(_TABLE)).split())


def clean_name(text: str) -> str:
    """Return ``text`` as a name is kept: NFC, one line, single spaces, no control, bidi or zero-width marks.

    Diacritics and letter case stay. Raises BadInput: name-empty, name-too-long (over 200 characters).
    """
    name = one_line(text)
    if not name:
        raise BadInput("name-empty")
    if len(name) > LONGEST_NAME:
        raise BadInput("name-too-long", most=LONGEST_NAME)
    return name
