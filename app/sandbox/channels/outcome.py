"""What one attempt to reach a citizen came to.

Stands apart because every channel answers in this shape and only the worker acts on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.words import DeliveryState

GIVE_UP_AFTER = timedelta(hours=24)
_PLAN = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6))


@dataclass(frozen=True, slots=True)
class Outcome:
    """``delivered``, ``failed`` for good, or ``queued`` again; ``code`` says why not.

    Codes: no-account, bad-address, mailbox-full, server-refused, bad-number, not-reachable, gave-up.
    """

    state: DeliveryState
    code: str = ""


DELIVERED = Outcome(DeliveryState.DELIVERED)


def failed(code: str) -> Outcome:
    """It will never work."""
    return Outcome(DeliveryState.FAILED, code)


def again(code: str) -> Outcome:
    """It did not work now."""
    return Outcome(DeliveryState.QUEUED, code)


def next_try(attempts: int, now: datetime, queued_at: datetime) -> datetime | None:
    """Return when to try again after ``attempts``, or None: a day has passed, the portal gives up."""
    if now - queued_at >= GIVE_UP_AFTER:
        return None
    pause = _PLAN[min(attempts, len(_PLAN)) - 1]
    return min(now + pause, queued_at + GIVE_UP_AFTER)
