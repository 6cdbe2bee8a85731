"""One desk of the simulation: the real store, services and engine behind a bad line, dead at any commit and reopened.

Stands apart from the story because it says how a desk lives and dies and who sits there, not what officers do. After
everything that it does, the desk's own tables are read and written into the history as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from random import Random
from typing import Any

from sqlalchemy import Connection

from app import bootstrap
from app.errors import KnownError
from app.portal.client import PortalClient
from app.portal.session import Tokens
from app.sandbox.offices import officer_id
from app.services.desk import Desk
from app.store.mirror import LEFT_BEHIND
from tests.simulation.ground import SEATS, Ground, Nobody, Straight, seat_officer
from tests.simulation.history import History, number_in
from tests.simulation.line import Killed, Line
from tests.simulation.seeded import DeskClock

_BOX = "select key, state, attempts, version from outbox order by seq"
_BORN = (
    "select key, dossier_id, type, actor_id, sha256, money, coalesce(place, seq) as place, blobs from outbox "
    "order by seq"
)
_EPOCH = "select value from settings where name = 'epoch'"
_UPTO = (
    "select d.id, d.version from dossier_scope s join dossiers d on d.id = s.dossier_id "
    "where s.unit_id = :unit and s.feed_n <= :n order by d.id"
)
_FACTS = "select name, value from sync_state where name in ('cursor', 'epoch')"
_MIRROR = f"select id, version from mirror where mark <> {LEFT_BEHIND} order by id"
"""Without what a dead epoch has left behind, which is kept only until no work rests on it."""


class Seat:
    """Who sits where, with a program that may be dead; ``people``: everybody who has sat here, each with a store."""

    def __init__(self, name: str, ground: Ground, history: History, dice: Random, line: Line) -> None:
        self.name, self.username = name, SEATS[name]
        self.people = [self.username]
        self.clock = DeskClock(ground.clock)
        self._ground, self._history, self._dice = ground, history, dice
        self.line = line
        self._known: set[str] = set()
        self.fuse = 0
        """Dies at the so-many-th write transaction from now; negative: before its commit; 0: not at all."""
        ground.lay(name)
        self.desk = self._opened()

    @property
    def deeds(self) -> int:
        """How many commands were made here."""
        return len(self._known)

    @property
    def title(self) -> str:
        """What the history calls the store that is open: the desk, and who sits there if it is not the first."""
        return self.name if self.username == self.people[0] else f"{self.name} of {self.username}"

    def do(self, what: str, deed: Callable[[], Any]) -> Any:
        """Do something at this desk; a death on the way is followed by the next start of the program."""
        try:
            found = deed()
            self.saw(what, told=getattr(found, "key", ""))
        except KnownError as wrong:
            found = None
            self.saw(what, code=wrong.code)
        except Killed:
            found = None
            self.die(what)
        except Exception as bug:  # a mistake of the program's own: the checker counts it, the story goes on
            found = None
            self._history.tell("crashed", desk=self.title, during=what, with_=f"{type(bug).__name__}: {bug}"[:200])
            self.reopen()
        return found

    def die(self, during: str) -> None:
        """End the program without a word and start it again: what marks a desk as open stays where it was."""
        self._history.tell("killed", desk=self.title, during=during)
        self.desk.store._is_marked = False
        self.reopen()

    def change_over(self, username: str) -> None:
        """Let this officer sit down, if another one does now; what that one has not sent stays here."""
        if username == self.username:
            return
        self.desk.close()
        seat_officer(self._ground.profiles / self.name, officer_id(username))
        self.people += [username] if username not in self.people else []
        self.username = username
        self.line.desk = self.title
        self.reopen()

    @property
    def is_signed_out(self) -> bool:
        """Say whether the portal will not talk to this officer."""
        return self.desk.engine.link.state.state == "signed_out"

    def reopen(self) -> None:
        """Start the program again, with whatever the last one left."""
        self.fuse = 0
        self.desk.close()
        self.desk = self._opened()
        self.saw("reopened")

    def sign_in(self) -> None:
        """The officer signs in again in the browser."""
        self.fuse = 0
        grant = self._ground.grant(self.username)
        ends = self.clock.now() + bootstrap.timedelta(seconds=grant.expires_in)
        tokens = Tokens(grant.access_token, grant.refresh_token, ends)
        bootstrap.StoredTokens(self.desk.store).save(tokens)
        with suppress(KnownError):  # who is revoked, or has no role left, stays who he was
            me = PortalClient(Straight(self._ground), bootstrap.FreshTokens(tokens)).me()
            bootstrap.remember(self.desk.store, me)
        self.reopen()

    def saw(self, what: str, told: str = "", code: str = "") -> None:
        """Write down what is new in the outbox, how it stands, and what the mirror holds."""
        with self.desk.store.read() as connection:
            driver: Any = connection.connection.driver_connection
            box, mirror = (list(map(list, driver.execute(sql))) for sql in (_BOX, _MIRROR))
            facts = dict(driver.execute(_FACTS))
            if any(row[0] not in self._known for row in box):
                for row in connection.exec_driver_sql(_BORN).mappings():
                    if row["key"] not in self._known:
                        self._known.add(row["key"])
                        self._history.tell("intent", desk=self.title, told=row["key"] == told, **row)
        cursor, epoch = number_in(facts.get("cursor")), facts.get("epoch", "")
        self._history.tell(
            "saw", desk=self.title, what=what, code=code, box=box, mirror=mirror, epoch=epoch, cursor=cursor,
            upto=self._upto(cursor, epoch) if what in ("pull", "engine") else [],
        )  # fmt: skip

    def _upto(self, cursor: int | None, epoch: str) -> list[list[Any]]:
        """Return what the portal has changed up to a cursor, from its own tables; nothing for another epoch's."""
        with self._ground.portal.database.reading() as connection:
            driver: Any = connection.connection.driver_connection
            if cursor is None or driver.execute(_EPOCH).fetchone() != (epoch,):
                return []
            return list(map(list, driver.execute(_UPTO, {"unit": self.desk.officer.unit_id, "n": cursor})))

    def table(self, sql: str) -> list[dict[str, Any]]:
        """Return rows of the desk's decrypted store."""
        with self.desk.store.read() as connection:
            return [_plain(dict(row)) for row in connection.exec_driver_sql(sql).mappings()]

    def _opened(self) -> Desk:
        desk = bootstrap.open_desk(
            self._ground.profiles / self.name, clock=self.clock, undo_s=8.0, locker=Nobody(),
            uniform=self._dice.uniform, transport=self.line,
        )  # fmt: skip
        real = desk.store.write

        @contextmanager
        def mortal() -> Iterator[Connection]:
            with real() as connection:
                yield connection
                self._burn(-1)
            self._burn(1)

        desk.store.write = mortal  # type: ignore[method-assign]
        return desk

    def _burn(self, side: int) -> None:
        if self.fuse * side > 0:
            self.fuse -= side
            if self.fuse == 0:
                raise Killed


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.decode() if isinstance(value, bytes) else value for name, value in row.items()}
