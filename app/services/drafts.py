"""Half-written forms: kept when a dialog is put off, offered again when it opens.

Stands apart because a draft is the officer's own text and never leaves the machine; what it means only its form knows.
"""

from __future__ import annotations

from app.clock import to_ms
from app.services.desk import Desk
from app.store import drafts


def save(desk: Desk, dossier_id: str, kind: str, text: str) -> None:
    """Keep the latest text of this form for this dossier. Thread: any but the GUI's."""
    with desk.store.write() as connection:
        drafts.save(connection, dossier_id, kind, text, to_ms(desk.clock.now()))


def load(desk: Desk, dossier_id: str, kind: str) -> str | None:
    """Return the draft's text, or None. Thread: any but the GUI's."""
    with desk.store.read() as connection:
        return drafts.load(connection, dossier_id, kind)


def drop(desk: Desk, dossier_id: str, kind: str) -> None:
    """Forget the draft: it was sent, or nothing is left of it. Thread: any but the GUI's."""
    with desk.store.write() as connection:
        drafts.drop(connection, dossier_id, kind)
