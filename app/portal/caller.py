"""A request in the officer's name: the token goes on, a stale one is renewed once.

Stands apart so that every endpoint of ``client`` and ``blobs`` treats a 401 in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.clock import Clock
from app.contract.strict_json import NotStrictJson
from app.errors import KnownError, Offline, SignedOut
from app.portal.classify import error_of
from app.portal.exchange import JSON_ANSWER_BYTES, Response, Transport
from app.portal.session import TokenSource


class Caller:
    """Sends with a bearer token; any thread but the GUI's."""

    def __init__(self, transport: Transport, tokens: TokenSource, clock: Clock) -> None:
        self.transport = transport
        self.clock = clock
        self._tokens = tokens

    def send(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        timeout_s: float = 10.0,
        deadline_s: float = 30.0,
        max_bytes: int = JSON_ANSWER_BYTES,
    ) -> Response:
        """Send, and after the portal's own 401 renew and send the same bytes once more; raises as both parts do."""

        def once(token: str) -> Response:
            return self.transport.request(
                method,
                path,
                params=params,
                headers={"Authorization": f"Bearer {token}"} | dict(headers or {}),
                body=body,
                timeout_s=timeout_s,
                deadline_s=deadline_s,
                max_bytes=max_bytes,
            )

        token = self._tokens.current()
        answer = once(token)
        if answer.status == 401 and isinstance(self.error(answer), SignedOut):
            answer = once(self._tokens.renewed(token))
        return answer

    def error(self, answer: Response) -> KnownError:
        """Return the error that an unexpected answer stands for."""
        return error_of(answer, self.clock.now(), self.transport.origin)

    def json(self, answer: Response) -> bytes:
        """Return the body of a 200 with JSON, or raise the answer's error."""
        if answer.status == 200 and answer.media_type == "application/json":
            return answer.body
        raise self.error(answer)

    def unreadable(self, wrong: NotStrictJson) -> Offline:
        """Return the error for JSON that is not what was asked for; the reason never quotes it."""
        return Offline("bad-answer", host=self.transport.origin, reason=str(wrong))
