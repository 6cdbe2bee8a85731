"""The stores of the other officers of this profile: what still waits there for somebody who is not here.

Stands apart from a desk's own store. They are opened for a moment only and while this desk holds the profile's lock, so
nobody else works them; what they hold cannot change meanwhile, unless it is sent from here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.domain.people import Officer
from app.domain.words import OutboxState
from app.errors import StoreTrouble
from app.store import outbox, state
from app.store.outbox import OutboxRow
from app.store.profile import Profile
from app.store.schema import journal
from app.store.state import Name
from app.store.writer import Store

_TO_SEND = frozenset({OutboxState.QUEUED, OutboxState.SENDING})


@dataclass(frozen=True, slots=True)
class Unsent:
    """What waits in one officer's store; ``undecided`` commands only that officer can move. ``amount`` in đồng.

    What the portal took from nobody without the right is there to send as well: its officer cannot move it any more.
    """

    officer: Officer
    to_send: tuple[OutboxRow, ...]
    undecided: int
    amount: int
    oldest_ms: int


class Neighbours:
    """The other officers of an open profile; any thread but the GUI's."""

    def __init__(
        self, profile: Profile, own: Store, own_id: str, officer_from: Callable[[Mapping[str, Any]], Officer]
    ) -> None:
        self._profile, self._own, self._own_id, self._officer_from = profile, own, own_id, officer_from
        self._known: tuple[Unsent, ...] | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the other officers with a store here."""
        return tuple(identity for identity in self._profile.officers() if identity != self._own_id)

    def unsent(self) -> tuple[Unsent, ...]:
        """Return what waits for each other officer, those without work left out; read once until ``forget``."""
        if self._known is None:
            self._known = tuple(item for identity in self.ids if (item := self._unsent_of(identity)))
        return self._known

    def forget(self) -> None:
        """Read anew next time: something was sent."""
        self._known = None

    def open(self, officer_id: str) -> Store:
        """Open that officer's own store; the caller closes it. Raises StoreTrouble."""
        return self._own.beside(self._profile.officer_folder(officer_id))

    def _unsent_of(self, officer_id: str) -> Unsent | None:
        try:
            store = self.open(officer_id)
        except StoreTrouble:
            return None  # its own officer hears of it when he signs in
        try:
            return self._read(store)
        finally:
            store.close()

    def _read(self, store: Store) -> Unsent | None:
        with store.read() as connection:
            text = state.get(connection, Name.ME)
            rows = outbox.unfinished(connection)
            keys = [row.key for row in rows]
            money = select(func.sum(journal.c.amount)).where(journal.c.key.in_(keys))
            amount = connection.execute(money).scalar() or 0
        if not text or not rows:
            return None
        to_send = tuple(row for row in rows if row.state in _TO_SEND or outbox.lost_right(row))
        return Unsent(
            officer=self._officer_from(json.loads(text)),
            to_send=to_send,
            undecided=len(rows) - len(to_send),
            amount=int(amount),
            oldest_ms=min(row.created_ms for row in rows),
        )
