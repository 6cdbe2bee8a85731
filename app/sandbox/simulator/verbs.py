"""What a citizen can do from the command line, each verb as one function that returns the printed object.

Stands apart from argparse so that tests and the demo play citizens with the same words.
"""

from __future__ import annotations

import mimetypes
import re
from pathlib import Path
from typing import Any

from app.domain.folding import fold
from app.domain.words import Gateway
from app.errors import BadInput
from app.sandbox.gateways.sessions import payment_id
from app.sandbox.simulator import momo_process, vnpay_process
from app.sandbox.simulator.http import SandboxHttp
from app.sandbox.simulator.partner import PartnerCall

_PHONE = "0905123456"


def file(
    base_url: str,
    *,
    procedure: str,
    name: str,
    papers: tuple[Path, ...] = (),
    phone: str = _PHONE,
    email: str | None = None,
    account: str | None = None,
    unit: str = "",
    identity: str = "",
    applicant: dict[str, str] | None = None,
) -> dict[str, Any]:
    """File an application; returns ``id`` and ``code``. Unset e-mail and account are made from the name.

    ``applicant`` (name, kind, email, phone, account) is whom the citizen files for; None: for himself. An empty text
    means: the citizen has none. Raises BadInput, Offline.
    """
    handle = re.sub(r"[^a-z0-9]+", ".", fold(name)).strip(".") or "cong.dan"
    with SandboxHttp(base_url) as http:
        rows = [_handed_in(http, paper) for paper in papers]
        asked = {
            "procedure": procedure,
            "name": name,
            "phone": phone,
            "email": f"{handle}@congdan.example" if email is None else email,
            "account": handle if account is None else account,
            "unit": unit,
            "identity": identity,
            "papers": rows,
            "for": applicant,
        }
        found = http.post("/citizen/dossiers", asked)
    return {"id": found["id"], "code": found["code"]}


def track(base_url: str, code: str) -> dict[str, Any]:
    """Return what the public look-up says of a code, receipt code or id; raises BadInput when there is none."""
    with SandboxHttp(base_url) as http:
        found: dict[str, Any] = http.get("/citizen/track", code=code)
    return found


def read(base_url: str, code: str) -> dict[str, Any]:
    """Let the citizen open the account's messages about a dossier; returns how many were new."""
    with SandboxHttp(base_url) as http:
        found: dict[str, Any] = http.post("/citizen/read", code=code)
    return found


def withdraw(base_url: str, code: str, reason: str = "") -> dict[str, Any]:
    """Take the application back; returns ``id`` and ``state``. Raises BadInput when there is none or it has ended."""
    with SandboxHttp(base_url) as http:
        found: dict[str, Any] = http.post("/citizen/withdraw", {"reason": reason}, code=code)
    return found


def supplement(
    base_url: str, code: str, *, papers: tuple[Path, ...] = (), names: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Hand in what was asked for: files, each called by its name in ``names``; returns ``id`` and ``state``."""
    with SandboxHttp(base_url) as http:
        rows = [_handed_in(http, paper) for paper in papers]
        found: dict[str, Any] = http.post("/citizen/supplement", {"papers": rows, "names": list(names)}, code=code)
    return found


def rate(base_url: str, code: str, stars: int, note: str = "") -> dict[str, Any]:
    """Say how the service was, 1 to 5; returns ``id`` and ``state``."""
    with SandboxHttp(base_url) as http:
        found: dict[str, Any] = http.post("/citizen/rate", {"stars": stars, "note": note}, code=code)
    return found


def pay(
    base_url: str,
    *,
    notice: str,
    gateway: str = "vnpay",
    delay_s: float = 0.0,
    duplicate: bool = False,
    amount: int | None = None,
    fail: str = "",
) -> dict[str, Any]:
    """Pay a notice online; returns ``payment_id`` (or None), ``rsp_code``, ``notice_state``.

    ``amount`` (đồng) opens the session with another sum than is owed. ``fail``: no_funds wrong_otp cancelled timeout
    bad_signature wrong_amount. ``duplicate`` lets the gateway call twice (``duplicate_rsp_code``). Raises BadInput,
    Offline.
    """
    with SandboxHttp(base_url) as http:
        opened = http.post("/citizen/payments", {"notice_id": notice, "gateway": gateway, "amount": amount})
        partner = momo_process if gateway == "momo" else vnpay_process
        call = PartnerCall(opened["fields"], fail=fail, delay_s=delay_s)
        codes = [partner.call_portal(http, call) for _ in range(2 if duplicate else 1)]
        state = http.get(f"/citizen/notices/{notice}")["state"]
    paid = codes[0] in ("00", "204") and not fail
    result = {
        "payment_id": payment_id(opened["session"], Gateway(gateway)) if paid else None,
        "rsp_code": codes[0],
        "notice_state": state,
    }
    return result | ({"duplicate_rsp_code": codes[1]} if duplicate else {})


def _handed_in(http: SandboxHttp, paper: Path) -> Any:
    try:
        content = paper.read_bytes()
    except OSError as error:
        raise BadInput("paper-not-readable", name=paper.name) from error
    mime = mimetypes.guess_type(paper.name)[0] or "application/octet-stream"
    return http.post_file(content, paper.name, mime)
