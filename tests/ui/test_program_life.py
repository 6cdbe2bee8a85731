"""From the sign-in page to the window and back: what stands in the way is said, and nothing waits on the GUI thread."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize

from app import bootstrap
from app.errors import BadInput, KnownError, NotTrusted, Offline, StoreTrouble
from app.sandbox.robot import Robot
from tests.ui.desk_fixture import BIRTH, Office, no_waiting_here, office
from tests.ui.window_fixture import settle, until
from ui.program import Doors, Program

SIZE = QSize(1366, 698)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as made:
        made.file("Nguyễn Thị Hồng Nhung", BIRTH)
        yield made


def doors(town: Office, folder: Path, sign_in: Any = None) -> Doors:
    def through_robot(address: str, started: Any) -> Any:
        robot = Robot("tiepnhan1", "motcua-sandbox")
        return bootstrap.sign_in(folder, address, robot, clock=town.clock, on_started=started, timeout_s=30)

    return Doors(
        lambda: bootstrap.open_desk(folder, clock=town.clock), sign_in or through_robot, bootstrap.runner,
        lambda: (("Cổng thử", town.url),), lambda: bootstrap.unsent_of_others(folder), "1900 1023", "0.1.0",
        lambda: bootstrap.pin_holder(folder),
    )  # fmt: skip


def end(program: Program) -> None:
    ended: list[bool] = []
    program.ended.connect(lambda: ended.append(True))
    if program.window is not None:
        program.window.close()
    else:
        program.gate.close()
    until(lambda: ended, "the end")


def test_a_first_day_from_signing_in_to_closing_and_opening_again(town, tmp_path):
    folder = tmp_path / "profile"
    with no_waiting_here():
        program = Program(doors(town, folder), SIZE)
        program.start()
        until(lambda: program.page.button.isEnabled() and program.page.portal.count() == 1, "the page is ready")
        assert not program.page.problem.isVisible()
        program.page.begin()
        until(lambda: program.window is not None, "the window")
        until(lambda: program.window.desk_page.model.rowCount() == 1, "the first sync brings the dossier")
        settle(program.window)
        end(program)
        again = Program(doors(town, folder), SIZE)
        again.start()
        until(lambda: again.window is not None, "the window without signing in")
        assert again.window.desk.officer.name == "Nguyễn Thị Ấm"
        end(again)


def test_leaving_brings_the_sign_in_page_back(town, tmp_path):
    with no_waiting_here():
        program = Program(doors(town, tmp_path / "profile"), SIZE)
        program.start()
        until(program.page.button.isEnabled, "the page is ready")
        until(lambda: program.page.portal.count() == 1, "the portal")
        program.page.begin()
        until(lambda: program.window is not None, "the window")
        settle(program.window)
        program.window.run("sign_out")
        until(program.gate.isVisible, "the page again")
        assert program.window is None
        end(program)


@pytest.mark.parametrize(("error", "kind", "sentence"), [
    (Offline("no-dns"), "refused", "Không tìm thấy địa chỉ của Cổng."),
    (Offline("captive-page"), "refused", "Mạng đang trả về một trang chặn thay cho Cổng."),
    (Offline("proxy-password"), "refused", "Máy chủ trung gian (proxy) đòi mật khẩu."),
    (NotTrusted("tls-not-trusted"), "refused", "Không xác thực được chứng thư của Cổng"),
    (StoreTrouble("no-keyring"), "refused", "Máy này không có kho khóa bảo mật"),
    (StoreTrouble("profile-in-use"), "refused", "Chương trình đang mở dữ liệu này ở một cửa sổ khác."),
    (StoreTrouble("store-damaged"), "refused", "Dữ liệu trên máy"),
    (BadInput("sign-in-cancelled"), "info", "Đã dừng đăng nhập."),
])
def test_what_stands_in_the_way_is_said_on_the_page(town, tmp_path, error: KnownError, kind, sentence):
    def refuse(_address: str, _started: Any) -> Any:
        raise error

    program = Program(doors(town, tmp_path / "profile", refuse), SIZE)
    program.start()
    until(lambda: program.page.button.isEnabled() and program.page.portal.count() == 1, "the page is ready")
    program.page.begin()
    until(program.page.problem.isVisible, "the sentence")
    assert program.page.problem.text().startswith(sentence)
    assert program.page.problem._kind == kind
    assert program.page.button.isEnabled()
    end(program)


def test_signing_in_can_be_stopped(town, tmp_path):
    def wait_for_a_browser(address: str, started: Any) -> Any:
        return bootstrap.sign_in(
            tmp_path / "profile", address, lambda _url: None, clock=town.clock, on_started=started, timeout_s=30
        )

    program = Program(doors(town, tmp_path / "profile", wait_for_a_browser), SIZE)
    program.start()
    until(lambda: program.page.button.isEnabled() and program.page.portal.count() == 1, "the page is ready")
    program.page.begin()
    until(lambda: program.page._attempt is not None, "the browser is waited for")
    program.page.stop.click()
    until(program.page.problem.isVisible, "the sentence")
    assert program.page.problem.text() == "Đã dừng đăng nhập."
    end(program)


def test_a_second_program_on_the_same_data_says_so(town, tmp_path):
    folder = tmp_path / "profile"
    first = Program(doors(town, folder), SIZE)
    first.start()
    until(lambda: first.page.button.isEnabled() and first.page.portal.count() == 1, "the page is ready")
    first.page.begin()
    until(lambda: first.window is not None, "the window")
    settle(first.window)
    second = Program(doors(town, folder), SIZE)
    second.start()
    until(second.page.problem.isVisible, "the sentence")
    assert second.page.problem.text().startswith("Chương trình đang mở dữ liệu này ở một cửa sổ khác.")
    end(second)
    end(first)


def test_an_officer_who_would_leave_offline_work_may_stay_and_close_later(town, tmp_path):
    program = Program(doors(town, tmp_path / "profile"), SIZE)
    program.start()
    until(lambda: program.page.button.isEnabled() and program.page.portal.count() == 1, "the page is ready")
    program.page.begin()
    until(lambda: program.window is not None and program.window.desk_page.model.rowCount() == 1, "the first sync")
    window = program.window
    settle(window)
    town.go_offline()
    until(window.desk_page.may_act, "acts awake")
    window.go_on()
    until(lambda: window.desk_page.list.undo_bar.isVisible(), "the undo bar")
    settle(window)
    window.run("sign_out")
    until(lambda: window.closing.last_screen is not None and window.closing.last_screen.isVisible(), "what stays")
    window.closing.last_screen.reject()
    assert program.window is window

    ended: list[bool] = []
    program.ended.connect(lambda: ended.append(True))
    window.close()
    until(lambda: window.closing.last_screen is not None and window.closing.last_screen.isVisible(), "what stays")
    window.closing.last_screen.primary.click()
    until(lambda: ended, "the end, not the sign-in page")
    found = bootstrap.unsent_of_others(tmp_path / "profile")
    assert found == (("Nguyễn Thị Ấm", 1),)


def test_when_the_session_is_over_signing_in_again_asks_nothing_first(town, tmp_path):
    program = Program(doors(town, tmp_path / "profile"), SIZE)
    program.start()
    until(lambda: program.page.button.isEnabled() and program.page.portal.count() == 1, "the page is ready")
    program.page.begin()
    until(lambda: program.window is not None and program.window.desk_page.model.rowCount() == 1, "the first sync")
    settle(program.window)
    program.window.desk.engine.link.lost("signed_out", "session-over")
    until(program.window.news.link.isVisible, "the banner")
    assert program.window.news.link.text() == "Phiên đăng nhập đã hết. Đăng nhập lại."
    program.window.news.link.action_button().click()
    until(program.gate.isVisible, "the page")
    program.page.begin()
    until(lambda: program.window is not None, "the window again")
    settle(program.window)
    end(program)
