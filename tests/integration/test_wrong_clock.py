"""A machine whose clock is wrong: the portal's time counts, and a clock put back dates nothing into the past."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app import bootstrap, first_look
from app.sandbox.robot import browser
from app.sandbox.server import SandboxServer
from app.services.views import FirstList
from tests.fakes import FakeClock
from tests.ui.desk_fixture import NOW, PASSWORD

SLOW = timedelta(minutes=7)


@pytest.fixture
def machine() -> FakeClock:
    """The workstation's clock, seven minutes slow."""
    return FakeClock(NOW - SLOW)


@pytest.fixture
def profile(tmp_path: Path, machine: FakeClock) -> Path:
    """A desk that has asked the portal at 10:12 and was closed; there is no portal any more."""
    with SandboxServer(tmp_path / "portal", base_clock=FakeClock(NOW), dossiers=3) as portal:
        page = browser("tiepnhan1", PASSWORD)
        desk = bootstrap.sign_in(tmp_path / "desk", portal.base_url, page, clock=machine, sandbox_only=True)
        desk.engine.puller.pull_all()
        assert desk.clock.now() == NOW
        desk.close()
    return tmp_path / "desk"


@pytest.mark.parametrize(
    ("put", "told"),
    [
        (timedelta(hours=2), timedelta(hours=2)),  # time has passed: the difference counts on
        (timedelta(minutes=-1), timedelta(0)),
        (timedelta(days=-2), timedelta(0)),
    ],
)
def test_an_offline_desk_never_stands_before_what_the_portal_told_last(profile, machine, put, told):
    machine.set(NOW - SLOW + put)
    look = first_look.read(profile, lambda _officer: FirstList(), clock=machine)
    desk = bootstrap.open_desk(profile, clock=machine)
    try:
        assert look is not None
        assert (desk.clock.now(), look.now) == (NOW + told, NOW + told)
        machine.advance(minutes=5)
        assert desk.clock.now() == NOW + told + timedelta(minutes=5)
    finally:
        desk.close()
