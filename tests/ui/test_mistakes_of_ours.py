"""A mistake of ours in the background: it is said, whoever waits for it is free again, and no deed is done twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event, get_ident
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from app import texts
from app.domain.calendar_changes import CalendarForeseen
from app.domain.calendar_edit import draft_of, with_day_off
from app.errors import BadInput, BugError, StoreTrouble
from app.services import attachments, calendars, drafts, forms, inbox, lock, outbox, reception
from app.services import counter as counter_service
from app.services.views import Acted
from tests.ui.desk_fixture import BIRTH, COPY
from tests.ui.dialog_story import story
from tests.ui.test_counter_page import CARD, counter
from tests.ui.test_lock import CTRL, PIN, type_pin
from tests.ui.test_program_life import SIZE, doors
from tests.ui.window_fixture import dialog as dialog_of
from tests.ui.window_fixture import press, settle, until, window_of
from ui.decisions.page import DecisionsPage
from ui.dossier.attachments_box import AttachmentsBox
from ui.dossier.deed_dialog import DeedDialog
from ui.dossier.page_view import PageView
from ui.office.calendar_dialogs import ApplyDialog
from ui.office.portal_dialog import PortalDialog
from ui.present.decisions import ChoiceView, DecisionView
from ui.program import Program
from ui.tasks import Tasks

SAID = "Chương trình gặp lỗi ở bước này. Xem lại hồ sơ trước khi làm lại."
LOGGED = "ui.tasks: background work failed"


class Asking(DeedDialog):
    """A dialog whose deed a test brings along."""

    work: Callable[[], Acted]

    def deed(self) -> Callable[[], Acted]:
        return self.work

    def state(self) -> dict[str, Any]:
        return {"typed": "chữ"}


def asking(tale: Any, desk: Any, card: Any, work: Callable[[], Acted]) -> Asking:
    dialog = tale.open(lambda window, tasks: Asking(window, desk, tasks, card, "Thử", primary="Ghi", draft_kind="x"))
    dialog.work = work
    return dialog


def test_a_deed_that_broke_is_said_and_not_done_a_second_time(qtbot, here, expected_logs) -> None:
    expected_logs.append(LOGGED)
    desk, tried = here.desk(), []
    card = here.card(desk, here.file("Trần Văn Bình", COPY))

    def broken() -> Acted:
        tried.append(1)
        raise BugError("impossible")

    with story(qtbot) as tale:
        dialog = asking(tale, desk, card, broken)
        dialog.confirm()
        qtbot.waitUntil(dialog.problem.isVisible)
        assert dialog.problem.text() == SAID
        assert not dialog.primary.isEnabled()
        dialog.confirm()
        dialog.reject()
        tale.gone(dialog)
    assert tried == [1]


def test_a_deed_that_is_written_is_done_though_its_draft_stays(qtbot, here, monkeypatch) -> None:
    desk = here.desk()
    card = here.card(desk, here.file("Đặng Đức Độ", COPY))

    def full(*_asked: object) -> None:
        raise StoreTrouble("disk-full")

    monkeypatch.setattr(drafts, "drop", full)
    with story(qtbot) as tale:
        dialog = asking(tale, desk, card, lambda: reception.receive(desk, card.dossier.id))
        dialog.confirm()
        tale.gone(dialog)
        assert [acted.type for acted in tale.told] == ["receive"]


def test_whom_the_counter_received_is_not_received_again_because_the_paper_failed(town, monkeypatch) -> None:
    def unreadable(*_asked: object) -> None:
        raise StoreTrouble("disk-full")

    monkeypatch.setattr(forms, "form_paper", unreadable)
    with window_of(town) as window:
        page = counter(window, BIRTH)
        window.scanned(CARD)
        assert page.slip.isChecked()
        page.confirm_stay()
        until(page.told.isVisible, "received")
        assert page.told.text() == "Đã tiếp nhận hồ sơ của Nguyễn Thị Cẩm Tú."
        assert page.form.is_blank()
        settle(window)
    assert len(inbox.keys(town.desk(), None)) == 1


def test_a_broken_unlocking_leaves_the_field_free_for_the_next_try(town, monkeypatch, expected_logs) -> None:
    expected_logs.append(LOGGED)
    lock.set_pin(town.desk(), PIN)
    rightly = lock.unlock

    def broken(*_asked: object) -> None:
        monkeypatch.setattr(lock, "unlock", rightly)
        raise BugError("impossible")

    monkeypatch.setattr(lock, "unlock", broken)
    with window_of(town) as window:
        press(Qt.Key.Key_L, CTRL)
        until(lambda: window.tasks.open_count() == 0, "the lock is written")
        type_pin(window, PIN)
        until(lambda: window.lock_screen._row.error() == SAID, "the sentence")
        type_pin(window, PIN)
        until(lambda: not window.locking.locked, "unlocked")


def test_the_program_ends_though_closing_the_desk_broke(town, tmp_path, expected_logs) -> None:
    expected_logs.append(LOGGED)
    made = doors(town, tmp_path / "profile")

    class Breaking:
        """Threads that cannot even be told to stop."""

        def __init__(self, desk: Any) -> None:
            self._desk = desk

        def start(self) -> None: ...
        def wake(self) -> None: ...
        def sync_now(self) -> None: ...
        def stop(self, hang_up: Callable[[], None], deadline_s: float = 5.0) -> bool:
            self._desk.close()
            raise BugError("impossible")

    program = Program(replace(made, threads=Breaking), SIZE)
    program.start()
    until(lambda: program.page.button.isEnabled() and program.page.portal.count() == 1, "the page is ready")
    program.page.begin()
    until(lambda: program.window is not None, "the window")
    settle(program.window)
    ended: list[bool] = []
    program.ended.connect(lambda: ended.append(True))
    program.window.closing.finish()
    until(lambda: ended, "the end")


def test_a_refusal_of_a_decision_that_is_gone_by_now_is_said_all_the_same(qtbot, here, monkeypatch) -> None:
    tasks, known = Tasks(), []
    tasks.known.connect(known.append)
    page = DecisionsPage(here.desk(), tasks)
    qtbot.addWidget(page)
    choice = ChoiceView("use", "Dùng", "", recommended=False, reason="")
    view = DecisionView("gone", "d", ("Đóng thừa", "conflict", "swap"), "", "", "", "", "", "", "", (), (choice,))
    page._came((view,))
    page.choices[0].setChecked(True)
    page.confirm()
    page._came(())
    qtbot.waitUntil(lambda: bool(known))
    assert [type(error) for error in known] == [BadInput]
    tasks.close()


def test_esc_while_a_deed_is_written_waits_for_its_answer(qtbot, here) -> None:
    """A refusal that nobody is there to read is a deed that the officer believes done."""
    desk, may = here.desk(), Event()
    card = here.card(desk, here.file("Trần Văn Bình", COPY))

    def slow() -> Acted:
        may.wait(10)
        raise BadInput("reason-needed")

    with story(qtbot) as tale:
        dialog = asking(tale, desk, card, slow)
        dialog._pristine = {}
        dialog.confirm()
        dialog.reject()
        assert dialog.isVisible()
        may.set()
        qtbot.waitUntil(dialog.problem.isVisible)
        dialog.reject()
        tale.gone(dialog)
    assert drafts.load(desk, card.dossier.id, "x") == '{"typed": "chữ"}'


def test_whom_the_counter_turned_away_is_not_turned_away_again_though_the_draft_stays(town, monkeypatch) -> None:
    with window_of(town) as window:
        page = counter(window, BIRTH)
        window.scanned(CARD)
        page.foot.refuse.click()
        asked = dialog_of(window)
        asked.reason.setPlainText("Không thuộc thẩm quyền giải quyết")

        def full(*_asked: object) -> None:
            raise StoreTrouble("disk-full")

        monkeypatch.setattr(drafts, "drop", full)
        asked.confirm()
        until(page.told.isVisible, "turned away")
        assert page.told.text() == "Đã từ chối hồ sơ của Nguyễn Thị Cẩm Tú."
        monkeypatch.undo()


def test_an_appointment_that_cannot_be_read_does_not_let_the_counter_receive_twice(town, monkeypatch) -> None:
    rightly, may, tried = counter_service.receive, Event(), []

    def slow(*asked: Any) -> Any:
        tried.append(1)
        may.wait(10)
        return rightly(*asked)

    monkeypatch.setattr(counter_service, "receive", slow)
    with window_of(town) as window:
        page = counter(window, BIRTH)
        window.scanned(CARD)
        page.confirm_stay()
        until(lambda: tried, "begun")
        page.side.failed.emit(StoreTrouble("disk-full"))
        page.confirm_stay()
        may.set()
        settle(window)
    assert tried == [1]


def test_the_window_closes_though_the_outbox_cannot_be_read(town, monkeypatch) -> None:
    def broken(*_asked: object) -> None:
        raise StoreTrouble("disk-full")

    with window_of(town) as window:
        monkeypatch.setattr(outbox, "send_now", broken)
        monkeypatch.setattr(outbox, "unfinished", broken)
        gone: list[bool] = []
        window.closed.connect(lambda: gone.append(True))
        window.close()
        until(lambda: gone, "the end")
        monkeypatch.undo()


def test_a_page_that_cannot_be_drawn_gives_way_to_the_next(qtbot, here) -> None:
    desk = here.desk()
    sample = bytes(4 * 4 * 4)

    def draw(page: int, _width: int) -> Any:
        if page == 1:
            raise BadInput("page-not-readable")
        return SimpleNamespace(width=4, height=4, rgba=sample)

    with story(qtbot) as tale:
        view = PageView(tale.tasks, lambda: 3, draw, tale.window)
        view.show()
        seen: list[int] = []
        view.shown.connect(seen.append)
        qtbot.waitUntil(lambda: seen == [0])
        view.turn(1)
        qtbot.waitUntil(view.trouble.isVisible)
        view.turn(1)
        qtbot.waitUntil(lambda: seen == [0, 2])
        assert view.area.isVisible()
        assert not view.trouble.isVisible()
    assert desk.officer is not None


class Keeping(PortalDialog):
    """A dialog whose question to the portal a test brings along."""

    work: Callable[[], object]

    def deed(self) -> Callable[[], object]:
        return self.work


def year(desk: Any, monkeypatch: Any, slow: Callable[..., object]) -> Callable[..., ApplyDialog]:
    """Return what opens the dialog that puts a year in force, the portal answering by ``slow``."""
    base = draft_of(calendars.years(desk)[2].text)
    monkeypatch.setattr(calendars, "foresee", lambda *_asked: CalendarForeseen(2026, 0, ()))
    monkeypatch.setattr(calendars, "replace", slow)

    def build(window: Any, desk: Any, tasks: Tasks) -> ApplyDialog:
        return ApplyDialog(window, desk, tasks, base, with_day_off(base, date(2026, 11, 25), "Nghỉ"))

    return build


@pytest.mark.parametrize("which", ["a question of the office", "a year in force"])
def test_esc_while_the_portal_is_asked_waits_for_its_answer(qtbot, here, monkeypatch, which: str) -> None:
    desk, may = here.desk(), Event()

    def slow(*_asked: object) -> object:
        may.wait(10)
        raise BadInput("reason-needed")

    def question(window: Any, desk: Any, tasks: Tasks) -> Keeping:
        dialog = Keeping(window, desk, tasks, "Thử", "", primary="Giao", width=560)
        dialog.work = slow
        return dialog

    make: Any = question if which == "a question of the office" else year(desk, monkeypatch, slow)
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: make(window, desk, tasks))
        dialog.confirm()
        dialog.reject()
        assert dialog.isVisible()
        may.set()
        words = dialog.problem if which == "a question of the office" else dialog.told
        qtbot.waitUntil(lambda: words.isVisible() and words.text() == texts.sentence("reason-needed"))
        dialog.reject()
        tale.gone(dialog)


def test_a_file_on_a_slow_share_is_looked_at_beside_the_window(qtbot, here, tmp_path, monkeypatch) -> None:
    desk, window_thread, looked = here.desk(), get_ident(), []
    large, gone = tmp_path / "lon.pdf", tmp_path / "mat.pdf"
    large.write_bytes(b"%PDF-1.4 one page and more")
    rightly = Path.stat

    def stat(path: Path, **how: Any) -> Any:
        if path.parent == tmp_path:
            looked.append(get_ident())
        return rightly(path, **how)

    monkeypatch.setattr(Path, "stat", stat)
    monkeypatch.setattr(attachments, "MAX_BYTES", 10)
    with story(qtbot) as tale:
        box, said = AttachmentsBox(desk, tale.tasks, parent=tale.window), []
        box.rejected.connect(said.append)
        box.zone.take_path(large)
        box.zone.take_path(gone)
        tale.settled()
        assert box.files() == ()
    assert said == [
        "Tệp vượt quá 25 MB nên không gửi được. Hãy chọn tệp nhỏ hơn.",
        "Không đọc được tệp “mat.pdf”. Kiểm tra đường dẫn rồi thử lại; chưa ghi gì.",
    ]
    assert len(looked) == 2
    assert window_thread not in looked
