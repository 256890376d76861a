"""Write the service's own figures to a small file, for /metrics and ``doctor``."""

from __future__ import annotations

import json
import os
import resource
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NAME = "service.json"
OLD_SECONDS = 180.0  # a beat older than this: no service is running, or it hangs


@dataclass(frozen=True, kw_only=True)
class Heartbeat:
    """As last written. Times are Unix seconds."""

    pid: int
    started: float
    beat: float
    rss_bytes: int = 0
    open_files: int = 0
    cpu_seconds: float = 0.0
    clock_jumps: int = 0
    stages: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def fresh(self) -> bool:
        return 0 <= time.time() - self.beat < OLD_SECONDS


def write_heartbeat(data_dir: Path, **more: Any) -> None:
    """Replace the file; a full disk is told elsewhere and not here."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    vitals = {
        "pid": os.getpid(),
        "beat": time.time(),
        "rss_bytes": _rss(),
        "open_files": _open_files(),
        "cpu_seconds": round(used.ru_utime + used.ru_stime, 2),
        **more,
    }
    part = data_dir / f"{NAME}.part"
    with suppress(OSError):
        part.write_text(json.dumps(vitals), encoding="utf-8")
        part.replace(data_dir / NAME)


def read_heartbeat(data_dir: Path) -> Heartbeat | None:
    """None when no service has ever run here, or the file is not readable as such."""
    try:
        kept = json.loads((data_dir / NAME).read_text(encoding="utf-8"))
        return Heartbeat(**kept)
    except (OSError, ValueError, TypeError):
        return None


def _rss() -> int:
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _open_files() -> int:
    try:
        return sum(1 for _ in Path("/proc/self/fd").iterdir())
    except OSError:
        return 0
