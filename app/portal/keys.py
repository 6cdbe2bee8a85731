"""The key of a profile: 32 random bytes in the machine's own locker, nothing else and nowhere else.

Stands apart because the keyring library would otherwise choose for us: an environment variable or a file in the home
folder can name any class as the locker, and its defaults roam (Windows) or fall back to plain text. Here the locker is
chosen by platform, by hand. Only the 32 bytes go there: the Windows locker holds 1,280 characters and tokens can be
longer. Another program of the same user can still ask the locker for the key; that risk stays.
"""

from __future__ import annotations

import importlib
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from app.errors import BugError, StoreTrouble
from app.portal.origin import is_loopback

if TYPE_CHECKING:
    from app.contract.wire import Capabilities

Answer = TypeVar("Answer")

SERVICE = "Mot Cua"
KEY_BYTES = 32
SANDBOX_KEY_FILE = "sandbox.key"

_BACKENDS: dict[str, tuple[tuple[str, str], ...]] = {
    "win32": (("keyring.backends.Windows", "WinVaultKeyring"),),
    "darwin": (("keyring.backends.macOS", "Keyring"),),
    "linux": (
        ("keyring.backends.SecretService", "Keyring"),
        ("keyring.backends.libsecret", "Keyring"),
        ("keyring.backends.kwallet", "DBusKeyring"),
    ),
}
# Lockers that lock nothing, or that pass the question on to whichever they find.
_NOT_LOCKERS = ("keyring.backends.fail", "keyring.backends.null", "keyring.backends.chainer", "keyrings.")


class Locker(Protocol):
    """What is used of a keyring backend."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return the secret, or ``None``."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep the secret."""
        ...


def system_locker() -> Locker:
    """Return this machine's locker; ``StoreTrouble("no-keyring")`` if it has none. Reads no configuration."""
    for module, name in _BACKENDS.get(sys.platform, ()):
        try:
            kind = getattr(importlib.import_module(module), name)
            if not kind.viable:
                continue
            locker = kind()
        except Exception:  # whatever a missing service, bus or library raises: this one is not there
            continue
        if sys.platform == "win32":
            locker.persist = "local machine"  # the default roams with the account
        return _real(locker)
    raise StoreTrouble("no-keyring")


class KeyVault:
    """Profile keys in a locker; ``locker`` is the machine's unless a test brings its own."""

    def __init__(self, locker: Locker | None = None) -> None:
        self._locker = _real(locker) if locker is not None else system_locker()

    def read(self, desk_id: str) -> bytes | None:
        """Return the profile's key, ``None`` if there is none.

        Raises ``StoreTrouble`` with ``no-keyring``, ``keyring-locked``, or ``key-damaged`` for a secret that is not
        ours; it is left as it is.
        """
        kept = self._ask(lambda: self._locker.get_password(SERVICE, desk_id))
        return None if kept is None else _key_in(kept)

    def create(self, desk_id: str) -> bytes:
        """Make the profile's key and return it once the locker gives it back; one that exists is a ``BugError``."""
        if self.read(desk_id) is not None:
            raise BugError("a profile's key is never replaced")
        key = os.urandom(KEY_BYTES)
        self._ask(lambda: self._locker.set_password(SERVICE, desk_id, key.hex()))
        if self.read(desk_id) != key:
            raise StoreTrouble("no-keyring")
        return key

    @staticmethod
    def _ask(question: Callable[[], Answer]) -> Answer:
        try:
            return question()
        except Exception as wrong:  # lockers raise their own kinds, D-Bus ones and plain OSErrors
            locked = type(wrong).__name__ in ("KeyringLocked", "LockedException", "PromptDismissedException")
            raise StoreTrouble("keyring-locked" if locked else "no-keyring") from wrong


def profile_key(profile_dir: Path, desk_id: str, origin: str, *, sandbox: bool, locker: Locker | None) -> bytes:
    """Return the key of a desk that exists, whichever way is shorter: a sandbox's own file, else the locker.

    Raises ``StoreTrouble``: ``key-missing``, and what ``KeyVault.read`` and ``sandbox_key`` raise.
    """
    if sandbox and (profile_dir / SANDBOX_KEY_FILE).exists():
        return sandbox_key(profile_dir, origin, None)
    key = KeyVault(locker).read(desk_id)
    if key is None:
        raise StoreTrouble("key-missing")
    return key


def sandbox_key(profile_dir: Path, origin: str, capabilities: Capabilities | None) -> bytes:
    """Return the key kept in the profile folder itself, made at the first call: sandboxes on this machine only.

    ``capabilities`` may be ``None`` (offline) when the file is there already. Raises ``StoreTrouble`` with
    ``no-keyring`` for any portal that is not loopback or does not say it is a sandbox, ``key-exposed`` if others can
    read the file, ``key-damaged``, ``profile-read-only``.
    """
    if not is_loopback(origin) or (capabilities is not None and not capabilities.sandbox):
        raise StoreTrouble("no-keyring")
    path = profile_dir / SANDBOX_KEY_FILE
    try:
        if not path.exists():
            if capabilities is None:
                raise StoreTrouble("no-keyring")
            _write_new(path, os.urandom(KEY_BYTES).hex())
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise StoreTrouble("key-exposed", path=str(path))
        return _key_in(path.read_text(encoding="ascii").strip())
    except UnicodeDecodeError as wrong:
        raise StoreTrouble("key-damaged") from wrong
    except OSError as wrong:
        raise StoreTrouble("profile-read-only", path=str(path)) from wrong


def _write_new(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _key_in(text: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise StoreTrouble("key-damaged")
    return key


def _real(locker: Locker) -> Locker:
    if type(locker).__module__.startswith(_NOT_LOCKERS):
        raise StoreTrouble("no-keyring")
    return locker
