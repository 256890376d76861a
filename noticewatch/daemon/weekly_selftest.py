"""Run the self-test once a week in a process of its own, and tell the operators how it went."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from noticewatch.application.application import Application
from noticewatch.daemon.operator_alarms import Alarms

if TYPE_CHECKING:
    from archive.store import Archive

SELFTEST_SECONDS = 600.0


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
        alarms.resolve("selftest", "the self-test passes again")
    else:
        problems = "; ".join(result["problems"])
        alarms.raise_alarm("selftest", "the weekly self-test failed", problems, red=True)


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
