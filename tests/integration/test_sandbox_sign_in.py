"""Signing in at the sandbox: the page, PKCE, rotation, and the robot that plays the browser."""

from __future__ import annotations

import secrets
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
import requests

from app.errors import KnownError
from app.sandbox.robot import browser
from tests.integration.sandbox_desk import (
    PASSWORD,
    REDIRECT,
    SandboxDesk,
    authorize_params,
    code_for,
    tokens_for,
)

ACCOUNTS = [
    ("tiepnhan1", "Nguyễn Thị Ấm", "H32.8", ["reception"]),
    ("thuly1", "Nguyễn Hữu Phước", "H32.8.02", ["processor"]),
    ("thuly2", "Lê Thị Kim Ngân", "H32.8.01", ["processor"]),
    ("lanhdao1", "Phạm Văn Đức", "H32.8", ["head"]),
    ("thuquy1", "Võ Thị Thu Hà", "H32.8", ["cashier"]),
    ("quantri", "Đặng Quốc Bảo", "H32.8", ["administrator"]),
    ("tiepnhan9", "Cao Thị Hồng Y Nhi", "H32.9", ["reception"]),
]


def redeem(base_url, code, verifier, **changed):
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT, "client_id": "motcua-desk",
            "code_verifier": verifier} | changed  # fmt: skip
    return requests.post(base_url + "/oauth/token", data=form, timeout=10)


def refresh(base_url, token):
    form = {"grant_type": "refresh_token", "refresh_token": token}
    return requests.post(base_url + "/oauth/token", data=form, timeout=10)


@pytest.mark.parametrize(("username", "name", "unit", "roles"), ACCOUNTS)
def test_every_account_signs_in_as_who_it_is(sandbox, username, name, unit, roles):
    me = SandboxDesk(sandbox.base_url, username).me
    assert (me["username"], me["name"], me["unit_id"], me["roles"]) == (username, name, unit, roles)


@pytest.mark.parametrize("changed", [
    {"redirect_uri": "https://evil.example/callback"},
    {"redirect_uri": "http://127.0.0.1.evil.example:80/"},
    {"redirect_uri": "http://localhost:49152/callback"},
    {"code_challenge_method": "plain"},
    {"code_challenge": ""},
    {"response_type": "token"},
    {"state": ""},
])
def test_a_doubtful_link_shows_no_form_and_never_redirects(sandbox, changed):
    params = authorize_params("v" * 64, **changed)
    for method in ("GET", "POST"):
        how = {"params": params} if method == "GET" else {"data": params | {"username": "tiepnhan1",
                                                                           "password": PASSWORD}}
        answer = requests.request(
            method, sandbox.base_url + "/oauth/authorize", timeout=10, allow_redirects=False, **how
        )
        assert answer.status_code == 400
        assert "<form" not in answer.text
        assert "Location" not in answer.headers


def test_a_wrong_password_stays_on_the_page_and_says_so(sandbox):
    form = authorize_params("v" * 64) | {"username": "tiepnhan1", "password": "123456"}
    answer = requests.post(sandbox.base_url + "/oauth/authorize", data=form, timeout=10, allow_redirects=False)
    assert "mật khẩu không đúng" in answer.text
    assert "Location" not in answer.headers


def test_a_code_works_once_and_only_with_its_verifier(sandbox):
    verifier = secrets.token_urlsafe(48)
    code = code_for(sandbox.base_url, "tiepnhan1", verifier)
    assert redeem(sandbox.base_url, code, "another" * 9).json() == {"error": "invalid_grant"}
    assert redeem(sandbox.base_url, code, verifier).json() == {"error": "invalid_grant"}  # burnt by the first try
    code = code_for(sandbox.base_url, "tiepnhan1", verifier)
    assert redeem(sandbox.base_url, code, verifier).json()["token_type"] == "Bearer"
    assert redeem(sandbox.base_url, code, verifier).status_code == 400


