"""A printed slip before it is paper: pages, In, Lưu thành tệp.

Stands apart from the viewer of papers because these bytes are our own and may leave: to a printer or a file.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from app import texts
from app.errors import BadInput, KnownError
from app.services import papers
from ui.dossier.page_view import PageView, image_of
from ui.dossier.tall_dialog import TallDialog
from ui.tasks import Tasks
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button

_MIME = "application/pdf"
_PRINT_DPI = 300
_A4_WIDTH_IN = 8.27


def _has_printer() -> bool:
    return bool(QPrinterInfo.availablePrinterNames())


class PdfViewer(TallDialog):
    """Shows ``pdf``; Ctrl+Enter prints, the foot saves. ``name`` is the file name proposed.

    Signals: ``done_printing()`` after the pages went to the printer; ``saved(str)`` with the path.
    """

    done_printing = Signal()
    saved = Signal(str)

    def __init__(
        self, window: QWidget, tasks: Tasks, pdf: bytes, name: str, *, title: str = "Giấy báo nộp phí, lệ phí",
        has_printer: Callable[[], bool] = _has_printer,
    ) -> None:  # fmt: skip
        super().__init__(window, title, name, primary="In")
        self._tasks, self._pdf, self._name, self._has_printer = tasks, pdf, name, has_printer
        self.banner = Banner("info", "", flat=True)
        self.banner.hide()
        self.body.addWidget(self.banner)
        self.view = PageView(
            tasks, lambda: papers.pages_of(pdf, _MIME), lambda page, width: papers.picture_of(pdf, _MIME, page, width)
        )
        self.fill(self.view)
        self.save = Button(self.tr("Lưu thành tệp…"), icon="floppy-disk")
        self.save.clicked.connect(self._choose_path)
        self.foot.addWidget(self.save)
        self.confirmed.connect(self.print_out)
        self.focus_first(self.primary)

    def print_out(self) -> None:
        """Ask which printer, draw the pages off the GUI thread, and send them."""
        if not self._has_printer():
            self.tell("warn", self.tr("Máy này chưa có máy in. Lưu thành tệp rồi in ở máy khác."))
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setFullPage(True)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        self.primary.set_reason(self.tr("Đang in…"))
        pdf, width = self._pdf, round(_PRINT_DPI * _A4_WIDTH_IN)

        def draw() -> list[QImage]:
            count = papers.pages_of(pdf, _MIME)
            return [image_of(papers.picture_of(pdf, _MIME, page, width)) for page in range(count)]

        def paint(images: list[QImage]) -> None:
            self.primary.set_reason("")
            self._paint(printer, images)

        self._tasks.query(draw, paint, self._failed, owner=self)

    def _paint(self, printer: QPrinter, images: list[QImage]) -> None:
        painter = QPainter()
        if not painter.begin(printer):
            self.tell("refused", self.tr("Máy in không nhận. Kiểm tra máy in rồi thử lại, hoặc lưu thành tệp."))
            return
        for at, image in enumerate(images):
            if at:
                printer.newPage()
            paper = printer.pageLayout().fullRectPixels(printer.resolution())
            fitted = image.size().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRectF(0, 0, fitted.width(), fitted.height()), image)
        painter.end()
        self.tell("ok", self.tr("Đã chuyển {0} trang tới máy in.").format(len(images)))
        self.done_printing.emit()

    def _choose_path(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Lưu phiếu"), self._name, "PDF (*.pdf)")
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write the slip as a file, off the GUI thread."""
        pdf = self._pdf

        def write() -> str:
            try:
                path.write_bytes(pdf)
            except OSError:
                raise BadInput("file-not-writable", name=path.name) from None
            return str(path)

        def done(where: str) -> None:
            self.tell("ok", self.tr("Đã lưu {0}.").format(path.name))
            self.saved.emit(where)

        self._tasks.command(write, done, self._failed, owner=self)

    def _failed(self, error: KnownError) -> None:
        self.primary.set_reason("")
        self.tell("refused", texts.of(error))

    def tell(self, kind: str, sentence: str) -> None:
        """Say something above the pages."""
        self.banner.set_state(kind, sentence)
        self.banner.show()
