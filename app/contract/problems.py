"""RFC 9457 problems: what the portal says when it says no.

Stands apart because both sides write the same ``type`` words and only those drive logic; ``title`` and ``detail`` are
shown as plain text at most. A type this program does not know is kept and judged by its status.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

MEDIA_TYPE = "application/problem+json"
BASE_URI = "tag:motcua,2026:"
UNKNOWN = "about:blank"


@dataclass(frozen=True, slots=True)
class Known:
    """A type both sides know: its HTTP status and an English title for logs."""

    status: int
    title: str


KNOWN: Mapping[str, Known] = MappingProxyType(
    {
        "bad-request": Known(400, "The request cannot be read"),
        "session-over": Known(401, "The session is over"),
        "forbidden": Known(403, "This officer may not do that"),
        "account-revoked": Known(403, "The account was revoked"),
        "not-found": Known(404, "There is no such thing"),
        "in-progress": Known(409, "The same key is being worked on"),
        "offset-mismatch": Known(409, "The upload stands at another offset"),
        "journal-forked": Known(409, "An earlier head of this journal does not lie before this one"),
        "refused": Known(409, "A rule refuses the command"),
        "resync-required": Known(410, "The cursor is over; start again from nothing"),
        "scope-changed": Known(410, "The rights changed; start again from nothing"),
        "version-conflict": Known(412, "The dossier has changed since it was seen"),
        "too-large": Known(413, "Too many bytes"),
        "unsupported-type": Known(415, "This kind of file is not taken"),
        "key-reused": Known(422, "The key was used for other bytes"),
        "client-too-old": Known(426, "This program is too old for the command"),
        "precondition-required": Known(428, "The command must say which version was seen"),
        "rate-limited": Known(429, "Too many requests"),
        "internal": Known(500, "The portal failed"),
        "unavailable": Known(503, "The portal is not available"),
    }
)

_MEMBERS = frozenset({"type", "status", "title", "detail", "instance"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem; ``type`` is the short word of ``KNOWN``, or the whole URI of a stranger.

    ``extras`` holds the extension members, such as ``failed`` (the refused conditions), ``version`` (the one the
    portal has) or ``retry_after_s``.
    """

    type: str
    status: int
    title: str = ""
    detail: str = ""
    extras: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> Any:
        """Tell pydantic, when it asks, that a problem travels as one flat object."""
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(
            from_object, serialization=core_schema.plain_serializer_function_ser_schema(to_object)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: object, handler: object) -> dict[str, Any]:
        """Describe the flat object for the OpenAPI document."""
        text = {"type": "string"}
        return {
            "type": "object",
            "title": "Problem",
            "description": "RFC 9457",
            "properties": {"type": text, "status": {"type": "integer"}, "title": text, "detail": text},
            "required": ["type", "status"],
            "additionalProperties": True,
        }


def problem(type_: str, detail: str = "", **extras: Any) -> Problem:
    """Make a problem of a known type with its own status and title; ``KeyError`` for a type not in the table."""
    known = KNOWN[type_]
    return Problem(type_, known.status, known.title, detail, extras)


def to_object(found: Problem) -> dict[str, Any]:
    """Return the flat JSON object; extension members never hide the five of the RFC."""
    uri = BASE_URI + found.type if found.type in KNOWN else found.type
    plain: dict[str, Any] = {"type": uri, "status": found.status, "title": found.title}
    if found.detail:
        plain["detail"] = found.detail
    return plain | {key: value for key, value in found.extras.items() if key not in _MEMBERS}


def from_object(value: object, status: int = 0) -> Problem:
    """Read a parsed problem; ``status`` (of the HTTP answer) stands in where the object has none.

    Raises ``ValueError`` if ``value`` is no object. Members of the wrong kind are read as absent: a portal that
    fumbles its problem still said no.
    """
    if isinstance(value, Problem):
        return value
    if not isinstance(value, Mapping):
        raise ValueError("a problem is an object")
    uri = _text(value.get("type")) or UNKNOWN
    short = uri.removeprefix(BASE_URI)
    own = value.get("status")
    told = own if isinstance(own, int) and not isinstance(own, bool) and 100 <= own <= 599 else 0
    known = KNOWN.get(short)
    return Problem(
        type=short if known else uri,
        status=status or told or (known.status if known else 500),
        title=_text(value.get("title")),
        detail=_text(value.get("detail")),
        extras={key: item for key, item in value.items() if key not in _MEMBERS},
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
