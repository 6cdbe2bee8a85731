"""Tables of the sandbox portal, the same on SQLite and PostgreSQL.

Stands apart so that the schema is read in one place. A dossier is one JSON text; what must be found or counted beside
it has columns. Instants are integer UTC milliseconds, sums whole đồng.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

settings = Table("settings", metadata, Column("name", String, primary_key=True), Column("value", Text, nullable=False))

dossiers = Table(
    "dossiers",
    metadata,
    Column("id", String, primary_key=True),
    Column("code", String, nullable=False, unique=True),
    Column("receipt_code", String, index=True),
    Column("version", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

# Who looked at what: a code asked online, found or not (kind ``code``), or a masked fact or file that a desk told of
# (kind ``fact``, ``store_n`` its number there); insert-only.
looks = Table(
    "looks",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=True),
    Column("kind", String, nullable=False),
    Column("officer_id", String, nullable=False),
    Column("code", String, nullable=False),
    Column("dossier_id", String, nullable=False),
    Column("field", String, nullable=False),
    Column("desk", String, nullable=False),
    Column("store_id", String, nullable=False),
    Column("store_n", Integer, nullable=False),
    Column("at_ms", BigInteger, nullable=False, index=True),
    Index("ix_looks_store", "store_id", "store_n"),
)

# One row per unit that may see the dossier: its desk, every unit that ever held it, and the units above those.
dossier_scope = Table(
    "dossier_scope",
    metadata,
    Column("unit_id", String, primary_key=True),
    Column("dossier_id", String, primary_key=True),
    Column("feed_n", BigInteger, nullable=False),
    Index("ix_scope_feed", "unit_id", "feed_n"),
    Index("ix_scope_dossier", "dossier_id"),
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("unit_id", String, primary_key=True),
    Column("dossier_id", String, primary_key=True),
    Column("feed_n", BigInteger, nullable=False),
    Column("reason", String, nullable=False),
    Column("merged_into", String),
    Index("ix_tombstone_feed", "unit_id", "feed_n"),
)

# Numbers leased to a store ahead of time; what it never gave comes back as ``returned_from``.
number_blocks = Table(
    "number_blocks",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("unit_id", String, nullable=False),
    Column("store_id", String, nullable=False),
    Column("day", String, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("returned_from", Integer),
    Index("ix_blocks_day", "unit_id", "day", "kind"),
)

feed_counter = Table(
    "feed_counter",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("n", BigInteger, nullable=False),
)

commands = Table(
    "commands",
    metadata,
    Column("key", String, primary_key=True),
    Column("actor_id", String, nullable=False),
    Column("unit_id", String, nullable=False),
    Column("dossier_id", String, nullable=False),
    Column("type", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("status", String, nullable=False),
    Column("answer", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("payment_id", String),
    Column("amount", BigInteger),
    Column("channel", String),
    Column("reconciled_ms", BigInteger),
    Index("ix_commands_day", "unit_id", "at_ms"),
)

notices = Table(
    "notices",
    metadata,
    Column("id", String, primary_key=True),
    Column("dossier_id", String, nullable=False),
)

# Every sum that really moved, once: the primary key is what makes a repeat harmless.
payments = Table(
    "payments",
    metadata,
    Column("id", String, primary_key=True),
    Column("dossier_id", String, nullable=False, index=True),
    Column("notice_id", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("recorded_ms", BigInteger, nullable=False),
)

# How far the money journal of each store was when the portal countersigned it; insert-only.
journal_heads = Table(
    "journal_heads",
    metadata,
    Column("officer_id", String, primary_key=True),
    Column("store_id", String, primary_key=True),
    Column("rows", Integer, primary_key=True, autoincrement=False),
    Column("head", String, nullable=False),
)

# Leave cover, set by heads: who is away on which legal days, and who does the work.
covers = Table(
    "covers",
    metadata,
    Column("officer_id", String, primary_key=True),
    Column("from_day", String, primary_key=True),
    Column("to_day", String, nullable=False),
    Column("substitute_id", String),
)

# The working calendar, one row a year, as the administrator last put it in force.
calendars = Table(
    "calendars",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
)

# Every replacement of a year; insert-only.
calendar_versions = Table(
    "calendar_versions",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=True),
    Column("year", Integer, nullable=False),
    Column("version", String, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("by", String, nullable=False),
    Column("said", Text, nullable=False),
    Column("recounted", Integer, nullable=False),
)

# What desks told of work that waits there for officers who are absent, and to whom the head has handed it over.
desk_unsent = Table(
    "desk_unsent",
    metadata,
    Column("desk_id", String, primary_key=True),
    Column("officer_id", String, primary_key=True),
    Column("desk_name", String, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("undecided", Integer, nullable=False),
    Column("oldest_ms", BigInteger, nullable=False),
    Column("commands", Text, nullable=False),
    Column("since_ms", BigInteger, nullable=False),
    Column("told_ms", BigInteger, nullable=False),
    Column("handed_to", String, nullable=False, default=""),
    Column("handed", Text, nullable=False, default=""),
)

numbers = Table(
    "numbers",
    metadata,
    Column("kind", String, primary_key=True),
    Column("unit_id", String, primary_key=True),
    Column("day", String, primary_key=True),
    Column("last", Integer, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("officer_id", String, primary_key=True),
    Column("username", String, nullable=False, unique=True),
    Column("salt", String, nullable=False),
    Column("password_hash", String, nullable=False),
)

auth_codes = Table(
    "auth_codes",
    metadata,
    Column("code_hash", String, primary_key=True),
    Column("officer_id", String, nullable=False),
    Column("challenge", String, nullable=False),
    Column("redirect_uri", String, nullable=False),
    Column("client_id", String, nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("token_hash", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("family", String, nullable=False, index=True),
    Column("officer_id", String, nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
    Column("used", Boolean, nullable=False, default=False),
)

blobs = Table(
    "blobs",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("mime", String, nullable=False),
    Column("name", String, nullable=False),
    Column("complete", Boolean, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", String, primary_key=True),
    Column("dossier_id", String, nullable=False, index=True),
    Column("notice_id", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("address", String, nullable=False),
    Column("state", String, nullable=False),
    Column("code", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("queued_ms", BigInteger, nullable=False),
    Column("next_try_ms", BigInteger, nullable=False),
    Index("ix_deliveries_due", "state", "next_try_ms"),
)

# What citizens can read: the account's inbox, what the mail sink took, the log of text messages.
citizen_messages = Table(
    "citizen_messages",
    metadata,
    Column("id", String, primary_key=True),
    Column("channel", String, nullable=False),
    Column("address", String, nullable=False),
    Column("dossier_id", String, nullable=False, index=True),
    Column("notice_id", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("read_ms", BigInteger),
)

payment_sessions = Table(
    "payment_sessions",
    metadata,
    Column("id", String, primary_key=True),
    Column("notice_id", String, nullable=False),
    Column("dossier_id", String, nullable=False),
    Column("gateway", String, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("state", String, nullable=False),
    Column("opened_ms", BigInteger, nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
    Index("ix_sessions_open", "state", "expires_ms"),
)
