"""Fills an empty portal with believable dossiers, the same for the same seed and clock.

Stands apart because it is about speed: some thousand lives are lived through the domain's rules, then dressed with
people and numbers as text and written in bulk. The same numbers and feed places come out as if they had been filed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import func, insert, select, update

from app import catalogues
from app.clock import to_ms
from app.contract.codec import dossier_bytes
from app.domain.calendar import Calendar
from app.domain.deadline import working_start
from app.domain.dossier import Dossier
from app.domain.people import FileRef
from app.domain.refunds import case_id
from app.domain.words import State
from app.ids import IdSource
from app.sandbox import tables
from app.sandbox.ledger import holding_units, payment_row
from app.sandbox.portal import Portal
from app.sandbox.seeding import people
from app.sandbox.seeding.lives import begin, limit_of
from app.sandbox.seeding.papers import all_papers
from app.sandbox.seeding.stories import STORIES

LIVES = 4_000
_CHUNK = 2_000
_TOKEN = re.compile(r"@(?:id|code|receipt|name|kind|identity|phone|handle|address|[npc]\d)@")
_DESKS = ("H32.8", "H32.8", "H32.8", "H32.8", "H32.8", "H32.9")


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One life, ready to be dressed: its text with tokens, and what the tables beside it need."""

    body: str
    dossier: Dossier
    units: tuple[str, ...]


def seed_dossiers(portal: Portal, count: int, seed: int) -> int:
    """Put ``count`` dossiers into a portal that has none; return how many were put in."""
    with portal.database.reading() as connection:
        if connection.execute(select(func.count()).select_from(tables.dossiers)).scalar_one():
            return 0
    rng = Random(seed)
    papers = tuple(
        FileRef(portal.attachments.put(data, mime=mime, name=name), name, len(data), mime)
        for name, mime, data in all_papers()
    )
    now = portal.clock.now().replace(microsecond=0)
    patterns = [_lived(rng, number, now, portal.calendar, papers) for number in range(min(count, LIVES))]
    dresser = _Dresser(rng)
    wanted = (dresser.dress(patterns[number % len(patterns)], number) for number in range(count))
    with portal.database.writing() as connection:
        while chunk := list(islice(wanted, _CHUNK)):
            for table, rows in _by_table(chunk).items():
                connection.execute(insert(tables.metadata.tables[table]), rows)
        if numbers := dresser.number_rows():
            connection.execute(insert(tables.numbers), numbers)
        connection.execute(update(tables.feed_counter).values(n=count))
    return count


def _lived(rng: Random, number: int, now: datetime, calendar: Calendar, papers: tuple[FileRef, ...]) -> _Pattern:
    codes = sorted(catalogues.procedures())
    procedure = catalogues.procedures()[codes[number % len(codes)]]
    (_, recent, deeds), = rng.choices(STORIES, weights=[weight for weight, _, _ in STORIES])
    age = timedelta(hours=rng.uniform(0.2, 30)) if recent else limit_of(procedure) * rng.uniform(0.05, 1.3)
    filed_at = min(working_start(calendar, now - age) + timedelta(minutes=rng.randrange(50)), now)
    life = begin(procedure, rng.choice(_DESKS), rng, calendar, filed_at, now, papers, len(deeds) + 1)
    for deed in deeds:
        deed(life)
    body = dossier_bytes(life.dossier).decode()
    for payment in life.dossier.payments:
        body = body.replace(case_id(payment.id), payment.id.replace("@p", "@c"))
    return _Pattern(body, life.dossier, tuple(sorted(holding_units(life.dossier) | _ever_held(life.dossier))))


def _ever_held(dossier: Dossier) -> frozenset[str]:
    """Return the units of the steps that a dossier has been through: once forwarded, always seen."""
    if dossier.state in (State.SUBMITTED, State.REFUSED, State.RECEIVED, State.WITHDRAWN):
        return frozenset()
    return frozenset({dossier.procedure.steps[1].unit_id})


class _Dresser:
    """Puts people, numbers and identities into patterns, in order."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._moment = 0
        self._ids = IdSource(lambda: self._moment, rng.randbytes)
        self._numbers: Counter[tuple[str, str, str]] = Counter()

    def dress(self, pattern: _Pattern, number: int) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the table rows of one dossier as (table name, row)."""
        dossier = pattern.dossier
        self._moment = to_ms(dossier.submitted_at)
        citizen = people.draw(self._rng, number)
        values = {
            "@id@": self._ids.new(), "@code@": self._code("code", dossier.desk_unit_id, dossier.submitted_at, "%y%m%d"),
            "@receipt@": "", "@name@": citizen.name, "@kind@": citizen.kind, "@identity@": citizen.identity_no,
            "@phone@": citizen.phone, "@handle@": citizen.handle, "@address@": citizen.address,
        }  # fmt: skip
        if dossier.received_at is not None:
            values["@receipt@"] = self._code("receipt", dossier.desk_unit_id, dossier.received_at, "%Y%m%d")
        values |= {notice.id: self._ids.new() for notice in dossier.notices}
        for payment in dossier.payments:
            values[payment.id] = self._ids.new()
            values[payment.id.replace("@p", "@c")] = case_id(values[payment.id])
        body = _TOKEN.sub(lambda match: values[match[0]], pattern.body)
        return self._rows(pattern, values, body, number + 1)

    def number_rows(self) -> list[dict[str, Any]]:
        """Return how far the numbers of each desk and day have come."""
        return [
            {"kind": kind, "unit_id": unit, "day": day, "last": last}
            for (kind, unit, day), last in self._numbers.items()
        ]

    def _rows(
        self, pattern: _Pattern, values: dict[str, str], body: str, n: int
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        dossier, identity = pattern.dossier, values["@id@"]
        yield "dossiers", {
            "id": identity, "code": values["@code@"], "receipt_code": values["@receipt@"] or None,
            "version": dossier.version, "body": body,
        }  # fmt: skip
        for unit in pattern.units:
            yield "dossier_scope", {"unit_id": unit, "dossier_id": identity, "feed_n": n}
        for notice in dossier.notices:
            yield "notices", {"id": values[notice.id], "dossier_id": identity}
        for payment in dossier.payments:
            row = payment_row(identity, payment)
            yield "payments", row | {"id": values[payment.id], "notice_id": values[payment.notice_id]}

    def _code(self, kind: str, unit: str, moment: datetime, form: str) -> str:
        key = (kind, unit, f"{moment:%Y%m%d}")
        self._numbers[key] += 1
        return f"{unit}-{moment:{form}}-{self._numbers[key]:04d}"


def _by_table(chunk: list[Iterator[tuple[str, dict[str, Any]]]]) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for dossier in chunk:
        for table, row in dossier:
            rows.setdefault(table, []).append(row)
    return rows
