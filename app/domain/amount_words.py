"""A sum in Vietnamese words, as receipts must carry it beside the digits (NĐ 123/2020/NĐ-CP, Điều 32).

Stands apart because it is language, not money: groups of three digits, with the sound changes of *mốt, tư, lăm, linh*.
"""

from __future__ import annotations

from app.errors import BadInput

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 10**9
_LIMIT = 10**18


def in_words(amount: int, *, southern: bool = False, even: bool = False) -> str:
    """Return ``amount`` (đồng) in words, first letter capital, ending in *đồng*.

    ``southern`` says *lẻ* and *ngàn* for *linh* and *nghìn*; ``even`` adds *chẵn*.
    Raises BadInput: amount-negative, amount-too-large (from 10^18).

    >>> in_words(120_000)
    'Một trăm hai mươi nghìn đồng'
    """
    if amount < 0:
        raise BadInput("amount-negative", amount_dong=amount)
    if amount >= _LIMIT:
        raise BadInput("amount-too-large", most="999 triệu tỷ đồng")
    words = _number(amount, led=False) or [_DIGITS[0]]
    if southern:
        words = [{"linh": "lẻ", "nghìn": "ngàn"}.get(word, word) for word in words]
    sentence = " ".join([*words, "đồng", *(["chẵn"] if even else [])])
    return sentence[0].upper() + sentence[1:]


def _number(value: int, *, led: bool) -> list[str]:
    """Words of ``value``; ``led`` when a higher group was spoken, so that a missing hundred must be heard."""
    if value >= _BILLION:
        head = [*_number(value // _BILLION, led=led), "tỷ"]
        return head + _number(value % _BILLION, led=True)
    words: list[str] = []
    for size, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group = value // size % 1000
        if group:
            words += _group(group, full=led or bool(words))
            words += [name] if name else []
    return words


def _group(value: int, *, full: bool) -> list[str]:
    hundreds, tens, units = value // 100, value // 10 % 10, value % 10
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 0:
        if units:
            words += ["linh", _DIGITS[units]] if words else [_DIGITS[units]]
        return words
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if units == 5:
        words.append("lăm")
    elif units == 1 and tens > 1:
        words.append("mốt")
    elif units == 4 and tens > 1:
        words.append("tư")
    elif units:
        words.append(_DIGITS[units])
    return words
