"""Bản quét: every scanned file of a reception as a small picture, so that a page in the wrong place is seen.

Stands apart from the rows because a picture is drawn by the child process, one after the other: a file that keeps the
child busy to its time limit holds up its neighbours, never the window. Pictures are gone with their files: those of
one citizen are not kept for the next.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from app.services import papers
from app.services.desk import Desk
from app.services.papers import Thumbnail
from ui import theme
from ui.counter.papers_box import PapersBox, Scan
from ui.dossier.page_view import image_of
from ui.tasks import Tasks
from ui.theme import Role, Size
from ui.widgets import painting
from ui.widgets.plain_label import PlainLabel, plain_tip

_WIDTH, _HEIGHT, _CAPTION = 68, 84, 34  # two lines of small type
_IN_A_ROW, _MOST = 5, 10


class Thumb(QAbstractButton):
    """One file: its first page, whose paper it is. Signals: ``clicked``, by the menu key too."""

    def __init__(self, scan: Scan) -> None:
        super().__init__()
        self.scan = scan
        self.image: QImage | None = None
        self.pages = 0
        self.is_unreadable = False
        self.setText(scan.paper)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._say()

    def show_picture(self, found: Thumbnail | None) -> None:
        """Show the first page; None: it cannot be drawn."""
        self.is_unreadable = found is None
        if found is not None:
            self.image, self.pages = image_of(found.picture), found.pages
        self._say()
        self.update()

    def _say(self) -> None:
        if self.is_unreadable:
            state = self.tr("không xem trước được")
        else:
            state = self.tr("{0} trang").format(self.pages) if self.pages else self.tr("đang mở")
        self.setAccessibleName(f"{self.scan.paper}: {self.scan.file.name}, {state}")
        self.setToolTip(plain_tip(f"{self.scan.paper} · {self.scan.file.name} · {state}"))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(_WIDTH), theme.px(_HEIGHT + _CAPTION))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.accept()
        self.click()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paper = QRect(0, 0, self.width(), theme.px(_HEIGHT))
        edge, width = ("focus", Size.RING) if self.hasFocus() else ("line_strong", 1)
        painting.draw_box(painter, paper, "surface", edge, Size.RADIUS_CHIP, width=width)
        inner = paper.adjusted(3, 3, -3, -3)
        if self.image is not None:
            self._draw_page(painter, inner, self.image)
        else:
            icon = "warning-circle" if self.is_unreadable else "file"
            painting.draw_icon(painter, inner, icon, "soon_text" if self.is_unreadable else "text_3", 22)
        words = QRect(0, paper.bottom() + 2, self.width(), theme.px(_CAPTION) - 2)
        painter.setFont(theme.font(Role.SMALL))
        painter.setPen(theme.colour("text_2"))
        first, second = _two_lines(self.scan.paper, painter.fontMetrics(), words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignHCenter, f"{first}\n{second}")

    def _draw_page(self, painter: QPainter, inner: QRect, image: QImage) -> None:
        size = image.size().scaled(inner.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(inner.topLeft(), size)
        place.moveCenter(inner.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, image)
        if self.pages > 1:
            words = self.tr("{0} trang").format(self.pages)
            width = painting.chip_width(words, icon=False)
            chip = QRect(inner.right() - width, inner.bottom() - theme.px(Size.CHIP), width, theme.px(Size.CHIP))
            painting.draw_chip(painter, chip, words, "neutral", "")


def _two_lines(name: str, metrics: QFontMetrics, width: int) -> tuple[str, str]:
    """Return a name on two lines of ``width``, dots where it goes on."""
    words = name.split()
    fits = [at for at in range(1, len(words) + 1) if metrics.horizontalAdvance(" ".join(words[:at])) <= width]
    at = max(fits, default=1)
    first, second = (" ".join(part) for part in (words[:at], words[at:]))
    dots = Qt.TextElideMode.ElideRight
    return metrics.elidedText(first, dots, width), metrics.elidedText(second, dots, width)


class ScanStrip(QWidget):
    """Shows the files of ``box``. Signals: ``view_asked(object)`` a ``FileRef`` to look at."""

    view_asked = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks, box: PapersBox) -> None:
        super().__init__()
        self._desk, self._tasks, self._box = desk, tasks, box
        self.thumbs: list[Thumb] = []
        self._seen: dict[str, Thumbnail | None] = {}
        self._drawing = ""
        self._before: QWidget | None = None
        head = QHBoxLayout()
        head.setSpacing(theme.px(6))
        head.addWidget(PlainLabel(self.tr("Bản quét"), weight=500))
        self.how_many = PlainLabel("", role=Role.SMALL, tone="text_3", figures=True, elide=True)
        head.addWidget(self.how_many, 1)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(8))
        self._grid.setColumnStretch(_IN_A_ROW, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(4), 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(head)
        column.addLayout(self._grid)
        self.hide()
        box.files_shown.connect(self._look)

    def _look(self) -> None:
        """Show what is in the rows now."""
        scans = self._box.scans()
        kept = {scan.file.sha256 for scan in scans}
        self._seen = {sha: found for sha, found in self._seen.items() if sha in kept}
        if [thumb.scan for thumb in self.thumbs] != list(scans[:_MOST]):
            self._lay_out(scans[:_MOST])
        self.setVisible(bool(scans))
        self._say()
        self._next()

    def line_up(self, before: QWidget) -> None:
        """Let Tab come here from ``before``, now and when other files come."""
        self._before = before
        for thumb in self.thumbs:
            QWidget.setTabOrder(before, thumb)
            before = thumb

    def _lay_out(self, scans: Sequence[Scan]) -> None:
        for thumb in self.thumbs:
            self._grid.removeWidget(thumb)
            thumb.hide()
            thumb.deleteLater()
        self.thumbs = [Thumb(scan) for scan in scans]
        for at, thumb in enumerate(self.thumbs):
            thumb.clicked.connect(lambda _on=False, thumb=thumb: self._open_menu(thumb))
            self._grid.addWidget(thumb, at // _IN_A_ROW, at % _IN_A_ROW)
            if thumb.scan.file.sha256 in self._seen:
                thumb.show_picture(self._seen[thumb.scan.file.sha256])
        if self._before is not None:
            self.line_up(self._before)

    def _say(self) -> None:
        files = len(self._box.scans())
        pages = sum(found.pages for found in self._seen.values() if found is not None)
        all_seen = len(self._seen) == len({scan.file.sha256 for scan in self._box.scans()})
        count = self.tr("{0} trang").format(pages) if all_seen and pages else self.tr("{0} tệp").format(files)
        self.how_many.setText(self.tr("{0} · bấm để xem, hoặc chuyển sang giấy tờ khác").format(count))

    def _next(self) -> None:
        """Let the child draw one more picture, if there is one to draw and it draws none."""
        wanted = next((t.scan.file for t in self.thumbs if t.scan.file.sha256 not in self._seen), None)
        if self._drawing or wanted is None:
            return
        self._drawing = wanted.sha256
        desk, width_px = self._desk, round(theme.px(_WIDTH) * self.devicePixelRatioF())
        self._tasks.query(
            lambda: papers.thumbnail(desk, wanted, width_px), self._drawn, lambda _error: self._drawn(None), owner=self
        )

    def _drawn(self, found: Thumbnail | None) -> None:
        sha, self._drawing = self._drawing, ""
        if any(thumb.scan.file.sha256 == sha for thumb in self.thumbs):
            self._seen[sha] = found
        for thumb in self.thumbs:
            if thumb.scan.file.sha256 == sha:
                thumb.show_picture(found)
        self._say()
        self._next()

    def _open_menu(self, thumb: Thumb) -> None:
        menu = QMenu(self)
        scan = thumb.scan
        menu.addAction(self.tr("Xem {0}").format(scan.file.name).replace("&", "&&"),
                       lambda: self.view_asked.emit(scan.file))  # fmt: skip
        menu.addSeparator()
        for at, row in enumerate(self._box.rows):
            if at != scan.row:
                words = self.tr("Chuyển sang: {0}").format(row.name).replace("&", "&&")
                menu.addAction(words, lambda at=at: self._move(scan, at))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(thumb.mapToGlobal(thumb.rect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])

    def _move(self, scan: Scan, to: int) -> None:
        self._box.move(scan, to)
        moved = next((thumb for thumb in self.thumbs if thumb.scan.row == to and thumb.scan.file == scan.file), None)
        if moved is not None:
            QTimer.singleShot(0, moved, moved.setFocus)  # once it is shown where it is now
