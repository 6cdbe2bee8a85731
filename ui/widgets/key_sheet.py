"""The ``?`` sheet: every key in force with what it does, drawn from the one table of keys."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from ui import theme
from ui.keys import Key, KeyMap
from ui.theme import Role
from ui.widgets.chip import KeyCap
from ui.widgets.plain_label import PlainLabel

_NUMBERED = ("tab_", "queue_")


def sheet_rows(keys: KeyMap) -> list[tuple[str, str]]:
    """Return (cap, words) in the order of the table; numbered families take one line each."""
    rows: list[tuple[str, str]] = []
    families: dict[str, list[Key]] = {}
    for key in keys.all():
        family = next((start for start in _NUMBERED if key.command.startswith(start)), "")
        if not family:
            rows.append((key.cap, key.label))
        else:
            families.setdefault(family, []).append(key)
    for own in families.values():
        words = own[0].label.replace("thứ 1", "thứ n")
        rows.append((f"{own[0].cap}…{own[-1].cap[-1]}" if len(own) > 1 else own[0].cap, words))
    return rows


class KeySheet(QWidget):
    """Two columns of caps and words; put it into the body of a ``DialogFrame``."""

    def __init__(self, keys: KeyMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rows = sheet_rows(keys)
        half = (len(rows) + 1) // 2
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(4))
        for at, (cap, words) in enumerate(rows):
            column = 0 if at < half else 2
            grid.addWidget(KeyCap(cap), at % half, column)
            grid.addWidget(PlainLabel(words, role=Role.SMALL, wrap=True), at % half, column + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
