"""The ground under all tests holds: no network, no foreign home, no silent warning, a clock that obeys."""

from __future__ import annotations

import logging
import os
import socket
from datetime import UTC, datetime

import pytest


def test_far_addresses_are_unreachable_and_far_names_unknown():
    with socket.socket() as far, pytest.raises(OSError, match="loopback only"):
        far.connect(("192.0.2.1", 443))
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("portal.example", 443)
    with pytest.raises(socket.gaierror):
        socket.create_connection(("portal.example", 443))


def test_loopback_answers():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as near:
        accepted, _ = server.accept()
        near.sendall(b"x")
        assert accepted.recv(1) == b"x"
        accepted.close()


def test_home_is_not_the_developers(tmp_path_factory):
    assert os.environ["HOME"].startswith(str(tmp_path_factory.getbasetemp()))


def test_a_warning_in_the_log_needs_to_be_expected(expected_logs):
    expected_logs.append("disk is nearly full")
    logging.getLogger("app.store").warning("the disk is nearly full")


def test_time_passes_only_when_told(clock):
    before = clock.monotonic()
    assert clock.now().isoformat() == "2026-11-20T08:00:00+07:00"
    clock.advance(minutes=5)
    assert (clock.now().isoformat(), clock.monotonic() - before) == ("2026-11-20T08:05:00+07:00", 300.0)
    clock.set(datetime(2027, 1, 1, tzinfo=UTC))
    assert (clock.now().isoformat(), clock.monotonic() - before) == ("2027-01-01T07:00:00+07:00", 300.0)
