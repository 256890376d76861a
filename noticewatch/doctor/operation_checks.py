"""Check how the service does: archive, deliveries, sources, troubles, backups."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from config.machines.worker_roles import WORKER_ROLES
from noticewatch.application.application import Application
from noticewatch.doctor.check_result import CheckResult, error, ok, warning

STALE = timedelta(hours=24)
OLD_BACKUP = timedelta(days=2)


def archive(app: Application) -> Iterator[CheckResult]:
    with app.archive() as opened:
        counts = opened.notices.counts()
        health = opened.sources.all()
    yield ok("archive", f"{app.data_dir}: {counts['notices']} notices, "
             f"{counts['versions']} versions")  # fmt: skip
    if counts.get("dead"):
        advice = "see /alerts in the web archive, then `noticewatch notify --retry-dead`"
        yield warning("deliveries", f"{counts['dead']} dead letters", advice)
    unwell = [state for state in health if state.state != "ok"]
    if unwell:
        worst = min(unwell, key=lambda state: state.since)
        detail = (
            f"{len(unwell)} of {len(health)} polled sources are not well, longest {worst.key}: "
            f"{worst.state} since {worst.since:%Y-%m-%d}"
        )
        yield warning("health", detail, "`noticewatch source list` says why")


def last_success(app: Application) -> Iterator[CheckResult]:
    """How long ago a source was last read well, all of them together."""
    with app.archive() as opened:
        read = [state.last_ok for state in opened.sources.all() if state.last_ok]
    if not read:
        yield ok("last success", "no source was read yet")
        return
    newest, oldest = app.clock() - max(read), app.clock() - min(read)
    detail = f"a source was read {_ago(newest)}; the one longest not read well: {_ago(oldest)}"
    if newest > STALE:
        advice = "is `noticewatch run` running, and is there a network? See `source list`"
        yield warning("last success", detail, advice)
    else:
        yield ok("last success", detail)


def _ago(age: timedelta) -> str:
    hours = age.total_seconds() / 3600
    return f"{hours * 60:.0f} minutes ago" if hours < 2 else f"{hours:.0f} hours ago"


def service(app: Application) -> Iterator[CheckResult]:
    """Whether `run` is alive, what troubles are open, how the last self-test went."""
    yield from _workers(app)
    with app.archive() as opened:
        open_troubles = opened.marks.starting_with("alarm:")
        tested = json.loads(opened.marks.get("selftest") or "{}")
    for text in open_troubles.values():
        trouble = json.loads(text)
        advice = "the operators were told; it is cleared by itself when it is over"
        yield warning("trouble", f"{trouble['headline']} (since {trouble['since'][:16]})", advice)
    if tested.get("last"):
        if tested["ok"]:
            yield ok("self-test", f"passed {tested['last'][:16]}")
        else:
            advice = "run `noticewatch selftest` and do what it says"
            yield error("self-test", f"failed {tested['last'][:16]}", advice)


def _workers(app: Application) -> Iterator[CheckResult]:
    from noticewatch.application.heartbeat import heartbeats

    with app.archive() as opened:
        known = heartbeats(opened)
    alive = [(worker, vitals) for worker, vitals in known if vitals.fresh]
    if not alive:
        yield ok("service", "`noticewatch run` is not running on this archive")
    for worker, vitals in alive:
        hung = [name for name, stage in vitals.stages.items() if stage["hung"]]
        detail = f"process {vitals.pid}, {vitals.rss_bytes / 2**20:.0f} MiB"
        detail += f", {worker.machine}: {', '.join(worker.roles)}" if len(alive) > 1 else ""
        if hung:
            yield error("service", f"{detail}; {', '.join(hung)} hang", "restart it")
        else:
            yield ok("service", detail)
    done = {role for worker, _ in alive for role in worker.roles}
    if alive and (undone := [role for role in WORKER_ROLES if role not in done]):
        advice = "start a `noticewatch run` with that role; `noticewatch workers` lists them"
        yield warning("workers", f"no running process does: {', '.join(undone)}", advice)


def backups(app: Application) -> Iterator[CheckResult]:
    dest = app.settings.backup.dest
    if dest is None:
        yield ok("backup", "none by the service (`backup.dest` is not set)")
        return
    copies = sorted(Path(dest).glob("noticewatch-*/archive.db"))
    advice = "is `noticewatch run` running at night? Try `noticewatch backup --keep 7 DEST`"
    if not copies:
        yield warning("backup", f"no copy in {dest} yet", advice)
        return
    age = datetime.now(UTC) - datetime.fromtimestamp(copies[-1].stat().st_mtime, UTC)
    detail = f"{len(copies)} copies in {dest}, the last {_ago(age)}"
    yield warning("backup", detail, advice) if age > OLD_BACKUP else ok("backup", detail)
