"""The treasury's proof, brought by hand: a payment like any other, in the journal, the ledger and the day's takings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import open_desk
from tests.e2e.fee_scenes import PAPER, away, obliged, queued, suspended
from tests.e2e.fee_table import FeeStory
from tests.e2e.officers import Officer, World, world

RESUMED = """
offline   | 4 paid running - 07/12 09:00 | paid 15000000/15000000 | treasury 15000000/15000000 | -
delivered | 4 paid running - 07/12 09:00 | paid 15000000/15000000 | treasury 15000000/15000000 | -
"""

RESUMED_BEFORE_ANY_NOTICE = """
resumed | 4 paid running - 07/12 08:00 | paid 15000000/15000000 | treasury 15000000/15000000 | -
"""

RESUMED_TOO_LATE = """
both | 4 paid running - 07/12 08:00 | paid 15000000/15000000 | gateway 15000000/15000000, treasury 15000000/0 | refund open 15000000
"""  # noqa: E501


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as found:
        yield found


def test_resuming_by_hand_writes_the_treasurys_payment_first(portal):
    code, _ = obliged(portal)
    desk = portal.officer("tiepnhan1")
    assert desk.refused("resume", code) == "evidence-needed"
    portal.at("2026-11-20T09:00:00+07:00")
    story = FeeStory(desk, code, RESUMED)
    with away(portal):
        queued(desk, "resume", code, *PAPER)
        story.check("offline", offline=True)
    story.check("delivered")
    assert portal.officer("thuly1").show(code)["assigned_to"] == "thuly1"


def test_resuming_before_the_citizen_was_notified_makes_the_notice_too(portal):
    code = suspended(portal)
    processor = portal.officer("thuly1")
    with away(portal):
        queued(processor, "resume", code, "--info", "Giấy nộp tiền kho bạc số 5")
        assert taken(processor) == [("treasury", 15_000_000, False)]
    assert processor.cli("sync").code == 0
    FeeStory(portal.officer("tiepnhan1"), code, RESUMED_BEFORE_ANY_NOTICE).check("resumed")
    assert taken(processor) == [("treasury", 15_000_000, True)]
    assert reconciled(portal, processor) == [("treasury", 15_000_000)]
    assert processor.cli("journal", "verify").one["rows"] == 1


def taken(desk: Officer) -> list[tuple[str, int, bool]]:
    return [(item["channel"], item["amount"], item["sent"]) for item in desk.cli("collected").lines[:-1]]


def reconciled(portal: World, desk: Officer) -> list[tuple[str, int]]:
    """What the portal's ledger has of the day, as the desk's own program reads it."""
    opened = open_desk(desk.profile)
    try:
        found = opened.engine.ask.reconciliation(opened.clock.now().date())
    finally:
        opened.close()
    assert all(key.reconciled_at for key in found.keys)
    return [(key.channel, key.amount) for key in found.keys]


def test_a_treasury_proof_that_comes_after_the_citizens_own_payment_is_a_fact_too(portal):
    code, notice = obliged(portal)
    desk = portal.officer("tiepnhan1")
    with away(portal):
        queued(desk, "resume", code, *PAPER)
    portal.pay(notice)
    FeeStory(desk, code, RESUMED_TOO_LATE).check("both")
    assert desk.cli("outbox").lines == []
    assert desk.cli("decisions").one["kind"] == "paid_twice"


def test_a_refused_proof_is_dropped_and_the_journal_says_so(portal):
    code = suspended(portal)
    desk, processor = portal.officer("tiepnhan1"), portal.officer("thuly1")
    with away(portal):
        queued(desk, "resume", code, *PAPER)
    processor.do("cancel-suspension", code, "--reason", "Dừng nhầm")
    assert desk.cli("sync").code == 0
    decision = desk.cli("decisions").one
    assert decision["message"] == "Hồ sơ đang ở bước “Đang xử lý” nên chưa thể tiếp tục."
    assert desk.cli("decide", decision["id"], "drop").code == 0
    (item, total) = desk.cli("collected").lines
    assert (item["amount"], item["reversed"], total["total"]) == (15_000_000, True, 0)
    proven = {"rows": 2, "countersigned": 1, "broken_at": None, "why": "", "ok": True}
    assert desk.cli("journal", "verify").one | {"head": ""} == proven | {"head": ""}
