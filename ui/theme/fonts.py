"""The one family of the window, loaded from the program's own files.

Stands apart because figures must line up everywhere: "Mot Cua Sans" has digits of one width, and cells that hold
codes, dates or money also switch kerning off, which pairs such as "70" and "/1" would otherwise use.
"""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from ui.theme.tokens import FACES, FAMILIES, Role

_log = logging.getLogger(__name__)


def load(fonts_dir: Path) -> tuple[str, ...]:
    """Load the window's families from the folder (print faces stay unread); return the families found.

    Missing or unreadable files are logged, never fatal: Qt then falls back to a face of the system.
    """
    families: list[str] = []
    for path in sorted(path for family in FAMILIES for path in fonts_dir.glob(f"{family.replace(' ', '')}*.ttf")):
        handle = QFontDatabase.addApplicationFont(str(path))
        if handle < 0:
            _log.error("font not readable: %s", path.name)
            continue
        families.extend(QFontDatabase.applicationFontFamilies(handle))
    if not families:
        _log.error("no font of the window in %s", fonts_dir.name)
    return tuple(dict.fromkeys(families))


def make(role: Role, scale: int, weight: int | None = None, *, figures: bool = False) -> QFont:
    """Return the font of ``role`` at ``scale`` per cent; ``figures`` switches kerning off for codes and money."""
    face = FACES[role]
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPointSizeF(face.pt * scale / 100)
    font.setWeight(QFont.Weight(weight or face.weight))
    if figures:
        font.setKerning(False)
    return font
