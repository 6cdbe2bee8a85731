"""Deadlines, second notices, bad suspensions, the gate, endings and nobody reachable, online and offline."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conditions import until
from tests.e2e.fee_scenes import (
    CASH,
    EXTRACT,
    PAPER,
    TAX,
    away,
    filed,
    notified,
    processed,
    queued,
)
from tests.e2e.fee_table import FeeStory
from tests.e2e.officers import Officer, World, world

LATE = """
overdue  | 1 due paused awaiting_payment | sent 0/120000      | -                     | -
reminded | 1 due paused awaiting_payment | sent 0/120000      | -                     | -
paid     | 1 paid running paid_next      | paid 120000/120000 | gateway 120000/120000 | -
"""

TO_A_CANCELLED_NOTICE = """
two       | 1 due paused awaiting_payment | sent 0/120000, sent 0/30000          | -                     | -
cancelled | 1 due paused awaiting_payment | cancelled 0/120000, sent 0/30000     | counter_cash 120000/0 | refund open 120000
used      | 1 paid running paid_next      | cancelled 0/120000, paid 30000/30000 | counter_cash 120000/30000 | refund closed 120000 lapsed, refund open 90000
"""  # noqa: E501

SECOND_NOTICE = """
offline   | 1 due paused awaiting_payment | superseded 0/120000, sent 0/30000, sent 0/8000 | - | -
delivered | 1 due paused awaiting_payment | superseded 0/120000, sent 0/30000, sent 0/8000 | - | -
"""

BAD_SUSPENSION = """
no tax notice | 6/awaiting_tax_notice none paused paused 07/12 08:00          | -                    | - | -
tax notice    | 6/desk_to_notify none paused paused 07/12 08:00               | -                    | - | -
sent back     | 6/awaiting_tax_notice none paused paused 07/12 08:00          | -                    | - | -
notified      | 6/awaiting_payment due paused paused 07/12 08:00              | sent 0/15000000      | - | -
offline       | 4 none running mine 07/12 11:00                               | cancelled 0/15000000 | - | -
cancelled     | 4 none running mine 07/12 11:00                               | cancelled 0/15000000 | - | -
"""

GATE = """
offline  | 1 due paused awaiting_payment              | sent 0/120000      | -                     | -
paid     | 2 paid running received 20/11 17:00        | paid 120000/120000 | gateway 120000/120000 | -
"""

GATE_STILL_UNPAID = """
refused         | 1 due paused awaiting_payment              | sent 0/120000 | - | -
received unpaid | 2 due running awaiting_payment 20/11 17:00 | sent 0/120000 | - | -
"""

REFUSED = """
refused | 3 none stopped - | cancelled 0/150000 | counter_cash 50000/0 | refund open 50000
"""

WITHDRAWN = """
collected | 4 paid running - 07/12 08:00 | paid 70000/70000 | counter_cash 70000/70000 | -
withdrawn | 7 paid stopped - 07/12 08:00 | paid 70000/70000 | counter_cash 70000/70000 | refund open 70000
kept      | 7 paid stopped - 07/12 08:00 | paid 70000/70000 | counter_cash 70000/70000 | refund closed 70000
"""

WITHDRAWN_GIVEN_BACK = """
given back | 7 refunded stopped refunds 07/12 08:00 | cancelled 0/70000 | counter_cash 70000/0 refunded 70000 | refund refunded 70000
"""  # noqa: E501

MOMO_THEN_LATE = """
momo | 1 paid running paid_next | paid 120000/120000 | gateway 120000/120000 | -
"""


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as found:
        yield found


def test_past_its_date_a_notice_is_flagged_reminded_and_paid_as_any_other(portal):
    code, notice = notified(portal, "120000", "--pay-by", "2026-11-20")
    desk = portal.officer("tiepnhan1")
    assert desk.refused("notify", code, "--other", "Bưu chính=5000", "--pay-by", "2026-11-19") == "pay-by-past"
    assert desk.show(code)["notices"][0]["overdue"] is False
    portal.at("2026-11-23T08:00:00+07:00")
    story = FeeStory(desk, code, LATE)
    shown = story.check("overdue")
    assert [(n["pay_by"], n["overdue"]) for n in shown["notices"]] == [("2026-11-20", True)]
    with away(portal):
        queued(desk, "remind", notice)
        assert desk.shown(code)["notices"][0]["reminders"] == 1
    shown = story.check("reminded")
    assert (shown["notices"][0]["reminders"], len(shown["notices"])) == (1, 1)
    portal.pay(notice)
    assert story.check("paid")["notices"][0]["overdue"] is False


def test_money_for_a_cancelled_notice_is_used_for_the_open_one(portal):
    code, notice = notified(portal)
    desk, head = portal.officer("tiepnhan1"), portal.officer("lanhdao1")
    desk.do("notify", code, "--other", "Bưu chính=30000", "--title", "Phí gửi trả")
    story = FeeStory(desk, code, TO_A_CANCELLED_NOTICE)
    story.check("two")
    with away(portal):
        queued(desk, "tick-paid", notice, "--amount", "120000", *CASH)
    head.show(code)
    head.do("cancel-notice", notice, "--reason", "Thu nhầm khoản")
    story.check("cancelled")
    decision = desk.cli("decisions").one
    assert [choice["id"].split(":")[0] for choice in decision["choices"]] == ["counter", "use"]
    assert decision["choices"][1]["label"] == "Dùng cho thông báo “Phí gửi trả”."
    desk.do("decide", decision["id"], decision["choices"][1]["id"])
    story.check("used")
    assert desk.cli("decisions").one["message"] == "Trần Thị Mai đã nộp thừa 90.000 đồng. Cần hoàn trả."


def test_a_second_notice_replaces_or_adds_and_the_same_line_twice_needs_a_reason(portal):
    code, notice = notified(portal)
    desk, colleague = portal.officer("tiepnhan1"), portal.officer("tiepnhan2")
    assert desk.refused("notify", code, "--phi", "5000") == "same-line-open"
    story = FeeStory(desk, code, SECOND_NOTICE)
    with away(portal):
        queued(desk, "notify", code, "--other", "Bưu chính=30000")
        assert desk.refused("notify", code, "--other", "Bưu chính=30000") == "same-line-open"
        queued(desk, "notify", code, "--phi", "8000", "--replaces", notice)
        story.check("offline", offline=True)
    shown = story.check("delivered")
    assert desk.do("notify", code, "--other", "Bưu chính=30000", "--reason", "Gửi thêm một bản")["notice_id"]
    colleague.show(code)
    replaced = shown["notices"][2]["id"]
    assert colleague.refused("notify", code, "--phi", "9000", "--replaces", replaced) == "not-your-notice"


def test_a_bad_suspension_goes_back_and_is_cancelled_as_one_pause(portal):
    desk, processor, code = portal.officer("tiepnhan1"), portal.officer("thuly1"), processed(portal)
    portal.at("2026-11-20T09:00:00+07:00")
    processor.do("suspend", code, "--reason", "Đã chuyển thuế")
    story = FeeStory(processor, code, BAD_SUSPENSION)
    story.check("no tax notice")
    desk.show(code)
    assert desk.refused("send-back", code, "--reason", "Chưa có gì") == "wrong-state"
    assert desk.refused("resume", code, *PAPER) == "tax-notice-needed"
    portal.at("2026-11-20T10:00:00+07:00")
    processor.do("add-tax-notice", code, *TAX)
    story.check("tax notice")
    assert desk.show(code)["queue"] == "to_notify"
    desk.do("send-back", code, "--reason", "Sai số thuế")
    story.check("sent back")
    processor.do("add-tax-notice", code, *TAX)
    desk.show(code)
    desk.do("accept-supplement", code)
    notice = desk.do("notify", code)["notice_id"]
    story.check("notified")
    assert processor.refused("cancel-suspension", code, "--reason", "Dừng nhầm") == "already-notified"
    assert desk.refused("send-back", code, "--reason", "Sai") == "already-notified"
    desk.do("cancel-notice", notice, "--reason", "Dừng nhầm hồ sơ")
    portal.at("2026-11-20T14:00:00+07:00")
    with away(portal):
        queued(processor, "cancel-suspension", code, "--reason", "Dừng nhầm hồ sơ")
        story.check("offline", offline=True)
    shown = story.check("cancelled")
    assert [(p["from"][:16], p["to"][:16]) for p in shown["pauses"]] == [("2026-11-20T09:00", "2026-11-20T14:00")]
    assert [(part["waits_for"], part["from"][11:16]) for part in shown["pauses"][0]["parts"]] == [
        ("tax_notice", "09:00"), ("payment", "10:00"), ("tax_notice", "10:00"), ("payment", "10:00"),
    ]  # fmt: skip


def test_offline_with_an_open_gate_the_reception_waits_for_the_portals_word(portal):
    code, notice = notified(portal)
    colleague = portal.officer("tiepnhan2")
    colleague.show(code)
    assert colleague.refused("receive", code) == "gate-unpaid"
    assert colleague.refused("receive", code, "--reason", "Không có quyền này") == "gate-unpaid"
    story = FeeStory(colleague, code, GATE)
    with away(portal):
        said = queued(colleague, "receive", code)
        assert said["message"] == "Đã lưu trên máy, chờ Cổng xác nhận đã nộp. Chưa in giấy tiếp nhận."
        assert story.check("offline", offline=True)["pending"] == ["receive"]
    portal.pay(notice)
    story.check("paid")


def test_the_portal_refuses_what_was_not_paid_and_a_right_of_its_own_goes_past_the_gate(portal):
    code, _ = notified(portal)
    desk, colleague = portal.officer("tiepnhan1"), portal.officer("tiepnhan2")
    colleague.show(code)
    with away(portal):
        queued(colleague, "receive", code)
    stays = colleague.cli("leave")
    assert (stays.code, [(line["type"], line["state"]) for line in stays.lines]) == (1, [("receive", "needs_decision")])
    story = FeeStory(colleague, code, GATE_STILL_UNPAID)
    assert colleague.show(code)["pending"] == []
    decision = colleague.cli("decisions").one
    assert decision["message"].startswith("Hồ sơ còn khoản thu trước 120.000 đồng chưa thanh toán")
    assert colleague.cli("decide", decision["id"], "drop").code == 0
    story.check("refused")
    assert desk.refused("receive", code) == "gate-unpaid"
    desk.do("receive", code, "--reason", "Bưu điện nộp hộ, mai chuyển")
    story.check("received unpaid")


def test_refusing_asks_while_someone_is_paying_and_gives_back_what_was_paid(portal):
    code, notice = notified(portal, "120000", "--other", "Bưu chính=30000")
    desk = portal.officer("tiepnhan1")
    desk.do("tick-paid", notice, "--amount", "50000", *CASH)
    portal.post("/citizen/payments", {"notice_id": notice, "gateway": "momo"})
    desk.show(code)
    assert desk.refused("refuse", code, "--reason", "Sai thẩm quyền") == "someone-paying"
    desk.do("refuse", code, "--reason", "Sai thẩm quyền", "--anyway")
    FeeStory(desk, code, REFUSED).check("refused")
    assert desk.refused("tick-paid", notice, "--amount", "100000", *CASH) == "notice-closed"


@pytest.fixture
def withdrawn(portal) -> tuple[str, str]:
    """A dossier with 70.000 đồng collected, taken back by the citizen; its code and refund case."""
    desk, code = portal.officer("tiepnhan1"), processed(portal)
    desk.do("collect", code, "--phi", "70000", *CASH)
    story = FeeStory(desk, code, WITHDRAWN)
    story.check("collected")
    assert portal.citizen("withdraw", code, "--reason", "Đổi ý") == {"id": desk.shown(code)["id"], "state": 7}
    return code, story.check("withdrawn")["cases"][0]["id"]


def test_a_withdrawn_dossiers_money_is_kept_when_the_work_was_done(portal, withdrawn):
    code, case = withdrawn
    head, cashier = portal.officer("lanhdao1"), portal.officer("thuquy1")
    assert (head.show(code)["queue"], cashier.show(code)["queue"]) == ("refunds", "refunds")
    head.do("close-case", case, "--note", "Việc đã thực hiện, không hoàn")
    story = FeeStory(head, code, WITHDRAWN.strip().splitlines()[-1])
    story.check("kept")


def test_or_goes_back_when_it_was_not(portal, withdrawn):
    code, case = withdrawn
    head, cashier = portal.officer("lanhdao1"), portal.officer("thuquy1")
    head.show(code)
    head.do("approve-refund", case)
    cashier.show(code)
    cashier.do("pay-refund", case, "--info", "Chuyển khoản lại, UNC số 7")
    FeeStory(cashier, code, WITHDRAWN_GIVEN_BACK).check("given back")


def deliveries(desk: Officer, code: str) -> dict[str, str]:
    return {d["channel"]: d["state"] for d in desk.show(code)["notices"][0]["deliveries"]}


def test_nobody_reachable_is_called_corrected_and_reminded(portal):
    code = filed(portal, EXTRACT, "--phone", "0258123456", "--email", "", "--account", "")
    desk = portal.officer("tiepnhan1")
    notice = desk.do("notify", code, "--phi", "8000")["notice_id"]
    none = {"account": "no_address", "email": "no_address"}
    until(lambda: deliveries(desk, code) == {**none, "sms": "failed"})
    assert desk.refused("remind", notice) == "nobody-reachable"
    with away(portal):
        queued(desk, "reached", notice, "--channel", "call", "--note", "Đã gọi, hẹn mai nộp")
        queued(desk, "reached", notice, "--channel", "handed")
    assert deliveries(desk, code) == {**none, "sms": "failed", "call": "delivered", "handed": "delivered"}
    assert desk.refused("correct-contact", code, "--phone", "12") == "phone-invalid"
    desk.do("correct-contact", code, "--phone", "0905777888")
    until(lambda: deliveries(desk, code)["sms"] == "delivered")
    desk.do("remind", notice)
    until(lambda: len(sent(portal, code)) == 2)
    assert [(m["kind"], m["address"]) for m in sent(portal, code)] == [
        ("fee", "0905777888"), ("reminder", "0905777888")
    ]  # fmt: skip
    assert "con phai nop 8.000 dong" in sent(portal, code)[1]["body"]


def sent(portal: World, code: str) -> list[dict[str, Any]]:
    return [m for m in portal.citizen("track", code)["messages"] if m["channel"] == "sms"]


def test_the_days_takings_name_what_lacks_a_document_and_what_was_taken_back(portal):
    code, notice = notified(portal)
    desk = portal.officer("tiepnhan1")
    desk.do("tick-paid", notice, "--amount", "50000", *CASH)
    desk.do("tick-paid", notice, "--amount", "70000", "--method", "pos", "--info", "Bà Mai nộp lúc 8 giờ sáng")
    payment = desk.shown(code)["notices"][0]["payments"][0]["id"]
    with away(portal):
        queued(desk, "reverse-payment", payment, "--reason", "Ghi nhầm")
        offline = desk.cli("collected").lines
    assert desk.cli("sync").code == 0
    for first, second, total in (offline, desk.cli("collected").lines):
        assert (first["amount"], first["reversed"], first["document_missing"]) == (50_000, True, False)
        assert (second["amount"], second["reversed"], second["document_missing"]) == (70_000, False, True)
        assert total == {
            "date": "2026-11-20", "total": 70_000, "by_channel": {"counter_pos": 70_000}, "by_kind": {"PHI": 70_000}
        }  # fmt: skip
    assert len(desk.cli("collected", "--date", "2026-11-19").lines) == 1
    paper = portal.folder / "thu.pdf"
    assert desk.cli("collected", "--out", str(paper)).lines[-1]["size_bytes"] == paper.stat().st_size
    assert paper.read_bytes().startswith(b"%PDF-")
    assert desk.cli("journal", "verify").one["rows"] == 3


def test_paying_by_the_other_wallet_is_the_same_money(portal):
    code, notice = notified(portal)
    paid = portal.citizen("pay", "--notice", notice, "--gateway", "momo", "--duplicate")
    assert (paid["rsp_code"], paid["duplicate_rsp_code"], paid["notice_state"]) == ("204", "204", "paid")
    shown = FeeStory(portal.officer("tiepnhan1"), code, MOMO_THEN_LATE).check("momo")
    assert shown["notices"][0]["payments"][0]["gateway"] == "momo"
