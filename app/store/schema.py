"""The tables of a desk. Durable ones are migrated and never rebuilt; derived ones may be dropped at any time.

Stands apart so that SQL names stand once; triggers (legal edges, frozen columns, insert-only journal) stand in the
migration that made them. Instants are integer UTC milliseconds, money whole đồng.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table, Text

NAMING = {"ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s"}

durable = MetaData(naming_convention=NAMING)
derived = MetaData(naming_convention=NAMING)

outbox = Table(
    "outbox",
    durable,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("place", Integer),
    Column("key", Text, nullable=False, unique=True),
    Column("dossier_id", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("if_match", Integer),
    Column("body", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("blobs", Text, nullable=False, server_default=""),
    Column("money", Integer, nullable=False, server_default="0"),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("created_ms", Integer, nullable=False),
    Column("not_before_ms", Integer, nullable=False, server_default="0"),
    Column("changed_ms", Integer, nullable=False),
    Column("last_problem", Text, nullable=False, server_default=""),
    Column("version", Integer),
    Column("reconciled_ms", Integer),
    Column("resolved_by", Text, nullable=False, server_default=""),
    Column("resolved_why", Text, nullable=False, server_default=""),
    Column("replaced_by", Text, nullable=False, server_default=""),
)
Index(None, outbox.c.state, outbox.c.seq)
Index(None, outbox.c.dossier_id, outbox.c.seq)

journal = Table(
    "journal",
    durable,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("dossier_id", Text, nullable=False),
    Column("notice_id", Text, nullable=False),
    Column("payment_id", Text, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("channel", Text, nullable=False),
    Column("made_ms", Integer, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

journal_seal = Table(
    "journal_seal",
    durable,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("officer_id", Text, nullable=False),
    Column("store_id", Text, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("head", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("signature", Text, nullable=False),
)

drafts = Table(
    "drafts",
    durable,
    Column("dossier_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("body", Text, nullable=False),
    Column("saved_ms", Integer, nullable=False),
)

access_log = Table(
    "access_log",
    durable,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("actor_id", Text, nullable=False),
    Column("dossier_id", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("at_ms", Integer, nullable=False),
)

sync_state = Table(
    "sync_state",
    durable,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

printed = Table(
    "printed",
    durable,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("paper", Text, nullable=False),
    Column("dossier_id", Text, nullable=False),
    Column("printed_ms", Integer, nullable=False),
    Column("actor_id", Text, nullable=False),
)
Index(None, printed.c.dossier_id, printed.c.paper)

number_block = Table(
    "number_block",
    durable,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("unit_id", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("next", Integer, nullable=False),
    Column("returned", Integer, nullable=False, server_default="0"),
)
Index(None, number_block.c.day, number_block.c.kind)

mirror = Table(
    "mirror",
    derived,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("mark", Integer, nullable=False, server_default="0"),
    Column("body", LargeBinary, nullable=False),
)
Index(None, mirror.c.mark)

dossier_row = Table(
    "dossier_row",
    derived,
    Column("pk", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("code", Text, nullable=False),
    Column("receipt_code", Text),
    Column("state", Integer, nullable=False),
    Column("queue", Text),
    Column("holder", Text, nullable=False),
    Column("holder_id", Text, nullable=False),
    Column("fee_status", Text, nullable=False),
    Column("due_ms", Integer),
    Column("soon_ms", Integer),
    Column("pending", Integer, nullable=False),
    Column("step_ms", Integer, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("code_key", Text, nullable=False),
    Column("procedure_key", Text, nullable=False),
    Column("fee_dong", Integer, nullable=False),
    Column("pay_late_ms", Integer),
    Column("unreached_ms", Integer),
    Column("facts", Text, nullable=False),
)
Index(None, dossier_row.c.code)
Index(None, dossier_row.c.receipt_code)
# Lists and counts read these two alone, never the wide rows: order first, then every column a condition names.
Index(
    None,
    dossier_row.c.queue,
    dossier_row.c.due_ms,
    dossier_row.c.pk,
    dossier_row.c.fee_status,
    dossier_row.c.soon_ms,
    dossier_row.c.state,
)
Index(
    "ix_dossier_row_due",
    dossier_row.c.due_ms,
    dossier_row.c.pk,
    dossier_row.c.queue,
    dossier_row.c.fee_status,
    dossier_row.c.soon_ms,
    dossier_row.c.state,
)

for _order in ("step_ms", "name_key", "code_key", "procedure_key", "fee_dong"):
    Index(
        f"ix_dossier_row_{_order}",
        dossier_row.c[_order],
        dossier_row.c.pk,
        dossier_row.c.queue,
        dossier_row.c.fee_status,
        dossier_row.c.due_ms,
        dossier_row.c.soon_ms,
        dossier_row.c.state,
    )

# Whose dossiers: found here, so that the other indexes need not bear a name each.
Index(
    None,
    dossier_row.c.holder,
    dossier_row.c.queue,
    dossier_row.c.state,
    dossier_row.c.fee_status,
    dossier_row.c.due_ms,
    dossier_row.c.soon_ms,
    dossier_row.c.holder_id,
)

# Few rows ever stand in these: an index of those alone costs the others nothing.
for _rare in ("pay_late_ms", "unreached_ms"):
    Index(
        f"ix_dossier_row_{_rare}",
        dossier_row.c[_rare],
        dossier_row.c.pk,
        dossier_row.c.queue,
        dossier_row.c.due_ms,
        sqlite_where=dossier_row.c[_rare].is_not(None),
    )

belonging = Table(
    "belonging",
    derived,
    # What was merged, or is of a restored portal's past, may stand in two dossiers until one has left.
    Column("id", Text, primary_key=True),
    Column("dossier_id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("open", Integer, nullable=False),
)
Index(None, belonging.c.dossier_id)
Index(None, belonging.c.kind, belonging.c.open)

# With an index of single letters too: the first key of a search finds its rows as fast as the third.
FTS_DDL = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS dossier_fts USING fts5("
    "code, name, phone, procedure, content='', contentless_delete=1, detail=column, prefix='1 2 3',"
    " tokenize='unicode61 remove_diacritics 0')"
)
FTS_DROP = "DROP TABLE IF EXISTS dossier_fts"
