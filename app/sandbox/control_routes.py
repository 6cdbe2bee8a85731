"""``/sandbox``: the control API for time, faults and looking behind the scenes; loopback only.

Stands apart because no real portal has it: whoever tests the desk moves the clock and breaks the line here.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from fastapi import APIRouter, Response
from sqlalchemy import select

from app.domain.words import Role
from app.sandbox import tables
from app.sandbox.answers import BODY, json_object, json_value, no, plain_json
from app.sandbox.citizens import message_object
from app.sandbox.database import set_setting
from app.sandbox.faults import Fault, FaultPlan
from app.sandbox.ledger import writing
from app.sandbox.portal import Portal


def control_routes(portal: Portal, plan: FaultPlan) -> APIRouter:
    """Return the routes of the control API."""
    router = APIRouter(prefix="/sandbox")

    @router.get("/clock")
    def time() -> Response:
        return plain_json({"now": portal.clock.now().isoformat()})

    @router.post("/clock")
    def move(body: bytes = BODY) -> Response:
        asked = json_object(body)
        now = asked.get("now")
        seconds = asked.get("advance_s")
        if isinstance(now, str):
            try:
                moment = datetime.fromisoformat(now)
            except ValueError:
                raise no("bad-request", "now is an ISO 8601 instant") from None
            portal.clock.set(moment)
        elif isinstance(seconds, int | float):
            portal.clock.advance(float(seconds))
        else:
            raise no("bad-request", "now (ISO 8601) or advance_s (seconds) is needed")
        return plain_json({"now": portal.clock.now().isoformat()})

    @router.post("/faults")
    def faults(body: bytes = BODY) -> Response:
        asked = json_value(body)
        rows = asked.get("faults") if isinstance(asked, dict) else asked
        if not isinstance(rows, list):
            raise no("bad-request", "A list of faults is needed; an empty one ends them")
        try:
            plan.replace([Fault.from_object(item) for item in rows])
        except (KeyError, TypeError, ValueError) as wrong:
            raise no("bad-request", f"no such fault: {wrong}") from wrong
        return plain_json({"faults": plan.as_objects()})

    @router.get("/faults")
    def left() -> Response:
        return plain_json({"faults": plan.as_objects()})

    @router.get("/messages")
    def messages(channel: str = "", address: str = "") -> Response:
        columns = tables.citizen_messages.c
        query = select(tables.citizen_messages).order_by(columns.at_ms, columns.id)
        query = query.where(columns.channel == channel) if channel else query
        query = query.where(columns.address == address) if address else query
        with portal.database.reading() as connection:
            rows = connection.execute(query).all()
        return plain_json({"messages": [message_object(row) for row in rows]})

    @router.post("/accounts")
    def account(body: bytes = BODY) -> Response:
        asked = json_object(body)
        username, roles = str(asked.get("username")), asked.get("roles")
        if "revoked" in asked:
            portal.identity.set_revoked(username, asked["revoked"] is True)
        if "roles" in asked:
            portal.identity.set_roles(username, [Role(word) for word in roles] if isinstance(roles, list) else None)
        return plain_json({})

    @router.post("/epoch")
    def epoch() -> Response:
        with portal.database.writing() as connection:
            set_setting(connection, "epoch", secrets.token_hex(8))
        return plain_json({"epoch": portal.epoch})

    @router.post("/tombstones")
    def bury(body: bytes = BODY) -> Response:
        asked = json_object(body)
        into = asked.get("into")
        with writing(portal.database) as ledger:
            ledger.bury(str(asked.get("id")), str(asked.get("reason", "deleted")), str(into) if into else None)
        return plain_json({})

    return router
