"""Signing in: OAuth 2 code with PKCE S256, in the system's browser, back to a loopback listener (RFC 7636, RFC 8252).

Stands apart because it is the one moment a password is typed, and it is typed into the portal's own page, never into
this program. ``oauthlib`` speaks the protocol, our transport carries it.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any

from app import gui_guard
from app.clock import Clock
from app.errors import BadInput, Offline
from app.portal.callback import CallbackListener
from app.portal.exchange import Transport
from app.portal.session import CLIENT_ID, Session, Tokens, TokenStorage, ask_for_tokens

__all__ = ["Session", "SignIn", "TokenStorage", "Tokens", "Transport"]

AUTHORIZE_PATH = "/oauth/authorize"


class SignIn:
    """One attempt; ``open_page`` shows the portal's page: ``webbrowser.open``, or the robot that plays the browser."""

    def __init__(self, transport: Transport, *, clock: Clock, open_page: Callable[[str], object]) -> None:
        self._transport = transport
        self._clock = clock
        self._open_page = open_page
        self._lock = Lock()
        self._listener: CallbackListener | None = None
        self._cancelled = False

    def run(self, *, timeout_s: float = 300.0, username: str = "") -> Tokens:
        """Open the page, wait for the browser to come back, change the code for tokens; worker threads only.

        ``username`` is only a hint for the page. Raises ``BadInput`` with ``no-browser``, ``sign-in-timeout``,
        ``sign-in-cancelled``, ``sign-in-denied`` or ``sign-in-failed``; ``Offline``; ``NotTrusted``.
        """
        gui_guard.check("sign-in")
        from oauthlib.oauth2 import WebApplicationClient

        client = WebApplicationClient(CLIENT_ID)
        verifier: str = client.create_code_verifier(64)
        state: str = client.create_code_verifier(43)
        with CallbackListener(state) as listener:
            self._begin(listener)
            try:
                address = self._address(client, listener.redirect_uri, verifier, state, username)
                if self._open_page(address) is False:
                    raise BadInput("no-browser")
                code = _code_in(client, listener.wait(timeout_s), state)
                redirect_uri = listener.redirect_uri
            finally:
                with self._lock:
                    self._listener = None
        form: str = client.prepare_request_body(code=code, redirect_uri=redirect_uri, code_verifier=verifier)
        return ask_for_tokens(self._transport, form, self._clock)

    def cancel(self) -> None:
        """End the attempt, ``run`` raises ``sign-in-cancelled``; any thread."""
        with self._lock:
            self._cancelled = True
            if self._listener is not None:
                self._listener.cancel()

    def _begin(self, listener: CallbackListener) -> None:
        with self._lock:
            if self._cancelled:
                raise BadInput("sign-in-cancelled")
            self._listener = listener

    def _address(self, client: Any, redirect_uri: str, verifier: str, state: str, username: str) -> str:
        # oauthlib takes https only; that http means loopback is already the transport's rule.
        secure = "https://portal"
        uri: str = client.prepare_request_uri(
            secure + AUTHORIZE_PATH,
            redirect_uri=redirect_uri,
            state=state,
            code_challenge=client.create_code_challenge(verifier, "S256"),
            code_challenge_method="S256",
            login_hint=username,
        )
        return self._transport.origin + uri.removeprefix(secure)


def _code_in(client: Any, query: str, state: str) -> str:
    from oauthlib.oauth2 import AccessDeniedError, OAuth2Error

    try:
        found = client.parse_request_uri_response(f"https://127.0.0.1/callback?{query}", state=state)
    except AccessDeniedError as denied:
        raise BadInput("sign-in-denied") from denied
    except OAuth2Error as wrong:
        raise BadInput("sign-in-failed", reason=str(wrong.error)) from wrong
    code = found.get("code")
    if not isinstance(code, str) or not code:
        raise Offline("bad-answer")
    return code
