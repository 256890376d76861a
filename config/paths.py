"""Locate the installed packages and their data: every path that depends on the layout."""

from __future__ import annotations

from pathlib import Path

import config as _config

HOME = Path(_config.__file__).resolve().parent.parent
"""The folder that holds the packages: a checkout, or ``site-packages``."""

PROJECT_FILE = HOME / "pyproject.toml"
"""Exists in a checkout only."""

SHIPPED_SOURCES = HOME / "config" / "sources"
HEADS = HOME / "classifier" / "heads"
TRAINING_DATA = HOME / "classifier" / "data"
