"""Tra cứu: reception of another unit learns where a dossier stands, and nothing of the person; each look is logged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.lookup import LookedUp
from app.errors import BadInput, KnownError, PortalProblem
from app.sandbox import tables
from app.sandbox.offices import officer_id
from app.services import inbox, lookup
from tests.ui.desk_fixture import BUILDING, Office, office


@pytest.fixture(scope="module")
def here(tmp_path_factory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("office")) as made:
        yield made


def looks(here: Office) -> list[tuple[str, str]]:
    columns = tables.looks.c
    with here.server.portal.database.reading() as connection:
        return [tuple(row) for row in connection.execute(select(columns.officer_id, columns.code).order_by(columns.n))]


def test_reception_elsewhere_sees_state_holder_date_and_debt_and_no_person(here):
    dossier = here.notified(here.desk(), here.file("Lê Quang Dũng", BUILDING)).dossier
    other = here.desk("tiepnhan9")
    with pytest.raises(BadInput):
        inbox.locate(other, dossier.code)
    found = lookup.look_up(other, dossier.code.lower())
    assert found == LookedUp(
        code=dossier.code, receipt_code="", procedure=dossier.procedure.name, state=1, sub_state="",
        unit="Phường Nha Trang", holder="", due_at=None, owing=75_000,
    )  # fmt: skip
    assert looks(here)[-1] == (officer_id("tiepnhan9"), dossier.code)


def test_a_receipt_code_finds_who_holds_it_and_until_when(here):
    card = here.in_processing(here.file("Đinh Công Thành", BUILDING))
    found = lookup.look_up(here.desk("tiepnhan9"), card.dossier.receipt_code)
    assert (found.state, found.holder, found.due_at) == (4, "Nguyễn Hữu Phước", card.dossier.due_at)
    assert found.due_at - here.clock.now() > timedelta(days=10)


def test_a_code_of_nobody_is_said_in_words_and_logged_too(here):
    with pytest.raises(BadInput) as refused:
        lookup.look_up(here.desk(), "H32.8-261120-9999")
    assert refused.value.code == "no-such-code"
    assert looks(here)[-1][1] == "H32.8-261120-9999"


def test_only_reception_may_ask(here):
    with pytest.raises(PortalProblem) as refused:
        lookup.look_up(here.desk("thuly1"), "H32.8-261120-0001")
    assert refused.value.code == "forbidden"


@pytest.mark.parametrize(("typed", "whole"), [
    ("H32.8-261120-0001", True), ("h32.8-20261120-0001", True), ("261120-0001", False), ("Lê Quang Dũng", False),
])
def test_only_a_whole_code_is_asked_about(typed, whole):
    assert lookup.is_whole_code(typed) is whole


def test_without_a_network_it_says_so(tmp_path):
    with office(tmp_path) as own:
        desk = own.desk()
        own.go_offline()
        with pytest.raises(KnownError) as refused:
            lookup.look_up(desk, "H32.8-261120-0001")
        assert refused.value.code == "connection-refused"
