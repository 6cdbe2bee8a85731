"""A request in the officer's name: the token goes on, a stale one is renewed once.

Stands apart so that every endpoint of ``client`` and ``blobs`` treats a 401 in the same way.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, Unpack

from app.contract.strict_json import NotStrictJson
from app.errors import KnownError, Offline, SignedOut
from app.portal.classify import error_of
from app.portal.exchange import Asked, Response, Transport
from app.portal.session import TokenSource

Read = TypeVar("Read")


class Caller:
    """Sends with a bearer token; any thread but the GUI's."""

    def __init__(self, transport: Transport, tokens: TokenSource) -> None:
        self.transport = transport
        self._tokens = tokens

    def send(self, method: str, path: str, **asked: Unpack[Asked]) -> Response:
        """Send, and after the portal's own 401 renew and send the same bytes once more; raises as both parts do."""
        token = self._tokens.current()
        answer = self._once(token, method, path, asked)
        if answer.status == 401 and isinstance(self.error(answer), SignedOut):
            answer = self._once(self._tokens.renewed(token), method, path, asked)
        return answer

    def _once(self, token: str, method: str, path: str, asked: Asked) -> Response:
        headers = {"Authorization": f"Bearer {token}"} | dict(asked.get("headers") or {})
        return self.transport.request(method, path, **(asked | {"headers": headers}))

    def end(self, why: str) -> SignedOut:
        """Send nothing more with these tokens; see ``TokenSource.end``."""
        return self._tokens.end(why)

    def error(self, answer: Response) -> KnownError:
        """Return the error that an unexpected answer stands for."""
        return error_of(answer, self.transport.origin)

    def read(self, answer: Response, decode: Callable[[bytes], Read], good: tuple[int, ...] = (200,)) -> Read:
        """Return the JSON of a ``good`` answer as ``decode`` reads it, or raise the answer's error; see ``read``."""
        return read(answer, decode, self.transport.origin, good)


def read(
    answer: Response, decode: Callable[[bytes], Read], host: str, good: tuple[int, ...] = (200,)
) -> Read:
    """Return the JSON of a ``good`` answer as ``decode`` reads it, or raise the error that the answer stands for.

    JSON that is not what was asked for is ``Offline("bad-answer")``; the reason never quotes it.
    """
    if answer.status not in good or answer.media_type != "application/json":
        raise error_of(answer, host)
    try:
        return decode(answer.body)
    except NotStrictJson as wrong:
        raise Offline("bad-answer", host=host, reason=str(wrong)) from wrong
