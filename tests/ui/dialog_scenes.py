"""What each dialog is shown with, in pictures and in the test of small screens; offline scenes come last.

Each scene takes the office, brings a dossier where it must be, and returns what opens the dialog.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from tests.ui.desk_fixture import BUILDING, LAND, Office
from ui.dossier.suspend_dialog import SuspendDialog
from ui.payment.tick_dialog import TickDialog
from ui.tasks import Tasks

Opener = Callable[[QWidget, Tasks], QDialog]
Scene = Callable[[Office], Opener]


def _tick(here: Office) -> Opener:
    desk = here.desk()
    card = here.notified(desk, here.file("Phạm Quốc Khánh", BUILDING))

    def build(window: QWidget, tasks: Tasks) -> QDialog:
        dialog = TickDialog(window, desk, tasks, card)
        dialog.sure.setChecked(True)
        dialog.number.setText("BI-26T · 0001235")
        return dialog

    return build


def _tick_offline(here: Office) -> Opener:
    opener = _tick(here)
    here.go_offline()
    return opener


def _suspend(here: Office) -> Opener:
    card = here.in_processing(here.file("Lê Thị Ơn", LAND))
    desk = here.desk("thuly1")

    def build(window: QWidget, tasks: Tasks) -> QDialog:
        dialog = SuspendDialog(window, desk, tasks, card)
        dialog.number.setText("LTB2656001-TK0048812/TB-CCT")
        dialog.day.set_value(date(2026, 11, 19))
        dialog.registration.set_amount(1_750_000)
        dialog.income.set_amount(2_500_000)
        return dialog

    return build


SCENES: dict[str, Scene] = {
    "tick": _tick,
    "suspend": _suspend,
    "tick-offline": _tick_offline,
}
