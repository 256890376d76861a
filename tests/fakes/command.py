"""The real command line, in processes of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from tests.fakes.slack import FakeSlack
from tests.paths import ROOT


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-P", "-m", "noticewatch.cli", *arguments]


def surroundings(folder: Path, **environment: str) -> dict[str, Any]:
    """Where a command runs: in ``folder``, importing this tree, with a Slack token."""
    ours = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TOKEN": "xoxb-1"}
    return {"cwd": folder, "env": {**os.environ, **ours, **environment}}


def run(
    folder: Path, *arguments: str, timeout: float = 110, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, whatever its exit code."""
    return subprocess.run(
        command(*arguments),
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout,
        **surroundings(folder, **environment),
    )


def write_settings(folder: Path, slack: FakeSlack, **more: Any) -> None:
    """Settings with all alerts to C1 and troubles to COPS; ``more`` is merged over them."""
    channel = {"type": "slack", "token_env": "TOKEN", "api_base_url": slack.url}
    settings = {
        "channels": {
            "compliance": {**channel, "channel": "C1"},
            "operators": {**channel, "channel": "COPS", "purpose": "health"},
        },
        "subscriptions": [{"channel": "compliance"}],
    }
    (folder / "noticewatch.yml").write_text(yaml.safe_dump({**settings, **more}), "utf-8")
