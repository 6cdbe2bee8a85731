"""Where files come in: dropped, pasted as a picture, or chosen.

Nothing is read here: a path goes out, and whoever takes it reads the bytes off the GUI thread. Only a pasted picture,
which has no path, is handed over as bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFontMetrics,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from app.services.attachments import SUFFIXES
from ui import theme
from ui.theme import Role, Size
from ui.widgets import painting


@dataclass(frozen=True, slots=True)
class Picked:
    """One thing brought in: a file by ``path``, or pasted bytes (``data``, PNG); the other is None."""

    name: str
    path: Path | None = None
    data: bytes | None = None


class DropZone(QWidget):
    """A dashed line to drop on; Enter or a click chooses a file, Ctrl+V pastes a picture.

    Signals: ``picked(object)`` with ``Picked``; ``rejected(str, str)`` with the file's name and a code:
    ``not-a-document``, ``nothing-to-paste``.
    """

    picked = Signal(object)
    rejected = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = self.tr("Thả tệp, dán ảnh (Ctrl+V) hoặc")
        self._action = self.tr("chọn tệp")
        self._limits = self.tr("PDF, JPG, PNG · đến 25 MB")
        self._over = False
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{self._hint} {self._action}")
        self.setAccessibleDescription(self._limits)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(360), theme.px(34))

    def take_path(self, path: Path) -> None:
        """Offer one file: sends ``picked``, or ``rejected`` by its ending. The file itself is not touched here."""
        if path.suffix.lower() not in SUFFIXES:
            self.rejected.emit(path.name, "not-a-document")
        else:
            self.picked.emit(Picked(path.name, path=path))

    def take_image(self, image: QImage) -> None:
        """Offer a picture without a file, as PNG."""
        store = QByteArray()
        buffer = QBuffer(store)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        self.picked.emit(Picked(self.tr("ảnh dán.png"), data=bytes(store.data())))

    def paste(self) -> None:
        """Take what the clipboard holds."""
        self._take_mime(QGuiApplication.clipboard().mimeData())

    def choose(self) -> None:
        """Let the officer choose files."""
        kinds = self.tr("Tài liệu và ảnh") + " (" + " ".join(f"*{suffix}" for suffix in SUFFIXES) + ")"
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Chọn tệp"), "", kinds)
        for name in names:
            self.take_path(Path(name))

    def _take_mime(self, mime: QMimeData) -> None:
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if paths:
            for path in paths:
                self.take_path(path)
        elif mime.hasImage():
            self.take_image(QImage(mime.imageData()))
        else:
            self.rejected.emit("", "nothing-to-paste")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            self._over = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._over = False
        self.update()
        self._take_mime(event.mimeData())
        event.acceptProposedAction()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.choose()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground = "primary_soft" if self._over else "surface"
        edge = "primary" if self._over else "line_strong"
        painting.draw_box(painter, self.rect(), ground, edge, Size.RADIUS_FIELD, dashed=True)
        if self.hasFocus():
            painting.draw_box(painter, self.rect(), "", "focus", Size.RADIUS_FIELD, width=Size.RING)
        inner = self.rect().adjusted(theme.px(12), 0, -theme.px(11), 0)
        painting.draw_icon(painter, QRect(inner.left(), 0, theme.px(16), self.height()), "paperclip", "text_2", 16)
        inner.setLeft(inner.left() + theme.px(24))
        body, strong = theme.font(Role.BODY), theme.font(Role.BODY, 600)
        hint = QFontMetrics(body).horizontalAdvance(self._hint)
        action = QFontMetrics(strong).horizontalAdvance(self._action)
        if hint + theme.px(8) + action <= inner.width():  # beside another field only the action has room
            painting.draw_text(painter, inner, self._hint, body, "text_2")
            inner.setLeft(inner.left() + hint + theme.px(8))
        painting.draw_text(painter, inner, self._action, strong, "primary")
        inner.setLeft(inner.left() + action + theme.px(8))
        if QFontMetrics(theme.font(Role.SMALL)).horizontalAdvance(self._limits) > inner.width():
            return
        painting.draw_text(painter, inner, self._limits, theme.font(Role.SMALL), "text_3", Qt.AlignmentFlag.AlignRight)
