"""Acts and each other: who repeals, amends, implements, finalises whom, and what follows."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import cast

from archive.amended import amend
from archive.amending import read_orders
from archive.connection import day, parse_day
from archive.diff_model import Diff
from archive.grouping import Grouping
from archive.issuers import bodies_of
from archive.naming import marks, number_key
from archive.records import ChangeKind, RelationKind, Version
from archive.references import Effect, Reference, authority, references
from archive.units import blocks_of

_NOT_THE_ACT = frozenset({"comment", "news", "forward"})
_FINALISES_WITHIN = timedelta(days=3 * 366)
_IN_FORCE_FROM = re.compile(
    r"自\s*(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*起\s*(?:施行|实施|执行|生效)"
)
_SAME_SUBJECT = 70.0
_MOST_AMENDED = 40  # acts of one decision that are compared
_STATUS_RANK = {"amended": 1, "partly_repealed": 2, "repealed": 3}


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

    def diff(self) -> Diff:
        from archive.diff import diff_versions  # the comparison is loaded only where it is made

        return diff_versions(self.before, self.after)


class Relations(Grouping):
    def _relate(self, notice_id: int) -> None:
        """Derive relations, authority and status of a notice anew and carry out their effects."""
        leads = self._leads(notice_id)
        if not leads:
            return
        version = leads[0].version
        notice = self._notice_row(notice_id)
        kinds = marks(version.title, version.text)
        draft = "draft" in kinds or notice["stage"] == "draft"
        binding = (
            not draft
            and not kinds & {"comment", "news"}
            and notice["stage"] in {None, "final", "list"}
        )
        self._save_standing(notice, version, draft=draft, kinds=kinds)
        self._extend(notice_id)
        facts = self._facts(notice_id)
        own = notice["number_key"]
        named = [
            item
            for item in references(version.title, version.text, facts, binding=binding)
            if own is None or item.keys[1] != own
        ]
        self._run(
            "DELETE FROM relations WHERE notice_id = ? AND kind != 'repealed_by'", (notice_id,)
        )
        for reference in named:
            self._save_reference(notice_id, reference)
        self._link_editions(notice_id)
        self._resolve_open(notice_id)

    def _notice_row(self, notice_id: int) -> sqlite3.Row:
        row = self._row("SELECT * FROM notices WHERE id = ?", (notice_id,))
        assert row is not None
        return row

    def _save_standing(
        self, notice: sqlite3.Row, version: Version, *, draft: bool, kinds: frozenset[str]
    ) -> None:
        rank = (
            None
            if kinds & {"comment", "news"}
            or notice["stage"] in {"interpretation", "news", "case", "eia"}
            else authority(
                version.title,
                version.issuers,
                notice["document_number"],
                local=notice["jurisdiction"] != "CN",
            )
        )
        status = notice["status"]
        if status not in _STATUS_RANK:
            status = "draft" if draft else "in_force" if notice["stage"] == "final" else None
        self._run(
            "UPDATE notices SET authority = ?, status = ? WHERE id = ?",
            (rank, status, notice["id"]),
        )

    # -- references -----------------------------------------------------------------------
    def _save_reference(self, notice_id: int, reference: Reference) -> None:
        target = self._resolve(notice_id, reference)
        key, number = reference.keys
        self._insert(
            "relations",
            {
                "notice_id": notice_id,
                "kind": reference.kind,
                "title": reference.title,
                "document_number": reference.document_number,
                "target_id": target,
                "probable": 0,
                "effect": _written(reference),
                "title_key": key,
                "number_key": number,
            },
        )
        if target is not None and reference.effect:
            self._take_effect(notice_id, target, reference.effect)

    def _extend(self, notice_id: int) -> None:
        """The end of an act's term as later notices have put it off."""
        rows = self._rows(
            "SELECT effect FROM relations WHERE target_id = ? AND effect LIKE 'extended:%'",
            (notice_id,),
        )
        expires = parse_day(self._notice_row(notice_id)["expires"])
        ends = [end for row in rows if (end := _extended(expires, row["effect"])) is not None]
        if ends and (expires is None or max(ends) > expires):
            self._run("UPDATE notices SET expires = ? WHERE id = ?", (day(max(ends)), notice_id))

    def _resolve(self, notice_id: int, reference: Reference) -> int | None:
        """The named act in the archive: by number, else by title when no number contradicts."""
        key, number = reference.keys
        if number:
            found = self._value(
                "SELECT id FROM notices WHERE number_key = ? AND id != ? ORDER BY id LIMIT 1",
                (number, notice_id),
            )
            if found is not None:
                return int(found)
        if not key:
            return None
        rows = self._rows(
            "SELECT id, title, stage FROM notices WHERE title_key = ? AND id != ?"
            " AND (? IS NULL OR number_key IS NULL) AND (? OR published IS NULL"
            " OR published <= (SELECT coalesce(published, '9999') FROM notices WHERE id = ?))"
            " ORDER BY published DESC, id DESC LIMIT 20",
            (key, notice_id, number, reference.effect != "repealed", notice_id),
        )
        acts = [row["id"] for row in rows if not marks(row["title"], "") & _NOT_THE_ACT]
        return acts[0] if acts else None

    def _resolve_open(self, notice_id: int) -> None:
        """Acts known before that name this one find it now."""
        notice = self._notice_row(notice_id)
        if marks(notice["title"], "") & _NOT_THE_ACT:
            return
        rows = self._rows(
            "SELECT * FROM relations WHERE target_id IS NULL AND notice_id != ? AND"
            " (title_key = ? OR number_key = ?)",
            (notice_id, notice["title_key"] or "-", notice["number_key"] or "-"),
        )
        for row in rows:
            contradicts = (
                row["number_key"]
                and notice["number_key"]
                and row["number_key"] != notice["number_key"]
            )
            if contradicts:
                continue
            self._run("UPDATE relations SET target_id = ? WHERE id = ?", (notice_id, row["id"]))
            if row["effect"]:
                effect = cast("Effect", row["effect"].partition(":")[0])
                self._take_effect(row["notice_id"], notice_id, effect)
                self._link_editions(row["notice_id"])

    # -- effects --------------------------------------------------------------------------
    def _take_effect(self, actor_id: int, target_id: int, effect: Effect) -> None:
        """An act is repealed or amended by another: its status, its relation, one change."""
        if effect == "extended":
            self._extend(target_id)
            return
        actor, target = self._notice_row(actor_id), self._notice_row(target_id)
        if _STATUS_RANK.get(target["status"] or "", 0) >= _STATUS_RANK[effect]:
            return
        since = self._in_force_from(actor)
        self._run(
            "UPDATE notices SET status = ?, repealed_from = ? WHERE id = ?",
            (effect, day(since) if effect == "repealed" else None, target_id),
        )
        if effect == "repealed":
            self._insert(
                "relations",
                {
                    "notice_id": target_id,
                    "kind": "repealed_by",
                    "title": actor["title"],
                    "document_number": actor["document_number"],
                    "target_id": actor_id,
                    "probable": 0,
                    "title_key": actor["title_key"],
                    "number_key": actor["number_key"],
                },
            )
        self._reassess(target_id)
        self._add_status_change(target_id, actor_id, _effect_sentence(effect, actor, since))

    def _in_force_from(self, notice: sqlite3.Row) -> date | None:
        stated = parse_day(notice["effective"])
        if stated:
            return stated
        leads = self._leads(notice["id"])
        match = _IN_FORCE_FROM.search(leads[0].version.text) if leads else None
        if match is None:
            return None
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None

    def _add_status_change(self, notice_id: int, actor_id: int, reason: str) -> None:
        """It belongs to the baseline when what brought it to light does."""
        baseline = self._value(
            "SELECT baseline FROM changes WHERE notice_id IN (?, ?) ORDER BY id DESC LIMIT 1",
            (notice_id, actor_id),
        )
        posting = self._leads(notice_id)[0].row
        number = self._value(
            "SELECT max(number) FROM versions WHERE posting_id = ?", (posting["id"],)
        )
        self._add_change(
            posting,
            ChangeKind.STATUS,
            self.clock(),
            versions=(number, number),
            reason=reason,
            baseline=bool(baseline),
        )

    # -- editions and drafts --------------------------------------------------------------
    def _link_editions(self, notice_id: int) -> None:
        """Link a notice to the act before it of the same name, and the one after it to it."""
        notice = self._notice_row(notice_id)
        if len(notice["base_key"]) < 4 or marks(notice["title"], "") & _NOT_THE_ACT:
            return
        rows = self._rows(
            "SELECT * FROM notices WHERE base_key = ? AND published IS NOT NULL"
            " ORDER BY published, id",
            (notice["base_key"],),
        )
        family = [row for row in rows if not marks(row["title"], "") & _NOT_THE_ACT]
        if not family:  # undated: linked only by what it states
            family = [notice]
        for place, row in enumerate(family):
            if row["id"] == notice_id or (place and family[place - 1]["id"] == notice_id):
                self._link_to_predecessor(row, family[:place])

    def _link_to_predecessor(self, notice: sqlite3.Row, earlier: list[sqlite3.Row]) -> None:
        """Link to the last edition and to the last draft before it, at most one of each."""
        self._run(
            "DELETE FROM relations WHERE notice_id = ? AND kind IN ('edition_of', 'finalises')",
            (notice["id"],),
        )
        repealed = self._rows(
            "SELECT n.* FROM relations r JOIN notices n ON n.id = r.target_id"
            " WHERE r.notice_id = ? AND r.kind = 'repeals' ORDER BY n.published, n.id",
            (notice["id"],),
        )
        stated = {row["id"] for row in repealed}
        alike = [row for row in repealed if _alike(row["base_key"], notice["base_key"])]
        linked: set[RelationKind] = set()
        for before in [*reversed(alike), *reversed(earlier)]:
            kind = "edition_of" if before["id"] in stated else _edition_kind(notice, before)
            if kind is None or kind in linked:
                continue
            linked.add(kind)
            self._insert(
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
        row = self._row(
            "SELECT target_id, kind FROM relations WHERE notice_id = ? AND target_id NOT NULL"
            " AND kind IN ('edition_of', 'finalises') ORDER BY kind = 'finalises', id LIMIT 1",
            (notice_id,),
        )
        if row is not None:
            return row["target_id"], row["kind"]
        # A single act repealed by name is what this one replaces, whatever it is called.
        repealed = self._rows(
            "SELECT target_id FROM relations WHERE notice_id = ? AND kind = 'repeals'"
            " AND target_id NOT NULL",
            (notice_id,),
        )
        return (repealed[0]["target_id"], "repeals") if len(repealed) == 1 else None

    def act_pairs(self, notice_id: int) -> list[ActPair]:
        """The acts that this one follows or amends, each with the text before and after: its
        own where it takes the other's place, the amended one where it amends it."""
        pairs = []
        after = self._leads(notice_id)
        found = self.predecessor(notice_id)
        if found is not None and after:
            before = self._leads(found[0])
            probable = self._value(
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
        return pairs + (self._amended(notice_id, after[0].version) if after else [])

    def _amended(self, notice_id: int, decision: Version) -> list[ActPair]:
        """Each act that a decision amends, with what its orders make of the text."""
        rows = self._rows(
            "SELECT DISTINCT target_id FROM relations WHERE notice_id = ? AND kind = 'amends'"
            " AND target_id NOT NULL AND effect = 'amended' ORDER BY id LIMIT ?",
            (notice_id, _MOST_AMENDED),
        )
        leads = [(row["target_id"], self._leads(row["target_id"])) for row in rows]
        pairs = []
        for target, found in leads:
            for lead in found[:1]:
                amended = amend(lead.version.text, read_orders(decision.text, lead.version.title))
                if not amended.applied:
                    continue
                pairs.append(
                    ActPair(
                        predecessor_id=target,
                        relation="amends",
                        probable=False,
                        before=lead.version,
                        after=replace(
                            lead.version, text=amended.text, blocks=blocks_of(amended.text)
                        ),
                        left=amended.left,
                    )
                )
        return pairs


def _edition_kind(notice: sqlite3.Row, before: sqlite3.Row) -> RelationKind | None:
    """How an act follows an earlier one of the same name, if it does."""
    issuers, others = (bodies_of(json.loads(row["issuers"])) for row in (notice, before))
    if issuers and others and not issuers & others:
        return None
    if not (issuers and others) and notice["jurisdiction"] != before["jurisdiction"]:
        return None
    draft = notice["title_key"].endswith("~draft") or notice["stage"] == "draft"
    before_draft = before["title_key"].endswith("~draft") or before["stage"] == "draft"
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
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other) >= _SAME_SUBJECT


def _written(reference: Reference) -> str | None:
    """The effect as the table keeps it: extended:2029-12-31, extended:P2Y, else its name."""
    if reference.until:
        return f"{reference.effect}:{reference.until}"
    return reference.effect


def _extended(expires: date | None, effect: str) -> date | None:
    """The new end of a term that ended on ``expires``."""
    until = effect.partition(":")[2]
    if not until.startswith("P"):
        return parse_day(until)
    years = int(until[1:-1])
    if expires is None:
        return None
    last = expires.day if (expires.month, expires.day) != (2, 29) else 28
    return expires.replace(year=expires.year + years, day=last)


def _effect_sentence(effect: Effect, actor: sqlite3.Row, since: date | None) -> str:
    words = {"repealed": "repealed", "partly_repealed": "repealed in part", "amended": "amended"}
    number = f" ({actor['document_number']})" if actor["document_number"] else ""
    start = f" as of {since.isoformat()}" if since else ""
    return f"{words[effect]} by {actor['title']}{number}{start}"
