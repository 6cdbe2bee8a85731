"""A robot that plays the browser at sign-in: opens the page, types, follows the way back to the listener.

Stands apart because command line, demo and tests sign in without a person; only a portal that says it is a sandbox may
be treated so, and that is the caller's question to ask.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from threading import Thread
from urllib.parse import urlsplit

import requests

from app.errors import BadInput, KnownError, Offline

_TIMEOUT_S = 15.0
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
_REDIRECTS = frozenset({302, 303})


class Robot:
    """A callable for ``open_page``; what went wrong stands in ``error``, since no page can tell the program.

    ``on_error``, if given, is called with it on the robot's thread: cancel the waiting sign-in there.
    """

    def __init__(self, username: str, password: str, on_error: Callable[[KnownError], None] | None = None) -> None:
        self._username = username
        self._password = password
        self.error: KnownError | None = None
        self.on_error = on_error
        self._thread: Thread | None = None

    def __call__(self, url: str) -> None:
        """Open the authorize page in a thread of its own and return at once, as a browser does."""
        self._thread = Thread(target=self._browse, args=(url,), name="robot", daemon=True)
        self._thread.start()

    def join(self, timeout_s: float = 30.0) -> None:
        """Wait until the robot is done; raises what went wrong."""
        if self._thread is not None:
            self._thread.join(timeout_s)
        if self.error is not None:
            raise self.error

    def _browse(self, url: str) -> None:
        try:
            self._sign_in(url)
        except KnownError as error:
            self._failed(error)
        except requests.RequestException:
            self._failed(Offline("no-answer", host=urlsplit(url).netloc))

    def _sign_in(self, url: str) -> None:
        with requests.Session() as session:
            session.trust_env = False
            page = session.get(url, timeout=_TIMEOUT_S, allow_redirects=False)
            form = {name: html.unescape(value) for name, value in _HIDDEN.findall(page.text)}
            if page.status_code != 200 or not form:
                raise BadInput("sign-in-failed", reason=f"status {page.status_code}")
            form |= {"username": self._username, "password": self._password}
            target = url.partition("?")[0]
            answer = session.post(target, data=form, timeout=_TIMEOUT_S, allow_redirects=False)
            if answer.status_code not in _REDIRECTS:
                raise BadInput("wrong-password", username=self._username)
            session.get(answer.headers["Location"], timeout=_TIMEOUT_S, allow_redirects=False)

    def _failed(self, error: KnownError) -> None:
        self.error = error
        if self.on_error is not None:
            self.on_error(error)


def browser(username: str, password: str, on_error: Callable[[KnownError], None] | None = None) -> Robot:
    """Return a robot that signs in with a password; see ``Robot``."""
    return Robot(username, password, on_error)
