"""A dossier whose values are of another kind is shown as foreign; nothing is taken for money, a date or a word."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
import pytest

from app.cli import desk_forms
from app.contract.codec import Foreign, command_text, dossier_bytes, read_command, read_dossier
from app.domain.commands import Notify
from app.domain.dossier import Dossier, NoticeLine
from app.domain.words import LineKind, State
from app.errors import BadInput
from tests.unit.sample_dossiers import DOSSIERS, NOW, with_money
from ui.widgets.date_edit import parse_date

PAID = with_money(DOSSIERS["4"])

# where | what stands there instead
ODD: list[tuple[tuple[Any, ...], Any]] = [
    (("payments", 0, "amount"), "120000"),
    (("payments", 0, "amount"), 120000.0),
    (("payments", 0, "amount"), True),
    (("payments", 0, "amount"), 10**25),
    (("notices", 0, "lines", 0, "amount"), "120000"),
    (("accept_by",), "9999-12-31T23:59:59-12:00"),
    (("submitted_at",), "0001-01-01T00:00:00+14:00"),
    (("submitted_at",), 1_800_000_000),
    (("receipt_code",), ["H32.8"]),
    (("receipt_code",), 2**63),
    (("applicant",), "Trần Thị Mai"),
    (("procedure",), None),
    (("state",), "4"),
    (("cases", 0, "payment_id"), "of nobody"),
]


@pytest.mark.parametrize(("where", "instead"), ODD, ids=str)
def test_it_is_foreign_and_still_has_its_name(where, instead):
    tree = orjson.loads(dossier_bytes(PAID))
    place = tree
    for step in where[:-1]:
        place = place[step]
    place[where[-1]] = float(instead) if isinstance(instead, int) and instead > 2**63 else instead
    found = read_dossier(orjson.dumps(tree))
    assert isinstance(found, Foreign)
    assert (found.id, found.code) == (PAID.id, PAID.code)
    assert isinstance(found.receipt_code, str | None)


def test_what_an_older_program_wrote_lacks_what_was_asked_for_later():
    tree = orjson.loads(dossier_bytes(PAID))
    for person in (tree["applicant"], tree["submitter"]):
        del person["birth_date"]
    del tree["result_also_online"]
    assert read_dossier(orjson.dumps(tree)) == PAID


def test_a_citizens_text_like_a_year_is_a_text():
    tree = orjson.loads(dossier_bytes(PAID)) | {"summary": "9999-01 tờ bản đồ"}
    assert isinstance(read_dossier(orjson.dumps(tree)), Dossier)


def test_without_an_identity_it_is_nothing():
    with pytest.raises(BadInput, match="bad-dossier"):
        read_dossier(b'{"code":"H32.8-261120-0001"}')


def test_a_number_of_a_receipt_that_looks_like_a_year_is_a_number():
    tree = orjson.loads(dossier_bytes(PAID))
    tree["payments"][0]["evidence"] = {"document_no": "0021-11-26"}
    assert isinstance(read_dossier(orjson.dumps(tree)), Dossier)


@pytest.mark.parametrize("year", [26, 206, 2206, 9999])
def test_a_slip_in_the_year_never_makes_a_dossier_foreign(year):
    """A dossier with such a date is shown to every desk as one of a newer portal: no field lets it through."""
    day = date(year, 11, 20)
    told = (NoticeLine(LineKind.PHI, "Phí", 8000),)
    body = command_text(Notify(NOW, "n9", "Nộp phí", told, State.SUBMITTED, 0, pay_by=day))
    with pytest.raises(BadInput, match="bad-command"):
        read_command("notify", body)
    assert parse_date(f"20/11/{year:04d}", NOW.date()) is None
    for written in (f"20/11/{year:04d}", f"{year:04d}-11-20"):
        with pytest.raises(BadInput, match="date-malformed"):
            desk_forms.day(written)
