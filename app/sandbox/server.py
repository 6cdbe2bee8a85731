"""The running sandbox: application, faults, background worker and uvicorn in a thread.

Stands apart because tests, ``--demo`` and ``sandbox serve`` start and stop the very same thing.
"""

from __future__ import annotations

import logging
import socket
import sys
from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self

import anyio.to_thread
import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError

from app.clock import Clock
from app.contract.problems import problem
from app.sandbox.answers import Problematic, problem_response
from app.sandbox.blob_routes import blob_routes
from app.sandbox.channels.worker import Worker
from app.sandbox.citizen_routes import citizen_routes
from app.sandbox.control_routes import control_routes
from app.sandbox.faults import FaultLayer, FaultPlan
from app.sandbox.gateway_routes import gateway_routes
from app.sandbox.number_routes import number_routes
from app.sandbox.oauth_routes import oauth_routes
from app.sandbox.officer_routes import officer_routes
from app.sandbox.portal import Portal
from app.sandbox.seeding.run import seed_dossiers
from app.sandbox.shedding import Shedding, Slots

_START_TIMEOUT_S = 30.0
_THREADS = 80  # half of them may stand in a long wait of the feed
_log = logging.getLogger("motcua.sandbox")


def application(portal: Portal, plan: FaultPlan) -> FaultLayer:
    """Return the whole ASGI application over a portal."""
    app = FastAPI(title="Một Cửa sandbox", openapi_url=None, docs_url=None, redoc_url=None)

    @app.exception_handler(Problematic)
    def _problem(_request: Request, raised: Problematic) -> Response:
        return problem_response(raised.problem)

    @app.exception_handler(RequestValidationError)
    def _unreadable(_request: Request, raised: RequestValidationError) -> Response:
        where = ", ".join(str(error["loc"][-1]) for error in raised.errors())
        return problem_response(problem("bad-request", f"cannot be read: {where}"))

    @app.exception_handler(404)
    def _nowhere(_request: Request, _raised: Exception) -> Response:
        return problem_response(problem("not-found", "No such address"))

    @app.exception_handler(Exception)
    def _failed(_request: Request, _raised: Exception) -> Response:
        return problem_response(problem("internal"))

    for router in (
        oauth_routes(portal), officer_routes(portal), blob_routes(portal), number_routes(portal),
        citizen_routes(portal), gateway_routes(portal), control_routes(portal, plan),
    ):  # fmt: skip
        app.include_router(router)
    return FaultLayer(Shedding(app, Slots()), plan)


class _Uvicorn(uvicorn.Server):
    """Says when it takes requests."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        anyio.to_thread.current_default_thread_limiter().total_tokens = _THREADS
        await super().startup(sockets)
        self.ready.set()


class SandboxServer:
    """A sandbox portal on 127.0.0.1; ``port`` 0 takes a free one. Use ``start`` and ``stop``, or as a context.

    ``dossiers`` are seeded once, into an empty data folder. ``now`` lets the portal's clock start there and run on.
    """

    def __init__(
        self,
        data_dir: Path | str,
        *,
        port: int = 0,
        dossiers: int = 0,
        seed: int = 1,
        now: datetime | None = None,
        database_url: str | None = None,
        base_clock: Clock | None = None,
    ) -> None:
        self.portal = Portal(Path(data_dir), database_url=database_url, now=now, base=base_clock)
        self.faults = FaultPlan()
        self.base_url = ""
        self._port = port
        self._seed = (dossiers, seed)
        self._worker = Worker(self.portal)
        self._server: _Uvicorn | None = None
        self._thread: Thread | None = None
        self._socket: socket.socket | None = None

    def start(self) -> str:
        """Seed if asked, listen, and return the base URL; raises OSError when the port is taken."""
        count, seed = self._seed
        if count:
            seed_dossiers(self.portal, count, seed)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if sys.platform != "win32":  # there it would let two sandboxes share a port
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", self._port))
        config = uvicorn.Config(
            application(self.portal, self.faults), log_config=None, access_log=False, lifespan="off", ws="none",
            timeout_graceful_shutdown=3, timeout_keep_alive=60,
        )  # fmt: skip
        self._server = _Uvicorn(config)
        self._thread = Thread(target=self._server.run, args=([self._socket],), name="sandbox", daemon=True)
        self._thread.start()
        if not self._server.ready.wait(_START_TIMEOUT_S):
            raise OSError("the sandbox did not start")
        self.base_url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._worker.start()
        _log.info("sandbox at %s", self.base_url)
        return self.base_url

    def hang_up(self, prefix: str) -> None:
        """Break every connection whose last request was under ``prefix``, a waiting one too; any thread."""
        if self._server is None:
            return
        for line in list(self._server.server_state.connections):
            scope = getattr(line, "scope", None)
            if scope is not None and scope["path"].startswith(prefix):
                line.loop.call_soon_threadsafe(line.transport.abort)

    def stop(self) -> None:
        """End requests, worker and database; twice does no harm."""
        self.portal.database.closing = True
        self.portal.database.wake()
        self._worker.stop()
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(10)
        if self._socket is not None:
            self._socket.close()
        self.portal.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, at: TracebackType | None
    ) -> None:
        self.stop()
