"""Pages of a document as pictures: turn, zoom by width, and a calm sentence where a page cannot be shown.

Stands apart from the two viewers because a citizen's paper and our own printed slip differ only in where bytes come
from; both are drawn by the child process, never by the window.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app import texts
from app.errors import KnownError
from ui import theme
from ui.tasks import Tasks
from ui.widgets.buttons import IconButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.plain_label import PlainLabel

ZOOMS = (50, 75, 100, 125, 150, 200, 300)
_FIT = 100


class Pixels(Protocol):
    """A page as pixels, four bytes each, row by row."""

    @property
    def width(self) -> int:
        """Pixels in a row."""
        ...

    @property
    def height(self) -> int:
        """Rows."""
        ...

    @property
    def rgba(self) -> bytes:
        """The bytes."""
        ...


def image_of(picture: Pixels) -> QImage:
    """Return a picture as Qt's own image, which keeps a copy of the pixels."""
    return QImage(picture.rgba, picture.width, picture.height, picture.width * 4, QImage.Format.Format_RGBA8888).copy()


class PageView(QWidget):
    """Shows one page; PgUp and PgDn turn, Ctrl and + or − zoom.

    ``count`` and ``draw(page, width_px)`` run off the GUI thread and may raise ``KnownError``.
    Signals: ``shown(int)`` with the page (0 is the first); ``failed(str)`` with the sentence that stands in its place.
    """

    shown = Signal(int)
    failed = Signal(str)

    def __init__(
        self, tasks: Tasks, count: Callable[[], int], draw: Callable[[int, int], Pixels], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._tasks, self._draw = tasks, draw
        self.pages = 0
        self.page = 0
        self._zoom = ZOOMS.index(_FIT)
        self._turn = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._build_bar(column)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.area.setAccessibleName(self.tr("Trang giấy tờ"))
        self._paper = QLabel()
        self.area.setWidget(self._paper)
        column.addWidget(self.area, 1)
        self.trouble = EmptyState("file", "", self.tr("Thử lại"))
        self.trouble.hide()
        self.trouble.acted.connect(self._begin)
        column.addWidget(self.trouble, 1)
        for key, step in ((Qt.Key.Key_PageDown, 1), (Qt.Key.Key_PageUp, -1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(lambda by=step: self.turn(by))
        for keys_, step in ((QKeySequence.StandardKey.ZoomIn, 1), (QKeySequence.StandardKey.ZoomOut, -1)):
            shortcut = QShortcut(QKeySequence(keys_), self)
            shortcut.activated.connect(lambda by=step: self.zoom(by))
        self._count = count
        self._begin()

    def _build_bar(self, column: QVBoxLayout) -> None:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), theme.px(4))
        row.setSpacing(theme.px(6))
        self.previous = IconButton("caret-up", self.tr("Trang trước"), outlined=True)
        self.next = IconButton("caret-down", self.tr("Trang sau"), outlined=True)
        self.where = PlainLabel("", tone="text_2", figures=True)
        self.narrower = IconButton("minus", self.tr("Thu nhỏ"), outlined=True)
        self.wider = IconButton("plus", self.tr("Phóng to"), outlined=True)
        self.size_words = PlainLabel("", tone="text_2", figures=True)
        for button, act in (
            (self.previous, lambda: self.turn(-1)), (self.next, lambda: self.turn(1)),
            (self.narrower, lambda: self.zoom(-1)), (self.wider, lambda: self.zoom(1)),
        ):  # fmt: skip
            button.clicked.connect(act)
        for widget in (self.previous, self.next, self.where):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self.size_words, self.narrower, self.wider):
            row.addWidget(widget)
        column.addWidget(bar)
        self._say_where()

    def turn(self, by: int) -> None:
        """Go to another page, if there is one."""
        page = self.page + by
        if 0 <= page < self.pages:
            self.page = page
            self.area.verticalScrollBar().setValue(0)
            self._ask()

    def zoom(self, by: int) -> None:
        """Show the page wider or narrower."""
        at = self._zoom + by
        if 0 <= at < len(ZOOMS):
            self._zoom = at
            self._ask()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(800), theme.px(600))

    def _begin(self) -> None:
        self.trouble.hide()
        self.area.show()
        self.where.setText(self.tr("Đang mở…"))
        self._tasks.query(self._count, self._counted, self._fail, owner=self)

    def _counted(self, pages: int) -> None:
        self.pages = pages
        self._ask()

    def _ask(self) -> None:
        if not self.pages:
            return
        self._turn += 1
        turn, page, ratio = self._turn, self.page, self.devicePixelRatioF()
        room = max(200, self.area.width() - self.area.verticalScrollBar().sizeHint().width() - 2)
        width = round(room * ZOOMS[self._zoom] / 100 * ratio)
        draw = self._draw

        def show(picture: Pixels) -> None:
            if turn == self._turn:
                self._show(image_of(picture), ratio)

        def fail(error: KnownError) -> None:
            if turn == self._turn:
                self._fail(error)

        self._say_where()
        self._tasks.query(lambda: draw(page, width), show, fail, owner=self)

    def _show(self, image: QImage, ratio: float) -> None:
        self.trouble.hide()
        self.area.show()
        image.setDevicePixelRatio(ratio)
        self._paper.setPixmap(QPixmap.fromImage(image))
        self._paper.resize(image.deviceIndependentSize().toSize())
        self._say_where()
        self.shown.emit(self.page)

    def _say_where(self) -> None:
        self.where.setText(self.tr("Trang {0}/{1}").format(self.page + 1, self.pages) if self.pages else "")
        self.size_words.setText(f"{ZOOMS[self._zoom]} %")
        self.previous.setEnabled(self.page > 0)
        self.next.setEnabled(self.page + 1 < self.pages)
        self.narrower.setEnabled(self._zoom > 0)
        self.wider.setEnabled(self._zoom + 1 < len(ZOOMS))

    def _fail(self, error: KnownError) -> None:
        sentence = texts.of(error)
        self.area.hide()
        self.where.setText("")
        self.trouble.set_state("file", sentence, self.tr("Thử lại"))
        self.trouble.show()
        self.failed.emit(sentence)
