"""Kiểm tra giấy tờ: the list of papers at the left, the paper itself at the right, one row of the outbox for all.

Stands apart from the other dialogs because it reads while it asks: what was opened is written down, and what passes
without having been opened is said so.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.dossier import Component
from app.domain.people import FileRef
from app.domain.words import CheckVerdict
from app.domain.work_commands import Finding
from app.services import handling, papers, privacy
from app.services.desk import Desk
from app.services.views import Acted, Card
from ui import theme
from ui.dossier.deed_dialog import DeedDialog, State, later_focus
from ui.dossier.page_view import PageView
from ui.tasks import Tasks
from ui.theme import Role, Size
from ui.widgets.buttons import Button, IconButton
from ui.widgets.checks import Segmented
from ui.widgets.empty_state import EmptyState
from ui.widgets.parts import Scroller
from ui.widgets.plain_label import PlainLabel, plain_tip
from ui.widgets.text_field import TextField, redden

_VERDICTS = (("passed", "Đạt", ""), ("failed", "Không đạt", ""), ("", "Chưa", ""))
_LIST_WIDTH = 420
_EDGE = 22


class ComponentRow(QFrame):
    """One paper: its name, what was found, and why it failed. ↑ and ↓ leave it.

    Signals: ``entered(int)`` the focus came, ``stepped(int)`` an arrow asks for the row above or below, ``changed()``.
    """

    entered = Signal(int)
    stepped = Signal(int)
    changed = Signal()

    def __init__(self, at: int, component: Component, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.at, self.component = at, component
        found = component.check
        self._first = (found.verdict.value, found.reason) if found else ("", "")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(10), theme.px(7), theme.px(10), theme.px(7))
        column.setSpacing(theme.px(5))
        head = QHBoxLayout()
        name = PlainLabel(f"{at + 1}. {component.name}", weight=600, elide=True)
        name.setToolTip(plain_tip(component.name))
        self.note = PlainLabel("", role=Role.SMALL, tone="text_3", figures=True)
        head.addWidget(name, 1)
        head.addWidget(self.note)
        column.addLayout(head)
        self.verdict = Segmented(_VERDICTS, self._first[0])
        self.reason = TextField(self._first[1], placeholder=self.tr("Vì sao không đạt"))
        self.reason.setAccessibleName(self.tr("Vì sao {0} không đạt").format(component.name))
        column.addWidget(self.verdict)
        column.addWidget(self.reason)
        self.reason.setVisible(self._first[0] == CheckVerdict.FAILED)
        self.verdict.chosen.connect(self._chosen)
        self.reason.textChanged.connect(lambda _text: self.changed.emit())
        for widget in (*self._choices(), self.reason):
            widget.installEventFilter(self)
        for choice in self._choices():
            choice.setAccessibleName(f"{component.name}: {choice.accessibleName()}")

    def _choices(self) -> list[QWidget]:
        return list(self.verdict._keys)

    def _chosen(self, key: str) -> None:
        self.reason.setVisible(key == CheckVerdict.FAILED)
        self.changed.emit()

    def take_focus(self) -> None:
        """Put the focus on what was found, or on the first choice."""
        choices = [choice for choice, key in self.verdict._keys.items() if key == self.verdict.key()]
        (choices[0] if choices else self.verdict.first()).setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit(self.at)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                self.stepped.emit(step)
                return True
        return super().eventFilter(watched, event)

    def explained(self) -> bool:
        """Say whether what fails has a reason; an empty one reddens and is gone to."""
        missing = self.verdict.key() == CheckVerdict.FAILED and not self.reason.text().strip()
        redden(self.reason, missing)
        return not missing

    def finding(self, opened: frozenset[str]) -> Finding | None:
        """Return what is new of this paper, None when nothing is."""
        key, reason = self.verdict.key(), self.reason.text().strip()
        reason = reason if key == CheckVerdict.FAILED else ""
        if (key, reason) == self._first:
            return None
        unopened = key == CheckVerdict.PASSED and self.unopened(opened)
        return Finding(self.at, CheckVerdict(key) if key else None, reason, unopened, self.component.name)

    def unopened(self, opened: frozenset[str]) -> bool:
        """Say whether any of its files was never looked at."""
        return any(file.sha256 not in opened for file in self.component.files)

    def say(self, opened: frozenset[str]) -> None:
        """Show how many files there are and whether they were looked at."""
        count = len(self.component.files)
        seen = self.tr("đã xem") if not self.unopened(opened) else self.tr("chưa mở xem")
        self.note.setText(self.tr("{0} tệp · {1}").format(count, seen) if count else self.tr("không có tệp"))


class CheckDialog(DeedDialog):
    """↑ ↓ go from paper to paper, ← → say what was found, Ctrl+Enter writes all of it down at once."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, "Kiểm tra giấy tờ", primary="Ghi kết quả kiểm tra",
            width=Size.DIALOG_MAX_WIDTH, draft_kind="check_components",
        )  # fmt: skip
        self.opened: frozenset[str] = frozenset()
        self._at, self._file = 0, 0
        self.view: PageView | None = None
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        middle = QWidget()
        middle.setMinimumHeight(theme.px(260))
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.rows = [ComponentRow(at, component) for at, component in enumerate(card.dossier.components)]
        row.addWidget(self._build_list())
        row.addLayout(self._build_paper(), 1)
        self.body.addWidget(middle, 1)
        self.all_passed = Button(self.tr("Tất cả đạt"), icon="check-circle")
        self.all_passed.clicked.connect(self.pass_all)
        self.foot.addWidget(self.all_passed)
        self.told = PlainLabel("", role=Role.SMALL, tone="text_2", figures=True)
        self.foot.addWidget(self.told)
        for sequence, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.activated.connect(lambda by=step: self.turn_file(by))
        dossier_id = card.dossier.id
        self.begin(lambda: privacy.opened_files(desk, dossier_id), self._known)

    def _build_list(self) -> QWidget:
        self._list = Scroller()
        self._list.setFixedWidth(theme.px(_LIST_WIDTH))
        inner = QWidget()
        inner.setObjectName("scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.px(14), theme.px(10), theme.px(10), theme.px(10))
        column.setSpacing(theme.px(7))
        for row in self.rows:
            column.addWidget(row)
            row.entered.connect(self.go_to)
            row.stepped.connect(self._step)
            row.changed.connect(self._count)
        column.addStretch(1)
        self._list.setWidget(inner)
        return self._list

    def _build_paper(self) -> QVBoxLayout:
        self._paper = QVBoxLayout()
        self._paper.setContentsMargins(0, 0, 0, 0)
        self._paper.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(theme.px(12), theme.px(6), theme.px(12), 0)
        bar.setSpacing(theme.px(6))
        self.file_name = PlainLabel("", weight=600, elide=True)
        self.which = PlainLabel("", tone="text_2", figures=True)
        self._before = IconButton("caret-left", self.tr("Tệp trước (Ctrl+PgUp)"), outlined=True)
        self._after = IconButton("caret-right", self.tr("Tệp sau (Ctrl+PgDn)"), outlined=True)
        self._before.clicked.connect(lambda: self.turn_file(-1))
        self._after.clicked.connect(lambda: self.turn_file(1))
        bar.addWidget(self.file_name, 1)
        for widget in (self.which, self._before, self._after):
            bar.addWidget(widget)
        self._paper.addLayout(bar)
        self._nothing = EmptyState("file", self.tr("Giấy tờ này không có tệp. Xem bản giấy."))
        self._paper.addWidget(self._nothing, 1)
        return self._paper

    def fitted_size(self) -> QSize:
        height = min(Size.DIALOG_MAX_HEIGHT, self._window.height() - 2 * _EDGE)
        return QSize(super().fitted_size().width(), height)

    def _known(self, opened: frozenset[str]) -> None:
        self.opened = opened
        self._count()
        if self.rows:
            later_focus(self, self.rows[0].verdict.first())
            self._show_file()

    # -- moving ------------------------------------------------------------------------------------------------------

    def go_to(self, at: int) -> None:
        """Show the paper of row ``at``."""
        if at != self._at:
            self._at, self._file = at, 0
            self._show_file()
        self._list.ensureWidgetVisible(self.rows[at], 0, theme.px(8))

    def _step(self, by: int) -> None:
        at = self._at + by
        if 0 <= at < len(self.rows):
            self.rows[at].take_focus()

    def turn_file(self, by: int) -> None:
        """Show the next or the last file of the same paper."""
        at = self._file + by
        if 0 <= at < len(self.rows[self._at].component.files):
            self._file = at
            self._show_file()

    def _show_file(self) -> None:
        files = self.rows[self._at].component.files
        if self.view is not None:
            self.view.hide()
            self.view.deleteLater()
            self.view = None
        self._nothing.setVisible(not files)
        self.file_name.setText(files[self._file].name if files else self.rows[self._at].component.name)
        self.which.setText(self.tr("Tệp {0}/{1}").format(self._file + 1, len(files)) if len(files) > 1 else "")
        for button, there in ((self._before, self._file > 0), (self._after, self._file + 1 < len(files))):
            button.setVisible(len(files) > 1)
            button.setEnabled(there)
        if files:
            self._open(files[self._file])

    def _open(self, file: FileRef) -> None:
        desk = self.desk
        self.view = PageView(
            self.tasks, lambda: papers.pages(desk, file), lambda page, width: papers.picture(desk, file, page, width)
        )
        self.view.shown.connect(lambda _page: self._seen(file.sha256))
        self._paper.addWidget(self.view, 1)

    def _seen(self, sha256: str) -> None:
        if sha256 in self.opened:
            return
        self.opened |= {sha256}
        desk, dossier_id = self.desk, self.dossier.id
        self.tasks.command(lambda: privacy.opened(desk, dossier_id, sha256))
        self._count()

    # -- what was found ----------------------------------------------------------------------------------------------

    def pass_all(self) -> None:
        """Tất cả đạt: what was not judged passes; what failed stays failed."""
        for row in self.rows:
            if row.verdict.key() == "":
                row.verdict.choose(CheckVerdict.PASSED)
        later_focus(self, self.primary)

    def _findings(self) -> tuple[Finding, ...]:
        found = (row.finding(self.opened) for row in self.rows)
        return tuple(finding for finding in found if finding is not None)

    def _count(self) -> None:
        for row in self.rows:
            row.say(self.opened)
        found = self._findings()
        unopened = sum(1 for finding in found if finding.unopened)
        said = self.tr("{0} giấy tờ đạt mà chưa mở xem: sẽ ghi rõ.").format(unopened) if unopened else ""
        self.told.setText(said)
        nothing = "" if found else self.tr("Chưa có kết quả mới để ghi.")
        self.set_primary(self.tr("Ghi kết quả kiểm tra"), nothing)

    def deed(self) -> Callable[[], Acted] | None:
        unexplained = [row for row in self.rows if not row.explained()]
        if unexplained:
            later_focus(self, unexplained[0].reason)
            return None
        found, desk, dossier_id = self._findings(), self.desk, self.dossier.id
        return (lambda: handling.check(desk, dossier_id, found)) if found else None

    def state(self) -> State:
        return {row.component.name: [row.verdict.key(), row.reason.text()] for row in self.rows}

    def restore(self, state: State) -> None:
        for row in self.rows:
            kept = state.get(row.component.name)
            if isinstance(kept, list) and len(kept) == 2:
                row.verdict.choose(str(kept[0]))
                row.reason.setText(str(kept[1]))
