"""Store who did what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from archive.column_values import dumps, parse_stamp, stamp
from archive.ports import Clock, Database, Row
from domain.records.handling import AuditEntry


class AuditLog:
    """Who did what."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def record(
        self, who: str, action: str, subject: str, detail: Mapping[str, Any] | None = None
    ) -> None:
        """Write down who did what."""
        with self._db.transaction():
            self._db.insert(
                "audit",
                {
                    "at": stamp(self._clock()),
                    "who": who,
                    "action": action,
                    "subject": subject,
                    "detail": dumps(dict(detail or {})),
                },
            )

    def latest(self, limit: int = 100) -> list[AuditEntry]:
        """The latest entries, newest first."""
        rows = self._db.rows("SELECT * FROM audit ORDER BY id DESC LIMIT ?", (limit,))
        return [_audit_entry(row) for row in rows]

    def of_subject(self, subject: str) -> list[AuditEntry]:
        """All entries of a subject, oldest first."""
        rows = self._db.rows("SELECT * FROM audit WHERE subject = ? ORDER BY id", (subject,))
        return [_audit_entry(row) for row in rows]

    def last_of_each(self, action: str) -> dict[str, AuditEntry]:
        """The newest entry of an action for each of its subjects."""
        rows = self._db.rows(
            "SELECT * FROM audit WHERE id IN"
            " (SELECT max(id) FROM audit WHERE action = ? GROUP BY subject)",
            (action,),
        )
        return {row["subject"]: _audit_entry(row) for row in rows}


def _audit_entry(row: Row) -> AuditEntry:
    return AuditEntry(
        id=row["id"],
        at=parse_stamp(row["at"]),
        who=row["who"],
        action=row["action"],
        subject=row["subject"],
        detail=json.loads(row["detail"]),
    )
