"""The portal's word about the money journal: countersigned heads, insert-only as the journal itself.

Imports nothing of the program: a migration describes a day in the past.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_STATEMENTS = (
    "CREATE TABLE journal_seal ("
    "seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, officer_id TEXT NOT NULL, store_id TEXT NOT NULL, "
    "rows INTEGER NOT NULL, head TEXT NOT NULL, at TEXT NOT NULL, \"key\" TEXT NOT NULL, signature TEXT NOT NULL)",
    "CREATE TRIGGER journal_seal_insert_only BEFORE UPDATE ON journal_seal "
    "BEGIN SELECT RAISE(ABORT, 'the journal is insert-only'); END",
    "CREATE TRIGGER journal_seal_kept BEFORE DELETE ON journal_seal "
    "BEGIN SELECT RAISE(ABORT, 'the journal is insert-only'); END",
)


def upgrade() -> None:
    """Create the table and its triggers."""
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))


def downgrade() -> None:
    """Refuse: durable tables are never taken back."""
    raise RuntimeError("durable tables are never taken back")
