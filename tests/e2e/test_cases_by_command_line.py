"""The three fee cases of the officer guide by command line alone: two profiles, one portal, one literal table each."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.officers import World, run, world
from tests.e2e.story_table import Story

ROOT = Path(__file__).parents[2]
EXTRACT = "2.000635"  # bản sao trích lục: same day
BUILDING = "1.013225"  # giấy phép xây dựng: ten working days, fee at thẩm định

# Gone by hand over the calendar: 07:00-11:30, 13:30-17:00, Saturday and Sunday off, Tuesday 24/11/2026 is a holiday.
CASE_1 = """
step               | state | sub_state       | fee  | paid | clock   | due         | accept      | tiepnhan1        | thuly1    | payments
filed              | 1     | -               | none | no   | running | -           | 23/11 08:00 | new              | unseen    | -
notified           | 1     | -               | due  | no   | paused  | -           | -           | awaiting_payment | unseen    | -
cancelled          | 1     | -               | none | no   | running | -           | 23/11 09:00 | new              | unseen    | -
notified again     | 1     | -               | due  | no   | paused  | -           | -           | awaiting_payment | unseen    | -
replaced           | 1     | -               | due  | no   | paused  | -           | -           | awaiting_payment | unseen    | -
paid               | 1     | -               | paid | yes  | running | -           | 23/11 15:00 | paid_next        | unseen    | gateway 24000/24000
received           | 2     | -               | paid | yes  | running | 23/11 17:00 | -           | received         | unseen    | gateway 24000/24000
forwarded          | 4     | -               | paid | yes  | running | 23/11 17:00 | -           | -                | mine      | gateway 24000/24000
completed          | 9     | awaiting_pickup | paid | yes  | stopped | 23/11 17:00 | -           | to_return        | -         | gateway 24000/24000
returned           | 10    | -               | paid | yes  | stopped | 23/11 17:00 | -           | -                | -         | gateway 24000/24000
"""  # noqa: E501

TICKED_AT_THE_COUNTER = """
step               | state | sub_state       | fee  | paid | clock   | due         | accept      | tiepnhan1        | thuly1    | payments
notified           | 1     | -               | due  | no   | paused  | -           | -           | awaiting_payment | unseen    | -
half               | 1     | -               | partial | no | paused | -           | -           | awaiting_payment | unseen    | counter_cash 3000/3000
ticked             | 1     | -               | paid | yes  | running | -           | 23/11 09:00 | paid_next        | unseen    | counter_cash 3000/3000, counter_pos 5000/5000
received           | 2     | -               | paid | yes  | running | 20/11 17:00 | -           | received         | unseen    | counter_cash 3000/3000, counter_pos 5000/5000
"""  # noqa: E501

CASE_2_PAID_ONLINE = """
step               | state | sub_state        | fee  | paid | clock   | due         | accept      | tiepnhan1        | thuly1    | payments
received           | 2     | -                | none | no   | running | 23/11 10:30 | -           | received         | unseen    | -
forwarded          | 4     | -                | none | no   | running | 23/11 10:30 | -           | -                | mine      | -
suspended          | 6     | desk_to_notify   | none | no   | paused  | 23/11 10:30 | -           | to_notify        | paused    | -
accepted           | 6     | desk_accepted    | none | no   | paused  | 23/11 10:30 | -           | to_notify        | paused    | -
notified           | 6     | awaiting_payment | due  | no   | paused  | 23/11 10:30 | -           | awaiting_payment | paused    | -
cancelled          | 6     | desk_accepted    | none | no   | paused  | 23/11 10:30 | -           | to_notify        | paused    | -
notified again     | 6     | awaiting_payment | due  | no   | paused  | 23/11 10:30 | -           | awaiting_payment | paused    | -
paid               | 4     | -                | paid | yes  | running | 23/11 15:30 | -           | -                | paid_next | gateway 15000000/15000000
suspended again    | 6     | desk_to_notify   | paid | yes  | paused  | 23/11 15:30 | -           | to_notify        | paused    | gateway 15000000/15000000
accepted again     | 6     | desk_accepted    | paid | yes  | paused  | 23/11 15:30 | -           | to_notify        | paused    | gateway 15000000/15000000
notified third     | 6     | awaiting_payment | due  | no   | paused  | 23/11 15:30 | -           | awaiting_payment | paused    | gateway 15000000/15000000
paid again         | 4     | -                | paid | yes  | running | 23/11 16:30 | -           | -                | paid_next | gateway 15000000/15000000, gateway 700000/700000
"""  # noqa: E501

CASE_2_TICKED = """
step               | state | sub_state        | fee  | paid | clock   | due         | accept      | tiepnhan1        | thuly1    | payments
suspended          | 6     | desk_to_notify   | none | no   | paused  | 23/11 10:30 | -           | to_notify        | paused    | -
notified           | 6     | awaiting_payment | due  | no   | paused  | 23/11 10:30 | -           | awaiting_payment | paused    | -
ticked             | 4     | -                | paid | yes  | running | 25/11 15:00 | -           | -                | paid_next | treasury 15000000/15000000
"""  # noqa: E501

CASE_3 = """
step               | state | sub_state        | fee  | paid | clock   | due         | accept      | tiepnhan1        | thuly1    | payments
at the fee step    | 4     | -                | due  | no   | running | 07/12 08:00 | -           | awaiting_payment | mine      | -
paid at the step   | 4     | -                | paid | yes  | running | 07/12 08:00 | -           | -                | paid_next | gateway 75000/75000
completed          | 9     | awaiting_pickup  | paid | yes  | stopped | 07/12 08:00 | -           | to_return        | -         | gateway 75000/75000
notified in 9      | 9     | awaiting_pickup  | due  | no   | stopped | 07/12 08:00 | -           | awaiting_payment | -         | gateway 75000/75000
returned owing     | 10    | -                | due  | no   | stopped | 07/12 08:00 | -           | -                | -         | gateway 75000/75000
"""  # noqa: E501

DOCUMENT = ("--document-no", "BL 0001", "--document-date", "20/11/2026")


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as found:
        yield found


def received_on_9_november(portal: World) -> str:
    """Ten working days from Monday 9/11 10:30 end on Monday 23/11 10:30."""
    portal.at("2026-11-09T10:30:00+07:00")
    code = portal.file(BUILDING)
    desk = portal.officer("tiepnhan1")
    desk.show(code)
    assert desk.do("receive", code)["outbox_state"] == "acked"
    return code


def suspend(portal: World, code: str, nvtc: str = "15.000.000") -> None:
    portal.officer("thuly1").do(
        "suspend", code, "--reason", "Chờ nộp thuế đất", "--nvtc", nvtc, "--tax-notice", "TB-123",
        "--tax-date", "19/11/2026", "--treasury", "7111",
    )  # fmt: skip


def test_case_1_notice_before_reception(portal):
    portal.at("2026-11-20T08:00:00+07:00")
    desk, processor = portal.officer("tiepnhan1"), portal.officer("thuly1")
    code = portal.file(EXTRACT)
    story = Story(portal, code, CASE_1)
    story.check("filed")

    portal.at("2026-11-20T09:00:00+07:00")
    first = desk.do("notify", code, "--phi", "8.000")["notice_id"]
    story.check("notified")
    assert desk.refused("receive", code) == "gate-unpaid"

    portal.at("2026-11-20T10:00:00+07:00")
    desk.do("cancel-notice", first, "--reason", "Nhập nhầm số tiền")
    shown = story.check("cancelled")
    assert [(n["state"], n["total"]) for n in shown["notices"]] == [("cancelled", 8000)]

    second = desk.do("notify", code, "--phi", "8000")["notice_id"]
    story.check("notified again")
    third = desk.do("notify", code, "--phi", "16000", "--other", "Bưu chính=8000", "--replaces", second)["notice_id"]
    shown = story.check("replaced")
    assert [(n["id"], n["state"]) for n in shown["notices"][:2]] == [(first, "cancelled"), (second, "superseded")]
    lines = shown["notices"][2]["lines"]
    assert [(line["kind"], line["amount"]) for line in lines] == [("PHI", 16000), ("OTHER", 8000)]

    portal.at("2026-11-20T15:00:00+07:00")
    assert portal.pay(third)["rsp_code"] == "00"
    shown = story.check("paid")
    assert [n["state"] for n in shown["notices"]] == ["cancelled", "superseded", "paid"]

    portal.at("2026-11-20T15:10:00+07:00")
    assert desk.do("receive", code)["outbox_state"] == "acked"
    shown = story.check("received")
    assert shown["receipt_code"] == "H32.8-20261120-0021"
    desk.do("forward", shown["receipt_code"], "--to", "thuly1")
    story.check("forwarded")
    processor.do("complete", code)
    story.check("completed")
    desk.do("return", code, "--to", "Trần Thị Mai")
    story.check("returned")
    story.end()


def test_case_1_ticked_at_the_counter_part_by_part(portal):
    desk = portal.officer("tiepnhan1")
    code = portal.file(EXTRACT)
    story = Story(portal, code, TICKED_AT_THE_COUNTER)
    desk.show(code)
    notice = desk.do("notify", code, "--phi", "8000")["notice_id"]
    story.check("notified")
    desk.do("tick-paid", notice, "--amount", "3000", "--method", "cash", *DOCUMENT)
    story.check("half")
    assert desk.refused("receive", code) == "gate-unpaid"
    portal.at("2026-11-20T09:00:00+07:00")
    desk.do("tick-paid", notice, "--amount", "5.000đ", "--method", "pos", "--info", "Thẻ của chị Mai, 9 giờ sáng")
    story.check("ticked")
    assert desk.refused("tick-paid", notice, "--amount", "5000", "--method", "cash", *DOCUMENT) == "already-paid"
    desk.do("receive", code)
    story.check("received")
    story.end()


def test_case_2_suspended_notified_paid_online_and_suspended_once_more(portal):
    code = received_on_9_november(portal)
    desk, processor = portal.officer("tiepnhan1"), portal.officer("thuly1")
    story = Story(portal, code, CASE_2_PAID_ONLINE)
    story.check("received")
    desk.do("forward", code, "--to", "thuly1")
    story.check("forwarded")

    portal.at("2026-11-20T14:00:00+07:00")
    suspend(portal, code)
    shown = story.check("suspended")
    assert (shown["return_to"], shown["assigned_to"], shown["remaining_minutes"]) == ("thuly1", None, 390)
    assert desk.refused("notify", code) == "accept-first"
    assert processor.refused("accept-supplement", code) == "not-your-right"
    desk.do("accept-supplement", code)
    story.check("accepted")
    assert desk.refused("accept-supplement", code) == "wrong-state"

    first = desk.do("notify", code)["notice_id"]
    shown = story.check("notified")
    assert [(n["kind"], n["amount"]) for n in shown["notices"][0]["lines"]] == [("NVTC", 15_000_000)]
    desk.do("cancel-notice", first, "--reason", "Sai tiêu đề")
    story.check("cancelled")
    second = desk.do("notify", code)["notice_id"]
    story.check("notified again")

    portal.at("2026-11-20T20:10:00+07:00")
    assert portal.pay(second)["rsp_code"] == "00"
    shown = story.check("paid")
    assert (shown["assigned_to"], shown["return_to"]) == ("thuly1", None)

    portal.at("2026-11-23T08:00:00+07:00")
    suspend(portal, code, "700000")
    shown = story.check("suspended again")
    assert shown["remaining_minutes"] == 330
    desk.do("accept-supplement", code)
    story.check("accepted again")
    third = desk.do("notify", code)["notice_id"]
    story.check("notified third")
    portal.at("2026-11-23T09:00:00+07:00")
    portal.pay(third)
    shown = story.check("paid again")
    assert shown["assigned_to"] == "thuly1"
    story.end()


def test_case_2_ticked_with_the_treasurys_receipt(portal):
    code = received_on_9_november(portal)
    desk = portal.officer("tiepnhan1")
    desk.do("forward", code, "--to", "thuly1")
    portal.officer("thuly1").show(code)
    portal.at("2026-11-20T14:00:00+07:00")
    suspend(portal, code)
    story = Story(portal, code, CASE_2_TICKED)
    story.check("suspended")
    desk.do("accept-supplement", code)
    notice = desk.do("notify", code)["notice_id"]
    story.check("notified")
    portal.at("2026-11-23T16:30:00+07:00")
    desk.do("tick-paid", notice, "--amount", "15000000", "--method", "treasury", *DOCUMENT)
    shown = story.check("ticked")
    assert shown["assigned_to"] == "thuly1"
    story.end()


def test_case_3_fee_at_a_step_then_in_state_9_and_returned_owing(portal):
    desk, processor = portal.officer("tiepnhan1"), portal.officer("thuly1")
    code = portal.file(BUILDING)
    desk.show(code)
    desk.do("receive", code)
    desk.do("forward", code, "--to", "thuly1")
    story = Story(portal, code, CASE_3)
    assert processor.show(code)["step"] == "tham-dinh"
    assert desk.refused("notify", code, "--le-phi", "75000") == "not-your-right"
    first = processor.do("notify", code, "--le-phi", "75000")["notice_id"]
    story.check("at the fee step")
    portal.pay(first)
    story.check("paid at the step")
    processor.do("complete", code)
    story.check("completed")
    desk.do("notify", code, "--other", "Sao chụp bản vẽ=20000")
    story.check("notified in 9")
    said = desk.cli("return", code, "--to", "Trần Thị Mai")
    assert (said.code, said.one["refused"]) == (1, "owing-needs-reason")
    assert said.one["message"] == "Hồ sơ còn nợ 20.000 đồng. Ghi lý do rồi mới trả kết quả được."
    desk.do("return", code, "--to", "Trần Thị Mai", "--reason", "Nộp sau, có giấy hẹn")
    story.check("returned owing")
    story.end()


def test_the_program_itself_runs_as_a_process_of_its_own(tmp_path):
    with world(tmp_path) as portal:
        code = portal.file(EXTRACT)

        def cli(*argv: str, typed: str = "") -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [sys.executable, "-m", "app.cli", "desk", "--profile", str(tmp_path / "own"), *argv],
                input=typed, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, timeout=60, check=False,
            )  # fmt: skip

        signed = cli("sign-in", "--portal", portal.server.base_url, "--username", "tiepnhan1", typed="motcua-sandbox\n")
        assert signed.returncode == 0, signed.stderr
        assert json.loads(signed.stdout)["roles"] == ["reception"]
        received = cli("receive", code)
        assert (received.returncode, json.loads(received.stdout)["outbox_state"]) == (0, "acked")
        listed = cli("list", "--queue", "received")
        assert [json.loads(line)["code"] for line in listed.stdout.splitlines()] == [code]


def test_wrong_usage_is_2_and_says_so():
    assert run("desk", "--profile", "x", "list", "--queue", "nowhere").code == 2
    assert run("desk").code == 2
