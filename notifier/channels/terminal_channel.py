"""Print messages on the terminal, in colours when it is one."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any, TextIO

from domain.records.message import NewOutboxItem, OutboxItem
from notifier.channels.channel import BaseChannel, Result, Retry, Sent
from notifier.render.envelope import Envelope
from notifier.render.renderer import LineMessage, LineRenderer
from notifier.render.terminal_text import as_payload, print_text


class TerminalRenderer(LineRenderer):
    diff_characters = 2_000
    links = False

    def lines(self, message: LineMessage, envelope: Envelope) -> list[NewOutboxItem]:
        return [envelope.item(as_payload(message.lines, message.severity), envelope.key)]

    def preview(self, payload: Mapping[str, Any]) -> str:
        return print_text(payload, colour=False)


class TerminalSender(BaseChannel):
    renderer = TerminalRenderer()

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream

    def send(self, item: OutboxItem, root: OutboxItem | None) -> Result:
        stream = self._stream or sys.stdout
        text = print_text(item.payload, colour=stream.isatty()) + "\n\n"
        try:
            stream.write(text)
            stream.flush()
        except UnicodeEncodeError:
            encoding = stream.encoding or "ascii"
            stream.write(text.encode(encoding, "replace").decode(encoding))
            stream.flush()
        except OSError as error:
            return Retry(error=f"{type(error).__name__}: {error}")
        return Sent()
