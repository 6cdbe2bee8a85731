"""Bytes to the dataclasses of ``wire`` and back.

Stands apart from the shapes because reading is where suspicion lives: small answers are read strictly (twins, ``NaN``,
wrong kinds); feed pages, which may hold hundreds of dossiers, take a fast path and are checked field by field.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from app.contract import strict_json
from app.contract.strict_json import NotStrictJson
from app.contract.wire import Change, JsonObject, Page, Tombstone

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Shape = TypeVar("Shape")

MAX_PAGE_BYTES = 64 * 1024 * 1024
_YEARS = range(2000, 2200)


def adapter(shape: type[Any]) -> TypeAdapter[Any]:
    """Return pydantic's reader and writer of one dataclass of ``wire``, made once."""
    return _adapter(cast("Hashable", shape))


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(shape)


def decode(shape: type[Shape], data: bytes, *, max_bytes: int = strict_json.MAX_ANSWER_BYTES) -> Shape:
    """Read a small answer strictly: no coercion, unknown fields ignored; raises ``NotStrictJson``."""
    strict_json.loads(data, max_bytes=max_bytes)
    try:
        return cast(Shape, adapter(shape).validate_json(data, strict=True))
    except ValueError as wrong:
        # The text of pydantic's error quotes the input: it may hold names or tokens, so it stays here.
        raise NotStrictJson(f"not a {shape.__name__}") from wrong


def encode(value: object) -> bytes:
    """Write a dataclass of ``wire`` as compact JSON."""
    return adapter(type(value)).dump_json(value)


def decode_page(data: bytes) -> Page:
    """Read a feed page; each body becomes compact JSON bytes again. Raises ``NotStrictJson``."""
    top = _object(strict_json.loads_fast(data, max_bytes=MAX_PAGE_BYTES))
    return Page(
        changes=tuple(_change(_object(item)) for item in _list(top, "changes")),
        tombstones=tuple(_tombstone(_object(item)) for item in _list(top, "tombstones")),
        next_cursor=_text(top, "next_cursor"),
        has_more=_truth(top, "has_more"),
        epoch=_text(top, "epoch"),
        server_time=_present(top, "server_time"),
        calendars=_text(top, "calendars") if top.get("calendars") else "",
    )


def decode_change(data: bytes, asked_id: str) -> Change:
    """Read the answer about one dossier strictly; another dossier's raises ``NotStrictJson``."""
    change = _change(_object(strict_json.loads(data)))
    if change.id != asked_id:
        raise NotStrictJson("another dossier")
    return change


def encode_page(page: Page) -> bytes:
    """Write a feed page; stored bodies are copied as they are, not parsed again."""
    import orjson

    return orjson.dumps(
        {
            "changes": [
                {"id": item.id, "version": item.version, "body": orjson.Fragment(bytes(item.body))}
                for item in page.changes
            ],
            "tombstones": [{"id": item.id, "reason": item.reason, "into": item.into} for item in page.tombstones],
            "next_cursor": page.next_cursor,
            "has_more": page.has_more,
            "epoch": page.epoch,
            "server_time": page.server_time,
            "calendars": page.calendars,
        }
    )


def compact(value: object) -> JsonObject:
    """Return an object as the compact JSON bytes that mirror and feed keep; raises ``NotStrictJson``."""
    import orjson

    try:
        return JsonObject(orjson.dumps(_object(value)))
    except TypeError as wrong:
        raise NotStrictJson("nested too deep") from wrong


def _change(item: Mapping[str, Any]) -> Change:
    body = _object(item.get("body"))
    identity, version = _text(item, "id"), _version(item)
    if (body.get("id"), body.get("version")) != (identity, version):
        raise NotStrictJson("a body of another dossier or version")
    return Change(identity, version, compact(body))


def _tombstone(item: Mapping[str, Any]) -> Tombstone:
    into = None if item.get("into") is None else _text(item, "into")
    return Tombstone(_text(item, "id"), _text(item, "reason"), into)


def _object(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise NotStrictJson("an object is missing")
    return value


def _list(item: Mapping[str, Any], name: str) -> list[Any]:
    value = item.get(name)
    if not isinstance(value, list):
        raise NotStrictJson(f"{name} is not a list")
    return value


def _text(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    if not isinstance(value, str) or not value:
        raise NotStrictJson(f"{name} is not a text")
    return value


def _truth(item: Mapping[str, Any], name: str) -> bool:
    value = item.get(name)
    if not isinstance(value, bool):
        raise NotStrictJson(f"{name} is neither true nor false")
    return value


def _version(item: Mapping[str, Any]) -> int:
    value = item.get("version")
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= strict_json.MAX_SAFE_INT:
        raise NotStrictJson("version is not a positive integer")
    return value


def _present(item: Mapping[str, Any], name: str) -> datetime:
    """Read the portal's present; every clock of the desk runs by it, so no year that leaves no time to count on."""
    try:
        moment = datetime.fromisoformat(_text(item, name))
    except ValueError as wrong:
        raise NotStrictJson(f"{name} is not an instant") from wrong
    if moment.tzinfo is None:
        raise NotStrictJson(f"{name} has no zone")
    if moment.year not in _YEARS:
        raise NotStrictJson(f"{name} is not of this age")
    return moment
