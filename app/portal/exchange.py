"""One exchange with the portal as the rest of this package sees it: a request goes in, a status and bytes come out.

Stands apart from ``transport`` so that client, classification and sign-in, and every fake in a test, do not load the
HTTP library.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypedDict, Unpack

JSON_ANSWER_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Response:
    """An answer with a status line; ``headers`` has lower-case names; ``body`` is decoded and never shown in a repr."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = field(default=b"", repr=False)

    def header(self, name: str) -> str:
        """Return a header's value, or an empty text."""
        return self.headers.get(name.lower(), "")

    @property
    def media_type(self) -> str:
        """The content type without parameters, in lower case."""
        return self.header("content-type").partition(";")[0].strip().lower()


class Asked(TypedDict, total=False):
    """What one exchange may be told beside method and path.

    ``timeout_s`` (10) bounds each wait on the network, ``deadline_s`` (30) the whole exchange, ``max_bytes`` (10 MiB)
    the decoded answer.
    """

    params: Mapping[str, str] | None
    headers: Mapping[str, str] | None
    body: bytes | None
    timeout_s: float
    deadline_s: float
    max_bytes: int


class Transport(Protocol):
    """Carries one request; never follows a redirect, never repeats anything by itself."""

    @property
    def origin(self) -> str:
        """``scheme://host[:port]`` of the portal."""
        ...

    def request(self, method: str, path: str, **asked: Unpack[Asked]) -> Response:
        """Send and wait; any thread but the GUI's.

        Raises ``Offline`` or ``NotTrusted``; every answer with a status line is returned, whatever it says.
        """
        ...

    def close(self) -> None:
        """End running exchanges (they raise ``Offline``) and all connections."""
        ...
