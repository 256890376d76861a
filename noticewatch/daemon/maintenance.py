"""What the service looks at every few minutes, does once a night, and tests once a week."""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from i18n.phrases import Count
from noticewatch.application.application import Application
from noticewatch.daemon.operator_alarms import Alarms

if TYPE_CHECKING:
    from archive.store import Archive

log = logging.getLogger(__name__)

LOW_DISK_BYTES = 500_000_000
LOW_DISK_SHARE = 0.02
UNDELIVERED = timedelta(hours=1)
SELFTEST_SECONDS = 600.0


def upkeep(app: Application, alarms: Alarms) -> None:
    """Everything but the self-test; blocking, for a thread."""
    check_disk(app, alarms)
    check_deliveries(app, alarms)
    keep_severities(app)
    nightly(app, alarms)


# ------------------------------------------------------------------ checks


def disk_is_low(folder: Path) -> tuple[bool, int]:
    """Whether the disk of a folder is nearly full, and the bytes free."""
    usage = shutil.disk_usage(folder)
    return usage.free < min(LOW_DISK_BYTES, usage.total * LOW_DISK_SHARE), usage.free


def check_disk(app: Application, alarms: Alarms) -> None:
    low, free = disk_is_low(app.data_dir)
    if low:
        alarms.ring(
            "disk", f"the disk of {app.data_dir} is nearly full: {free / 1e6:.0f} MB free",
            "Free some space, or set keep_evidence_days; `noticewatch tidy` shows what takes it.",
            red=True,
        )  # fmt: skip
    else:
        alarms.clear("disk", f"there is room on the disk again: {free / 1e9:.1f} GB free")


def check_deliveries(app: Application, alarms: Alarms) -> None:
    """Channels that have not delivered for an hour, and dead letters."""
    now = app.clock()
    with app.archive() as archive:
        waiting = archive.outbox.undelivered_since()
        reasons = {name: archive.notifier_state.channel(name).get("reason", "") for name in waiting}
        dead = archive.notices.counts()["dead"]
    for name in app.settings.channels:
        since = waiting.get(name)
        if since is not None and now - since > UNDELIVERED:
            alarms.ring(
                f"channel-{name}", f"channel {name} delivers nothing since {since:%Y-%m-%d %H:%M}",
                f"{reasons[name] or 'no reason known'}. Messages wait and are not lost.",
            )  # fmt: skip
        elif since is None:
            alarms.clear(f"channel-{name}", f"channel {name} delivers again")
    if dead:
        note = "See /alerts in the web archive; `noticewatch notify --retry-dead` sends them again."
        words = f"{Count(dead):message was|messages were} refused for good"
        alarms.ring("dead-letters", words, note)
    else:
        alarms.clear("dead-letters", "no message is refused any more")


# ------------------------------------------------------------------ once a day


def keep_severities(app: Application) -> None:
    """Once each day the severities of acts whose rules speak of days to come."""
    with app.archive() as archive:
        today = archive.severity.today().isoformat()
        if archive.marks.get("severities") != today:
            changed = archive.severity.reassess_all()
            archive.marks.set("severities", today)
            log.info("severities as of %s: %d changed", today, changed)


def nightly(app: Application, alarms: Alarms) -> None:
    """Backup and pruning as the settings ask for them, once a day from ``backup.at`` on; what
    failed is tried again each hour of that day, a new destination gets its copy at once."""
    local = app.clock().astimezone(ZoneInfo(app.settings.timezone))
    today = f"{local:%Y-%m-%d} {app.settings.backup.dest or ''}".strip()
    failed_now = f"{today} failed at {local:%H}"
    if f"{local:%H:%M}" < app.settings.backup.at:
        return
    with app.archive() as archive:
        if archive.marks.get("nightly") in {today, failed_now}:
            return
        _prune(app, archive)
        done = _backup(app, archive, alarms, local)
        archive.maintenance.optimize()
        archive.marks.set("nightly", today if done else failed_now)


def _prune(app: Application, archive: Archive) -> None:
    days = app.settings.keep_evidence_days
    if days is not None:
        files, freed = archive.retention.prune(app.clock() - timedelta(days=days))
        if files:
            log.info("evidence pruned: %d files, %.1f MB", files, freed / 1e6)


def _backup(app: Application, archive: Archive, alarms: Alarms, local: datetime) -> bool:
    """False when it failed, which is told; true also when none is wanted."""
    from archive.store import ArchiveError
    from noticewatch.application.data_moves import rotate_backup

    if not app.settings.backup.dest:
        return True
    try:
        rotate_backup(archive, Path(app.settings.backup.dest), app.settings.backup.keep, now=local)
    except (ArchiveError, OSError) as error:
        note = f"{error}. It is tried again each hour of this day."
        alarms.ring("backup", "the nightly backup failed", note, red=True)
        return False
    alarms.clear("backup", "the nightly backup works again")
    return True


# ------------------------------------------------------------------ the self-test


async def selftest_when_due(app: Application, archive: Archive, alarms: Alarms) -> None:
    """The weekly canary, in a process of its own; only where operators have a channel."""
    from notifier.selection.subscribers import next_due

    when = app.settings.selftest
    if when == "never" or not _operators(app):
        return
    now, zone = app.clock(), ZoneInfo(app.settings.timezone)
    kept = json.loads(archive.marks.get("selftest") or "{}")
    coming = next_due(when, now, zone).isoformat()
    if kept.get("when") != when or kept["due"] > coming:  # seen first, given a new time
        archive.marks.set("selftest", json.dumps({**kept, "when": when, "due": coming}))
        return
    if now < datetime.fromisoformat(kept["due"]):
        return
    result = await _selftest_apart(app)
    kept = {"when": when, "due": coming, "last": now.isoformat(), "ok": result["ok"]}
    archive.marks.set("selftest", json.dumps(kept))
    if result["ok"]:
        alarms.clear("selftest", "the self-test passes again")
    else:
        problems = "; ".join(result["problems"])
        alarms.ring("selftest", "the weekly self-test failed", problems, red=True)


def _operators(app: Application) -> bool:
    return any(channel.purpose == "health" for channel in app.settings.channels.values())


async def _selftest_apart(app: Application) -> dict[str, Any]:
    """``noticewatch selftest --json``; a process that fails otherwise is a failed test too."""
    options = [
        part
        for name, value in (
            ("--config", app.config), ("--data-dir", app.data_dir_option),
            ("--sources-dir", app.sources_dir_option),
        )
        if value is not None
        for part in (name, str(value))
    ]  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "noticewatch.cli", *options, "selftest", "--json",
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        out, err = await asyncio.wait_for(process.communicate(), SELFTEST_SECONDS)
        result: dict[str, Any] = json.loads(out)
    except TimeoutError:
        return {"ok": False, "problems": [f"it did not end within {SELFTEST_SECONDS:.0f} s"]}
    except ValueError:
        last = err.decode("utf-8", "replace").strip().rsplit("\n", 1)[-1]
        return {"ok": False, "problems": [last[:300] or "it said nothing"]}
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return result
