"""What a province signs and what only it can open: heads of money journals, and the rescue logs of its desks.

Stands apart because portal, desk, inspector and engineer must mean the same bytes. Keys are hex of 32 bytes: Ed25519 to
sign, X25519 sealed boxes to lock. PyNaCl loads late: a start needs neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class JournalHead:
    """``POST /v1/journal-heads``: how far the money journal of one store has come, and its last row's hash."""

    store_id: str
    rows: int
    head: str


@dataclass(frozen=True, slots=True)
class Countersigned:
    """The portal's word that this officer's journal had this head at row ``rows``; ``key`` is the public one."""

    officer_id: str
    store_id: str
    rows: int
    head: str
    at: datetime
    key: str
    signature: str


def signed_bytes(told: Countersigned) -> bytes:
    """Return what is signed: all but the key and the signature itself."""
    fields = ("motcua-journal-head", told.officer_id, told.store_id, str(told.rows), told.head, told.at.isoformat())
    return "\x1f".join(fields).encode()


def sign(seed: bytes, message: bytes) -> str:
    """Return the Ed25519 signature, hex, under the 32-byte ``seed``."""
    from nacl.signing import SigningKey

    return SigningKey(seed).sign(message).signature.hex()


def signing_key(seed: bytes) -> str:
    """Return the public key of ``sign``."""
    from nacl.signing import SigningKey

    return bytes(SigningKey(seed).verify_key).hex()


def is_signed(key: str, told: Countersigned) -> bool:
    """Say whether ``told`` stands as the holder of the public ``key`` signed it; anything malformed does not."""
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    try:
        VerifyKey(bytes.fromhex(key)).verify(signed_bytes(told), bytes.fromhex(told.signature))
    except (CryptoError, ValueError, TypeError):
        return False
    return True


def sealing_key(seed: bytes) -> str:
    """Return the public key that a desk seals under."""
    from nacl.public import PrivateKey

    return bytes(PrivateKey(seed).public_key).hex()


def seal(key: str, message: bytes) -> bytes:
    """Lock ``message`` so that only the holder of the secret to ``key`` opens it; two seals of one text differ."""
    from nacl.public import PublicKey, SealedBox

    return bytes(SealedBox(PublicKey(bytes.fromhex(key))).encrypt(message))


def unseal(seed: bytes, sealed: bytes) -> bytes:
    """Open what was sealed; raises ValueError for another province's, or for damaged bytes."""
    from nacl.exceptions import CryptoError
    from nacl.public import PrivateKey, SealedBox

    try:
        return bytes(SealedBox(PrivateKey(seed)).decrypt(sealed))
    except (CryptoError, TypeError) as wrong:
        raise ValueError("not sealed to this key") from wrong
