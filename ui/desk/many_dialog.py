"""One deed over several dossiers: chosen once, done one after the other, and what failed is named.

Stands apart from the dialogs of one dossier because nothing here is a transaction: each dossier has its own deed, some
may be refused, and the officer sees how far it has come.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.people import OfficerRef
from app.errors import KnownError
from app.services import handling, people, processing
from app.services.desk import Desk
from app.services.people import Load
from app.services.views import Acted, Card
from ui.dossier.act_dialogs import next_step
from ui.dossier.deed_dialog import later_focus, sentences
from ui.dossier.reason_dialog import WIDTH
from ui.dossier.work_dialogs import People, load_words
from ui.present import veil
from ui.tasks import Tasks
from ui.theme import Role
from ui.widgets.banner import Banner
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.form_row import FormRow
from ui.widgets.plain_label import Bold, PlainLabel
from ui.widgets.text_field import TextArea

_NAMED = 3
_FAILURES = 4
Act = Callable[[Desk, str, str, str], Acted]


@dataclass(frozen=True, slots=True)
class Many:
    """A deed that may be done to many: its words, who is offered, and what it does to one."""

    title: str
    verb: str
    at_work: str
    who: str
    offered: Callable[[Desk, Card], tuple[tuple[OfficerRef, str, str], ...]]
    act: Act


def _processors(desk: Desk, card: Card) -> tuple[tuple[OfficerRef, str, str], ...]:
    found: tuple[Load, ...] = people.loads(desk, card.dossier)
    return tuple((load.officer, load_words(load), "") for load in found)


def _next(desk: Desk, card: Card) -> tuple[tuple[OfficerRef, str, str], ...]:
    """The next step's unit, its queue first, then its officers."""
    unit_id = next_step(card.dossier).unit_id
    target = next((t for t in processing.targets(desk) if t.unit_id == unit_id), None)
    if target is None:
        return ()
    queue = OfficerRef("", target.unit_id, "Hàng chờ của đơn vị", target.unit_id)
    return tuple((officer, target.name, "") for officer in (queue, *target.officers))


MANY: dict[str, Many] = {
    "forward": Many(
        "Chuyển xử lý", "Chuyển", "Đang chuyển", "Người nhận", _next,
        lambda desk, dossier_id, to, note: processing.forward(desk, dossier_id, to, note),
    ),
    "assign": Many(
        "Phân công", "Phân công", "Đang phân công", "Người xử lý", _processors,
        lambda desk, dossier_id, to, note: handling.assign(desk, dossier_id, to, note),
    ),
}  # fmt: skip


class ManyDialog(DialogFrame):
    """Signals: ``acted(object)`` after the last: a tuple of what was saved, the dialog closing unless some failed."""

    acted = Signal(object)

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, command: str, cards: Sequence[Card]) -> None:
        many = MANY[command]
        names = ", ".join(veil.name(card.dossier.applicant.name) for card in cards[:_NAMED])
        more = f" và {len(cards) - _NAMED} hồ sơ nữa" if len(cards) > _NAMED else ""
        count = f"{many.verb} {len(cards)} hồ sơ"
        super().__init__(window, f"{many.title}: {len(cards)} hồ sơ", names + more, primary=count, width=WIDTH)
        self.desk, self.tasks, self.cards, self._many = desk, tasks, tuple(cards), many
        self._saved: list[Acted] = []
        self._failed: list[tuple[str, str]] = []
        self._stopped = False
        self.problem = Banner("warn", "")
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.people = People()
        self._row = FormRow(many.who, self.people)
        self.body.addWidget(self._row)
        self.note = TextArea(rows=2)
        self._note_row = FormRow(self.tr("Ý kiến"), self.note, why=self.tr("không bắt buộc, công dân không đọc"))
        self.body.addWidget(self._note_row)
        self.progress = PlainLabel("", role=Role.SMALL, tone="text_2", figures=True)
        self.foot.addWidget(self.progress)
        self.confirmed.connect(self.confirm)
        self.put_off.connect(self._stop)
        self.focus_first(self.people)
        first = self.cards[0]
        tasks.query(lambda: many.offered(desk, first), self._known, owner=self)

    def _known(self, found: tuple[tuple[OfficerRef, str, str], ...]) -> None:
        self.people.fill(found)
        self.refit()

    def confirm(self) -> None:
        """Begin; pressed again while it works, or after it, nothing more happens."""
        to = self.people.chosen()
        self._row.set_error("" if to else self.tr("Chưa chọn người."))
        if not to:
            if self.people.cards:
                later_focus(self, next(iter(self.people.cards.values())))  # type: ignore[arg-type]
            return
        self.set_primary(self.primary.text(), self.tr("Đang ghi…"))
        self._step(0, to, self.note.text())

    def _stop(self) -> None:
        """Esc: what is done stays, the rest is left as it was."""
        self._stopped = True

    def _step(self, at: int, to: str, note: str) -> None:
        if at == len(self.cards) or self._stopped:
            self._end()
            return
        card, act, desk = self.cards[at], self._many.act, self.desk
        self.progress.setText(f"{self._many.at_work} {at + 1}/{len(self.cards)}")

        def saved(acted: Acted) -> None:
            self._saved.append(acted)
            self._step(at + 1, to, note)

        def failed(error: KnownError) -> None:
            self._failed.append((veil.name(card.dossier.applicant.name), sentences(error)))
            self._step(at + 1, to, note)

        self.tasks.command(lambda: act(desk, card.dossier.id, to, note), saved, failed, owner=self)

    def _end(self) -> None:
        self.acted.emit(tuple(self._saved))
        if not self._failed:
            self.accept()
            return
        self.progress.setText(self.tr("Xong {0}/{1}").format(len(self._saved), len(self.cards)))
        lead = Bold(self.tr("{0} hồ sơ chưa làm được. ").format(len(self._failed)))
        said = " ".join(f"{name}: {why}" for name, why in self._failed[:_FAILURES])
        rest = len(self._failed) - _FAILURES
        self.problem.set_state("warn", lead, said + (self.tr(" Và {0} hồ sơ nữa.").format(rest) if rest > 0 else ""))
        self.problem.show()
        self._row.hide()
        self._note_row.hide()
        self.set_primary("")
        self.refit()
        later_focus(self, self.later)  # type: ignore[arg-type]
