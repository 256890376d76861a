"""The processes that share the work: who runs where, since when, and what they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from noticewatch.application.application import Application
from noticewatch.application.console import print_json, text_table
from noticewatch.cli.options import cli, command

if TYPE_CHECKING:
    from domain.records.lease import Lease, WorkerRecord

_SHOWN = 3  # names of what is held, of each kind


@command(cli, "workers")
def workers_command(app: Application) -> None:
    """Who runs on this archive and where: roles, since when, last sign of life, what is held."""
    from noticewatch.application.heartbeat import heartbeats

    with app.archive(create=False) as archive:
        leases = archive.leases.valid()
        known = [
            _worker_json(worker, fresh=vitals.fresh, leases=_held_by(worker, leases))
            for worker, vitals in heartbeats(archive)
        ]
    if app.json:
        print_json({"workers": known})
        return
    if not known:
        click.echo("no `noticewatch run` works on this archive")
        return
    heads = ("machine", "process", "state", "roles", "regions", "version", "since", "seen", "holds")
    click.echo(text_table(heads, [_row(worker) for worker in known]))


def _held_by(worker: WorkerRecord, leases: Iterable[Lease]) -> list[Lease]:
    """What a worker has, and the processes that do a part of its work."""
    own = f"{worker.id}."
    return [one for one in leases if one.holder == worker.id or one.holder.startswith(own)]


def _worker_json(worker: WorkerRecord, *, fresh: bool, leases: list[Lease]) -> dict[str, Any]:
    return {
        "id": worker.id,
        "machine": worker.machine,
        "pid": worker.pid,
        "state": "alive" if fresh else "silent",
        "roles": list(worker.roles),
        "regions": list(worker.regions),
        "version": worker.version,
        "started": worker.started.isoformat(),
        "seen": worker.seen.isoformat(),
        "refused_writes": worker.vitals.get("refused_writes", 0),
        "holds": [
            {"kind": lease.kind, "name": lease.name, "until": lease.until.isoformat()}
            for lease in leases
        ],
    }


def _row(worker: dict[str, Any]) -> tuple[str, ...]:
    return (
        worker["machine"],
        str(worker["pid"]),
        worker["state"],
        ",".join(worker["roles"]),
        ",".join(worker["regions"]) or "all",
        worker["version"],
        _minute(worker["started"]),
        _minute(worker["seen"]),
        _holdings(worker["holds"]),
    )


def _holdings(holds: list[dict[str, str]]) -> str:
    """``2 host (a.gov.cn, b.gov.cn), 1 role (upkeep)``."""
    counts = Counter(one["kind"] for one in holds)
    parts = []
    for kind, count in counts.items():
        names = [one["name"] for one in holds if one["kind"] == kind]
        more = ", …" if count > _SHOWN else ""
        parts.append(f"{count} {kind} ({', '.join(names[:_SHOWN])}{more})")
    return "; ".join(parts) or "nothing"


def _minute(text: str) -> str:
    return datetime.fromisoformat(text).astimezone().strftime("%Y-%m-%d %H:%M")
