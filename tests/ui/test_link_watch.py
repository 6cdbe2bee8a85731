"""The link on screen: the countdown that disturbs nobody, the details, and the strip whose figures are lists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.errors import Offline
from app.events import RetryPlanned
from tests.ui.desk_fixture import BIRTH, BUILDING, COPY, Office, no_waiting_here, office
from tests.ui.window_fixture import names, press, settle, until, window_of
from ui.widgets import banner as banners
from ui.window import Window


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as made:
        made.file("Trần Văn Bình", COPY)
        made.file("Đặng Đức Độ", BUILDING)
        yield made


@pytest.fixture
def window(town: Office) -> Iterator[Window]:
    with window_of(town) as shown, no_waiting_here():
        yield shown


def lose(window: Window, in_s: float = 20.0) -> None:
    window.desk.engine.link.failed(Offline("no-answer"))
    window.desk.bus.publish(RetryPlanned(in_s))
    until(window.news.link.isVisible, "the banner")


def test_the_seconds_to_the_next_try_run_down_without_a_word_and_without_the_focus(window, monkeypatch):
    now, said = [100.0], []
    window.news._watch._monotonic_s = lambda: now[0]
    monkeypatch.setattr(banners, "announce", lambda _widget, words, **_more: said.append(words))
    lose(window)
    aside = window.news.link._aside
    until(lambda: aside.text() == "thử lại sau 20 giây", "the countdown")
    settle(window)
    told = len(said)
    now[0] += 3
    until(lambda: aside.text() == "thử lại sau 17 giây", "three seconds later")
    now[0] += 17
    until(lambda: aside.text() == "đang thử lại…", "the time is over")
    window.desk.bus.publish(RetryPlanned(8.0))
    until(lambda: aside.text() == "thử lại sau 8 giây", "the next one")
    assert len(said) == told, "nothing is announced"
    assert window.desk_page.table.hasFocus()
    window.desk.engine.link.reached()
    until(lambda: not window.news.link.isVisible(), "online again")
    assert not window.news._watch._second.isActive()


def test_a_click_or_the_small_button_of_the_status_bar_opens_the_details(window, town):
    lose(window)
    assert window.status.more.accessibleName() == "Chi tiết đồng bộ"
    window.status.more.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(window.status.more, Qt.Key.Key_Space)
    shown = window.news._watch.details()
    assert shown is not None
    assert shown.isVisible()
    pairs = dict(shown.pairs())
    assert (pairs["Trạng thái"], pairs["Chờ gửi"], pairs["Cổng"]) == ("Ngoại tuyến từ 10:12", "không có", town.url)
    assert pairs["Sắp tới"].startswith("Thử lại sau ")
    until(lambda: QApplication.activeWindow() is shown, "the dialog has the keys")
    press(Qt.Key.Key_F5)
    until(lambda: dict(shown.pairs())["Trạng thái"] == "Trực tuyến từ 10:12", "tried at once, and kept up to date")
    press(Qt.Key.Key_Escape)
    until(lambda: window.news._watch.details() is None, "closed")
    QTest.mouseClick(window.status, Qt.MouseButton.LeftButton, pos=window.status.words.geometry().center())
    assert window.news._watch.details() is not None
    press(Qt.Key.Key_Escape)


def test_each_figure_of_the_strip_shows_exactly_its_rows(town):
    town.clock.advance(days=6)
    town.file("Nguyễn Thị Hồng Nhung", BIRTH)
    with window_of(town) as window, no_waiting_here():
        until(window.news.since.isVisible, "the strip")
        figures = {link.text(): link for link in window.news.since.links()}
        assert list(figures) == ["3 hồ sơ mới nộp", "2 hồ sơ quá hạn"]
        for words, queue, shown in (
            ("2 hồ sơ quá hạn", "alarm", ["Trần Văn Bình", "Đặng Đức Độ"]),
            ("3 hồ sơ mới nộp", "new", ["Trần Văn Bình", "Đặng Đức Độ", "Nguyễn Thị Hồng Nhung"]),
        ):
            figures[words].setFocus(Qt.FocusReason.TabFocusReason)
            QTest.keyClick(figures[words], Qt.Key.Key_Space)
            until(lambda shown=shown: names(window) == shown, words)
            assert window.side.queues.current_key() == queue
            assert window.desk_page.table.hasFocus()
        town.file("Võ Thành Long", COPY)
        window.run("refresh")
        until(lambda: [link.text() for link in window.news.since.links()] == ["4 hồ sơ mới nộp", "2 hồ sơ quá hạn"],
              "the figures stay true")
        window.news.since._close.click()
        assert not window.news.since.isVisible()
