"""The desk's own acts on a dossier: receive, refuse, accept the supplement, return the result."""

from __future__ import annotations

from app.domain.commands import AcceptSupplement, Receive, Refuse, Return
from app.domain.handling import Collected
from app.errors import Refused
from app.services.acting import act
from app.services.desk import Desk
from app.services.views import Acted

_BY_HAND = Collected()


def receive(desk: Desk, dossier_id: str, reason: str = "") -> Acted:
    """Tiếp nhận: number and appointment come from the portal; offline the slip says so.

    ``reason`` goes past an unpaid *thu trước* notice for officers with that right. Without it, and without a network,
    the reception is queued with no effect here (note ``awaiting-gate``): only the portal knows whether it was paid.
    """
    command = Receive(desk.clock.now(), reason)
    try:
        return act(desk, dossier_id, command)
    except Refused as refused:
        if {failed.code for failed in refused.failed} != {"gate-unpaid"}:
            raise
    if desk.engine.ask.freshest(dossier_id):
        return act(desk, dossier_id, command)
    return act(desk, dossier_id, command, portal_judges=frozenset({"gate-unpaid"}), note="awaiting-gate")


def refuse(desk: Desk, dossier_id: str, reason: str, *, anyway: bool = False) -> Acted:
    """Từ chối, with a reason that the citizen reads; ``anyway``: although someone is paying right now."""
    return act(desk, dossier_id, Refuse(desk.clock.now(), reason, anyway))


def accept_supplement(desk: Desk, dossier_id: str) -> Acted:
    """Tiếp nhận bổ sung: of papers the clock runs again, of an obligation it stands until the citizen has paid."""
    return act(desk, dossier_id, AcceptSupplement(desk.clock.now()))


def return_result(
    desk: Desk, dossier_id: str, to_name: str, reason: str = "", handed: Collected = _BY_HAND
) -> Acted:
    """Trả kết quả to a named person; with money owing a reason is demanded. ``handed``: how it was handed over."""
    command = Return(desk.clock.now(), to_name, reason, handed.identity, handed.signed, handed.post_code.strip())
    return act(desk, dossier_id, command)
