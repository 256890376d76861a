"""Link editions, drafts and their finals, acts and their amendments."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta

from archive.column_values import parse_day
from archive.ports import Database, Row
from archive.repositories.notices import Notices
from archive.services.act_summary import ActSummary
from archive.services.ledger import Ledger
from domain.acts.issuers import bodies_of
from domain.acts.titles import number_key, orders_others, title_marks
from domain.diff.diff_model import Diff
from domain.law.act_history import ActEvent, ActHistory
from domain.law.act_text import with_act_text
from domain.records.notice import Version
from domain.records.states import RelationKind

NOT_THE_ACT = frozenset({"comment", "news", "forward"})

_FINALISES_WITHIN = timedelta(days=3 * 366)

_DISTINCT_NAME = 10  # characters of a name by which another body's draft is known

_SAME_SUBJECT = 70.0  # likeness of names, 0 to 100

_MOST_RELATIVES = 60  # acts of one name that are looked at

_MOST_AMENDED = 40  # acts of one decision that are compared


@dataclass(frozen=True, kw_only=True, slots=True)
class ActPair:
    """An act and what became of it: the act that took its place (``probable`` when the link is
    inferred), or its own text as a decision amends it (``left``: orders not carried out)."""

    predecessor_id: int
    relation: RelationKind
    probable: bool
    before: Version
    after: Version
    left: tuple[str, ...] = ()
    events: tuple[ActEvent, ...] = ()  # terms that the newer act sets without wording it anew
    earlier: tuple[ActEvent, ...] = ()  # terms that others had set by then

    def diff(self) -> Diff:
        from domain.diff.compare import (
            diff_versions,  # the comparison is loaded only where it is made
        )

        return diff_versions(self.before, self.after)


@dataclass(frozen=True, kw_only=True, slots=True)
class Editions:
    """Link editions, drafts and their finals, acts and their amendments."""

    db: Database
    notices: Notices
    summary: ActSummary
    ledger: Ledger

    def link(self, notice_id: int) -> None:
        """Link a notice to the act before it of the same name, and the one after it to it."""
        notice = self.notices.row(notice_id)
        if len(notice["base_key"]) < 4 or title_marks(notice["title"], "") & NOT_THE_ACT:
            return
        for row in [notice, *self._next_ones(notice)]:
            self._link_to_predecessor(row, self._earlier(row))

    def _earlier(self, notice: Row) -> list[Row]:
        """The acts of its name before it; where there are many, the nearest of its issuers, then
        those of its place. No act follows a page that only borrows its issuer's name."""
        if notice["published"] is None:  # linked only by what it states
            return []
        rows = self.db.rows(
            "SELECT * FROM notices WHERE base_key = ? AND (published, id) < (?, ?)"
            " AND (coalesce(confirmed, 1) != 0 OR coalesce(?, 1) = 0)"
            " ORDER BY coalesce(issued_by, '') != coalesce(?, ''),"
            " jurisdiction != ?, published DESC, id DESC LIMIT ?",
            (
                *(notice["base_key"], notice["published"], notice["id"], notice["confirmed"]),
                *(notice["issued_by"], notice["jurisdiction"], _MOST_RELATIVES),
            ),
        )
        found = [row for row in rows if not title_marks(row["title"], "") & NOT_THE_ACT]
        return sorted(found, key=lambda row: (row["published"], row["id"]))

    def _next_ones(self, notice: Row) -> list[Row]:
        """The acts of its name that may follow it: the next one, the next that is known
        officially, and the next of the same issuers."""
        if notice["published"] is None:
            return []
        rows = self.db.rows(
            "SELECT * FROM notices WHERE base_key = ? AND (published, id) > (?, ?)"
            " ORDER BY coalesce(issued_by, '') != coalesce(?, ''), coalesce(confirmed, 1) = 0,"
            " published, id LIMIT ?",
            (
                *(notice["base_key"], notice["published"], notice["id"]),
                *(notice["issued_by"], _MOST_RELATIVES),
            ),
        )
        later = [row for row in rows if not title_marks(row["title"], "") & NOT_THE_ACT]
        later.sort(key=lambda row: (row["published"], row["id"]))
        confirmed = [row for row in later if row["confirmed"] != 0 and notice["confirmed"] != 0]
        same = [row for row in later if row["issued_by"] == notice["issued_by"]]
        found = {row["id"]: row for rows in (later, confirmed, same) for row in rows[:1]}
        return list(found.values())

    def _link_to_predecessor(self, notice: Row, earlier: list[Row]) -> None:
        """Link to the last edition and to the last draft before it, at most one of each."""
        self.db.run(
            "DELETE FROM relations WHERE notice_id = ? AND kind IN ('edition_of', 'finalises')",
            (notice["id"],),
        )
        repealed = self.db.rows(
            "SELECT n.* FROM relations r JOIN notices n ON n.id = r.target_id"
            " WHERE r.notice_id = ? AND r.kind = 'repeals' AND r.effect = 'repealed'"
            " AND r.claimed = 0"
            " ORDER BY n.published NULLS FIRST, n.id",
            (notice["id"],),
        )
        stated = {row["id"] for row in repealed}
        alike = [row for row in repealed if _alike(row["base_key"], notice["base_key"])]
        alike.sort(key=lambda row: _likeness(row["base_key"], notice["base_key"]))
        linked: set[RelationKind] = set()
        for before in [*reversed(alike), *reversed(earlier)]:
            kind = "edition_of" if before["id"] in stated else _edition_kind(notice, before)
            if kind is None or kind in linked:
                continue
            if kind == "edition_of" and orders_others(notice["title"]):
                continue
            linked.add(kind)
            self.db.insert(
                "relations",
                {
                    "notice_id": notice["id"],
                    "kind": kind,
                    "title": before["title"],
                    "document_number": before["document_number"],
                    "target_id": before["id"],
                    "probable": int(before["id"] not in stated),
                    "title_key": before["title_key"],
                    "number_key": before["number_key"],
                },
            )

    def predecessor(self, notice_id: int) -> tuple[int, RelationKind] | None:
        """The act that this one replaces or finalises: an edition before, else the draft."""
        row = self.db.row(
            "SELECT target_id, kind FROM relations WHERE notice_id = ?"
            " AND target_id IS NOT NULL AND kind IN ('edition_of', 'finalises')"
            " ORDER BY kind = 'finalises', id LIMIT 1",
            (notice_id,),
        )
        if row is not None:
            return row["target_id"], row["kind"]
        # A single act repealed by name is what this one replaces, whatever it is called.
        repealed = self.db.rows(
            "SELECT target_id FROM relations WHERE notice_id = ? AND kind = 'repeals'"
            " AND effect = 'repealed' AND target_id IS NOT NULL AND claimed = 0",
            (notice_id,),
        )
        return (repealed[0]["target_id"], "repeals") if len(repealed) == 1 else None

    def act_pairs(self, notice_id: int) -> list[ActPair]:
        """The acts that this one follows or amends, each with the text before and after: its
        own where it takes the other's place, the amended one where it amends it."""
        pairs = []
        after = self.summary.leads(notice_id)
        found = self.predecessor(notice_id)
        if found is not None and after:
            before = self.summary.leads(found[0])
            probable = self.db.value(
                "SELECT min(probable) FROM relations WHERE notice_id = ? AND target_id = ?"
                " AND kind = ?",
                (notice_id, *found),
            )
            pairs += [
                ActPair(
                    predecessor_id=found[0],
                    relation=found[1],
                    probable=bool(probable),
                    before=lead.version,
                    after=after[0].version,
                )
                for lead in before[:1]
            ]
        return pairs + (self._changed(notice_id) if after else [])

    def _changed(self, notice_id: int) -> list[ActPair]:
        """Each act that this one amends, corrects, puts off or pauses, as it reads before and
        after."""
        rows = self.db.rows(
            "SELECT target_id, kind FROM relations WHERE notice_id = ?"
            " AND kind IN ('amends', 'corrects', 'extends', 'suspends') AND claimed = 0"
            " AND target_id IS NOT NULL AND effect IS NOT NULL"
            " GROUP BY target_id, kind ORDER BY min(id) LIMIT ?",
            (notice_id, _MOST_AMENDED),
        )
        pairs = (self._pair(row["target_id"], row["kind"], notice_id) for row in rows)
        return [pair for pair in pairs if pair is not None]

    def _pair(self, target: int, relation: RelationKind, notice_id: int) -> ActPair | None:
        history = self.ledger.history(target)
        lead = self.summary.leading_version(target)
        if history is None or lead is None:
            return None
        places = [i for i, one in enumerate(history.wordings) if one.source_id == notice_id]
        events = tuple(
            one for one in history.events if one.source_id == notice_id and one.kind == "deadline"
        )
        if relation in ("extends", "suspends"):
            text = history.wordings[-1].text
            version = with_act_text(lead, text)
            return ActPair(
                predecessor_id=target, relation=relation, probable=False, before=version,
                after=version, events=events, earlier=_terms_before(history, notice_id),
            )  # fmt: skip
        if not places or not places[0]:
            return None
        before, after = history.wordings[places[0] - 1], history.wordings[places[-1]]
        if before.text == after.text:
            return None
        return ActPair(
            predecessor_id=target, relation=relation, probable=False,
            before=with_act_text(lead, before.text), after=with_act_text(lead, after.text),
            left=after.left, events=events, earlier=_terms_before(history, notice_id),
        )  # fmt: skip


