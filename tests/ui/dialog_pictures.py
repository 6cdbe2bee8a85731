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

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def wait(tasks: Tasks, least_ms: int) -> None:
    """Let the event loop run until the work is done."""
    loop = QEventLoop()
    QTimer.singleShot(least_ms, loop.quit)
    loop.exec()
    while tasks.open_count():
        loop = QEventLoop()
        QTimer.singleShot(50, loop.quit)
        loop.exec()


def draw(folder: Path, name: str, build: Callable[[QWidget, Tasks], QDialog]) -> None:
    """Open one dialog over a window of the usable size and save it."""
    window = QWidget()
    window.setObjectName("window")
    window.resize(QSize(1366, 698) if _SCALE == "1" else QSize(1093, 544))
    window.show()
    tasks = Tasks()
    dialog = build(window, tasks)
    dialog.open()
    wait(tasks, 900 if name.startswith(("notice", "waive", "reverse", "check")) else 250)
    dialog.grab().save(str(folder / f"{name}-{_SCALE.replace('.', '')}.png"))
    scrolls = isinstance(dialog, DialogFrame) and dialog.body_scrolls()
    width, height = dialog.width(), dialog.height()
    said = {"name": name, "width": width, "height": height, "scrolls": scrolls, "cut": widget_walk.wrong(dialog)}
    sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
    dialog.reject()
    wait(tasks, 60)
    tasks.close()
    window.close()


def main() -> None:
    """Write the pictures."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[3:]
    theme.prepare()
    app = QApplication([])
    theme.install(app, RESOURCES)
    scenes = {name: scene for name, scene in dialog_scenes.SCENES.items() if not wanted or name in wanted}
    offline = [name for name in scenes if "offline" in name]
    # One town for all that have a line; whoever cuts it has a town of his own.
    for names in ([name for name in scenes if name not in offline], *([name] for name in offline)):
        with tempfile.TemporaryDirectory() as data, office(Path(data)) as here:
            for name in names:
                draw(folder, name, scenes[name](here))


if __name__ == "__main__":
    main()
