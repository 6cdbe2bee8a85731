"""``/citizen``: the simulator's door; loopback only.

Stands apart from ``/v1``: no officer's program ever calls it, and a real portal has pages here instead.
"""

from __future__ import annotations

import urllib.parse
from typing import Any

from fastapi import APIRouter, Request, Response

from app.domain.dossier import Component
from app.domain.folding import clean_name
from app.domain.people import FileRef, Person
from app.domain.words import FilingChannel, Gateway
from app.errors import BadInput
from app.sandbox.answers import BODY, json_object, no, plain_json
from app.sandbox.attachments import NotTaken
from app.sandbox.citizens import Citizens
from app.sandbox.filing import Application
from app.sandbox.gateways import momo, vnpay
from app.sandbox.offices import DEFAULT_DESK, offices
from app.sandbox.portal import Portal


def citizen_routes(portal: Portal) -> APIRouter:
    """Return the routes of the citizen simulator."""
    router = APIRouter(prefix="/citizen")
    citizens = Citizens(portal)

    @router.post("/files")
    def attach(request: Request, body: bytes = BODY) -> Response:
        mime = request.headers.get("content-type", "application/octet-stream")
        name = urllib.parse.unquote(request.headers.get("x-file-name", "tep"))
        try:
            sha256 = portal.attachments.put(body, mime=mime, name=name)
        except NotTaken as refused:
            raise no(refused.problem.type, refused.problem.detail) from refused
        return plain_json({"sha256": sha256, "name": name, "size_bytes": len(body), "mime": mime}, 201)

    @router.post("/dossiers")
    def file(body: bytes = BODY) -> Response:
        asked = json_object(body)
        desk = str(asked.get("unit") or DEFAULT_DESK)
        if desk not in offices() or offices()[desk].parent is not None:
            raise no("bad-request", f"no desk {desk}")
        try:
            dossier = citizens.file(str(asked["procedure"]), desk, _application(asked))
        except (KeyError, TypeError, ValueError, BadInput) as wrong:
            raise no("bad-request", f"unknown or missing: {wrong}") from wrong
        return plain_json({"id": dossier.id, "code": dossier.code}, 201)

    @router.get("/track")
    def track(code: str) -> Response:
        found = citizens.track(code)
        if found is None:
            raise no("not-found", "No dossier has this code")
        return plain_json(found)

    @router.post("/read")
    def read(code: str) -> Response:
        return plain_json({"read": citizens.read_messages(code)})

    @router.post("/withdraw")
    def withdraw(code: str, body: bytes = BODY) -> Response:
        reason = str(json_object(body).get("reason") or "Công dân không còn nhu cầu")
        found = citizens.withdraw(code, reason)
        if found is None:
            raise no("not-found", "No dossier has this code, or it is too late to withdraw it")
        return plain_json(found)

    @router.post("/supplement")
    def supplement(code: str, body: bytes = BODY) -> Response:
        found = citizens.supplement(code, _brought(json_object(body)))
        if found is None:
            raise no("not-found", "No dossier has this code, or nothing was asked for")
        return plain_json(found)

    @router.post("/rate")
    def rate(code: str, body: bytes = BODY) -> Response:
        asked = json_object(body)
        stars = asked.get("stars")
        if not isinstance(stars, int) or not 1 <= stars <= 5:
            raise no("bad-request", "stars is 1 to 5")
        found = citizens.rate(code, stars, str(asked.get("note") or ""))
        if found is None:
            raise no("not-found", "No dossier has this code, or its result is not there yet")
        return plain_json(found)

    @router.get("/notices/{notice_id}")
    def notice(notice_id: str) -> Response:
        state = citizens.notice_state(notice_id)
        if state is None:
            raise no("not-found", "No such notice")
        return plain_json({"id": notice_id, "state": state})

    @router.post("/payments")
    def pay(body: bytes = BODY) -> Response:
        asked = json_object(body)
        return _opened(portal, citizens, asked)

    return router


def _opened(portal: Portal, citizens: Citizens, asked: dict[str, Any]) -> Response:
    gateway = str(asked.get("gateway", ""))
    if gateway not in set(Gateway):
        raise no("bad-request", f"no gateway {gateway}")
    if gateway not in (Gateway.VNPAY, Gateway.MOMO):
        raise no("unavailable", f"The gateway {gateway} is not connected in this version; use vnpay or momo")
    amount = asked.get("amount")
    if amount is not None and (not isinstance(amount, int) or isinstance(amount, bool) or amount <= 0):
        raise no("bad-request", "amount is a positive whole sum")
    opened = citizens.open_session(str(asked.get("notice_id", "")), gateway, amount)
    if opened is None:
        raise no("not-found", "This notice is not there, or nothing is left to pay")
    session, total = opened
    now = portal.clock.now()
    if gateway == Gateway.MOMO:
        fields = momo.payment_fields(session, total, now)
    else:
        fields = vnpay.signed(vnpay.payment_fields(session, total, now))
    return plain_json({"session": session, "amount": total, "fields": fields}, 201)


def _files(papers: object) -> tuple[FileRef, ...]:
    return tuple(
        FileRef(str(p["sha256"]), str(p["name"]), int(p["size_bytes"]), str(p["mime"]))
        for p in (papers if isinstance(papers, list) else [])
    )


def _brought(asked: dict[str, Any]) -> tuple[Component, ...]:
    """Return the papers of a supplement; one without a name of its own is called by its file."""
    try:
        files = _files(asked.get("papers"))
    except (KeyError, TypeError, ValueError) as wrong:
        raise no("bad-request", f"missing: {wrong}") from wrong
    names = [str(name) for name in asked.get("names") or [] if str(name).strip()]
    named = [Component(names[at] if at < len(names) else file.name, (file,)) for at, file in enumerate(files)]
    return tuple(named + [Component(name) for name in names[len(files) :]])


def _application(asked: dict[str, Any]) -> Application:
    citizen = _person(asked)
    whose = asked.get("for")
    applicant = _person(whose) if isinstance(whose, dict) else citizen
    files = _files(asked.get("papers"))
    channel = FilingChannel(str(asked.get("channel") or FilingChannel.ONLINE))
    return Application(applicant, citizen, files, channel, result_channel=str(asked.get("result_channel") or "counter"))


def _person(asked: dict[str, Any]) -> Person:
    return Person(
        name=clean_name(str(asked["name"])),
        kind=str(asked.get("kind") or "person"),
        identity_no=str(asked.get("identity") or ""),
        phone=str(asked.get("phone") or ""),
        email=str(asked.get("email") or ""),
        account=str(asked.get("account") or ""),
        address=str(asked.get("address") or ""),
    )
