"""Every screen as a picture, from a real window over a real sandbox portal: ``python -m tests.ui.screenshots DIR``.

Each screen is taken as on 1366×768 at 100 % and at 125 % (a child process per scale, since Qt reads it once).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

SIZES = {"100": ("1", (1366, 698)), "125": ("1.25", (1093, 544))}


def main() -> None:
    """Write the pictures of both scales."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    if len(sys.argv) > 2:
        _take(folder, sys.argv[2])
        return
    for tag, (factor, _) in SIZES.items():
        own = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": factor}
        subprocess.run([sys.executable, "-m", "tests.ui.screenshots", str(folder), tag], env=own, check=True)


def _take(folder: Path, tag: str) -> None:
    from PySide6.QtWidgets import QApplication

    from app import catalogues, gui_guard
    from tests.ui.screens import SCREENS
    from ui import theme

    theme.prepare()
    app = QApplication([])
    theme.install(app, catalogues.resource_path())
    gui_guard.release_current_thread()
    with tempfile.TemporaryDirectory(prefix="motcua-screens-") as root:
        from tests.ui.screens import Stage

        stage = Stage(Path(root), SIZES[tag][1])
        try:
            for number, (name, title, build) in enumerate(SCREENS, 1):
                _one(stage, build, folder / f"{number:02d}-{name}-{tag}.png", title)
        finally:
            stage.close()


def _one(stage: object, build: Callable[[object], object], path: Path, title: str) -> None:
    picture = build(stage)
    picture.save(str(path))
    sys.stdout.write(f"{path.name}: {title}\n")


if __name__ == "__main__":
    main()
