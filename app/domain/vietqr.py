"""VietQR: the EMV merchant-presented payload that banks scan (NAPAS 247, EMVCo MPM 1.1).

Stands apart because a wrong byte here sends public money elsewhere. Fields are ``id``, two digits of length, value;
``38`` names the payee, ``62`` the purpose, ``63`` is CRC-16/CCITT-FALSE over everything up to and including ``6304``.
What we make is dynamic (``12``), ASCII and has a purpose of 25 characters at most; what we read may be more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain import money
from app.errors import BadInput

NAPAS = "A000000727"
TO_ACCOUNT, TO_CARD = "QRIBFTTA", "QRIBFTTC"
LONGEST_PURPOSE = 25

_BIN = re.compile(r"[0-9]{6}")
_ACCOUNT = re.compile(r"[0-9A-Za-z]{1,19}")
_PURPOSE = re.compile(r"[!-~](?:[ -~]{0,23}[!-~])?")
_AMOUNT = re.compile(r"([0-9]{1,13})(?:\.0{0,2})?")
# Paths that have an attribute of their own; every other path is kept in ``extras``.
_NAMED = {
    "00": "format_indicator", "01": "point_of_initiation", "38.00": "guid", "38.01.00": "bank_bin",
    "38.01.01": "account", "38.02": "service", "53": "currency", "54": "amount", "58": "country",
    "59": "payee_name", "60": "payee_city", "62.01": "bill_number", "62.07": "terminal", "62.08": "purpose",
}  # fmt: skip
_TEMPLATES = ("38", "38.01", "62")
_REQUIRED = ("00", "38.00", "38.01.00", "38.01.01", "38.02", "53", "58")


@dataclass(frozen=True, slots=True, kw_only=True)
class VietQr:
    """A payload taken apart. ``extras`` are further fields as (path, value), for example ``("62.05", "A1")``."""

    bank_bin: str
    account: str
    service: str = TO_ACCOUNT
    amount: int | None = None  # đồng
    purpose: str | None = None
    point_of_initiation: str | None = "12"  # 11 static, 12 dynamic
    payee_name: str | None = None
    payee_city: str | None = None
    bill_number: str | None = None
    terminal: str | None = None
    guid: str = NAPAS
    format_indicator: str = "01"
    currency: str = "704"
    country: str = "VN"
    extras: tuple[tuple[str, str], ...] = ()


def payload(*, bank_bin: str, account: str, amount: int, purpose: str) -> str:
    """Return the text of a dynamic QR that pays ``amount`` đồng to ``account``.

    Raises BadInput: qr-bad-bank, qr-bad-account, qr-bad-amount (zero), qr-bad-purpose, and those of ``check_amount``.
    """
    if not _BIN.fullmatch(bank_bin):
        raise BadInput("qr-bad-bank", bank_bin=bank_bin)
    if not _ACCOUNT.fullmatch(account):
        raise BadInput("qr-bad-account", account=account)
    if money.check_amount(amount) == 0:
        raise BadInput("qr-bad-amount")
    if not _PURPOSE.fullmatch(purpose):
        raise BadInput("qr-bad-purpose", purpose=purpose)
    return encode(VietQr(bank_bin=bank_bin, account=account, amount=amount, purpose=purpose))


def purpose_of(code: str, notice_number: int) -> str:
    """Return the purpose that finds a notice again: letters and digits of the dossier's code, ``N``, its number.

    Raises BadInput: qr-bad-purpose, when that has more than 25 characters or the code holds no ASCII letter or digit.

    >>> purpose_of("H32.8-261120-0005", 1)
    'H3282611200005N1'
    """
    letters = re.sub(r"[^0-9A-Z]", "", code.upper())
    purpose = f"{letters}N{notice_number}"
    if not letters or notice_number < 1 or len(purpose) > LONGEST_PURPOSE:
        raise BadInput("qr-bad-purpose", purpose=purpose)
    return purpose


def parse(text: str) -> VietQr:
    """Return the fields of a VietQR payload whose CRC is right.

    Raises BadInput: qr-malformed (not EMV, a field missing or twice, not NAPAS), qr-bad-crc, qr-bad-bank,
    qr-bad-account, qr-bad-amount.
    """
    line = text.strip()
    if len(line) < 12 or line[-8:-4] != "6304":
        raise BadInput("qr-malformed")
    if crc(line[:-4]) != line[-4:]:
        raise BadInput("qr-bad-crc")
    found = dict(_flattened(line[:-8]))
    if any(path not in found for path in _REQUIRED) or found["38.00"] != NAPAS:
        raise BadInput("qr-malformed")
    if found["38.02"] not in (TO_ACCOUNT, TO_CARD) or found["53"] != "704" or found.get("01", "12") not in ("11", "12"):
        raise BadInput("qr-malformed")
    if not _BIN.fullmatch(found["38.01.00"]):
        raise BadInput("qr-bad-bank", bank_bin=found["38.01.00"])
    if not _ACCOUNT.fullmatch(found["38.01.01"]):
        raise BadInput("qr-bad-account", account=found["38.01.01"])
    amount = _AMOUNT.fullmatch(found["54"]) if "54" in found else None
    if "54" in found and amount is None:
        raise BadInput("qr-bad-amount")
    return VietQr(
        bank_bin=found["38.01.00"],
        account=found["38.01.01"],
        service=found["38.02"],
        amount=int(amount[1]) if amount else None,
        purpose=found.get("62.08"),
        point_of_initiation=found.get("01"),
        payee_name=found.get("59"),
        payee_city=found.get("60"),
        bill_number=found.get("62.01"),
        terminal=found.get("62.07"),
        guid=found["38.00"],
        format_indicator=found["00"],
        currency=found["53"],
        country=found["58"],
        extras=tuple((path, value) for path, value in found.items() if path not in _NAMED),
    )


def encode(qr: VietQr) -> str:
    """Return the payload of ``qr`` with its CRC, fields in ascending order as banks write them.

    Raises BadInput: qr-malformed, when a field has more than 99 characters.
    """
    values = dict(qr.extras)
    for path, attribute in _NAMED.items():
        value = getattr(qr, attribute)
        if value is not None:
            values[path] = str(value)
    body = _joined(values, "") + "6304"
    return body + crc(body)


def crc(text: str) -> str:
    """Return CRC-16/CCITT-FALSE (polynomial 1021, start FFFF) of the UTF-8 bytes as four upper-case hex digits."""
    register = 0xFFFF
    for byte in text.encode():
        register ^= byte << 8
        for _ in range(8):
            register = (register << 1 ^ 0x1021 if register & 0x8000 else register << 1) & 0xFFFF
    return f"{register:04X}"


def _flattened(text: str, prefix: str = "") -> Iterable[tuple[str, str]]:
    seen: set[str] = set()
    while text:
        head, size = text[:2], text[2:4]
        if not re.fullmatch(r"[0-9]{4}", head + size) or head in seen or len(text) < 4 + int(size):
            raise BadInput("qr-malformed")
        seen.add(head)
        value, text = text[4 : 4 + int(size)], text[4 + int(size) :]
        path = f"{prefix}{head}"
        if path in _TEMPLATES and value:
            yield from _flattened(value, f"{path}.")
        else:
            yield path, value


def _joined(values: dict[str, str], prefix: str) -> str:
    depth = len(prefix)
    parts = []
    for head in sorted({path[depth : depth + 2] for path in values if path.startswith(prefix)}):
        path = f"{prefix}{head}"
        value = values[path] if path in values else _joined(values, f"{path}.")
        if len(value) > 99:
            raise BadInput("qr-malformed")
        parts.append(f"{head}{len(value):02d}{value}")
    return "".join(parts)
