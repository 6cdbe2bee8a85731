"""Builds every screen of the window at one scale and prints, a line of JSON each, what does not fit on it.

``python -m tests.ui.screens_walked 1|1.25``: a process of its own, because a screen's scale is fixed when Qt starts.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

_SCALE = sys.argv[1] if len(sys.argv) > 1 else "1"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_SCALE_FACTOR"] = _SCALE

from PySide6.QtGui import QPixmap  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from app import catalogues  # noqa: E402
from tests.ui import widget_walk  # noqa: E402
from tests.ui.screens import SCREENS, Stage  # noqa: E402
from ui import theme  # noqa: E402
from ui.widgets.dialog_frame import DialogFrame  # noqa: E402

SIZES = {"1": (1366, 698), "1.25": (1093, 544)}


class Walked(Stage):
    """A stage whose every picture is walked instead of kept."""

    def __init__(self, folder: Path, size: tuple[int, int]) -> None:
        super().__init__(folder, size)
        self.told: list[dict[str, object]] = []

    def shot(self, window: QWidget, over: QWidget | None = None) -> QPixmap:
        picture = super().shot(window, over)
        tops = [window] if over is None else [window, over]
        self.told.append({
            "widgets": sum(len(widget_walk.visible(top)) for top in tops),
            "wrong": [line for top in tops for line in widget_walk.wrong(top)],
            "scrolls": isinstance(over, DialogFrame) and over.body_scrolls(),
        })  # fmt: skip
        return picture


def main() -> None:
    """Walk all screens."""
    theme.prepare()
    app = QApplication([])
    flashes = widget_walk.Flashes(app)
    theme.install(app, catalogues.resource_path())
    with tempfile.TemporaryDirectory(prefix="motcua-walk-") as root:
        stage = Walked(Path(root), SIZES[_SCALE])
        try:
            for name, _title, build in SCREENS:
                build(stage)
                for told in stage.told:
                    sys.stdout.write(json.dumps({"name": name, **told}, ensure_ascii=False) + "\n")
                stage.told.clear()
        finally:
            stage.close()
    sys.stdout.write(json.dumps({"flashes": sorted(flashes.seen)}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
