"""Who a citizen is: the QR of the identity card, the numbers people carry, and how they are shown masked.

Stands apart because the counter, the scanner, the papers and the sandbox all meet these numbers. The identity number
has no check digit; that it disagrees with birth or sex is a warning, never a block (codes of old provinces stay).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from app.domain.folding import clean_name
from app.errors import BadInput

_NUMBER = re.compile(r"[0-9]{12}")
_OLD_NUMBER = re.compile(r"[0-9]{9}|[0-9]{12}")
_MOBILE = re.compile(r"0(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-9])[0-9]{7}")
_LANDLINE = re.compile(r"02[0-9]{8,9}")
_SERVICE = re.compile(r"1[89]00[0-9]{4,6}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PASSPORT = re.compile(r"[A-Z0-9]{5,20}")  # foreign ones have no common shape
_EARLIEST_BIRTH = date(1900, 1, 1)
_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


@dataclass(frozen=True, slots=True)
class CardQr:
    """The fields of the QR on a citizen card. ``issued_on`` is None where a card leaves it out."""

    number: str
    old_number: str  # nine digits, or empty
    name: str
    birth_date: date
    sex: str  # as printed: Nam, Nữ
    address: str
    issued_on: date | None
    extras: tuple[str, ...] = ()  # further fields of cards from 1 July 2024, as they came


def parse_card_qr(text: str) -> CardQr:
    """Return the fields of a scanned card: seven separated by ``|``, more are kept raw.

    Raises BadInput: card-not-recognised (too few fields, not a 12-digit number first, as on a health insurance card),
    card-date-invalid, name-empty, name-too-long.
    """
    fields = [field.strip() for field in unicodedata.normalize("NFC", text).strip("\ufeff\r\n\t ").split("|")]
    if len(fields) < 7 or not _NUMBER.fullmatch(fields[0]) or not (not fields[1] or _OLD_NUMBER.fullmatch(fields[1])):
        raise BadInput("card-not-recognised")
    extras = fields[7:]
    while extras and not extras[-1]:
        extras.pop()
    return CardQr(
        number=fields[0],
        old_number=fields[1],
        name=clean_name(fields[2]),
        birth_date=_day(fields[3]),
        sex=fields[4],
        address=" ".join(fields[5].split()),
        issued_on=_day(fields[6]) if fields[6] else None,
        extras=tuple(extras),
    )


def card_warnings(card: CardQr) -> tuple[str, ...]:
    """Return the codes of what does not agree on a card: number-birth-mismatch, number-sex-mismatch."""
    warnings = [] if agrees_with_birth(card.number, card.birth_date) else ["number-birth-mismatch"]
    if card.sex in ("Nam", "Nữ") and (card.sex == "Nữ") != bool(int(card.number[3]) % 2):
        warnings.append("number-sex-mismatch")
    return tuple(warnings)


def agrees_with_birth(number: str, birth_date: date) -> bool:
    """Say whether an identity number speaks of the century and year of birth; any other number says nothing of it."""
    digits = re.sub(r"[\s.]", "", number)
    if not _NUMBER.fullmatch(digits):
        return True
    return f"{birth_date.year:04d}" == f"{19 + int(digits[3]) // 2}{digits[4:6]}"


def is_birth_date(day: date, today: date) -> bool:
    """Say whether somebody who is alive ``today`` can be born then."""
    return _EARLIEST_BIRTH <= day <= today


def check_citizen_number(text: str) -> str:
    """Return the twelve digits of an identity number, spaces and dots taken out.

    Raises BadInput: citizen-number-old (nine digits: no document since 1 January 2025), citizen-number-invalid.
    """
    digits = re.sub(r"[\s.]", "", text)
    if _NUMBER.fullmatch(digits):
        return digits
    raise BadInput("citizen-number-old" if re.fullmatch(r"[0-9]{9}", digits) else "citizen-number-invalid")


def check_identity(text: str) -> str:
    """Return an identity number of twelve digits, or a passport number, in upper case without spaces.

    Raises BadInput: citizen-number-old, citizen-number-invalid (digits only), identity-not-recognised.
    """
    line = re.sub(r"[\s.]", "", unicodedata.normalize("NFKC", text)).upper()
    if line.isdigit():
        return check_citizen_number(line)
    if _PASSPORT.fullmatch(line):
        return line
    raise BadInput("identity-not-recognised", text=text)


def normalise_phone(text: str) -> str:
    """Return ``text`` as digits with the leading 0: ``+84 905 123 214`` becomes ``0905123214``; checks nothing."""
    digits = re.sub(r"[\s.\-()]", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"^(?:\+84|0084|84(?=[0-9]{9,10}$))0?", "0", digits)


def check_phone(text: str) -> str:
    """Return the normalised number of a mobile, landline or 1800/1900 line. Raises BadInput: phone-invalid."""
    if is_phone(text):
        return normalise_phone(text)
    raise BadInput("phone-invalid")


def is_phone(text: str) -> bool:
    """Say whether it is a mobile, landline or 1800/1900 number."""
    phone = normalise_phone(text)
    return any(pattern.fullmatch(phone) for pattern in (_MOBILE, _LANDLINE, _SERVICE))


def is_email(text: str) -> bool:
    """Say whether it looks like an e-mail address; only sending shows whether it is one."""
    return bool(_EMAIL.fullmatch(text))


def is_mobile(text: str) -> bool:
    """Tell whether an SMS can reach the number."""
    return bool(_MOBILE.fullmatch(normalise_phone(text)))


def is_tax_code(text: str) -> bool:
    """Tell whether ``text`` can be an MST: ten digits with check digit, those with ``-nnn``, or an identity number.

    Individuals and household businesses use the 12-digit number since 1 July 2025 (TT 86/2024/TT-BTC).
    """
    if _NUMBER.fullmatch(text):
        return True
    match = re.fullmatch(r"([0-9]{10})(?:-[0-9]{3})?", text)
    if match is None:
        return False
    digits = [int(char) for char in match[1]]
    total = sum(weight * digit for weight, digit in zip(_TAX_WEIGHTS, digits[:9], strict=True))
    return 10 - total % 11 == digits[9]


def mask_number(number: str) -> str:
    """Return an identity number as lists and logs may show it.

    >>> mask_number("056091004417")
    '056 0•• ••4 417'
    """
    if _NUMBER.fullmatch(number):
        shown = f"{number[:4]}••••{number[8:]}"
        return " ".join(shown[start : start + 3] for start in range(0, 12, 3))
    kept = 3 if len(number) >= 8 else 0
    return "•" * (len(number) - kept) + number[len(number) - kept :]


def mask_phone(phone: str) -> str:
    """Return a telephone number as lists and logs may show it.

    >>> mask_phone("0905123214")
    '0905 ••• 214'
    """
    digits = normalise_phone(phone)
    if len(digits) < 9:
        return "•" * max(0, len(digits) - 2) + digits[-2:]
    return f"{digits[:4]} {'•' * (len(digits) - 7)} {digits[-3:]}"


def mask_birth(day: date) -> str:
    """Return a date of birth as lists and logs may show it: without the year, which the masked number hides too.

    >>> mask_birth(date(1991, 7, 14))
    '14/07/••••'
    """
    return f"{day:%d/%m}/••••"


def _day(digits: str) -> date:
    if not re.fullmatch(r"[0-9]{8}", digits):
        raise BadInput("card-date-invalid", text=digits)
    try:
        return date(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        raise BadInput("card-date-invalid", text=digits) from None
