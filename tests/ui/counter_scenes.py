"""The dialog that corrects a reception, for the pictures.

Stands apart from ``dialog_scenes`` only by size.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from app.domain.dossier import Component
from app.domain.people import Person
from app.services import counter
from app.services.counter import CounterForm
from tests.ui.desk_fixture import Office
from ui.counter.correct_dialog import CorrectReceptionDialog
from ui.tasks import Tasks

BUSINESS = "1.001612"
Opener = Callable[[QWidget, Tasks], QDialog]


def received(here: Office, name: str = "Nguyễn Thị Cẩm Tú") -> str:
    """Receive a dossier at the counter; return its id."""
    desk = here.desk()
    person = Person(name, identity_no="056190004417", phone="0905118264", address="Tổ 6, phường Nha Trang, Khánh Hòa")
    paper = Component("Giấy đề nghị đăng ký HKD", originals=1)
    acted = counter.register(desk, CounterForm(BUSINESS, person, person, (paper,)))
    here.send(desk, acted)
    return acted.dossier_id


def _correct(here: Office) -> Opener:
    desk = here.desk()
    card = here.card(desk, received(here))
    return lambda window, tasks: CorrectReceptionDialog(window, desk, tasks, card)


SCENES: dict[str, Callable[[Office], Opener]] = {"correct-reception": _correct}
