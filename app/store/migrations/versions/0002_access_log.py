"""Who looked at what is masked: an insert-only table.

Imports nothing of the program: a migration describes a day in the past.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_STATEMENTS = (
    "CREATE TABLE access_log (seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, actor_id TEXT NOT NULL, "
    "dossier_id TEXT NOT NULL, field TEXT NOT NULL, at_ms INTEGER NOT NULL)",
    "CREATE TRIGGER access_log_insert_only BEFORE UPDATE ON access_log "
    "BEGIN SELECT RAISE(ABORT, 'the access log is insert-only'); END",
    "CREATE TRIGGER access_log_kept BEFORE DELETE ON access_log "
    "BEGIN SELECT RAISE(ABORT, 'the access log is insert-only'); END",
)


def upgrade() -> None:
    """Create the table and its triggers."""
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))


def downgrade() -> None:
    """Refuse: durable tables are never taken back."""
    raise RuntimeError("what was logged stays logged")
