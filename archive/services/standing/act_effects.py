"""Derive what other acts have made of an act: its status, its end, and who only claims so."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from archive.column_values import day, parse_day
from archive.ports import Clock, Database, Row
from archive.repositories.changes import Changes, NewChange
from archive.repositories.labels_and_facts import LabelsAndFacts
from archive.repositories.notices import Notices
from archive.services.act_summary import ActSummary
from archive.services.ledger import Ledger
from archive.services.severity_assessment import SeverityAssessment
from archive.services.standing.act_leads import bodies_from, issuers_from
from domain.acts.extension import extended, later_by
from domain.acts.handed_over import hands_over
from domain.acts.public_bodies import PublicBody, may_change
from domain.acts.references import Effect
from domain.acts.status import SET_BY_OTHERS, changes_status, strength
from domain.facts.open_dates import first_date
from domain.law.act_history import ActHistory
from domain.records.effect_terms import EffectTerms
from domain.records.reason import Reason, reason
from domain.records.states import ChangeKind, ChangeState, FactKind, PostingState, Standing

# For example 自2026年4月1日起施行, 列入附件1的文件，2026年5月1日起停用.
_IN_FORCE_FROM = re.compile(
    r"自\s*(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*起[，,]?\s*"
    r"(?:施行|实施|执行|生效|废止|失效|停止执行|予以废止)"
    r"|(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*起[，,]?\s*"
    r"(?:一律|同时|予以)?(?:停用|停止使用|退出使用|不再使用|不再执行|作废|废止|失效)"
)


_SAYING = (
    "SELECT r.*, n.confirmed, n.issued_by FROM relations r JOIN notices n ON n.id = r.notice_id"
    " WHERE r.target_id = ? AND r.effect IS NOT NULL ORDER BY r.id"
)

_LATER = (
    "SELECT DISTINCT r.notice_id FROM relations r JOIN notices n ON n.id = r.notice_id"
    " WHERE r.target_id = ? AND r.effect IS NOT NULL AND n.id != ? AND n.published > ?"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _EffectInForce:
    """What an act does to another one, with who does it."""

    kind: Effect
    actor: Row
    since: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ActEffects:
    """Derives what other acts have made of an act.

    Only an issuer, a superior or a legislature changes an act, and only by an act that it has
    published itself and that still stands; what anybody else says of it is kept as a claim.
    """

    db: Database
    clock: Clock
    summary: ActSummary
    notices: Notices
    labels_and_facts: LabelsAndFacts
    severity: SeverityAssessment
    changes: Changes
    ledger: Ledger

    def restate(self, notice_id: int) -> bool:
        """Derive status and end of an act anew from all that is said of it; tell what changed.
        True if others do something else to it than before."""
        if self.db.value("SELECT 1 FROM notices WHERE id = ?", (notice_id,)) is None:
            return False
        notice = self._judged(notice_id)
        effects = self._effects(notice)
        told = self.ledger.told_of(notice_id)
        history = self.ledger.history(notice_id, told=told)
        self._set_days(notice, effects, history)
        self._set_pause(notice, history)
        changed = self._read_anew(notice, self.ledger.effects_key(told))
        found = [
            (self.notices.row(row["notice_id"]), cast("Effect", row["effect"]))
            for row in effects
            if row["effect"] in SET_BY_OTHERS
        ]
        if not found:
            self._without_effect(notice)
            return changed
        actor, kind = max(found, key=lambda item: (strength(item[1]), -item[0]["id"]))
        self._take_effect(
            notice, _EffectInForce(kind=kind, actor=actor, since=self._in_force_from(actor))
        )
        return changed

    def restate_all(self, notice_ids: Sequence[int]) -> list[int]:
        """:meth:`restate` of each; those to which others do something else than before."""
        return [one for one in dict.fromkeys(notice_ids) if self.restate(one)]

    def compare_anew(self, notice_id: int, changed: Sequence[int]) -> None:
        """Let later acts that change one of these be read again: each is told beside what its
        target said before it, and an earlier act has just made that another."""
        published = self.notices.row(notice_id)["published"]
        for target in changed:
            for row in self.db.rows(_LATER, (target, notice_id, published)):
                self.changes.reclassify(row["notice_id"])

    def targets(self, notice_id: int) -> list[int]:
        """The acts that an act says something about."""
        rows = self.db.rows(
            "SELECT DISTINCT target_id FROM relations WHERE notice_id = ?"
            " AND effect IS NOT NULL AND target_id IS NOT NULL",
            (notice_id,),
        )
        return [row["target_id"] for row in rows]

    def _effects(self, notice: Row) -> list[Row]:
        """The relations that have an effect on an act; the others are marked as claims."""
        rows = self.db.rows(_SAYING, (notice["id"],))
        issuers = issuers_from(notice)
        issuers |= self._successors(rows, issuers)
        allowed: dict[tuple[int, str], bool] = {}  # many pages of one site say the same
        valid = []
        for row in rows:
            who = self._who_says(row)
            if who not in allowed:
                bodies = bodies_from(who[1])
                allowed[who] = who[0] != 0 and may_change(bodies, issuers)
            if row["claimed"] != int(not allowed[who]):
                self.db.run(
                    "UPDATE relations SET claimed = ? WHERE id = ?",
                    (int(not allowed[who]), row["id"]),
                )
            if allowed[who] and self._stands(row["notice_id"]):
                valid.append(row)
        return valid

    def _successors(
        self, rows: Sequence[Row], issuers: frozenset[PublicBody]
    ) -> frozenset[PublicBody]:
        """The bodies to which an issuer has handed its duties over, by an act of both that changes
        this one."""
        found: set[PublicBody] = set()
        for row in rows:
            sure, printed = self._who_says(row)
            bodies = bodies_from(printed)
            if not sure or bodies <= issuers or bodies.isdisjoint(issuers):
                continue
            version = self.summary.leading_version(row["notice_id"])
            if self._stands(row["notice_id"]) and version and hands_over(version.text):
                found |= bodies
        return frozenset(found)

    def _who_says(self, relation: Row) -> tuple[int, str]:
        """Whether the act that says it is known officially, and who issued it, as JSON."""
        if relation["issued_by"] is not None:
            return relation["confirmed"], relation["issued_by"]
        actor = self._judged(relation["notice_id"])
        return actor["confirmed"], actor["issued_by"]

    def _judged(self, notice_id: int) -> Row:
        """An act with who issued it; a row of an earlier release is judged now."""
        row = self.notices.row(notice_id)
        if row["issued_by"] is not None:
            return row
        self.summary.refresh(notice_id)
        return self.notices.row(notice_id)

    def _stands(self, notice_id: int) -> bool:
        """Whether an official page of an act is still there."""
        return (
            self.db.value(
                "SELECT 1 FROM postings WHERE notice_id = ? AND state != ?"
                " AND (standing IS NULL OR standing = ?) LIMIT 1",
                (notice_id, PostingState.WITHDRAWN, Standing.OFFICIAL),
            )
            is not None
        )

    def _set_days(self, notice: Row, effects: Sequence[Row], history: ActHistory | None) -> None:
        """The first and last day of an act's term as its own text gives them, as amended, and
        valid notices have put them off."""
        facts = self.labels_and_facts.facts_of(notice["id"])
        own = first_date(facts, FactKind.EXPIRY_DATE)
        worded = None if history is None else history.stated_end()
        if worded and (own is None or (history is not None and history.reworded)):
            own = worded
        ends = [extended(own, row["effect"]) for row in effects]
        end = day(max((one for one in (own, *ends) if one), default=None))
        first = day(first_date(facts, FactKind.EFFECTIVE_DATE))
        start = max((one for row in effects if (one := _postponed(row, first))), default=first)
        if (start, end) != (notice["effective"], notice["expires"]):
            self.db.run(
                "UPDATE notices SET effective = ?, expires = ? WHERE id = ?",
                (start, end, notice["id"]),
            )

    def _set_pause(self, notice: Row, history: ActHistory | None) -> None:
        """The time in which the whole act is not applied: the last one that is known."""
        whole = [] if history is None else [one for one in history.pauses if not one.articles]
        last = whole[-1] if whole else None
        kept = (None, None) if last is None else (day(last.since), day(last.until))
        if kept != (notice["suspended_from"], notice["suspended_until"]):
            self.db.run(
                "UPDATE notices SET suspended_from = ?, suspended_until = ? WHERE id = ?",
                (*kept, notice["id"]),
            )

    def _read_anew(self, notice: Row, key: str) -> bool:
        """Once others change an act otherwise than before, its duties are read anew."""
        if key == notice["effects_sha256"]:
            return False
        self.db.run("UPDATE notices SET effects_sha256 = ? WHERE id = ?", (key, notice["id"]))
        self.changes.reclassify(notice["id"])
        return True

    def _own(self, notice: Row) -> str | None:
        """What an act is by itself."""
        if notice["title_key"].endswith("~draft") or notice["stage"] == "draft":
            return "draft"
        return "in_force" if notice["stage"] == "final" else None

    def _take_effect(self, notice: Row, effect: _EffectInForce) -> None:
        """An act is repealed or amended by another: its status, its relation, one change."""
        since = day(effect.since) if effect.kind == "repealed" else None
        self.db.run(
            "UPDATE notices SET status = ?, repealed_from = ? WHERE id = ?",
            (effect.kind, since, notice["id"]),
        )
        self._repealed_by(notice["id"], effect.actor if effect.kind == "repealed" else None)
        self.severity.reassess_notice(notice["id"])
        weaker = strength(effect.kind) < strength(notice["status"])
        if changes_status(effect.kind, notice["status"]) or (
            weaker and not self._unsay(notice["id"])
        ):
            self._add_status_change(notice["id"], effect.actor["id"], _effect_reason(effect))

    def _without_effect(self, notice: Row) -> None:
        """No other act changes this one: its status is what its own pages say."""
        if notice["status"] not in SET_BY_OTHERS:
            return
        self.db.run(
            "UPDATE notices SET status = ?, repealed_from = NULL WHERE id = ?",
            (self._own(notice), notice["id"]),
        )
        self._repealed_by(notice["id"], None)
        self.severity.reassess_notice(notice["id"])
        if not self._unsay(notice["id"]):
            why = reason("act.effect_undone")
            self._add_status_change(notice["id"], notice["id"], why)

    def _repealed_by(self, notice_id: int, actor: Row | None) -> None:
        self.db.run(
            "DELETE FROM relations WHERE notice_id = ? AND kind = 'repealed_by'", (notice_id,)
        )
        if actor is None:
            return
        self.db.insert(
            "relations",
            {
                "notice_id": notice_id,
                "kind": "repealed_by",
                "title": actor["title"],
                "document_number": actor["document_number"],
                "target_id": actor["id"],
                "probable": 0,
                "title_key": actor["title_key"],
                "number_key": actor["number_key"],
            },
        )

    def _unsay(self, notice_id: int) -> bool:
        """A change of status that nobody has been told of yet is not told any more."""
        return bool(
            self.db.run(
                "UPDATE changes SET state = ?, substantive = 0 WHERE notice_id = ?"
                " AND kind = 'status' AND state = ?",
                (ChangeState.SELECTED, notice_id, ChangeState.CLASSIFIED),
            )
        )

    def _in_force_from(self, notice: Row) -> date | None:
        stated = parse_day(notice["effective"])
        if stated:
            return stated
        leads = self.summary.leads(notice["id"])
        match = _IN_FORCE_FROM.search(leads[0].version.text) if leads else None
        if match is None:
            return None
        try:
            year, month, day_of_month = (int(part) for part in match.groups() if part)
            return date(year, month, day_of_month)
        except ValueError:
            return None

    def _add_status_change(self, notice_id: int, actor_id: int, why: Reason) -> None:
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
                reason=why,
                baseline=bool(baseline),
            ),
        )


def _postponed(effect: Row, first: str | None) -> str | None:
    """The first day of a whole act that a notice puts off, to a day or by a time."""
    terms = EffectTerms.from_json(json.loads(effect["terms"] or "{}"))
    if effect["effect"] != "postponed" or terms.scope:
        return None
    if terms.new and not terms.new.startswith("P"):
        return terms.new
    begins = parse_day(terms.old if terms.old and terms.old[0].isdigit() else first)
    return None if begins is None or not terms.by else day(later_by(begins, terms.by))


def _effect_reason(effect: _EffectInForce) -> Reason:
    return reason(
        f"act.{effect.kind}",
        title=effect.actor["title"],
        number=effect.actor["document_number"] or None,
        since=day(effect.since),
    )
