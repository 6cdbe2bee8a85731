"""Seeded dossiers: believable, consistent, the same for the same seed; and the portal goes on from them."""

from __future__ import annotations

from datetime import datetime

import pypdfium2
import pytest
from PIL import Image
from sqlalchemy import select

from app import catalogues
from app.clock import VN
from app.domain.appointments import relaid
from app.domain.notices import fee_status
from app.domain.payments import settle
from app.sandbox import tables
from app.sandbox.ledger import parsed
from app.sandbox.seeding.papers import all_papers
from app.sandbox.server import SandboxServer
from tests.fakes import FakeClock
from tests.integration.sandbox_desk import SandboxDesk, file_dossier

COUNT = 700
NOW = datetime(2026, 11, 20, 8, 0, tzinfo=VN)


def bodies(server):
    with server.portal.database.reading() as connection:
        return list(connection.execute(select(tables.dossiers.c.body).order_by(tables.dossiers.c.id)).scalars())


@pytest.fixture(scope="module")
def seeded(tmp_path_factory):
    with SandboxServer(tmp_path_factory.mktemp("seeded"), dossiers=COUNT, seed=7, now=NOW) as server:
        yield server


@pytest.fixture(scope="module")
def dossiers(seeded):
    return [parsed(body) for body in bodies(seeded)]


def test_the_calendar_they_were_made_with_moves_nobodys_date(dossiers):
    counted = [d for d in dossiers if int(d.state) in (2, 4, 5, 6, 8)]
    assert len(counted) > 100
    assert {d.procedure.limit_cutoff for d in dossiers} == {"", "15:00"}
    for dossier in counted:
        assert relaid(dossier, catalogues.calendar()) == dossier


def test_every_state_and_all_procedures_are_there(dossiers):
    assert len(dossiers) == COUNT
    assert {int(d.state) for d in dossiers} == set(range(1, 11))
    assert len({d.procedure.code for d in dossiers}) == 53
    assert {d.sub_state.value for d in dossiers if d.sub_state} == {
        "desk_to_ask", "citizen_asked", "supplemented", "awaiting_tax_notice", "desk_to_notify", "desk_accepted",
        "awaiting_payment", "awaiting_pickup", "posting",
    }
    assert {"none", "due", "partial", "paid"} <= {d.fee_status.value for d in dossiers}
    assert any(n.state == "cancelled" for d in dossiers for n in d.notices)
    assert any(d.cases for d in dossiers)


def test_money_and_numbers_are_consistent(dossiers):
    for dossier in dossiers:
        assert settle(dossier) == dossier
        assert fee_status(dossier) is dossier.fee_status
        assert (dossier.receipt_code is None) == (dossier.received_at is None)
        assert {c.payment_id for c in dossier.cases} <= {p.id for p in dossier.payments}
        assert all(item.at <= NOW.replace(hour=9) for item in dossier.history)
    codes = [d.code for d in dossiers] + [d.receipt_code for d in dossiers if d.receipt_code]
    assert len(codes) == len(set(codes))


def test_some_are_late_and_some_nearly(dossiers):
    running = [d for d in dossiers if d.clock == "running" and d.due_at]
    assert any(d.due_at < NOW for d in running)
    assert any(d.due_at > NOW for d in running)


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    made = []
    for name in ("a", "b"):
        server = SandboxServer(tmp_path / name, dossiers=60, seed=3, base_clock=FakeClock(NOW))
        server.start()
        made.append(bodies(server))
        server.stop()
    assert made[0] == made[1]


def test_the_portal_goes_on_from_the_seeded_numbers(seeded, dossiers):
    desk = SandboxDesk(seeded.base_url, "tiepnhan1")
    dossier = file_dossier(seeded.base_url)
    assert desk.do("receive", dossier)["status"] == "done"
    assert desk.dossier(dossier)["receipt_code"] not in {d.receipt_code for d in dossiers}
    page = desk.get("/v1/sync", limit=500).json()
    assert len(page["changes"]) == 500
    assert page["has_more"]


def test_the_papers_are_real_files(tmp_path, dossiers):
    named = {file.name for dossier in dossiers for component in dossier.components for file in component.files}
    for name, mime, data in all_papers():
        if mime == "application/pdf":
            document = pypdfium2.PdfDocument(data)
            page = document[0]
            text = page.get_textpage()
            assert "Ho so mau" in text.get_text_range()
            for part in (text, page, document):
                part.close()
        else:
            path = tmp_path / name
            path.write_bytes(data)
            with Image.open(path) as image:
                image.verify()
        assert name in named
