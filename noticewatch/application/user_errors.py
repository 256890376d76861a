"""Errors that a command answers with one sentence and exit code 1."""

from __future__ import annotations


class NoticewatchError(Exception):
    """The message is one sentence for the person at the keyboard."""
