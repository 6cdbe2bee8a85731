"""One dressed application for all tests of the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ui import theme

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> QApplication:
    """Give every test the light theme at 100 %."""
    if not qapp.property("dressed"):
        theme.install(qapp, RESOURCES)
        qapp.setProperty("dressed", True)
    return qapp
