"""Which work queue a dossier stands in: exactly one, or none (design §5).

Stands apart so that lists never decide: the first matching row of the officer's table wins, its result is stored when
the dossier is folded, and SQL only compares that column. Deadlines, decisions and the outbox are overlays.
"""

from __future__ import annotations

from collections.abc import Callable

from app.domain.dossier import Dossier
from app.domain.notices import open_notices
from app.domain.people import Officer
from app.domain.rights import covers
from app.domain.settlement import over
from app.domain.words import OBLIGATION_AT_DESK, PAUSED, CaseState, Queue, Role, State, SubState

Row = tuple[Queue, Callable[[Dossier, Officer], bool]]

# Who still finds an ended dossier: refunds and debts outlive it.
_STILL_OWED = frozenset({Role.CASHIER, Role.HEAD})
_AT_DESK = frozenset({State.SUBMITTED, State.RECEIVED, State.COMPLETED})


def _mine(dossier: Dossier, officer: Officer) -> bool:
    return dossier.assigned_to is not None and dossier.assigned_to.id == officer.id


def _comes_back_to_me(dossier: Dossier, officer: Officer) -> bool:
    return dossier.return_to is not None and dossier.return_to.id == officer.id


DESK: tuple[Row, ...] = (
    (Queue.PAID_NEXT, lambda d, o: d.state in _AT_DESK and d.paid and d.paid_since is not None),
    (Queue.AWAITING_PAYMENT, lambda d, o: bool(open_notices(d))),
    (Queue.NEW, lambda d, o: d.state is State.SUBMITTED),
    (Queue.RECEIVED, lambda d, o: d.state is State.RECEIVED),
    (Queue.TO_ASK, lambda d, o: d.sub_state is SubState.DESK_TO_ASK),
    (Queue.SUPPLEMENTED, lambda d, o: d.sub_state is SubState.SUPPLEMENTED),
    (Queue.TO_NOTIFY, lambda d, o: d.state is State.AWAITING_OBLIGATION and d.sub_state in OBLIGATION_AT_DESK),
    (Queue.TO_RETURN, lambda d, o: d.state is State.COMPLETED),
)

CASHIER: tuple[Row, ...] = (
    (Queue.REFUNDS, lambda d, o: any(c.state is not CaseState.CLOSED for c in d.cases)),
    (Queue.AWAITING_PAYMENT, lambda d, o: bool(open_notices(d))),
)

PROCESSOR: tuple[Row, ...] = (
    (Queue.PAID_NEXT, lambda d, o: d.state is State.PROCESSING and _mine(d, o) and d.paid_since is not None),
    (Queue.MINE, lambda d, o: d.state is State.PROCESSING and _mine(d, o)),
    (Queue.PAUSED, lambda d, o: d.state in PAUSED and _comes_back_to_me(d, o)),
    (Queue.UNIT, lambda d, o: d.state is State.PROCESSING and d.step is not None and covers(o, d.step.unit_id)),
)

HEAD: tuple[Row, ...] = (
    *CASHIER[:1],
    *PROCESSOR[:-1],
    (Queue.UNIT, lambda d, o: not over(d)),
)

TABLES: tuple[tuple[Role, tuple[Row, ...]], ...] = (
    (Role.RECEPTION, DESK),
    (Role.PROCESSOR, PROCESSOR),
    (Role.HEAD, HEAD),
    (Role.CASHIER, CASHIER),
)


def table_of(officer: Officer) -> tuple[Row, ...]:
    """Return the officer's queue table; an administrator has none."""
    return next((rows for role, rows in TABLES if role in officer.roles), ())


def queues_of(officer: Officer) -> tuple[Queue, ...]:
    """Return the officer's queues in the order of the side bar."""
    return tuple(queue for queue, _ in table_of(officer))


def queue_of(dossier: Dossier, officer: Officer) -> Queue | None:
    """Return the one queue in which ``officer`` finds the dossier, or None."""
    if over(dossier) and not officer.roles & _STILL_OWED:
        return None
    return next((queue for queue, holds in table_of(officer) if holds(dossier, officer)), None)
