"""What stories in windows share: dressed widgets, and a town with a portal and whoever a story needs.

Stands apart from ``fee_town`` because pytest finds fixtures here by name; a module with another town has its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from tests.e2e.fee_town import FeeTown


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> None:
    """Give the widgets the theme, once a process."""
    from app import catalogues
    from ui import theme

    if not qapp.property("dressed"):
        theme.install(qapp, catalogues.resource_path())
        qapp.setProperty("dressed", True)


@pytest.fixture(autouse=True)
def nothing_left_open() -> Iterator[None]:
    """Take away what a story in windows leaves open; the windows of a whole module stay."""
    from PySide6.QtWidgets import QApplication

    from tests.ui.left_open import putting_away

    with putting_away() if QApplication.instance() is not None else nullcontext():
        yield


@pytest.fixture
def town(dressed: None, tmp_path: Path) -> Iterator[FeeTown]:
    """Open a town of the fee stories."""
    from tests.e2e.fee_town import fee_town

    with fee_town(tmp_path) as here:
        yield here
