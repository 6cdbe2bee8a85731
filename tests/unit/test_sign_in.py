"""Signing in with a browser that is honest, absent, slow, or someone else's."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from app import gui_guard
from app.clock import VN
from app.errors import BadInput, BugError, KnownError, NotTrusted, Offline
from app.portal.callback import CallbackListener
from app.portal.exchange import Response
from app.portal.sign_in import SignIn, Tokens

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=VN)
JSON = {"content-type": "application/json"}


class CodePortal:
    """A ``Transport`` whose token endpoint checks code, redirect and PKCE as the standard says."""

    origin = "http://127.0.0.1:1"

    def __init__(self) -> None:
        self.codes: dict[str, dict[str, str]] = {}
        self.error: KnownError | None = None

    def page(self, address: str) -> dict[str, str]:
        """What the browser asks for: the fields of the authorize address."""
        parts = urlsplit(address)
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == self.origin + "/oauth/authorize"
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        assert (asked["response_type"], asked["client_id"]) == ("code", "motcua-desk")
        assert asked["code_challenge_method"] == "S256"
        return asked

    def grant(self, asked: dict[str, str]) -> str:
        self.codes["c-1"] = asked
        return "c-1"

    def request(self, method, path, *, headers=None, body=None, **more):
        if self.error is not None:
            raise self.error
        assert (method, path) == ("POST", "/oauth/token")
        assert headers == {"Content-Type": "application/x-www-form-urlencoded"}
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        asked = self.codes.pop(form["code"], None)
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if (
            asked is None
            or form["redirect_uri"] != asked["redirect_uri"]
            or base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]
        ):
            return Response(400, JSON, b'{"error":"invalid_grant"}')
        return Response(200, JSON, json.dumps(
            {"access_token": "a1", "refresh_token": "r1", "token_type": "Bearer", "expires_in": 900}).encode())

    def close(self):
        pass


def knock(address: str, *, host: str | None = None, method: str = "GET") -> tuple[int, str]:
    """Call an address as some program on this machine would."""
    parts = urlsplit(address)
    line = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=10)
    line.putrequest(method, f"{parts.path}?{parts.query}", skip_host=True)
    line.putheader("Host", host or parts.netloc)
    line.endheaders()
    answer = line.getresponse()
    page = answer.read().decode()
    line.close()
    return answer.status, page


def back(asked: dict[str, str], **fields: str) -> str:
    return asked["redirect_uri"] + "?" + urlencode(fields)


@pytest.fixture
def portal():
    return CodePortal()


def signed_in(portal, clock, browse: Callable[[dict[str, str]], object], timeout_s: float = 10) -> Tokens:
    return SignIn(portal, clock=clock, open_page=lambda address: browse(portal.page(address))).run(timeout_s=timeout_s)


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(KnownError) as caught:
        call()
    return caught.value.code


def test_an_honest_browser_signs_in(portal, clock):
    def browse(asked):
        status, page = knock(back(asked, code=portal.grant(asked), state=asked["state"]))
        assert status == 200
        assert "Đã đăng nhập" in page

    assert signed_in(portal, clock, browse) == Tokens("a1", "r1", NOW + timedelta(minutes=15))
    assert portal.codes == {}


def test_every_attempt_has_its_own_state_challenge_and_an_address_on_127_0_0_1(portal, clock):
    seen: list[dict[str, str]] = []

    def browse(asked):
        seen.append(asked)
        knock(back(asked, code=portal.grant(asked), state=asked["state"]))

    for _ in range(2):
        signed_in(portal, clock, browse)
    assert seen[0]["state"] != seen[1]["state"]
    assert seen[0]["code_challenge"] != seen[1]["code_challenge"]
    assert all(asked["redirect_uri"].startswith("http://127.0.0.1:") for asked in seen)
    assert all(len(asked["state"]) >= 43 for asked in seen)


FORGERIES: dict[str, Callable[[dict[str, str]], tuple[int, str]]] = {
    "another state": lambda asked: knock(back(asked, code="evil", state="guessed")),
    "no state": lambda asked: knock(back(asked, code="evil")),
    "an empty state": lambda asked: knock(back(asked, code="evil", state="")),
    "a state beyond ASCII": lambda asked: knock(back(asked, code="evil", state="đ")),
    "two states": lambda asked: knock(back(asked, code="evil", state=asked["state"]) + f"&state={asked['state']}"),
    "two codes": lambda asked: knock(back(asked, code="evil", state=asked["state"]) + "&code=worse"),
    "neither code nor error": lambda asked: knock(back(asked, state=asked["state"])),
    "another path": lambda asked: knock(back(asked, code="evil", state=asked["state"]).replace("/callback", "/x")),
    "another host (DNS rebinding)": lambda asked: knock(
        back(asked, code="evil", state=asked["state"]), host="evil.test"),
    "localhost by name": lambda asked: knock(
        back(asked, code="evil", state=asked["state"]), host=f"localhost:{urlsplit(asked['redirect_uri']).port}"),
    "very many fields": lambda asked: knock(back(asked, code="evil", state=asked["state"]) + "&a=1" * 50),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_callback_is_refused_and_the_honest_one_still_counts(portal, clock, name):
    def browse(asked):
        status, page = FORGERIES[name](asked)
        assert status == 400
        assert "evil" not in page
        assert knock(back(asked, code=portal.grant(asked), state=asked["state"]))[0] == 200

    assert signed_in(portal, clock, browse).access == "a1"


def test_the_listener_takes_one_callback_only(portal, clock):
    def browse(asked):
        true = back(asked, code=portal.grant(asked), state=asked["state"])
        assert [knock(true)[0], knock(true)[0]] == [200, 400]

    assert signed_in(portal, clock, browse).access == "a1"


def test_only_get_is_answered(portal, clock):
    def browse(asked):
        true = back(asked, code=portal.grant(asked), state=asked["state"])
        assert knock(true, method="POST")[0] == 501
        knock(true)

    assert signed_in(portal, clock, browse).access == "a1"


def test_the_port_is_closed_afterwards():
    with CallbackListener("s") as listener:
        port = listener.port
    with pytest.raises(ConnectionRefusedError):
        http.client.HTTPConnection("127.0.0.1", port, timeout=5).connect()


def test_a_code_bound_to_another_verifier_fails(portal, clock):
    def browse(asked):
        knock(back(asked, code=portal.grant(asked | {"code_challenge": "other"}), state=asked["state"]))

    assert code_of(lambda: signed_in(portal, clock, browse)) == "sign-in-failed"


def test_a_denial_is_said_as_a_denial(portal, clock):
    def browse(asked):
        knock(back(asked, error="access_denied", state=asked["state"]))

    assert code_of(lambda: signed_in(portal, clock, browse)) == "sign-in-denied"


def test_another_error_is_a_failure_with_the_portals_word(portal, clock):
    def browse(asked):
        knock(back(asked, error="server_error", state=asked["state"]))

    with pytest.raises(BadInput) as caught:
        signed_in(portal, clock, browse)
    assert (caught.value.code, caught.value.params) == ("sign-in-failed", {"reason": "server_error"})


def test_a_browser_that_never_comes_back_times_out(portal, clock):
    assert code_of(lambda: signed_in(portal, clock, lambda asked: True, timeout_s=0.05)) == "sign-in-timeout"


def test_a_machine_without_a_browser_says_so(portal, clock):
    assert code_of(lambda: signed_in(portal, clock, lambda asked: False)) == "no-browser"


def test_what_the_robot_raises_comes_through(portal, clock):
    def browse(asked):
        raise BadInput("wrong-password")

    assert code_of(lambda: signed_in(portal, clock, browse)) == "wrong-password"


def test_cancelling_ends_the_wait(portal, clock):
    attempt = SignIn(portal, clock=clock, open_page=lambda address: Thread(target=attempt.cancel).start())
    assert code_of(lambda: attempt.run(timeout_s=30)) == "sign-in-cancelled"
    assert code_of(lambda: attempt.run(timeout_s=30)) == "sign-in-cancelled"


@pytest.mark.parametrize("error", [Offline("no-answer"), NotTrusted("tls-not-trusted")])
def test_a_portal_out_of_reach_after_the_browser_is_said_so(portal, clock, error):
    def browse(asked):
        knock(back(asked, code=portal.grant(asked), state=asked["state"]))

    portal.error = error
    assert code_of(lambda: signed_in(portal, clock, browse)) == error.code


def test_sign_in_never_runs_on_the_gui_thread(portal, clock):
    gui_guard.forbid_current_thread()
    try:
        with pytest.raises(BugError, match="GUI thread"):
            signed_in(portal, clock, lambda asked: True)
    finally:
        gui_guard.release_current_thread()


def test_no_insecure_switch_of_the_library_is_set():
    assert "OAUTHLIB_INSECURE_TRANSPORT" not in os.environ
