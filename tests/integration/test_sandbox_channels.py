"""How the sandbox tells citizens: every channel with its own truth, each change in the feed."""

from __future__ import annotations

from datetime import datetime

import pytest
import requests

from app.clock import VN
from app.sandbox.server import SandboxServer
from app.sandbox.simulator import verbs
from tests.integration.sandbox_desk import SandboxDesk, file_dossier, move_clock


@pytest.fixture
def own(tmp_path):
    """A portal of this test alone: it moves the clock."""
    with SandboxServer(tmp_path, now=datetime(2026, 11, 20, 8, 0, tzinfo=VN)) as server:
        desk = SandboxDesk(server.base_url, "tiepnhan1")
        yield server, desk
        desk.close()


def delivery(body, channel):
    return next(d for d in body["notices"][-1]["deliveries"] if d["channel"] == channel)


def came_to(channel, state, attempts=1):
    def holds(body):
        found = delivery(body, channel)
        return (found["state"], found["attempts"]) == (state, attempts)

    return holds


def messages(server, **query):
    return requests.get(server.base_url + "/sandbox/messages", params=query, timeout=10).json()["messages"]


def test_a_notice_reaches_account_mailbox_and_telephone(own):
    server, desk = own
    dossier = file_dossier(server.base_url)
    notice = desk.notify(dossier)
    body = desk.until(dossier, lambda b: all(d["state"] == "delivered" for d in b["notices"][0]["deliveries"]))
    assert [d["channel"] for d in body["notices"][0]["deliveries"]] == ["account", "email", "sms"]
    assert body["version"] == 5  # filed, notified, three deliveries
    texts = {m["channel"]: m for m in messages(server)}
    assert texts.keys() == {"account", "email", "sms"}
    assert all(m["notice_id"] == notice and m["kind"] == "fee" for m in texts.values())
    assert "120.000 đồng" in texts["account"]["body"]
    assert "120.000 đồng" in texts["email"]["body"]
    assert texts["email"]["title"] == "Nộp phí"
    sms = texts["sms"]["body"]
    assert sms.isascii()
    assert len(sms) <= 160
    assert "120.000 dong" in sms
    assert "Mai" not in sms


OUTCOMES = [
    ("email", {"email": "nobody@congdan.example"}, "failed", "bad-address"),
    ("email", {"email": "không phải thư"}, "failed", "bad-address"),
    ("email", {"email": "full@congdan.example"}, "queued", "mailbox-full"),
    ("email", {"email": "down@congdan.example"}, "queued", "server-refused"),
    ("sms", {"phone": "02583822024"}, "failed", "bad-number"),
    ("sms", {"phone": "0905123400"}, "queued", "not-reachable"),
    ("sms", {"phone": "0905123499"}, "queued", "not-reachable"),
    ("account", {"account": "nobody7"}, "failed", "no-account"),
]


@pytest.mark.parametrize(("channel", "citizen", "state", "code"), OUTCOMES)
def test_each_failure_has_its_own_word_and_leaves_the_others_alone(sandbox, channel, citizen, state, code):
    desk = SandboxDesk(sandbox.base_url, "tiepnhan1")
    dossier = file_dossier(sandbox.base_url, **citizen)
    desk.notify(dossier)
    body = desk.until(
        dossier,
        lambda b: came_to(channel, state)(b)
        and all(d["state"] == "delivered" for d in b["notices"][0]["deliveries"] if d["channel"] != channel),
    )
    found = delivery(body, channel)
    assert found["code"] == code
    assert (found["next_try_at"] is not None) == (state == "queued")


def test_a_missing_address_is_said_at_once_and_nothing_is_sent(own):
    server, desk = own
    dossier = file_dossier(server.base_url, email="", account="")
    desk.notify(dossier)
    body = desk.until(dossier, came_to("sms", "delivered"))
    assert [delivery(body, c)["state"] for c in ("account", "email")] == ["no_address", "no_address"]
    assert [m["channel"] for m in messages(server)] == ["sms"]


def test_a_telephone_that_was_off_gets_the_message_on_the_next_try(own):
    server, desk = own
    dossier = file_dossier(server.base_url, phone="0905123400")
    desk.notify(dossier)
    desk.until(dossier, came_to("sms", "queued", 1))
    move_clock(server.base_url, advance_s=5 * 60)
    body = desk.until(dossier, came_to("sms", "delivered", 2))
    assert delivery(body, "sms")["code"] == ""


def test_after_a_day_the_portal_gives_up_and_says_so(own):
    server, desk = own
    dossier = file_dossier(server.base_url, phone="0905123499")
    desk.notify(dossier)
    desk.until(dossier, came_to("sms", "queued", 1))
    move_clock(server.base_url, advance_s=25 * 3600)
    again = SandboxDesk(server.base_url, "tiepnhan1")  # a day ends the session too
    body = again.until(dossier, came_to("sms", "failed", 2))
    assert (delivery(body, "sms")["code"], delivery(body, "sms")["next_try_at"]) == ("gave-up", None)


def test_cancelling_and_replacing_tell_the_citizen_by_the_same_channels(own):
    server, desk = own
    dossier = file_dossier(server.base_url)
    first = desk.notify(dossier)
    desk.until(dossier, came_to("email", "delivered"))
    second = desk.notify(dossier, 65_500, replaces=first, reason="Nhập sai số tiền", seen_open_amount=120_000)
    desk.until(dossier, came_to("email", "delivered"))
    assert desk.do("cancel_notice", dossier, notice_id=second, reason="Được miễn")["status"] == "done"

    def told(kind):
        return sorted(m["channel"] for m in messages(server) if m["kind"] == kind)

    desk.until(dossier, lambda b: len(told("cancel")) == 3)
    assert told("fee") == told("replace") == ["account", "email", "sms"]
    replaced = next(m for m in messages(server, channel="email") if m["kind"] == "replace")
    assert "120.000" in replaced["body"]
    assert "65.500" in replaced["body"]
    assert "Nhập sai số tiền" in replaced["body"]


def test_suspending_sends_its_own_text_message_and_the_lookup_says_paused(own):
    server, desk = own
    dossier = file_dossier(server.base_url)
    desk.do("receive", dossier)
    processor = SandboxDesk(server.base_url, "thuly2")
    officer = {"id": processor.me["officer_id"], "username": "thuly2", "name": processor.me["name"],
               "unit_id": "H32.8.01"}
    desk.do("forward", dossier, to_unit_id="H32.8.01", to_officer=officer)
    assert processor.do("suspend", dossier, reason="Chờ thuế")["status"] == "done"
    desk.until(dossier, lambda b: bool(messages(server, channel="sms")))
    sms = messages(server, channel="sms")
    assert [m["kind"] for m in sms] == ["suspension"]
    assert "tam dung" in sms[0]["body"]
    public = verbs.track(server.base_url, desk.dossier(dossier)["receipt_code"])
    assert (public["state"], public["status"]) == (6, "đang tạm dừng giải quyết")


def test_reading_the_account_marks_the_notice_viewed(own):
    server, desk = own
    dossier = file_dossier(server.base_url)
    desk.notify(dossier)
    body = desk.until(dossier, came_to("account", "delivered"))
    assert body["notices"][0]["state"] == "sent"
    assert verbs.read(server.base_url, body["code"]) == {"read": 1}
    body = desk.dossier(dossier)
    assert body["notices"][0]["state"] == "viewed"
    assert delivery(body, "account")["seen_at"] is not None
    assert verbs.read(server.base_url, body["code"]) == {"read": 0}
