"""The portal's address: what is allowed as one, and whether it is this machine.

Stands apart because the profile, the transport and the keys must agree on it to the letter.
"""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from app.errors import BadInput


def normal_origin(text: str) -> str:
    """Return ``scheme://host[:port]`` in lower case.

    ``https`` for any host, ``http`` only for loopback (a sandbox on this machine). Raises
    ``BadInput("bad-portal-address")`` for anything else: a path, a name and password, a query, another scheme.
    """
    address = text.strip()
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as wrong:
        raise BadInput("bad-portal-address", address=address) from wrong
    clean = parts.path in ("", "/") and not (parts.query or parts.fragment or parts.username or parts.password)
    visible = address.isascii() and address.isprintable() and not any(char in address for char in " \\@?#")
    if not host or not clean or not visible or parts.scheme not in ("https", "http"):
        raise BadInput("bad-portal-address", address=address)
    if parts.scheme == "http" and not _is_loopback_host(host):
        raise BadInput("portal-not-https", address=address)
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port else "")


def is_loopback(origin: str) -> bool:
    """Say whether the origin is this machine: 127.0.0.0/8, ::1 or ``localhost``."""
    return _is_loopback_host(urlsplit(origin).hostname or "")


def _is_loopback_host(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
