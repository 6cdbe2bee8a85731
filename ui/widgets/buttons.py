"""Buttons with the key that presses them drawn inside. One filled button a screen; all others are outlines.

A grey button keeps its reason: ``set_reason`` disables it and says why, in the tooltip and to screen readers.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui import theme
from ui.theme import Role, Size
from ui.widgets import painting
from ui.widgets.focus_ring import KEYBOARD, FocusRing
from ui.widgets.plain_label import plain_tip

Kind = Literal["primary", "secondary", "link", "bare", "on_dark", "bare_dark"]
_PAD = 12
_GAP = 7


class Button(QPushButton):
    """A push button: words, optional icon, optional key cap.

    Kinds: ``primary`` (filled; one a screen), ``secondary`` (outline), ``link`` (blue words), ``bare`` (words only),
    ``on_dark`` and ``bare_dark`` (outline, words only, on the undo bar). ``large`` is the 38 px button of the dossier
    pane. ``caret`` draws a small arrow for buttons that open a menu. Signals: those of ``QPushButton``.
    """

    def __init__(
        self,
        text: str,
        *,
        kind: Kind = "secondary",
        key: str = "",
        icon: str = "",
        large: bool = False,
        caret: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._kind: Kind = kind
        self._key, self._icon_name = key, icon
        self._large, self._caret = large, caret
        self._ring: FocusRing | None = None
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)

    def set_text(self, text: str) -> None:
        """Change the words (verb and sum) and the accessible name with them."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def set_key(self, key: str) -> None:
        """Change the key cap; "" removes it."""
        self._key = key
        self.updateGeometry()
        self.update()

    def key(self) -> str:
        """Return the words of the key cap."""
        return self._key

    def set_reason(self, reason: str) -> None:
        """Grey the button because of ``reason``; "" wakes it."""
        self.setEnabled(not reason)
        self.setToolTip(plain_tip(reason))
        self.setAccessibleDescription(reason)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._font()).horizontalAdvance(self.text()) + 2
        width += sum(width + theme.px(_GAP) for width in self._extras())
        pad = 0 if self._kind == "link" else theme.px(_PAD)
        return QSize(width + 2 * pad, theme.px(Size.PRIMARY if self._large else Size.FIELD))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in KEYBOARD:
            if self._ring is None:
                self._ring = FocusRing(self)
            self._ring.appear()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._ring is not None:
            self._ring.hide()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def _font(self) -> QFont:
        if self._kind == "primary":
            return theme.font(Role.ACTION if self._large else Role.BODY, 600, figures=True)
        return theme.font(Role.BODY, {"bare": 400, "link": 600}.get(self._kind, 500), figures=True)

    def _extras(self) -> list[int]:
        extras = []
        if self._icon_name:
            extras.append(theme.px(16))
        if self._key:
            extras.append(painting.key_cap_width(self._key))
        if self._caret:
            extras.append(theme.px(12))
        return extras

    def _tones(self) -> tuple[str, str, str]:
        """Return tokens of ground, edge and ink."""
        down, over = self.isDown(), self.underMouse() and self.isEnabled()
        if self._kind == "primary":
            if not self.isEnabled():
                return "sunken", "line", "text_3"
            return ("primary_hover" if down or over else "primary"), "", "on_primary"
        if self._kind in ("link", "bare"):
            ink = "primary" if self._kind == "link" else "text"
            return ("sunken" if down else ""), "", ink if self.isEnabled() else "text_3"
        if self._kind in ("on_dark", "bare_dark"):
            return "", "surface" if self._kind == "on_dark" or over else "", "surface"
        if not self.isEnabled():
            return "bg", "line", "text_3"
        return ("sunken" if down else "bg" if over else "surface"), "line_strong", "text"

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground, edge, ink = self._tones()
        if ground or edge:
            painting.draw_box(painter, self.rect(), ground, edge, Size.RADIUS_FIELD)
        font = self._font()
        text_width = QFontMetrics(font).horizontalAdvance(self.text()) + 2
        total = text_width + sum(width + theme.px(_GAP) for width in self._extras())
        pad = 0 if self._kind == "link" else theme.px(6)
        left = 0 if self._kind == "link" else max(pad, (self.width() - total) // 2)
        if self._icon_name:
            size = theme.px(16)
            painting.draw_icon(painter, QRect(left, 0, size, self.height()), self._icon_name, ink, 16)
            left += size + theme.px(_GAP)
        rest = total - text_width - (theme.px(16 + _GAP) if self._icon_name else 0)
        width = min(text_width, self.width() - left - rest - pad)
        painting.draw_text(painter, QRect(left, 0, width, self.height()), self.text(), font, ink)
        left += width + theme.px(_GAP)
        if self._key:
            cap = QRect(left, 0, painting.key_cap_width(self._key), theme.px(Size.KEY_CAP))
            cap.moveTop((self.height() - cap.height()) // 2)
            filled = self._kind == "primary" and self.isEnabled()
            painting.draw_key_cap(
                painter, cap, self._key, on_primary=filled, on_dark=self._kind == "on_dark", enabled=self.isEnabled()
            )
            left += cap.width() + theme.px(_GAP)
        if self._caret:
            painting.draw_icon(painter, QRect(left, 0, theme.px(12), self.height()), "caret-down", ink, 12)


class IconButton(Button):
    """A button that is only an icon; its name is spoken and shown as tooltip. Never below 24 by 24."""

    def __init__(
        self, icon: str, name: str, *, outlined: bool = False, size: int = Size.HIT, parent: QWidget | None = None
    ) -> None:
        super().__init__("", kind="secondary" if outlined else "bare", icon=icon, parent=parent)
        self._side = max(size, Size.HIT)
        self._outlined = outlined
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = theme.px(self._side)
        return QSize(side + (theme.px(4) if self._outlined else 0), side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground, edge, ink = self._tones()
        if self._kind == "bare" and self.underMouse():
            ground = "sunken"
        if ground or edge:
            painting.draw_box(painter, self.rect(), ground, edge, Size.RADIUS_FIELD)
        painting.draw_icon(painter, self.rect(), self._icon_name, "text_2" if ink == "text" else ink, 16)
