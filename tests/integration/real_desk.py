"""A real desk at a real sandbox: store on disk, sockets, a clock that moves when told, no random waiting."""

from __future__ import annotations

from pathlib import Path

from app import bootstrap
from app.domain.dossier import Evidence
from app.domain.words import LineKind, PaymentChannel
from app.sandbox.robot import browser
from app.services import fee_notices, inbox, payments
from app.services.desk import Desk
from app.services.fee_notices import NoticeForm
from app.services.views import Acted
from tests.fakes import FakeClock

PASSWORD = "motcua-sandbox"
PAPER = Evidence(info="Biên lai giấy số 7, quầy 2")


def no_wait(low: float, high: float) -> float:
    """The random source of the tests: every backoff is as short as it can be."""
    return low


def signed_in(base_url: str, folder: Path, clock: FakeClock, username: str = "tiepnhan1") -> Desk:
    """Sign in with the robot and pull everything."""
    desk = bootstrap.sign_in(
        folder, base_url, browser(username, PASSWORD), clock=clock, undo_s=0, uniform=no_wait, timeout_s=30
    )
    desk.engine.puller.pull_all()
    return desk


def reopened(folder: Path, clock: FakeClock) -> Desk:
    """Open the desk as the next start of the program does."""
    return bootstrap.open_desk(folder, clock=clock, undo_s=0, uniform=no_wait)


def send_all(desk: Desk) -> None:
    """Send until nothing may leave any more."""
    while desk.engine.sender.step():
        pass


def notify(desk: Desk, dossier_id: str, amount: int = 120_000) -> str:
    """Queue and deliver a fee notice; return its id."""
    dossier = inbox.card(desk, dossier_id).dossier
    line = fee_notices.line(desk, dossier, LineKind.PHI, "Phí", amount)
    acted = fee_notices.notify(desk, dossier_id, NoticeForm("Nộp phí", (line,)))
    assert desk.engine.work_lane(dossier_id, acted.key).value == "acked"
    return inbox.card(desk, dossier_id).dossier.notices[-1].id


def tick(desk: Desk, notice_id: str, amount: int = 120_000) -> Acted:
    """Queue money taken in cash."""
    return payments.tick_paid(
        desk, notice_id, amount=amount, method=PaymentChannel.COUNTER_CASH, evidence=PAPER, payer="Trần Thị Mai"
    )
