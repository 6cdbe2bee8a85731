"""Papers that are missing: Yêu cầu bổ sung, and Nhận giấy tờ bổ sung at the counter.

They stand together because the second answers the first: the same list of papers, asked for and brought.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import texts
from app.domain.dossier import Component
from app.domain.people import FileRef
from app.domain.words import CheckVerdict, State
from app.services import handling, message_preview
from app.services.desk import Desk
from app.services.views import Acted, Card
from ui import theme
from ui.dossier.attachments_box import AttachmentsBox
from ui.dossier.deed_dialog import Deed, DeedDialog, later_focus
from ui.dossier.deed_dialog import State as Draft
from ui.dossier.phrases import offer
from ui.notice.message_view import MessageView, Reading
from ui.tasks import Tasks
from ui.theme import Role
from ui.widgets.banner import Banner
from ui.widgets.checks import CheckBox
from ui.widgets.date_edit import DateEdit
from ui.widgets.form_row import FormRow, beside
from ui.widgets.plain_label import Bold, PlainLabel
from ui.widgets.text_field import ComboBox, TextArea

_MANY_FROM = 5
_KINDS = (("originals", "Bản chính"), ("certified", "Bản chứng thực"), ("copies", "Bản sao"), ("", "Chỉ có tệp"))


class PaperList(QWidget):
    """Papers to tick, one below the other: long names are read in full."""

    def __init__(self, names: tuple[str, ...], ticked: frozenset[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        self.boxes: list[CheckBox] = []
        for name in names:
            column.addLayout(self._row(name, checked=name in ticked))

    def _row(self, name: str, *, checked: bool) -> QHBoxLayout:
        box = CheckBox("", checked=checked)
        box.setAccessibleName(name)
        words = PlainLabel(name, wrap=True)
        words.setProperty("box", len(self.boxes))
        words.installEventFilter(self)
        self.boxes.append(box)
        row = QHBoxLayout()
        row.setSpacing(theme.px(2))
        row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1, Qt.AlignmentFlag.AlignVCenter)
        return row

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease:
            self.boxes[int(watched.property("box"))].toggle()
        return super().eventFilter(watched, event)

    def ticked(self) -> tuple[str, ...]:
        """Return the papers that are ticked."""
        return tuple(box.accessibleName() for box in self.boxes if box.isChecked())

    def restore(self, names: object) -> None:
        """Tick these and no others."""
        wanted = set(names) if isinstance(names, list) else set()
        for box in self.boxes:
            box.setChecked(box.accessibleName() in wanted)


class RequestSupplementDialog(DeedDialog):
    """Which papers, why, by when; beside it what the citizen will read. What failed the check is ticked already.

    ``draft_kind`` "" keeps no draft of its own; ``after`` says how the printed form comes.
    """

    after = "Ghi xong, Ctrl+P in mẫu 02."

    def __init__(
        self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "",
        draft_kind: str = "request_supplement",
    ) -> None:  # fmt: skip
        rounds = len(card.dossier.supplements)
        title = "Yêu cầu bổ sung" + (f" lần {rounds + 1}" if rounds else "")
        super().__init__(window, desk, tasks, card, title, primary="Yêu cầu bổ sung", width=938, draft_kind=draft_kind)
        self._build_effect()
        self.papers = PaperList(*self.offered())
        self._papers_row = FormRow(self.tr("Giấy tờ cần bổ sung"), self.papers)
        self.body.addWidget(self._papers_row)
        crowded = self.tight and len(self.papers.boxes) >= _MANY_FROM
        self.own = TextArea(rows=1 if crowded else 2)
        why = self.tr("mỗi dòng một loại")
        self._own_row = FormRow(self.tr("Giấy tờ khác"), self.own, why=why)
        self.supply_by = DateEdit(self._today)
        self._by_row = FormRow(self.tr("Bổ sung trước ngày"), self.supply_by, why=self.tr("không bắt buộc"))
        self.body.addLayout(beside(self._own_row, self._by_row))
        self.reason = TextArea(rows=2 if crowded else 3)
        self.reason.setPlainText("\n".join(f"{c.name}: {c.check.reason}" for c in self._failed() if c.check))
        self._reason_row = FormRow(
            self.tr("Lý do"), self.reason, why=self.tr("công dân đọc được, nêu rõ thiếu gì"), required=True
        )
        self.phrases = offer(desk, tasks, "request_supplement", self._reason_row)
        self.body.addWidget(self._reason_row)
        self.body.addStretch(1)
        self.foot.addWidget(PlainLabel(self.after, role=Role.SMALL, tone="text_3"))
        self._build_side()
        self.focus_first(self.papers.boxes[0] if self.papers.boxes else self.own)
        self.begin(ready=lambda _nothing: self.citizen.read())

    def offered(self) -> tuple[tuple[str, ...], frozenset[str]]:
        """Return the papers to choose from, and those that are ticked already."""
        names = tuple(c.name for c in self.dossier.components)
        return names, frozenset(c.name for c in self._failed())

    def preview(self, papers: tuple[str, ...], reason: str, by: date | None) -> Reading:
        """Return what reads what the citizen will be told."""
        desk, dossier_id = self.desk, self.dossier.id
        return lambda: message_preview.supplement(desk, dossier_id, papers, reason, by)

    def ask(self, papers: tuple[str, ...], reason: str, by: date | None) -> Callable[[], Deed]:
        """Return the deed itself."""
        desk, dossier_id = self.desk, self.dossier.id
        return lambda: handling.request_supplement(desk, dossier_id, papers, reason, by)

    def _failed(self) -> list[Component]:
        return [c for c in self.dossier.components if c.check and c.check.verdict is CheckVerdict.FAILED]

    def _today(self) -> date:
        return self.desk.clock.now().date()

    def _build_effect(self) -> None:
        if self.dossier.state is State.SUBMITTED:
            lead = Bold(self.tr("Công dân được báo ngay. "))
            then = self.tr("Bổ sung xong, thời hạn tiếp nhận 8 giờ làm việc tính lại từ đầu.")
        else:
            lead = Bold(self.tr("Sau khi bấm: "))
            then = self.tr(
                "đồng hồ dừng, hồ sơ về hàng “Cần yêu cầu bổ sung” của quầy để báo công dân. Bổ sung xong, hồ sơ trở "
                "lại bạn và thời hạn tính lại đủ."
            )
        self.body.addWidget(Banner("paused", lead, then))

    def _build_side(self) -> None:
        self.citizen = MessageView(self, self._message, before=self.tr("Đang soạn lời báo…"))
        self.set_side(self.citizen, 320)
        ticks = (box.toggled for box in self.papers.boxes)
        for changed in (*ticks, self.own.textChanged, self.reason.textChanged, self.supply_by.date_changed):
            changed.connect(self.citizen.touch)

    def asked(self) -> tuple[str, ...]:
        """Return the papers ticked and those of the officer's own words."""
        own = (line.strip() for line in self.own.text().split("\n"))
        return (*self.papers.ticked(), *(line for line in own if line))

    def _message(self) -> Reading:
        return self.preview(self.asked(), self.reason.text() or "…", self.supply_by.value())

    def deed(self) -> Callable[[], Deed] | None:
        papers, reason, day = self.asked(), self.reason.text(), self.supply_by.value()
        past = day is not None and day < self._today()
        wrong_day = texts.sentence("supply-by-past") if past else self.tr("Ngày chưa đúng, ghi như 30/11/2026.")
        checks = (
            (self._papers_row, bool(papers), texts.sentence("papers-needed"), self.own),
            (self._by_row, not past and not self.supply_by.is_wrong(), wrong_day, self.supply_by),
            (self._reason_row, bool(reason), texts.sentence("reason-needed"), self.reason),
        )
        for row, sound, sentence, _field in checks:
            row.set_error("" if sound else sentence)
        wrong = next((field for _row, sound, _sentence, field in checks if not sound), None)
        if wrong is not None:
            later_focus(self, wrong)
            return None
        return self.ask(papers, reason, day)

    def state(self) -> Draft:
        return {
            "papers": list(self.papers.ticked()), "own": self.own.toPlainText(), "reason": self.reason.text(),
            "by": self.supply_by.text(),
        }  # fmt: skip

    def restore(self, state: Draft) -> None:
        self.papers.restore(state.get("papers"))
        self.own.setPlainText(str(state.get("own", "")))
        self.reason.setPlainText(str(state.get("reason", "")))
        self.supply_by.setText(str(state.get("by", "")))


