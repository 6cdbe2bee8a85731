"""Finds dossiers by words typed without diacritics: code, receipt code, name, phone, procedure.

Stands apart because the order matters as much as the match: newest first by row, never by rank (measured: rank costs
half a second at a million rows).
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Column, Connection, Select, or_, select, text

from app.domain.folding import fold
from app.store.schema import belonging, dossier_row

_TOKEN = re.compile(r"[0-9a-z]+")
LIMIT = 50


def match_expression(typed: str) -> str:
    """Return the FTS5 expression for what was typed: every token a prefix, all required; empty for no token.

    >>> match_expression('Đỗ Đức "OR')
    '"do"* AND "duc"* AND "or"*'
    """
    return " AND ".join(f'"{token}"*' for token in _TOKEN.findall(fold(typed)))


def find(connection: Connection, typed: str, limit: int = LIMIT) -> list[int]:
    """Return row numbers of matching dossiers, newest first; a whole code finds its own dossier alone."""
    whole = connection.execute(_exactly(typed, dossier_row.c.pk)).scalar()
    if whole is not None:
        return [whole]
    expression = match_expression(typed)
    if not expression:
        return []
    return _matching(connection, expression, limit)


def by_code(connection: Connection, code: str) -> str | None:
    """Return the id of the dossier with this code, receipt code or id, exactly; None if there is none."""
    return connection.execute(_exactly(code, dossier_row.c.id)).scalar()


def _exactly(code: str, column: Column[Any]) -> Select[Any]:
    wanted = code.strip()
    same = or_(
        dossier_row.c.code == wanted.upper(),
        dossier_row.c.receipt_code == wanted.upper(),
        dossier_row.c.id == wanted.lower(),
    )
    return select(column).where(same).limit(1)


def alike(connection: Connection, identity_no: str, name: str, phone: str, limit: int) -> list[int]:
    """Return row numbers of dossiers of the same person, newest first: same number, else same name and telephone."""
    if not identity_no and not (name and phone):
        return []
    wanted = [f'phone : "{token}"' for token in _TOKEN.findall(fold(identity_no or phone))]
    wanted += [] if identity_no else [f'name : "{token}"' for token in _TOKEN.findall(fold(name))]
    return _matching(connection, " AND ".join(wanted), limit) if wanted else []


def _matching(connection: Connection, expression: str, limit: int) -> list[int]:
    query = text("SELECT rowid FROM dossier_fts WHERE dossier_fts MATCH :words ORDER BY rowid DESC LIMIT :most")
    return list(connection.execute(query, {"words": expression, "most": limit}).scalars())


def tax_notice_elsewhere(connection: Connection, number: str, dossier_id: str) -> str | None:
    """Return the code of another dossier whose suspension names this tax notice; None when there is none."""
    if not number:
        return None
    column, prefix = belonging.c, f"tax:{number}:"
    query = (
        select(dossier_row.c.code)
        .join(belonging, column.dossier_id == dossier_row.c.id)
        # ";" is the character after ":", so this is the range of all ids with the prefix.
        .where(column.id >= prefix, column.id < prefix[:-1] + ";", column.dossier_id != dossier_id)
    )
    return connection.execute(query.limit(1)).scalar()
