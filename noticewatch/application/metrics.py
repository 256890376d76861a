"""Figures for a monitoring system, in Prometheus' text format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from noticewatch.application.heartbeat import Heartbeat, heartbeats

if TYPE_CHECKING:
    from archive.store import Archive

Sample = tuple[dict[str, str], float]


def metrics_text(archive: Archive, now: datetime) -> str:
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
    workers = [(worker, {"worker": worker.id}, vitals) for worker, vitals in heartbeats(archive)]
    held = Counter(lease.holder for lease in archive.leases.valid())
    lines += gauge(
        "worker_leases",
        [({"worker": worker.id}, held[worker.id]) for worker, *_ in workers],
        "What a worker has to itself: hosts, acts, channels, roles.",
    )
    lines += _workers([(labels, vitals) for _, labels, vitals in workers])
    return "\n".join(lines) + "\n"


def _workers(known: Sequence[tuple[dict[str, str], Heartbeat]]) -> Iterator[str]:
    """The figures of each running service under its name."""
    figures: dict[str, Callable[[Heartbeat], float]] = {
        "service_up": lambda vitals: float(vitals.fresh),
        "service_start_time_seconds": lambda vitals: vitals.started,
        "service_heartbeat_time_seconds": lambda vitals: vitals.beat,
        "service_resident_memory_bytes": lambda vitals: float(vitals.rss_bytes),
        "service_open_files": lambda vitals: float(vitals.open_files),
        "service_cpu_seconds": lambda vitals: vitals.cpu_seconds,
        "service_clock_jumps": lambda vitals: float(vitals.clock_jumps),
        "service_refused_writes": lambda vitals: float(vitals.refused_writes),
    }
    for name, figure in figures.items():
        yield from gauge(name, [(labels, figure(vitals)) for labels, vitals in known])
    for field in ("runs", "failures", "running", "hung"):
        yield from gauge(f"stage_{field}", _stages(known, field))
    yield from gauge("stage_last_success_time_seconds", _stages(known, "last_ok"))


def _stages(known: Sequence[tuple[dict[str, str], Heartbeat]], field: str) -> list[Sample]:
    return [
        ({**labels, "stage": name}, float(stage[field]))
        for labels, vitals in known
        for name, stage in vitals.stages.items()
        if stage[field] is not None
    ]


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
