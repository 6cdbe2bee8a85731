"""The lock of the screen: this officer's PIN on this machine, five tries, then the browser. Never asks the network.

Stands apart from the session because a locked desk goes on sending and listening: only the window is closed to eyes
and hands. It guards an unattended desk and is no second key of the store, which the machine's own locker keeps.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import BadInput
from app.services.desk import Desk
from app.store import pin
from app.store.pin import TRIES, Kept

LEAST, MOST = 6, 12
_RISING = "01234567890123456789"


@dataclass(frozen=True, slots=True)
class Standing:
    """``begins_locked``: nothing may be shown before ``unlock``; ``tries_left`` is 0 when only signing in helps."""

    has_pin: bool
    tries_left: int
    begins_locked: bool


def standing(desk: Desk) -> Standing:
    """Return how the lock stands. Thread: any but the GUI's."""
    with desk.store.read() as connection:
        kept, locked = pin.read(connection), pin.is_locked(connection)
    return Standing(kept is not None, kept.left if kept else 0, locked or kept is not None)


def set_pin(desk: Desk, digits: str) -> None:
    """Keep a new PIN, as its Argon2id hash. Transaction: own. Thread: any but the GUI's (it takes a moment on purpose).

    Raises BadInput: ``pin-not-digits``, ``pin-too-simple``.
    """
    if not (digits.isascii() and digits.isdecimal() and LEAST <= len(digits) <= MOST):
        raise BadInput("pin-not-digits", least=LEAST, most=MOST)
    if len(set(digits)) < 3 or digits in _RISING or digits[::-1] in _RISING:
        raise BadInput("pin-too-simple")
    made = _hash(digits)
    with desk.store.write() as connection:
        pin.keep(connection, Kept(made))


def lock(desk: Desk) -> None:
    """Remember that the desk is locked, so that starting the program again does not open it."""
    with desk.store.write() as connection:
        pin.set_locked(connection, True)


def unlock(desk: Desk, digits: str) -> None:
    """Unlock with the PIN. Transaction: own, two. Thread: any but the GUI's.

    Raises BadInput: ``pin-wrong`` with the tries ``left``, ``pin-spent`` when only a sign-in helps. The try is counted
    before it is judged: ending the program in between wins none.
    """
    with desk.store.write() as connection:
        kept = pin.read(connection)
        if kept is None or not kept.left:
            raise BadInput("pin-spent", tries=TRIES)
        tried = Kept(kept.hash, kept.wrong + 1)
        pin.keep(connection, tried)
    if not _is_hash_of(kept.hash, digits):
        raise BadInput("pin-wrong", left=tried.left) if tried.left else BadInput("pin-spent", tries=TRIES)
    with desk.store.write() as connection:
        pin.keep(connection, Kept(kept.hash))
        pin.set_locked(connection, False)


def _hash(digits: str) -> str:
    from nacl.pwhash import argon2id  # late: only a PIN needs it

    limits = (argon2id.OPSLIMIT_INTERACTIVE, argon2id.MEMLIMIT_INTERACTIVE)
    return argon2id.str(digits.encode(), *limits).decode()


def _is_hash_of(kept: str, digits: str) -> bool:
    from nacl.exceptions import InvalidkeyError
    from nacl.pwhash import argon2id

    try:
        return bool(argon2id.verify(kept.encode(), digits.encode()))
    except InvalidkeyError:
        return False
