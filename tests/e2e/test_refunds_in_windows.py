"""Refunds by keyboard in real windows: the head approves, the cashier pays and closes; with the line, and without it.

What this machine shows offline and what the portal made of it afterwards are compared with the same literal table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.sandbox.faults import Fault
from tests.e2e.keyboard_officers import ALT, CTRL, SHIFT, Hands
from tests.ui.desk_fixture import BIRTH, BUILDING, Office, no_waiting_here, office
from tests.ui.window_fixture import until

Key = Qt.Key
TUYEN = "Dương Thị Mộng Tuyền"
LIEN = "Hồ Thị Kim Liên"

# Step, the row's status, its fee cell, the case's chip, what waits on this machine.
HEAD = """
opened         | Hoàn tiền · chờ lãnh đạo duyệt     | Đã đóng, chờ hoàn 75.000 đ  | Chờ duyệt                      | -
approved here  | Đã gửi – chưa có hồi âm            | Đã đóng, chờ hoàn 75.000 đ  | Đã duyệt – chờ hoàn – chờ Cổng | approve_refund
approved       | Hoàn tiền · đã duyệt, chờ thủ quỹ  | Đã đóng, chờ hoàn 75.000 đ  | Đã duyệt – chờ hoàn            | -
"""  # noqa: E501
CASHIER = """
approved       | Hoàn tiền · đã duyệt, chờ thủ quỹ  | Đã đóng, chờ hoàn 75.000 đ  | Đã duyệt – chờ hoàn            | -
paid here      | Đã gửi – chưa có hồi âm            | Đã hoàn                     | Đã hoàn – chờ Cổng             | pay_refund
paid           | Hoàn tiền · đã hoàn, chờ khép      | Đã hoàn                     | Đã hoàn                        | -
closed         | Không được tiếp nhận               | Đã hoàn                     | Đã khép                        | -
"""  # noqa: E501


@pytest.fixture
def town(dressed: None, tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as made:
        yield made


def told(officer: Hands, table: str) -> Callable[[str], None]:
    """Return what compares the shown row and case with a row of the table."""
    lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    rows = {cells[0]: cells[1:] for cells in lines}

    def now() -> list[str]:
        page = officer.window.desk_page
        view, row = page.preview.view(), page.model.view_at(0)
        if view is None or row is None or not view.cases:
            return []
        fee = ", ".join(part for part in (row.fee_line1, row.fee_line2) if part)
        return [row.status_line, fee, view.cases[0].chip[0], ", ".join(view.card.pending) or "-"]

    def check(step: str) -> None:
        try:
            until(lambda: now() == rows[step], step)
        except AssertionError:
            assert now() == rows[step], step

    return check


def gone_home(town: Office) -> None:
    """Close the desks that set the scene: a profile is open in one place at a time."""
    for desk in [town.desk(username) for username in ("tiepnhan1", "lanhdao1", "thuquy1")]:
        desk.close()
    town._desks.clear()


def cut(town: Office, officer: Hands) -> None:
    town.server.faults.replace([Fault("/v1/*", "drop_before", times=10**9)])
    town.server.hang_up("/v1/")
    officer.press(Key.Key_F5)
    until(officer.window.news.link.isVisible, "the offline banner")


def mend(town: Office, officer: Hands) -> None:
    town.server.faults.replace([])
    officer.press(Key.Key_F5)
    until(lambda: not officer.window.news.link.isVisible(), "online again")


def approve(head: Hands, answer: bool) -> None:
    """Ctrl+Enter, the question if there is one, a word, Ctrl+Enter."""
    form = head.asked(Key.Key_Return, CTRL | SHIFT)
    if answer:
        until(lambda: QApplication.focusWidget() is form.work.first(), "the question has the focus")
        head.press(Key.Key_Space)
        head.press(Key.Key_Tab)
    until(lambda: QApplication.focusWidget() is form.note, "the note has the focus")
    head.type("Đồng ý hoàn")
    head.confirm()


def pay(cashier: Hands) -> None:
    form = cashier.asked(Key.Key_Return, CTRL | SHIFT)
    until(lambda: QApplication.focusWidget() is form.proof.number, "the document's number has the focus")
    cashier.type("PC-26 0000042")
    until(lambda: "Chứng từ hoàn: số PC-26 0000042" in form.citizen.text.toPlainText(), "what the citizen will read")
    cashier.confirm()


def close(cashier: Hands) -> None:
    form = cashier.asked(Key.Key_Return, CTRL | SHIFT)
    until(lambda: QApplication.focusWidget() is form.reason, "the reason has the focus")
    cashier.type("Công dân đã ký nhận")
    cashier.confirm()


@pytest.mark.parametrize("offline", [False, True])
def test_the_head_approves_the_cashier_pays_and_closes(town, offline):
    dossier = town.refused_paid(town.file(LIEN, BIRTH)).dossier.id
    gone_home(town)
    with no_waiting_here():
        head = Hands(town, "lanhdao1").open()
        head.press(Key.Key_6, ALT)
        head.shows(LIEN)
        told(head, HEAD)("opened")
        assert head.window.desk_page.preview.primary.text() == "Duyệt hoàn tiền…"
        if offline:
            cut(town, head)
        approve(head, answer=True)
        if offline:
            told(head, HEAD)("approved here")
            mend(town, head)
        told(head, HEAD)("approved")
        head.kill()

        cashier = Hands(town, "thuquy1").open()
        cashier.press(Key.Key_3, ALT)
        cashier.shows(LIEN)
        told(cashier, CASHIER)("approved")
        assert cashier.window.desk_page.preview.primary.text() == "Ghi đã hoàn 75.000 đ"
        if offline:
            cut(town, cashier)
        pay(cashier)
        if offline:
            told(cashier, CASHIER)("paid here")
            cashier.kill()
            cashier.open()
            cashier.press(Key.Key_3, ALT)
            cashier.shows(LIEN)
            told(cashier, CASHIER)("paid here")
            mend(town, cashier)
        told(cashier, CASHIER)("paid")
        assert cashier.window.desk_page.preview.primary.text() == "Khép việc…"
        close(cashier)
        told(cashier, CASHIER)("closed")
        case = cashier.card(dossier).dossier.cases[0]
        cashier.kill()
    assert (case.state, case.amount, case.note) == ("closed", 75_000, "Công dân đã ký nhận")
    assert (case.approved_by.username, case.refunded_by.username) == ("lanhdao1", "thuquy1")
    assert case.evidence.document_no == "PC-26 0000042"


def test_money_that_nobody_owes_the_office_is_not_closed_over_and_paying_needs_proof(town):
    town.paid_twice(town.file(TUYEN, BUILDING))
    gone_home(town)
    with no_waiting_here():
        head = Hands(town, "lanhdao1").open()
        head.press(Key.Key_6, ALT)
        head.shows(TUYEN)
        head.palette("khep viec", "Khép việc…")
        kept = head.dialog()
        assert kept.problem.text() == (
            "Khoản nộp thừa 75.000 đồng phải hoàn trả hoặc dùng cho thông báo khác, không khép được."
        )
        assert not kept.primary.isVisible()
        head.press(Key.Key_Escape)
        until(lambda: head.window.desk_page.deeds.dialog() is None, "the dialog is gone")
        approve(head, answer=False)
        until(lambda: not head.view().card.pending, "sent")
        head.kill()

        cashier = Hands(town, "thuquy1").open()
        cashier.press(Key.Key_3, ALT)
        cashier.shows(TUYEN)
        form = cashier.asked(Key.Key_Return, CTRL | SHIFT)
        until(lambda: QApplication.focusWidget() is form.proof.number, "the document's number has the focus")
        cashier.press(Key.Key_Return, CTRL)
        QTest.qWait(0)
        assert form.proof.number_row.error().startswith("Cần một trong ba")
        cashier.press(Key.Key_Escape)
        until(lambda: cashier.window.desk_page.deeds.dialog() is None, "the dialog is gone")
        assert cashier.view().cases[0].chip[0] == "Đã duyệt – chờ hoàn"
        cashier.kill()
