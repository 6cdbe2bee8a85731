"""A start that cannot go on: one calm sentence where the officer looks, and a way to close."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import shiboken6

from tests.ui.test_mistakes_of_ours import LOGGED, SAID
from tests.ui.test_program_life import SIZE, doors
from tests.ui.window_fixture import until
from ui.opening import Opening
from ui.program import Program
from ui.start import Start


def broken(*_asked: object) -> Any:
    raise ImportError("half of the program is gone")


@pytest.mark.parametrize("at", ["the first list", "its picture", "what an open desk needs", "the program"])
def test_a_program_that_cannot_be_loaded_says_so_in_its_frame_which_closes(qtbot, expected_logs, at: str) -> None:
    expected_logs.append(LOGGED)
    read = {"the first list": broken, "its picture": object}.get(at, lambda: None)
    load = broken if at == "what an open desk needs" else list
    frame, ended = Opening(), []
    qtbot.addWidget(frame)
    with qtbot.captureExceptions():
        start = Start(frame, read, load, broken)  # without the first list the start goes on, to where it ends here
        start.ended.connect(lambda: ended.append(1))
        frame.show()
        until(lambda: "gặp lỗi khi mở" in frame.accessibleName(), "the sentence")
    assert frame.look() is None
    assert frame.accessibleName() == (
        "Chương trình gặp lỗi khi mở. Dữ liệu trên máy này còn nguyên.\n"
        "Đóng cửa sổ này rồi mở lại; nếu vẫn vậy, báo bộ phận hỗ trợ."
    )
    frame.close()
    until(lambda: ended, "the end")


def test_a_window_that_cannot_be_made_brings_the_page_back_and_sets_the_desk_free(town, tmp_path, qtbot) -> None:
    folder = tmp_path / "profile"
    made = doors(town, folder)
    made.sign_in(town.url, lambda _attempt: None).close()
    frame = Opening()
    frame.show()
    with qtbot.captureExceptions() as raised:
        program = Program(replace(made, threads=broken), SIZE, opening=frame)
        program.start()
        until(lambda: program.page.problem.isVisible(), "the sentence")
    assert [kind for kind, _error, _trace in raised] == [ImportError]
    assert program.page.problem.text() == SAID
    until(lambda: not shiboken6.isValid(frame), "the frame is gone")
    until(lambda: program._tasks.open_count() == 0, "the page has looked who else was here")
    made.open_desk().close()
    ended: list[bool] = []
    program.ended.connect(lambda: ended.append(True))
    program.gate.close()
    until(lambda: ended, "the end")
