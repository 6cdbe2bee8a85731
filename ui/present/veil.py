"""Whose name and number may stand on the screen now: one place decides, and whatever lists citizens asks it.

Stands apart because a citizen at the desk sees the screen too. What finds a row again stays: the tail of its code, its
state, date and sum. The veil belongs to the screen, as the theme does, and not to a window or page; drawing it changes
nothing that is shown already, which ``ui.curtain`` has read anew.
"""

from __future__ import annotations

from dataclasses import dataclass

_TAIL = 7  # the day and the running number
_DOTS = "•••"


@dataclass(slots=True)
class _Veil:
    drawn: bool = False


_VEIL = _Veil()


def draw(drawn: bool) -> None:
    """Mask from now on, or no more."""
    _VEIL.drawn = drawn


def name(text: str) -> str:
    """Return a person's or organisation's name as it may stand here; drawn: its first letters.

    >>> draw(True); name("Nguyễn Thị Hồng Nhung"); draw(False); name("Y Nhi")
    'N. T. H. N.'
    'Y Nhi'
    """
    return " ".join(f"{word[0]}." for word in text.split()) if _VEIL.drawn else text


def code(text: str) -> str:
    """Return a dossier's code as it may stand here; drawn: its tail. What is no code (*chờ cấp số*) stays.

    >>> draw(True); code("H32.8-261120-0007"), code("chờ cấp số"); draw(False)
    ('…20-0007', 'chờ cấp số')
    """
    return f"…{text[-_TAIL:]}" if _VEIL.drawn and text[-1:].isdigit() else text


def typed(text: str) -> str:
    """Return what was typed to find somebody as it may be said again; drawn: dots."""
    return _DOTS if _VEIL.drawn and text else text
