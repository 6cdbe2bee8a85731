"""The officer's session: two tokens, renewed once for all threads that find them stale.

Stands apart from sign-in, which happens once in the morning, while this is asked before every request. Tokens are kept
by whoever is injected (the encrypted store); they never stand in a repr, a log line or an error.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Protocol
from urllib.parse import urlencode

from app.clock import Clock
from app.contract import strict_json
from app.contract.strict_json import NotStrictJson
from app.errors import BadInput, KnownError, Offline, SignedOut, StoreTrouble
from app.portal.classify import error_of
from app.portal.exchange import Response, Transport

CLIENT_ID = "motcua-desk"
RENEW_BEFORE = timedelta(seconds=60)

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class Tokens:
    """Access and refresh token of one officer, and when the access token ends (aware, this machine's clock)."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_at: datetime


class TokenStorage(Protocol):
    """Where tokens live between starts: the officer's encrypted store."""

    def load(self) -> Tokens | None:
        """Return what was saved last, or ``None``."""
        ...

    def save(self, tokens: Tokens) -> None:
        """Replace what is there, durably, before returning: a rotated refresh token exists only once."""
        ...

    def clear(self) -> None:
        """Forget them."""
        ...


class TokenSource(Protocol):
    """What the client needs of a session."""

    def current(self) -> str:
        """Return an access token; raises ``SignedOut``, or ``Offline`` when it had to be renewed and could not."""
        ...

    def renewed(self, stale: str) -> str:
        """Return another access token than ``stale``, which the portal refused; raises as ``current`` does."""
        ...

    def end(self, why: str) -> SignedOut:
        """Let nothing more be asked with these tokens; return the error that says ``why``."""
        ...


class Session:
    """A ``TokenSource`` over a storage; any thread but the GUI's."""

    def __init__(self, transport: Transport, storage: TokenStorage, *, clock: Clock) -> None:
        self._transport = transport
        self._storage = storage
        self._clock = clock
        self._lock = Lock()
        self._unsaved: Tokens | None = None
        self._over = "session-over"

    def current(self) -> str:
        """Return an access token, renewed a minute before its end."""
        tokens = self._loaded()
        if tokens.expires_at - self._clock.now() > RENEW_BEFORE:
            return tokens.access
        return self.renewed(tokens.access)

    def renewed(self, stale: str) -> str:
        """Renew once: threads that come with the same stale token wait and take the first one's result."""
        with self._lock:
            tokens = self._loaded()
            if tokens.access != stale:
                return tokens.access
            form = {"grant_type": "refresh_token", "refresh_token": tokens.refresh, "client_id": CLIENT_ID}
            try:
                fresh = ask_for_tokens(self._transport, urlencode(form), self._clock)
            except BadInput as refused:
                self._storage.clear()
                raise SignedOut(self._over) from refused
            self._keep(fresh)
            return fresh.access

    def end(self, why: str) -> SignedOut:
        """Forget the tokens of this machine; from now on everything that is asked raises what is returned."""
        with self._lock:
            self._over, self._unsaved = why, None
            self._storage.clear()
        return SignedOut(why)

    def sign_out(self) -> None:
        """Forget the tokens, and tell the portal if it can be reached; never raises for the network."""
        with self._lock:
            tokens, self._unsaved = self._unsaved or self._storage.load(), None
            self._storage.clear()
        if tokens is None:
            return
        form = {"token": tokens.refresh, "token_type_hint": "refresh_token", "client_id": CLIENT_ID}
        try:
            self._transport.request(
                "POST", "/oauth/revoke", headers=_FORM, body=urlencode(form).encode(), timeout_s=3.0, deadline_s=5.0
            )
        except KnownError:
            return

    def _keep(self, tokens: Tokens) -> None:
        """Keep renewed tokens; while the disk refuses, in memory: the portal has forgotten the ones before."""
        self._unsaved = tokens
        with suppress(StoreTrouble):
            self._storage.save(tokens)
            self._unsaved = None

    def _loaded(self) -> Tokens:
        if self._unsaved is not None:
            return self._unsaved
        tokens = self._storage.load()
        if tokens is None:
            raise SignedOut(self._over)
        return tokens


def ask_for_tokens(transport: Transport, form: str, clock: Clock) -> Tokens:
    """POST an URL-encoded form to ``/oauth/token``.

    Raises ``BadInput("sign-in-failed")`` if the portal refuses the grant, and as ``classify.error_of`` otherwise.
    """
    asked = clock.now()
    answer = transport.request("POST", "/oauth/token", headers=_FORM, body=form.encode("ascii"))
    if answer.status in (400, 401) and _grant_error(answer):
        raise BadInput("sign-in-failed", reason=_grant_error(answer))
    if answer.status != 200 or answer.media_type != "application/json":
        raise error_of(answer, transport.origin)
    return _tokens_in(answer, asked, transport.origin)


def _tokens_in(answer: Response, asked: datetime, host: str) -> Tokens:
    try:
        found = strict_json.loads(answer.body, max_bytes=64 * 1024)
    except NotStrictJson as wrong:
        raise Offline("bad-answer", host=host) from wrong
    if isinstance(found, dict):
        kind, access, refresh = (found.get(name) for name in ("token_type", "access_token", "refresh_token"))
        lasts_s = found.get("expires_in")
        texts = (isinstance(text, str) and text.isascii() and text.isprintable() and text for text in (access, refresh))
        if all(texts) and str(kind).lower() == "bearer" and isinstance(lasts_s, int) and 0 < lasts_s <= 366 * 86400:
            return Tokens(str(access), str(refresh), asked + timedelta(seconds=lasts_s))
    raise Offline("bad-answer", host=host)


def _grant_error(answer: Response) -> str:
    """Return OAuth's ``error`` word, which only a JSON answer can hold."""
    if answer.media_type != "application/json":
        return ""
    try:
        found = strict_json.loads(answer.body, max_bytes=64 * 1024)
    except NotStrictJson:
        return ""
    error = found.get("error") if isinstance(found, dict) else None
    return error if isinstance(error, str) else ""
