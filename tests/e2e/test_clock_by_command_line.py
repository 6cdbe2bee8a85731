"""The clock by command line: due dates and their ledgers, form 04, and a calendar replaced while work goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.e2e.fee_scenes import away, queued
from tests.e2e.officers import World, run, world

CULTURE = "Ngày Văn hóa Việt Nam"
# received, amount, unit, further words → due
DUE = """
2026-11-20T10:00        3    working-day                                                   2026-11-26T10:00
2026-11-23T10:00        1    working-day                                                   2026-11-25T10:00
2026-11-23T10:00        5    working-day                                                   2026-12-01T10:00
2026-11-20T03:00+00:00  3    working-day                                                   2026-11-26T10:00
2026-11-20T17:30        1    working-day                                                   2026-11-25T07:00
2026-11-20T06:10        1    working-day                                                   2026-11-23T07:00
2026-11-20T12:00        1    working-day                                                   2026-11-23T13:30
2026-11-24T09:00        1    working-day                                                   2026-11-26T07:00
2026-11-02T08:00        12.5 working-day                                                   2026-11-18T14:00
2026-11-02T08:00        6.25 working-day                                                   2026-11-10T10:00
2026-11-02T08:00        7.5  working-day                                                   2026-11-11T14:00
2026-11-02T08:00        16.5 working-day                                                   2026-11-25T14:00
2026-11-02T08:00        17.5 working-day                                                   2026-11-26T14:00
2025-11-21T10:00        1    working-day                                                   2025-11-24T10:00
2025-12-31T10:00        1    working-day                                                   2026-01-05T10:00
2026-01-09T10:00        1    working-day                                                   2026-01-10T10:00
2026-04-24T10:00        1    working-day                                                   2026-04-28T10:00
2026-08-21T10:00        1    working-day                                                   2026-08-22T10:00
2026-08-28T10:00        1    working-day                                                   2026-09-03T10:00
2027-02-04T10:00        1    working-day                                                   2027-02-12T10:00
2026-11-20T10:00        1    calendar-day                                                  2026-11-23T10:00
2026-11-20T10:00        10   calendar-day                                                  2026-11-30T10:00
2026-11-20T10:00        4    calendar-day                                                  2026-11-25T10:00
2026-11-20T16:00        2    hour                                                          2026-11-23T08:00
2026-11-20T14:59        0    same-day                                                      2026-11-20T17:00
2026-11-20T15:01        0    same-day                                                      2026-11-23T17:00
2026-11-20T15:01        1    working-day --cutoff 15:00                                    2026-11-25T07:00
2026-11-20T10:00        3    working-day --pause 2026-11-23T09:00 2026-11-25T14:00 financial_obligation 2026-11-27T15:00
2026-11-20T10:00        3    working-day --pause 2026-11-23T09:00 2026-11-25T14:00 other                2026-11-27T15:00
2026-11-20T10:00        3    working-day --pause 2026-11-23T09:00 2026-11-25T14:00 supplement           2026-11-30T14:00
2026-02-11T10:00        3    working-day --pause 2026-02-12T15:00 2026-02-20T09:00 financial_obligation 2026-02-24T14:00
"""
REFUSED = """
2026-11-20T10:00 0    working-day                                                       limit-zero
2026-11-20T10:00 -1   hour                                                              limit-not-valid
2026-11-20T10:00 nan  working-day                                                       limit-not-valid
2026-11-20T10:00 mười working-day                                                       limit-not-valid
20/11/2026       3    working-day                                                       date-malformed
2026-11-20T10:00 3    working-day --cutoff 25:00                                        cutoff-not-valid
2026-11-20T10:00 3    working-day --pause 2026-11-25T14:00 2026-11-23T09:00 supplement  pause-ends-first
"""


def due(line: str) -> tuple[list[str], str]:
    received, amount, unit, *more, expected = line.split()
    return ["clock", "due", "--received", received, f"--amount={amount}", "--unit", unit, *more], expected


@pytest.mark.parametrize("line", DUE.strip().splitlines())
def test_a_due_date_is_told_with_a_ledger_without_a_gap(line):
    words, expected = due(line)
    said = run(*words)
    assert said.code == 0, said
    told, ledger = said.one, said.one["ledger"]
    assert told["due_at"] == f"{expected}:00+07:00"
    assert ledger[-1]["to"] == told["due_at"]
    assert all(one["to"] == other["from"] for one, other in pairwise(ledger))
    assert all(row["counted"] is (row["minutes"] > 0) for row in ledger)


def test_the_ledger_names_the_holiday_and_sums_up_to_the_limit():
    words, _ = due(DUE.strip().splitlines()[0])
    ledger = run(*words).one["ledger"]
    assert [(row["from"][:10], row["name"]) for row in ledger if row["rule"] == "holiday"] == [("2026-11-24", CULTURE)]
    assert sum(row["minutes"] for row in ledger) == 3 * 480


@pytest.mark.parametrize("line", REFUSED.strip().splitlines())
def test_what_gives_no_date_is_refused_in_a_sentence(line):
    words, code = due(line)
    said = run(*words)
    assert (said.code, said.one["refused"]) == (1, code)
    assert said.one["message"][-1] == "."


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as found:
        yield found


def in_hand(portal: World) -> str:
    """A dossier of a procedure of ten working days, received on Friday 20/11 at 08:00 and with thuly1."""
    code = portal.citizen("file", "--procedure", "1.013225", "--name", "Trần Thị Mai")["code"]
    clerk = portal.officer("tiepnhan1")
    clerk.cli("sync")
    clerk.do("receive", code)
    clerk.do("forward", code, "--to", "thuly1")
    return code


def test_an_apology_is_asked_for_proposed_signed_and_never_written_twice(portal):
    code = in_hand(portal)
    expert, head = portal.officer("thuly1"), portal.officer("lanhdao1")
    first = expert.show(code)
    due_at = first["due_at"]
    assert (first["apology"], first["extension"], first["step_due_at"] < due_at) == ("", None, True)
    day_before = f"{due_at[:8]}{int(due_at[8:10]) - 1:02d}{due_at[10:]}"
    portal.at(day_before)
    assert expert.show(code)["apology"] == "soon"
    until = ["--until", "2026-12-11T10:00", "--reason", "Chờ ý kiến cơ quan chuyên môn"]
    assert head.refused("extend", code) == "new-date-needed"
    assert expert.refused("extend", code, *until) == "not-your-right"
    assert expert.refused("propose-extension", code, "--until", "2026-12-12T10:00", "--reason", "x") == "new-date-off"
    expert.do("propose-extension", code, *until)
    assert expert.show(code)["due_at"] == due_at
    head.cli("sync")
    head.do("decline-extension", code, "--reason", "Cơ quan chuyên môn đã trả lời")
    declined = expert.show(code)
    assert (declined["due_at"], declined["state"], declined["extension"]["declined_why"]) == (
        due_at, 4, "Cơ quan chuyên môn đã trả lời",
    )  # fmt: skip
    assert head.refused("decline-extension", code, "--reason", "x") == "nothing-proposed"
    assert head.refused("extend", code) == "new-date-needed"
    expert.do("propose-extension", code, *until)
    head.cli("sync")
    head.do("extend", code)
    shown = expert.show(code)
    assert (shown["due_at"], shown["apology"]) == ("2026-12-11T10:00:00+07:00", "")
    assert {name: shown["extension"][name] for name in ("first_due_at", "late", "due_at")} == {
        "first_due_at": due_at, "late": False, "due_at": "2026-12-11T10:00:00+07:00",
    }  # fmt: skip
    assert head.refused("extend", code, *until) == "already-extended"
    assert expert.refused("propose-extension", code, *until) == "already-extended"
    expert.do("suspend", code, "--reason", "Chờ thuế")
    assert expert.refused("propose-extension", code, *until) == "wrong-state"


def test_a_day_off_decided_now_moves_what_is_open_here_and_there(portal, tmp_path):
    code = in_hand(portal)
    clerk, admin, expert = (portal.officer(name) for name in ("tiepnhan1", "quantri", "thuly1"))
    was = clerk.show(code)["due_at"]
    year = admin.cli("calendar", "show", "2026").one
    file = tmp_path / "2026.json"
    file.write_text(json.dumps(year | {"off": [*year["off"], {"day": "2026-11-26", "name": "Nghỉ bão"}]}), "utf-8")
    assert clerk.refused("calendar", "set", str(file)) == "calendar-not-yours"
    assert admin.refused("calendar", "set", str(tmp_path / "nothing.json")) == "file-not-readable"
    assert admin.do("calendar", "set", str(file)) == {"year": 2026, "version": "2026.5", "recounted": 1}
    assert admin.refused("calendar", "set", str(file)) == "calendar-changed"
    moved = clerk.show(code)
    assert moved["due_at"] > was
    assert moved["history"][-1]["kind"] == "calendar_changed"
    assert {"day": "2026-11-26", "name": "Nghỉ bão"} in clerk.cli("calendar", "show", "2026").one["off"]
    # without a network the desk goes on counting with it, and the portal counts the same
    expert.cli("sync")
    with away(portal):
        queued(expert, "suspend", code, "--reason", "Chờ thuế")
        offline = expert.shown(code)
    online = expert.show(code)
    assert offline["remaining_minutes"] == online["remaining_minutes"]
