"""Profile keys: in a real locker or nowhere, and in a file for sandboxes on this machine only."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import pytest
from keyring.errors import InitError, KeyringLocked

from app.contract.wire import Capabilities
from app.errors import BugError, StoreTrouble
from app.portal import keys
from app.portal.keys import KeyVault, sandbox_key, system_locker

SANDBOX = Capabilities(1, 1, "e1", sandbox=True)
REAL = Capabilities(1, 1, "e1", sandbox=False)
HERE = "http://127.0.0.1:8000"


class Memory:
    """A locker that behaves: keeps, locks, forgets and fails when told."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.trouble: Exception | None = None
        self.deaf = False

    def get_password(self, service, username):
        if self.trouble:
            raise self.trouble
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        if self.trouble:
            raise self.trouble
        if not self.deaf:
            self.kept[service, username] = password


def code_of(call) -> str:
    with pytest.raises(StoreTrouble) as caught:
        call()
    return caught.value.code


def test_a_key_is_made_once_and_read_back():
    locker = Memory()
    vault = KeyVault(locker)
    assert vault.read("desk-1") is None
    key = vault.create("desk-1")
    assert (len(key), vault.read("desk-1"), vault.read("desk-2")) == (32, key, None)
    assert locker.kept == {("Mot Cua", "desk-1"): key.hex()}


def test_each_profile_has_its_own_key_and_none_is_ever_replaced():
    vault = KeyVault(Memory())
    assert vault.create("desk-1") != vault.create("desk-2")
    with pytest.raises(BugError):
        vault.create("desk-1")


def test_what_is_kept_fits_the_windows_locker():
    locker = Memory()
    KeyVault(locker).create("desk-1")
    assert all(len(text) <= 1280 for text in locker.kept.values())


@pytest.mark.parametrize(("trouble", "code"), [
    (KeyringLocked("shut"), "keyring-locked"), (InitError("no bus"), "no-keyring"), (OSError("gone"), "no-keyring"),
])
def test_a_locker_in_trouble_is_said_so(trouble, code):
    locker = Memory()
    locker.trouble = trouble
    assert code_of(lambda: KeyVault(locker).read("desk-1")) == code
    assert code_of(lambda: KeyVault(locker).create("desk-1")) == code


def test_a_locker_that_forgets_at_once_is_none():
    locker = Memory()
    locker.deaf = True
    assert code_of(lambda: KeyVault(locker).create("desk-1")) == "no-keyring"


@pytest.mark.parametrize("text", ["", "zz" * 32, "ab" * 31, "ab" * 33, "đ"])
def test_a_secret_that_is_not_ours_is_damaged_and_left_alone(text):
    locker = Memory()
    locker.kept["Mot Cua", "desk-1"] = text
    assert code_of(lambda: KeyVault(locker).read("desk-1")) == "key-damaged"
    assert code_of(lambda: KeyVault(locker).create("desk-1")) == "key-damaged"
    assert locker.kept == {("Mot Cua", "desk-1"): text}


def test_lockers_that_lock_nothing_are_refused():
    plain = type("PlaintextKeyring", (Memory,), {"__module__": "keyrings.alt.file"})
    for locker in (
        keyring.backends.fail.Keyring(), keyring.backends.null.Keyring(), keyring.backends.chainer.ChainerBackend(),
        plain(),
    ):
        assert code_of(lambda locker=locker: KeyVault(locker)) == "no-keyring"


@pytest.mark.skipif(sys.platform != "linux", reason="chooses among the lockers of Linux")
def test_the_environment_and_the_home_folder_do_not_choose_the_locker(monkeypatch, tmp_path: Path):
    planted = tmp_path / "planted_locker.py"
    planted.write_text(
        "import keyring.backend\n"
        "class Keyring(keyring.backend.KeyringBackend):\n"
        "    priority = 99\n"
        "    def get_password(self, service, username): return 'ab' * 32\n"
        "    def set_password(self, service, username, password): pass\n"
        "    def delete_password(self, service, username): pass\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "planted_locker.Keyring")
    settings = tmp_path / "python_keyring"
    settings.mkdir()
    (settings / "keyringrc.cfg").write_text(
        f"[backend]\ndefault-keyring=planted_locker.Keyring\nkeyring-path={tmp_path}\n"
    )
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert code_of(system_locker) == "no-keyring", "tests have no bus, hence no locker"
    assert "planted_locker" not in sys.modules


def test_the_lockers_of_every_platform_are_named_and_on_windows_stay_on_the_machine(monkeypatch):
    class WinVault(Memory):
        viable = True
        persist = "enterprise"

    module = type(sys)("keyring.backends.Windows")
    module.WinVaultKeyring = WinVault
    monkeypatch.setitem(sys.modules, "keyring.backends.Windows", module)
    monkeypatch.setattr(keys.sys, "platform", "win32")
    locker = system_locker()
    assert isinstance(locker, WinVault)
    assert locker.persist == "local machine"


def test_a_platform_without_lockers_has_none(monkeypatch):
    monkeypatch.setattr(keys.sys, "platform", "plan9")
    assert code_of(system_locker) == "no-keyring"


# --- the key in the folder of a sandbox profile


def test_a_sandbox_on_this_machine_keeps_its_key_beside_the_profile(tmp_path: Path):
    key = sandbox_key(tmp_path, HERE, SANDBOX)
    assert len(key) == 32
    assert sandbox_key(tmp_path, HERE, SANDBOX) == key
    assert sandbox_key(tmp_path, HERE, None) == key, "offline, the file alone is enough"
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "sandbox.key").stat().st_mode) == 0o600


@pytest.mark.parametrize(("origin", "capabilities"), [
    ("https://cong.example.gov.vn", SANDBOX), ("https://10.0.0.5", SANDBOX), (HERE, REAL), (HERE, None),
    ("http://127.0.0.1.evil.test", SANDBOX),
])
def test_no_other_portal_ever_gets_a_key_in_a_file(tmp_path: Path, origin, capabilities):
    assert code_of(lambda: sandbox_key(tmp_path, origin, capabilities)) == "no-keyring"
    assert list(tmp_path.iterdir()) == []


def test_an_existing_sandbox_key_is_not_read_for_another_portal(tmp_path: Path):
    sandbox_key(tmp_path, HERE, SANDBOX)
    assert code_of(lambda: sandbox_key(tmp_path, "https://cong.example.gov.vn", SANDBOX)) == "no-keyring"
    assert code_of(lambda: sandbox_key(tmp_path, HERE, REAL)) == "no-keyring"


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
def test_a_key_that_others_can_read_is_not_used(tmp_path: Path):
    sandbox_key(tmp_path, HERE, SANDBOX)
    (tmp_path / "sandbox.key").chmod(0o644)
    assert code_of(lambda: sandbox_key(tmp_path, HERE, SANDBOX)) == "key-exposed"


@pytest.mark.parametrize("content", [b"", b"abc", b"\xff\xfe", b"zz" * 32])
def test_a_damaged_sandbox_key_is_left_as_it_is(tmp_path: Path, content):
    path = tmp_path / "sandbox.key"
    path.write_bytes(content)
    path.chmod(0o600)
    assert code_of(lambda: sandbox_key(tmp_path, HERE, SANDBOX)) == "key-damaged"
    assert path.read_bytes() == content


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path):
    assert code_of(lambda: sandbox_key(tmp_path / "none", HERE, SANDBOX)) == "profile-read-only"
