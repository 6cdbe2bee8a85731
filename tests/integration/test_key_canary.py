"""The key and the tokens of a desk are found nowhere: not in files, arguments, surroundings, output or errors."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
import traceback
from pathlib import Path

import pytest

from app import bootstrap
from app.errors import KnownError
from app.store import state
from app.store.state import Name
from tests.fakes import FakeClock
from tests.integration.real_desk import reopened, signed_in
from tests.integration.sandbox_desk import file_dossier


@pytest.fixture(scope="module")
def profile(sandbox, tmp_path_factory) -> tuple[Path, list[str]]:
    """A profile that was worked with, closed; and its secrets: key and both tokens."""
    folder = tmp_path_factory.mktemp("canary") / "profile"
    desk = signed_in(sandbox.base_url, folder, FakeClock())
    file_dossier(sandbox.base_url)
    desk.engine.puller.pull_all()
    with desk.store.read() as connection:
        tokens = state.get(connection, Name.TOKENS)
    desk.close()
    access, refresh = tokens.strip("[]").replace('"', "").split(", ")[:2]
    secrets = [(folder / "sandbox.key").read_text().strip(), access, refresh]
    assert all(len(secret) > 20 for secret in secrets)
    return folder, secrets


def forms(secret: str) -> list[bytes]:
    """Every way a secret could stand in a file."""
    found = [secret.encode(), secret.upper().encode(), secret.encode("utf-16-le")]
    return found + ([bytes.fromhex(secret)] if len(secret) == 64 else [])


def test_no_file_but_the_sandboxs_own_key_file_holds_a_secret_even_while_open(profile):
    folder, secrets = profile
    desk = reopened(folder, FakeClock())
    try:
        for path in folder.rglob("*"):
            if path.is_file() and path.name != "sandbox.key":
                content = path.read_bytes()
                assert not [secret for secret in secrets for form in forms(secret) if form in content], path.name
    finally:
        desk.close()


def test_a_running_program_shows_no_secret_to_its_neighbours(profile):
    folder, secrets = profile
    line = [sys.executable, "-m", "app.cli", "desk", "--profile", str(folder), "set-pin"]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        seen = b""
        if sys.platform.startswith("linux"):
            ends = time.monotonic() + 20
            while b"set-pin" not in seen:
                assert time.monotonic() < ends, "the program never started"
                seen = b"".join(Path(f"/proc/{running.pid}/{name}").read_bytes() for name in ("cmdline", "environ"))
        out, err = running.communicate(b"482915\n", timeout=60)
    assert running.returncode == 0, err
    told = seen + out + err
    assert b"482915" not in told
    assert not [secret for secret in secrets if secret.encode() in told]


def test_neither_errors_nor_descriptions_of_an_open_desk_show_a_secret(profile):
    folder, secrets = profile
    desk = reopened(folder, FakeClock())
    try:
        told = [repr(desk), repr(desk.store), repr(vars(desk.store).get("_writer")), repr(desk.engine)]
        told += [repr(item) for item in gc.get_objects() if str(type(item).__module__).startswith("app.portal")]
        with pytest.raises(KnownError) as caught:
            desk.engine.puller.client.dossier("khong-co")
        told += ["".join(traceback.format_exception(caught.value)), repr(caught.value)]
        with pytest.raises(KnownError) as busy:
            bootstrap.open_desk(folder)
        told += ["".join(traceback.format_exception(busy.value))]
    finally:
        desk.close()
    assert not [secret for secret in secrets if any(secret in text for text in told)]


def test_the_surroundings_of_this_program_hold_no_secret(profile):
    _folder, secrets = profile
    assert not [name for name, value in os.environ.items() if any(secret in value for secret in secrets)]