class BringSupplementDialog(DeedDialog):
    """Nhận giấy tờ bổ sung: which of the papers asked for were brought, as what, with scans if there are any.

    Every tick and every scan is kept at once: papers are not laid into the scanner twice because of a power cut.
    """

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, "Nhận giấy tờ bổ sung", primary="Nhận giấy tờ bổ sung", width=700,
            draft_kind="bring_supplement",
        )  # fmt: skip
        self._files: dict[str, tuple[FileRef, ...]] = {}
        asked = card.dossier.supplements[-1] if card.dossier.supplements else None
        if asked is not None:
            by = self.tr(" Hạn {0}.").format(f"{asked.supply_by:%d/%m}") if asked.supply_by else ""
            self.body.addWidget(Banner("info", Bold(self.tr("Đã yêu cầu: ")), asked.reason.rstrip(".") + "." + by))
        self._names = asked.papers if asked is not None else tuple(c.name for c in card.dossier.components)
        self.papers = PaperList(self._names, frozenset(self._names if len(self._names) == 1 else ()))
        self._papers_row = FormRow(self.tr("Công dân nộp"), self.papers)
        self.body.addWidget(self._papers_row)
        self.kind = ComboBox(tuple((key, words) for key, words in _KINDS))
        self.paper = ComboBox(tuple((name, name) for name in self._names))
        self.body.addLayout(
            beside(FormRow(self.tr("Nộp bằng"), self.kind), FormRow(self.tr("Tệp quét của"), self.paper))
        )
        self.files = AttachmentsBox(desk, tasks)
        self._files_row = FormRow(self.tr("Tệp quét"), self.files, why=self.tr("không bắt buộc"))
        self.files.changed.connect(lambda: self._keep_files(self.paper.key(), self.files.files()))
        self.files.came_late.connect(lambda name, file: self._keep_files(name, (*self._files.get(name, ()), file)))
        self.files.rejected.connect(self._rejected)
        self.files.view_asked.connect(self.view_asked)
        self.paper.currentIndexChanged.connect(self._turn)
        self._show_files()
        self.body.addWidget(self._files_row)
        for box in self.papers.boxes:
            box.toggled.connect(self.touch)
        self.kind.currentIndexChanged.connect(self.touch)
        self.focus_first(self.papers.boxes[0] if self.papers.boxes else self.files.zone)
        self.begin()

    def _show_files(self) -> None:
        name = self.paper.key()
        self.files.set_files(self._files.get(name, ()), name)

    def _turn(self, _index: int) -> None:
        self._show_files()
        self.settle()

    def _keep_files(self, name: str, files: tuple[FileRef, ...]) -> None:
        self._files[name] = files
        for box in self.papers.boxes:
            if box.accessibleName() == name and self._files[name]:
                box.setChecked(True)
        self._rejected("")
        self.touch()

    def _rejected(self, sentence: str) -> None:
        self._files_row.set_error(sentence)
        self.settle()

    def deed(self) -> Callable[[], Acted] | None:
        names = self.papers.ticked()
        self._papers_row.set_error("" if names else texts.sentence("papers-needed"))
        if self.files.unread():
            self._rejected(self.files.unread())
            return None
        if not names:
            later_focus(self, self.papers.boxes[0])
            return None
        brought = tuple(self._component(name) for name in names)
        desk, dossier_id = self.desk, self.dossier.id
        return lambda: handling.bring_supplement(desk, dossier_id, brought)

    def _component(self, name: str) -> Component:
        counts = {self.kind.key(): 1} if self.kind.key() else {}
        return Component(name, self._files.get(name, ()), **counts)

    def state(self) -> Draft:
        files = {name: [asdict(file) for file in files] for name, files in self._files.items() if files}
        return {"papers": list(self.papers.ticked()), "kind": self.kind.key(), "files": files}

    def restore(self, state: Draft) -> None:
        self._files = {
            name: tuple(FileRef(**row) for row in rows)
            for name, rows in state.get("files", {}).items()
            if name in self._names
        }
        self._show_files()
        self.papers.restore(state.get("papers"))
        self.kind.setCurrentIndex(max(self.kind.findData(state.get("kind")), 0))
