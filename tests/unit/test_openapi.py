"""The contract's document is what the code says."""

from __future__ import annotations

import json

from app.catalogues import resource_path
from app.contract import openapi


def test_the_committed_document_is_the_current_one():
    """Write it anew with ``python -m app.contract.openapi > resources/portal/openapi.json``."""
    assert resource_path("portal", "openapi.json").read_text(encoding="utf-8") == openapi.written()


def test_every_reference_leads_somewhere():
    document = openapi.document()
    text = json.dumps(document)
    names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert names <= document["components"]["schemas"].keys()


def test_every_command_of_the_wire_has_its_schema():
    schemas = openapi.document()["components"]["schemas"]
    assert {"Command_receive", "Command_notify", "Command_tick_paid", "Command_suspend"} <= schemas.keys()
