"""The client against a small portal in memory: sessions, endpoints, attachments that go on where they stopped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from urllib.parse import parse_qs

import pytest

from app.clock import VN
from app.contract import problems, wire
from app.contract.wire_codec import encode, encode_page
from app.errors import BadInput, BugError, KnownError, Offline, PortalProblem, SignedOut
from app.portal.client import PortalClient, capabilities
from app.portal.exchange import Response
from app.portal.session import Session, Tokens
from tests.fakes import FakeClock

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=VN)
JSON = {"content-type": "application/json"}


def ok(value: object, **headers: str) -> Response:
    return Response(200, JSON | headers, encode(value))


def no(type_: str) -> Response:
    found = problems.problem(type_)
    return Response(found.status, {"content-type": problems.MEDIA_TYPE}, json.dumps(problems.to_object(found)).encode())


@dataclass
class SmallPortal:
    """A ``Transport`` with tokens that rotate, one page, one dossier and real attachment rules."""

    access: str = "a1"
    refresh: str = "r1"
    origin: str = "http://127.0.0.1:1"
    renewals: int = 0
    seen: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    answers: dict[str, Callable[[], Response]] = field(default_factory=dict)
    blobs: dict[str, bytearray] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    cut_after: int = 10**9
    barrier: Barrier | None = None

    def request(self, method, path, *, params=None, headers=None, body=None, **limits):
        self.seen.append((method, path, dict(params or {})))
        headers = dict(headers or {})
        if path == "/oauth/token":
            return self.token(parse_qs(body.decode()))
        if path == "/v1/capabilities":
            return ok(wire.Capabilities(1, 1, "e1", sandbox=True))
        if self.barrier is not None and headers["Authorization"] != f"Bearer {self.access}":
            self.barrier.wait(10)
        if headers.get("Authorization") != f"Bearer {self.access}":
            return no("session-over")
        if path.startswith("/v1/blobs"):
            return self.blob(method, path.rpartition("/")[2], headers, body)
        if path in self.answers:
            return self.answers[path]()
        return no("not-found")

    def token(self, form):
        if form["grant_type"] != ["refresh_token"] or form["refresh_token"] != [self.refresh]:
            return Response(400, JSON, b'{"error":"invalid_grant"}')
        self.renewals += 1
        self.access, self.refresh = f"a{self.renewals + 1}", f"r{self.renewals + 1}"
        return Response(200, JSON, json.dumps({
            "access_token": self.access, "refresh_token": self.refresh, "token_type": "Bearer", "expires_in": 900,
        }).encode())

    def blob(self, method, name, headers, body):
        if method == "POST":
            told = json.loads(body)
            name = told["sha256"]
            self.sizes[name] = told["size"]
            held = self.blobs.setdefault(name, bytearray())
            return ok(wire.BlobState(name, told["size"], len(held), self.complete(name)))
        held = self.blobs.get(name)
        if held is None:
            return Response(404) if method == "HEAD" else no("not-found")
        if method == "HEAD":
            return Response(200, {"upload-offset": str(len(held))})
        if method == "GET":
            return Response(200, {"content-type": "application/octet-stream"}, bytes(held))
        if int(headers["Upload-Offset"]) != len(held):
            return no("offset-mismatch")
        self.cut_after -= 1
        held += body
        if self.cut_after < 0:
            raise Offline("no-answer")
        return Response(204, {"upload-offset": str(len(held))})

    def complete(self, name):
        return len(self.blobs[name]) == self.sizes[name] and hashlib.sha256(self.blobs[name]).hexdigest() == name

    def close(self):
        pass


@dataclass
class Kept:
    """A token storage in memory."""

    tokens: Tokens | None

    def load(self):
        return self.tokens

    def save(self, tokens):
        self.tokens = tokens

    def clear(self):
        self.tokens = None


@pytest.fixture
def portal():
    return SmallPortal()


@pytest.fixture
def kept():
    return Kept(Tokens("a1", "r1", NOW + timedelta(hours=1)))


@pytest.fixture
def session(portal, kept, clock):
    return Session(portal, kept, clock=clock)


@pytest.fixture
def client(portal, session, clock):
    return PortalClient(portal, session)


def code_of(call, kind: type[KnownError] = KnownError) -> str:
    with pytest.raises(kind) as caught:
        call()
    return caught.value.code


# --- the session


def test_a_token_is_renewed_a_minute_before_its_end(portal, session, kept, clock: FakeClock):
    assert session.current() == "a1"
    clock.set(NOW + timedelta(minutes=59, seconds=1))
    assert session.current() == "a2"
    assert kept.tokens == Tokens("a2", "r2", clock.now() + timedelta(minutes=15))
    assert portal.renewals == 1


def test_a_refused_token_is_renewed_once_and_the_request_sent_again(portal, client, kept):
    portal.access = "a9"
    portal.answers["/v1/me"] = lambda: ok(wire.Me("o1", "tiepnhan1", "Lê A", "u1", ("reception",)))
    assert client.me().username == "tiepnhan1"
    assert [path for _, path, _ in portal.seen] == ["/v1/me", "/oauth/token", "/v1/me"]
    assert kept.tokens.access == "a2"


def test_many_threads_with_one_stale_token_renew_once(portal, client):
    portal.access = "a9"
    portal.barrier = Barrier(6)
    portal.answers["/v1/me"] = lambda: ok(wire.Me("o1", "x", "y", "u1"))
    threads = [Thread(target=client.me) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert portal.renewals == 1


def test_a_refused_renewal_ends_the_session_and_nothing_else(portal, client, kept):
    portal.access, portal.refresh = "a9", "r9"
    assert code_of(client.me, SignedOut) == "session-over"
    assert kept.tokens is None
    assert code_of(client.me, SignedOut) == "session-over"


def test_a_renewal_that_got_no_answer_keeps_the_tokens(portal, client, kept, monkeypatch):
    portal.access = "a9"
    monkeypatch.setattr(portal, "token", lambda form: Response(200, {"content-type": "text/html"}, b"<html>"))
    assert code_of(client.me, Offline) == "captive-page"
    assert kept.tokens.refresh == "r1"


@pytest.mark.parametrize("answer", [
    b'{"access_token":"a","refresh_token":"r","token_type":"mac","expires_in":9}',
    b'{"access_token":"a","token_type":"Bearer","expires_in":9}',
    b'{"access_token":"a","access_token":"b","refresh_token":"r","token_type":"Bearer","expires_in":9}',
    b'{"access_token":"a\\r\\nX: y","refresh_token":"r","token_type":"Bearer","expires_in":9}',
    b'{"access_token":"","refresh_token":"r","token_type":"Bearer","expires_in":9}',
    b'{"access_token":"a","refresh_token":"r","token_type":"Bearer","expires_in":"9"}',
    b'{"access_token":"a","refresh_token":"r","token_type":"Bearer","expires_in":-9}',
    b"[]",
])
def test_odd_token_answers_are_not_taken(portal, client, kept, monkeypatch, answer):
    portal.access = "a9"
    monkeypatch.setattr(portal, "token", lambda form: Response(200, JSON, answer))
    assert code_of(client.me, Offline) == "bad-answer"
    assert kept.tokens.refresh == "r1"


def test_signing_out_forgets_even_when_the_portal_is_away(portal, session, kept, monkeypatch):
    def away(*args, **more):
        raise Offline("no-dns")

    monkeypatch.setattr(portal, "request", away)
    session.sign_out()
    assert kept.tokens is None


def test_tokens_never_stand_in_a_repr():
    assert "geheim" not in repr(Tokens("geheim-a", "geheim-r", NOW))


# --- endpoints


def test_capabilities_need_no_session(portal, clock):
    assert capabilities(portal).sandbox


def test_sync_gives_the_page_and_passes_cursor_and_wait(portal, client):
    page = wire.Page((wire.Change("d1", 1, wire.JsonObject(b'{"id":"d1","version":1}')),), (), "c2", False, "e1", NOW)
    portal.answers["/v1/sync"] = lambda: Response(200, JSON, encode_page(page))
    assert client.sync(None) == page
    assert client.sync("c1", limit=100, wait_s=99) == page
    assert [params for _, _, params in portal.seen] == [
        {"limit": "500", "wait": "0"}, {"limit": "100", "wait": "25", "cursor": "c1"}]


def test_a_cursor_that_is_over_says_so(portal, client):
    portal.answers["/v1/sync"] = lambda: no("resync-required")
    assert code_of(lambda: client.sync("c1"), PortalProblem) == "resync-required"


def test_a_page_that_cannot_be_read_is_no_answer(portal, client):
    portal.answers["/v1/sync"] = lambda: Response(200, JSON, b'{"changes":[]}')
    assert code_of(lambda: client.sync("c1"), Offline) == "bad-answer"


def test_commands_come_back_as_outcomes_whatever_happens(portal, client, kept):
    command = wire.CommandEnvelope("k1", "o1", "notify", "d1", 1, "aa", "{}")
    done = wire.CommandResults((wire.CommandResult("k1", "aa", "done", "d1", 2),))
    portal.answers["/v1/commands"] = lambda: ok(done)
    assert [(item.kind, item.version) for item in client.send_commands([command])] == [("ack", 2)]
    kept.tokens = None
    assert [item.kind for item in client.send_commands([command])] == ["signed_out"]
    with pytest.raises(BugError):
        client.send_commands([])
    with pytest.raises(BugError):
        client.send_commands([command] * 51)


def test_a_key_the_portal_never_saw_is_none_but_a_proxys_404_is_not(portal, client):
    assert client.command_status("k1") is None
    portal.answers["/v1/commands/k2"] = lambda: Response(404, {"content-type": "text/html"}, b"<html>")
    assert code_of(lambda: client.command_status("k2"), Offline) == "captive-page"
    result = wire.CommandResult("k3", "aa", "done", "d1", 2)
    portal.answers["/v1/commands/k3"] = lambda: ok(result)
    assert client.command_status("k3") == result


def test_ids_cannot_leave_their_place_in_the_path(portal, client):
    assert code_of(lambda: client.dossier("../me?x=1#y"), PortalProblem) == "not-found"
    assert portal.seen[-1][1] == "/v1/dossiers/..%2Fme%3Fx%3D1%23y"


def test_dossier_notice_catalogue_and_reconciliation_are_read(portal, client):
    change = wire.Change("d1", 3, wire.JsonObject(b'{"id":"d1","version":3,"code":"x"}'))
    notice = wire.NoticeTruth("n1", "d1", 3, wire.JsonObject(b"{}"))
    units = wire.Catalogue("v2", (wire.JsonObject(b'{"id":"u1"}'),))
    book = wire.Reconciliation(date(2026, 11, 20), "e1", 0, ())
    portal.answers |= {
        "/v1/dossiers/d1": lambda: ok(change), "/v1/notices/n1": lambda: ok(notice), "/v1/units": lambda: ok(units),
        "/v1/procedures": lambda: Response(304), "/v1/reconciliation": lambda: ok(book),
    }
    assert client.dossier("d1") == change
    assert client.notice("n1") == notice
    assert client.units() == units
    assert client.procedures("v1") is None
    assert client.reconciliation(date(2026, 11, 20)) == book
    assert portal.seen[-1][2] == {"date": "2026-11-20"}


# --- attachments

PAPER = bytes(range(256)) * 12_000  # about 3 MB, hence three pieces
DIGEST = hashlib.sha256(PAPER).hexdigest()


def test_an_attachment_goes_up_in_pieces_and_comes_down_the_same(portal, client):
    told: list[int] = []
    assert client.blobs.upload(PAPER, mime="application/pdf", progress=lambda there, all_: told.append(there)) == DIGEST
    assert told == [0, 1_048_576, 2_097_152, len(PAPER)]
    assert client.blobs.download(DIGEST) == PAPER


def test_an_upload_goes_on_where_the_line_dropped(portal, client):
    portal.cut_after = 1
    assert code_of(lambda: client.blobs.upload(PAPER, mime="application/pdf"), Offline) == "no-answer"
    portal.cut_after, before = 10**9, len(portal.seen)
    client.blobs.upload(PAPER, mime="application/pdf")
    assert [method for method, _, _ in portal.seen[before:]] == ["POST", "PATCH", "POST"]
    assert portal.complete(DIGEST)


def test_a_wrong_offset_is_asked_for_and_corrected(portal, client, monkeypatch):
    honest = portal.blob

    def lagging(method, name, headers, body):
        answer = honest(method, name, headers, body)
        if method == "POST" and len(portal.blobs[DIGEST]) == 0:
            portal.blobs[DIGEST] += PAPER[:1000]  # a piece of an earlier attempt arrives late
        return answer

    monkeypatch.setattr(portal, "blob", lagging)
    client.blobs.upload(PAPER, mime="application/pdf")
    assert portal.complete(DIGEST)
    assert "HEAD" in [method for method, _, _ in portal.seen]


def test_an_attachment_the_portal_has_already_is_not_sent_again(portal, client):
    portal.blobs[DIGEST] = bytearray(PAPER)
    client.blobs.upload(PAPER, mime="application/pdf")
    assert [method for method, _, _ in portal.seen] == ["POST"]


def test_bytes_with_another_digest_are_never_handed_on(portal, client):
    portal.blobs[DIGEST] = bytearray(PAPER[:-1] + b"x")
    assert code_of(lambda: client.blobs.download(DIGEST), Offline) == "bad-answer"


def test_an_upload_that_the_portal_finds_spoiled_is_not_called_done(portal, client):
    portal.blobs[DIGEST] = bytearray(b"spoiled start")
    assert code_of(lambda: client.blobs.upload(PAPER, mime="application/pdf"), Offline) == "bad-answer"


def test_a_file_beyond_25_mib_is_not_begun(portal, client):
    too_large = bytes(25 * 1024 * 1024 + 1)
    assert code_of(lambda: client.blobs.upload(too_large, mime="application/pdf"), BadInput) == "file-too-large"
    assert portal.seen == []


def test_what_is_no_digest_is_our_bug(client):
    for name in ("../me", "AB" * 32, "ab"):
        with pytest.raises(BugError):
            client.blobs.download(name)


def test_an_upload_that_never_began_is_not_found(client):
    assert code_of(lambda: client.blobs.offset(DIGEST), PortalProblem) == "not-found"
