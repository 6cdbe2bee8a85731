"""What of the derived rows hangs on the working calendar.

Stands apart from the projection, which makes the rows: this says which to make again when the calendar is replaced.
"""

from __future__ import annotations

from sqlalchemy import Connection, or_, select

from app.store.facts import FAR_MS
from app.store.schema import dossier_row


def hanging_on(connection: Connection) -> list[str]:
    """Return the dossiers whose rows count with the calendar: a clock runs, or a command waits."""
    columns = dossier_row.c
    return list(
        connection.execute(select(columns.id).where(or_(columns.due_ms < FAR_MS, columns.pending > 0))).scalars()
    )
