"""What people, files and a newer portal can get wrong: each time one Vietnamese sentence, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from app import bootstrap
from app.contract.wire import Change
from app.services import attachments, inbox
from app.services.views import ForeignCard
from app.store import mirror
from app.sync.apply_page import apply_changes
from tests.e2e.officers import Officer, World, run, world

EXTRACT = "2.000635"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world(tmp_path_factory.mktemp("bad")) as found:
        yield found


@pytest.fixture(scope="module")
def desk(portal: World) -> Officer:
    return portal.officer("tiepnhan1")


@pytest.fixture
def code(portal: World, desk: Officer) -> str:
    found = portal.file(EXTRACT)
    desk.show(found)
    return found


@pytest.fixture
def notice(desk: Officer, code: str) -> str:
    return str(desk.do("notify", code, "--phi", "8000")["notice_id"])


# --- sign-in

def test_a_wrong_password_is_said_at_once_and_leaves_no_profile_behind(portal, tmp_path):
    stranger = Officer(tmp_path / "stranger", portal.server.base_url, "tiepnhan1")
    said = stranger.sign_in("sai mật khẩu")
    assert (said.code, said.one["refused"]) == (1, "wrong-password")
    assert said.one["message"] == "Tên đăng nhập “tiepnhan1” hoặc mật khẩu không đúng. Nhập lại rồi thử lại."
    assert said.stderr.strip() == said.one["message"]
    assert stranger.refused("queues") == "sign-in-first"
    assert stranger.sign_in().code == 0


@pytest.mark.parametrize("username", ["khong-co", "", "<b>quantri</b>", "a" * 500])
def test_an_unknown_username_is_the_same_sentence(portal, tmp_path, username):
    said = Officer(tmp_path / "s", portal.server.base_url, username).sign_in()
    assert (said.code, said.one["refused"]) == (1, "wrong-password")
    assert len(said.one["message"]) < 400


def test_a_portal_that_is_not_there_or_not_allowed_is_said(tmp_path):
    said = Officer(tmp_path / "s", "http://127.0.0.1:9", "tiepnhan1").sign_in()
    assert (said.code, said.one["refused"]) == (3, "connection-refused")
    said = Officer(tmp_path / "t", "http://cong.example", "tiepnhan1").sign_in()
    assert (said.code, said.one["refused"]) == (1, "portal-not-https")
    said = Officer(tmp_path / "u", "nonsense", "tiepnhan1").sign_in()
    assert (said.code, said.one["refused"]) == (1, "bad-portal-address")


def test_a_captive_page_at_sign_in_is_said(portal, tmp_path):
    portal.post("/sandbox/faults", [{"path": "/v1/capabilities", "kind": "html"}])
    said = Officer(tmp_path / "s", portal.server.base_url, "tiepnhan1").sign_in()
    assert (said.code, said.one["refused"]) == (3, "captive-page")


# --- amounts

AMOUNTS = [
    ("-8000", "amount-negative"), ("−8.000", "amount-negative"), ("8000.5", "amount-not-whole"),
    ("65,5", "amount-not-whole"), ("1e6", "amount-not-whole"), ("0x10", "amount-not-whole"),
    ("tám", "amount-not-whole"),
    ("99999999999999999999", "amount-too-large"), ("", "amount-empty"), ("   ", "amount-empty"),
    ("0", "amount-not-positive"), ("1.00.000", "amount-not-whole"), ("NaN", "amount-not-whole"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "refusal"), AMOUNTS)
def test_no_impossible_amount_becomes_a_notice_or_a_payment(desk, code, notice, typed, refusal):
    assert desk.refused("notify", code, f"--phi={typed}") == refusal
    assert desk.refused("notify", code, f"--le-phi={typed}") == refusal
    assert desk.refused("notify", code, "--phi", "8000", f"--other=Trích lục={typed}") == refusal
    tick = ("--method", "cash", "--info", "Biên lai giấy số 7")
    assert desk.refused("tick-paid", notice, f"--amount={typed}", *tick) == refusal
    shown = desk.shown(code)
    assert ([n["total"] for n in shown["notices"]], shown["fee_status"], shown["pending"]) == ([8000], "due", [])
    assert desk.cli("outbox").lines == []


def test_a_notice_needs_a_line_and_other_lines_a_name(desk, code):
    assert desk.refused("notify", code) == "no-line"
    assert desk.refused("notify", code, "--other", "8000") == "other-malformed"
    assert desk.refused("notify", code, "--other", "=8000") == "other-malformed"
    assert desk.refused("notify", code, "--nvtc", "8000") == "nvtc-only-when-suspended"
    assert desk.refused("notify", code, "--phi", "8000", "--pay-by", "31/02/2026") == "date-malformed"
    assert desk.refused("notify", code, "--phi", "8000", "--replaces", "nothing") == "notice-closed"
    assert desk.shown(code)["notices"] == []


EVIDENCE = [
    ((), "evidence-needed"),
    (("--document-no", "BL 7"), "evidence-needed"),
    (("--document-date", "20/11/2026"), "evidence-needed"),
    (("--info", "quầy 2"), "evidence-needed"),
    (("--document-no", "BL 7", "--document-date", "hôm qua"), "date-malformed"),
    (("--evidence", "/khong/co.pdf"), "file-not-readable"),
]


@pytest.mark.parametrize(("given", "refusal"), EVIDENCE)
def test_money_taken_in_person_needs_its_evidence(desk, code, notice, given, refusal):
    assert desk.refused("tick-paid", notice, "--amount", "8000", "--method", "cash", *given) == refusal
    assert desk.shown(code)["fee_status"] == "due"


def test_unknown_things_are_named_and_change_nothing(desk, code):
    assert desk.refused("show", "H32.8-261120-9999") == "no-such-dossier"
    assert desk.refused("receive", "'; DROP TABLE outbox; --") == "no-such-dossier"
    assert desk.refused("cancel-notice", "x", "--reason", "y") == "no-such-notice"
    assert desk.refused("tick-paid", "x", "--amount", "1", "--method", "cash") == "no-such-notice"
    assert desk.refused("decide", "x", "y") == "no-such-decision"
    desk.do("receive", code)
    assert desk.refused("forward", code, "--to", "khong-co-ai") == "no-such-target"
    assert desk.refused("refuse", code, "--reason", "muộn") == "wrong-state"
    assert desk.shown(code)["state"] == 2


# --- attachments

FILES = [
    ("trong.pdf", b"", "file-empty"),
    ("anh.pdf", b"\x89PNG\r\n\x1a\n" + b"x" * 20, "file-type-contradicts"),
    ("giay.png", PDF, "file-type-contradicts"),
    ("giay.pdf.exe", PDF, "file-type-contradicts"),
    ("chuong trinh.exe", b"MZ" + b"x" * 20, "file-type-unknown"),
    ("gia mao.pdf", b"MZ" + b"x" * 20, "file-type-contradicts"),
    ("khong duoi", b"van ban", "file-type-unknown"),
    ("trang.html", b"<script>alert(1)</script>", "file-type-unknown"),
]


@pytest.mark.parametrize(("name", "content", "refusal"), FILES, ids=[row[0] for row in FILES])
def test_a_file_that_is_not_what_it_says_is_refused_before_anything_is_queued(
    desk, code, tmp_path, name, content, refusal
):
    path = tmp_path / name
    path.write_bytes(content)
    assert desk.refused("notify", code, "--phi", "8000", "--attach", str(path)) == refusal
    assert (desk.shown(code)["notices"], desk.cli("outbox").lines) == ([], [])


def test_a_file_that_is_too_big_or_not_there_is_refused(desk, code, tmp_path):
    big = tmp_path / "to.pdf"
    with big.open("wb") as file:
        file.write(PDF)
        file.truncate(attachments.MAX_BYTES + 1)
    assert desk.refused("notify", code, "--phi", "8000", "--attach", str(big)) == "file-too-large"
    assert desk.refused("notify", code, "--phi", "8000", "--attach", str(tmp_path / "thieu.pdf")) == "file-not-readable"
    assert desk.refused("notify", code, "--phi", "8000", "--attach", str(tmp_path)) == "file-not-readable"
    assert desk.shown(code)["notices"] == []


def test_marks_and_paths_in_a_files_name_do_not_travel(portal, desk, code, tmp_path):
    path = tmp_path / "C:\\chuyen\\giay\u202efdp.to.pdf"
    path.write_bytes(PDF)
    desk.do("notify", code, "--phi", "8000", "--attach", str(path))
    opened = bootstrap.open_desk(desk.profile, undo_s=0)
    try:
        card = inbox.card(opened, inbox.locate(opened, code))
        file = card.dossier.notices[0].files[0]
        assert (file.name, file.size_bytes, file.mime) == ("giayfdp.to.pdf", len(PDF), "application/pdf")
        assert opened.engine.ask.blob(file.sha256) == PDF
    finally:
        opened.close()


# --- what citizens are called

NAMES = [
    "<b>Trần</b> <img src=x onerror=alert(1)>", "Nguyễn\u202eVăn\u2066 A", "Lê " * 66 + "An", "{0} %s $name",
    "Đặng 'OR' 1=1 --", "𝓣rần 👍", "\u200bVõ\u200b Thị",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_any_name_goes_through_file_list_search_notice_and_payment(portal, desk, name):
    found = portal.file(EXTRACT, name, "--account", "ai-do", "--email", "ai-do@congdan.example")
    shown = desk.show(found)
    assert shown["applicant"].strip() != ""
    assert len(shown["applicant"]) <= 500
    assert [row["code"] for row in desk.cli("search", found).lines] == [found]
    assert any(row["code"] == found for row in desk.cli("list", "--queue", "new").lines)
    made = desk.do("notify", found, "--phi", "8000")["notice_id"]
    assert portal.pay(made)["rsp_code"] == "00"
    assert desk.show(found)["paid"] is True


@pytest.mark.parametrize("name", ["Lê " * 166 + "An", "<b>Trần</b>\u202e\n\tMai" * 25], ids=["long", "hostile"])
def test_a_name_of_500_characters_from_the_portal_is_shown_whole_and_breaks_no_sentence(portal, desk, code, name):
    opened = bootstrap.open_desk(desk.profile, undo_s=0)
    try:
        dossier_id = inbox.locate(opened, code)
        with opened.store.read() as connection:
            body = orjson.loads(mirror.bodies(connection, [dossier_id])[dossier_id])
            version = mirror.versions(connection, [dossier_id])[dossier_id]
        named = body | {"applicant": body["applicant"] | {"name": name}}
        apply_changes(opened.store, opened.projector, [Change(dossier_id, version + 1, orjson.dumps(named))])
    finally:
        opened.close()
    assert desk.shown(code)["applicant"] == name
    assert [row["applicant"] for row in desk.cli("search", code).lines] == [name]
    assert any(row["code"] == code for row in desk.cli("list", "--queue", "new").lines)


def test_a_name_too_long_for_the_portal_is_refused_at_filing(portal):
    said = run("sandbox", "citizen", "--portal", portal.server.base_url, "file", "--procedure", EXTRACT,
               "--name", "Lê " * 166 + "An")  # fmt: skip
    assert (said.code, said.lines) == (1, [])
    assert said.stderr.startswith("Cổng thử không nhận yêu cầu")


@pytest.mark.parametrize("typed", ["", "   ", "*", '"', "'", "%", "(", "NEAR(", "a" * 5000, "\u202e", "AND OR NOT"])
def test_any_text_can_be_searched_for(desk, typed):
    assert desk.cli("search", typed).code == 0


# --- a newer portal

def newer(body: dict[str, Any], what: str) -> dict[str, Any]:
    """Return the dossier as a portal of tomorrow writes it."""
    if what == "state":
        return body | {"state": 11}
    if what == "sub_state":
        return body | {"sub_state": "waiting_for_drone"}
    if what == "fee_status":
        return body | {"fee_status": "half_paid_in_gold"}
    if what == "channel":
        return body | {"channel": "telepathy"}
    return body | {"a_new_field": {"deep": [1, 2]}, "applicant": body["applicant"] | {"passport": "C1234567"}}


@pytest.mark.parametrize("what", ["state", "sub_state", "fee_status", "channel"])
def test_a_dossier_with_words_of_a_newer_portal_is_read_only_and_breaks_no_list(portal, desk, code, what):
    other = portal.file(EXTRACT)
    desk.show(other)
    opened = bootstrap.open_desk(desk.profile, undo_s=0)
    try:
        dossier_id = inbox.locate(opened, code)
        with opened.store.read() as connection:
            body = orjson.loads(mirror.bodies(connection, [dossier_id])[dossier_id])
            version = mirror.versions(connection, [dossier_id])[dossier_id]
        change = Change(dossier_id, version + 1, orjson.dumps(newer(body, what)))
        assert apply_changes(opened.store, opened.projector, [change]).ids == (dossier_id,)
        assert isinstance(inbox.cards_of(opened, [dossier_id])[0], ForeignCard)
    finally:
        opened.close()
    assert desk.refused("show", code) == "newer-words"
    assert desk.refused("receive", code) == "newer-words"
    assert desk.refused("notify", code, "--phi", "8000") == "newer-words"
    found = desk.cli("search", code).one
    assert (found["code"], found["state"], found["read_only"]) == (code, None, True)
    assert any(row["code"] == other for row in desk.cli("list", "--queue", "new").lines)
    assert desk.cli("queues").code == 0
    assert desk.shown(other)["state"] == 1


def test_a_field_this_program_does_not_know_is_kept_and_harms_nothing(desk, code):
    opened = bootstrap.open_desk(desk.profile, undo_s=0)
    try:
        dossier_id = inbox.locate(opened, code)
        with opened.store.read() as connection:
            body = orjson.loads(mirror.bodies(connection, [dossier_id])[dossier_id])
            version = mirror.versions(connection, [dossier_id])[dossier_id]
        told = orjson.dumps(newer(body, "field"))
        apply_changes(opened.store, opened.projector, [Change(dossier_id, version + 1, told)])
        with opened.store.read() as connection:
            assert mirror.bodies(connection, [dossier_id])[dossier_id] == told
        assert replace(inbox.card(opened, dossier_id).dossier, version=0).applicant.name == body["applicant"]["name"]
    finally:
        opened.close()
    assert desk.shown(code)["state"] == 1


def test_a_profile_path_that_is_a_file_is_said(tmp_path):
    path: Path = tmp_path / "file"
    path.write_text("x")
    assert Officer(path, "http://127.0.0.1:9", "x").refused("queues") == "profile-read-only"
