"""Which official papers were printed at this desk, so that a reprint can say so and count.

Imports nothing of the program: a migration describes a day in the past.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_STATEMENTS = (
    "CREATE TABLE printed ("
    "seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, paper TEXT NOT NULL, dossier_id TEXT NOT NULL, "
    "printed_ms INTEGER NOT NULL, actor_id TEXT NOT NULL)",
    "CREATE INDEX ix_printed_dossier_id_paper ON printed (dossier_id, paper)",
)


def upgrade() -> None:
    """Create the table and its index."""
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))


def downgrade() -> None:
    """Refuse: durable tables are never taken back."""
    raise RuntimeError("durable tables are never taken back")
