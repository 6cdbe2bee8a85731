"""Takes the head of the money journal to the portal and keeps what it countersigns.

Stands apart from sender and puller because it moves no command: it binds what this desk wrote to a word from outside.
It asks whenever the journal has grown since the last time, after a page of the feed.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.contract.province import JournalHead, is_signed
from app.errors import KnownError, PortalProblem
from app.ids import IdSource
from app.portal.client import PortalClient
from app.store import journal, seals, state
from app.store.state import Name
from app.store.writer import Store

FORKED = "journal-forked"


@dataclass
class Countersigner:
    """Works for one officer's store; the puller's thread runs it."""

    store: Store
    client: PortalClient
    ids: IdSource

    def ask_if_grown(self) -> None:
        """Have new rows countersigned. Transactions: own; no network inside one; what fails is asked next time.

        A portal that remembers another journal under this store's name is written down for the inspector.
        """
        with self.store.read() as connection:
            hashes = journal.hashes(connection)
            key = state.get(connection, Name.SIGNING_KEY)
            if not key or len(hashes) <= seals.last_rows(connection):
                return
        with self.store.write() as connection:
            store_id = state.own_id(connection, self.ids.new)
        asked = JournalHead(store_id, len(hashes), hashes[-1])
        try:
            told = self.client.countersign(asked)
        except PortalProblem as problem:
            self._note("1" if problem.code == FORKED else "")
            return
        except KnownError:
            return
        if JournalHead(told.store_id, told.rows, told.head) == asked and is_signed(key, told):
            with self.store.write() as connection:
                seals.keep(connection, told)
            self._note("")

    def _note(self, forked: str) -> None:
        with self.store.read() as connection:
            if (state.get(connection, Name.JOURNAL_FORKED) or "") == forked:
                return
        with self.store.write() as connection:
            state.put(connection, Name.JOURNAL_FORKED, forked)
