"""One-time links, by the hash of their token."""

from __future__ import annotations

import hashlib
from typing import cast

from archive.column_values import parse_stamp, stamp
from archive.errors import LinkUsed
from archive.ports import Clock, Database
from domain.records.handling import Link
from domain.records.states import LinkPurpose


class SignedLinks:
    """One-time links, by the hash of their token."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def keep(self, token: str, link: Link) -> None:
        """Remember what a token allows; a known token keeps its use, and its end moves on."""
        with self._db.transaction():
            self._db.run(
                "INSERT INTO links (token_sha256, purpose, notice_id, channel, recipient, created,"
                " expires) VALUES (?,?,?,?,?,?,?)"
                " ON CONFLICT (token_sha256) DO UPDATE SET expires = excluded.expires",
                (
                    token_hash(token),
                    link.purpose,
                    link.notice_id,
                    link.channel,
                    link.recipient,
                    stamp(self._clock()),
                    stamp(link.expires),
                ),
            )

    def get(self, token: str) -> Link | None:
        """What a token allows, also when it was used or has expired; None if it is unknown."""
        row = self._db.row("SELECT * FROM links WHERE token_sha256 = ?", (token_hash(token),))
        if row is None:
            return None
        return Link(
            purpose=cast("LinkPurpose", row["purpose"]),
            notice_id=row["notice_id"],
            channel=row["channel"],
            recipient=row["recipient"],
            expires=parse_stamp(row["expires"]),
            used_at=parse_stamp(row["used_at"]) if row["used_at"] else None,
            used_by=row["used_by"],
        )

    def use(self, token: str, who: str) -> None:
        """Mark a link used; LinkUsed when somebody was quicker."""
        with self._db.transaction():
            done = self._db.run(
                "UPDATE links SET used_at = ?, used_by = ?"
                " WHERE token_sha256 = ? AND used_at IS NULL",
                (stamp(self._clock()), who, token_hash(token)),
            )
            if not done:
                raise LinkUsed("this link was used before")


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
