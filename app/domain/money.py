"""Amounts of đồng: reading what people type and paste, and writing what they read.

Stands apart so that every field, file and message agrees on one form. Money is an ``int`` of whole đồng everywhere,
never a float; the đồng has had no smaller unit in use since 1985.
"""

from __future__ import annotations

import re
import unicodedata

from app.errors import BadInput

MAX_AMOUNT_DONG = 999_999_999_999

_UNIT = re.compile(r"(?:đồng|đ|vnđ|vnd|₫)\.?$")
# One separator throughout, groups of three; a file of a bank may end in a zero fraction behind the *other* separator.
_GROUPED = re.compile(r"([1-9][0-9]{0,2})([ .,'])([0-9]{3}(?:\2[0-9]{3})*)(?:(?!\2)[.,]0{1,2})?")
# Without groups a zero fraction is believed from four digits on: "65.00" is more likely a slip of "65.000".
_PLAIN = re.compile(r"([0-9]+)|([0-9]{4,})[.,]0{1,2}")


def check_amount(amount: int) -> int:
    """Return ``amount`` (đồng) unchanged if it is a sum this office can book.

    Zero passes: whether a line may be free is a rule of the notice, not of the number.
    Raises BadInput: amount-not-whole, amount-negative, amount-too-large.
    """
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise BadInput("amount-not-whole", text=str(amount))
    if amount < 0:
        raise BadInput("amount-negative", amount_dong=amount)
    if amount > MAX_AMOUNT_DONG:
        raise BadInput("amount-too-large", most=format_dong(MAX_AMOUNT_DONG))
    return amount


def parse_amount(text: str) -> int:
    """Return the đồng that ``text`` says: ``65.500đ``, ``65,500``, ``65 500 đ``, ``65500 VND``.

    Raises BadInput: amount-empty, amount-not-whole (a fraction, a word, uneven groups), amount-negative,
    amount-too-large.
    """
    line = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    if not line:
        raise BadInput("amount-empty")
    number = _UNIT.sub("", line).strip()
    negative = number.startswith(("-", "−", "–"))
    if negative:
        number = number[1:].strip()
    grouped, plain = _GROUPED.fullmatch(number), _PLAIN.fullmatch(number)
    if grouped:
        digits = grouped[1] + grouped[3].replace(grouped[2], "")
    elif plain:
        digits = plain[1] or plain[2]
    else:
        raise BadInput("amount-not-whole", text=text)
    digits = digits.lstrip("0") or "0"
    if len(digits) > len(str(MAX_AMOUNT_DONG)):
        raise BadInput("amount-too-large", most=format_dong(MAX_AMOUNT_DONG))
    return check_amount(-int(digits) if negative else int(digits))


def grouped(amount: int) -> str:
    """Return a sum with dots between thousands.

    >>> grouped(65_500)
    '65.500'
    """
    return f"{amount:,}".replace(",", ".")


def format_dong(amount: int) -> str:
    """Return the form of the screen.

    >>> format_dong(65500)
    '65.500 đ'
    """
    return f"{grouped(amount)} đ"


def format_print(amount: int) -> str:
    """Return the form of printed papers.

    >>> format_print(65500)
    '65.500 đồng'
    """
    return f"{grouped(amount)} đồng"
