"""A small office for tests of the window: a sandbox portal at 10:12 on Friday 20/11/2026, and desks signed in to it.

Stands apart so that dialogs and the main window are tried against the same real portal; nothing here is faked but time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import requests

from app import bootstrap, gui_guard
from app.clock import VN
from app.domain.dossier import Evidence
from app.domain.words import OutboxState, PaymentChannel
from app.sandbox.robot import Robot
from app.sandbox.server import SandboxServer
from app.sandbox.simulator import verbs
from app.services import fee_notices, inbox, papers, payments, processing, reception
from app.services.desk import Desk
from app.services.fee_notices import NoticeForm
from app.services.processing import SuspendForm
from app.services.views import Acted, Card
from tests.fakes import FakeClock

NOW = datetime(2026, 11, 20, 10, 12, tzinfo=VN)
PASSWORD = "motcua-sandbox"
BIRTH = "1.001193"  # lệ phí set by the province, phí 8.000 a copy; one working day
COPY = "2.000635"  # phí 8.000 a copy; same day
BUILDING = "1.013225"  # fee collected at a step
LAND = "1.115345"  # NVTC


class Office:
    """A portal, its clock, and desks by username; each desk has its own profile folder."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock(NOW)
        self.server = SandboxServer(folder / "portal", base_clock=self.clock)
        self.url = self.server.start()
        self._folder = folder
        self._desks: dict[str, Desk] = {}
        self._running = True

    def desk(self, username: str = "tiepnhan1") -> Desk:
        """Return the open desk of an officer, signed in by the robot and brought up to date."""
        found = self._desks.get(username)
        if found is None:
            folder = self._folder / username
            robot = Robot(username, PASSWORD)
            found = bootstrap.sign_in(folder, self.url, robot, clock=self.clock, undo_s=0, timeout_s=30,
                                      sandbox_only=True)
            self._desks[username] = found
        if self._running:
            found.engine.puller.pull_all()
        return found

    def file(self, name: str = "Nguyễn Thị Hồng Nhung", procedure: str = BIRTH, **asked: Any) -> str:
        """Let a citizen file online; return the dossier's id."""
        body = {"procedure": procedure, "name": name, "phone": "0914882662", "email": "hnhung@gmail.com",
                "account": "nguyenhongnhung"} | asked  # fmt: skip
        answer = requests.post(self.url + "/citizen/dossiers", json=body, timeout=10)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def card(self, desk: Desk, dossier_id: str) -> Card:
        """Return the dossier as the desk sees it now, asking the portal first."""
        if self._running:
            desk.engine.puller.pull_all()
        return inbox.card(desk, dossier_id)

    def send(self, desk: Desk, acted: Acted) -> None:
        """Let a deed reach the portal."""
        assert desk.engine.work_lane(acted.dossier_id, acted.key) is OutboxState.ACKED

    def in_processing(self, dossier_id: str, processor: str = "thuly1") -> Card:
        """Receive a dossier and forward it to a processor; return it as he sees it."""
        front = self.desk()
        self.send(front, reception.receive(front, dossier_id))
        self.send(front, processing.forward(front, dossier_id, processor))
        return self.card(self.desk(processor), dossier_id)

    def suspended(self, dossier_id: str, amount_dong: int = 4_250_000) -> Card:
        """Suspend for a financial obligation and accept it at the desk; return it as the desk sees it."""
        self.in_processing(dossier_id)
        back = self.desk("thuly1")
        form = SuspendForm("Chờ công dân thực hiện nghĩa vụ tài chính", amount_dong, "LTB2656001/TB-CCT",
                           NOW.date(), "7111.1054371")
        self.send(back, processing.suspend(back, dossier_id, form))
        front = self.desk()
        self.send(front, reception.accept_supplement(front, dossier_id))
        return self.card(front, dossier_id)

    def notified(
        self, desk: Desk, dossier_id: str, amount_dong: int = 75_000, *, line: str = "Lệ phí cấp giấy phép"
    ) -> Card:
        """Send a fee notice of one lệ phí line; return the dossier as the desk sees it."""
        dossier = self.card(desk, dossier_id).dossier
        asked = fee_notices.line(desk, dossier, fee_notices.LineKind.LE_PHI, line, amount_dong)
        form = NoticeForm(fee_notices.default_title(dossier), (asked,))
        self.send(desk, fee_notices.notify(desk, dossier_id, form))
        return self.card(desk, dossier_id)

    def paid_twice(self, dossier_id: str, amount_dong: int = 75_000) -> Card:
        """Let a notice be paid through VNPAY and ticked at the counter as well; return it as the head sees it."""
        front = self.desk()
        notice = self.notified(front, dossier_id, amount_dong).dossier.notices[-1]
        verbs.pay(self.url, notice=notice.id)
        evidence = Evidence(document_no="BI-26T · 0001231", document_date=NOW.date())
        cash = PaymentChannel.COUNTER_CASH
        self.send(front, payments.tick_paid(front, notice.id, amount=amount_dong, method=cash, evidence=evidence))
        return self.card(self.desk("lanhdao1"), dossier_id)

    def refused_paid(self, dossier_id: str, amount_dong: int = 75_000) -> Card:
        """Let a new dossier be paid, then refused; return it as the head sees it, with its refund case."""
        front = self.desk()
        notice = self.notified(front, dossier_id, amount_dong).dossier.notices[-1]
        verbs.pay(self.url, notice=notice.id)
        self.card(front, dossier_id)
        self.send(front, reception.refuse(front, dossier_id, "Không thuộc thẩm quyền giải quyết"))
        return self.card(self.desk("lanhdao1"), dossier_id)

    def ticked(self, desk: Desk, card: Card, amount_dong: int = 75_000) -> Card:
        """Write down cash for the newest notice; return the dossier as the desk sees it."""
        cash, proof = payments.METHODS["cash"], Evidence(info="công dân đưa tiền mặt tại quầy")
        notice = card.dossier.notices[-1].id
        self.send(desk, payments.tick_paid(desk, notice, amount=amount_dong, method=cash, evidence=proof))
        return self.card(desk, card.dossier.id)

    def obliged(self, dossier_id: str) -> Card:
        """Suspend for a financial obligation, accept and notify it; return the dossier as the desk sees it."""
        self.suspended(dossier_id)
        front = self.desk()
        card = self.card(front, dossier_id)
        asked = tuple(
            fee_notices.line(front, card.dossier, item.kind, item.name, item.amount)
            for item in fee_notices.propose(front, card.dossier) if item.amount
        )  # fmt: skip
        form = NoticeForm(fee_notices.default_title(card.dossier), asked)
        self.send(front, fee_notices.notify(front, dossier_id, form))
        return self.card(front, dossier_id)

    def returned_paid(self, dossier_id: str, amount_dong: int = 75_000) -> Card:
        """Let a dossier be completed, notified, ticked and handed over; return it as the desk sees it."""
        self.completed_paid(dossier_id, amount_dong)
        front = self.desk()
        self.send(front, reception.return_result(front, dossier_id, "Lê Hoàng Phúc"))
        return self.card(front, dossier_id)

    def completed_paid(self, dossier_id: str, amount_dong: int = 75_000) -> Card:
        """The same, its result still waiting at the desk."""
        self.in_processing(dossier_id)
        back, front = self.desk("thuly1"), self.desk()
        self.send(back, processing.complete(back, dossier_id))
        return self.ticked(front, self.notified(front, dossier_id, amount_dong), amount_dong)

    def collected(self, dossier_id: str, amount_dong: int = 70_000) -> Card:
        """Collect one sum at the counter; return the dossier as the desk sees it."""
        front = self.desk()
        dossier = self.card(front, dossier_id).dossier
        asked = (fee_notices.line(front, dossier, fee_notices.LineKind.PHI, "Phí thẩm định", amount_dong),)
        proof = Evidence(info="công dân đưa tiền mặt tại quầy")
        self.send(front, payments.collect(
            front, dossier_id, title="Thu phí", lines=asked, method=payments.METHODS["cash"], evidence=proof,
        ))  # fmt: skip
        return self.card(front, dossier_id)

    def paying(self, desk: Desk, card: Card) -> Card:
        """Let the citizen open the payment page of the newest notice."""
        body = {"notice_id": card.dossier.notices[-1].id, "gateway": "vnpay"}
        answer = requests.post(self.url + "/citizen/payments", json=body, timeout=10)
        assert answer.status_code == 201, answer.text
        return self.card(desk, card.dossier.id)

    def go_offline(self) -> None:
        """Stop the portal; it does not come back."""
        self._running = False
        self.server.stop()

    def close(self) -> None:
        """Close desks and portal."""
        with ExitStack() as end:
            end.callback(self.server.stop)
            end.callback(papers.close)
            for desk in self._desks.values():
                end.callback(desk.close)


@contextmanager
def office(folder: Path) -> Iterator[Office]:
    """Open a small office in ``folder`` and close it again."""
    made = Office(folder)
    try:
        yield made
    finally:
        made.close()


@contextmanager
def no_waiting_here() -> Iterator[None]:
    """Fail when store or portal is entered on this thread: the window may not freeze."""
    gui_guard.forbid_current_thread()
    try:
        yield
    finally:
        gui_guard.release_current_thread()
