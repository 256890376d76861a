"""Watch the service's stages and end what hangs, from a thread of its own."""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

BEAT_SECONDS = 300.0  # the event loop must come round within this time
STOP_SECONDS = 9.0  # from the signal to the end, whatever still runs
LOOK_SECONDS = 1.0
FAILURES_TOLD = 3  # in a row, before the operators hear of a stage


@dataclass
class StageStatus:
    """One stage of the service. ``limit``: seconds after which a run of it counts as hung."""

    name: str
    limit: float
    runs: int = 0
    failures: int = 0  # in a row
    error: str = ""
    last_ok: float | None = None  # Unix time
    began: dict[int, float] = field(default_factory=dict)  # running now, monotonic

    @property
    def hung(self) -> bool:
        return any(time.monotonic() - began > self.limit for began in self.began.values())


@dataclass
class StageStatuses:
    """The stages by name; used from the loop and from threads."""

    by_name: dict[str, StageStatus] = field(default_factory=dict)
    _numbers: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, name: str, limit: float) -> None:
        self.by_name[name] = StageStatus(name=name, limit=limit)

    @contextmanager
    def running(self, name: str) -> Iterator[StageStatus]:
        """Around one run. An exception counts as a failure and goes on to the caller."""
        stage = self.by_name[name]
        with self._lock:
            self._numbers += 1
            number = self._numbers
            stage.began[number] = time.monotonic()
        try:
            yield stage
        except Exception as error:
            stage.failures += 1
            stage.error = f"{type(error).__name__}: {error}"[:300]
            raise
        else:
            stage.failures, stage.error = 0, ""
            stage.last_ok = time.time()
        finally:
            stage.runs += 1
            del stage.began[number]

    def as_json(self) -> dict[str, Any]:
        return {
            stage.name: {
                "runs": stage.runs,
                "failures": stage.failures,
                "error": stage.error,
                "last_ok": stage.last_ok,
                "running": len(stage.began),
                "hung": stage.hung,
            }
            for stage in self.by_name.values()
        }


@dataclass
class Watchdog:
    """A thread beside the event loop. It ends the process in time after a stop signal, and
    starts it anew in its place when the loop or a thread stage hangs: the archive survives
    that as it survives ``kill -9``, and the next start continues."""

    data_dir: Path
    stages: StageStatuses
    halt: threading.Event
    beat_seconds: float = BEAT_SECONDS
    stop_seconds: float = STOP_SECONDS
    leave: Callable[[int], Any] = os._exit
    again: Callable[[], Any] = (
        lambda: os.execv(  # noqa: S606 (our own command line)
            sys.executable, [sys.executable, *sys.orig_argv[1:]]
        )
    )
    _beat: float = field(default_factory=time.monotonic)

    def start(self) -> None:
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def beat(self) -> None:
        """The event loop is alive."""
        self._beat = time.monotonic()

    def _watch(self) -> None:
        looked = time.monotonic()
        while not self.halt.wait(LOOK_SECONDS):
            now = time.monotonic()
            if now - looked > 10 * LOOK_SECONDS:
                self.beat()  # the whole process was stopped or starved, not the loop
            looked = now
            reason = self.verdict()
            if reason:
                self._restart(reason)
                return
        time.sleep(self.stop_seconds)
        # Still here: a thread that cannot be ended holds the interpreter back.
        sys.stdout.flush()
        self.leave(0)

    def verdict(self) -> str:
        """Why the process must be started anew; empty when all is well."""
        silent = time.monotonic() - self._beat
        if silent > self.beat_seconds:
            return f"the event loop did not answer for {silent:.0f} s"
        hung = [stage.name for stage in self.stages.by_name.values() if stage.hung]
        return f"stage {', '.join(hung)} hung" if hung else ""

    def _restart(self, reason: str) -> None:
        log.error("restarting: %s", reason)
        note = json.dumps({"at": time.time(), "reason": reason})
        with suppress(OSError):
            (self.data_dir / note_name()).write_text(note, encoding="utf-8")
        sys.stdout.flush()
        sys.stderr.flush()
        self.again()


def note_name() -> str:
    """A process that is started anew in its place keeps its number; others have their own."""
    return f"restarted-{os.getpid()}.json"


def take_note(data_dir: Path) -> str | None:
    """Why the process before this one was started anew by its watchdog; read once."""
    path = data_dir / note_name()
    try:
        reason = str(json.loads(path.read_text(encoding="utf-8"))["reason"])
        path.unlink()
    except (OSError, ValueError, KeyError):
        return None
    return reason
