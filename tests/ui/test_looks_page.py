"""Nhật ký tra cứu: what officers looked at reaches the portal once, and head and administrator read it by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app import texts
from app.errors import BadInput, PortalProblem
from app.services import looks, lookup, privacy
from app.sync.looks import LookTeller
from tests.ui.desk_fixture import BUILDING, NOW, Office, no_waiting_here, office
from tests.ui.test_office_pages import by_palette, tab_to
from tests.ui.window_fixture import press, settle, until, window_of

TODAY = NOW.date()


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("office")) as made:
        yield made


def seen(town: Office, username: str) -> list[tuple[str, str, str, str]]:
    found = looks.on(town.desk(username), TODAY)
    return [(one.officer, one.code, one.field, one.desk) for one in found]


@pytest.fixture(scope="module")
def looked(town: Office) -> str:
    """tiepnhan1 sees the telephone of a dossier in a window and asks for a code of nobody; tiepnhan9 asks for it."""
    desk = town.desk()
    dossier = town.card(desk, town.file("Lê Quang Dũng", BUILDING)).dossier
    with window_of(town) as window, no_waiting_here():
        window.open_dossier(dossier.id)
        preview = window.desk_page.preview
        until(lambda: preview.view() is not None and preview.view().id == dossier.id and preview.filled(), "the pane")
        preview.reveal("phone")
        settle(window)
    town.clock.advance(minutes=1)
    with pytest.raises(BadInput):
        lookup.look_up(desk, "H32.8-261120-9999")
    town.clock.advance(minutes=1)
    lookup.look_up(town.desk("tiepnhan9"), dossier.code)
    desk.engine.puller.pull_all()
    return dossier.code


def test_each_look_is_told_once_with_officer_dossier_fact_and_desk(town, looked):
    expected = [
        ("Cao Thị Hồng Y Nhi", looked, "", "tiepnhan9"),
        ("Nguyễn Thị Ấm", "H32.8-261120-9999", "", "tiepnhan1"),
        ("Nguyễn Thị Ấm", looked, "phone", "tiepnhan1"),
    ]
    assert seen(town, "lanhdao1") == seen(town, "quantri") == expected
    # the head of the other commune sees his officer's look, and nothing of this desk's
    assert seen(town, "lanhdao9") == expected[:1]
    desk = town.desk()
    with desk.store.write() as connection:  # an answer that was lost: the same is told again
        connection.exec_driver_sql("DELETE FROM sync_state WHERE name = 'looks_told'")
    LookTeller(desk.store, desk.engine.puller.client, desk.ids, "tiepnhan1").tell_new()
    assert seen(town, "lanhdao1") == expected


@pytest.mark.parametrize("username", ["tiepnhan1", "thuly1", "thuquy1"])
def test_nobody_else_reads_it_here_or_at_the_portal(town, username):
    desk = town.desk(username)
    with pytest.raises(BadInput) as refused:
        looks.on(desk, TODAY)
    assert texts.of(refused.value) == "Chỉ lãnh đạo và quản trị viên xem nhật ký tra cứu."
    with pytest.raises(PortalProblem) as forbidden:
        desk.engine.ask.looks(TODAY)
    assert forbidden.value.code == "forbidden"


def test_a_look_without_the_line_is_told_when_it_is_back(tmp_path):
    with office(tmp_path) as own:
        desk = own.desk()
        dossier = own.card(desk, own.file("Trần Văn Bình")).dossier
        own.desk("lanhdao1")
        own.go_offline()
        privacy.revealed(desk, dossier.id, "identity_no")
        desk.engine.puller.looks.tell_new()
        assert [(one.dossier_id, one.field) for one in privacy.looks(desk, dossier.id)] == [(dossier.id, "identity_no")]
        with window_of(own, "lanhdao1") as window, no_waiting_here():
            page = by_palette(window, "nhat ky tra cuu")
            until(page.told.isVisible, "why it is empty")
            assert page.told.text() == "Nhật ký nằm ở Cổng, xem cần có mạng. Thử lại khi trực tuyến."


def test_the_head_reads_a_day_and_turns_to_the_one_before_by_keyboard(town, looked):
    with window_of(town, "lanhdao1") as window, no_waiting_here():
        page = by_palette(window, "nhat ky tra cuu")
        until(lambda: page.list.rows, "today's looks")
        assert page.title.text() == "Nhật ký tra cứu hôm nay"
        assert [row.line.spoken for row in page.list.rows.values()] == [
            f"10:14, Cao Thị Hồng Y Nhi, {looked}, Tra mã trên Cổng, tiepnhan9",
            "10:13, Nguyễn Thị Ấm, H32.8-261120-9999, Tra mã trên Cổng, không có hồ sơ, tiepnhan1",
            f"10:12, Nguyễn Thị Ấm, {looked}, Điện thoại người nộp, tiepnhan1",
        ]
        tab_to(page.before)
        press(Qt.Key.Key_Space)
        until(lambda: page.title.text() == "Nhật ký tra cứu hôm qua", "yesterday")
        assert (page.day.value(), page.list.rows) == (TODAY - timedelta(days=1), {})
        assert QApplication.focusWidget() is page.before
