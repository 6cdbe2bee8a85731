"""Every widget of every screen on 1366×768, at 100 and 125 %: nothing cut, no bar where none may be.

The dialogs are walked by the same rules in ``test_dialogs_fit``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout, QWidget

from tests.ui import widget_walk
from ui.widgets.buttons import Button
from ui.widgets.plain_label import PlainLabel

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("scale", ["1", "1.25"])
def test_every_widget_of_every_screen_fits(scale) -> None:
    """A child process, because a screen's scale is fixed when Qt starts."""
    command = [sys.executable, "-m", "tests.ui.screens_walked", scale]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stderr
    *told, last = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert last == {"flashes": []}
    assert len(told) >= 18
    assert sum(screen["widgets"] for screen in told) > 1_000
    assert {screen["name"]: screen["wrong"] for screen in told if screen["wrong"]} == {}
    assert [screen["name"] for screen in told if screen["scrolls"]] == []


def shown(qtbot, top: QWidget, child: QWidget, *, laid_out: bool = False) -> list[str]:
    """Put a widget into a small window and return what the walk says."""
    qtbot.addWidget(top)
    top.resize(200, 60)
    if laid_out:
        QVBoxLayout(top).addWidget(child)
    else:
        child.setParent(top)
    top.show()
    qtbot.waitExposed(top)
    return widget_walk.wrong(top)


def test_the_walk_sees_words_and_widgets_that_are_cut(qtbot) -> None:
    label = PlainLabel("Dừng tính nghĩa vụ tài chính")
    label.resize(60, 20)
    assert "needs" in shown(qtbot, QWidget(), label)[0]
    button = Button("Thông báo công dân")
    button.resize(QSize(40, 32))
    assert "Thông báo công dân" in shown(qtbot, QWidget(), button)[0]
    wide = QWidget()
    wide.resize(300, 20)
    assert "300 px wide, cut by" in shown(qtbot, QWidget(), wide)[0]
    low = QWidget()
    low.resize(20, 90)
    assert "90 px high at 0, cut by" in shown(qtbot, QWidget(), low)[0]
    assert shown(qtbot, QWidget(), PlainLabel("Phí"), laid_out=True) == []


def test_the_walk_sees_a_bar_in_a_dialog_but_not_in_a_page(qtbot) -> None:
    def area() -> QScrollArea:
        inside = QWidget()
        inside.setMinimumSize(20, 400)
        made = QScrollArea()
        made.setWidget(inside)
        return made

    assert shown(qtbot, QDialog(), area(), laid_out=True) == ["QScrollArea: scrolls in a dialog"]
    assert shown(qtbot, QWidget(), area(), laid_out=True) == []
