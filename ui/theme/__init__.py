"""The look in force: tokens, type, icons, style sheet. ``install`` once, before the first widget.

Widgets and delegates ask here at paint time, so that a change of theme or font size needs only a repaint. Resource
paths are handed in by the start-up code; nothing here knows where the program is installed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from ui.theme import fonts, style
from ui.theme.icons import IconSet
from ui.theme.tokens import DARK, FACES, LIGHT, Role, Size, Tokens

__all__ = ["Role", "Size", "Tokens", "colour", "font", "icon", "install", "line", "pixmap", "prepare", "px"]


@dataclass(slots=True)
class _Active:
    tokens: Tokens
    scale: int
    icons: IconSet


_active = _Active(LIGHT, 100, IconSet(Path()))


def prepare() -> None:
    """Set what Qt wants before the application object exists: scale factors are kept as they are, one style is made."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    QApplication.setStyle("Fusion")


def install(app: QApplication, resources_dir: Path, *, dark: bool = False, scale: int = 100) -> None:
    """Dress ``app``: Fusion, fonts and icons of ``resources_dir``, palette and style sheet.

    ``scale`` is the officer's setting *Cỡ chữ* in per cent (100, 112, 125); it multiplies type and heights together.
    Called again, it changes colours at once; type and heights take their new size in windows built afterwards.
    """
    _active.tokens = DARK if dark else LIGHT
    _active.scale = scale
    _active.icons = IconSet(resources_dir / "icons")
    fonts.load(resources_dir / "fonts")
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(_palette(_active.tokens))
    app.setFont(font(Role.BODY))
    app.setStyleSheet(style.build(_active.tokens, scale))


def colour(token: str) -> QColor:
    """Return the colour named ``token``, such as ``"text_2"``."""
    return QColor(getattr(_active.tokens, token))


def px(size: int) -> int:
    """Return a length of the specification at the officer's font size."""
    return round(size * _active.scale / 100)


def font(role: Role = Role.BODY, weight: int | None = None, *, figures: bool = False) -> QFont:
    """Return the font of ``role``; ``figures`` for codes, dates and money (no kerning)."""
    return fonts.make(role, _active.scale, weight, figures=figures)


def line(role: Role) -> int:
    """Return the line height of ``role`` in logical pixels."""
    return px(FACES[role].line)


def pixmap(name: str, token: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return icon ``name`` in the colour ``token``, ``size`` logical pixels before the font-size setting."""
    return _active.icons.pixmap(name, getattr(_active.tokens, token), px(size), ratio)


def icon(name: str, token: str = "text_2", size: int = 16) -> QIcon:
    """Return a ``QIcon`` in the colour ``token`` for menus."""
    return _active.icons.icon(name, getattr(_active.tokens, token), px(size))


def _palette(look: Tokens) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    pairs = {
        roles.Window: look.bg,
        roles.Base: look.surface,
        roles.AlternateBase: look.surface,
        roles.Button: look.surface,
        roles.WindowText: look.text,
        roles.Text: look.text,
        roles.ButtonText: look.text,
        roles.Highlight: look.primary,
        roles.HighlightedText: look.on_primary,
        roles.ToolTipBase: look.surface,
        roles.ToolTipText: look.text,
        roles.PlaceholderText: look.text_3,
        roles.Link: look.primary,
        roles.Accent: look.primary,
    }
    for role, value in pairs.items():
        palette.setColor(role, QColor(value))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(look.text_3))
    return palette
