"""The transport against servers that lie, stall, redirect, bloat and cut."""

from __future__ import annotations

import gzip
import socket
import ssl
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
import trustme

from app import gui_guard
from app.clock import SystemClock
from app.errors import BadInput, BugError, NotTrusted, Offline
from app.portal.transport import RequestsTransport
from tests.unit.hostile_server import (
    answering,
    dripping,
    http,
    json_answer,
    read_request,
    serving,
    silent,
)


def carried(origin, **more):
    return RequestsTransport(origin, clock=SystemClock(), **more)


def tls_of(server):
    """Call a plain server as if it spoke TLS."""
    return server.origin.replace("http:", "https:")


def refused(server, **more):
    with pytest.raises(Offline) as caught:
        carried(server.origin).request("GET", "/v1/me", **more)
    return caught.value.code


def test_a_plain_answer_comes_back_with_lower_case_headers():
    with serving(answering(json_answer(b'{"a":1}', "200 OK", "X-Epoch: 7"))) as server:
        answer = carried(server.origin).request("GET", "/v1/me")
    assert (answer.status, answer.body, answer.header("X-Epoch")) == (200, b'{"a":1}', "7")
    assert answer.media_type == "application/json"


def test_a_post_after_a_captive_redirect_stays_a_post_that_got_302():
    with serving(answering(http("302 Found", b"", "Location: http://127.0.0.1:9/login"))) as server:
        answer = carried(server.origin).request("POST", "/v1/commands", body=b"{}")
        assert (answer.status, len(server.requests)) == (302, 1)
        assert server.requests[0].startswith(b"POST /v1/commands HTTP/1.1\r\n")


def test_the_request_says_what_it_takes_and_what_it_brings():
    with serving(answering(json_answer(b"{}"))) as server:
        carried(server.origin).request("POST", "/v1/commands", params={"a": "b c"}, body=b'{"x":"\xc4\x90"}')
        sent = server.requests[0]
    assert b"POST /v1/commands?a=b+c HTTP" in sent
    assert b"\r\nAccept: application/json, application/problem+json\r\n" in sent
    assert b"\r\nContent-Type: application/json\r\n" in sent
    assert b"\r\nAccept-Encoding: gzip\r\n" in sent
    assert sent.endswith(b'\r\n\r\n{"x":"\xc4\x90"}')


def test_a_planted_netrc_does_not_replace_our_token(tmp_path: Path, monkeypatch):
    planted = tmp_path / ".netrc"
    planted.write_text("machine 127.0.0.1 login thief password stolen\n")
    planted.chmod(0o600)
    monkeypatch.setenv("NETRC", str(planted))
    monkeypatch.setenv("HOME", str(tmp_path))
    with serving(answering(json_answer(b"{}"))) as server:
        carried(server.origin).request("GET", "/v1/me", headers={"Authorization": "Bearer ours"})
        assert b"\r\nAuthorization: Bearer ours\r\n" in server.requests[0]
        assert b"Basic" not in server.requests[0]


