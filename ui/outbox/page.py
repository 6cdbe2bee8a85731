"""Chờ gửi: every deed that has not reached the portal, in the order of sending, and the last that have.

Stands apart from the desk because here an officer looks at the machine's own work, not at dossiers.
"""

from __future__ import annotations

from app.services import outbox
from app.services.desk import Desk
from app.services.views import OutboxItem
from ui.list_page import ListPage
from ui.present import outbox as words
from ui.present.outbox import OutboxView
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.chip import FilterChip
from ui.widgets.line_list import Cell, Column, Line

_COLUMNS = (Column("Việc", 27), Column("Hồ sơ", 20), Column("Trạng thái", 38), Column("Sắp tới", 18))


def _line(view: OutboxView) -> Line:
    cells = (
        Cell(view.title, view.detail, strong=True),
        Cell(view.name, view.code),
        Cell(view.chip, view.since, chip=view.chip_kind, chip_icon=view.chip_icon),
        Cell(view.next_step, wraps=True),
    )
    return Line(view.key, view.icon, cells, view.dossier_id)


class OutboxPage(ListPage):
    """The outbox, line by line, with what may be done about one of them."""

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        said = self.tr("Tắt máy không mất. Việc chưa gửi nằm trong máy này, không nằm ở máy khác.")
        super().__init__(desk, tasks, self.tr("Chờ gửi"), _COLUMNS, said)
        self._views: dict[str, OutboxView] = {}
        self._decide = FilterChip("")
        self._decide.clicked.connect(lambda: self.go_asked.emit("decisions"))
        self.head.addWidget(self._decide)
        self.open_button = Button(self.tr("Mở hồ sơ"), key="Enter")
        self.open_button.clicked.connect(self._open)
        self.take_back = Button(self.tr("Rút lại việc đang chọn"))
        self.take_back.clicked.connect(self._take_back)
        self.print_button = Button("", icon="printer")
        self.print_button.clicked.connect(self._print)
        self.foot.addWidget(self.print_button)
        self.foot.addWidget(self.open_button)
        self.foot.addWidget(self.take_back)
        self.list.opened.connect(lambda _key: self._open())

    def refresh(self) -> None:
        """Read the outbox again."""
        desk = self._desk

        def read() -> tuple[tuple[OutboxItem, ...], tuple[OutboxItem, ...], bool]:
            return outbox.unfinished(desk), outbox.just_sent(desk), desk.engine.link.state.state == "online"

        self._tasks.query(read, self._came, owner=self)

    def _came(self, found: tuple[tuple[OutboxItem, ...], tuple[OutboxItem, ...], bool]) -> None:
        waiting, sent, online = found
        now = self._desk.clock.now()
        views = [
            words.outbox_view(item, now, first=at == 0, online=online) for at, item in enumerate((*waiting, *sent))
        ]
        self._views = {view.key: view for view in views}
        stuck = sum(1 for view in views if view.to_decide)
        self.count.setText(self.tr("{0} chờ gửi").format(len(waiting) - stuck))
        self._decide.setText(self.tr("Cần xem lại {0}").format(stuck))
        self._decide.setVisible(stuck > 0)
        lines = [_line(view) for view in views]
        nothing = ("cloud-check", self.tr("Không còn việc nào chờ gửi."))
        self.list.fill(lines[: len(waiting)], nothing, (self.tr("Vừa gửi xong"), lines[len(waiting) :]))
        self.dress()

    def dress(self) -> None:
        line = self.list.current()
        self.open_button.setEnabled(line is not None)
        view = self._views.get(line.key) if line is not None else None
        self.print_button.set_text(view.printable if view is not None else "")
        self.print_button.setVisible(bool(self.print_button.text()))
        why = self.tr("Chỉ rút lại được việc chưa gửi lần nào; tiền đã thu thì không.")
        self.take_back.set_reason("" if view is not None and view.can_undo else why)

    def _open(self) -> None:
        line = self.list.current()
        if line is not None:
            self.open_asked.emit(line.opens)

    def _print(self) -> None:
        """Make the slip of the chosen notice and show it: the citizen takes home what the portal has not sent yet."""
        line = self.list.current()
        view = self._views.get(line.key) if line is not None else None
        if view is None or not view.printable:
            return
        desk, shown = self._desk, view

        def slip() -> bytes:
            from app.services import printing  # late: drawing PDFs loads what the list does not need

            return printing.fee_notice_pdf(desk, shown.dossier_id, shown.notice_id)

        def made(pdf: bytes) -> None:
            from ui.dossier.pdf_viewer import PdfViewer

            PdfViewer(self.window(), self._tasks, pdf, f"Giay bao {shown.code}.pdf").open()

        self._tasks.command(slip, made, owner=self)

    def _take_back(self) -> None:
        line = self.list.current()
        if line is not None:
            desk, key = self._desk, line.key
            self._tasks.command(lambda: outbox.undo(desk, key), lambda _taken: self.refresh(), owner=self)
