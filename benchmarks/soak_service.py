"""The service of the soak: ``noticewatch run`` as it is, on a clock that runs faster.

Usage: ``python -m benchmarks.soak_service FOLDER`` with noticewatch.yml, sources/ and clock.json.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path


class Clock:
    """Simulated time from a file that several processes share: ``real`` and ``simulated`` start,
    ``rate``, and ``shift``, the seconds by which somebody has moved the clock since."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._mark = 0
        self._read()

    def _read(self) -> None:
        stat = self.path.stat()
        if stat.st_mtime_ns == self._mark:
            return
        kept = json.loads(self.path.read_text(encoding="utf-8"))
        self._mark = stat.st_mtime_ns
        self.rate = float(kept["rate"])
        self._real = float(kept["real"])
        self._start = datetime.fromisoformat(kept["simulated"])
        self._shift = timedelta(seconds=kept["shift"])

    def __call__(self) -> datetime:
        self._read()
        return self._start + self._shift + timedelta(seconds=(time.time() - self._real) * self.rate)

    def shift(self, seconds: float) -> None:
        kept = json.loads(self.path.read_text(encoding="utf-8"))
        kept["shift"] += seconds
        _write(self.path, kept)


def make_clock(path: Path, *, rate: float) -> Clock:
    """A clock that starts now."""
    now = datetime.now(UTC)
    _write(path, {"real": now.timestamp(), "simulated": now.isoformat(), "rate": rate, "shift": 0})
    return Clock(path)


def _write(path: Path, kept: dict[str, object]) -> None:
    part = path.with_suffix(".part")
    part.write_text(json.dumps(kept), encoding="utf-8")
    part.replace(path)


def main() -> None:
    from crawler.transport.fetch import Limits
    from noticewatch.application.application import Application
    from noticewatch.daemon.intervals import JobIntervals
    from noticewatch.daemon.service import run_service

    folder = Path(sys.argv[1])
    clock = Clock(folder / "clock.json")
    app = Application(
        config=folder / "noticewatch.yml",
        data_dir_option=folder / "data",
        sources_dir_option=folder / "sources",
        clock=clock,
    )
    # A site that hangs must not hang for simulated days.
    limits = Limits(request_seconds=2.0, source_seconds=15.0)
    intervals = JobIntervals(
        crawl=0.5, classify=3.0, notify=1.0, upkeep=5.0, clock_rate=clock.rate, limits=limits
    )
    run_service(app, port=0, intervals=intervals)


if __name__ == "__main__":
    main()
