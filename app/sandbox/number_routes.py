"""``POST /v1/receipt-blocks``: running numbers that a reception desk may give without asking.

Stands apart from the other routes of ``/v1`` by size.
"""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response

from app.contract.wire import BlockRequest
from app.domain.people import Officer
from app.domain.words import Role
from app.sandbox import number_blocks
from app.sandbox.answers import BODY, json_response, no, read, sign_in_needed
from app.sandbox.portal import Portal


def number_routes(portal: Portal) -> APIRouter:
    """Return the route that leases numbers."""
    router = APIRouter(prefix="/v1")
    signed_in = Depends(sign_in_needed(portal))

    @router.post("/receipt-blocks")
    def receipt_blocks(officer: Officer = signed_in, body: bytes = BODY) -> Response:
        if Role.RECEPTION not in officer.roles:
            raise no("forbidden", "Only reception gives numbers")
        wanted = read(BlockRequest, body)
        return json_response(number_blocks.lease(portal.database, officer.unit_id, wanted, portal.clock.now()))

    return router
