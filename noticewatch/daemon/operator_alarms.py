"""Tell the operators of troubles of the service itself: once, and once more when they are over.

What has been told is kept in the archive, so that a restart repeats nothing. When the archive
cannot be written the operators are told directly, and this process remembers that.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from noticewatch.application.application import Application

log = logging.getLogger(__name__)


@dataclass
class Alarms:
    """Open troubles by name. Safe to use from several threads; each call opens the archive."""

    app: Application
    clock: Callable[[], datetime]
    _untold: dict[str, str] = field(default_factory=dict)  # told without the archive
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def raise_alarm(self, name: str, headline: str, note: str = "", *, red: bool = False) -> None:
        """Tell a trouble, unless it is open already."""
        from archive.errors import ArchiveError
        from notifier.messages.operator_messages import (
            OperatorMessage,
            operator_items,
            send_unqueued,
        )

        now = self.clock()
        word = OperatorMessage(
            key=f"{name}:{now.isoformat()}", headline=headline, note=note,
            severity="red" if red else "amber",
        )  # fmt: skip
        with self._lock:
            if name in self._untold:
                return
            try:
                state = json.dumps({"since": now.isoformat(), "headline": headline})
                with self.app.archive() as archive:
                    if archive.marks.get(_key(name)) is not None:
                        return
                    with archive.transaction():
                        if archive.marks.get(_key(name)) is not None:
                            return  # another worker was quicker
                        archive.outbox.enqueue(operator_items(word, self.app.settings, now))
                        archive.marks.set(_key(name), state)
            except ArchiveError:
                self._untold[name] = now.isoformat()
                send_unqueued(self.app.settings, word, now, terminal=self.app.terminal)
            log.error("%s. %s", headline, note)

    def resolve(self, name: str, headline: str) -> None:
        """Tell that an open trouble is over; nothing when it is not open."""
        from archive.errors import ArchiveError
        from notifier.messages.operator_messages import OperatorMessage, operator_items

        now = self.clock()
        word = OperatorMessage(
            key=f"{name}:over:{now.isoformat()}", headline=headline, severity="grey"
        )
        with self._lock:
            try:
                with self.app.archive() as archive:
                    known = archive.marks.get(_key(name))
                    if known is None and name not in self._untold:
                        return
                    with archive.transaction():
                        archive.outbox.enqueue(operator_items(word, self.app.settings, now))
                        archive.marks.set(_key(name), None)
                log.warning("%s", headline)
                self._untold.pop(name, None)
            except ArchiveError as error:
                log.error("cannot note that a trouble is over: %s", error)


def _key(name: str) -> str:
    return f"alarm:{name}"
