"""A list is read again one reading at a time; a long reading is followed by a rest, and no change is lost."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject

from app.errors import BugError
from ui.desk import refresher
from ui.desk.refresher import Refresher
from ui.tasks import Tasks


class Portal:
    """A number that changes, and readings of it that wait at a gate."""

    def __init__(self) -> None:
        self.value = 0
        self.gate = threading.Event()
        self.begun = 0
        self.broken = False

    def prepare(self):
        self.begun += 1

        def read() -> int:
            self.gate.wait(5)
            if self.broken:
                raise BugError("impossible")
            return self.value

        return read


@pytest.fixture
def portal():
    return Portal()


@pytest.fixture
def made(qtbot, portal):
    tasks, owner, shown = Tasks(), QObject(), []
    yield tasks, Refresher(tasks, portal.prepare, shown.append, owner), shown
    portal.gate.set()
    tasks.close()


def test_what_changes_during_a_reading_is_in_the_next_one(qtbot, portal, made):
    _, again, shown = made
    for _ in range(20):
        again.ask()
    assert portal.begun == 1
    portal.value = 7
    portal.gate.set()
    qtbot.waitUntil(lambda: len(shown) == 2)
    assert (shown[-1], portal.begun) == (7, 2)


def test_a_long_reading_rests_before_the_next(qtbot, portal, made, monkeypatch):
    monkeypatch.setattr(refresher, "FREE_MS", -1)
    monkeypatch.setattr(refresher, "REST", 1_000_000)
    _, again, shown = made
    portal.gate.set()
    again.ask()
    qtbot.waitUntil(lambda: shown == [0])
    again.ask()
    assert portal.begun == 1
    again._rest.setInterval(0)
    qtbot.waitUntil(lambda: len(shown) == 2)


def test_a_reading_that_failed_does_not_end_reading(qtbot, portal, made, expected_logs):
    expected_logs.append("ui.tasks: background work failed")
    tasks, again, shown = made
    portal.broken = True
    portal.gate.set()
    again.ask()
    qtbot.waitUntil(lambda: tasks.open_count() == 0)
    portal.broken = False
    again.ask()
    qtbot.waitUntil(lambda: shown == [0])
