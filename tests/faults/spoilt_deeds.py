"""Every address that the desk reads, with the deed of a real desk that asks it.

Stands apart from the campaign as a table: a new endpoint of ``app.portal`` gets its line here, and a test compares.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from sqlalchemy import text

from app.contract.province import JournalHead
from app.contract.wire import BlobCreate, CoverSetting, HandOver, JsonObject
from app.contract.wire_unit import CalendarEdit, SeenFacts
from app.domain.unit_settings import UnitSettings
from app.errors import BadInput, Refused
from app.services import session as desk_session
from app.services.desk import Desk
from app.sync import calendars
from tests.simulation.deeds import OFFICERS, dossier_at


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks with what: a desk, its dice, and the ids that are there."""

    desk: Desk
    dice: Random

    @property
    def client(self) -> Any:
        return self.desk.engine.puller.client

    def one(self, sql: str, otherwise: str = "no-such-thing") -> str:
        """Return one value of the desk's store, drawn by the dice."""
        with self.desk.store.read() as connection:
            found = list(connection.execute(text(sql)).scalars())
        return str(self.dice.choice(found)) if found else otherwise


Deed = Callable[[Asked], object]


def act(asked: Asked) -> object:
    """Let the officer do something that must be sent, and send it."""
    ids = [asked.one("select id from dossier_row order by id") for _ in range(4)]
    for dossier_id in ids:
        dossier = dossier_at(asked.desk, dossier_id)
        for name in asked.dice.sample(_ACTS, len(_ACTS)):
            try:
                OFFICERS[name][1](asked.desk, dossier, asked.dice)
            except (IndexError, Refused, BadInput):
                continue
            asked.desk.engine.sender.send_lane_now(dossier_id)
            return asked.desk.engine.sender.step()
    return None


_ACTS = ("receive", "notify", "tick_paid", "collect", "reverse_payment", "cancel_notice", "forward", "register")


def upload(asked: Asked) -> str:
    return asked.client.blobs.upload(asked.dice.randbytes(3000), mime="application/pdf", name="giấy.pdf")


def half_blob(asked: Asked) -> str:
    """Announce an attachment and send its first half; returns the digest."""
    data = asked.dice.randbytes(2000)
    digest = hashlib.sha256(data).hexdigest()
    asked.client.blobs.create(BlobCreate(digest, len(data), "application/pdf"))
    asked.client.blobs.append(digest, 0, data[:1000])
    return digest


def renewed(asked: Asked) -> object:
    tokens = asked.client._caller._tokens
    return tokens.renewed(tokens.current())


def blocks(asked: Asked) -> object:
    keep = asked.desk.engine.puller.numbers
    with asked.desk.store.write() as connection:  # used up, hence asked for
        connection.execute(text("update number_block set next = last + 1"))
    return keep.keep()


def calendar(asked: Asked) -> object:
    engine = asked.desk.engine.puller
    return calendars.take_over(engine.store, engine.projector, engine.client, engine.bus)


_DOSSIER, _NOTICE = "select id from mirror order by id", "select id from belonging where kind = 'notice' order by id"
_CODE, _KEY = "select code from dossier_row order by code", "select key from outbox order by key"
_LEAVE = CoverSetting("9f3c5d3e-0000-5000-8000-000000000000", None, date(2026, 11, 23), date(2026, 11, 23))

CLERK, HEAD = "quay1", "truong"
DEEDS: dict[str, tuple[str, Deed]] = {
    "GET /v1/sync": (CLERK, lambda a: a.desk.engine.puller.step()),
    "POST /v1/commands": (CLERK, act),
    "GET /v1/commands/*": (CLERK, lambda a: a.client.command_status(a.one(_KEY))),
    "GET /v1/dossiers/*": (CLERK, lambda a: a.desk.engine.ask.freshest(a.one(_DOSSIER))),
    "GET /v1/notices/*": (CLERK, lambda a: a.client.notice(a.one(_NOTICE))),
    "POST /v1/blobs": (CLERK, upload),
    "PATCH /v1/blobs/*": (CLERK, upload),
    "HEAD /v1/blobs/*": (CLERK, lambda a: a.client.blobs.offset(half_blob(a))),
    "GET /v1/blobs/*": (CLERK, lambda a: a.client.blobs.download(upload(a))),
    "POST /oauth/token": (CLERK, renewed),
    "GET /v1/capabilities": (CLERK, lambda a: a.client.capabilities()),
    "GET /v1/me": (CLERK, lambda a: a.client.me()),
    "GET /v1/procedures": (CLERK, lambda a: a.client.procedures()),
    "GET /v1/calendars": (CLERK, calendar),
    "PUT /v1/calendars": (HEAD, lambda a: a.client.replace_calendar(CalendarEdit(2026, "", JsonObject(b"{}")))),
    "POST /v1/calendars": (HEAD, lambda a: a.client.foresee_calendar(CalendarEdit(2026, "", JsonObject(b"{}")))),
    "GET /v1/calendars/versions": (HEAD, lambda a: a.client.calendar_versions()),
    "GET /v1/looks": (HEAD, lambda a: a.client.looks(a.desk.clock.now().date())),
    "POST /v1/looks": (CLERK, lambda a: a.client.tell_looks(SeenFacts("store-1", "quầy 1", ()))),
    "POST /v1/journal-heads": (CLERK, lambda a: a.client.countersign(JournalHead("store-1", 1, "0" * 64))),
    "GET /v1/units": (CLERK, lambda a: a.client.units()),
    "GET /v1/lookup": (CLERK, lambda a: a.client.look_up(a.one(_CODE), "quầy 1")),
    "GET /v1/reconciliation": (CLERK, lambda a: desk_session.reconcile(a.desk)),
    "POST /v1/receipt-blocks": (CLERK, blocks),
    "POST /v1/desk-status": (CLERK, lambda a: a.desk.engine.puller.teller.tell()),
    "GET /v1/unsent": (HEAD, lambda a: a.desk.engine.ask.unsent()),
    "PUT /v1/unsent": (HEAD, lambda a: a.desk.engine.ask.hand_over(HandOver("d", "o", "p"))),
    "GET /v1/settings": (CLERK, lambda a: a.desk.engine.ask.settings()),
    "PUT /v1/settings": (HEAD, lambda a: a.desk.engine.ask.change_settings(UnitSettings())),
    "GET /v1/covers": (HEAD, lambda a: a.desk.engine.ask.covers()),
    "PUT /v1/covers": (HEAD, lambda a: a.desk.engine.ask.set_cover(_LEAVE)),
    "DELETE /v1/covers": (HEAD, lambda a: a.desk.engine.ask.end_cover(_LEAVE.officer_id, _LEAVE.from_day)),
}

SWALLOWED = frozenset({"GET /v1/dossiers/*", "GET /v1/reconciliation", "POST /v1/commands"})
"""Deeds that raise nothing when the portal is not understood: they say so in another way."""


def endpoint(method: str, path: str) -> str:
    """Return the name under which a request stands in ``DEEDS``."""
    for place in ("/v1/commands/", "/v1/dossiers/", "/v1/notices/", "/v1/blobs/"):
        if path.startswith(place):
            return f"{method} {place}*"
    return f"{method} {path}"
