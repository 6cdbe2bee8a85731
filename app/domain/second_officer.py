"""Two eyes: above a configured sum, money recorded at a desk counts only once another officer has confirmed it.

Stands apart from settlement because the fact is never in doubt: it is recorded at once, also offline. Until it is
confirmed it settles nothing, opens no gate, ends no pause and is no surplus.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.dossier import Dossier, Evidence, Payment
from app.domain.words import PaymentChannel


def waits(payment: Payment) -> bool:
    """Say whether a second officer must still confirm it."""
    return payment.needs_second and payment.confirmed_by is None and not payment.reversed


def waiting(dossier: Dossier, notice_id: str = "") -> tuple[Payment, ...]:
    """Return the payments, of one notice if named, that wait for a second officer."""
    return tuple(p for p in dossier.payments if waits(p) and notice_id in ("", p.notice_id))


def judged(dossier: Dossier, payment: Payment) -> Payment:
    """Return the payment as it is recorded: marked when it needs a second officer."""
    return replace(payment, needs_second=True) if is_over(dossier, payment) else payment


def is_over(dossier: Dossier, payment: Payment) -> bool:
    """Say whether one officer's own records of a notice, this one included, come above the sum that the unit has set.

    Together, so that nobody passes by in two halves. The treasury's own paper is a second witness already; hearsay of
    it is not.
    """
    limit, by = dossier.settings.two_eyes_over, payment.recorded_by
    if not limit or by is None or _witnessed(payment):
        return False
    own = sum(
        p.amount for p in dossier.payments
        if p.notice_id == payment.notice_id and p.recorded_by is not None and p.recorded_by.id == by.id
        and not (p.reversed or p.confirmed_by or _witnessed(p))
    )  # fmt: skip
    return own + payment.amount > limit


def _witnessed(payment: Payment) -> bool:
    return payment.channel is PaymentChannel.TREASURY and _is_paper(payment.evidence)


def _is_paper(evidence: Evidence | None) -> bool:
    return evidence is not None and (evidence.file is not None or bool(evidence.document_no.strip()))
