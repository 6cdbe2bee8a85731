"""``/v1``: what the head and the administrator set for their unit.

Stands apart from the routes of daily work: these change who does it, and how.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app.contract.wire import CoverSetting, CoverSettings, DeskStatus, HandOver
from app.contract.wire_unit import SeenFacts
from app.domain.people import Officer
from app.domain.rights import may_see_looks
from app.domain.unit_settings import LONGEST_SIGNER, UnitSettings, may_change
from app.sandbox import covers, looks, unsent
from app.sandbox import unit_settings as settings
from app.sandbox.answers import BODY, json_response, no, problem_response, read, sign_in_needed
from app.sandbox.portal import Portal


def unit_routes(portal: Portal) -> APIRouter:
    """Return the routes of settings, leave cover and unsent work."""
    router = APIRouter()
    signed_in = Depends(sign_in_needed(portal))

    @router.post("/desk-status")
    def desk_status(officer: Officer = signed_in, body: bytes = BODY) -> Response:
        status = read(DeskStatus, body)
        with portal.database.writing() as connection:
            return json_response(unsent.tell(connection, officer, status, portal.clock.now()))

    @router.get("/unsent")
    def unsent_work(officer: Officer = signed_in) -> Response:
        if not unsent.may_see(officer):
            raise no("forbidden", "The head of the unit sees the work of absent officers")
        with portal.database.reading() as connection:
            return json_response(unsent.seen_by(connection, officer, portal.calendars.current))

    @router.put("/unsent")
    def hand_over(officer: Officer = signed_in, body: bytes = BODY) -> Response:
        wanted = read(HandOver, body)
        if not unsent.may_see(officer):
            raise no("forbidden", "The head of the unit hands over the work of absent officers")
        with portal.database.writing() as connection:
            if not unsent.hand_over(connection, officer, wanted, portal.calendars.current):
                raise no("not-found", "No such unsent work in this unit")
            return json_response(unsent.seen_by(connection, officer, portal.calendars.current))

    @router.get("/settings")
    def unit_settings(officer: Officer = signed_in) -> Response:
        with portal.database.reading() as connection:
            return json_response(settings.settings_of(connection, officer.unit_id))

    @router.put("/settings")
    def change_settings(officer: Officer = signed_in, body: bytes = BODY) -> Response:
        if not may_change(officer):
            raise no("forbidden", "The administrator keeps the settings")
        wanted = read(UnitSettings, body)
        if wanted.two_eyes_over < 0:
            raise no("bad-request", "A sum is not negative")
        if max(len(wanted.signer_title), len(wanted.signer_name)) > LONGEST_SIGNER:
            raise no("bad-request", f"A signer has {LONGEST_SIGNER} letters at most")
        with portal.database.writing() as connection:
            settings.put(connection, officer.unit_id, wanted)
        return json_response(wanted)

    @router.get("/covers", dependencies=[signed_in])
    def leaves() -> Response:
        return json_response(CoverSettings(covers.settings(portal.database)))

    @router.put("/covers")
    def set_leave(officer: Officer = signed_in, body: bytes = BODY) -> Response:
        setting = read(CoverSetting, body)
        if not covers.may_set(officer, setting):
            raise no("forbidden", "The head of the unit sets who stands in for whom")
        if refused := covers.why_not(portal.database, setting, portal.clock.now().date()):
            return problem_response(refused)
        covers.put(portal.database, setting)
        return json_response(CoverSettings(covers.settings(portal.database)))

    @router.delete("/covers")
    def end_leave(officer_id: str, from_day: date, officer: Officer = signed_in) -> Response:
        if not covers.may_set(officer, CoverSetting(officer_id, None, from_day, from_day)):
            raise no("forbidden", "The head of the unit sets who stands in for whom")
        if not covers.end(portal.database, officer_id, from_day):
            raise no("not-found", "No such leave")
        return json_response(CoverSettings(covers.settings(portal.database)))

    router.include_router(_look_routes(portal))
    return router


def _look_routes(portal: Portal) -> APIRouter:
    """Return the routes of who looked at what."""
    router = APIRouter()
    signed_in = Depends(sign_in_needed(portal))

    @router.post("/looks")
    def tell_looks(officer: Officer = signed_in, body: bytes = BODY) -> Response:
        told = read(SeenFacts, body)
        with portal.database.writing() as connection:
            return json_response(looks.told(connection, officer, told))

    @router.get("/looks")
    def looks_of(day: Annotated[date, Query(alias="date")], officer: Officer = signed_in) -> Response:
        if not may_see_looks(officer):
            raise no("forbidden", "Head and administrator see who looked at what")
        with portal.database.reading() as connection:
            return json_response(looks.of_day(connection, officer, day))

    return router
