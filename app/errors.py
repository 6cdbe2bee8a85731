"""Errors: the world (``KnownError``) or us (``BugError``).

    MotCuaError
    ├── KnownError            the world: code + parameters; ``app.texts`` holds the calm Vietnamese sentence
    │   ├── BadInput          what was typed, scanned or attached cannot be taken; nothing was changed
    │   ├── Offline           the portal was not reached: DNS, connection, time-out, captive page, proxy
    │   ├── NotTrusted        TLS could not be verified; never retried without a human
    │   ├── SignedOut         the session is over; work stays queued
    │   ├── PortalProblem     the portal answered with an RFC 9457 problem
    │   ├── Refused           a rule said no: carries the failed conditions
    │   └── StoreTrouble      the profile: locked, read-only, full, damaged, no key
    └── BugError              ours: shown with a report, never swallowed

Stands apart because every layer raises these and none may depend on another for it.
"""

from __future__ import annotations

from typing import Any


class MotCuaError(Exception):
    """Root of all errors this program raises on purpose."""


class KnownError(MotCuaError):
    """Something in the world went wrong; ``code`` and ``params`` name a sentence of ``app.texts``."""

    def __init__(self, code: str, /, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return f"{self.code} {self.params}" if self.params else self.code


class BadInput(KnownError):
    """What was typed, scanned or attached cannot be taken."""


class Offline(KnownError):
    """The portal was not reached, or something that is not the portal answered."""


class NotTrusted(KnownError):
    """The portal's certificate could not be verified."""


class SignedOut(KnownError):
    """The session is over; queued work waits for its officer."""


class PortalProblem(KnownError):
    """The portal answered with a problem; ``status`` is the HTTP status, ``retry_after_s`` its own wish."""

    def __init__(self, code: str, /, *, status: int, retry_after_s: float | None = None, **params: Any) -> None:
        super().__init__(code, **params)
        self.status = status
        self.retry_after_s = retry_after_s


class Refused(KnownError):
    """A rule said no; ``failed`` holds ``app.domain.transitions.Failed`` rows in order."""

    def __init__(self, failed: tuple[Any, ...]) -> None:
        first = failed[0]
        super().__init__(first.code, **dict(first.params))
        self.failed = failed


class StoreTrouble(KnownError):
    """The profile cannot be used as it is: locked, read-only, full, damaged, without key."""


class BugError(MotCuaError):
    """Our own mistake: a broken invariant, a wrong thread, an impossible branch."""
