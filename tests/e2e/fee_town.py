"""The town of the fee stories in windows: whoever a story needs, and a literal table of what money came to.

Stands apart from ``keyboard_officers`` because these stories are about notices, payments and cases, and about more
officers than two. A row is step, dossier (state/sub-state fee), notices (state settled/total), payments (channel
amount/settled), cases, then for each officer named in the head: queue, and after ``+`` what waits on that machine.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.domain.dossier import Case, Dossier, Payment
from app.domain.notices import settled_of
from app.sandbox.faults import Fault
from app.sandbox.simulator import verbs, vnpay_process
from app.sandbox.simulator.http import SandboxHttp
from app.sandbox.simulator.partner import PartnerCall
from app.services.views import Card
from tests.e2e.keyboard_officers import Hands, Town
from tests.ui.desk_fixture import Office, office
from tests.ui.window_fixture import PATIENCE_S, settle, until
from ui.widgets.plain_label import PlainLabel

Check = Callable[[str], Dossier]


class FeeTown(Town):
    """Deeds leave at once here: taking back within eight seconds is told in the stories of the three cases."""

    def __init__(self, made: Office) -> None:
        super().__init__(made)
        self.head, self.cashier = Hands(made, "lanhdao1"), Hands(made, "thuquy1")
        self.substitute = Hands(made, "thuly2")

    def open(self, *who: Hands) -> None:
        """Those named start their programs."""
        super().open(*who)
        for hands in who:
            hands.desk.undo_s = 0

    def open_again(self, hands: Hands) -> None:
        """End a program where it stands and start it again on the same profile."""
        hands.kill()
        hands.open()
        hands.desk.undo_s = 0

    def pay_notice(self, notice_id: str) -> None:
        """The citizen pays a notice through VNPAY, at home."""
        verbs.pay(self.office.url, notice=notice_id)

    def down(self) -> None:
        """Take the officers' line before anyone has opened a program."""
        self.office.server.faults.replace([Fault("/v1/*", "drop_before", times=10**9)])

    def mend_only(self, hands: Hands) -> None:
        """Give the line back to one officer: the others do not try again by themselves while the clock stands."""
        self.office.server.faults.replace([])
        self.press_f5(hands)
        until(lambda: not hands.window.news.link.isVisible(), "online again")

    def words(self, screen: QWidget) -> list[str]:
        """Return every sentence that a dialog shows."""
        return [label.text() for label in screen.findChildren(PlainLabel) if label.isVisible() and label.text()]

    def paying(self, notice_id: str) -> Callable[[], str]:
        """Let the citizen open the payment page at home; return what completes the payment."""
        with SandboxHttp(self.office.url) as http:
            opened = http.post("/citizen/payments", {"notice_id": notice_id, "gateway": "vnpay", "amount": None})

        def complete() -> str:
            with SandboxHttp(self.office.url) as http:
                return vnpay_process.call_portal(http, PartnerCall(opened["fields"], fail="", delay_s=0.0))

        return complete

    def tomorrow(self) -> None:
        """Everyone's clock goes on a day; F5 brings the portal's word of it."""
        self.office.clock.advance(days=1)
        for hands in self.here:
            hands.window.news.tick()
            self.press_f5(hands)
            hands.window.desk_page.refresh()
            settle(hands.window)

    def reached(self, hands: Hands, dossier_id: str, expected: dict[str, str]) -> None:
        """Wait until every channel of the newest notice stands as expected, the latest try of each."""

        def seen() -> dict[str, str]:
            card = hands.card(dossier_id)
            assert card is not None
            return {str(d.channel): str(d.state) for d in card.dossier.notices[-1].deliveries}

        try:
            until(lambda: seen() == expected, "the channels")
        except AssertionError:
            assert seen() == expected

    def money(self, dossier_id: str, table: str) -> Check:
        """Return what compares a dossier with the next row of a literal table, and returns it."""
        head, *lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
        people = [next(hands for hands in self.here if hands.username == name) for name in head[5:]]
        left = {cells[0]: cells[1:] for cells in lines}

        def check(step: str) -> Dossier:
            assert next(iter(left), None) == step, f"the table goes on with {next(iter(left), None)}"
            expected, ends = left.pop(step), time.monotonic() + PATIENCE_S
            while _row(dossier_id, people) != expected and time.monotonic() < ends:
                QTest.qWait(20)
            assert _row(dossier_id, people) == expected, step
            return next(card.dossier for hands in people if (card := hands.card(dossier_id)) is not None)

        return check


def _row(dossier_id: str, people: list[Hands]) -> list[str]:
    cards = [hands.card(dossier_id) for hands in people]
    first = next((card for card in cards if card is not None), None)
    if first is None:
        return []
    dossier = first.dossier
    sub = f"/{dossier.sub_state}" if dossier.sub_state else ""
    cells = (
        f"{int(dossier.state)}{sub} {dossier.fee_status}",
        ", ".join(f"{n.state} {settled_of(dossier, n.id)}/{n.total}" for n in dossier.notices),
        ", ".join(_payment(payment) for payment in dossier.payments),
        ", ".join(_case(case) for case in dossier.cases),
        *(_seen(card) for card in cards),
    )
    return [cell or "-" for cell in cells]


def _payment(payment: Payment) -> str:
    marks = (" reversed" if payment.reversed else "") + (f" refunded {payment.refunded}" if payment.refunded else "")
    return f"{payment.channel} {payment.amount}/{payment.settled}{marks}"


def _case(case: Case) -> str:
    return f"{case.kind} {case.state} {case.amount}"


def _seen(card: Card | None) -> str:
    if card is None:
        return "unseen"
    waits = " + " + " ".join(card.pending) if card.pending else ""
    return f"{card.queue or '-'}{waits}"


@contextmanager
def fee_town(folder: Path) -> Iterator[FeeTown]:
    """Open a town in ``folder``; the thread of the windows may not touch store or portal while officers work."""
    with office(folder) as made:
        here = FeeTown(made)
        try:
            yield here
        finally:
            here.close()
