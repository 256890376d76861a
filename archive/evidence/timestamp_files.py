"""Timestamps of heads of the chain in a folder beside the evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from domain.records.chain_head import TimestampToken

TIMESTAMP_FOLDER = "timestamps"
MOST_BYTES = 200_000  # of one answer; they have some 6,000
# For example 20261130T033000Z-<64 hex digits>.tsr.
_NAME = re.compile(r"\d{8}T\d{6}Z-([0-9a-f]{64})\.tsr")


class TimestampFiles:
    """A folder of ``TIME-HEAD.tsr`` files, as the timestamp service answered."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, head: str, at: datetime, answer: bytes) -> Path:
        """Write an answer down; complete or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        target = self.folder / f"{at:%Y%m%dT%H%M%S}Z-{head}.tsr"
        part = target.with_suffix(".part")
        part.write_bytes(answer)
        return part.replace(target)

    def tokens(self) -> Iterator[TimestampToken]:
        """Every kept answer, the oldest first; what is named otherwise or a link is none."""
        for path in sorted(self.folder.glob("*.tsr")):
            name = _NAME.fullmatch(path.name)
            if name and path.is_file() and not path.is_symlink():
                with path.open("rb") as file:
                    yield TimestampToken(head=name[1], name=path.name, answer=file.read(MOST_BYTES))

    def copy_to(self, other: TimestampFiles) -> None:
        """Put every answer into another folder, if it is not there yet."""
        for token in self.tokens():
            target = other.folder / token.name
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(token.answer)
