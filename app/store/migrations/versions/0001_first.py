"""The durable tables of the first version: outbox, journal, drafts, sync state, and their triggers.

Imports nothing of the program: a migration describes a day in the past.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TABLES = """
CREATE TABLE outbox (
    seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, place INTEGER,
    "key" TEXT NOT NULL CONSTRAINT uq_outbox_key UNIQUE,
    dossier_id TEXT NOT NULL, type TEXT NOT NULL, actor_id TEXT NOT NULL, if_match INTEGER,
    body TEXT NOT NULL, sha256 TEXT NOT NULL, blobs TEXT NOT NULL DEFAULT '', money INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'acked', 'needs_decision', 'parked', 'resolved')),
    attempts INTEGER NOT NULL DEFAULT 0, created_ms INTEGER NOT NULL, not_before_ms INTEGER NOT NULL DEFAULT 0,
    changed_ms INTEGER NOT NULL, last_problem TEXT NOT NULL DEFAULT '', version INTEGER, reconciled_ms INTEGER,
    resolved_by TEXT NOT NULL DEFAULT '', resolved_why TEXT NOT NULL DEFAULT '', replaced_by TEXT NOT NULL DEFAULT ''
);
CREATE INDEX ix_outbox_state_seq ON outbox (state, seq);
CREATE INDEX ix_outbox_dossier_id_seq ON outbox (dossier_id, seq);
CREATE TABLE journal (
    seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL CONSTRAINT uq_journal_key UNIQUE,
    kind TEXT NOT NULL, dossier_id TEXT NOT NULL, notice_id TEXT NOT NULL, payment_id TEXT NOT NULL,
    amount INTEGER NOT NULL, channel TEXT NOT NULL, made_ms INTEGER NOT NULL, actor_id TEXT NOT NULL,
    prev_hash TEXT NOT NULL, hash TEXT NOT NULL
);
CREATE TABLE drafts (
    dossier_id TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL, saved_ms INTEGER NOT NULL,
    PRIMARY KEY (dossier_id, kind)
);
CREATE TABLE sync_state (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
"""

_TRIGGERS = (
    "CREATE TRIGGER outbox_legal_edges BEFORE UPDATE OF state ON outbox WHEN OLD.state <> NEW.state AND NOT ("
    "(OLD.state = 'queued' AND NEW.state IN ('sending', 'resolved')) OR "
    "(OLD.state = 'sending' AND NEW.state IN ('queued', 'acked', 'needs_decision', 'parked')) OR "
    "(OLD.state = 'acked' AND NEW.state = 'queued') OR "
    "(OLD.state = 'needs_decision' AND NEW.state IN ('queued', 'resolved')) OR "
    "(OLD.state = 'parked' AND NEW.state IN ('queued', 'resolved'))) "
    "BEGIN SELECT RAISE(ABORT, 'illegal outbox edge'); END",
    "CREATE TRIGGER outbox_frozen BEFORE UPDATE OF key, dossier_id, type, actor_id, body, sha256 ON outbox "
    "BEGIN SELECT RAISE(ABORT, 'frozen outbox column'); END",
    "CREATE TRIGGER outbox_kept BEFORE DELETE ON outbox "
    "BEGIN SELECT RAISE(ABORT, 'outbox rows are never deleted'); END",
    "CREATE TRIGGER journal_insert_only BEFORE UPDATE ON journal "
    "BEGIN SELECT RAISE(ABORT, 'the journal is insert-only'); END",
    "CREATE TRIGGER journal_kept BEFORE DELETE ON journal "
    "BEGIN SELECT RAISE(ABORT, 'the journal is insert-only'); END",
)


def upgrade() -> None:
    """Create the tables and the triggers."""
    for statement in (*_TABLES.strip().split(";\n"), *_TRIGGERS):
        if statement.strip():
            op.execute(sa.text(statement.strip().rstrip(";")))


def downgrade() -> None:
    """Refuse: durable tables are never taken back."""
    raise RuntimeError("the first version has no way back")
