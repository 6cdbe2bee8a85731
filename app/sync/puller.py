"""Brings the portal's truth: pages of the feed until there is no more, then a long wait for the next commit.

Stands apart from the sender so that each has its own thread and its own failures. The cursor is committed with its
page, so an interruption repeats a page and never skips one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from app.clock import ShiftedClock, to_ms
from app.errors import KnownError, PortalProblem
from app.events import Bus, DossiersChanged, OutboxChanged, PaymentArrived, SyncProgress
from app.portal.client import PortalClient
from app.store import outbox, state
from app.store.projection import Projector
from app.store.state import Name
from app.store.writer import Store
from app.sync import calendars
from app.sync.apply_page import apply_page, forget_cursor
from app.sync.bookkeeper import Bookkeeper
from app.sync.keeping import REVOKED, Keeping
from app.sync.link import NOT_ASKED, Link
from app.sync.looks import LookTeller
from app.sync.numbers import Numbers
from app.sync.teller import Teller

# A page is decoded in one breath that no other thread can interrupt: 500 dossiers would hold the window for 40 ms.
PAGE = 200
_MANY = 200
NO_ROLE = "no-role"
SCOPE_CHANGED = "scope-changed"
_CURSOR_ENDED = frozenset({"resync-required", SCOPE_CHANGED})


@dataclass
class Puller:
    """Pulls for one officer; one thread runs it."""

    store: Store
    projector: Projector
    client: PortalClient
    clock: ShiftedClock
    bus: Bus
    link: Link
    numbers: Numbers
    teller: Teller
    looks: LookTeller
    keeping: Keeping
    bookkeeper: Bookkeeper

    def step(self, wait_s: int = 0) -> bool:
        """Take one page; say whether more waits. Raises KnownError after telling the link.

        With ``wait_s`` an empty feed is held by the portal until something commits.
        """
        with self.store.read() as connection:
            cursor = state.get(connection, Name.CURSOR)
        try:
            page = self.client.sync(cursor, limit=PAGE, wait_s=wait_s if cursor is not None else 0)
        except PortalProblem as problem:
            if problem.code not in _CURSOR_ENDED or cursor is None:
                raise self._told(problem) from problem
            if problem.code == SCOPE_CHANGED:
                self._stop_if_rights_changed()
            forget_cursor(self.store)
            return True
        except KnownError as error:
            self.link.failed(error)
            if error.code == REVOKED:
                self._tell(self.keeping.wipe(), (), more=False)
            raise
        with self.store.read() as connection:
            known_epoch, was_barred = state.get(connection, Name.EPOCH), state.get(connection, Name.BARRED)
        if cursor is not None and known_epoch not in (None, page.epoch):
            forget_cursor(self.store)  # a restored portal: nothing of this page may be taken for the whole
            return True
        applied = apply_page(self.store, self.projector, page, self.clock)
        self._back_online(was_barred=bool(was_barred))
        self._tell(applied.ids, applied.payments, more=page.has_more)
        if not page.has_more:
            with suppress(KnownError):  # without new numbers a reception waits for the portal to give one
                self.numbers.keep()
            self.teller.tell_if_due()
            self.looks.tell_new()
            self._tell(self.keeping.purge_if_due(), (), more=False)
            self.bookkeeper.step()
        if not page.has_more and not calendars.is_kept(self.store, page.calendars):
            calendars.take_over(self.store, self.projector, self.client, self.bus)
        return page.has_more

    def _told(self, problem: PortalProblem) -> PortalProblem:
        """Tell the link; return what it means. Whoever may not even read the feed holds no role here any more."""
        if problem.code != "forbidden":
            self.link.failed(problem)
            return problem
        self.link.lost("barred", NO_ROLE)
        with self.store.write() as connection:
            state.put(connection, Name.BARRED, "1")
        return PortalProblem(NO_ROLE, status=problem.status)

    def _stop_if_rights_changed(self) -> None:
        """End the session of who may other things now than when he signed in; the next sign-in shows what he has then.

        Raises SignedOut ``rights-changed``, or what kept the portal from answering. A cursor from before the last
        sign-in ends too, and there nothing has changed.
        """
        try:
            now = asdict(self.client.me())
            with self.store.read() as connection:
                then = json.loads(state.get(connection, Name.ME) or "{}")
            if _reach(now) != _reach(then):
                raise self.client.end_session("rights-changed")
        except KnownError as error:
            self.link.failed(error)
            raise

    def pull_all(self) -> int:
        """Take pages until there is no more; return how many. Raises KnownError like ``step``."""
        pages = 1
        while self.step():
            pages += 1
        return pages

    def _back_online(self, *, was_barred: bool) -> None:
        """Note that the portal answered; after an outage, a start, or with a role again, what waited leaves at once."""
        was, now_ms = self.link.state, to_ms(self.clock.now())
        self.link.reached()
        if was.state == "online" and was.code != NOT_ASKED and not was_barred:
            return
        with self.store.write() as connection:
            released = outbox.wake(connection, now_ms)
            if was_barred:
                released += outbox.take_up(connection, now_ms)
                state.drop(connection, Name.BARRED)
        if released:
            self.bus.publish(OutboxChanged())

    def _tell(self, ids: tuple[str, ...], payments: tuple[tuple[str, int], ...], *, more: bool) -> None:
        for dossier_id, amount in payments:
            self.bus.publish(PaymentArrived(dossier_id, amount))
        if ids:
            self.bus.publish(DossiersChanged(ids if len(ids) <= _MANY else ()))
        if more or len(ids) > _MANY:
            self.bus.publish(SyncProgress(len(ids), done=not more))


def _reach(me: Mapping[str, Any]) -> tuple[str, set[str], set[str]]:
    """Return what an officer's dossiers and deeds depend on."""
    return me["unit_id"], {*me["roles"]}, {*me["rights"]}
