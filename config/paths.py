"""Where the installed packages and their data lie: every path that depends on the layout."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import config as _config

HOME = Path(_config.__file__).resolve().parent.parent
"""The folder that holds the packages: a checkout, or ``site-packages``."""

PROJECT_FILE = HOME / "pyproject.toml"
"""Exists in a checkout only."""

SHIPPED_SOURCES = HOME / "config" / "sources"
HEADS = HOME / "classifier" / "heads"
TRAINING_DATA = HOME / "classifier" / "data"


def python_path() -> str:
    """``PYTHONPATH`` of a Python process of ours: these packages first, installed or not."""
    return os.pathsep.join(filter(None, (str(HOME), os.environ.get("PYTHONPATH"))))


def child_environment(**more: str) -> dict[str, str]:
    """This process's environment for a Python child that runs one of our modules."""
    return {**os.environ, "PYTHONPATH": python_path(), **more}


def bare_environment(**more: str) -> dict[str, str]:
    """An environment without what this process holds, secrets among it: only the places that
    modules are imported from."""
    home = str(HOME)
    places = [home, *(place for place in sys.path if place and place != home)]
    return {"PYTHONPATH": os.pathsep.join(places), **more}
