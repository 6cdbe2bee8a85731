"""``/gateways``: where payment partners call the portal; loopback only in the sandbox.

Stands apart because callers are no officers: a signature over the parameters is their only proof.
"""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from app.sandbox.answers import BODY, json_object, plain_json
from app.sandbox.gateways import momo, vnpay
from app.sandbox.portal import Portal


def gateway_routes(portal: Portal) -> APIRouter:
    """Return the routes of the payment partners."""
    router = APIRouter(prefix="/gateways")

    @router.get("/vnpay/ipn")
    def ipn(request: Request) -> Response:
        return plain_json(vnpay.take_ipn(portal, dict(request.query_params)).as_object())

    @router.post("/momo/ipn")
    def momo_ipn(body: bytes = BODY) -> Response:
        return Response(status_code=momo.take_ipn(portal, json_object(body)).status)

    return router
