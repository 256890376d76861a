"""Say whether a disk is nearly full."""

from __future__ import annotations

import shutil
from pathlib import Path

LOW_DISK_BYTES = 500_000_000
LOW_DISK_SHARE = 0.02


def disk_is_low(folder: Path) -> tuple[bool, int]:
    """Whether the disk of a folder is nearly full, and the bytes free."""
    usage = shutil.disk_usage(folder)
    return usage.free < min(LOW_DISK_BYTES, usage.total * LOW_DISK_SHARE), usage.free
