"""An officer goes home with work unsent; after a working hour the head hands it over; his name stays on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import open_desk
from app.contract.codec import sha256_of
from app.contract.wire import CommandEnvelope
from tests.e2e.fee_scenes import CASH, away, notified, queued
from tests.e2e.officers import Officer, World, world


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as found:
        yield found


def sits_down(portal: World, username: str, desk: str = "quay-1") -> Officer:
    """Sign in on a desk that others use too, which also tells the portal what waits there."""
    officer = Officer(portal.folder / desk, portal.server.base_url, username)
    said = officer.sign_in()
    assert said.code == 0, said
    return officer


def unsent(officer: Officer) -> list[dict[str, Any]]:
    lines = officer.cli("unsent").lines
    return [{name: line[name] for name in ("officer", "desk", "count", "undecided", "amount", "handed_to")}
            for line in lines]  # fmt: skip


WAITING = {
    "officer": "tiepnhan2", "desk": "quay-1", "count": 3, "undecided": 0, "amount": 120_000, "handed_to": None
}  # fmt: skip


@pytest.fixture
def left(portal: World) -> tuple[str, str]:
    """tiepnhan2 took money on quay-1 without a network and went home; tiepnhan1 sits there now, online."""
    code, notice = notified(portal)
    gone = sits_down(portal, "tiepnhan2")
    receipt = portal.folder / "bien-lai.pdf"
    receipt.write_bytes(b"%PDF-1.4\n%%EOF\n")
    with away(portal):
        queued(gone, "tick-paid", notice, "--amount", "50000", *CASH)
        queued(gone, "tick-paid", notice, "--amount", "70000", "--method", "pos", "--evidence", str(receipt))
        queued(gone, "receive", code)
    return code, notice


def test_after_a_working_hour_online_the_head_hands_it_over_and_the_fact_keeps_its_officer(portal, left):
    code, _ = left
    here, head = sits_down(portal, "tiepnhan1"), portal.officer("lanhdao1")
    assert unsent(here) == [WAITING]
    assert unsent(head) == []
    assert head.refused("hand-over", "tiepnhan2", "--to", "tiepnhan1") == "nothing-unsent"
    portal.at("2026-11-20T08:59:00+07:00")
    assert here.cli("sync").code == 0
    assert unsent(head) == []
    portal.at("2026-11-20T09:00:00+07:00")
    assert here.cli("sync").code == 0
    assert unsent(head) == [WAITING]
    assert here.refused("hand-over", "tiepnhan2", "--to", "tiepnhan1") == "hand-over-not-yours"
    assert here.refused("send-for", "tiepnhan2") == "not-handed-over"
    assert head.cli("hand-over", "tiepnhan2", "--to", "tiepnhan1").one["handed_to"] == "tiepnhan1"
    colleague = sits_down(portal, "thuquy1")
    assert colleague.refused("send-for", "tiepnhan2") == "not-handed-over"

    here = sits_down(portal, "tiepnhan1")
    with away(portal):
        assert here.cli("send-for", "tiepnhan2").code == 3
    assert here.cli("send-for", "tiepnhan2").one == {"officer": "tiepnhan2", "sent": 3, "left": 0, "undecided": 0}
    assert (unsent(here), unsent(head)) == ([], [])
    shown = here.show(code)
    assert (shown["state"], shown["fee_status"]) == (2, "paid")
    assert [p["recorded_by"] for p in shown["notices"][0]["payments"]] == ["tiepnhan2", "tiepnhan2"]
    assert [h["by"] for h in shown["history"] if h["kind"] in ("payment_recorded", "received")] == [
        "Trần Thị Mỹ Duyên (Nguyễn Thị Ấm gửi thay)"
    ] * 3
    assert here.refused("send-for", "tiepnhan2") == "not-handed-over"

    back = sits_down(portal, "tiepnhan2")
    assert back.cli("outbox").lines == []
    assert [(item["amount"], item["sent"]) for item in back.cli("collected").lines[:-1]] == [
        (50_000, True), (70_000, True)
    ]  # fmt: skip
    assert back.cli("journal", "verify").one["ok"] is True


def test_the_officer_who_comes_back_sends_his_own_work_and_nothing_is_left_to_hand_over(portal, left):
    code, _ = left
    head = portal.officer("lanhdao1")
    sits_down(portal, "tiepnhan1")
    portal.at("2026-11-20T10:00:00+07:00")
    sits_down(portal, "tiepnhan1")
    assert unsent(head) == [WAITING]
    back = sits_down(portal, "tiepnhan2")
    shown = back.show(code)
    assert shown["state"] == 2
    assert {h["by"] for h in shown["history"] if h["kind"] == "received"} == {"Trần Thị Mỹ Duyên"}
    assert unsent(head) == []


def test_who_was_there_meanwhile_must_be_handed_over_anew(portal, left):
    """The head gave his word for what waited then; the officer came back, worked and went again."""
    code, _ = left
    head, here = portal.officer("lanhdao1"), sits_down(portal, "tiepnhan1")
    portal.at("2026-11-20T10:00:00+07:00")
    assert here.cli("sync").code == 0
    assert head.cli("hand-over", "tiepnhan2", "--to", "tiepnhan1").code == 0
    back = sits_down(portal, "tiepnhan2")
    assert back.show(code)["state"] == 2
    with away(portal):
        queued(back, "collect", code, "--other", "Bản sao=8000", *CASH)
    here = sits_down(portal, "tiepnhan1")
    assert here.refused("send-for", "tiepnhan2") == "not-handed-over"
    assert unsent(here) == [WAITING | {"count": 1, "amount": 8_000}]


def test_nobody_delivers_in_anothers_name_without_the_heads_word(portal, left):
    """The portal itself refuses: a token is not enough, and neither is a key with other bytes."""
    head, here = portal.officer("lanhdao1"), sits_down(portal, "tiepnhan1")
    portal.at("2026-11-20T10:00:00+07:00")
    assert here.cli("sync").code == 0
    desk = open_desk(here.profile)
    try:
        row = desk.neighbours.unsent()[0].to_send[0]
        body = row.body.replace("50000", "49999")
        own = CommandEnvelope(row.key, row.actor_id, row.type, row.dossier_id, row.if_match, row.sha256, row.body)
        other = replace(own, sha256=sha256_of(body), body=body)

        def answered(envelope: CommandEnvelope) -> str:
            return desk.engine.sender.client.send_commands([envelope])[0].code

        assert answered(own) == "forbidden"
        assert head.cli("hand-over", "tiepnhan2", "--to", "tiepnhan1").code == 0
        assert body != row.body
        assert answered(other) == "forbidden"
        assert (answered(own), answered(own)) == ("done", "replayed")
    finally:
        desk.close()
