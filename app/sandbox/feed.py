"""The feed: what changed since a cursor, for the units an officer sees.

Stands apart because it is the portal's fastest path: bodies are joined as text, never parsed. A cursor is signed and
says for which database epoch and which rights it was made; any other ends in a full resync.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.clock import Clock
from app.contract.problems import Problem, problem
from app.contract.wire import MAX_WAIT_S
from app.domain.people import Officer
from app.sandbox import tables
from app.sandbox.calendars import Calendars
from app.sandbox.database import Database, two_settings

PAGE = 500


class CursorOver(Exception):
    """The cursor cannot be continued; ``problem`` is the 410 that says so."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.type)
        self.problem = found


@dataclass(frozen=True, slots=True)
class _Rows:
    changes: tuple[tuple[int, str, int, str], ...]
    tombstones: tuple[tuple[int, str, str, str | None], ...]


class Feed:
    """Pages of changes; any thread."""

    def __init__(self, database: Database, clock: Clock, calendars: Calendars) -> None:
        self._database = database
        self._clock = clock
        self._calendars = calendars

    def page(self, officer: Officer, cursor: str, limit: int, wait_s: float) -> bytes:
        """Return one page as JSON bytes; waits up to ``wait_s`` seconds for the first change.

        Raises CursorOver for a cursor of another epoch, other rights, or of nobody.
        """
        size = max(1, min(limit, PAGE))
        ends = self._clock.monotonic() + max(0.0, min(wait_s, MAX_WAIT_S))
        while True:
            seen = self._database.commits
            with self._database.reading() as connection:
                epoch, secret = two_settings(connection, "epoch", "secret")
                since = _opened(cursor, epoch, officer, secret) if cursor else 0
                rows = _rows(connection, officer.unit_id, since, size + 1)
            left = ends - self._clock.monotonic()
            if rows.changes or rows.tombstones or left <= 0 or self._database.closing:
                return self._written(rows, since, size, epoch, officer, secret)
            self._database.wait_for_commit(seen, left)

    def _written(self, rows: _Rows, since: int, size: int, epoch: str, officer: Officer, secret: str) -> bytes:
        numbers = sorted([row[0] for row in rows.changes] + [row[0] for row in rows.tombstones])
        upto = numbers[: size][-1] if numbers else since
        changes = ",".join(
            f'{{"id":"{identity}","version":{version},"body":{body}}}'
            for n, identity, version, body in rows.changes
            if n <= upto
        )
        tombs = [
            {"id": identity, "reason": reason, "into": into}
            for n, identity, reason, into in rows.tombstones
            if n <= upto and since > 0  # who starts from nothing has nothing to bury
        ]
        more = "true" if len(numbers) > size else "false"
        return (
            f'{{"changes":[{changes}],"tombstones":{json.dumps(tombs)},'
            f'"next_cursor":"{_sealed(epoch, officer, upto, secret)}","has_more":{more},"epoch":"{epoch}",'
            f'"server_time":"{self._clock.now().isoformat()}","calendars":"{self._calendars.version}"}}'
        ).encode()


def _rows(connection: Connection, unit_id: str, since: int, limit: int) -> _Rows:
    scope, dossiers, tombs = tables.dossier_scope.c, tables.dossiers.c, tables.tombstones.c
    changes = (
        select(scope.feed_n, dossiers.id, dossiers.version, dossiers.body)
        .join_from(tables.dossier_scope, tables.dossiers, dossiers.id == scope.dossier_id)
        .where(scope.unit_id == unit_id, scope.feed_n > since)
        .order_by(scope.feed_n)
        .limit(limit)
    )
    buried = (
        select(tombs.feed_n, tombs.dossier_id, tombs.reason, tombs.merged_into)
        .where(tombs.unit_id == unit_id, tombs.feed_n > since)
        .order_by(tombs.feed_n)
        .limit(limit)
    )
    return _Rows(
        tuple(tuple(row) for row in connection.execute(changes)),
        tuple(tuple(row) for row in connection.execute(buried)),
    )


def _scope_hash(officer: Officer) -> str:
    words = [officer.unit_id, *sorted(officer.roles), *sorted(officer.rights)]
    return hashlib.sha256("|".join(words).encode()).hexdigest()[:16]


def _sealed(epoch: str, officer: Officer, n: int, secret: str) -> str:
    text = json.dumps([epoch, officer.id, _scope_hash(officer), n], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_signature(text, secret) + text).decode()


def _opened(cursor: str, epoch: str, officer: Officer, secret: str) -> int:
    try:
        raw = base64.urlsafe_b64decode(cursor.encode("ascii"))
        signature, text = raw[:16], raw[16:]
        if not hmac.compare_digest(signature, _signature(text, secret)):
            raise ValueError("not our signature")
        its_epoch, its_officer, its_scope, n = json.loads(text)
    except (binascii.Error, ValueError, TypeError):
        raise CursorOver(problem("resync-required", "The cursor is not one of this portal")) from None
    if its_epoch != epoch or its_officer != officer.id:
        raise CursorOver(problem("resync-required", "The cursor belongs to another epoch or officer"))
    if its_scope != _scope_hash(officer):
        raise CursorOver(problem("scope-changed", "The officer's rights have changed"))
    return int(n)


def _signature(text: bytes, secret: str) -> bytes:
    return hmac.new(secret.encode(), text, hashlib.sha256).digest()[:16]
