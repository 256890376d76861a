"""Checked articles: kept apart from the notices, with the acts that their verdicts rest on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from archive.column_values import parse_day, parse_stamp, stamp
from archive.ports import Clock, Database, Row
from domain.records.lead import ArticleLead, MovedClaim, NewLead


class Leads:
    """Checked articles; an article of the same text is kept once."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def keep(self, lead: NewLead) -> tuple[int, bool]:
        """Keep an article; its id, and whether it is new here."""
        digest = hashlib.sha256(lead.text.encode("utf-8", "replace")).hexdigest()
        with self._db.transaction():
            known = self._db.value("SELECT id FROM leads WHERE text_sha256 = ?", (digest,))
            if known is not None:
                return int(known), False
            published = lead.published.isoformat() if lead.published else None
            return self._db.insert(
                "leads",
                {
                    "title": lead.title, "text": lead.text, "text_sha256": digest,
                    "url": lead.url, "publisher": lead.publisher, "published": published,
                    "who": lead.who, "added": stamp(self._clock()),
                },
            ), True  # fmt: skip

    def checked(
        self,
        lead_id: int,
        report: Mapping[str, Any],
        rests_on: Mapping[str, tuple[str, int | None]],
        moved: Iterable[MovedClaim] = (),
    ) -> None:
        """Store a check: ``rests_on`` has for each act's reference the digest of what is held
        of it and its notice, if it is one of the archive."""
        now = stamp(self._clock())
        changed = [asdict(claim) for claim in moved]
        with self._db.transaction():
            self._db.run(
                "UPDATE leads SET checked = ?, report = ? WHERE id = ?",
                (now, json.dumps(report, ensure_ascii=False), lead_id),
            )
            if changed:
                self._db.run(
                    "UPDATE leads SET moved = ?, moved_at = ? WHERE id = ?",
                    (json.dumps(changed, ensure_ascii=False), now, lead_id),
                )
            self._db.run("DELETE FROM lead_acts WHERE lead_id = ?", (lead_id,))
            for ref, (digest, notice_id) in rests_on.items():
                self._db.run(
                    "INSERT INTO lead_acts VALUES (?, ?, ?, ?)", (lead_id, ref, digest, notice_id)
                )

    def get(self, lead_id: int) -> ArticleLead | None:
        """One article, None where there is none of this id."""
        row = self._db.row("SELECT * FROM leads WHERE id = ?", (lead_id,))
        return None if row is None else self._lead(row)

    def all(self, limit: int = 500) -> list[ArticleLead]:
        """The newest first."""
        rows = self._db.rows("SELECT * FROM leads ORDER BY id DESC LIMIT ?", (limit,))
        return [self._lead(row) for row in rows]

    def resting_on(self, notice_id: int) -> list[ArticleLead]:
        """The articles of which a verdict rests on an act of the archive."""
        rows = self._db.rows(
            "SELECT * FROM leads WHERE id IN (SELECT lead_id FROM lead_acts WHERE notice_id = ?)"
            " ORDER BY id",
            (notice_id,),
        )
        return [self._lead(row) for row in rows]

    def moved_since(self, since: datetime) -> list[ArticleLead]:
        """The articles of which a verdict changed since then."""
        rows = self._db.rows(
            "SELECT * FROM leads WHERE moved_at >= ? ORDER BY moved_at DESC", (stamp(since),)
        )
        return [self._lead(row) for row in rows]

    def remove(self, lead_id: int) -> bool:
        """Forget an article; whether there was one."""
        with self._db.transaction():
            self._db.run("DELETE FROM lead_acts WHERE lead_id = ?", (lead_id,))
            return self._db.run("DELETE FROM leads WHERE id = ?", (lead_id,)) > 0

    def _lead(self, row: Row) -> ArticleLead:
        acts = self._db.rows("SELECT ref, digest FROM lead_acts WHERE lead_id = ?", (row["id"],))
        return ArticleLead(
            id=row["id"], title=row["title"], text=row["text"], who=row["who"],
            added=parse_stamp(row["added"]), url=row["url"], publisher=row["publisher"],
            published=parse_day(row["published"]),
            checked=parse_stamp(row["checked"]) if row["checked"] else None,
            report=json.loads(row["report"]) if row["report"] else None,
            rests_on={act["ref"]: act["digest"] for act in acts},
            moved=tuple(MovedClaim(**claim) for claim in json.loads(row["moved"] or "[]")),
            moved_at=parse_stamp(row["moved_at"]) if row["moved_at"] else None,
        )  # fmt: skip
