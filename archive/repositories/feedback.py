"""Store what readers say of topics and facts."""

from __future__ import annotations

from typing import cast, get_args

from archive.column_values import parse_stamp, stamp
from archive.errors import ArchiveError
from archive.ports import Clock, Database
from archive.repositories.notices import require_notice
from domain.records.handling import (
    Feedback,
    Verdict,
)


class FeedbackLog:
    """What readers say of topics and facts."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def add(
        self,
        notice_id: int,
        verdict: Verdict,
        who: str,
        *,
        topic: str | None = None,
        note: str = "",
        confirmed: bool = False,
    ) -> int:
        """Keep a reader's verdict; ``confirmed`` when an editor gives it."""
        if verdict not in get_args(Verdict):
            raise ArchiveError(f"feedback is {', '.join(get_args(Verdict))}, not {verdict!r}")
        now = stamp(self._clock())
        with self._db.transaction():
            require_notice(self._db, notice_id)
            text = self._db.value(
                "SELECT v.text_sha256 FROM versions v JOIN postings p ON p.id = v.posting_id"
                " WHERE p.notice_id = ? ORDER BY v.id DESC LIMIT 1",
                (notice_id,),
            )
            return self._db.insert(
                "feedback",
                {
                    "notice_id": notice_id,
                    "verdict": verdict,
                    "topic": topic,
                    "who": who,
                    "at": now,
                    "note": note,
                    "text_sha256": text or "",
                    "confirmed_by": who if confirmed else None,
                    "confirmed_at": now if confirmed else None,
                },
            )

    def find(self, notice_id: int | None = None) -> list[Feedback]:
        """Verdicts, oldest first."""
        rows = self._db.rows(
            "SELECT * FROM feedback WHERE ? IS NULL OR notice_id = ? ORDER BY id",
            (notice_id, notice_id),
        )
        return [
            Feedback(
                id=row["id"],
                notice_id=row["notice_id"],
                verdict=cast("Verdict", row["verdict"]),
                who=row["who"],
                at=parse_stamp(row["at"]),
                topic=row["topic"],
                note=row["note"],
                text_sha256=row["text_sha256"],
                confirmed_by=row["confirmed_by"],
            )
            for row in rows
        ]
