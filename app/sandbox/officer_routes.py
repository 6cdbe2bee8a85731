"""``/v1``: what officers' programs ask and say (design §8).

Stands apart from the citizen's and the control routes: this is the contract in ``resources/portal/openapi.json``.
Handlers are plain functions; the server runs them in its thread pool.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy import select

from app.contract import openapi, province
from app.contract.problems import Problem
from app.contract.province import JournalHead
from app.contract.wire import MAX_BATCH, Capabilities, CommandBatch, CommandResults, Me
from app.domain.people import Officer
from app.sandbox import tables
from app.sandbox.answers import BODY, json_response, no, plain_json, problem_response, read, sign_in_needed
from app.sandbox.catalogue_answers import catalogue_routes
from app.sandbox.commands import sees
from app.sandbox.feed import CursorOver
from app.sandbox.lookup import look_up, may_look_up
from app.sandbox.offices import offices
from app.sandbox.portal import Portal
from app.sandbox.province import countersigned, sealing_seed, signing_seed
from app.sandbox.reconciliation import reconciled
from app.sandbox.unit_routes import unit_routes

API = 1
FEATURES = (
    "wait", "reconciliation", "blobs", "vnpay", "momo", "covers", "calendars",
    "receipt-blocks", "settings", "unsent", "lookup", "journal-heads",
)  # fmt: skip


def officer_routes(portal: Portal) -> APIRouter:
    """Return the routes of ``/v1`` except attachments."""
    router = APIRouter(prefix="/v1")
    signed_in = Depends(sign_in_needed(portal))

    @router.get("/capabilities")
    def capabilities() -> Response:
        return json_response(
            Capabilities(
                API,
                API,
                portal.epoch,
                features=FEATURES,
                sandbox=True,
                signing_key=province.signing_key(signing_seed(portal.database)),
                sealing_key=province.sealing_key(sealing_seed(portal.database)),
            )
        )

    @router.get("/openapi.json")
    def document() -> Response:
        return plain_json(openapi.document())

    @router.get("/me")
    def me(officer: Officer = signed_in) -> Response:
        roles, rights = tuple(sorted(officer.roles)), tuple(sorted(officer.rights))
        name = offices()[officer.unit_id].name
        return json_response(Me(officer.id, officer.username, officer.name, officer.unit_id, roles, rights, name))

    @router.get("/sync")
    def sync(officer: Officer = signed_in, cursor: str = "", limit: int = 500, wait: float = 0) -> Response:
        try:
            return json_response(portal.feed.page(officer, cursor, limit, wait))
        except CursorOver as over:
            return problem_response(over.problem)

    @router.post("/commands")
    def commands(officer: Officer = signed_in, body: bytes = BODY) -> Response:
        batch = _batch(body)
        foreign = [envelope for envelope in batch.commands if envelope.actor_id != officer.id]
        if foreign and not portal.commands.handed_over(officer, foreign):
            raise no("forbidden", "A command goes out under its own officer's session only")
        return json_response(CommandResults(portal.commands.take(officer, batch.commands)))

    @router.get("/commands/{key}")
    def command(key: str, officer: Officer = signed_in) -> Response:
        found = portal.commands.what_became_of(officer, key)
        if found is None:
            raise no("not-found", "No command of yours has this key")
        return json_response(found)

    @router.get("/dossiers/{dossier_id}")
    def dossier(dossier_id: str, officer: Officer = signed_in) -> Response:
        version, body = _visible(portal, officer, dossier_id)
        return json_response(f'{{"id":"{dossier_id}","version":{version},"body":{body}}}'.encode())

    @router.get("/notices/{notice_id}")
    def notice(notice_id: str, officer: Officer = signed_in) -> Response:
        return _notice(portal, officer, notice_id)

    router.include_router(_ledgers(portal))
    router.include_router(unit_routes(portal))
    router.include_router(catalogue_routes(portal))
    return router


def _ledgers(portal: Portal) -> APIRouter:
    """Return the routes that are written down for good: who looked where, and whose money is where."""
    router = APIRouter()
    signed_in = Depends(sign_in_needed(portal))

    @router.get("/lookup")
    def lookup(
        code: Annotated[str, Query(max_length=64)],
        desk: Annotated[str, Query(max_length=64)] = "",
        officer: Officer = signed_in,
    ) -> Response:
        if not may_look_up(officer):
            raise no("forbidden", "Reception looks up dossiers of other desks")
        with portal.database.writing() as connection:
            found = look_up(connection, officer, code, desk, portal.clock.now())
        if found is None:
            raise no("not-found", "No dossier has this code")
        return json_response(found)

    @router.get("/reconciliation")
    def reconciliation(day: Annotated[date, Query(alias="date")], officer: Officer = signed_in) -> Response:
        return json_response(reconciled(portal, officer, day))

    @router.post("/journal-heads")
    def journal_head(officer: Officer = signed_in, body: bytes = BODY) -> Response:
        found = countersigned(portal, officer, read(JournalHead, body))
        return problem_response(found) if isinstance(found, Problem) else json_response(found)

    return router


def _batch(body: bytes) -> CommandBatch:
    batch = read(CommandBatch, body)
    if not 0 < len(batch.commands) <= MAX_BATCH:
        raise no("bad-request", f"1 to {MAX_BATCH} commands in a batch")
    return batch


def _visible(portal: Portal, officer: Officer, dossier_id: str) -> tuple[int, str]:
    columns = tables.dossiers.c
    with portal.database.reading() as connection:
        query = select(columns.version, columns.body).where(columns.id == dossier_id)
        row = connection.execute(query).one_or_none()
        if row is None:
            raise no("not-found", "No such dossier")
        if not sees(connection, officer, dossier_id):
            raise no("forbidden", "This dossier is not in your units")
    return int(row.version), str(row.body)


def _notice(portal: Portal, officer: Officer, notice_id: str) -> Response:
    with portal.database.reading() as connection:
        query = select(tables.notices.c.dossier_id).where(tables.notices.c.id == notice_id)
        dossier_id = connection.execute(query).scalar_one_or_none()
    if dossier_id is None:
        raise no("not-found", "No such notice")
    version, body = _visible(portal, officer, dossier_id)
    found = next(n for n in orjson.loads(body)["notices"] if n["id"] == notice_id)
    return plain_json({"id": notice_id, "dossier_id": dossier_id, "version": version, "body": found})
