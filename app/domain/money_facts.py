"""What a command says of money: which payment, how much, which way.

Stands apart because the desk's journal and the portal's ledger must write the same line for the same key.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.commands import Collect, Command, PayRefund, Resume, ReversePayment, TickPaid
from app.domain.dossier import Dossier
from app.domain.notice_making import treasury_notice_id
from app.domain.words import PaymentChannel


@dataclass(frozen=True, slots=True)
class MoneyFact:
    """One line of a ledger; ``amount`` in đồng, negative for what was taken back or given back."""

    notice_id: str
    payment_id: str
    amount: int
    channel: str


def money_fact(dossier: Dossier, command: Command) -> MoneyFact | None:
    """Return the line of a money command on the dossier as it was before; None for any other."""
    if isinstance(command, (TickPaid, Collect)):
        return MoneyFact(command.notice_id, command.payment_id, command.amount, command.channel.value)
    if isinstance(command, Resume):
        notice_id = treasury_notice_id(dossier, command)
        return MoneyFact(notice_id, command.payment_id, command.amount, PaymentChannel.TREASURY) if notice_id else None
    if isinstance(command, ReversePayment):
        old = next((p for p in dossier.payments if p.id == command.payment_id), None)
        return MoneyFact(old.notice_id, old.id, -old.amount, old.channel.value) if old else None
    if isinstance(command, PayRefund):
        case = next((c for c in dossier.cases if c.id == command.case_id), None)
        return MoneyFact(case.notice_id, case.payment_id, -command.amount, "refund") if case else None
    return None