def test_proxy_variables_of_the_environment_are_not_obeyed(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serving(answering(json_answer(b"{}"))) as server:
        assert carried(server.origin).request("GET", "/v1/me").status == 200


def test_cookies_are_neither_kept_nor_sent():
    with serving(answering(json_answer(b"{}", "200 OK", "Set-Cookie: a=b; Path=/"))) as server:
        door = carried(server.origin)
        door.request("GET", "/v1/me")
        door.request("GET", "/v1/me")
        assert b"cookie" not in server.requests[1].lower()


DRIPS = {
    "in the status line": (b"HTTP/1.1 2", b"0"),
    "in the headers": (b"HTTP/1.1 200 OK\r\nX-A: ", b"a"),
    "in a body with a length": (b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"1"),
    "in a body without a length": (b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", b"1"),
    "in chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n1\r\n"),
    "in a chunk's extension": (b"HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n1;", b"a"),
}


@pytest.mark.parametrize("where", DRIPS)
def test_a_slow_drip_ends_at_the_total_deadline(where):
    with serving(dripping(*DRIPS[where])) as server:
        began = time.monotonic()
        assert refused(server, timeout_s=5, deadline_s=0.3) == "no-answer"
        assert time.monotonic() - began < 4, "a socket time-out ended it, not the deadline"


def test_a_drip_inside_the_tls_handshake_ends_at_the_total_deadline():
    drip = dripping(b"\x16\x03\x03\x40\x00", b"\x02")
    with serving(drip, reads_first=False) as server, pytest.raises(Offline) as caught:
        carried(tls_of(server)).request("GET", "/v1/me", timeout_s=5, deadline_s=0.3)
    assert caught.value.code == "no-answer"


def test_silence_ends_at_the_socket_time_out():
    with serving(silent) as server:
        assert refused(server, timeout_s=0.2, deadline_s=10) == "no-answer"


def test_closing_the_transport_ends_a_long_wait_at_once():
    with serving(silent) as server:
        door = carried(server.origin)
        codes: list[str] = []

        def wait() -> None:
            try:
                door.request("GET", "/v1/sync", timeout_s=30, deadline_s=60)
            except Offline as offline:
                codes.append(offline.code)

        thread = Thread(target=wait)
        thread.start()
        assert server.asked.wait(10)
        door.close()
        thread.join(10)
        assert codes == ["no-answer"]
        with pytest.raises(Offline):
            door.request("GET", "/v1/me")


def test_a_gzip_bomb_is_given_up_at_the_decoded_limit():
    bomb = gzip.compress(bytes(100_000_000), 9)
    raw = http("200 OK", bomb, "Content-Type: application/json", "Content-Encoding: gzip")
    assert len(bomb) < 1_000_000
    with serving(answering(raw)) as server:
        assert refused(server, max_bytes=1_000_000) == "answer-too-large"


def test_an_honest_gzip_answer_is_unpacked():
    raw = json_answer(gzip.compress(b'{"a":1}'), "200 OK", "Content-Encoding: gzip")
    with serving(answering(raw)) as server:
        assert carried(server.origin).request("GET", "/v1/me").body == b'{"a":1}'


FAULTS = {
    "announced too large": (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", "answer-too-large"),
    "beyond reading": (b"HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n" % (b"9" * 5000), "answer-too-large"),
    "cut before its length": (b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"a":', "cut-answer"),
    "cut in a chunk": (b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\n{"a":', "cut-answer"),
    "nothing at all": (b"", "cut-answer"),
    "not HTTP": (b"SSH-2.0-OpenSSH_9.2\r\n", "cut-answer"),
    "broken gzip": (http("200 OK", b"not gzip", "Content-Encoding: gzip"), "bad-answer"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_broken_answer_is_said_for_what_it_is(name):
    raw, code = FAULTS[name]
    with serving(answering(raw)) as server:
        assert refused(server) == code


def test_an_answer_cut_in_its_head_has_no_body_to_believe_and_leaves_no_log():
    with serving(answering(b"HTTP/1.1 200 OK\r\nContent-Le")) as server:
        answer = carried(server.origin).request("GET", "/v1/me")
    assert (answer.media_type, answer.body) == ("", b"")


def test_a_closed_port_is_refused_and_a_strange_name_has_no_address():
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    listener.close()
    with pytest.raises(Offline) as closed:
        carried(f"http://127.0.0.1:{port}").request("GET", "/v1/me")
    with pytest.raises(Offline) as strange:
        carried("https://portal.invalid").request("GET", "/v1/me")
    assert (closed.value.code, strange.value.code) == ("connection-refused", "no-dns")


def test_a_proxy_that_wants_a_password_is_said_so_and_nothing_is_sent_to_it():
    with serving(answering(http("407 Proxy Authentication Required", b"<html>", "Proxy-Authenticate: Basic"))) as proxy:
        with pytest.raises(Offline) as caught:
            carried("https://portal.invalid", proxy=proxy.origin).request("POST", "/v1/commands", body=b"secret")
        assert caught.value.code == "proxy-password"
        assert proxy.requests[0].startswith(b"CONNECT portal.invalid:443 HTTP/1.")
        assert b"secret" not in b"".join(proxy.requests)


def test_a_proxy_that_is_not_there_is_said_so():
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    listener.close()
    with pytest.raises(Offline) as caught:
        carried("https://portal.invalid", proxy=f"http://127.0.0.1:{port}").request("GET", "/v1/me")
    assert caught.value.code == "proxy-failed"


def test_a_loopback_portal_is_reached_without_the_proxy():
    with serving(answering(json_answer(b"{}"))) as server:
        door = carried(server.origin, proxy="http://127.0.0.1:9")
        assert door.request("GET", "/v1/me").status == 200


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


def server_tls(certificate) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def trusting(authority) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def test_a_certificate_of_the_own_authority_is_taken(authority):
    with serving(answering(json_answer(b"{}")), tls=server_tls(authority.issue_cert("127.0.0.1"))) as server:
        assert carried(server.origin, tls=trusting(authority)).request("GET", "/v1/me").status == 200


def test_untrusted_certificates_stop_everything_and_are_not_called_offline(authority):
    yesterday = datetime.now(UTC) - timedelta(days=1)
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    later = authority.issue_cert("127.0.0.1", not_before=tomorrow, not_after=tomorrow + timedelta(days=1))
    child = authority.create_child_ca().issue_cert("127.0.0.1")
    cases = {
        "not valid yet": (later, trusting(authority)),
        "of an authority between, without its certificate": (child, trusting(trustme.CA())),
        "wildcard of another host": (authority.issue_cert("*.invalid"), trusting(authority)),
        "unknown authority": (authority.issue_cert("127.0.0.1"), None),
        "other host": (authority.issue_cert("portal.invalid"), trusting(authority)),
        "expired": (authority.issue_cert("127.0.0.1", not_after=yesterday), trusting(authority)),
    }
    for name, (certificate, tls) in cases.items():
        with serving(answering(json_answer(b"{}")), tls=server_tls(certificate)) as server:
            with pytest.raises(NotTrusted) as caught:
                carried(server.origin, tls=tls).request("POST", "/v1/commands", body=b"secret")
            assert caught.value.code == "tls-not-trusted", name
            assert b"secret" not in b"".join(server.requests), name


def test_only_tls_1_2_or_newer_is_spoken(authority):
    lax = trusting(authority)
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        lax.minimum_version = ssl.TLSVersion.TLSv1
    RequestsTransport("https://127.0.0.1", clock=SystemClock(), tls=lax)
    assert lax.minimum_version == ssl.TLSVersion.TLSv1_2


def test_plain_text_where_tls_is_awaited_is_offline_not_trust():
    with serving(answering(http("200 OK")), reads_first=False) as server, pytest.raises(Offline) as caught:
        carried(tls_of(server)).request("GET", "/v1/me")
    assert caught.value.code == "tls-handshake"


def test_a_context_that_does_not_verify_is_our_bug():
    blind = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    blind.check_hostname = False
    with pytest.raises(BugError):
        carried("https://127.0.0.1", tls=blind)


@pytest.mark.parametrize(("text", "origin"), [
    ("https://Cong.Example.gov.vn/", "https://cong.example.gov.vn"),
    (" https://cong.example.gov.vn:8443 ", "https://cong.example.gov.vn:8443"),
    ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ("http://[::1]:8000", "http://[::1]:8000"),
    ("http://localhost:8000/", "http://localhost:8000"),
])
def test_addresses_that_are_taken(text, origin):
    assert carried(text).origin == origin


@pytest.mark.parametrize("text", [
    "http://cong.example.gov.vn", "http://127.0.0.1.evil.test", "http://0.0.0.0", "ftp://127.0.0.1", "https://",
    "https://a/b", "https://user:pass@a", "https://a?x=1", "https://a#b", "https://a\\@b", "file:///etc/passwd", "",
    "https://a:99999", "https://cổng.vn", "https://[::1", "//127.0.0.1",
])
def test_addresses_that_are_not_taken(text):
    with pytest.raises(BadInput):
        carried(text)


def test_the_gui_thread_never_waits_for_the_network():
    door = carried("http://127.0.0.1:9")
    gui_guard.forbid_current_thread()
    try:
        with pytest.raises(BugError, match="GUI thread"):
            door.request("GET", "/v1/me")
    finally:
        gui_guard.release_current_thread()


def test_a_kept_connection_serves_the_next_request_under_its_own_deadline():
    def twice(connection, over):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        read_request(connection)
        dripping(b"HTTP/1.1 200 OK\r\nX-A: ", b"a")(connection, over)

    with serving(twice) as server:
        door = carried(server.origin)
        assert door.request("GET", "/v1/me", deadline_s=5).status == 200
        with pytest.raises(Offline) as caught:
            door.request("GET", "/v1/me", timeout_s=5, deadline_s=0.3)
        assert caught.value.code == "no-answer"
