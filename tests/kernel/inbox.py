"""A real SMTP server on loopback that can be told to misbehave at any point of the conversation."""

import asyncio
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Self

from aiosmtpd.controller import Controller

ACCEPTED = "250 OK"


@dataclass
class Inbox:
    """What arrived, and how the server behaves: `on[command]` is its answer, or a deed that makes one."""

    messages: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    on: dict[str, str | Callable[[Any], Any]] = field(default_factory=dict)

    async def handle_EHLO(  # noqa: N802
        self, server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        await self._answer("EHLO", server)
        return responses

    async def handle_MAIL(self, server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        envelope.mail_from = address
        return await self._answer("MAIL", server)

    async def handle_RCPT(self, server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        answer = await self._answer("RCPT", server)
        if answer == ACCEPTED:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        answer = await self._answer("DATA", server)
        if answer == ACCEPTED:
            parsed = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(parsed, EmailMessage)
            self.messages.append(parsed)
            self.recipients.append(list(envelope.rcpt_tos))
            await self._answer("ACCEPTED", server)
        return answer

    async def handle_QUIT(self, server: Any, _session: Any, _envelope: Any) -> str:  # noqa: N802
        return await self._answer("QUIT", server, "221 Bye")

    async def _answer(self, command: str, server: Any, usual: str = ACCEPTED) -> str:
        told = self.on.get(command, usual)
        if isinstance(told, str):
            return told
        await told(server)
        return "421 Gone"


async def hang(server: Any) -> None:
    """Say nothing until the other side gives up."""
    with suppress(asyncio.CancelledError):
        while not server.transport.is_closing():  # noqa: ASYNC110  the transport tells nobody
            await asyncio.sleep(0.02)


async def drop(server: Any) -> None:
    """Close the line without a word."""
    server.transport.abort()


class Server:
    """The inbox behind a port of its own."""

    def __init__(self, inbox: Inbox, tls: ssl.SSLContext | None = None) -> None:
        self.inbox = inbox
        self.port = free_port()
        self._controller = Controller(
            inbox, hostname="127.0.0.1", port=self.port, tls_context=tls, require_starttls=tls is not None
        )

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
