"""What leaves this machine: dossiers long ended, and everything of a revoked account; never what was not sent.

Stands apart from ``apply_page``, where the portal says what leaves the scope: here the desk itself lets go. Outbox,
money journal and the log of looks stay: they are evidence, and their tables refuse deletion.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from app.clock import Clock, to_ms
from app.contract.codec import read_dossier
from app.domain.dossier import Dossier
from app.domain.keeping import KEEP_DAYS, kept_until
from app.store import drafts, lists, mirror, outbox, reconciled, restored, state, unconfirmed
from app.store.blobs import BlobStore
from app.store.projection import Projector
from app.store.state import Name
from app.store.writer import Store

REVOKED = "account-revoked"
_DIGEST = re.compile(rb'"sha256"\s*:\s*"([0-9a-f]{64})"')
_EVERY_MS = round(timedelta(days=1).total_seconds() * 1000)


@dataclass
class Keeping:
    """Lets go for one officer's desk; any thread but the GUI's."""

    store: Store
    blobs: BlobStore
    projector: Projector
    clock: Clock

    def purge_if_due(self) -> tuple[str, ...]:
        """Purge once a day; return the ids that left."""
        now_ms = to_ms(self.clock.now())
        with self.store.read() as connection:
            last_ms = int(state.get(connection, Name.PURGED_MS) or 0)
        return self.purge() if abs(now_ms - last_ms) >= _EVERY_MS else ()

    def purge(self) -> tuple[str, ...]:
        """Let go of dossiers that ended long ago, with their papers; return their ids. Transaction: own."""
        now = self.clock.now()
        with self.store.write() as connection:
            days = int(state.get(connection, Name.KEEP_DAYS) or KEEP_DAYS)
            found = mirror.bodies(connection, lists.perhaps_over(connection))
            busy = unconfirmed.waiting_dossiers(connection) | reconciled.unreconciled_dossiers(connection)
            over = {identity: body for identity, body in found.items() if identity not in busy}
            gone = {identity: body for identity, body in over.items() if self._is_over(body, days)}
            self._forget(connection, tuple(gone))
            state.put(connection, Name.PURGED_MS, str(to_ms(now)))
        self.blobs.drop_uploaded(_digests(gone.values()))
        return tuple(gone)

    def wipe(self) -> tuple[str, ...]:
        """Let go of all that belongs to a revoked account but what it never sent; return the ids that left.

        The papers of what it did send stay with those commands: a restored portal may have lost both. May be repeated:
        what was sent or handed over meanwhile goes with the next time. Transaction: own.
        """
        with self.store.write() as connection:
            kept = {row.dossier_id for row in outbox.unfinished(connection)}
            here = {*mirror.all_ids(connection), *unconfirmed.waiting_dossiers(connection)}
            gone = sorted(here - kept)
            self._forget(connection, gone)
            drafts.drop_all_but(connection, kept)
            for name in (Name.CURSOR, Name.RECENT_PROCEDURES):
                state.drop(connection, name)
            papers = restored.digests_needed(connection, int(state.get(connection, Name.SYNCED_MS) or 0))
        self.blobs.drop_all_but(papers)
        return tuple(gone)

    def _is_over(self, body: bytes, days: int) -> bool:
        dossier = read_dossier(body)
        until = kept_until(dossier, days) if isinstance(dossier, Dossier) else None
        return until is not None and until <= self.clock.now()

    def _forget(self, connection: Connection, ids: Collection[str]) -> None:
        self.projector.forget(connection, list(ids))
        for identity in ids:
            drafts.drop_of(connection, identity)


def _digests(bodies: Collection[bytes]) -> set[str]:
    return {digest.decode() for body in bodies for digest in _DIGEST.findall(body)}
