"""Walks every visible widget of a window or dialog and says what does not fit.

Stands apart because pictures of dialogs and of screens are judged by the same rules: a widget lies within what holds
it, its words have the room they need, and no bar scrolls but where a list, a paper or a dossier's pane may.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from ui.dossier.page_view import PageView
from ui.widgets.banner import Banner
from ui.widgets.chip import Chip, KeyCap
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.plain_label import PlainLabel, RunsLabel
from ui.widgets.qr_view import QrView

LEAST_ELIDED = 40  # an elided label narrower than this says nothing
SLACK = 1


class Flashes(QObject):
    """Hears an application and keeps the names of widgets shown before they had a place.

    Such a widget is for a moment a window of its own: it flashes at the officer and takes the keyboard with it.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.seen: set[str] = set()
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Show or not isinstance(watched, QWidget) or not watched.isWindow():
            return False
        if watched.windowType() == Qt.WindowType.Window and watched.objectName() != "window":
            self.seen.add(_named(watched))
        return False


def visible(top: QWidget) -> list[QWidget]:
    """Return every visible widget of one window, not of dialogs over it."""
    return [widget for widget in top.findChildren(QWidget) if widget.isVisible() and widget.window() is top]


def wrong(top: QWidget) -> list[str]:
    """Return what does not fit in a window or dialog; empty when all does."""
    found = []
    for widget in visible(top):
        found += [f"{_named(widget)}: {what}" for what in (*_cut_by(widget, top), *_words(widget)) if what]
    return found + _bars(top)


def _cut_by(widget: QWidget, top: QWidget) -> list[str]:
    """Say which ancestor cuts a widget; what scrolls may be cut in the direction in which it scrolls."""
    if isinstance(widget, QScrollBar) or _is_inside(widget, QAbstractItemView, QPlainTextEdit, QLineEdit, QComboBox):
        return []
    above = widget.parentWidget()
    scrolled = False
    while above is not None and widget is not top:
        area = above.parentWidget()
        at = QRect(widget.mapTo(above, QPoint(0, 0)), widget.size())
        inside = above.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK)
        if at.left() < inside.left() or at.right() > inside.right():
            return [f"{at.width()} px wide, cut by {_named(above)} of {above.width()} px"]
        scrolled = scrolled or (isinstance(area, QAbstractScrollArea) and area.viewport() is above)
        if not scrolled and (at.top() < inside.top() or at.bottom() > inside.bottom()):
            return [f"{at.height()} px high at {at.top()}, cut by {_named(above)} of {above.height()} px"]
        if above is top:
            return []
        above = area
    return []


def _words(widget: QWidget) -> list[str]:
    if isinstance(widget, PlainLabel):
        return _label_words(widget)
    if isinstance(widget, RunsLabel):
        needed = widget.heightForWidth(widget.width())
        return [f"needs {needed} px of height, has {widget.height()}"] if widget.height() < needed - SLACK else []
    if isinstance(widget, QAbstractButton | Chip | KeyCap | QrView) and not _is_inside(widget, QLineEdit):
        hint = widget.minimumSizeHint()
        narrow = widget.width() < hint.width() - SLACK or widget.height() < hint.height() - SLACK
        return [f"needs {hint.width()}×{hint.height()}, has {widget.width()}×{widget.height()}"] if narrow else []
    if isinstance(widget, QComboBox):
        needed = widget.fontMetrics().horizontalAdvance(widget.currentText())
        return [f"choice needs {needed} px, has {widget.width()}"] if needed > widget.width() - 24 else []
    if isinstance(widget, QLineEdit):
        return ["one line does not fit"] if widget.height() < widget.fontMetrics().height() else []
    return []


def _label_words(label: PlainLabel) -> list[str]:
    if not label.text():
        return []
    needed = label.fontMetrics().horizontalAdvance(label.text())
    room = label.contentsRect()
    if label.wordWrap():
        high = label.heightForWidth(label.width())
        return [f"needs {high} px of height, has {label.height()}"] if label.height() < high - SLACK else []
    if label._elide:
        return [f"elided to {room.width()} px"] if room.width() < min(needed, LEAST_ELIDED) else []
    if room.width() < needed - SLACK or label.height() < label.fontMetrics().height() - 2:
        return [f"needs {needed} px, has {room.width()}×{label.height()}"]
    return []


def _bars(top: QWidget) -> list[str]:
    """Say which bars scroll that may not: none sideways; in a dialog only papers, texts and the body's own choice."""
    found = []
    for area in top.findChildren(QAbstractScrollArea):
        if not area.isVisible() or area.window() is not top or _is_inside(area, QComboBox):
            continue
        sideways = area.horizontalScrollBar().maximum()
        if sideways > SLACK and not _is_inside(area, PageView):
            found.append(f"{_named(area)}: scrolls sideways by {sideways} px")
        own_body = isinstance(top, DialogFrame) and area is top._scroll
        free = isinstance(area, QAbstractItemView | QPlainTextEdit) or _is_inside(area, PageView) or own_body
        may = not isinstance(top, QDialog) or not isinstance(area, QScrollArea) or free
        if not may and area.verticalScrollBar().maximum():
            found.append(f"{_named(area)}: scrolls in a dialog")
    return found


def _is_inside(widget: QWidget, *kinds: type[QWidget]) -> bool:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, kinds):
            return True
        above = above.parentWidget()
    return False


def _named(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    words = widget.accessibleName() or (text() if callable(text) else "")
    kind = type(widget).__name__ if not isinstance(widget, Banner) else "Banner"
    return f"{kind} “{str(words)[:60]}”" if words else f"{kind} {widget.objectName()}".strip()
