"""The citizens of the simulation: they file, pay online (the partner may call twice), supply, change their minds.

Stands apart from the officers' deeds because they act at the portal itself, where no line is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from app.domain.dossier import Component
from app.domain.words import Gateway
from app.sandbox.citizens import Citizens
from app.sandbox.filing import Application
from app.sandbox.gateways.sessions import Call, take
from app.sandbox.portal import Portal
from tests.simulation.deeds import PERSON, PROCEDURE
from tests.simulation.history import History

UNIT = "H32.8"


class Crowd:
    """Everybody who has something to do with the office."""

    def __init__(self, portal: Portal, history: History, dice: Random) -> None:
        self._portal, self._history, self._dice = portal, history, dice
        self._citizens = Citizens(portal)
        self.codes: list[str] = []
        self._calls: list[Call] = []

    def file(self) -> None:
        dossier = self._citizens.file(PROCEDURE, UNIT, Application(PERSON, PERSON))
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

    def write(self, what: str) -> None:
        """Do one of ``WRITES`` to some dossier: hand in papers that were asked for, read, take it back."""
        if self.codes and WRITES[what](self._citizens, self._dice.choice(self.codes)):
            self._history.tell("citizen", what=what)

    def calls_end(self) -> None:
        """Let every partner's call arrive at last."""
        for call in self._calls:
            self._told(call)

    def _told(self, call: Call) -> None:
        came, payment_id = take(self._portal, call)
        self._history.tell("gateway", came=came.value, payment_id=payment_id, amount=call.amount)


WRITES: dict[str, Callable[[Citizens, str], Any]] = {
    "supplement": lambda citizens, code: citizens.supplement(code, (Component("Bản vẽ", copies=1),)),
    "read": lambda citizens, code: citizens.read_messages(code),
    "withdraw": lambda citizens, code: citizens.withdraw(code, "Không còn nhu cầu"),
}
