"""``motcua --tour``: the three cases of the officer guide and paid-twice in real windows, unattended, as pictures.

Stands apart because it is the program showing itself: it presses what an officer presses, and waits on what an officer
would see. Everything beyond the desk comes in through a ``Stage``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QWidget

from ui.program import Doors
from ui.tasks import Tasks
from ui.tour_camera import Camera
from ui.tour_fees import Cast, case_1, sign_in
from ui.tour_officer import TourOfficer
from ui.tour_stage import NotReached, Stage
from ui.tour_steps import case_2, case_3, paid_twice

_CHAPTERS: tuple[Callable[[Cast], None], ...] = (sign_in, case_1, case_2, case_3, paid_twice)


def run(folder: Path, stage: Stage, doors: Callable[[str], Doors], say: Callable[[str], None]) -> int:
    """Walk all of it, save pictures and papers into ``folder``; return 0, or 1 if a step did not come to its end."""
    qInstallMessageHandler(_pass_on)
    tasks = Tasks()
    camera = Camera(folder)
    desk = TourOfficer("Cán bộ một cửa", doors("tiepnhan1"))
    processor = TourOfficer("Cán bộ thụ lý", doors("thuly1"))
    code = _walk(Cast(stage, tasks, camera, desk, processor), say)
    camera.write_index()
    say(f"{folder}/: {len(camera.taken)} ảnh, {len(camera.papers)} giấy báo, xem index.html")
    tasks.close()
    return code


def _pass_on(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Hand on what Qt says, but not that a platform without windows cannot raise them."""
    if not text.startswith("This plugin does not support") and sys.stderr is not None:
        sys.stderr.write(text + "\n")


def _walk(cast: Cast, say: Callable[[str], None]) -> int:
    officers = (cast.desk, cast.processor)
    try:
        for chapter in _CHAPTERS:
            chapter(cast)
        for officer in officers:
            officer.leave()
    except NotReached as stuck:
        say(f"KHÔNG XONG: {stuck}")
        for officer in officers:
            cast.camera.take_unfinished(_screen(officer), f"{officer.who}: {stuck}")
        return 1
    return 0


def _screen(officer: TourOfficer) -> QWidget:
    return officer.program.window or officer.program.gate
