"""E-mail over real SMTP to a sink of the sandbox's own, which plays the citizens' mail servers.

Stands apart as one of three channels. The local part scripts the outcome: ``full…`` has a full mailbox (452),
``nobody…`` does not exist (550), the server of ``down…`` cannot be connected to.
"""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Callable
from email import message_from_bytes, policy
from email.header import Header
from email.mime.text import MIMEText
from typing import Any

from aiosmtpd.controller import Controller

from app.sandbox.channels.outcome import DELIVERED, Outcome, again, failed

SENDER = "khong-tra-loi@sandbox.motcua.test"
_TIMEOUT_S = 10.0

Taken = Callable[[str, str, str, str], None]


class Sink:
    """The receiving mail server; ``taken(message_id, address, title, body)`` gets each letter, on its own thread."""

    port = 0
    """Where it listens, once it does."""

    def __init__(self, taken: Taken) -> None:
        self._mailbox = _Mailbox(taken)
        self._controller: Controller | None = None

    def start(self) -> None:
        """Listen on loopback."""
        self._controller = _Listening(self._mailbox, socket.create_server(("127.0.0.1", 0)))
        self.port = self._controller.port
        self._controller.start()

    def stop(self) -> None:
        """Listen no more."""
        if self._controller is not None:
            self._controller.stop()


class _Listening(Controller):
    """Serves a socket that is bound already: a port that was only looked for may be another program's by then."""

    def __init__(self, mailbox: _Mailbox, bound: socket.socket) -> None:
        host, port = bound.getsockname()
        super().__init__(mailbox, hostname=host, port=port)
        self._bound = bound

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self._bound)


class _Mailbox:
    """Answers as the citizens' servers would."""

    def __init__(self, taken: Taken) -> None:
        self._taken = taken

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, server: Any, session: Any, envelope: Any, address: str, rcpt_options: list[str]
    ) -> str:
        """Take or refuse a recipient by the local part."""
        if address.startswith("full"):
            return "452 4.2.2 Mailbox full"
        if address.startswith("nobody"):
            return "550 5.1.1 No such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - as above
        """Keep the letter."""
        letter = message_from_bytes(envelope.content, policy=policy.default)
        body = letter.get_body(("plain",))
        text = body.get_content().rstrip("\n") if body is not None else ""
        for address in envelope.rcpt_tos:
            self._taken(str(letter["X-Delivery"] or ""), address, str(letter["Subject"] or ""), text)
        return "250 OK"


def send(port: int, address: str, title: str, body: str, delivery_id: str) -> Outcome:
    """Send one letter to the citizen's server; ``port`` is the sink's."""
    if "@" not in address or not address.isascii() or any(char.isspace() for char in address):
        return failed("bad-address")
    letter = MIMEText(body, "plain", "utf-8")
    letter["From"], letter["To"] = SENDER, address
    # EmailMessage would fold a long Vietnamese subject and lose a space where it does (Python 3.11).
    letter["Subject"] = Header(title, "utf-8", header_name="Subject").encode()
    letter["X-Delivery"] = delivery_id
    letter["Message-ID"] = f"<{delivery_id}@sandbox.motcua.test>"
    target = _free_port() if address.startswith("down") else port
    try:
        with smtplib.SMTP("127.0.0.1", target, timeout=_TIMEOUT_S, local_hostname="localhost") as server:
            server.send_message(letter)
    except smtplib.SMTPRecipientsRefused as refused:
        status = refused.recipients[address][0]
        return again("mailbox-full") if status == 452 else failed("bad-address")
    except (smtplib.SMTPException, OSError):
        return again("server-refused")
    return DELIVERED


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
