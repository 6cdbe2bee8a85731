"""Unsent work of an absent officer: the status bar names it, the head hands it over, a colleague sends it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app import bootstrap
from app.domain.dossier import Evidence
from app.domain.words import PaymentChannel
from app.sandbox.robot import Robot
from app.services import outbox, payments
from app.services.desk import Desk
from tests.ui.desk_fixture import COPY, NOW, PASSWORD, Office, no_waiting_here
from tests.ui.test_office_pages import by_palette, tab_to, words
from tests.ui.window_fixture import press, until, window_of

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = "Trần Thị Mỹ Duyên, từ hôm nay 10:12, quay-1, 1 việc, 75.000 đ, {0}"
NOBODY, HANDED = LEFT.format("Chưa giao cho ai"), LEFT.format("Nguyễn Thị Ấm, được giao gửi thay")


def sits_down(town: Office, username: str) -> Desk:
    """Sign in on the desk that others use too."""
    folder = town._folder / "quay-1"
    return bootstrap.sign_in(folder, town.url, Robot(username, PASSWORD), clock=town.clock, undo_s=0, timeout_s=30,
                             sandbox_only=True)  # fmt: skip


@pytest.fixture
def left(town: Office) -> Desk:
    """tiepnhan2 took 75.000 đ on quay-1 and went home before it was sent; tiepnhan1 sits there now."""
    dossier = town.notified(town.desk("tiepnhan2"), town.file("Trần Văn Bình", COPY)).dossier
    town._desks.pop("tiepnhan2").close()
    gone = sits_down(town, "tiepnhan2")
    gone.engine.puller.pull_all()
    paper = Evidence(document_no="BI-26T · 0001231", document_date=NOW.date())
    cash = PaymentChannel.COUNTER_CASH
    payments.tick_paid(gone, dossier.notices[-1].id, amount=75_000, method=cash, evidence=paper)
    gone.close()
    here = sits_down(town, "tiepnhan1")
    here.engine.puller.pull_all()
    town._desks["tiepnhan1"] = here
    return here


def status(window: Any) -> str:
    return window.status.accessibleName()


def test_whose_and_how_many_stand_in_the_status_bar_and_on_the_page(town, left):
    with window_of(town) as window, no_waiting_here():
        until(lambda: "Trần Thị Mỹ Duyên còn 1 việc chưa gửi trên máy này" in status(window), "the status bar")
        page = by_palette(window, "nguoi khac")
        until(lambda: words(page) == [NOBODY], "the work")
        assert page.title.text() == "Việc của người khác trên máy này"
        press(Qt.Key.Key_Return, CTRL)
        until(page.told.isVisible, "an answer")
        assert page.told.text() == (
            "Lãnh đạo chưa giao việc chưa gửi của Trần Thị Mỹ Duyên cho bạn trên máy này. Việc vẫn được giữ."
        )
        assert words(page) == [NOBODY]


def test_the_head_hands_it_over_and_the_colleague_sends_it_by_keyboard(town, left):
    town.clock.advance(minutes=75)
    left.engine.puller.pull_all()
    with window_of(town, "lanhdao1") as window, no_waiting_here():
        page = by_palette(window, "chua gui cua don vi")
        until(lambda: words(page) == [NOBODY], "the unit's unsent work")
        press(Qt.Key.Key_Return, CTRL)
        until(lambda: page.dialog is not None and QApplication.activeModalWidget() is page.dialog, "the dialog")
        box = page.dialog
        until(lambda: QApplication.focusWidget() is box.officer, "the officer's field")
        press(Qt.Key.Key_Return, CTRL)
        assert box._row.error() == "Chưa chọn người gửi thay."
        tab_to(box.officer)
        press(Qt.Key.Key_Home)
        for _ in range(box.officer.count()):
            if box.officer.currentText() != "Nguyễn Thị Ấm":
                press(Qt.Key.Key_Down)
        press(Qt.Key.Key_Return, CTRL)
        until(lambda: page.dialog is None and words(page) == [HANDED], "handed over")
    with window_of(town) as window, no_waiting_here():
        page = by_palette(window, "nguoi khac")
        until(lambda: len(words(page)) == 1, "the work")
        press(Qt.Key.Key_Return, CTRL)
        until(lambda: words(page) == [] and page.told.isVisible(), "sent")
        assert page.told.text() == "Đã gửi 1 việc."
        window.news.tick()
        until(lambda: "người khác" not in status(window) and "Duyên" not in status(window), "the status bar")
    assert outbox.unfinished(left) == ()


def test_without_the_portal_the_head_is_told_so(town):
    town.desk("lanhdao1")
    town.go_offline()
    with window_of(town, "lanhdao1") as window, no_waiting_here():
        page = by_palette(window, "chua gui cua don vi")
        until(page.told.isVisible, "the banner")
        assert page.told.text() == "Việc này cần có mạng. Thử lại khi trực tuyến."
        assert not page.primary.isEnabled()
