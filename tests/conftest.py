"""What holds for every test: a home of its own, no network but loopback, no unexpected warning in the log."""

from __future__ import annotations

import errno
import ipaddress
import logging
import os
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.fakes import FakeClock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# No deadline: a busy machine is not a failure. `make test` may be repeated with HYPOTHESIS_PROFILE=thorough.
settings.register_profile("usual", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", parent=settings.get_profile("usual"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))


@pytest.fixture
def clock() -> FakeClock:
    """Friday 20/11/2026 08:00 in Viet Nam, and it stays so until the test moves it."""
    return FakeClock()


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """Where a desk's profile folder may be made; nothing is there yet."""
    return tmp_path / "profile"


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep tests off the developer's files and key ring; child processes inherit this."""
    home = tmp_path_factory.mktemp("home")
    own = {
        "HOME": home,
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_DATA_HOME": home / ".local" / "share",
        "XDG_STATE_HOME": home / ".local" / "state",
        "XDG_CACHE_HOME": home / ".cache",
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={home}/no-bus",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in own.items():
            patch.setenv(name, str(value))
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            patch.delenv(name, raising=False)
        yield


def _is_loopback(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host is None or host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


class _LoopbackSocket(socket.socket):
    """Answers as a machine without a network does, for every address but the machine's own."""

    def _refuse_far(self, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            raise OSError(errno.ENETUNREACH, f"tests reach loopback only, not {address[0]}")

    def connect(self, address: Any) -> None:
        self._refuse_far(address)
        super().connect(address)

    def connect_ex(self, address: Any) -> int:
        try:
            self._refuse_far(address)
        except OSError:
            return errno.ENETUNREACH
        return super().connect_ex(address)


@pytest.fixture(scope="session", autouse=True)
def loopback_only() -> Iterator[None]:
    """Let no packet leave the machine: far names do not resolve, far addresses are unreachable."""
    really_resolve = socket.getaddrinfo

    def resolve(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not _is_loopback(host):
            raise socket.gaierror(socket.EAI_NONAME, f"tests resolve localhost only, not {host}")
        return really_resolve(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "socket", _LoopbackSocket)
        patch.setattr(socket, "getaddrinfo", resolve)
        yield


class _Recorder(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def expected_logs() -> Iterator[list[str]]:
    """Fail the test on a log record of WARNING or above that no pattern expects.

    A test that provokes such a record takes this fixture and appends a regular expression to it.
    """
    recorder = _Recorder()
    root = logging.getLogger()
    root.addHandler(recorder)
    patterns: list[str] = []
    try:
        yield patterns
    finally:
        root.removeHandler(recorder)
    unexpected = [line for line in recorder.lines if not any(re.search(pattern, line) for pattern in patterns)]
    if unexpected:
        pytest.fail("unexpected log records:\n" + "\n".join(unexpected), pytrace=False)
