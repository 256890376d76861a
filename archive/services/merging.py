"""Find the act that a posting belongs to; merge and split acts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from archive.column_values import stamp
from archive.errors import ArchiveError
from archive.ports import Clock, Database, Row, SearchIndex
from archive.repositories.notices import Notices
from archive.repositories.postings import Postings
from archive.repositories.versions import Versions
from archive.services.act_summary import ActSummary
from domain.acts.identity import SKETCH_SHARED, Copy, best_match
from domain.records.notice import Version
from domain.records.reason import reason
from domain.records.states import ChangeState
from i18n.catalogue import english

_MAX_CANDIDATES = 60
_SPLIT_OFF = reason("change.split_off")

# What follows an act into the act that it is merged with.
_FOLLOWING = ("postings", "changes", "feedback", "acknowledgements", "outbox", "links")


@dataclass(frozen=True, kw_only=True, slots=True)
class Merging:
    """Find the act that a posting belongs to; merge and split acts."""

    db: Database
    clock: Clock
    index: SearchIndex
    versions: Versions
    postings: Postings
    notices: Notices
    summary: ActSummary

    def copy_of(self, posting: Row, version: Version) -> Copy:
        published: date | None = version.dates.published or version.dates.signed
        return Copy(
            title=version.title,
            text=version.text,
            document_number=version.document_number,
            issuers=version.issuers,
            publisher=posting["publisher"],
            jurisdiction=posting["jurisdiction"],
            published=published,
            site=urlsplit(posting["url"]).netloc or posting["source_key"],
            file_texts=tuple(item.text for item in version.attachments if item.text),
            files=frozenset(item.sha256 for item in version.attachments if item.sha256),
        )

    def _candidates(self, copy: Copy, posting_id: int | None) -> list[tuple[int, Copy]]:
        """Postings (id, copy) that share a key with this one and are not kept apart from it."""
        found: dict[int, None] = {}
        shared: Counter[int] = Counter()
        for kind, value in copy.keys:
            rows = self.db.rows(
                "SELECT posting_id FROM posting_keys WHERE kind = ? AND value = ?"
                " ORDER BY posting_id DESC LIMIT ?",
                (kind, value, _MAX_CANDIDATES),
            )
            numbers = [row["posting_id"] for row in rows]
            if kind == "sketch":
                shared.update(numbers)
            else:
                found |= dict.fromkeys(numbers)
        found |= {number: None for number, times in shared.items() if times >= SKETCH_SHARED}
        found.pop(posting_id or 0, None)
        candidates = []
        for number in list(found)[:_MAX_CANDIDATES]:
            if posting_id is not None and self._kept_apart(posting_id, number):
                continue
            row = self.db.row("SELECT * FROM postings WHERE id = ?", (number,))
            version = self.versions.latest(number)
            if row is not None and version is not None:
                candidates.append((number, self.copy_of(row, version)))
        return candidates

    def matching_notice(self, copy: Copy, posting_id: int | None = None) -> tuple[int, str] | None:
        """The notice that this copy belongs to, and why."""
        match = best_match(copy, self._candidates(copy, posting_id))
        if match is None:
            return None
        notice_id = self.db.value("SELECT notice_id FROM postings WHERE id = ?", (match[0],))
        return int(notice_id), match[1]

    def _kept_apart(self, one: int, other: int) -> bool:
        return (
            self.db.value(
                "SELECT 1 FROM kept_apart WHERE posting_id = ? AND other_id = ?",
                (min(one, other), max(one, other)),
            )
            is not None
        )

    def save_keys(self, posting_id: int, copy: Copy) -> None:
        self.db.run("DELETE FROM posting_keys WHERE posting_id = ?", (posting_id,))
        for kind, value in copy.keys:
            self.db.run("INSERT INTO posting_keys VALUES (?,?,?)", (kind, value, posting_id))

    def split(self, posting_id: int) -> int:
        """Give a wrongly merged posting its own notice, for good; the new notice's id."""
        with self.db.transaction():
            row = self.postings.row(posting_id)
            others = self.db.rows(
                "SELECT id FROM postings WHERE notice_id = ? AND id != ?",
                (row["notice_id"], posting_id),
            )
            if not others:
                raise ArchiveError(f"posting {posting_id} is the only one of its notice")
            for other in others:
                self.db.run(
                    "INSERT OR IGNORE INTO kept_apart VALUES (?,?,?)",
                    (
                        min(posting_id, other["id"]),
                        max(posting_id, other["id"]),
                        stamp(self.clock()),
                    ),
                )
            notice_id = self.notices.add(row["jurisdiction"], row["url"], row["first_seen"])
            self.db.run("UPDATE postings SET notice_id = ? WHERE id = ?", (notice_id, posting_id))
            self.db.run(
                "UPDATE changes SET notice_id = ?,"
                " kind = CASE kind WHEN 'copied' THEN 'new' ELSE kind END,"
                " reason = CASE kind WHEN 'copied' THEN ? ELSE reason END,"
                " reason_data = CASE kind WHEN 'copied' THEN ? ELSE reason_data END,"
                " state = CASE kind WHEN 'copied' THEN ? ELSE state END"
                " WHERE posting_id = ?",
                (
                    notice_id,
                    english(_SPLIT_OFF),
                    _SPLIT_OFF.dumps(),
                    ChangeState.UNCLASSIFIED,
                    posting_id,
                ),
            )
            self.summary.refresh(row["notice_id"])
            self.summary.refresh(notice_id)
            return notice_id

    def merge(self, notice_id: int, other_id: int) -> None:
        """Make two notices one: the postings and history of ``other_id`` join ``notice_id``."""
        if notice_id == other_id:
            raise ArchiveError("a notice cannot be merged with itself")
        with self.db.transaction():
            for number in (notice_id, other_id):
                if self.db.value("SELECT 1 FROM notices WHERE id = ?", (number,)) is None:
                    raise ArchiveError(f"there is no notice {number}")
            self.db.run(
                "DELETE FROM kept_apart WHERE"
                " posting_id IN (SELECT id FROM postings WHERE notice_id IN (?, ?))"
                " AND other_id IN (SELECT id FROM postings WHERE notice_id IN (?, ?))",
                (notice_id, other_id, notice_id, other_id),
            )
            for table in _FOLLOWING:
                self.db.run(
                    f"UPDATE {table} SET notice_id = ? WHERE notice_id = ?",  # noqa: S608
                    (notice_id, other_id),
                )
            self.db.run(
                "UPDATE relations SET target_id = ? WHERE target_id = ?", (notice_id, other_id)
            )
            for table in ("labels", "facts", "duties", "relations", "vectors"):
                self.db.run(f"DELETE FROM {table} WHERE notice_id = ?", (other_id,))  # noqa: S608
            self.db.run("DELETE FROM relations WHERE notice_id = target_id")
            self.index.remove(other_id)
            self.db.run("DELETE FROM notices WHERE id = ?", (other_id,))
            self.summary.refresh(notice_id)
