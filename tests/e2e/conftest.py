"""What stories in windows share: dressed widgets, and a town with a portal and whoever a story needs.

Stands apart from ``fee_town`` because pytest finds fixtures here by name; a module with another town has its own.
"""

from __future__ import annotations

from collections.abc import Iterator
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


@pytest.fixture
def town(dressed: None, tmp_path: Path) -> Iterator[FeeTown]:
    """Open a town of the fee stories."""
    from tests.e2e.fee_town import fee_town

    with fee_town(tmp_path) as here:
        yield here
