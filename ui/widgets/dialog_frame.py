"""The frame of every dialog: whose dossier, a body that alone may scroll, a foot with the way out and the one deed.

Stands apart so that Esc, Ctrl+Enter, first focus, scrim and the size limits of small screens are the same everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ui import keys, theme
from ui.theme import Role, Size
from ui.widgets.buttons import Button, IconButton
from ui.widgets.parts import Scroller, rule
from ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from ui.tasks import Job

_SIDE_ROOM = 16
_TOP_ROOM = 22


class Scrim(QWidget):
    """Dims ``window`` behind ``dialog``; goes away with it, however it ends."""

    def __init__(self, window: QWidget, dialog: QDialog) -> None:
        super().__init__(window)
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        dialog.finished.connect(self.hide)
        dialog.destroyed.connect(self.deleteLater)
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        parent = self.parentWidget()
        if event.type() == QEvent.Type.Resize and parent is not None:
            self.setGeometry(parent.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour("scrim"))


class DialogFrame(QDialog):
    """A frameless dialog over ``window``; build it, fill ``body``, then ``open()``.

    ``primary`` is the verb and the sum; ``about`` says whose dossier. Places to fill: ``body`` (layout of the scrolling
    part), ``head`` (layout at the right of the title), ``foot`` (layout at the left of the foot), and ``set_side``.
    Signals: ``confirmed()`` primary or Ctrl+Enter (the dialog stays open until ``accept()``); ``put_off()`` Esc, *Để
    sau* or the cross, after which the caller keeps the draft. However it finishes, it deletes itself. A deed under way
    is put in ``writing``: until its answer is there, the ways out wait.
    """

    confirmed = Signal()
    put_off = Signal()

    def __init__(
        self, window: QWidget, title: str, about: str = "", *, primary: str = "", later: str = "", width: int = 760
    ) -> None:
        super().__init__(window)
        self.setWindowFlags(Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        self._window = window.window()
        self._wanted_width = width
        self._scrim: Scrim | None = None
        self.writing: Job[Any] | None = None
        self._first: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._build_head(title, about)
        self._build_middle()
        self._build_foot(primary, later or self.tr("Để sau"))
        act = QShortcut(QKeySequence(keys.sequence("next")), self)
        act.setAutoRepeat(False)
        act.activated.connect(self.primary.click)
        self.finished.connect(self.deleteLater)

    def _build_head(self, title: str, about: str) -> None:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.px(18), theme.px(10), theme.px(16), theme.px(10))
        row.setSpacing(theme.px(8))
        words = QVBoxLayout()
        words.setSpacing(theme.px(1))
        self._title = PlainLabel(title, role=Role.TITLE, figures=True)
        self._about = PlainLabel(about, role=Role.SMALL, tone="text_2", elide=True, figures=True)
        words.addWidget(self._title)
        words.addWidget(self._about)
        if not about:
            self._about.hide()
        row.addLayout(words, 1)
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.px(8))
        row.addLayout(self.head)
        self.close_button = IconButton("x", self.tr("Đóng"), size=30)
        self.close_button.clicked.connect(self.reject)
        row.addWidget(self.close_button)
        self._column.addWidget(bar)
        self._head_bar = bar
        self._column.addWidget(rule())

    def _build_middle(self) -> None:
        self._middle = QHBoxLayout()
        self._middle.setSpacing(0)
        self._scroll = Scroller()
        self._inner = QWidget()
        self._inner.setObjectName("scrolled")
        self.body = QVBoxLayout(self._inner)
        self.body.setContentsMargins(theme.px(18), theme.px(12), theme.px(18), theme.px(12))
        self.body.setSpacing(theme.px(10))
        self._scroll.setWidget(self._inner)
        self._middle.addWidget(self._scroll, 1)
        self._side: QWidget | None = None
        self._column.addLayout(self._middle, 1)

    def _build_foot(self, primary: str, later: str) -> None:
        self._column.addWidget(rule())
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.px(18), theme.px(10), theme.px(18), theme.px(10))
        row.setSpacing(theme.px(8))
        self.foot = QHBoxLayout()
        self.foot.setSpacing(theme.px(8))
        row.addLayout(self.foot)
        row.addStretch(1)
        self.later = Button(later, key=keys.cap("back"))
        self.later.clicked.connect(self.reject)
        self.primary = Button(primary, kind="primary", key=keys.cap("next"))
        self.primary.clicked.connect(self.confirmed)
        if not primary:
            self.primary.hide()
        row.addWidget(self.later)
        row.addWidget(self.primary)
        self._column.addWidget(bar)
        self._foot_bar = bar

    def set_side(self, content: QLayout, width: int) -> None:
        """Put a grey pane of ``width`` logical pixels at the right of the body (preview, "Nếu dừng hôm nay…")."""
        self._middle.addWidget(rule(vertical=True))
        pane = QFrame()
        pane.setObjectName("pane")
        pane.setFixedWidth(theme.px(width))
        content.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        pane.setLayout(content)
        self._middle.addWidget(pane)
        self._side = pane

    def set_primary(self, words: str, reason: str = "") -> None:
        """Change verb and sum; a ``reason`` greys the button and explains."""
        self.primary.set_text(words)
        self.primary.setVisible(bool(words))
        self.primary.set_reason(reason)

    def set_about(self, about: str) -> None:
        """Change the line under the title."""
        self._about.setText(about)
        self._about.setVisible(bool(about))

    def focus_first(self, widget: QWidget) -> None:
        """Give ``widget`` the focus, on opening instead of the first empty required field, or now if already open."""
        self._first = widget
        if self.isVisible():
            self._take_focus()

    def fitted_size(self) -> QSize:
        """Return the size this dialog takes over its window: never beyond the limits, the body scrolling if it must."""
        room = self._window.size()
        width = min(theme.px(self._wanted_width), Size.DIALOG_MAX_WIDTH, room.width() - 2 * _SIDE_ROOM)
        self._column.activate()
        body_width = width - 2 - (self._side.width() + 1 if self._side is not None else 0)
        own = self._inner_height(body_width)
        if self._side is not None:
            side_layout = self._side.layout()
            own = max(own, side_layout.totalHeightForWidth(self._side.width()) if side_layout else 0)
        chrome = self._head_bar.sizeHint().height() + self._foot_bar.sizeHint().height() + 4
        height = min(own + chrome, Size.DIALOG_MAX_HEIGHT, room.height() - 2 * _TOP_ROOM)
        return QSize(width, height)

    def _inner_height(self, width: int) -> int:
        layout = self.body
        if layout.hasHeightForWidth():
            return max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height())
        return layout.totalSizeHint().height()

    def body_scrolls(self) -> bool:
        """Say whether the body is higher than its place (for the test of small screens)."""
        return self._scroll.verticalScrollBar().maximum() > 0

    def refit(self) -> None:
        """Take the right size again after the content changed, and stay in the middle of the window."""
        self.resize(self.fitted_size())
        middle = self._window.mapToGlobal(self._window.rect().center())
        self.move(middle - QPoint(self.width() // 2, self.height() // 2))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._scrim is None:
            self._scrim = Scrim(self._window, self)
        self.refit()
        QTimer.singleShot(0, self, self._take_focus)

    def reject(self) -> None:
        """Stay while a deed is under way: a refusal must be read, and no draft of what is done is kept."""
        if self.writing is None or self.writing.finished:
            super().reject()
            self.put_off.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            event.accept()
            return
        super().keyPressEvent(event)

    def _take_focus(self) -> None:
        target = self._first or self._first_empty() or self.later
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _first_empty(self) -> QWidget | None:
        for field in self._inner.findChildren(QWidget):
            if field.property("required") and field.isVisible() and field.isEnabled() and _is_empty(field):
                return field
        return None

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = theme.px(Size.RADIUS_DIALOG)
        painter.setPen(QPen(theme.colour("line_strong"), 1))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(shape, radius, radius)
        foot = QRectF(self._foot_bar.geometry())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("bg"))
        painter.drawRoundedRect(foot, radius, radius)
        painter.drawRect(foot.adjusted(0, 0, 0, -radius))


def _is_empty(field: QWidget) -> bool:
    if isinstance(field, QLineEdit):
        return not field.text().strip()
    if isinstance(field, QPlainTextEdit):
        return not field.toPlainText().strip()
    if isinstance(field, QComboBox):
        return field.currentIndex() < 0
    return False
