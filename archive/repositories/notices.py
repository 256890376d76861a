"""Read acts with everything known of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import cast

from archive.column_values import dumps, parse_day, parse_stamp, stamp, stamp_or_none
from archive.errors import ArchiveError
from archive.ports import Clock, Database, Row
from archive.repositories.changes import Changes
from archive.repositories.postings import Postings
from archive.repositories.translations import Translations
from archive.row_mappers import (
    duty_of,
    fact_of,
    label_of,
    mention_of,
    relation_claim_of,
    relation_of,
)
from config.time_zone import BEIJING
from domain.acts.status import CHANGED_SINCE, StatedStatus, status_today
from domain.records.notice import Notice, Posting
from domain.records.reason import loads_reason
from domain.records.states import ActStatus, PostingState, Standing

_PAGE_SIZE = 200
_MOST_CLAIMS = 20
_CHANGED_FROM = (
    "SELECT min(CASE WHEN substr({since}, 1, 1) BETWEEN '0' AND '9' THEN {since}"
    " WHEN {since} IS NOT NULL THEN n.published ELSE coalesce(n.effective, n.published) END)"
    " FROM relations r JOIN notices n ON n.id = r.notice_id WHERE r.target_id = ?"
    " AND r.effect IN ('amended', 'partly_repealed') AND r.claimed = 0"
)


class Notices:
    """Acts with everything known of them."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        postings: Postings,
        translations: Translations,
        changes: Changes,
    ) -> None:
        self._db = db
        self._clock = clock
        self._postings = postings
        self._translations = translations
        self._changes = changes

    def get(self, notice_id: int, *, versions: bool = True) -> Notice | None:
        """One act with everything known of it; ``versions=False`` leaves out the texts."""
        row = self._db.row("SELECT * FROM notices WHERE id = ?", (notice_id,))
        return None if row is None else self._assemble(row, versions=versions)

    def by_url(self, url: str) -> Notice | None:
        notice_id = self._db.value("SELECT notice_id FROM postings WHERE url = ?", (url,))
        return None if notice_id is None else self.get(notice_id)

    def iterate(
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
            rows = self._db.rows(
                "SELECT * FROM notices WHERE id > ? AND (? IS NULL OR first_seen >= ?)"
                " AND (? IS NULL OR changed_at >= ?)"
                " AND (? IS NULL OR CASE WHEN relevant_because IS NULL THEN 0 ELSE 1 END = ?)"
                " ORDER BY id LIMIT ?",
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
                yield self._assemble(row, versions=versions)
            last = rows[-1]["id"]
            left = None if left is None else left - len(rows)

    def statuses(self, notice_ids: Sequence[int]) -> dict[int, ActStatus | None]:
        """The status of acts today; an unknown act is left out."""
        rows = self._db.rows(
            f"SELECT * FROM notices WHERE id IN ({self._db.dialect.numbers})",  # noqa: S608 (ours)
            (dumps(list(notice_ids)),),
        )
        pages = {row["id"]: self._postings.of_notice(row["id"], versions=False) for row in rows}
        return {row["id"]: self.head(row, pages[row["id"]]).status for row in rows}

    def counts(self) -> dict[str, int]:
        """sources, notices, relevant, postings, versions, changes, attachments, alerts, dead."""
        row = self._db.row(
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

    def _assemble(self, row: Row, *, versions: bool) -> Notice:
        number = row["id"]
        postings = self._postings.of_notice(number, versions=versions)
        facts = self._db.rows("SELECT * FROM facts WHERE notice_id = ? ORDER BY id", (number,))
        duties = self._db.rows(
            "SELECT * FROM duties WHERE notice_id = ? AND ? BETWEEN since AND until ORDER BY id",
            (number, self.today().isoformat()),
        )
        names = self._db.rows("SELECT * FROM names WHERE notice_id = ? ORDER BY id", (number,))
        labels = self._db.rows(
            "SELECT * FROM labels WHERE notice_id = ? ORDER BY score DESC, id", (number,)
        )
        relations = self._db.rows(
            "SELECT * FROM relations WHERE notice_id = ? ORDER BY id", (number,)
        )
        claims = self._db.rows(
            "SELECT r.kind, r.notice_id, n.title, n.url FROM relations r"
            " JOIN notices n ON n.id = r.notice_id WHERE r.target_id = ? AND r.claimed = 1"
            " ORDER BY r.id LIMIT ?",
            (number, _MOST_CLAIMS),
        )
        known = tuple(label_of(item) for item in labels)
        shown = (row["title"], *(item.text for label in known for item in label.evidence))
        return replace(
            self.head(row, postings),
            labels=known,
            translations=self._translations.of(shown),
            facts=tuple(fact_of(item) for item in facts),
            duties=tuple(duty_of(item) for item in duties),
            names=tuple(mention_of(item) for item in names),
            relations=tuple(relation_of(item) for item in relations),
            claims=tuple(relation_claim_of(item) for item in claims),
            postings=postings,
            changes=tuple(self._changes.find(notice_id=number)),
        )

    def head(self, row: Row, postings: Sequence[Posting]) -> Notice:
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
        row: Row,
        effective: date | None,
        expires: date | None,
        postings: Sequence[Posting],
    ) -> ActStatus | None:
        stated = StatedStatus(
            status=cast("ActStatus | None", row["status"]),
            effective=effective,
            expires=expires,
            repealed_from=parse_day(row["repealed_from"]),
            changed_from=self._changed_from(row) if row["status"] in CHANGED_SINCE else None,
            suspended_from=parse_day(row["suspended_from"]),
            suspended_until=parse_day(row["suspended_until"]),
            every_page_withdrawn=_withdrawn(postings),
        )
        return status_today(stated, self.today())

    def _changed_from(self, row: Row) -> date | None:
        """From when the first of the acts that change an act has effect."""
        return parse_day(
            self._db.value(
                _CHANGED_FROM.format(since=self._db.dialect.json_text("r.terms", "since")),
                (row["id"],),
            )
        )

    def today(self) -> date:
        """The day in Beijing, by which statuses and duties are read."""
        return self._clock().astimezone(BEIJING).date()

    def is_empty(self) -> bool:
        """No notice has been stored yet."""
        return self._db.value("SELECT 1 FROM notices LIMIT 1") is None

    def row(self, notice_id: int) -> Row:
        row = self._db.row("SELECT * FROM notices WHERE id = ?", (notice_id,))
        assert row is not None
        return row

    def add(self, jurisdiction: str, url: str, first_seen: str) -> int:
        return self._db.insert(
            "notices",
            {
                "title": "",
                "jurisdiction": jurisdiction,
                "url": url,
                "first_seen": first_seen,
                "changed_at": stamp(self._clock()),
            },
        )


def _withdrawn(postings: Sequence[Posting]) -> bool:
    """Whether every page is gone that may speak for the act; its copies do not keep it up."""
    speaking = [posting for posting in postings if posting.standing is not Standing.COPY]
    return bool(speaking) and all(one.state == PostingState.WITHDRAWN for one in speaking)


def require_notice(db: Database, notice_id: int) -> None:
    """Raise ArchiveError unless there is such a notice."""
    if db.value("SELECT 1 FROM notices WHERE id = ?", (notice_id,)) is None:
        raise ArchiveError(f"there is no notice {notice_id}")
