"""Name the folders that tests read: the project, its fixtures, and recorded responses."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT / "tests" / "fixtures"


def samples() -> Path | None:
    """Return the folder of recorded responses that NOTICEWATCH_SAMPLES names, if it is there."""
    named = os.environ.get("NOTICEWATCH_SAMPLES")
    folder = Path(named).expanduser() if named else None
    return folder if folder is not None and folder.is_dir() else None
