"""The shapes that travel between desk and portal, one frozen dataclass each.

Stands apart because both sides import the same classes: the sandbox writes them, the desk reads them. Unknown fields
are ignored and unknown words are kept as plain text, so that a newer portal never breaks an older desk. The dossier
itself is not modelled here: its body travels as an object and is kept as compact JSON bytes (``JsonObject``).
pydantic is imported only when the first small answer is read: it costs more than the first painted window.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.contract.problems import Problem

MAX_BATCH = 50
MAX_WAIT_S = 25
MAX_BLOB_BYTES = 25 * 1024 * 1024


class JsonObject(bytes):
    """Compact UTF-8 JSON of one object; on the wire it is that object, not a string."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> Any:
        """Tell pydantic, when it asks, to pass the object through as bytes."""
        import orjson
        from pydantic_core import core_schema

        def read(value: object) -> JsonObject:
            if isinstance(value, bytes):
                return cls(value)
            if not isinstance(value, dict):
                raise ValueError("not an object")
            return cls(orjson.dumps(value))

        def write(value: bytes) -> object:
            return orjson.loads(bytes(value))

        return core_schema.no_info_plain_validator_function(
            read, serialization=core_schema.plain_serializer_function_ser_schema(write)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: object, handler: object) -> dict[str, Any]:
        """Describe the open object for the OpenAPI document."""
        return {"type": "object", "additionalProperties": True}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may carry."""

    commands: int = MAX_BATCH
    sync_page: int = 500
    wait_s: int = MAX_WAIT_S
    blob_bytes: int = MAX_BLOB_BYTES


@dataclass(frozen=True, slots=True)
class Capabilities:
    """``GET /v1/capabilities``: readable without a session; ``epoch`` changes when the portal is restored."""

    api_min: int
    api_max: int
    epoch: str
    limits: Limits = field(default_factory=Limits)
    features: tuple[str, ...] = ()
    sandbox: bool = False
    signing_key: str = ""
    sealing_key: str = ""


@dataclass(frozen=True, slots=True)
class Me:
    """``GET /v1/me``: the officer of this session; words as in ``domain.words`` ``Role`` and ``Right``."""

    officer_id: str
    username: str
    name: str
    unit_id: str
    roles: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    unit_name: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """The whole truth about one dossier at ``version``; ``GET /v1/dossiers/{id}`` answers one of these."""

    id: str
    version: int
    body: JsonObject


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A dossier this officer no longer sees: ``deleted``, ``out_of_scope`` or ``merged_into`` another."""

    id: str
    reason: str
    into: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of ``GET /v1/sync``; a dossier and its children never stand on two pages.

    ``calendars``: the version of that catalogue in force; whoever has another asks for it.
    """

    changes: tuple[Change, ...]
    tombstones: tuple[Tombstone, ...]
    next_cursor: str
    has_more: bool
    epoch: str
    server_time: datetime
    calendars: str = ""


@dataclass(frozen=True, slots=True)
class CommandEnvelope:
    """One frozen command: ``body`` is JSON text, ``sha256`` the hex digest of its UTF-8 bytes, hashed unparsed."""

    key: str
    actor_id: str
    type: str
    dossier_id: str
    if_match: int | None
    sha256: str
    body: str


@dataclass(frozen=True, slots=True)
class CommandBatch:
    """``POST /v1/commands``: at most ``MAX_BATCH`` commands."""

    commands: tuple[CommandEnvelope, ...]


@dataclass(frozen=True, slots=True)
class CommandResult:
    """What became of one command: ``status`` is done, replayed, refused or retry.

    ``version`` is the dossier's version that holds the effect; done and replayed always carry it.
    """

    key: str
    sha256: str
    status: str
    dossier_id: str
    version: int | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class CommandResults:
    """The answer to a batch, in its order."""

    results: tuple[CommandResult, ...]


@dataclass(frozen=True, slots=True)
class NoticeTruth:
    """``GET /v1/notices/{id}``: the notice as it is now, and the version of the dossier it belongs to."""

    id: str
    dossier_id: str
    version: int
    body: JsonObject


@dataclass(frozen=True, slots=True)
class BlobCreate:
    """``POST /v1/blobs``: announces an attachment; ``name`` is for people, never a path."""

    sha256: str
    size: int
    mime: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class BlobState:
    """How far an upload is; ``complete`` only after the portal verified the digest."""

    sha256: str
    size: int
    offset: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Catalogue:
    """``GET /v1/procedures``, ``/v1/calendars``, ``/v1/units``: all items of one version, which is also the ETag.

    An item of ``/v1/calendars`` is one year: ``version years provisional hours rules off[] worked[]``.
    """

    version: str
    items: tuple[JsonObject, ...]

    @property
    def text(self) -> str:
        """All items as one JSON list: how a desk keeps them."""
        return "[" + ",".join(item.decode() for item in self.items) + "]"


@dataclass(frozen=True, slots=True)
class ReconciledKey:
    """One money command as the portal's ledger has it; ``reconciled_at`` ends its waiting on the desk."""

    key: str
    dossier_id: str
    payment_id: str
    amount: int
    channel: str
    reconciled_at: datetime | None = None
    actor_id: str = ""


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """``GET /v1/reconciliation?date=``: one desk, one legal day, key by key; sums in đồng."""

    day: date
    epoch: str
    total: int
    keys: tuple[ReconciledKey, ...]


