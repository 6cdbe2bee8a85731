"""The papers of a reception: which were brought, how many of each kind, and the files taken of them.

Stands apart because a row is a promise of the printed slip: what is ticked is what the citizen has handed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app import texts
from app.domain.dossier import Component
from app.domain.people import FileRef
from app.domain.procedures import Paper
from app.services.desk import Desk
from ui import keys, theme
from ui.dossier.attachments_box import AttachmentsBox
from ui.tasks import Tasks
from ui.theme import Role, Size
from ui.widgets.buttons import Button
from ui.widgets.checks import CheckBox
from ui.widgets.chip import KeyCap
from ui.widgets.plain_label import PlainLabel
from ui.widgets.text_field import TextField

_COUNT_WIDTH = 46
_FIRST_COUNT, _KINDS, _FILES = 2, 3, 5


@dataclass(frozen=True, slots=True)
class PaperRow:
    """The fields of one paper; ``counts``: originals, certified, plain copies."""

    name: str
    brought: CheckBox
    words: PlainLabel
    counts: tuple[TextField, TextField, TextField]
    files: Button

    def widgets(self) -> tuple[QWidget, ...]:
        """Return everything that stands in the row."""
        return (self.brought, self.words, *self.counts, self.files)


@dataclass(frozen=True, slots=True)
class Scan:
    """One file, and the row whose paper it shows."""

    row: int
    paper: str
    file: FileRef


class PapersBox(QWidget):
    """One row a component, and below them the files of the row that is meant.

    Signals: ``changed()``; ``files_shown()`` other files are in the rows; ``view_asked(object)`` a ``FileRef`` to look
    at.
    """

    changed = Signal()
    files_shown = Signal()
    view_asked = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        super().__init__()
        self.rows: list[PaperRow] = []
        self._kept: list[tuple[FileRef, ...]] = []
        self._sometimes: frozenset[str] = frozenset()
        self._meant = -1
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(1, 1)
        heads = (self.tr("Bản chính"), self.tr("Chứng thực"), self.tr("Bản sao"), self.tr("Tệp"))
        self._heads = [PlainLabel(words, role=Role.SMALL, tone="text_3", wrap=True) for words in heads]
        for at, head in enumerate(self._heads):
            self._grid.addWidget(head, 0, _FIRST_COUNT + at, Qt.AlignmentFlag.AlignCenter)
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            head.setFixedWidth(theme.px(_COUNT_WIDTH))
        self._whose = PlainLabel("", role=Role.SMALL, tone="text_2", elide=True)
        self.files = AttachmentsBox(desk, tasks)
        self.files.changed.connect(self._files_changed)
        self.files.came_late.connect(self._came_late)
        self.files.rejected.connect(self.tell)
        self.files.view_asked.connect(self.view_asked)
        self._error = PlainLabel("", role=Role.SMALL, tone="late_text", wrap=True)
        self._error.hide()
        whose = QHBoxLayout()
        whose.addWidget(PlainLabel(self.tr("Tệp của:"), role=Role.SMALL, tone="text_3"))
        whose.addWidget(self._whose, 1)
        whose.addWidget(KeyCap(keys.cap("scan")))
        self._below = QWidget()
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(theme.px(3))
        below.addLayout(whose)
        below.addWidget(self.files)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addLayout(self._grid)
        column.addWidget(self._error)
        column.addWidget(self._below)
        self._show_nothing()

    def ask_for(self, papers: Sequence[Paper]) -> None:
        """Ask for these papers, one original each; what is only needed in some case (*nếu có*) is not ticked."""
        self._sometimes = frozenset(paper.title for paper in papers if paper.when)
        self._show_rows([(Component(paper.title, originals=1), not paper.when) for paper in papers])

    def set_components(self, components: Sequence[Component], papers: Sequence[Paper] = ()) -> None:
        """Show these components as they are, and those of ``papers`` that were not brought, without a tick."""
        self._sometimes = frozenset(paper.title for paper in papers if paper.when)
        brought = {component.name for component in components}
        missing = [(Component(paper.title), False) for paper in papers if paper.title not in brought]
        self._show_rows([*((c, True) for c in components), *missing])

    def components(self) -> tuple[Component, ...]:
        """Return the papers that are ticked."""
        found = []
        for row, files in zip(self.rows, self._kept, strict=True):
            originals, certified, copies = (_count(field) for field in row.counts)
            if row.brought.isChecked():
                found.append(Component(row.name, files, originals, certified, copies))
        return tuple(found)

    def scans(self) -> tuple[Scan, ...]:
        """Return every file in the order of the rows."""
        rows = enumerate(zip(self.rows, self._kept, strict=True))
        return tuple(Scan(at, row.name, file) for at, (row, files) in rows for file in files)

    def move(self, scan: Scan, to: int) -> None:
        """Put a file to another row: it was taken for the wrong paper."""
        self._kept[scan.row] = tuple(file for file in self._kept[scan.row] if file != scan.file)
        self._kept[to] = (*(file for file in self._kept[to] if file != scan.file), scan.file)
        self.rows[to].brought.setChecked(True)
        self.mean(to)
        self._count_files()
        self.changed.emit()

    def missing(self) -> tuple[str, ...]:
        """Return the papers that are always needed and not ticked."""
        return tuple(row.name for row in self.rows if not row.brought.isChecked() and row.name not in self._sometimes)

    def check(self, *, some_needed: bool = True) -> QWidget | None:
        """Say what is missing; return where to go, None when all is well."""
        for row in self.rows:
            if not row.brought.isChecked():
                continue
            wrong = next((field for field in row.counts if _count(field) < 0), None)
            if wrong is not None:
                self.tell(texts.sentence("component-unsound"))
                return wrong
            if not any(_count(field) for field in row.counts) and not self._kept[self.rows.index(row)]:
                said = self.tr("“{0}” được đánh dấu nhưng không có bản nào, cũng chưa có tệp. Ghi số bản hoặc bỏ dấu.")
                self.tell(said.format(row.name))
                return row.counts[0]
        if self.files.unread():
            self.tell(self.files.unread())
            return self.files.zone
        if some_needed and self.rows and not any(row.brought.isChecked() for row in self.rows):
            self.tell(self.tr("Đánh dấu ít nhất một giấy tờ đã nhận."))
            return self.rows[0].brought
        self.tell("")
        return None

    def tell(self, sentence: str) -> None:
        """Say what is wrong with the papers; "" clears it."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))

    def mean(self, at: int) -> None:
        """Let files go to this row."""
        if 0 <= at < len(self.rows):
            self._meant = at
            self._whose.setText(self.rows[at].name)
            self.files.set_files(self._kept[at], self.rows[at])

    def to_files(self) -> None:
        """F3: choose a file for the row that is meant, else for the first one without any."""
        empty = next((at for at, row in enumerate(self.rows) if row.brought.isChecked() and not self._kept[at]), 0)
        self.mean(self._meant if self._meant >= 0 else empty)
        self.files.zone.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def line_up(self, before: QWidget) -> QWidget:
        """Let Tab come from ``before`` through the rows to their files; return the last of them."""
        for row in self.rows:
            for widget in (row.brought, *row.counts, row.files):
                QWidget.setTabOrder(before, widget)
                before = widget
        QWidget.setTabOrder(before, self.files.zone)
        return self.files.zone

    def state(self) -> list[dict[str, Any]]:
        """Return every row as typed, for a draft."""
        return [
            {"name": row.name, "brought": row.brought.isChecked(), "counts": [field.text() for field in row.counts],
             "files": [{"sha256": f.sha256, "name": f.name, "size_bytes": f.size_bytes, "mime": f.mime} for f in files]}
            for row, files in zip(self.rows, self._kept, strict=True)
        ]  # fmt: skip

    def restore(self, state: object, papers: Sequence[Paper]) -> None:
        """Fill the rows from a draft of the procedure that asks for ``papers``."""
        self._sometimes = frozenset(paper.title for paper in papers if paper.when)
        saved = [row for row in state if isinstance(row, dict)] if isinstance(state, list) else []
        parts = [
            (Component(str(row["name"]), tuple(FileRef(**file) for file in row["files"])), bool(row["brought"]))
            for row in saved
        ]
        self._show_rows(parts)
        for row, old in zip(self.rows, saved, strict=True):
            for field, text in zip(row.counts, old["counts"], strict=True):
                field.setText(str(text))

    def _show_rows(self, parts: Sequence[tuple[Component, bool]]) -> None:
        for row in self.rows:
            for widget in row.widgets():
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self.rows = [self._row(at, component, brought) for at, (component, brought) in enumerate(parts)]
        self._kept = [component.files for component, _ in parts]
        self._meant = -1
        self._show_nothing()
        if self.rows:
            self.mean(0)
        self._count_files()
        self.tell("")

    def _show_nothing(self) -> None:
        for widget in (*self._heads, self._below):
            widget.setVisible(bool(self.rows))

    def _row(self, at: int, component: Component, brought: bool) -> PaperRow:
        box = CheckBox("", checked=brought)
        box.setAccessibleName(component.name)
        box.setFixedHeight(theme.px(Size.FIELD))
        sometimes = component.name in self._sometimes
        words = PlainLabel(component.name, tone="text_2" if sometimes else "text", wrap=True)
        counts = (TextField(figures=True), TextField(figures=True), TextField(figures=True))
        numbers = (component.originals, component.certified, component.copies)
        kinds = (self.tr("bản chính"), self.tr("bản chứng thực"), self.tr("bản sao"))
        for field, number, kind in zip(counts, numbers, kinds, strict=True):
            field.setText(str(number))
            field.setFixedWidth(theme.px(_COUNT_WIDTH))
            field.setAccessibleName(f"{component.name}: {kind}")
            field.textChanged.connect(lambda _text: self.changed.emit())
            field.textEdited.connect(lambda _text, box=box: box.setChecked(True))
        files = Button("0", kind="bare", icon="paperclip")
        files.setAccessibleName(self.tr("Tệp của {0}").format(component.name))
        files.clicked.connect(lambda: self._to_row(at))
        box.toggled.connect(lambda _on: self.changed.emit())
        row = PaperRow(component.name, box, words, counts, files)
        self._grid.addWidget(box, at + 1, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(words, at + 1, 1, Qt.AlignmentFlag.AlignVCenter)
        for place, field in enumerate(counts):
            self._grid.addWidget(field, at + 1, _FIRST_COUNT + place, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(files, at + 1, _FILES, Qt.AlignmentFlag.AlignTop)
        return row

    def _to_row(self, at: int) -> None:
        self.mean(at)
        self.files.zone.setFocus(Qt.FocusReason.OtherFocusReason)

    def _files_changed(self) -> None:
        if 0 <= self._meant < len(self._kept):
            self._keep(self._meant, self.files.files())

    def _came_late(self, row: PaperRow, file: FileRef) -> None:
        """A file was read after the officer went on to another paper; rows of another procedure take none."""
        if row in self.rows:
            at = self.rows.index(row)
            self._keep(at, (*(kept for kept in self._kept[at] if kept.sha256 != file.sha256), file))

    def _keep(self, at: int, files: tuple[FileRef, ...]) -> None:
        self._kept[at] = files
        self.rows[at].brought.setChecked(True)
        self._count_files()
        self.tell("")
        self.changed.emit()

    def _count_files(self) -> None:
        for row, files in zip(self.rows, self._kept, strict=True):
            row.files.setText(str(len(files)))
            row.files.updateGeometry()
        self.files_shown.emit()


def _count(field: TextField) -> int:
    """Return the number typed; nothing is none, what is no number is -1."""
    text = field.text().strip()
    return 0 if not text else int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1
