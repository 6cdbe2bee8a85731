"""The one-shot listener that the browser returns to after sign-in (RFC 8252 §7.3).

Stands apart because it is the only door this program opens to others on the machine: any local program or web page may
knock. It listens on 127.0.0.1 only, answers one path, takes nothing without the right state, and shows constant pages.
"""

from __future__ import annotations

import hmac
import socketserver
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from app.errors import BadInput

PATH = "/callback"

_PAGE = (
    '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Một Cửa</title>'
    '<body style="font:18px sans-serif;margin:15vh auto;max-width:32em"><p>{}</p></body></html>'
)
_DONE = _PAGE.format("Đã đăng nhập. Có thể đóng thẻ này và quay lại chương trình Một Cửa.")
_NOT_OURS = _PAGE.format("Địa chỉ này không thuộc lần đăng nhập đang chờ. Hãy đăng nhập lại từ chương trình Một Cửa.")


class CallbackListener:
    """Waits for one browser to come back with ``state``; use as a context."""

    def __init__(self, state: str) -> None:
        self._state = state
        self._answers: SimpleQueue[str | None] = SimpleQueue()
        self._once = Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.listener = self
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), name="sign-in callback", daemon=True)

    @property
    def port(self) -> int:
        """The random port; it is free again when the context ends."""
        return int(self._server.server_address[1])

    @property
    def redirect_uri(self) -> str:
        """The exact address that the portal must send the browser to."""
        return f"http://127.0.0.1:{self.port}{PATH}"

    def wait(self, timeout_s: float) -> str:
        """Return the query of the first true callback.

        Raises ``BadInput`` with ``sign-in-timeout`` or ``sign-in-cancelled``.
        """
        try:
            query = self._answers.get(timeout=timeout_s)
        except Empty:
            raise BadInput("sign-in-timeout") from None
        if query is None:
            raise BadInput("sign-in-cancelled")
        return query

    def cancel(self) -> None:
        """End the wait; any thread."""
        self._answers.put(None)

    def take(self, host: str, target: str) -> bool:
        """Take a knock if it is the awaited one; the first true one wins and no other is ever taken."""
        parts = urlsplit(target)
        if host != f"127.0.0.1:{self.port}" or parts.scheme or parts.netloc or parts.path != PATH:
            return False
        fields = parse_qs(parts.query, keep_blank_values=True, max_num_fields=10)
        single = all(len(values) == 1 for values in fields.values())
        state = fields.get("state", [""])[0].encode()
        if not single or not hmac.compare_digest(state, self._state.encode()) or not {"code", "error"} & set(fields):
            return False
        if not self._once.acquire(blocking=False):
            return False
        self._answers.put(parts.query)
        return True

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, at: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    """On Windows address reuse would let another program take the port beside us."""

    allow_reuse_address = False
    daemon_threads = True
    block_on_close = False
    listener: CallbackListener

    def server_bind(self) -> None:
        """Bind without the reverse name look-up of the base class, which can take seconds on an office network."""
        if sys.platform == "win32":
            import socket

            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that breaks off is nobody's business."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 5
    server_version = "motcua"
    sys_version = ""

    def do_GET(self) -> None:
        try:
            taken = self.server.listener.take(self.headers.get("Host", ""), self.path)
        except ValueError:
            taken = False
        page = (_DONE if taken else _NOT_OURS).encode()
        self.send_response(200 if taken else 400)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *args: Any) -> None:
        """Write nothing: the request line holds the code."""
