"""A real desk at the running sandbox: signed in by the robot, with the feed taken; citizens file through plain HTTP.

Stands apart because tests of services need store, sync and portal together, and nothing of the window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from app import bootstrap
from app.sandbox.robot import browser
from app.services import fee_notices, inbox
from app.services.desk import Desk
from tests.integration.sandbox_desk import PASSWORD, SandboxDesk, file_dossier, plan_faults


@contextmanager
def desk_at(base_url: str, profile: Path, username: str = "tiepnhan1") -> Iterator[Desk]:
    """Sign in and sync; close at the end."""
    desk = bootstrap.sign_in(profile, base_url, browser(username, PASSWORD), timeout_s=30, sandbox_only=True)
    try:
        desk.engine.puller.pull_all()
        yield desk
    finally:
        desk.close()


@contextmanager
def line_down(base_url: str) -> Iterator[None]:
    """Let no request reach the portal meanwhile."""
    plan_faults(base_url, {"path": "*", "kind": "drop_before", "times": 10_000})
    try:
        yield
    finally:
        plan_faults(base_url)


def hand_in(base_url: str, data: bytes, name: str, mime: str) -> dict[str, Any]:
    """Give the portal one paper; returns what a dossier says of it."""
    headers = {"Content-Type": mime, "X-File-Name": name}
    answer = requests.post(base_url + "/citizen/files", data=data, headers=headers, timeout=10)
    assert answer.status_code == 201, answer.text
    return answer.json()


def filed(desk: Desk, base_url: str, **asked: Any) -> str:
    """File a dossier and bring it to the desk; returns its id."""
    dossier_id = file_dossier(base_url, **asked)
    assert desk.engine.ask.freshest(dossier_id, deadline_s=10)
    return dossier_id


def form_of(desk: Desk, dossier_id: str, *rows: tuple[Any, str, int], **more: Any) -> fee_notices.NoticeForm:
    """Return a filled form with one line per (kind, name, amount)."""
    dossier = inbox.card(desk, dossier_id).dossier
    lines = tuple(fee_notices.line(desk, dossier, kind, name, amount) for kind, name, amount in rows)
    return fee_notices.NoticeForm(fee_notices.default_title(dossier), lines, **more)


def sent(desk: Desk, dossier_id: str, form: fee_notices.NoticeForm) -> str:
    """Send a notice and wait for the portal; returns its id."""
    acted = fee_notices.notify(desk, dossier_id, form)
    desk.engine.sender.send_lane_now(dossier_id)
    assert desk.engine.work_lane(dossier_id, acted.key).value == "acked"
    return inbox.card(desk, dossier_id).dossier.notices[-1].id


def messages(base_url: str, wanted: Callable[[dict[str, Any]], bool]) -> list[dict[str, Any]]:
    """Return the citizens' messages that the sandbox has delivered."""
    found = requests.get(base_url + "/sandbox/messages", timeout=10).json()["messages"]
    return [message for message in found if wanted(message)]


def suspended(desk: Desk, base_url: str, *, is_accepted: bool = True, **asked: Any) -> str:
    """Bring a dossier to *Yêu cầu thực hiện NVTC* with a tax notice of 4.250.000 đồng; returns its id."""
    dossier_id = file_dossier(base_url, **asked)
    clerk, expert = SandboxDesk(base_url, "tiepnhan1"), SandboxDesk(base_url, "thuly2")
    me = {name: expert.me[name] for name in ("username", "name", "unit_id")} | {"id": expert.me["officer_id"]}
    tax = {"tax_notice_no": "LTB2656001", "tax_notice_date": "2026-11-19", "treasury_account": "7111.0.1054321"}
    results = [
        clerk.do("receive", dossier_id),
        clerk.do("forward", dossier_id, to_unit_id=me["unit_id"], to_officer=me),
        expert.do("suspend", dossier_id, reason="Chờ thông báo thuế", nvtc_amount=4_250_000, **tax),
        *([clerk.do("accept_supplement", dossier_id)] if is_accepted else []),
    ]
    clerk.close()
    expert.close()
    assert all(result["status"] == "done" for result in results), results
    assert desk.engine.ask.freshest(dossier_id, deadline_s=10)
    return dossier_id
