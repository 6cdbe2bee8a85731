"""HTTP to one origin: the client's one ``import requests``.

Stands apart because the library's defaults are unsafe for money: it follows redirects and turns a POST into a GET, lets
``.netrc`` replace our token, obeys proxy variables of the environment, has no total deadline and no limit on what a
compressed body unfolds to. All of that is set here, once, and nothing here repeats a request. Import it late: the
library costs more than the first window.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.cookiejar import DefaultCookiePolicy
from threading import Lock
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter

from app import gui_guard
from app.clock import Clock
from app.errors import BugError, Offline
from app.portal.deadline_watch import DeadlineWatch
from app.portal.exchange import JSON_ANSWER_BYTES, Response, Transport
from app.portal.failures import known_error
from app.portal.origin import is_loopback, normal_origin

__all__ = ["RequestsTransport", "Response", "Transport", "system_tls"]

# The library quotes addresses and broken headers in its warnings; both may hold what belongs in no log.
logging.getLogger("urllib3").setLevel(logging.ERROR)

_CHUNK_BYTES = 64 * 1024
_DEFAULT_HEADERS = {
    "Accept": "application/json, application/problem+json",
    "Accept-Encoding": "gzip",
    "User-Agent": "motcua-desk",
}


def system_tls() -> ssl.SSLContext:
    """Return a context that trusts what this machine's own certificate store trusts, TLS 1.2 or newer."""
    import truststore

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class RequestsTransport:
    """Carries exchanges to ``origin`` with pooled connections; any threads but the GUI's.

    ``proxy`` is the one in the settings (``http://[name:password@]host:port``), never one from the environment, and
    is left aside for a loopback portal. ``tls`` serves a province's own certificate authority and tests: a context
    that does not verify is a ``BugError``. Raises ``BadInput`` for an address that is not allowed.
    """

    def __init__(
        self, origin: str, *, clock: Clock, proxy: str | None = None, tls: ssl.SSLContext | None = None
    ) -> None:
        self._origin = normal_origin(origin)
        self._clock = clock
        self._proxies = {"http": proxy, "https": proxy} if proxy and not is_loopback(self._origin) else {}
        self._lock = Lock()
        self._running: set[DeadlineWatch] = set()
        self._closed = False
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers.clear()
        self._session.headers.update(_DEFAULT_HEADERS)
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.adapters.clear()
        self._session.mount(self._origin, _Adapter(_checked(tls) if tls else None, self._origin))

    @property
    def origin(self) -> str:
        """``scheme://host[:port]`` of the portal."""
        return self._origin

    def request(
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
        """Send and wait; see ``exchange.Transport.request``."""
        gui_guard.check("portal transport")
        if not path.startswith("/"):
            raise BugError(f"not a path: {path!r}")
        told = {"Content-Type": "application/json"} if body is not None else {}
        ends = self._clock.monotonic() + deadline_s
        with self._watched(deadline_s) as watch:
            try:
                with self._session.request(
                    method,
                    self._origin + path,
                    params=params,
                    headers=told | dict(headers or {}),
                    data=body,
                    timeout=min(timeout_s, deadline_s),
                    allow_redirects=False,
                    stream=True,
                    proxies=self._proxies,
                    verify=True,
                ) as answer:
                    content = self._read(answer, watch, ends, max_bytes)
            except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as raised:
                if watch.ended:
                    raise Offline("no-answer", host=self._origin) from raised
                raise known_error(raised, self._origin) from raised
        return Response(answer.status_code, {name.lower(): value for name, value in answer.headers.items()}, content)

    def close(self) -> None:
        """End running exchanges (they raise ``Offline("no-answer")``) and all connections; any thread."""
        with self._lock:
            self._closed = True
            running = list(self._running)
        for watch in running:
            watch.end()
        self._session.close()

    @contextmanager
    def _watched(self, deadline_s: float) -> Iterator[DeadlineWatch]:
        watch = DeadlineWatch(deadline_s)
        with self._lock:
            if self._closed:
                raise Offline("no-answer", host=self._origin)
            self._running.add(watch)
        try:
            with watch:
                yield watch
        finally:
            with self._lock:
                self._running.discard(watch)

    def _read(self, answer: requests.Response, watch: DeadlineWatch, ends: float, max_bytes: int) -> bytes:
        announced = answer.headers.get("Content-Length", "")
        if announced.isdecimal() and _exceeds(announced, max_bytes) and answer.request.method != "HEAD":
            raise Offline("answer-too-large", host=self._origin)
        content = bytearray()
        for chunk in answer.iter_content(_CHUNK_BYTES):
            content += chunk
            if len(content) > max_bytes:
                raise Offline("answer-too-large", host=self._origin)
            if self._clock.monotonic() > ends:
                raise Offline("no-answer", host=self._origin)
        # A connection shut by the watch looks like the end of a body without a length.
        if watch.ended:
            raise Offline("no-answer", host=self._origin)
        return bytes(content)


def _exceeds(digits: str, limit: int) -> bool:
    """Compare without reading a number of any length: Python refuses to read more than 4,300 digits."""
    digits = digits.lstrip("0")
    return len(digits) > len(str(limit)) or int(digits or "0") > limit


def _checked(tls: ssl.SSLContext) -> ssl.SSLContext:
    if tls.verify_mode != ssl.CERT_REQUIRED or not tls.check_hostname:
        raise BugError("a TLS context that does not verify")
    if tls.minimum_version < ssl.TLSVersion.TLSv1_2:
        tls.minimum_version = ssl.TLSVersion.TLSv1_2
    return tls


class _Watched:
    """A connection that shows its socket to the watch of the thread it works for."""

    sock: Any

    def _new_conn(self) -> Any:
        connected = super()._new_conn()  # type: ignore[misc]
        _show(connected)
        return connected

    def request(self, *args: Any, **kwargs: Any) -> None:
        _show(self.sock)
        super().request(*args, **kwargs)  # type: ignore[misc]


def _show(connected: Any) -> None:
    watch = DeadlineWatch.of_this_thread()
    if watch is not None and connected is not None:
        watch.hold(connected)


class _HTTPConnection(_Watched, urllib3.connection.HTTPConnection):
    pass


class _HTTPSConnection(_Watched, urllib3.connection.HTTPSConnection):
    pass


class _HTTPPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _HTTPConnection


class _HTTPSPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _HTTPSConnection


_POOLS = {"http": _HTTPPool, "https": _HTTPSPool}


class _Adapter(HTTPAdapter):
    """Our TLS context and watched connections, on this session only: nothing is injected into the library."""

    def __init__(self, tls: ssl.SSLContext | None, origin: str) -> None:
        self._tls = tls or (system_tls() if origin.startswith("https:") else None)
        super().__init__(pool_maxsize=8, max_retries=urllib3.Retry(0, read=False))

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._tls, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, ssl_context=self._tls, **kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Demand a certificate without the library's own bundle, which would be added to the machine's store."""
        conn.cert_reqs = "CERT_REQUIRED"
        conn.ca_certs = None
        conn.ca_cert_dir = None