def _terms_before(history: ActHistory, notice_id: int) -> tuple[ActEvent, ...]:
    """The terms that other acts had set for an act when one of them changed it."""
    own = min((one.since for one in history.events if one.source_id == notice_id and one.since),
              default=None)  # fmt: skip
    return tuple(
        one for one in history.events
        if one.kind == "deadline" and one.source_id != notice_id and one.since is not None
        and (own is None or one.since <= own) and not history.worded_by(one.source_id)
    )  # fmt: skip


def _edition_kind(notice: Row, before: Row) -> RelationKind | None:
    """How an act follows an earlier one of the same name, if it does."""
    issuers, others = (bodies_of(json.loads(row["issuers"])) for row in (notice, before))
    draft = notice["title_key"].endswith("~draft") or notice["stage"] == "draft"
    before_draft = before["title_key"].endswith("~draft") or before["stage"] == "draft"
    by_another = before_draft and not draft and len(notice["base_key"]) >= _DISTINCT_NAME
    if issuers and others and not issuers & others and not by_another:
        return None
    if not (issuers & others) and notice["jurisdiction"] != before["jurisdiction"]:
        return None
    if before_draft and not draft:
        first, last = parse_day(before["published"]), parse_day(notice["published"])
        assert first is not None
        assert last is not None
        return "finalises" if last - first <= _FINALISES_WITHIN else None
    if before_draft != draft:
        return "edition_of" if draft and not before_draft else None
    if notice["title_key"] != before["title_key"]:
        return "edition_of"
    # The same title again: another number says that it was issued anew.
    numbers = [number_key(row["document_number"]) for row in (notice, before)]
    return "edition_of" if all(numbers) and numbers[0] != numbers[1] else None


def _alike(one: str, other: str) -> bool:
    """Names close enough for one act to be the next edition of the other that it repeals."""
    return _likeness(one, other) >= _SAME_SUBJECT


def _likeness(one: str, other: str) -> float:
    """0 to 100."""
    from rapidfuzz import fuzz

    return float(fuzz.ratio(one, other))
