"""A mail server of our own on the loopback that defers, rejects and drops as told."""

from __future__ import annotations

from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller


@dataclass
class Mailbox:
    """The handler: ``defer`` and ``reject`` count down or hold recipients; ``drop`` cuts the
    connection after the message was taken, before the answer."""

    received: list[tuple[str, EmailMessage]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)  # each message as it came over the wire
    defer: dict[str, int] = field(default_factory=dict)
    reject: set[str] = field(default_factory=set)
    drop: int = 0
    attempts: int = 0

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        self.attempts += 1
        if address in self.reject:
            return "550 5.1.1 no such mailbox"
        if self.defer.get(address, 0) > 0:
            self.defer[address] -= 1
            return "450 4.2.0 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        message = cast("EmailMessage", message_from_bytes(envelope.content, policy=policy.default))
        self.raw.append(envelope.content)
        self.received += [(to, message) for to in envelope.rcpt_tos]
        if self.drop > 0:
            self.drop -= 1
            server.transport.abort()
        return "250 OK"


class FakeSmtp(Controller):
    def __init__(self) -> None:
        self.mailbox = Mailbox()
        super().__init__(self.mailbox, hostname="127.0.0.1", port=0)

    def _trigger_server(self) -> None:
        """The port is chosen by the system, so it is read before the probe."""
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
