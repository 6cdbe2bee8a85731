"""How wide the dossier stands beside the list in a window of a given width.

Stands apart because the first look leaves exactly this room before the dossier's own pane is loaded.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

LEAST_WIDTH, LEAST_HEIGHT = 960, 520
WIDTH, NARROW_WIDTH, WIDE_WIDTH = 394, 352, 520
NARROW_BELOW, OVERLAY_BELOW, WIDE_FROM = 1200, 1000, 1700
LEAST_PREVIEW, LEAST_LIST = 320, 520
LEAST_SIDE, MOST_SIDE = 180, 320


def preview_width(scaled: int) -> int:
    """Return the dossier's width in a window ``scaled`` wide before the font-size setting.

    >>> preview_width(1366)
    394
    """
    return NARROW_WIDTH if scaled < NARROW_BELOW else WIDE_WIDTH if scaled >= WIDE_FROM else WIDTH


def screen_name(widget: QWidget) -> str:
    """Return the size of the screen that ``widget`` is on; widths are remembered per screen size."""
    size = widget.screen().size()
    return f"{size.width()}x{size.height()}"
