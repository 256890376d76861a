"""Print messages on the terminal, in colours when it is one."""

from __future__ import annotations

import sys
from typing import TextIO

from domain.records.message import OutboxItem
from notifier.channels.channel import CannotAsk, Result, Retry, Sent
from notifier.render.terminal_text import print_text


class TerminalSender(CannotAsk):
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
