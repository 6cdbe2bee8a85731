"""One dressed application for all tests of the window, offices for those that want one, and nothing left open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.desk_fixture import Office, office
from tests.ui.left_open import putting_away
from ui import theme

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """Give every test the light theme at 100 %, and take away what it leaves open."""
    if not qapp.property("dressed"):
        theme.install(qapp, RESOURCES)
        qapp.setProperty("dressed", True)
    with putting_away():
        yield qapp


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One office for all tests of a module."""
    with office(tmp_path_factory.mktemp("office")) as made:
        yield made


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Office]:
    """An office of the test's own."""
    with office(tmp_path) as made:
        yield made
