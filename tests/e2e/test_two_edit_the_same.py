"""Two officers correct one dossier at two desks, by command line: nobody writes over the other unread, and whatever of
his own an officer does not give up goes out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.officers import Officer, Said, World, world

BIRTH = "1.001193"
OLD_MAIL, NEW_MAIL = "tran.thi.mai@congdan.example", "moi@congdan.example"

# The first corrects | the second, who has not seen it | what differs | he keeps | it goes out again | telephone, mail
CONTACTS = """
--phone 0905111111 | --email moi@congdan.example                    | -               | -      | -   | 0905111111 new
--phone 0905111111 | --phone 0905111111                             | -               | -      | -   | 0905111111 old
--phone 0905111111 | --phone 0905222222                             | submitter.phone | mine   | yes | 0905222222 old
--phone 0905111111 | --phone 0905222222                             | submitter.phone | drop   | no  | 0905111111 old
--phone 0905111111 | --phone 0905222222 --email moi@congdan.example | submitter.phone | mine   | yes | 0905222222 new
--phone 0905111111 | --phone 0905222222 --email moi@congdan.example | submitter.phone | theirs | yes | 0905111111 new
"""

# The same of a whole reception | name, address, sets
RECEPTIONS = """
--name Lê_Mai   | --address 12_Lê_Lợi        | -                             | -      | -   | Lê Mai, 12 Lê Lợi, 1
--name Lê_Mai   | --name Lê_Mây --sets 3     | applicant.name submitter.name | mine   | yes | Lê Mây, , 3
--name Lê_Mai   | --name Lê_Mây --sets 3     | applicant.name submitter.name | theirs | yes | Lê Mai, , 3
--paper Tờ=1/0/2 | --paper Tờ=1/1/0          | components                    | drop   | no  | Trần Thị Mai, , 1
"""


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("town")
    with world(folder) as found:
        yield found


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def words(cell: str) -> list[str]:
    return [word.replace("_", " ") for word in cell.split()]


def differing(officer: Officer) -> dict[str, Any]:
    """Return the one decision that waits, its words checked."""
    assert officer.cli("sync").code == 0
    found = officer.cli("decisions").one
    assert found["kind"] == "edited"
    assert found["message"].startswith("Người khác đã sửa cùng chỗ trong lúc bạn sửa: ")
    assert [choice["label"] for choice in found["choices"]] == ["Giữ của tôi.", "Giữ của họ."]
    return found


def second_corrects(second: Officer, said: Said, fields: str, keeps: str, again: str) -> None:
    """Walk what the second officer meets, and what he decides."""
    if fields == "-":
        assert (said.code, said.one["outbox_state"]) == (0, "acked"), said
        return
    assert (said.code, said.one["outbox_state"]) == (1, "needs_decision"), said
    decision = differing(second)
    assert [item["field"] for item in decision["differs"]] == fields.split()
    assert all(len({str(item[side]) for side in ("before", "mine", "theirs")}) == 3 for item in decision["differs"])
    decided = second.cli("decide", decision["id"], keeps)
    assert (decided.code, decided.one["outbox_state"]) == (0, "acked" if again == "yes" else "resolved"), decided
    assert second.cli("sync").code == 0
    assert second.cli("decisions").lines == []


@pytest.mark.parametrize(("first", "then", "fields", "keeps", "again", "stands"), rows(CONTACTS))
def test_a_contact_corrected_twice(portal, first, then, fields, keeps, again, stands):
    one, two = portal.officer("tiepnhan1"), portal.officer("tiepnhan2")
    code = portal.file(BIRTH)
    assert two.show(code)["submitter"]["email"] == one.show(code)["submitter"]["email"] == OLD_MAIL
    one.do("correct-contact", code, *words(first))
    second_corrects(two, two.cli("correct-contact", code, *words(then)), fields, keeps, again)
    for officer in (one, two):
        seen = officer.show(code)
        mail = {OLD_MAIL: "old", NEW_MAIL: "new"}[seen["submitter"]["email"]]
        assert (f"{seen['submitter']['phone']} {mail}", seen["pending"]) == (stands, [])


@pytest.mark.parametrize(("first", "then", "fields", "keeps", "again", "stands"), rows(RECEPTIONS))
def test_a_reception_corrected_twice(portal, first, then, fields, keeps, again, stands):
    one, two = portal.officer("tiepnhan1"), portal.officer("tiepnhan2")
    code = one.do("register", "--procedure", BIRTH, "--name", "Trần Thị Mai")["dossier_code"]
    two.show(code)
    one.do("correct", code, *words(first), "--reason", "Sai khi ghi")
    second_corrects(two, two.cli("correct", code, *words(then), "--reason", "Khách báo"), fields, keeps, again)
    for officer in (one, two):
        seen = officer.show(code)
        person = seen["submitter"]
        assert (f"{person['name']}, {person['address']}, {seen['sets']}", seen["pending"]) == (stands, [])
