"""A running sandbox portal for tests over real HTTP: one per module, each test files its own dossiers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from app.clock import VN
from app.sandbox.server import SandboxServer


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxServer]:
    """A portal whose clock starts on Friday 20/11/2026 08:00 and runs."""
    data = tmp_path_factory.mktemp("sandbox")
    with SandboxServer(data, now=datetime(2026, 11, 20, 8, 0, tzinfo=VN)) as server:
        yield server
