"""One-time links and unsubscribed recipients: what a person without a login may do.

A link's token is known to its holder only; the archive keeps its SHA-256.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from archive.backends.sqlite.connection import ArchiveError, Connected, parse_stamp, stamp
from domain.records.states import LinkPurpose


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """What a token allows: one step for a notice, or leaving a channel's list of recipients.

    ``recipient`` is the mail address it was sent to; empty in a chat.
    """

    purpose: LinkPurpose
    notice_id: int | None
    channel: str
    recipient: str
    expires: datetime
    used_at: datetime | None = None
    used_by: str = ""


class LinkUsed(ArchiveError):
    """A link for one use that was used before."""


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class Links(Connected):
    def keep_link(self, token: str, link: Link) -> None:
        """Remember what a token allows; a known token keeps its use, and its end moves on."""
        with self.write_tx():
            self._run(
                "INSERT INTO links (token_sha256, purpose, notice_id, channel, recipient, created,"
                " expires) VALUES (?,?,?,?,?,?,?)"
                " ON CONFLICT (token_sha256) DO UPDATE SET expires = excluded.expires",
                (
                    token_hash(token),
                    link.purpose,
                    link.notice_id,
                    link.channel,
                    link.recipient,
                    stamp(self.clock()),
                    stamp(link.expires),
                ),
            )

    def link(self, token: str) -> Link | None:
        """What a token allows, also when it was used or has expired; None if it is unknown."""
        row = self._row("SELECT * FROM links WHERE token_sha256 = ?", (token_hash(token),))
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

    def use_link(self, token: str, who: str) -> None:
        """Mark a link used; LinkUsed when somebody was quicker."""
        with self.write_tx():
            done = self._run(
                "UPDATE links SET used_at = ?, used_by = ?"
                " WHERE token_sha256 = ? AND used_at IS NULL",
                (stamp(self.clock()), who, token_hash(token)),
            )
            if not done.rowcount:
                raise LinkUsed("this link was used before")

    # -- recipients that left -------------------------------------------------------------
    def unsubscribe(self, channel: str, recipient: str) -> None:
        """A recipient gets nothing more from a channel; again changes nothing."""
        with self.write_tx():
            self._run(
                "INSERT INTO unsubscribed VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (channel, recipient.casefold(), stamp(self.clock())),
            )

    def subscribe_again(self, channel: str, recipient: str) -> None:
        """A recipient that left is served as before."""
        with self.write_tx():
            self._run(
                "DELETE FROM unsubscribed WHERE channel = ? AND recipient = ?",
                (channel, recipient.casefold()),
            )

    def is_unsubscribed(self, channel: str, recipient: str) -> bool:
        """Whether a recipient left a channel; the case of an address does not count."""
        found = self._value(
            "SELECT 1 FROM unsubscribed WHERE channel = ? AND recipient = ?",
            (channel, recipient.casefold()),
        )
        return found is not None
