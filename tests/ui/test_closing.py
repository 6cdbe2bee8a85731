"""The last minute: closing sends at once and names what stays, class by class; Esc stays, Ctrl+Enter goes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.words import OutboxState
from app.errors import Offline
from app.services import outbox, reception
from tests.ui.desk_fixture import BIRTH, COPY, Office, no_waiting_here
from tests.ui.window_fixture import press, until, window_of
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.plain_label import PlainLabel
from ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


def refused(town: Office, name: str) -> None:
    """Let a colleague be quicker: the portal does not accept this desk's reception of the dossier."""
    desk, other = town.desk(), town.desk("tiepnhan2")
    dossier = town.file(name, COPY)
    for one in (desk, other):
        town.card(one, dossier)
    acted = reception.receive(desk, dossier)
    town.send(other, reception.refuse(other, dossier, "Không thuộc thẩm quyền"))
    assert desk.engine.work_lane(dossier, acted.key) is OutboxState.NEEDS_DECISION


def last_screen(window: Window) -> DialogFrame:
    """Close the window and wait for what it says."""
    window.close()
    until(lambda: window.closing.last_screen is not None and window.closing.last_screen.isVisible(), "the last screen")
    until(lambda: QApplication.activeModalWidget() is window.closing.last_screen, "it has the keyboard")
    screen = window.closing.last_screen
    assert screen is not None
    return screen


def said(screen: QWidget) -> list[str]:
    words = [label.text() for label in screen.findChildren(PlainLabel) if label.isVisible() and label.text()]
    return [text for text in words if " – " in text or "việc" in text or text.startswith(("Chưa", "Cần"))]


def test_offline_work_and_a_decision_are_named_apart_and_esc_keeps_the_program(town):
    refused(town, "Trần Văn Bình")
    desk = town.desk()
    waiting = town.file("Hồ Thị Kim Liên", BIRTH)
    town.card(desk, waiting)
    town.go_offline()
    desk.engine.link.failed(Offline("no-answer"))
    reception.receive(desk, waiting)
    with window_of(town) as window, no_waiting_here():
        screen = last_screen(window)
        told = said(screen)
        assert "2 việc còn ở máy này" in told
        headings = ("Chưa gửi", "Cần bạn quyết định")
        assert tuple(text for text in told if text in headings) == headings
        assert any(text.startswith("Tiếp nhận hồ sơ – Hồ Thị Kim Liên") for text in told)
        assert any(text.startswith("Tiếp nhận hồ sơ – Trần Văn Bình") for text in told)
        press(Qt.Key.Key_Escape)
        until(lambda: not screen.isVisible(), "the screen is gone")
        assert window.isVisible()
        assert not window.closing.over
        gone: list[bool] = []
        window.closed.connect(lambda: gone.append(True))
        last_screen(window)
        press(Qt.Key.Key_Return, CTRL)
        until(lambda: gone, "the end")
    assert sorted(item.state for item in outbox.unfinished(desk)) == ["needs_decision", "queued"]


def test_what_waits_for_its_undo_time_is_sent_at_once_and_nothing_is_asked(town):
    desk = town.desk()
    dossier = town.file("Hồ Thị Kim Liên", BIRTH)
    town.card(desk, dossier)
    with window_of(town, threads=True) as window, no_waiting_here():
        until(window.desk_page.may_act, "acts awake")
        until(lambda: window.desk_page.preview.view() is not None, "the dossier")
        press(Qt.Key.Key_Return, CTRL)
        until(lambda: window.desk_page.list.undo_bar.isVisible(), "the undo bar")
        gone: list[bool] = []
        window.closed.connect(lambda: gone.append(True))
        window.close()
        until(lambda: gone, "the end")
        assert window.closing.last_screen is None
    assert outbox.unfinished(desk) == ()


def test_a_decision_alone_is_named_without_waiting_for_the_line(town):
    refused(town, "Trần Văn Bình")
    with window_of(town) as window, no_waiting_here():
        told = said(last_screen(window))
        assert "1 việc còn ở máy này" in told
        assert "Chưa gửi" not in told
        press(Qt.Key.Key_Escape)
