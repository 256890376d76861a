"""Check one source on demand: ``poll --source KEY`` in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from noticewatch.application.application import Application


def check_command(app: Application, key: str) -> list[str]:
    """The command line that polls one source with the same settings as this process."""
    folders = (
        ("--config", app.config),
        ("--data-dir", app.data_dir),
        ("--sources-dir", app.settings.sources_dir),
    )
    options = [word for name, value in folders if value for word in (name, str(value))]
    return [sys.executable, "-m", "noticewatch.cli", *options, "poll", "--source", key]


def start_check(app: Application, key: str) -> None:
    """Start it and go on. It waits for a pass that is under way, is bounded as every pass,
    and writes where this process writes: a terminal channel's alerts are seen."""
    process = subprocess.Popen(check_command(app, key), stdin=subprocess.DEVNULL)  # noqa: S603
    threading.Thread(target=process.wait, daemon=True).start()
