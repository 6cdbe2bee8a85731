"""What officers and citizens of the simulation may do: one line a deed, on whatever dossier the dice point at.

Stands apart from the story, which only says when. A deed that the program refuses is no fault: it changes nothing, and
the checker would see it if it did.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from app.domain.dossier import Component, Dossier, Evidence
from app.domain.notices import open_notices, rest_of
from app.domain.people import Person
from app.domain.words import Gateway, LineKind, PaymentChannel
from app.sandbox.citizens import Citizens
from app.sandbox.filing import Application
from app.sandbox.gateways.sessions import Call, take
from app.sandbox.portal import Portal
from app.services import counter, decisions, fee_notices, inbox, outbox, payments, processing, reception, refunds
from app.services import session as desk_session
from app.services.desk import Desk
from app.services.fee_notices import NoticeForm
from tests.simulation.history import History

CANARY = "Nguyễn Hoàng Chim Yến"
PAPER = Evidence(info="Biên lai giấy số 7")
PROCEDURE = "1.001193"
SUMS = (15_000, 120_000, 150_000)
CASH, POS = PaymentChannel.COUNTER_CASH, PaymentChannel.COUNTER_POS
PERSON = Person(CANARY, identity_no="056190001234", phone="0905123456", account="chimyen")


def _line(desk: Desk, dossier: Dossier, dice: Random) -> Any:
    return fee_notices.line(desk, dossier, LineKind.PHI, "Phí thẩm định", dice.choice(SUMS))


def notify(desk: Desk, dossier: Dossier, dice: Random) -> Any:
    opened = open_notices(dossier)
    replaces = opened[-1].id if opened and dice.random() < 0.3 else ""
    form = NoticeForm("Nộp phí", (_line(desk, dossier, dice),), replaces=replaces, reason="Sửa số tiền")
    return fee_notices.notify(desk, dossier.id, form)


def tick(desk: Desk, dossier: Dossier, dice: Random) -> Any:
    notice = dice.choice(open_notices(dossier))
    amount = rest_of(dossier, notice) if dice.random() < 0.8 else 5_000
    if dice.random() < 0.5:
        payments.outlook(desk, notice.id)
    return payments.tick_paid(desk, notice.id, amount=amount, method=dice.choice((CASH, POS)), evidence=PAPER)


def collect(desk: Desk, dossier: Dossier, dice: Random) -> Any:
    lines = (_line(desk, dossier, dice),)
    return payments.collect(
        desk, dossier.id, title="Thu tại quầy", lines=lines, method=CASH, evidence=PAPER, reason="Khoản thu thêm"
    )


def register(desk: Desk, _dossier: Dossier, _dice: Random) -> Any:
    paper = Component("Tờ khai", originals=1)
    return counter.register(desk, counter.CounterForm(PROCEDURE, PERSON, PERSON, (paper,)))


def undo(desk: Desk, _dossier: Dossier, dice: Random) -> Any:
    waiting = outbox.unfinished(desk)
    return outbox.undo(desk, dice.choice(waiting).key) if waiting else None


def case_of(dossier: Dossier, dice: Random) -> str:
    return dice.choice(dossier.cases).id


def decide(desk: Desk, _dossier: Dossier, dice: Random) -> Any:
    waiting = decisions.waiting(desk)
    if not waiting:
        return None
    decision = dice.choice(waiting)
    return decisions.decide(desk, decision.id, dice.choice([c for c in decision.choices if not c.why_not]).id)


Deed = Callable[[Desk, Dossier, Random], Any]
OFFICERS: dict[str, tuple[int, Deed]] = {
    "receive": (6, lambda desk, dossier, dice: reception.receive(desk, dossier.id, "Khách chờ tại quầy")),
    "refuse": (1, lambda desk, dossier, dice: reception.refuse(desk, dossier.id, "Không đủ", anyway=True)),
    "notify": (8, notify),
    "tick": (12, tick),
    "collect": (3, collect),
    "register": (3, register),
    "forward": (2, lambda desk, dossier, dice: processing.forward(desk, dossier.id, "thuly1")),
    "suspend": (1, lambda desk, d, dice: processing.suspend(desk, d.id, processing.SuspendForm("Chờ thuế"))),
    "accept": (1, lambda desk, dossier, dice: reception.accept_supplement(desk, dossier.id)),
    "complete": (2, lambda desk, dossier, dice: processing.complete(desk, dossier.id)),
    "return": (1, lambda desk, dossier, dice: reception.return_result(desk, dossier.id, CANARY)),
    "cancel": (2, lambda desk, dossier, dice: fee_notices.cancel(desk, dice.choice(dossier.notices).id, "Nhầm")),
    "reverse": (6, lambda desk, dossier, dice: payments.reverse(desk, dice.choice(dossier.payments).id, "Ghi nhầm")),
    "confirm": (1, lambda desk, dossier, dice: payments.confirm(desk, dice.choice(dossier.payments).id)),
    "undo": (3, undo),
    "send_now": (2, lambda desk, dossier, dice: outbox.send_now(desk)),
    "decide": (4, decide),
    "approve": (2, lambda desk, dossier, dice: refunds.approve(desk, case_of(dossier, dice), "Chưa làm")),
    "pay_refund": (2, lambda desk, dossier, dice: refunds.pay(desk, case_of(dossier, dice), PAPER)),
    "reconcile": (2, lambda desk, dossier, dice: desk_session.reconcile(desk)),
}
"""Weight and deed."""


class Crowd:
    """The citizens: they file, pay online (the partner may call twice) and change their minds."""

    def __init__(self, portal: Portal, history: History, dice: Random) -> None:
        self._portal, self._history, self._dice = portal, history, dice
        self._citizens = Citizens(portal)
        self.codes: list[str] = []
        self._calls: list[Call] = []

    def file(self) -> None:
        dossier = self._citizens.file(PROCEDURE, "H32.8", Application(PERSON, PERSON))
        self.codes.append(dossier.code)
        self._history.tell("filed", id=dossier.id)

    def pay(self, notice_ids: list[str]) -> None:
        """Open a payment page, and perhaps pay; perhaps the partner tells it once more later."""
        if self._calls and self._dice.random() < 0.3:
            self._told(self._dice.choice(self._calls))
            return
        opened = self._citizens.open_session(self._dice.choice(notice_ids), "vnpay", None) if notice_ids else None
        if opened is None:
            return
        session, amount = opened
        paid = self._dice.random() < 0.9
        call = Call(Gateway.VNPAY, session, amount, paid, self._portal.clock.now(), f"GD{len(self._calls)}")
        self._calls.append(call)
        if self._dice.random() < 0.7:
            self._told(call)

    def withdraw(self) -> None:
        if self.codes:
            self._citizens.withdraw(self._dice.choice(self.codes), "Không còn nhu cầu")

    def calls_end(self) -> None:
        """Let every partner's call arrive at last."""
        for call in self._calls:
            self._told(call)

    def _told(self, call: Call) -> None:
        came, payment_id = take(self._portal, call)
        self._history.tell("gateway", came=came.value, payment_id=payment_id, amount=call.amount)


def dossier_at(desk: Desk, dossier_id: str) -> Dossier:
    """Return a dossier as this desk shows it."""
    return inbox.card(desk, dossier_id).dossier


__all__ = ["CANARY", "OFFICERS", "Crowd", "dossier_at"]
