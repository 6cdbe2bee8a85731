"""What of the outbox the mirror does not hold yet: the commands that the fold lays over it.

Stands apart from the outbox, which sends: an acknowledged command has nothing left to send and may still be ahead of
the mirror. All functions run in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, and_, bindparam, func, or_, select, update

from app.domain.commands import BIRTHS, MOVED, TAKEN_IN
from app.domain.words import OutboxState
from app.store.outbox import FINAL, OutboxRow, place_of, row_of
from app.store.schema import mirror, outbox
from app.store.sets import among, listed, named

_UNSEEN = outbox.c.version > func.coalesce(mirror.c.version, 0)
_IN_FOLD = or_(
    among(outbox.c.state, (OutboxState.QUEUED, OutboxState.SENDING, OutboxState.PARKED)),
    and_(outbox.c.state == OutboxState.NEEDS_DECISION, among(outbox.c.type, MOVED | BIRTHS)),
    and_(outbox.c.state == OutboxState.ACKED, or_(_UNSEEN, among(outbox.c.type, TAKEN_IN))),
)
# Made once: building it took longer than running it, and every act and every row of a list asks it.
_WAITING = (
    select(outbox)
    .join(mirror, mirror.c.id == outbox.c.dossier_id, isouter=True)
    .where(_IN_FOLD, named(outbox.c.dossier_id, "ids"))
    .order_by(place_of(outbox))
)
_WAITING_DOSSIERS = (
    select(outbox.c.dossier_id)
    .join(mirror, mirror.c.id == outbox.c.dossier_id, isouter=True)
    .where(or_(~among(outbox.c.state, FINAL), and_(outbox.c.state == OutboxState.ACKED, _UNSEEN)))
    .distinct()
)
_NO_VERSION_COMES = (
    update(outbox)
    .where(outbox.c.state == OutboxState.ACKED, outbox.c.dossier_id == bindparam("gone"))
    .values(version=None)
)


def waiting(connection: Connection, dossier_ids: Iterable[str]) -> dict[str, list[OutboxRow]]:
    """Return the commands still to be folded, by dossier, in order.

    An acknowledged one counts until the mirror holds its version, money taken in until the mirror holds the payment
    itself (the projection looks): versions of a restored portal cannot be compared with those before. A refused one
    counts only if the money was really taken, or if without it the dossier itself would be gone from sight.
    """
    found: dict[str, list[OutboxRow]] = {}
    for row in connection.execute(_WAITING, {"ids": listed(list(dossier_ids))}):
        item = row_of(row)
        found.setdefault(item.dossier_id, []).append(item)
    return found


def waiting_dossiers(connection: Connection) -> set[str]:
    """Return the ids of all dossiers with a command that is not final or not yet in the mirror."""
    return set(connection.execute(_WAITING_DOSSIERS).scalars())


def let_go(connection: Connection, dossier_ids: Sequence[str]) -> None:
    """Wait no more for the versions that the portal has answered: these dossiers have left, nothing of them comes.

    Else one that was born here would be taken for new as soon as the mirror does not hold it any more.
    """
    if dossier_ids:
        connection.execute(_NO_VERSION_COMES, [{"gone": identity} for identity in dossier_ids])
