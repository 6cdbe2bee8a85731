"""The province's keys and its word about money journals: who holds this portal holds them.

Stands apart because a real province keeps the secret to the rescue logs elsewhere than on its portal; here both lie in
the settings. The last head of every store is remembered: a journal that has become shorter, or another one of the
same length, is never countersigned.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace

from sqlalchemy import Connection, insert, select

from app.contract import province
from app.contract.problems import Problem, problem
from app.contract.province import Countersigned, JournalHead
from app.domain.people import Officer
from app.sandbox import tables
from app.sandbox.database import Database, set_setting, setting
from app.sandbox.portal import Portal


def signing_seed(database: Database) -> bytes:
    """Return the secret that signs heads."""
    return _seed(database, "sign")


def sealing_seed(database: Database) -> bytes:
    """Return the secret that opens rescue logs."""
    return _seed(database, "seal")


def _seed(database: Database, purpose: str) -> bytes:
    with database.reading() as connection:
        kept = setting(connection, "province_secret")
    if kept is None:
        with database.writing() as connection:
            kept = setting(connection, "province_secret") or secrets.token_hex(32)
            set_setting(connection, "province_secret", kept)
    return hashlib.sha256(f"{kept}:{purpose}".encode()).digest()


def countersigned(portal: Portal, officer: Officer, told: JournalHead) -> Countersigned | Problem:
    """Return the signed head, or the problem ``journal-forked`` when an earlier head does not lie before this one."""
    seed = signing_seed(portal.database)
    with portal.database.writing() as connection:
        last = _last(connection, officer, told)
        if last is not None and (told.rows < last.rows or (told.rows == last.rows and told.head != last.head)):
            return problem("journal-forked", rows=last.rows)
        if last is None or told.rows > last.rows:
            fields = {"officer_id": officer.id, "store_id": told.store_id, "rows": told.rows, "head": told.head}
            connection.execute(insert(tables.journal_heads).values(**fields))
    unsigned = Countersigned(
        officer.id, told.store_id, told.rows, told.head, portal.clock.now(), province.signing_key(seed), ""
    )
    return replace(unsigned, signature=province.sign(seed, province.signed_bytes(unsigned)))


def _last(connection: Connection, officer: Officer, told: JournalHead) -> JournalHead | None:
    heads = tables.journal_heads
    mine = (heads.c.officer_id == officer.id, heads.c.store_id == told.store_id)
    row = connection.execute(select(heads).where(*mine).order_by(heads.c.rows.desc()).limit(1)).first()
    return JournalHead(row.store_id, row.rows, row.head) if row else None
