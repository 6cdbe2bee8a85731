"""Half-written forms, kept until they are sent or thrown away.

Stands apart because a draft is the officer's own and never leaves the machine.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from app.store.cipher import whole
from app.store.schema import drafts


def save(connection: Connection, dossier_id: str, kind: str, body: str, now_ms: int) -> None:
    """Keep the latest text of this form for this dossier."""
    statement = insert(drafts).values(dossier_id=dossier_id, kind=kind, body=body, saved_ms=now_ms)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["dossier_id", "kind"], set_={"body": body, "saved_ms": now_ms})
    )


def load(connection: Connection, dossier_id: str, kind: str) -> str | None:
    """Return the draft's text, or None."""
    query = select(drafts.c.body).where(drafts.c.dossier_id == dossier_id, drafts.c.kind == kind)
    found = connection.execute(query).scalar()
    return None if found is None else str(whole(found))


def drop_of(connection: Connection, dossier_id: str) -> None:
    """Forget every draft of a dossier that left this machine."""
    connection.execute(delete(drafts).where(drafts.c.dossier_id == dossier_id))


def drop_all_but(connection: Connection, kept: Collection[str]) -> None:
    """Forget the drafts of all dossiers but these."""
    connection.execute(delete(drafts).where(drafts.c.dossier_id.not_in(list(kept))))


def drop(connection: Connection, dossier_id: str, kind: str) -> None:
    """Forget the draft: it was sent, or the officer threw it away."""
    connection.execute(delete(drafts).where(drafts.c.dossier_id == dossier_id, drafts.c.kind == kind))
