"""Running numbers leased from the portal, so that a reception at the counter needs no network.

Imports nothing of the program: a migration describes a day in the past.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_STATEMENTS = (
    "CREATE TABLE number_block ("
    "id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, unit_id TEXT NOT NULL, day TEXT NOT NULL, "
    "first INTEGER NOT NULL, last INTEGER NOT NULL, next INTEGER NOT NULL, returned INTEGER NOT NULL DEFAULT 0)",
    "CREATE INDEX ix_number_block_day_kind ON number_block (day, kind)",
)


def upgrade() -> None:
    """Create the table and its index."""
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))


def downgrade() -> None:
    """Refuse: durable tables are never taken back."""
    raise RuntimeError("durable tables are never taken back")
