"""Scenes of dialogs around notices and bad suspensions: reminders, calls, papers by hand, the tax office's answer.

Stands apart from ``dialog_scenes``, which takes these in, only by size.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from app.domain.words import DeliveryState
from app.services import processing
from app.services.processing import SuspendForm
from app.services.views import Card
from tests.ui.desk_fixture import LAND, Office
from ui.dossier.ledger_popover import LedgerPopover
from ui.dossier.obligation_dialogs import AddTaxNoticeDialog, CancelSuspensionDialog, ResumeDialog, SendBackDialog
from ui.notice.contact_dialog import ContactDialog
from ui.notice.dialog import NoticeDialog
from ui.notice.reach_dialogs import CallDialog, HandOverDialog
from ui.notice.remind_dialog import RemindDialog
from ui.tasks import Tasks

Opener = Callable[[QWidget, Tasks], QDialog]
Scene = Callable[[Office], Opener]
DEAD = {"phone": "02583822222", "email": "nobody@gmail.com", "account": ""}
_SETTLED = frozenset({DeliveryState.DELIVERED, DeliveryState.FAILED, DeliveryState.NO_ADDRESS})


def told(here: Office, name: str = "Nguyễn Thị Hồng Nhung", **asked: str) -> Card:
    """Return a notified dossier as the desk sees it once every channel has arrived, or never will."""
    desk = here.desk()
    card = here.notified(desk, here.file(name, **asked))
    deadline = time.monotonic() + 15
    while any(d.state not in _SETTLED for d in card.dossier.notices[-1].deliveries):
        assert time.monotonic() < deadline, card.dossier.notices[-1].deliveries
        desk.engine.ask.freshest(card.dossier.id, deadline_s=1)
        card = here.card(desk, card.dossier.id)
    return card


def waiting_for_tax(here: Office, name: str = "Lê Thị Ơn") -> Card:
    """Return a dossier suspended before the tax office has answered, as its processor sees it."""
    dossier_id = here.in_processing(here.file(name, LAND)).dossier.id
    back = here.desk("thuly1")
    here.send(back, processing.suspend(back, dossier_id, SuspendForm("Chờ xác định nghĩa vụ tài chính về đất đai")))
    return here.card(back, dossier_id)


def sent_back(here: Office, name: str = "Lê Thị Ơn") -> Card:
    """Return a suspended dossier that the desk sent back, as its processor sees it."""
    dossier_id = here.suspended(here.file(name, LAND)).dossier.id
    front = here.desk()
    here.send(front, processing.send_back(front, dossier_id, "Số tiền không khớp thông báo thuế kèm theo."))
    return here.card(here.desk("thuly1"), dossier_id)


def _remind(here: Office) -> Opener:
    card = told(here)
    notice = card.dossier.notices[-1].id
    return lambda window, tasks: RemindDialog(window, here.desk(), tasks, card, notice)


def _remind_dead(here: Office) -> Opener:
    card = told(here, "Trần Văn Bình", **DEAD)
    notice = card.dossier.notices[-1].id
    return lambda window, tasks: RemindDialog(window, here.desk(), tasks, card, notice)


def _call(here: Office) -> Opener:
    card = told(here, "Trần Văn Bình", **DEAD)
    notice = card.dossier.notices[-1].id
    return lambda window, tasks: CallDialog(window, here.desk(), tasks, card, notice)


def _hand_over(here: Office) -> Opener:
    card = told(here, "Trần Văn Bình", **DEAD)
    notice = card.dossier.notices[-1].id
    return lambda window, tasks: HandOverDialog(window, here.desk(), tasks, card, notice)


def _contact(here: Office) -> Opener:
    card = told(here, "Trần Văn Bình", **DEAD)
    return lambda window, tasks: ContactDialog(window, here.desk(), tasks, card)


def _add_tax_notice(here: Office) -> Opener:
    card = waiting_for_tax(here)
    return lambda window, tasks: AddTaxNoticeDialog(window, here.desk("thuly1"), tasks, card)


def _add_tax_notice_again(here: Office) -> Opener:
    here.suspended(here.file("Đinh Công Thành", LAND))
    card = sent_back(here)

    def build(window: QWidget, tasks: Tasks) -> QDialog:
        dialog = AddTaxNoticeDialog(window, here.desk("thuly1"), tasks, card)
        dialog.tax.number.setText("LTB2656001/TB-CCT")
        dialog.tax.number.cleaned.emit(dialog.tax.number.text())
        dialog.tax.day.set_value(date(2026, 11, 19))
        dialog.tax.registration.set_amount(3_500_000)
        return dialog

    return build


def _send_back(here: Office) -> Opener:
    card = here.suspended(here.file("Lê Thị Ơn", LAND))
    return lambda window, tasks: SendBackDialog(window, here.desk(), tasks, card)


def _cancel_suspension(here: Office) -> Opener:
    card = waiting_for_tax(here)
    return lambda window, tasks: CancelSuspensionDialog(window, here.desk("thuly1"), tasks, card)


def _resume(here: Office) -> Opener:
    dossier_id = here.suspended(here.file("Lê Thị Ơn", LAND)).dossier.id
    desk = here.desk("thuly1")
    card = here.card(desk, dossier_id)

    def build(window: QWidget, tasks: Tasks) -> QDialog:
        dialog = ResumeDialog(window, desk, tasks, card)
        if dialog.proof is not None:
            dialog.proof.number.setText("C1-02/NS 0001234")
        return dialog

    return build


def _notice_reason(here: Office) -> Opener:
    desk = here.desk()
    card = here.notified(desk, here.file())

    def build(window: QWidget, tasks: Tasks) -> QDialog:
        return NoticeDialog(window, desk, tasks, card, replaces=card.dossier.notices[-1].id)

    return build


def _ledger_parts(here: Office) -> Opener:
    card = waiting_for_tax(here)
    back = here.desk("thuly1")
    here.clock.advance(hours=73)
    form = SuspendForm("", 4_250_000, "LTB2656011/TB-CCT", date(2026, 11, 23), "7111.1054371")
    here.send(back, processing.add_tax_notice(back, card.dossier.id, form))
    seen = here.card(here.desk(), card.dossier.id)
    return lambda window, tasks: LedgerPopover(window, here.desk(), tasks, seen)


SCENES: dict[str, Scene] = {
    "notice-replace": _notice_reason,
    "remind": _remind,
    "remind-dead": _remind_dead,
    "call": _call,
    "hand-over": _hand_over,
    "contact": _contact,
    "add-tax-notice": _add_tax_notice,
    "add-tax-notice-again": _add_tax_notice_again,
    "send-back": _send_back,
    "cancel-suspension": _cancel_suspension,
    "resume": _resume,
    "ledger-parts": _ledger_parts,
}
