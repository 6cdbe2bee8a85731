"""What addresses of requests hold, which every proxy and server writes into its log: ids and codes, no person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_plus, urlencode

from app.portal.transport import RequestsTransport
from app.services import fee_notices, lookup, privacy
from tests.ui.desk_fixture import BUILDING, LAND, office

CITIZEN = {"phone": "0914882662", "identity": "056190004711", "email": "quelam@example.vn", "account": "truongquelam"}
NAME, NEW_PHONE = "Trương Quế Lâm", "0905117733"
ASKED = {"/v1/sync", "/v1/commands", "/v1/dossiers", "/v1/lookup", "/v1/looks", "/v1/reconciliation", "/v1/units",
         "/oauth/token"}  # fmt: skip


def test_addresses_hold_ids_and_codes_and_no_person(tmp_path, monkeypatch):
    addresses: list[str] = []
    real = RequestsTransport.request

    def told(self: RequestsTransport, method: str, path: str, *, params: Mapping[str, str] | None = None, **rest: Any):
        addresses.append(unquote_plus(f"{path}?{urlencode(params or {})}"))
        return real(self, method, path, params=params, **rest)

    monkeypatch.setattr(RequestsTransport, "request", told)
    with office(tmp_path) as here:
        desk = here.desk()
        here.obliged(here.file(NAME, LAND, **CITIZEN))
        card = here.paid_twice(here.file(NAME, BUILDING, **CITIZEN))
        seen = here.card(desk, card.dossier.id).dossier
        here.send(desk, fee_notices.correct_contact(desk, seen, phone=NEW_PHONE))
        privacy.revealed(desk, seen.id, "identity_no")
        lookup.look_up(here.desk("tiepnhan9"), seen.code)
        desk.engine.puller.pull_all()
        desk.engine.puller.bookkeeper.reconcile()

    asked = {"/".join(address.split("?")[0].split("/")[:3]) for address in addresses}
    assert asked >= ASKED, ASKED - asked
    persons = [NAME, NEW_PHONE, *CITIZEN.values()]
    found = {fact for fact in persons for address in addresses if fact.casefold() in address.casefold()}
    assert found == set()
