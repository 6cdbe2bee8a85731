"""Draws every dialog of the desk into pictures, to be looked at beside the mock-ups.

``python -m tests.ui.dialog_pictures DIR [scale] [name…]`` with ``scale`` 1 or 1.25 (a screen at 125 %); prints for
each dialog one line of JSON: its name, size, whether its body scrolls, and the words that are cut off.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

_SCALE = sys.argv[2] if len(sys.argv) > 2 else "1"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_SCALE_FACTOR"] = _SCALE

from PySide6.QtCore import QEventLoop, QSize, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog, QWidget  # noqa: E402

from tests.ui import dialog_scenes, widget_walk  # noqa: E402
from tests.ui.desk_fixture import office  # noqa: E402
from ui import theme  # noqa: E402
from ui.tasks import Tasks  # noqa: E402
from ui.widgets.dialog_frame import DialogFrame  # noqa: E402

SOON_MS = 1_000
_LOOK_MS, _LOOKS = 15, 3
_HANDS_MS = 260  # what a scene's hands still do in the open dialog begins within this
RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def at_rest(window: QWidget, tasks: Tasks) -> bool:
    """Say whether nothing is read any more and nothing will be soon."""
    due = [timer for timer in window.findChildren(QTimer) if timer.isActive() and timer.isSingleShot()]
    return not tasks.open_count() and not [timer for timer in due if timer.interval() <= SOON_MS]


def wait(window: QWidget, tasks: Tasks, least_ms: int = 0) -> None:
    """Let the event loop run for ``least_ms``, then until a window and its dialog have rested for a few looks."""
    rested, look_ms = 0, least_ms
    while rested < _LOOKS:
        loop = QEventLoop()
        QTimer.singleShot(look_ms, loop.quit)
        loop.exec()
        look_ms = _LOOK_MS
        rested = rested + 1 if at_rest(window, tasks) else 0


def draw(folder: Path, name: str, build: Callable[[QWidget, Tasks], QDialog]) -> None:
    """Open one dialog over a window of the usable size and save it."""
    window = QWidget()
    window.setObjectName("window")
    window.resize(QSize(1366, 698) if _SCALE == "1" else QSize(1093, 544))
    window.show()
    tasks = Tasks()
    dialog = build(window, tasks)
    dialog.open()
    wait(window, tasks, _HANDS_MS)
    dialog.grab().save(str(folder / f"{name}-{_SCALE.replace('.', '')}.png"))
    scrolls = isinstance(dialog, DialogFrame) and dialog.body_scrolls()
    width, height = dialog.width(), dialog.height()
    said = {"name": name, "width": width, "height": height, "scrolls": scrolls, "cut": widget_walk.wrong(dialog)}
    sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
    dialog.reject()
    wait(window, tasks)
    tasks.close()
    window.close()


def main() -> None:
    """Write the pictures."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[3:]
    theme.prepare()
    app = QApplication([])
    flashes = widget_walk.Flashes(app)
    theme.install(app, RESOURCES)
    scenes = {name: scene for name, scene in dialog_scenes.SCENES.items() if not wanted or name in wanted}
    offline = [name for name in scenes if "offline" in name]
    # One town for all that have a line; whoever cuts it has a town of his own.
    for names in ([name for name in scenes if name not in offline], *([name] for name in offline)):
        with tempfile.TemporaryDirectory() as data, office(Path(data)) as here:
            for name in names:
                draw(folder, name, scenes[name](here))
    sys.stdout.write(json.dumps({"flashes": sorted(flashes.seen)}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
