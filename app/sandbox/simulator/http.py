"""The simulator's HTTP: JSON to the sandbox's private doors, answers or the reason why not.

Stands apart so that verbs read as acts of a citizen. Proxies of the environment are left aside: the sandbox is on this
machine.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import requests

from app.errors import BadInput, Offline

_TIMEOUT_S = 60.0


class SandboxHttp:
    """One sandbox by its base URL; one thread."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")
        self._session = requests.Session()
        self._session.trust_env = False

    def get(self, path: str, **params: str) -> Any:
        """Return the JSON of a GET; raises Offline, or BadInput ``sandbox-refused``."""
        return self._ask("GET", path, params=params)

    def post(self, path: str, value: object = None, **params: str) -> Any:
        """Return the JSON of a POST; raises as ``get``."""
        return self._ask("POST", path, params=params, json={} if value is None else value)

    def status(self, path: str, value: object) -> int:
        """Return only the HTTP status of a POST, as a partner sees it; raises Offline."""
        try:
            return self._session.post(self.base_url + path, json=value, timeout=_TIMEOUT_S).status_code
        except requests.RequestException as error:
            raise Offline("no-answer", host=self.base_url) from error

    def post_file(self, content: bytes, name: str, mime: str) -> Any:
        """Hand in one file; raises as ``get``."""
        headers = {"Content-Type": mime, "X-File-Name": quote(name)}
        return self._ask("POST", "/citizen/files", data=content, headers=headers)

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def __enter__(self) -> SandboxHttp:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    def _ask(self, method: str, path: str, **how: Any) -> Any:
        try:
            answer = self._session.request(method, self.base_url + path, timeout=_TIMEOUT_S, **how)
            value = answer.json()
        except requests.RequestException as error:
            raise Offline("no-answer", host=self.base_url) from error
        if answer.status_code >= 400:
            why = str(value.get("detail") or value.get("title") or answer.status_code)
            raise BadInput("sandbox-refused", reason=why)
        return value
