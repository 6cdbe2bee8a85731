"""The feed: what changed since a cursor, for the units an officer sees.

Stands apart because it is the portal's fastest path: one statement a page, bodies joined as text, never parsed. A
cursor is signed and says for which database epoch and which rights it was made; any other ends in a full resync.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    literal_column,
    null,
    select,
    true,
    union_all,
)

from app.clock import Clock
from app.contract.problems import Problem, problem
from app.contract.wire import MAX_WAIT_S
from app.domain.people import Officer
from app.sandbox import tables
from app.sandbox.calendars import Calendars
from app.sandbox.database import Database, setting

PAGE = 500


class CursorOver(Exception):
    """The cursor cannot be continued; ``problem`` is the 410 that says so."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.type)
        self.problem = found


class Feed:
    """Pages of changes; any thread."""

    def __init__(self, database: Database, clock: Clock, calendars: Calendars) -> None:
        self._database = database
        self._clock = clock
        self._calendars = calendars
        with database.reading() as connection:
            self._secret = setting(connection, "secret") or ""

    def page(self, officer: Officer, cursor: str, limit: int, wait_s: float) -> bytes:
        """Return one page as JSON bytes; waits up to ``wait_s`` seconds for the first change.

        Raises CursorOver for a cursor of another epoch, other rights, or of nobody.
        """
        size = max(1, min(limit, PAGE))
        ends = self._clock.monotonic() + max(0.0, min(wait_s, MAX_WAIT_S))
        its_epoch, since = _opened(cursor, officer, self._secret) if cursor else ("", 0)
        asked = {"unit": officer.unit_id, "since": since, "most": size + 1}
        while True:
            seen = self._database.commits
            with self._database.asking() as connection:
                rows = connection.execute(_PAGE, asked).all()
            epoch = rows[0].epoch
            if cursor and its_epoch != epoch:
                raise CursorOver(problem("resync-required", "The cursor belongs to another epoch"))
            left = ends - self._clock.monotonic()
            if rows[0].n is not None or left <= 0 or self._database.closing:
                return self._written(rows, since, size, epoch, officer)
            self._database.wait_for_commit(seen, left)

    def _written(self, rows: Sequence[Any], since: int, size: int, epoch: str, officer: Officer) -> bytes:
        upto = since if rows[0].n is None else rows[:size][-1].n
        told = [row for row in rows if row.n is not None and row.n <= upto]
        changes = b",".join(
            f'{{"id":"{row.id}","version":{row.version},"body":{row.body}}}'.encode() for row in told if row.version
        )
        tombs = [{"id": row.id, "reason": row.reason, "into": row.into} for row in told if not row.version]
        more = "true" if len(rows) > size else "false"
        rest = (
            f'],"tombstones":{json.dumps(tombs)},'
            f'"next_cursor":"{_sealed(epoch, officer, upto, self._secret)}","has_more":{more},"epoch":"{epoch}",'
            f'"server_time":"{self._clock.now().isoformat()}","calendars":"{self._calendars.version}"}}'
        )
        return b"".join((b'{"changes":[', changes, rest.encode()))


def _page() -> Select[Any]:
    """Return the one question of a page: epoch, changes and tombstones of the same moment, the epoch always there."""
    scope, dossiers, tombs = tables.dossier_scope.c, tables.dossiers.c, tables.tombstones.c
    unit, since = bindparam("unit", type_=String), bindparam("since", type_=BigInteger)
    most = bindparam("most", type_=Integer)
    changes = (
        select(scope.feed_n.label("n"), dossiers.id, dossiers.version, dossiers.body,
               literal_column("''").label("reason"), cast(null(), String).label("into"))
        .join_from(tables.dossier_scope, tables.dossiers, dossiers.id == scope.dossier_id)
        .where(scope.unit_id == unit, scope.feed_n > since)
        .order_by(scope.feed_n)
        .limit(most)
    )  # fmt: skip
    buried = (
        select(tombs.feed_n, tombs.dossier_id, literal_column("0").label("version"), literal_column("''").label("body"),
               tombs.reason, tombs.merged_into)  # version 0 is no dossier's
        .where(tombs.unit_id == unit, tombs.feed_n > since)
        .order_by(tombs.feed_n)
        .limit(most)
    )  # fmt: skip
    both = union_all(select(changes.subquery()), select(buried.subquery())).subquery()
    settings = tables.settings.c
    return (
        select(settings.value.label("epoch"), both)
        .join_from(tables.settings, both, true(), isouter=True)
        .where(settings.name == "epoch")
        .order_by(both.c.n)
        .limit(most)
    )


_PAGE = _page()


def _scope_hash(officer: Officer) -> str:
    words = [officer.unit_id, *sorted(officer.roles), *sorted(officer.rights)]
    return hashlib.sha256("|".join(words).encode()).hexdigest()[:16]


def _sealed(epoch: str, officer: Officer, n: int, secret: str) -> str:
    text = json.dumps([epoch, officer.id, _scope_hash(officer), n], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_signature(text, secret) + text).decode()


def _opened(cursor: str, officer: Officer, secret: str) -> tuple[str, int]:
    """Return epoch and place of a cursor that is this officer's and of his present rights; raises CursorOver."""
    try:
        raw = base64.urlsafe_b64decode(cursor.encode("ascii"))
        signature, text = raw[:16], raw[16:]
        if not hmac.compare_digest(signature, _signature(text, secret)):
            raise ValueError("not our signature")
        its_epoch, its_officer, its_scope, n = json.loads(text)
    except (binascii.Error, ValueError, TypeError):
        raise CursorOver(problem("resync-required", "The cursor is not one of this portal")) from None
    if its_officer != officer.id:
        raise CursorOver(problem("resync-required", "The cursor belongs to another officer"))
    if its_scope != _scope_hash(officer):
        raise CursorOver(problem("scope-changed", "The officer's rights have changed"))
    return str(its_epoch), int(n)


def _signature(text: bytes, secret: str) -> bytes:
    return hmac.new(secret.encode(), text, hashlib.sha256).digest()[:16]