def test_a_refresh_token_that_comes_back_ends_its_whole_family(sandbox):
    first = tokens_for(sandbox.base_url, "tiepnhan1")
    second = refresh(sandbox.base_url, first["refresh_token"]).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert refresh(sandbox.base_url, first["refresh_token"]).status_code == 400
    assert refresh(sandbox.base_url, second["refresh_token"]).status_code == 400
    headers = {"Authorization": f"Bearer {second['access_token']}"}
    answer = requests.get(sandbox.base_url + "/v1/me", headers=headers, timeout=10)
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")


def test_revoking_ends_the_session(sandbox):
    tokens = tokens_for(sandbox.base_url, "tiepnhan2")
    form = {"token": tokens["refresh_token"]}
    assert requests.post(sandbox.base_url + "/oauth/revoke", data=form, timeout=10).status_code == 200
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert requests.get(sandbox.base_url + "/v1/me", headers=headers, timeout=10).status_code == 401


def test_a_session_that_the_portal_remembers_ends_at_once_too(sandbox):
    """It is remembered from its first request on; each end comes after one, and the next request is refused."""
    def post(path: str, **how: object) -> int:
        return requests.post(sandbox.base_url + path, timeout=10, **how).status_code

    def account(revoked: bool) -> int:
        return post("/sandbox/accounts", json={"username": "thuquy1", "revoked": revoked})

    def stolen(tokens: dict[str, str]) -> list[int]:
        return [post("/oauth/token", data={"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"],
                                           "client_id": "motcua-desk"}) for _ in range(2)]  # fmt: skip

    ends = [
        ("signed out", lambda tokens: post("/oauth/revoke", data={"token": tokens["refresh_token"]}), 200, 401),
        ("refreshed twice with the same token", stolen, [200, 400], 401),
        ("closed account", lambda _: account(revoked=True), 200, 403),
        ("expired", lambda _: post("/sandbox/clock", json={"advance_s": 31 * 60}), 200, 401),
    ]
    for name, end, told, then in ends:
        account(revoked=False)
        tokens = tokens_for(sandbox.base_url, "thuquy1")
        headers = {"Authorization": f"Bearer {tokens['access_token']}"}
        me = [requests.get(sandbox.base_url + "/v1/me", headers=headers, timeout=10).status_code for _ in range(2)]
        assert (name, me, end(tokens)) == (name, [200, 200], told)
        after = requests.get(sandbox.base_url + "/v1/me", headers=headers, timeout=10).status_code
        assert (name, after) == (name, then)
    account(revoked=False)


def test_no_password_grant_exists(sandbox):
    form = {"grant_type": "password", "username": "tiepnhan1", "password": PASSWORD}
    answer = requests.post(sandbox.base_url + "/oauth/token", data=form, timeout=10)
    assert (answer.status_code, answer.json()) == (400, {"error": "unsupported_grant_type"})


@pytest.fixture
def listener():
    knocks = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            knocks.append(self.path)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/callback", knocks
    server.shutdown()
    server.server_close()


def test_the_robot_brings_the_code_to_the_listener(sandbox, listener):
    address, knocks = listener
    link = requests.Request(
        "GET", sandbox.base_url + "/oauth/authorize", params=authorize_params("v" * 64, redirect_uri=address)
    ).prepare().url
    robot = browser("tiepnhan1", PASSWORD)
    robot(link)
    robot.join()
    assert len(knocks) == 1
    assert knocks[0].startswith("/callback?code=")


def test_the_robot_reports_a_wrong_password_and_knocks_nowhere(sandbox, listener):
    address, knocks = listener
    link = requests.Request(
        "GET", sandbox.base_url + "/oauth/authorize", params=authorize_params("v" * 64, redirect_uri=address)
    ).prepare().url
    told = []
    robot = browser("tiepnhan1", "sai", told.append)
    robot(link)
    with pytest.raises(KnownError, match="wrong-password"):
        robot.join()
    assert (knocks, [error.code for error in told]) == ([], ["wrong-password"])
