"""Derive who repeals, amends, implements, finalises whom, and carry out the effects."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import cast

from archive.column_values import day, parse_day
from archive.ports import Clock, Database, Row
from archive.repositories.changes import Changes, NewChange
from archive.repositories.labels_and_facts import LabelsAndFacts
from archive.repositories.notices import Notices
from archive.services.act_summary import ActSummary
from archive.services.editions import NOT_THE_ACT, Editions
from archive.services.severity_assessment import SeverityAssessment
from domain.acts.authority import authority
from domain.acts.issuers import bodies_in, bodies_of
from domain.acts.references import Effect, Reference, references
from domain.acts.status import SET_BY_OTHERS, changes_status
from domain.acts.titles import number_key, title_marks
from domain.records.notice import Version
from domain.records.states import ChangeKind

_IN_FORCE_FROM = re.compile(
    r"自\s*(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*起[，,]?\s*"
    r"(?:施行|实施|执行|生效|废止|失效|停止执行|予以废止)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ActRelations:
    """Derive who repeals, amends, implements, finalises whom, and carry out the effects."""

    db: Database
    clock: Clock
    summary: ActSummary
    notices: Notices
    labels_and_facts: LabelsAndFacts
    editions: Editions
    severity: SeverityAssessment
    changes: Changes

    def relate(self, notice_id: int) -> None:
        """Derive relations, authority and status of a notice anew and carry out their effects."""
        leads = self.summary.leads(notice_id)
        if not leads:
            return
        version = leads[0].version
        notice = self.notices.row(notice_id)
        kinds = title_marks(version.title, version.text)
        draft = "draft" in kinds or notice["stage"] == "draft"
        binding = (
            not draft
            and not kinds & {"comment", "news"}
            and notice["stage"] in {None, "final", "list"}
        )
        self._save_standing(notice, version, draft=draft, kinds=kinds)
        self._extend(notice_id)
        facts = self.labels_and_facts.facts_of(notice_id)
        own = notice["number_key"]
        named = [
            item
            for item in references(
                version.title,
                version.text,
                facts,
                attached=[item.text for item in version.attachments],
                binding=binding,
            )
            if own is None or item.keys[1] != own
        ]
        self.db.run(
            "DELETE FROM relations WHERE notice_id = ? AND kind != 'repealed_by'", (notice_id,)
        )
        for reference in named:
            self._save_reference(notice_id, reference)
        self.editions.link(notice_id)
        self._resolve_open(notice_id)

    def _save_standing(
        self, notice: Row, version: Version, *, draft: bool, kinds: frozenset[str]
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
        if status not in SET_BY_OTHERS:
            status = "draft" if draft else "in_force" if notice["stage"] == "final" else None
        self.db.run(
            "UPDATE notices SET authority = ?, status = ? WHERE id = ?",
            (rank, status, notice["id"]),
        )

    def _save_reference(self, notice_id: int, reference: Reference) -> None:
        target = self._resolve(notice_id, reference)
        key, number = reference.keys
        self.db.insert(
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
        rows = self.db.rows(
            "SELECT effect FROM relations WHERE target_id = ? AND effect LIKE 'extended:%'",
            (notice_id,),
        )
        expires = parse_day(self.notices.row(notice_id)["expires"])
        ends = [end for row in rows if (end := _extended(expires, row["effect"])) is not None]
        if ends and (expires is None or max(ends) > expires):
            self.db.run("UPDATE notices SET expires = ? WHERE id = ?", (day(max(ends)), notice_id))

    def _resolve(self, notice_id: int, reference: Reference) -> int | None:
        """The named act in the archive: by number, else by title when no number contradicts."""
        key, number = reference.keys
        if number:
            found = self._numbered(number, reference.bodies, notice_id)
            if found is not None or (not key and reference.bodies):
                return found
        if reference.bodies:
            number = None  # where the act's own page lacks it, the title decides
        if not key:
            return None
        rows = self.db.rows(
            "SELECT id, title, stage FROM notices WHERE title_key = ? AND id != ?"
            " AND (? IS NULL OR number_key IS NULL) AND (? OR published IS NULL"
            " OR published <= (SELECT coalesce(published, '9999') FROM notices WHERE id = ?))"
            " ORDER BY published DESC, id DESC LIMIT 20",
            (key, notice_id, number, reference.effect != "repealed", notice_id),
        )
        acts = [row["id"] for row in rows if not title_marks(row["title"], "") & NOT_THE_ACT]
        return acts[0] if acts else None

    def _numbered(self, number: str, bodies: frozenset[str], but: int) -> int | None:
        """The act of a number; of an order's number the one that one of the bodies issued."""
        if not bodies:
            found = self.db.value(
                "SELECT id FROM notices WHERE number_key = ? AND id != ? ORDER BY id LIMIT 1",
                (number, but),
            )
            return None if found is None else int(found)
        rows = self.db.rows(
            "SELECT DISTINCT n.id, n.issuers, n.document_number FROM posting_keys k"
            " JOIN postings p ON p.id = k.posting_id JOIN notices n ON n.id = p.notice_id"
            " WHERE k.kind = 'bare' AND k.value = ? AND n.id != ? ORDER BY n.id LIMIT 60",
            (number, but),
        )
        return next((row["id"] for row in rows if bodies & _bodies(row)), None)

    def _resolve_open(self, notice_id: int) -> None:
        """Acts known before that name this one find it now."""
        notice = self.notices.row(notice_id)
        if title_marks(notice["title"], "") & NOT_THE_ACT:
            return
        key = number_key(notice["document_number"])
        number = key.value if key else None
        # Two questions, since for one with OR SQLite reads every open relation.
        open_and_named = "SELECT * FROM relations WHERE target_id IS NULL AND notice_id != ? AND"
        rows = self.db.rows(
            f"{open_and_named} title_key = ? UNION {open_and_named} number_key = ? ORDER BY id",
            (notice_id, notice["title_key"] or "-", notice_id, number or "-"),
        )
        for row in rows:
            if not _is_meant(row, notice):
                continue
            self.db.run("UPDATE relations SET target_id = ? WHERE id = ?", (notice_id, row["id"]))
            if row["effect"]:
                effect = cast("Effect", row["effect"].partition(":")[0])
                self._take_effect(row["notice_id"], notice_id, effect)
                self.editions.link(row["notice_id"])

    def _take_effect(self, actor_id: int, target_id: int, effect: Effect) -> None:
        """An act is repealed or amended by another: its status, its relation, one change."""
        if effect == "extended":
            self._extend(target_id)
            return
        actor, target = self.notices.row(actor_id), self.notices.row(target_id)
        if not changes_status(effect, target["status"]):
            return
        since = self._in_force_from(actor)
        self.db.run(
            "UPDATE notices SET status = ?, repealed_from = ? WHERE id = ?",
            (effect, day(since) if effect == "repealed" else None, target_id),
        )
        if effect == "repealed":
            self.db.insert(
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
        self.severity.reassess_notice(target_id)
        self._add_status_change(target_id, actor_id, _effect_sentence(effect, actor, since))

    def _in_force_from(self, notice: Row) -> date | None:
        stated = parse_day(notice["effective"])
        if stated:
            return stated
        leads = self.summary.leads(notice["id"])
        match = _IN_FORCE_FROM.search(leads[0].version.text) if leads else None
        if match is None:
            return None
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None

    def _add_status_change(self, notice_id: int, actor_id: int, reason: str) -> None:
        """It belongs to the baseline when what brought it to light does."""
        baseline = self.db.value(
            "SELECT baseline FROM changes WHERE notice_id IN (?, ?) ORDER BY id DESC LIMIT 1",
            (notice_id, actor_id),
        )
        posting = self.summary.leads(notice_id)[0].row
        number = self.db.value(
            "SELECT max(number) FROM versions WHERE posting_id = ?", (posting["id"],)
        )
        self.changes.add(
            posting,
            NewChange(
                kind=ChangeKind.STATUS,
                at=self.clock(),
                versions=(number, number),
                reason=reason,
                baseline=bool(baseline),
            ),
        )


def _is_meant(relation: Row, notice: Row) -> bool:
    """A relation that bears the notice's title or number means it, unless its number is another,
    or an order's number of another body."""
    key = number_key(notice["document_number"])
    if key is None or not relation["number_key"]:
        return True
    if relation["number_key"] != key.value:
        return False
    by_title = relation["title_key"] == notice["title_key"]
    return (
        key.full
        or by_title
        or not _bodies(notice).isdisjoint(bodies_in(relation["document_number"] or ""))
    )


def _bodies(notice: Row) -> frozenset[str]:
    """The bodies that issued a notice, by its list of issuers and its number."""
    return bodies_of(json.loads(notice["issuers"])) | bodies_in(notice["document_number"] or "")


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


def _effect_sentence(effect: Effect, actor: Row, since: date | None) -> str:
    words = {"repealed": "repealed", "partly_repealed": "repealed in part", "amended": "amended"}
    number = f" ({actor['document_number']})" if actor["document_number"] else ""
    start = f" as of {since.isoformat()}" if since else ""
    return f"{words[effect]} by {actor['title']}{number}{start}"
