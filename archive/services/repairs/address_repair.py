"""Join what was split because one page was listed under changing addresses."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from archive.ports import Database, Row
from archive.services.merging import Merging
from domain.records.states import PostingState
from domain.text.normalization import normalise
from domain.text.web_addresses import address_key, standing


@dataclass(frozen=True, kw_only=True, slots=True)
class Rejoined:
    """How many copies stood for a page that is known by another address, and how many acts
    they had made."""

    copies: int
    acts: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AddressRepair:
    """Join the acts of pages whose addresses differ only in a session, a time stamp, or the
    like. One address stands for the page; the others keep their versions and are ``unlisted``."""

    db: Database
    merging: Merging

    def rejoin(self, *, dry_run: bool = False) -> Rejoined:
        copies = acts = 0
        with self.db.transaction():
            for rows in self._split_pages():
                copies += len(rows) - 1
                acts += self._join(rows, dry_run=dry_run)
        return Rejoined(copies=copies, acts=acts)

    def _split_pages(self) -> list[list[Row]]:
        """The postings of one page each, in the order they were first seen."""
        groups: dict[tuple[object, ...], list[Row]] = defaultdict(list)
        for row in self.db.rows("SELECT * FROM postings WHERE url LIKE 'http%' ORDER BY id"):
            key = (row["source_key"], address_key(row["url"]), normalise(row["title"]))
            groups[(*key, row["published"])].append(row)
        return [rows for rows in groups.values() if len(rows) > 1]

    def _join(self, rows: list[Row], *, dry_run: bool) -> int:
        """Make one act of those of the rows; how many there were besides the first."""
        act = rows[0]["notice_id"]
        strangers = sorted({row["notice_id"] for row in rows} - {act})
        if dry_run:
            return len(strangers)
        for notice_id in strangers:
            self.merging.merge(act, notice_id)
        stays = min((row["url"] for row in rows), key=standing)
        for row in rows:
            if row["url"] != stays:
                self.db.run(
                    "UPDATE postings SET state = ? WHERE id = ? AND state = ?",
                    (PostingState.UNLISTED, row["id"], PostingState.LIVE),
                )
        return len(strangers)
