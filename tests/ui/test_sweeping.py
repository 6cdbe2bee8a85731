"""Garbage is collected on the GUI thread, whoever makes it: Qt's objects may die nowhere else."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject

from tests.ui.window_fixture import until
from ui import start


class Ring:
    """Two objects that only the collector can part."""

    def __init__(self) -> None:
        self.me = self


def test_what_a_worker_leaves_behind_is_swept_by_the_gui_thread(qapp, monkeypatch):
    monkeypatch.setattr(start, "YOUNG", 1_000)
    monkeypatch.setattr(start, "SWEEP_MS", 1)
    died_on: list[threading.Thread] = []
    owner = QObject()
    try:
        start._Sweeper(owner)
        assert not gc.isenabled()
        weakref.finalize(Ring(), lambda: died_on.append(threading.current_thread()))
        kept: list[list[int]] = []
        worker = threading.Thread(target=lambda: kept.extend([number] for number in range(200_000)))
        worker.start()
        worker.join()
        assert died_on == []
        until(lambda: died_on, "the sweep")
        assert died_on == [threading.main_thread()]
    finally:
        owner.deleteLater()
        gc.enable()
