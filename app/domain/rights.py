"""Who may do what with which dossier: design §5 *Rights* as data.

Stands apart because the button, the desk's services and the portal ask the same question. It reads only what
``GET /v1/me`` says of the officer and what the dossier carries; the portal's answer is the one that binds.
"""

from __future__ import annotations

from collections.abc import Callable

from app.domain.dossier import Dossier, Officer
from app.domain.words import Right, Role, State

Ground = Callable[[Officer, Dossier, str], bool]


def covers(officer: Officer, unit_id: str) -> bool:
    """Say whether ``unit_id`` is the officer's unit or part of it.

    >>> chief = Officer("1", "a", "A", "H32.8", frozenset())
    >>> covers(chief, "H32.8"), covers(chief, "H32.8.01"), covers(chief, "H32.80")
    (True, True, False)
    """
    return unit_id == officer.unit_id or unit_id.startswith(officer.unit_id + ".")


def _desk(officer: Officer, dossier: Dossier, _subject: str) -> bool:
    return Role.RECEPTION in officer.roles and officer.unit_id == dossier.desk_unit_id


def _desk_before_or_after(officer: Officer, dossier: Dossier, subject: str) -> bool:
    return dossier.state is not State.PROCESSING and _desk(officer, dossier, subject)


def _holder(officer: Officer, dossier: Dossier, _subject: str) -> bool:
    return dossier.assigned_to is not None and dossier.assigned_to.id == officer.id


def _fee_holder(officer: Officer, dossier: Dossier, subject: str) -> bool:
    return (
        dossier.state is State.PROCESSING and _holder(officer, dossier, subject) and Right.NOTIFY_FEE in officer.rights
    )


def _holder_at_fee_step(officer: Officer, dossier: Dossier, subject: str) -> bool:
    return _fee_holder(officer, dossier, subject) and dossier.step is not None and dossier.step.collects_fee


def _desk_while_received(officer: Officer, dossier: Dossier, subject: str) -> bool:
    return dossier.state is State.RECEIVED and _desk(officer, dossier, subject)


def _holder_while_processing(officer: Officer, dossier: Dossier, subject: str) -> bool:
    return dossier.state is State.PROCESSING and _holder(officer, dossier, subject)


def _head(officer: Officer, dossier: Dossier, _subject: str) -> bool:
    units = {dossier.desk_unit_id} | ({dossier.step.unit_id} if dossier.step else set())
    return Role.HEAD in officer.roles and any(covers(officer, unit) for unit in units)


def _head_while_processing(officer: Officer, dossier: Dossier, subject: str) -> bool:
    return dossier.state is State.PROCESSING and _head(officer, dossier, subject)


def _cashier(officer: Officer, dossier: Dossier, _subject: str) -> bool:
    return Role.CASHIER in officer.roles and covers(officer, dossier.desk_unit_id)


def _sender(officer: Officer, dossier: Dossier, subject: str) -> bool:
    return any(n.sent_by.id == officer.id for n in dossier.notices if subject in ("", n.id))


GRANTS: dict[str, tuple[tuple[str, Ground], ...]] = {
    "receive": (("reception", _desk),),
    "refuse": (("reception", _desk),),
    "accept_supplement": (("reception", _desk),),
    "return": (("reception", _desk),),
    "notify": (("reception", _desk_before_or_after), ("fee_holder", _holder_at_fee_step)),
    "forward": (
        ("reception", _desk_while_received),
        ("holder", _holder_while_processing),
        ("head", _head_while_processing),
    ),
    "suspend": (("holder", _holder),),
    "complete": (("holder", _holder),),
    "cancel_notice": (("sender", _sender), ("head", _head)),
    "tick_paid": (("reception", _desk), ("cashier", _cashier), ("fee_holder", _fee_holder)),
    "decide_refund": (("reception", _desk), ("cashier", _cashier), ("head", _head)),
}

MONEY_ACTS = frozenset({"notify", "cancel_notice", "tick_paid", "decide_refund"})


def may(officer: Officer, action: str, dossier: Dossier, subject_id: str = "") -> bool:
    """Say whether ``officer`` may do ``action``; ``subject_id`` names the notice it is about, empty for any."""
    if Role.ADMINISTRATOR in officer.roles and action in MONEY_ACTS:
        return False
    return any(ground(officer, dossier, subject_id) for _, ground in GRANTS[action])


def who_could(action: str, dossier: Dossier) -> tuple[str, ...]:
    """Return the kinds of officers that could; for the holder, the holder's name."""
    words = []
    for word, _ in GRANTS[action]:
        holder = dossier.assigned_to if word in ("holder", "fee_holder") else None
        words.append(holder.name if holder else word)
    return tuple(words)
