"""What a command loads before it knows what it is asked: nothing that takes long."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {"pydantic", "yaml", "numpy", "archive", "scrapy", "slack_sdk", "starlette", "sqlite_utils"}


def test_the_commands_are_known_without_settings_archive_or_model() -> None:
    asked = "import sys, noticewatch.cli.main; print(*{name.split('.')[0] for name in sys.modules})"
    loaded = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert "noticewatch" in loaded.stdout.split()
    assert HEAVY & set(loaded.stdout.split()) == set()
