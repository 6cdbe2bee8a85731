"""The dialogs around the counter page, for the pictures: correcting, refusing, asking for papers.

Stands apart from ``dialog_scenes`` only by size.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from app.domain.dossier import Component
from app.domain.people import Person
from app.services import counter, turned_away
from app.services.counter import CounterForm
from tests.ui.desk_fixture import Office
from ui.counter.correct_dialog import CorrectReceptionDialog
from ui.counter.turn_away_dialogs import AskAtCounterDialog, RefuseAtCounterDialog
from ui.tasks import Tasks

BUSINESS = "1.001612"
Opener = Callable[[QWidget, Tasks], QDialog]


def received(here: Office, name: str = "Nguyễn Thị Cẩm Tú") -> str:
    """Receive a dossier at the counter; return its id."""
    desk = here.desk()
    person = Person(
        name, identity_no="056190004417", phone="0905118264", address="Tổ 6, phường Nha Trang, Khánh Hòa",
        birth_date=date(1990, 7, 14),
    )  # fmt: skip
    paper = Component("Giấy đề nghị đăng ký HKD", originals=1)
    acted = counter.register(desk, CounterForm(BUSINESS, person, person, (paper,), result_also_online=True))
    here.send(desk, acted)
    return acted.dossier_id


def _correct(here: Office) -> Opener:
    desk = here.desk()
    card = here.card(desk, received(here))
    return lambda window, tasks: CorrectReceptionDialog(window, desk, tasks, card)


def _away(dialog: type[RefuseAtCounterDialog] | type[AskAtCounterDialog]) -> Callable[[Office], Opener]:
    def scene(here: Office) -> Opener:
        desk = here.desk()
        person = Person("Nguyễn Thị Cẩm Tú", identity_no="056190004417", phone="0905118264")
        card = turned_away.card(desk, CounterForm("1.013225", person, person, ()))
        return lambda window, tasks: dialog(window, desk, tasks, card)

    return scene


SCENES: dict[str, Callable[[Office], Opener]] = {
    "correct-reception": _correct,
    "counter-refuse": _away(RefuseAtCounterDialog),
    "counter-ask": _away(AskAtCounterDialog),
}
