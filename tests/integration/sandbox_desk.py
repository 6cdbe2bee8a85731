"""An officer's side of the contract, on plain HTTP: it shares no code with the desk."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from app.ids import IdSource

REDIRECT = "http://127.0.0.1:49152/callback"
PASSWORD = "motcua-sandbox"
new_id = IdSource().new


def authorize_params(verifier: str, **changed: str) -> dict[str, str]:
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    return {
        "response_type": "code", "client_id": "motcua-desk", "redirect_uri": REDIRECT, "state": "s" * 43,
        "code_challenge": challenge, "code_challenge_method": "S256", **changed,
    }  # fmt: skip


def code_for(base_url: str, username: str, verifier: str) -> str:
    page = requests.get(base_url + "/oauth/authorize", params=authorize_params(verifier), timeout=10)
    form = {k: html.unescape(v) for k, v in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.text)}
    form |= {"username": username, "password": PASSWORD}
    answer = requests.post(base_url + "/oauth/authorize", data=form, timeout=10, allow_redirects=False)
    assert answer.status_code == 303
    return parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]


def tokens_for(base_url: str, username: str) -> dict[str, Any]:
    verifier = secrets.token_urlsafe(48)
    return requests.post(
        base_url + "/oauth/token", timeout=10,
        data={"grant_type": "authorization_code", "code": code_for(base_url, username, verifier),
              "redirect_uri": REDIRECT, "client_id": "motcua-desk", "code_verifier": verifier},
    ).json()  # fmt: skip


class SandboxDesk:
    """One signed-in officer."""

    def __init__(self, base_url: str, username: str) -> None:
        self.base_url = base_url
        self._http = requests.Session()
        self._http.headers["Authorization"] = f"Bearer {tokens_for(base_url, username)['access_token']}"
        self.me = self.get("/v1/me").json()

    def close(self) -> None:
        self._http.close()

    def get(self, path: str, **params: Any) -> requests.Response:
        return self._http.get(self.base_url + path, params=params, timeout=40)

    def request(self, method: str, path: str, **how: Any) -> requests.Response:
        return self._http.request(method, self.base_url + path, timeout=40, **how)

    def envelope(self, kind: str, dossier_id: str, **body: Any) -> dict[str, Any]:
        now = self.get("/sandbox/clock").json()["now"]
        text = json.dumps({"made_at": now, **body}, ensure_ascii=False)
        return {
            "key": new_id(), "actor_id": self.me["officer_id"], "type": kind, "dossier_id": dossier_id,
            "if_match": None, "sha256": hashlib.sha256(text.encode()).hexdigest(), "body": text,
        }  # fmt: skip

    def send(self, *envelopes: dict[str, Any]) -> list[dict[str, Any]]:
        answer = self.post_commands(*envelopes)
        assert answer.status_code == 200, answer.text
        return answer.json()["results"]

    def post_commands(self, *envelopes: dict[str, Any]) -> requests.Response:
        return self.request("POST", "/v1/commands", json={"commands": list(envelopes)})

    def do(self, kind: str, dossier_id: str, **body: Any) -> dict[str, Any]:
        return self.send(self.envelope(kind, dossier_id, **body))[0]

    def dossier(self, dossier_id: str) -> dict[str, Any]:
        return self.get(f"/v1/dossiers/{dossier_id}").json()["body"]

    def notify(self, dossier_id: str, amount: int = 120_000, **more: Any) -> str:
        """Send a fee notice of one phí line and return its id."""
        state = self.dossier(dossier_id)["state"]
        notice = new_id()
        lines = [{"kind": "PHI", "name": "Phí thẩm định", "amount": amount}]
        body = {"notice_id": notice, "title": "Nộp phí", "lines": lines, "seen_state": state, "seen_open_amount": 0}
        result = self.do("notify", dossier_id, **(body | more))
        assert result["status"] == "done", result
        return notice

    def tick(self, dossier_id: str, notice: str, amount: int) -> dict[str, Any]:
        return self.envelope(
            "tick_paid", dossier_id, payment_id=new_id(), notice_id=notice, amount=amount, channel="counter_cash",
            evidence={"document_no": "BL 0001", "document_date": "2026-11-20"},
        )  # fmt: skip

    def until(self, dossier_id: str, holds: Callable[[dict[str, Any]], bool], tries: int = 20) -> dict[str, Any]:
        """Follow the feed until the dossier is as wanted."""
        page = self.get("/v1/sync", limit=500).json()
        while page["has_more"]:
            page = self.get("/v1/sync", limit=500, cursor=page["next_cursor"]).json()
        for _ in range(tries):
            body = self.dossier(dossier_id)
            if holds(body):
                return body
            page = self.get("/v1/sync", cursor=page["next_cursor"], wait=2).json()
        raise AssertionError(f"never came: {body}")


def file_dossier(base_url: str, **asked: Any) -> str:
    """File a dossier of a procedure that may be paid online; return its id."""
    body = {"procedure": "1.001193", "name": "Trần Thị Mai", "phone": "0905123456", "email": "mai@congdan.example",
            "account": "mai"} | asked  # fmt: skip
    answer = requests.post(base_url + "/citizen/dossiers", json=body, timeout=10)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def move_clock(base_url: str, **asked: Any) -> None:
    assert requests.post(base_url + "/sandbox/clock", json=asked, timeout=10).status_code == 200


def plan_faults(base_url: str, *faults: dict[str, Any]) -> None:
    assert requests.post(base_url + "/sandbox/faults", json=list(faults), timeout=10).status_code == 200
