"""JSON read the suspicious way.

Stands apart because the standard parser and orjson both take what two programs can read differently: a key twice,
``NaN``, numbers beyond 2^53, and nesting deep enough to end the interpreter's stack. Answers about money and sign-in
go through :func:`loads`; only big feed pages, whose fields are checked one by one afterwards, use :func:`loads_fast`.
"""

from __future__ import annotations

import json
import math
import re
from typing import NoReturn

MAX_SAFE_INT = 2**53
MAX_ANSWER_BYTES = 10 * 1024 * 1024
MAX_DEPTH = 64

# Possessive, and the closing quote optional: one pass over hostile text, never a second try from inside a string.
_STRING_OR_BRACKET = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)


class NotStrictJson(ValueError):
    """The bytes are not JSON that everyone reads alike; the message says what is wrong, never the content."""


def loads(data: bytes, *, max_bytes: int = MAX_ANSWER_BYTES, max_depth: int = MAX_DEPTH) -> object:
    """Parse one JSON text.

    Raises ``NotStrictJson`` for more than ``max_bytes``, nesting beyond ``max_depth``, a key given twice, ``NaN`` and
    ``Infinity`` (also as ``1e400``), integers beyond 2^53, lone surrogates, bytes that are not UTF-8.
    """
    _check_size(data, max_bytes)
    _check_depth(data, max_depth)
    try:
        text = data.decode("utf-8")
        value: object = json.loads(
            text,
            object_pairs_hook=_object_without_twins,
            parse_int=_safe_int,
            parse_float=_finite_float,
            parse_constant=_no_constant,
        )
        if "\\ud" in text.lower():
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except NotStrictJson:
        raise
    except UnicodeError as wrong:
        raise NotStrictJson("not UTF-8") from wrong
    except (ValueError, RecursionError) as wrong:
        raise NotStrictJson("not JSON") from wrong
    return value


def loads_fast(data: bytes, *, max_bytes: int) -> object:
    """Parse a big feed page with orjson: ten times faster, but a key given twice passes (the last one wins)."""
    import orjson

    _check_size(data, max_bytes)
    try:
        value: object = orjson.loads(data)
    except orjson.JSONDecodeError as wrong:
        raise NotStrictJson("not JSON") from wrong
    return value


def _check_size(data: bytes, max_bytes: int) -> None:
    if len(data) > max_bytes:
        raise NotStrictJson(f"longer than {max_bytes} bytes")


def _check_depth(data: bytes, max_depth: int) -> None:
    depth = 0
    for match in _STRING_OR_BRACKET.finditer(data):
        first = match[0][:1]
        if first in b"[{":
            depth += 1
            if depth > max_depth:
                raise NotStrictJson(f"nested deeper than {max_depth}")
        elif first in b"]}":
            depth -= 1


def _object_without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotStrictJson("a key stands twice")
    return found


def _safe_int(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > MAX_SAFE_INT:
        raise NotStrictJson("an integer is beyond 2^53")
    return int(digits)


def _finite_float(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise NotStrictJson("a number is not finite")
    return value


def _no_constant(name: str) -> NoReturn:
    raise NotStrictJson(f"{name} is not JSON")
