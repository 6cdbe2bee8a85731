"""Phosphor icons, recoloured from the tokens and kept as pixmaps per size and screen.

Stands apart so that nobody else reads SVG files or repeats the cache.
"""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

_log = logging.getLogger(__name__)
_RATIOS = (1.0, 1.25, 1.5, 2.0)


class IconSet:
    """Draws icons by name from a folder of SVG files that use ``currentColor``. Thread: gui."""

    def __init__(self, icons_dir: Path) -> None:
        self._dir = icons_dir
        self._sources: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    def pixmap(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        """Return icon ``name`` in ``colour``, ``size`` logical pixels wide, for a screen of device ``ratio``."""
        key = (name, colour, size, ratio)
        found = self._pixmaps.get(key)
        if found is None:
            found = self._draw(name, colour, size, ratio)
            self._pixmaps[key] = found
        return found

    def icon(self, name: str, colour: str, size: int = 16) -> QIcon:
        """Return a ``QIcon`` for menus and window titles."""
        icon = QIcon()
        for ratio in _RATIOS:
            icon.addPixmap(self.pixmap(name, colour, size, ratio))
        return icon

    def has(self, name: str) -> bool:
        """Say whether the folder holds the icon."""
        return bool(self._source(name))

    def _source(self, name: str) -> str:
        if name not in self._sources:
            path = self._dir / f"{name}.svg"
            try:
                self._sources[name] = path.read_text(encoding="utf-8")
            except OSError:
                _log.error("icon missing: %s", name)
                self._sources[name] = ""
        return self._sources[name]

    def _draw(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        from PySide6.QtSvg import QSvgRenderer  # late: the first frame has no icons

        side = max(1, round(size * ratio))
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        source = self._source(name)
        if source:
            renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            renderer.render(painter, QRectF(0, 0, side, side))
            painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap
