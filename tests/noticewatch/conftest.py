"""Run commands in a folder of their own."""

import logging

import pytest


@pytest.fixture
def inside(tmp_path, monkeypatch):
    """Run commands in a folder of their own and leave the log as it was."""
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before
