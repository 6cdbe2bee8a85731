"""JSON that two programs could read differently is not read at all."""

from __future__ import annotations

import json
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contract.strict_json import NotStrictJson, loads, loads_fast

REFUSED = {
    "a key twice": b'{"a":1,"a":1}',
    "a key twice deep inside": b'[{"b":{"a":1,"\\u0061":2}}]',
    "NaN": b'{"a":NaN}',
    "Infinity": b"[Infinity]",
    "minus Infinity": b"[-Infinity]",
    "a number that overflows": b"[1e400]",
    "an integer beyond 2^53": b"[9007199254740993]",
    "a negative one": b"[-9007199254740993]",
    "an integer of a thousand digits": b"[" + b"9" * 1000 + b"]",
    "an integer beyond Python's digit limit": b"[" + b"9" * 5000 + b"]",
    "nested beyond 64": b"[" * 65 + b"]" * 65,
    "a hundred thousand brackets": b"[" * 100_000,
    "objects a hundred thousand deep": b'{"a":' * 100_000,
    "a lone surrogate": b'["\\ud800"]',
    "a lone surrogate as a key": b'{"\\uD800":1}',
    "bytes that are not UTF-8": b'["\xff"]',
    "UTF-16": '["a"]'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf{}",
    "a trailing comma": b"[1,]",
    "two texts": b"{}{}",
    "nothing": b"",
    "a page": b"<!doctype html><html></html>",
    "cut": b'{"results":[{"key":"a"',
    "a control character in a string": b'["a\nb"]',
    "longer than allowed": b'"' + b"a" * 10_000 + b'"',
}


@pytest.mark.parametrize("name", REFUSED)
def test_is_refused(name):
    with pytest.raises(NotStrictJson):
        loads(REFUSED[name], max_bytes=600_000 if "deep" in name or "brackets" in name else 9_000)


@pytest.mark.parametrize(("data", "value"), [
    (b'{"a":[1,2.5,true,null,"\xc4\x90"]}', {"a": [1, 2.5, True, None, "Đ"]}),
    (b"9007199254740992", 2**53),
    (b"[" * 64 + b"]" * 64, None),
    (b'["[[[[\\"{{{{","\\\\"]', ['[[[["{{{{', "\\"]),
    (b'"\\ud83d\\ude00"', "😀"),
    (b'["' + b"[" * 100 + b'"]', ["[" * 100]),
])
def test_is_read(data, value):
    found = loads(data, max_bytes=1000)
    assert value is None or found == value


def test_hostile_quotes_cost_one_pass():
    began = time.monotonic()
    for data in (b'"\\' * 500_000, b'"' + b'\\"' * 500_000, b'"' * 1_000_000):
        with pytest.raises(NotStrictJson):
            loads(data, max_bytes=2_000_000)
    assert time.monotonic() - began < 10


def test_the_message_never_quotes_the_content():
    with pytest.raises(NotStrictJson) as caught:
        loads(b'{"name":"Nguyen Van Bi Mat","name":1}', max_bytes=100)
    assert "Bi Mat" not in str(caught.value)


@given(st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
))
def test_whatever_json_writes_is_read_back(value):
    assert loads(json.dumps(value).encode(), max_bytes=1_000_000) == value


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_and_nothing_else(data):
    for read in (loads, loads_fast):
        with suppress(NotStrictJson):
            read(data, max_bytes=1000)


def test_the_fast_path_refuses_nan_depth_and_size():
    for data in (b"[NaN]", b"[" * 100_000, b'"' + b"a" * 200_000 + b'"'):
        with pytest.raises(NotStrictJson):
            loads_fast(data, max_bytes=150_000)
