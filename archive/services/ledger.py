"""The law in time: how an act reads on a day, and by which act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from archive.column_values import parse_day
from archive.ports import Database, Row
from archive.repositories.notices import Notices
from archive.services.act_summary import ActSummary
from domain.acts.amendment import amend
from domain.acts.amendment_parser import read_orders
from domain.law.provisions import Provision, Wording, provisions

_MOST_AMENDMENTS = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Ledger:
    """The law in time: how an act reads on a day, and by which act."""

    db: Database
    notices: Notices
    summary: ActSummary

    def provisions(self, notice_id: int) -> list[Provision]:
        """Every article of an act with the days from and until which it reads so."""
        return provisions(self.wordings(notice_id), self.last_day(notice_id))

    def wordings(self, notice_id: int) -> Sequence[Wording]:
        """The text as issued, and as each amending act makes it, in the order of their days.
        An amending act without a day changes nothing: from when it would is not known."""
        notice = self.notices.row(notice_id)
        lead = self.summary.leading_version(notice_id)
        if lead is None:
            return []
        found = [_issued(notice, lead.text)]
        for amending in self._amending(notice_id):
            since = _first_day(amending)
            decision = self.summary.leading_version(amending["id"])
            if since is None or decision is None:
                continue
            changed = amend(found[-1].text, read_orders(decision.text, lead.title))
            if changed.applied:
                found.append(
                    Wording(
                        text=changed.text, since=since, basis="amended", left=changed.left,
                        source_id=amending["id"], source_number=amending["document_number"],
                    )
                )  # fmt: skip
        return found

    def _amending(self, notice_id: int) -> list[Row]:
        """The acts that amend this one, by the day from which they do."""
        rows = self.db.rows(
            "SELECT DISTINCT n.* FROM relations r JOIN notices n ON n.id = r.notice_id"
            " WHERE r.target_id = ? AND r.kind = 'amends' AND r.effect = 'amended'"
            " AND NOT r.claimed AND coalesce(n.stage, '') != 'draft' LIMIT ?",
            (notice_id, _MOST_AMENDMENTS),
        )
        return sorted(rows, key=lambda row: (_first_day(row) or date.max, row["id"]))

    def last_day(self, notice_id: int) -> date | None:
        """The last day (inclusive) on which the act binds, as far as one is known."""
        notice = self.notices.row(notice_id)
        repealed = parse_day(notice["repealed_from"])
        ends = [parse_day(notice["expires"])]
        ends.append(None if repealed is None else repealed - timedelta(days=1))
        return min((day for day in ends if day is not None), default=None)


def _issued(notice: Row, text: str) -> Wording:
    return Wording(
        text=text, since=_first_day(notice), basis="published", source_id=notice["id"],
        source_number=notice["document_number"],
    )  # fmt: skip


def _first_day(notice: Row) -> date | None:
    """From when an act has effect: the day it states, else that of its publication."""
    return parse_day(notice["effective"]) or parse_day(notice["published"])
