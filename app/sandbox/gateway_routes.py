"""``/gateways``: where payment partners call the portal; loopback only in the sandbox.

Stands apart because callers are no officers: a signature over the parameters is their only proof.
"""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from app.sandbox.answers import plain_json
from app.sandbox.gateways import vnpay
from app.sandbox.portal import Portal


def gateway_routes(portal: Portal) -> APIRouter:
    """Return the routes of the payment partners."""
    router = APIRouter(prefix="/gateways")

    @router.get("/vnpay/ipn")
    def ipn(request: Request) -> Response:
        return plain_json(vnpay.take_ipn(portal, dict(request.query_params)).as_object())

    return router
