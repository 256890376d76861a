"""Derive who repeals, amends, implements, finalises whom, and carry out the effects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from archive.column_values import dumps
from archive.ports import Database, Row
from archive.repositories.labels_and_facts import LabelsAndFacts
from archive.repositories.notices import Notices
from archive.services.act_summary import ActSummary
from archive.services.editions import Editions
from archive.services.standing.act_effects import ActEffects
from archive.services.standing.act_leads import ActLead
from archive.services.standing.reference_targets import ReferenceTargets
from domain.acts.authority import authority
from domain.acts.changing.self_naming import in_full
from domain.acts.references import Effect, Reference, references
from domain.acts.status import SET_BY_OTHERS
from domain.acts.titles import title_marks
from domain.law.library_validity import read_validity, says_itself_ended
from domain.records.notice import Version
from domain.records.states import ActStatus, Standing

# 关于…请示的复函: who answers may put off or pause an article, as a commentary may not.
_LETTER = re.compile(r"^(?!.*(?:提案|建议|代表|委员(?!会)|网友|网民|留言|咨询)).*(?:函|批复|答复)$")
_ANSWERS = ("reply", "interpretation")


@dataclass(frozen=True, kw_only=True, slots=True)
class ActRelations:
    """Derive who repeals, amends, implements, finalises whom, and carry out the effects."""

    db: Database
    summary: ActSummary
    notices: Notices
    labels_and_facts: LabelsAndFacts
    editions: Editions
    targets: ReferenceTargets
    effects: ActEffects

    def relate(self, notice_id: int) -> None:
        """Derive relations, authority and status of a notice anew and carry out their effects."""
        leads = self.summary.leads(notice_id)
        if not leads:
            return
        version = leads[0].version
        notice = self.notices.row(notice_id)
        kinds = title_marks(version.title, version.text)
        draft = "draft" in kinds or notice["stage"] == "draft"
        ended = not draft and _said_ended(leads)
        self._save_standing(notice, version, kinds=kinds, own=_own_status(notice, draft, ended))
        touched = self.effects.targets(notice_id)
        self.db.run(
            "DELETE FROM relations WHERE notice_id = ? AND kind != 'repealed_by'", (notice_id,)
        )
        binding = (
            not draft
            and not kinds & {"comment", "news"}
            and notice["stage"] in {None, "final", "list"}
        )
        for reference in self._named(notice, version, binding=binding):
            self._save_reference(notice_id, reference)
        self._drop_weaker(notice_id)
        claimed = self._claim_references(notice_id)
        for renamed in self._renamed_by(notice_id):
            claimed += self._claim_references(renamed)
        touched += [row["target_id"] for row in claimed if row["target_id"] is not None]
        touched += self.effects.targets(notice_id)
        # What is done to an act that changes others is done to those.
        beyond = [one for act in dict.fromkeys(touched) for one in self.effects.targets(act)]
        changed = self.effects.restate_all([notice_id, *touched, *beyond])
        self.effects.compare_anew(notice_id, [one for one in changed if one != notice_id])
        for number in dict.fromkeys(
            [notice_id, *(row["notice_id"] for row in claimed if row["effect"])]
        ):
            self.editions.link(number)

    def relate_again(self, notice_id: int) -> None:
        """Derive anew what an act says and what is said of it, as its pages are others now."""
        rows = self.db.rows(
            "SELECT DISTINCT notice_id FROM relations WHERE target_id = ? AND notice_id != ?"
            " AND kind != 'repealed_by'",
            (notice_id, notice_id),
        )
        for number in (notice_id, *(row["notice_id"] for row in rows)):
            self.relate(number)

    def judge_earlier(self, most: int) -> int:
        """Judge acts that an earlier release stored: who says it, and what only claims to change
        them; how many there were."""
        with self.db.transaction():
            rows = self.db.rows(
                "SELECT id FROM notices WHERE issued_by IS NULL ORDER BY id LIMIT ?", (most,)
            )
            for row in rows:
                self.summary.refresh(row["id"])
            for row in rows:
                self.relate(row["id"])
            return len(rows)

    def _named(self, notice: Row, version: Version, *, binding: bool) -> list[Reference]:
        """The acts that a notice names, but for itself."""
        own = notice["number_key"]
        letter = notice["stage"] in _ANSWERS and _LETTER.search(version.title) is not None
        place = notice["jurisdiction"] or ""
        found = references(
            in_full(version.title, version.issuers, place),
            in_full(version.text, version.issuers, place),
            self.labels_and_facts.facts_of(notice["id"]),
            attached=[item.text for item in version.attachments],
            binding="letter" if letter and not binding else binding,
            issuers=version.issuers,
        )
        return [item for item in found if own is None or item.keys[1] != own]

    def _save_standing(
        self, notice: Row, version: Version, *, kinds: frozenset[str], own: ActStatus | None
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
        status = notice["status"] if notice["status"] in SET_BY_OTHERS else own
        self.db.run(
            "UPDATE notices SET authority = ?, status = ? WHERE id = ?",
            (rank, status, notice["id"]),
        )

    def _save_reference(self, notice_id: int, reference: Reference) -> None:
        key, number = reference.keys
        self.db.insert(
            "relations",
            {
                "notice_id": notice_id,
                "kind": reference.kind,
                "title": reference.title,
                "document_number": reference.document_number,
                "target_id": self.targets.find(notice_id, reference),
                "probable": 0,
                "effect": _written(reference),
                "title_key": key,
                "number_key": number,
                "unread": reference.unread,
                "terms": dumps(reference.terms.to_json()),
            },
        )

    def _renamed_by(self, notice_id: int) -> list[int]:
        """The acts to which a notice gives another name."""
        rows = self.db.rows(
            "SELECT target_id FROM relations WHERE notice_id = ? AND target_id IS NOT NULL"
            " AND terms LIKE '%renamed%'",
            (notice_id,),
        )
        return [row["target_id"] for row in rows]

    def _drop_weaker(self, notice_id: int) -> None:
        """An act that is changed under one name is not also cited under another."""
        self.db.run(
            "DELETE FROM relations WHERE notice_id = ? AND kind = 'cites' AND effect IS NULL"
            " AND target_id IN"
            " (SELECT target_id FROM relations WHERE notice_id = ? AND kind != 'cites')",
            (notice_id, notice_id),
        )
        self.db.run(
            "DELETE FROM relations WHERE notice_id = ? AND target_id IS NOT NULL AND id NOT IN"
            " (SELECT min(id) FROM relations WHERE notice_id = ?"
            " GROUP BY target_id, kind, effect, terms)",
            (notice_id, notice_id),
        )

    def _claim_references(self, notice_id: int) -> list[Row]:
        """Relations of acts known before that name this one find it now; as they were."""
        found = [
            row
            for row in self.targets.meaning(self.notices.row(notice_id))
            if self.targets.find(row["notice_id"], _reference_of(row)) == notice_id
        ]
        for row in found:
            self.db.run("UPDATE relations SET target_id = ? WHERE id = ?", (notice_id, row["id"]))
        return found


def _own_status(notice: Row, draft: bool, ended: bool) -> ActStatus | None:
    """What an act is by its own pages, and by the libraries of those who may say it."""
    if draft:
        return "draft"
    return "expired" if ended else "in_force" if notice["stage"] == "final" else None


def _said_ended(leads: Sequence[ActLead]) -> bool:
    """Whether the first page that may speak for the act and prints its validity has it ended."""
    official = [lead for lead in leads if lead.standing is Standing.OFFICIAL and not lead.gone]
    if official and says_itself_ended(official[0].version.title, official[0].version.text):
        return True
    said = (read_validity(lead.version.validity) for lead in official)
    return next((word for word in said if word is not None), None) == "ended"


def _written(reference: Reference) -> str | None:
    """The effect as the table keeps it: extended:2029-12-31, extended:P2Y, else its name."""
    if reference.until:
        return f"{reference.effect}:{reference.until}"
    return reference.effect


def _reference_of(row: Row) -> Reference:
    """A kept relation as the reference that it was read from."""
    effect, _, until = (row["effect"] or "").partition(":")
    return Reference(
        kind=row["kind"],
        title=row["title"],
        document_number=row["document_number"],
        effect=cast("Effect | None", effect or None),
        until=until or None,
    )
