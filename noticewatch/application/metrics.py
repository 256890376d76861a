"""Figures for a monitoring system, in Prometheus' text format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from noticewatch.application.heartbeat import Heartbeat, read_heartbeat

if TYPE_CHECKING:
    from archive.store import Archive

Sample = tuple[dict[str, str], float]


def metrics_text(archive: Archive, data_dir: Path, now: datetime) -> str:
    """Archive, sources, channels, and the service where one is running."""
    lines: list[str] = []
    for name, value in sorted(archive.notices.counts().items()):
        lines += gauge(name, [({}, value)])
    health = archive.sources.all()
    lines += gauge(
        "source_up",
        [({"source": h.key, "state": str(h.state)}, int(h.state == "ok")) for h in health],
    )
    lines += gauge(
        "source_last_success_seconds",
        [({"source": h.key}, (now - h.last_ok).total_seconds()) for h in health if h.last_ok],
        "Seconds since the source was last read well.",
    )
    lines += gauge(
        "channel_undelivered_seconds",
        [
            ({"channel": name}, (now - since).total_seconds())
            for name, since in archive.outbox.undelivered_since().items()
        ],
        "Seconds since the oldest message that waits was tried.",
    )
    vitals = read_heartbeat(data_dir)
    lines += [] if vitals is None else _service(vitals)
    return "\n".join(lines) + "\n"


def _service(vitals: Heartbeat) -> Iterator[str]:
    figures = {
        "service_up": float(vitals.fresh),
        "service_start_time_seconds": vitals.started,
        "service_heartbeat_time_seconds": vitals.beat,
        "service_resident_memory_bytes": float(vitals.rss_bytes),
        "service_open_files": float(vitals.open_files),
        "service_cpu_seconds": vitals.cpu_seconds,
        "service_clock_jumps": float(vitals.clock_jumps),
    }
    for name, value in figures.items():
        yield from gauge(name, [({}, value)])
    stages = vitals.stages.items()
    for field in ("runs", "failures", "running", "hung"):
        yield from gauge(
            f"stage_{field}", [({"stage": name}, float(stage[field])) for name, stage in stages]
        )
    yield from gauge(
        "stage_last_success_time_seconds",
        [({"stage": name}, stage["last_ok"]) for name, stage in stages if stage["last_ok"]],
    )


def gauge(name: str, samples: Iterable[Sample], help_text: str = "") -> list[str]:
    """The lines of one metric; none without a sample."""
    kept = list(samples)
    if not kept:
        return []
    head = [f"# HELP noticewatch_{name} {help_text}"] if help_text else []
    head.append(f"# TYPE noticewatch_{name} gauge")
    return head + [f"noticewatch_{name}{_labels(labels)} {value:.15g}" for labels, value in kept]


def _labels(labels: dict[str, str]) -> str:
    if not labels:
        return ""
    pairs = (f'{key}="{_escaped(value)}"' for key, value in labels.items())
    return "{" + ",".join(pairs) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")
