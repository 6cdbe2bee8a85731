"""Tells the portal which masked facts and files this officer looked at here.

Stands apart from the outbox because a look is no act on a dossier: it is written down whatever the portal says, and
told afterwards, in order, so that the head sees the looks of every desk.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from app.clock import from_ms
from app.contract.wire_unit import SeenFact, SeenFacts
from app.errors import KnownError
from app.ids import IdSource
from app.portal.client import PortalClient
from app.store import access_log, state
from app.store.state import Name
from app.store.writer import Store

BATCH = 200


@dataclass
class LookTeller:
    """Speaks for one officer's store; any thread but the GUI's."""

    store: Store
    client: PortalClient
    ids: IdSource
    desk_name: str

    def tell_new(self) -> None:
        """Tell what was not told yet; what the world does not let through is told with the next page of the feed."""
        with suppress(KnownError):
            while self._tell_batch() == BATCH:
                pass

    def _tell_batch(self) -> int:
        with self.store.read() as connection:
            told = int(state.get(connection, Name.LOOKS_TOLD) or 0)
            found = access_log.after(connection, told, BATCH)
        if found:
            with self.store.write() as connection:
                store_id = state.own_id(connection, self.ids.new)
            seen = tuple(SeenFact(n, look.dossier_id, look.field, from_ms(look.at_ms)) for n, look in found)
            self.client.tell_looks(SeenFacts(store_id, self.desk_name, seen))
            with self.store.write() as connection:
                state.put(connection, Name.LOOKS_TOLD, str(found[-1][0]))
        return len(found)
