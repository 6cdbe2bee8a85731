"""Files of a form: taken in, looked at, thrown away.

Stands apart because three dialogs take files, and every file is read and judged off the GUI thread.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app import texts
from app.domain.people import FileRef
from app.errors import BadInput, KnownError
from app.services import attachments
from app.services.desk import Desk
from ui import theme
from ui.tasks import Tasks
from ui.theme import Role
from ui.widgets.buttons import IconButton
from ui.widgets.drop_zone import DropZone, Picked
from ui.widgets.plain_label import PlainLabel


def size_words(size_bytes: int) -> str:
    """Return a file's size.

    >>> size_words(214_000), size_words(4_300_000)
    ('214 kB', '4,3 MB')
    """
    if size_bytes < 1_000_000:
        return f"{max(1, round(size_bytes / 1000))} kB"
    return f"{size_bytes / 1_000_000:.1f} MB".replace(".", ",")


def _bytes_of(picked: Picked) -> bytes:
    """Return what was brought in; a file too large is not read. Thread: any but the GUI's, a share may be slow."""
    if picked.path is None:
        return picked.data or b""
    try:
        size = picked.path.stat().st_size
        if size > attachments.MAX_BYTES:
            raise BadInput("file-too-large", size=size, limit=attachments.MAX_BYTES)
        return picked.path.read_bytes()
    except OSError:
        raise BadInput("file-not-readable", name=picked.name) from None


class AttachmentsBox(QWidget):
    """A drop zone and one row per file; ``single`` takes one, which stands in place of the zone.

    Signals: ``changed()`` after a file came or went; ``came_late(object, object)`` a file was read for whom the box has
    left meanwhile (``whose`` of ``set_files``), with the ``FileRef``; ``rejected(str)`` with a sentence;
    ``view_asked(object)`` with the ``FileRef`` whose eye was pressed.
    """

    changed = Signal()
    came_late = Signal(object, object)
    rejected = Signal(str)
    view_asked = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks, *, single: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._single = desk, tasks, single
        self._files: list[FileRef] = []
        self._whose: object = None
        self._coming = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self.zone = DropZone()
        self.zone.picked.connect(self.take)
        self.zone.rejected.connect(self._zone_rejected)
        self._column.addWidget(self.zone)
        self.setFocusProxy(self.zone)

    def files(self) -> tuple[FileRef, ...]:
        """Return the files, all kept in the encrypted store already."""
        return tuple(self._files)

    def unread(self) -> str:
        """Return the sentence that a file is still being read: a deed now would go without it; "" when none is."""
        return self.tr("Tệp đang được đọc. Chờ một chút rồi bấm lại.") if self._coming else ""

    def set_files(self, files: tuple[FileRef, ...], whose: object = None) -> None:
        """Show these files instead; ``whose`` they are, where one box serves several."""
        self._files, self._whose = list(files), whose
        self._show()

    def state(self) -> list[dict[str, Any]]:
        """Return the files as plain values for a draft."""
        return [{"sha256": f.sha256, "name": f.name, "size_bytes": f.size_bytes, "mime": f.mime} for f in self._files]

    def restore(self, rows: object) -> None:
        """Take the files of a draft."""
        if isinstance(rows, list):
            self.set_files(tuple(FileRef(**row) for row in rows))

    def take(self, picked: Picked) -> None:
        """Read, judge and keep one file."""
        desk, whose = self._desk, self._whose

        def read() -> FileRef:
            return attachments.take(desk, _bytes_of(picked), picked.name)

        self._coming += 1
        self._tasks.command(read, lambda file: self._taken(file, whose), self._refused, owner=self)

    def _taken(self, file: FileRef, whose: object) -> None:
        self._coming -= 1
        if whose != self._whose:
            self.came_late.emit(whose, file)
            return
        if all(file.sha256 != other.sha256 for other in self._files):
            self._files.append(file)
        self._show()
        self.changed.emit()

    def _refused(self, error: KnownError) -> None:
        self._coming -= 1
        self.rejected.emit(texts.of(error))

    def _zone_rejected(self, name: str, why: str) -> None:
        if why == "nothing-to-paste":
            self.rejected.emit(self.tr("Bộ nhớ tạm không có ảnh hay tệp để dán."))
        else:
            self.rejected.emit(texts.sentence("file-type-unknown", name=name))

    def _drop(self, file: FileRef) -> None:
        self._files.remove(file)
        self._show()
        self.zone.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _show(self) -> None:
        while self._column.count() > 1:
            item = self._column.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for at, file in enumerate(self._files):
            self._column.insertWidget(at, self._row(file))
        self.zone.setVisible(not (self._single and self._files))

    def _row(self, file: FileRef) -> QWidget:
        row = QFrame()
        row.setObjectName("card")
        row.setFixedHeight(theme.px(34))
        line = QHBoxLayout(row)
        line.setContentsMargins(theme.px(10), 0, theme.px(6), 0)
        line.setSpacing(theme.px(6))
        icon = QLabel()
        name, tone = ("file-pdf", "late_text") if file.mime == "application/pdf" else ("file-image", "text_2")
        icon.setPixmap(theme.pixmap(name, tone, 17, self.devicePixelRatioF()))
        words = PlainLabel(file.name, figures=True, elide=True)
        said = self.tr("{0} · đã lưu trên máy").format(size_words(file.size_bytes))
        eye = IconButton("eye", self.tr("Xem {0}").format(file.name))
        eye.clicked.connect(lambda: self.view_asked.emit(file))
        bin_ = IconButton("trash", self.tr("Bỏ {0}").format(file.name))
        bin_.clicked.connect(lambda: self._drop(file))
        line.addWidget(icon)
        line.addWidget(words, 1)
        line.addWidget(PlainLabel(said, role=Role.SMALL, tone="text_3", figures=True))
        line.addWidget(eye)
        line.addWidget(bin_)
        return row
