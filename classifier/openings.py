"""The opening of a notice, for one that takes too long to be read whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from domain.law.classify_task import ClassifyTask
from domain.records.notice import Version
from domain.records.observation import Block

CHARACTERS = 5_000
_LINE = 500  # characters of one paragraph
_TITLE = 200


def opening_of(task: ClassifyTask) -> ClassifyTask:
    """The same work on the openings of its texts, without attachments, tables and other acts."""
    before = None if task.before is None else _opening(task.before)
    return replace(
        task, version=_opening(task.version), before=before, acts=(), periods=(), history=None
    )


def _opening(version: Version) -> Version:
    blocks = tuple(_opening_blocks(version.blocks))
    return replace(
        version,
        title=version.title[:_TITLE],
        text=version.text[:CHARACTERS],
        blocks=blocks,
        attachments=(),
    )


def _opening_blocks(blocks: Sequence[Block]) -> Iterator[Block]:
    left = CHARACTERS
    for block in blocks:
        if block.kind == "table":
            continue
        if left <= 0:
            return
        text = block.text[: min(left, _LINE)]
        left -= len(text)
        yield replace(block, text=text)