@dataclass(frozen=True, slots=True)
class NumberBlock:
    """Running numbers of one unit's day that one store alone may give; ``kind``: code or receipt."""

    id: str
    kind: str
    unit_id: str
    day: date
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class BlockRequest:
    """``POST /v1/receipt-blocks``: numbers for these days; ``more`` names days whose blocks are nearly used up.

    ``store_id`` is one officer's store on one desk. ``returned``: (block id, first number never given) of days
    that are over.
    """

    store_id: str
    days: tuple[date, ...]
    more: tuple[date, ...] = ()
    returned: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class NumberBlocks:
    """Every block of this store for the days asked."""

    blocks: tuple[NumberBlock, ...]


@dataclass(frozen=True, slots=True)
class CoverSetting:
    """Leave of one officer, both days included; without a substitute his work goes to the unit's queue."""

    officer_id: str
    substitute_id: str | None
    from_day: date
    to_day: date


@dataclass(frozen=True, slots=True)
class CoverSettings:
    """``GET /v1/covers``: every leave the portal knows."""

    covers: tuple[CoverSetting, ...]


@dataclass(frozen=True, slots=True)
class UnsentCommand:
    """One frozen command that waits on a desk: its key and the digest of its body."""

    key: str
    sha256: str


@dataclass(frozen=True, slots=True)
class UnsentOf:
    """What waits on a desk for an officer who is not there; ``amount`` đồng of money acts among it.

    ``undecided`` commands wait for that officer's own decision and cannot be sent by anybody else.
    """

    officer_id: str
    oldest_at: datetime
    amount: int
    undecided: int
    commands: tuple[UnsentCommand, ...]


@dataclass(frozen=True, slots=True)
class DeskStatus:
    """``POST /v1/desk-status``: all that waits on this desk for others than the officer who tells it."""

    desk_id: str
    desk_name: str
    unsent: tuple[UnsentOf, ...]


@dataclass(frozen=True, slots=True)
class HandedWork:
    """Commands of an absent officer that the head has handed over; exactly these keys may be delivered."""

    officer_id: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HandedWorks:
    """The answer to a desk's status: what was handed over to the officer who told it, on this desk."""

    works: tuple[HandedWork, ...]


@dataclass(frozen=True, slots=True)
class UnsentWork:
    """Work of an absent officer as the head sees it; ``since``: first told, ``told_at``: last told by its desk."""

    desk_id: str
    desk_name: str
    officer_id: str
    count: int
    undecided: int
    amount: int
    oldest_at: datetime
    since: datetime
    told_at: datetime
    handed_to: str = ""


@dataclass(frozen=True, slots=True)
class UnsentWorks:
    """``GET /v1/unsent``: unsent work in the head's unit that has waited a working hour on a desk that is online."""

    works: tuple[UnsentWork, ...]


@dataclass(frozen=True, slots=True)
class HandOver:
    """``PUT /v1/unsent``: let another officer deliver what waits there now; each fact keeps its own officer."""

    desk_id: str
    officer_id: str
    to_officer_id: str
