"""Reading the archive back: notices, postings, versions, changes, counts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import cast

from archive.backends.sqlite.connection import (
    ArchiveError,
    dumps,
    parse_day,
    parse_stamp,
    stamp_or_none,
)
from archive.evidence.local_folder import EvidenceDamaged, EvidenceMissing
from archive.repositories.row_mappers import (
    attachment_of,
    change_of,
    fact_of,
    label_of,
    posting_of,
    relation_of,
    version_of,
)
from archive.repositories.translations import Translations
from domain.diff.diff_model import Diff
from domain.records.change import Change
from domain.records.notice import Attachment, Notice, Posting, Version
from domain.records.reason import loads_reason
from domain.records.states import ActStatus, ChangeKind

BEIJING = timezone(timedelta(hours=8))
_PAGE_SIZE = 200
_ATTACHMENTS = (
    "SELECT a.*, f.bytes, f.text, f.media_type FROM attachments a "
    "LEFT JOIN files f ON f.sha256 = a.sha256 WHERE a.version_id = ? ORDER BY a.position"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Response:
    """Where the bytes of a version really came from."""

    url: str
    status: int


class Read(Translations):
    # -- one record -----------------------------------------------------------------------
    def notice(self, notice_id: int, *, versions: bool = True) -> Notice | None:
        """One act with everything known of it; ``versions=False`` leaves out the texts."""
        row = self._row("SELECT * FROM notices WHERE id = ?", (notice_id,))
        return None if row is None else self._notice(row, versions=versions)

    def notice_by_url(self, url: str) -> Notice | None:
        notice_id = self._value("SELECT notice_id FROM postings WHERE url = ?", (url,))
        return None if notice_id is None else self.notice(notice_id)

    def posting_by_url(self, url: str) -> Posting | None:
        row = self._row("SELECT * FROM postings WHERE url = ?", (url,))
        return None if row is None else posting_of(row, self._versions(row["id"]))

    def version(self, posting_id: int, number: int) -> Version | None:
        row = self._row(
            "SELECT * FROM versions WHERE posting_id = ? AND number = ?", (posting_id, number)
        )
        return None if row is None else self._version(row)

    def latest_version(self, posting_id: int) -> Version | None:
        row = self._row(
            "SELECT * FROM versions WHERE posting_id = ? ORDER BY number DESC LIMIT 1",
            (posting_id,),
        )
        return None if row is None else self._version(row)

    def response_of(self, version_id: int) -> Response:
        """Address (after redirects) and status of a version's response."""
        row = self._row("SELECT url, http_status FROM versions WHERE id = ?", (version_id,))
        if row is None:
            raise ArchiveError(f"there is no version {version_id}")
        return Response(url=row["url"], status=row["http_status"])

    def change(self, change_id: int) -> Change | None:
        row = self._row("SELECT * FROM changes WHERE id = ?", (change_id,))
        return None if row is None else change_of(row)

    def diff(self, change_id: int) -> Diff | None:
        """The diff of a change's two versions; None for a change with one version only."""
        change = self.change(change_id)
        if change is None or change.from_version is None or change.to_version is None:
            return None
        if change.from_version == change.to_version:
            return None
        before = self.version(change.posting_id, change.from_version)
        after = self.version(change.posting_id, change.to_version)
        if before is None or after is None:
            return None
        from domain.diff.compare import (
            diff_versions,  # the comparison is loaded only where it is made
        )

        return diff_versions(before, after)

    def evidence(self, sha256: str) -> bytes:
        """The stored bytes; ArchiveError when they are missing or altered."""
        try:
            return self._evidence.get(sha256)
        except EvidenceMissing as error:
            pruned = self._value("SELECT at FROM pruned_evidence WHERE sha256 = ?", (sha256,))
            if pruned:
                raise ArchiveError(
                    f"the evidence {sha256} was pruned on {pruned[:10]}: irrelevant and old"
                ) from error
            raise ArchiveError(f"no evidence is kept for {sha256}") from error
        except EvidenceDamaged as error:
            raise ArchiveError(f"the evidence file of {sha256} was altered") from error

    def pruned(self, hashes: Iterable[str]) -> set[str]:
        """Those of the hashes whose bytes retention has deleted."""
        rows = self._rows(
            "SELECT sha256 FROM pruned_evidence WHERE sha256 IN (SELECT value FROM json_each(?))",
            (dumps(list(hashes)),),
        )
        return {row[0] for row in rows}

    # -- many -----------------------------------------------------------------------------
    def notices(
        self,
        *,
        since: datetime | None = None,
        changed_since: datetime | None = None,
        relevant: bool | None = None,
        limit: int | None = None,
        versions: bool = True,
    ) -> Iterator[Notice]:
        """Notices by id; read in pages, so that writers are never held up."""
        last, left = 0, limit
        first, changed = stamp_or_none(since), stamp_or_none(changed_since)
        while left is None or left > 0:
            rows = self._rows(
                "SELECT * FROM notices WHERE id > ? AND (? IS NULL OR first_seen >= ?)"
                " AND (? IS NULL OR changed_at >= ?)"
                " AND (? IS NULL OR (relevant_because IS NOT NULL) = ?) ORDER BY id LIMIT ?",
                (
                    last,
                    first,
                    first,
                    changed,
                    changed,
                    relevant,
                    relevant,
                    min(_PAGE_SIZE, left or _PAGE_SIZE),
                ),
            )
            if not rows:
                return
            for row in rows:
                yield self._notice(row, versions=versions)
            last = rows[-1]["id"]
            left = None if left is None else left - len(rows)

    def changes(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        notice_id: int | None = None,
        kinds: Iterable[ChangeKind] | None = None,
    ) -> list[Change]:
        """Changes in the order in which they were found; since ≤ at < until."""
        given: dict[str, object] = {
            "at >= ?": stamp_or_none(since),
            "at < ?": stamp_or_none(until),
            "notice_id = ?": notice_id,
            "kind IN (SELECT value FROM json_each(?))": None
            if kinds is None
            else dumps(list(kinds)),
        }
        # Only the conditions that are given: with all of them SQLite would use no index.
        used = {condition: value for condition, value in given.items() if value is not None}
        where = " AND ".join(used) or "1"
        rows = self._rows(
            f"SELECT * FROM changes WHERE {where} ORDER BY id",  # noqa: S608 (our own conditions)
            tuple(used.values()),
        )
        return [change_of(row) for row in rows]

    def counts(self) -> dict[str, int]:
        """sources, notices, relevant, postings, versions, changes, attachments, alerts, dead."""
        row = self._row(
            "SELECT (SELECT count(*) FROM sources) AS sources,"
            " (SELECT count(*) FROM notices) AS notices,"
            " (SELECT count(*) FROM notices WHERE relevant_because IS NOT NULL) AS relevant,"
            " (SELECT count(*) FROM postings) AS postings,"
            " (SELECT count(*) FROM versions) AS versions,"
            " (SELECT count(*) FROM changes) AS changes,"
            " (SELECT count(*) FROM attachments) AS attachments,"
            " (SELECT count(*) FROM outbox WHERE kind != 'test') AS alerts,"
            " (SELECT count(*) FROM outbox WHERE state = 'dead') AS dead"
        )
        assert row is not None
        return dict(row)

    # -- assembling -----------------------------------------------------------------------
    def _notice(self, row: sqlite3.Row, *, versions: bool) -> Notice:
        number = row["id"]
        postings = self._postings(number, versions=versions)
        facts = self._rows("SELECT * FROM facts WHERE notice_id = ? ORDER BY id", (number,))
        labels = self._rows(
            "SELECT * FROM labels WHERE notice_id = ? ORDER BY score DESC, id", (number,)
        )
        relations = self._rows("SELECT * FROM relations WHERE notice_id = ? ORDER BY id", (number,))
        known = tuple(label_of(item) for item in labels)
        shown = (row["title"], *(item.text for label in known for item in label.evidence))
        return replace(
            self._head(row, postings),
            labels=known,
            translations=self.translations(shown),
            facts=tuple(fact_of(item) for item in facts),
            relations=tuple(relation_of(item) for item in relations),
            postings=postings,
            changes=tuple(self.changes(notice_id=number)),
        )

    def _head(self, row: sqlite3.Row, postings: Sequence[Posting]) -> Notice:
        """The notice's own fields; ``postings`` only for its status today."""
        effective, expires = parse_day(row["effective"]), parse_day(row["expires"])
        return Notice(
            id=row["id"],
            title=row["title"],
            title_en=row["title_en"],
            document_number=row["document_number"],
            issuers=tuple(json.loads(row["issuers"])),
            jurisdiction=row["jurisdiction"],
            published=parse_day(row["published"]),
            effective=effective,
            expires=expires,
            status=self._status(row, effective, expires, postings),
            stage=row["stage"],
            authority=row["authority"],
            severity=row["severity"],
            severity_rule=row["severity_rule"],
            severity_rule_data=loads_reason(row["severity_rule_data"]),
            relevant_because=row["relevant_because"],
            first_seen=parse_stamp(row["first_seen"]),
            url=row["url"],
        )

    def _status(
        self,
        row: sqlite3.Row,
        effective: date | None,
        expires: date | None,
        postings: Sequence[Posting],
    ) -> ActStatus | None:
        """The legal status today; a deleted page is shown as such, never as a repeal."""
        today = self.clock().astimezone(BEIJING).date()
        stored = cast("ActStatus | None", row["status"])
        repealed_from = parse_day(row["repealed_from"])
        if stored == "repealed":
            waits = repealed_from is not None and repealed_from > today
            return "in_force" if waits else "repealed"
        if expires and expires < today:
            return "expired"
        if postings and all(posting.state == "withdrawn" for posting in postings):
            return "withdrawn_page"
        if effective and effective > today and stored in {None, "in_force"}:
            return "not_yet"
        return stored

    def _postings(self, notice_id: int, *, versions: bool) -> tuple[Posting, ...]:
        rows = self._rows("SELECT * FROM postings WHERE notice_id = ? ORDER BY id", (notice_id,))
        return tuple(posting_of(row, self._versions(row["id"]) if versions else ()) for row in rows)

    def _versions(self, posting_id: int) -> tuple[Version, ...]:
        rows = self._rows(
            "SELECT * FROM versions WHERE posting_id = ? ORDER BY number", (posting_id,)
        )
        return tuple(self._version(row) for row in rows)

    def _version(self, row: sqlite3.Row) -> Version:
        return version_of(row, self._attachments(row["id"]))

    def _attachments(self, version_id: int) -> tuple[Attachment, ...]:
        rows = self._rows(_ATTACHMENTS, (version_id,))
        return tuple(attachment_of(row) for row in rows)
