"""Rarer deeds of officers, for the stateful model: papers asked for, work taken and given back, fees waived.

Stands apart from ``deeds``, whose weights a schedule draws by; here every deed is a rule of its own.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from app.domain.dossier import Component, Dossier, NoticeLine
from app.domain.notices import open_notices
from app.domain.words import LineKind
from app.services import counter, fee_notices, handling, payments, processing, waivers
from app.services.desk import Desk
from tests.simulation import deeds
from tests.simulation.deeds import CASH, PAPER, PROCEDURE, SUMS, Deed

SHEET = Component("Giấy khám sức khỏe", originals=1)
PHONES = ("0905000111", "0905000222")


def _with_fee(desk: Desk, _dossier: Dossier, dice: Any) -> Any:
    """Receive a newcomer's papers and take the fee in one press."""
    person = deeds.PERSON
    lines = (NoticeLine(LineKind.PHI, "Phí thẩm định", dice.choice(SUMS)),)
    form = counter.CounterForm(PROCEDURE, person, person, (SHEET,))
    return counter.receive(desk, form, payments.Taking(lines, CASH, PAPER, reason="Khoản thu thêm"))


def _tax(desk: Desk, dossier: Dossier, _dice: Any) -> Any:
    form = processing.SuspendForm("Chờ thuế", 150_000, "TB-7", date(2026, 11, 19))
    return processing.suspend(desk, dossier.id, form)


ERRANDS: dict[str, Deed] = {
    "register_with_fee": _with_fee,
    "waive": lambda desk, d, dice: waivers.waive_notice(desk, dice.choice(open_notices(d)).id, "ho-ngheo"),
    "correct_contact": lambda desk, d, dice: fee_notices.correct_contact(desk, d, phone=dice.choice(PHONES)),
    "suspend_for_tax": _tax,
    "resume": lambda desk, d, dice: processing.resume(desk, d.id, PAPER),
    "send_back": lambda desk, d, dice: processing.send_back(desk, d.id, "Sai"),
    "ask_papers": lambda desk, d, dice: handling.request_supplement(desk, d.id, (SHEET.name,), "Thiếu giấy"),
    "ask_citizen": lambda desk, d, dice: handling.ask_citizen(desk, d.id),
    "bring_papers": lambda desk, d, dice: handling.bring_supplement(desk, d.id, (SHEET,)),
    "take_work": lambda desk, d, dice: handling.take(desk, d.id),
    "give_back": lambda desk, d, dice: handling.give_back(desk, d.id, "Chưa rõ"),
    "recall": lambda desk, d, dice: handling.recall(desk, d.id),
    "remind": lambda desk, d, dice: fee_notices.remind(desk, dice.choice(open_notices(d)).id),
}
