"""What the HTTP library raises, said in the words of ``app.errors``.

Stands apart because the order of the questions matters and is easily broken: ``requests.SSLError`` is a
``ConnectionError``, a refused proxy hides in an ``OSError``'s text, and a cut body comes as five different classes. So
the chain of causes is walked and a table, in order, gives the code.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

import requests
import urllib3

from app.errors import KnownError, NotTrusted, Offline

_Causes = tuple[type[BaseException], ...]

_TRUST: _Causes = (ssl.SSLCertVerificationError, ssl.CertificateError)
_TABLE: tuple[tuple[_Causes, str], ...] = (
    ((urllib3.exceptions.NameResolutionError, socket.gaierror), "no-dns"),
    ((urllib3.exceptions.ProxyError, requests.exceptions.ProxyError), "proxy-failed"),
    ((urllib3.exceptions.NewConnectionError, ConnectionRefusedError), "connection-refused"),
    ((urllib3.exceptions.ConnectTimeoutError, requests.exceptions.ConnectTimeout), "connect-timeout"),
    ((urllib3.exceptions.ReadTimeoutError, requests.exceptions.ReadTimeout, TimeoutError), "no-answer"),
    ((requests.exceptions.ContentDecodingError, urllib3.exceptions.DecodeError), "bad-answer"),
    ((requests.exceptions.ChunkedEncodingError, urllib3.exceptions.IncompleteRead), "cut-answer"),
    ((urllib3.exceptions.ProtocolError, ConnectionError), "cut-answer"),
)


def known_error(raised: BaseException, host: str) -> KnownError:
    """Return the error that the rest of the program knows; certificates come first, strangers are ``cut-answer``."""
    chain = tuple(_causes(raised))
    if any(isinstance(cause, _TRUST) for cause in chain):
        return NotTrusted("tls-not-trusted", host=host)
    if any("407" in str(cause) and "unnel" in str(cause) for cause in chain if isinstance(cause, OSError)):
        return Offline("proxy-password", host=host)
    for kinds, code in _TABLE:
        if any(isinstance(cause, kinds) for cause in chain):
            return Offline(code, host=host)
    if any(isinstance(cause, (ssl.SSLError, requests.exceptions.SSLError)) for cause in chain):
        return Offline("tls-handshake", host=host)
    return Offline("cut-answer", host=host)


def _causes(raised: BaseException) -> Iterator[BaseException]:
    """Walk causes, contexts, urllib3's ``reason`` and wrapped arguments, each once."""
    waiting: list[object] = [raised]
    seen: set[int] = set()
    while waiting:
        cause = waiting.pop(0)
        if not isinstance(cause, BaseException) or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        waiting += [cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args]
