"""Run by the kill -9 test: one notifier pass over an archive, in a process that may die."""

from __future__ import annotations

import sys
from pathlib import Path

from archive.store import Archive
from notifier.channels import slack_bot as slack_channel
from notifier.run import run
from notifier.selection import alert_budget
from tests.notifier.conftest import settings_for


def main(folder: str, url: str) -> None:
    slack_channel.TIMEOUT = 2
    alert_budget.ALERTS_A_DAY = 10_000  # what is sent twice is asked here, not how much
    with Archive.open(Path(folder)) as archive:
        run(archive, settings_for(url))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
