"""Tie the hash chain to something outside the archive: its head, and timestamps of heads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from archive.column_values import parse_stamp
from archive.evidence.timestamp_files import TimestampFiles
from archive.ports import Database
from domain.records.chain_head import ChainHead, TimestampToken


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainAnchor:
    """The head of the chain, whether it holds an earlier one, and the timestamps of heads."""

    db: Database
    files: TimestampFiles

    def head(self) -> ChainHead | None:
        """The newest version's link, None while nothing is stored."""
        row = self.db.row(
            "SELECT chain_sha256, fetched_at, (SELECT count(*) FROM versions) AS versions"
            " FROM versions ORDER BY id DESC LIMIT 1"
        )
        if row is None:
            return None
        return ChainHead(
            sha256=row["chain_sha256"],
            versions=row["versions"],
            fetched_at=parse_stamp(row["fetched_at"]),
        )

    def place_of(self, head: str) -> int | None:
        """How many versions a head vouches for; None when the chain does not hold it."""
        number = self.db.value("SELECT id FROM versions WHERE chain_sha256 = ?", (head,))
        if number is None:
            return None
        return int(self.db.value("SELECT count(*) FROM versions WHERE id <= ?", (number,)))

    def keep(self, head: str, at: datetime, answer: bytes) -> str:
        """Keep a timestamp service's answer; the name of its file."""
        return self.files.keep(head, at, answer).name

    def tokens(self) -> Iterator[TimestampToken]:
        """Every kept timestamp, the oldest first."""
        return self.files.tokens()
