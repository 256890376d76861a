"""Find the act that a reference means: by number, else by title, whom it may be told of first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from archive.ports import Database, Row
from archive.services.editions import NOT_THE_ACT
from archive.services.standing.act_leads import issuers_from
from archive.services.standing.act_rank import most_official_first
from domain.acts.changing.amending_sheets import sheet_of, standard_of_sheet
from domain.acts.issuers import bodies_of
from domain.acts.public_bodies import may_change
from domain.acts.references import Reference, numbered_by
from domain.acts.titles import act_number_key, title_key, title_marks

_MOST = 60  # acts of one name or number that are looked at
_NAMED = """
SELECT * FROM notices WHERE title_key = ? AND id != ? AND (? IS NULL OR number_key IS NULL)
  AND (? = 1 OR published IS NULL
       OR published <= (SELECT coalesce(published, '9999') FROM notices WHERE id = ?))
ORDER BY {first}, published DESC NULLS LAST, id DESC LIMIT ?"""
_NUMBERED = """
SELECT * FROM notices WHERE number_key = ? AND id != ?
ORDER BY {first}, id LIMIT ?"""
_ORDERED = """
SELECT * FROM notices WHERE id IN (SELECT p.notice_id FROM posting_keys k
  JOIN postings p ON p.id = k.posting_id WHERE k.kind = 'bare' AND k.value = ?) AND id != ?
ORDER BY {first}, id LIMIT ?"""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferenceTargets:
    """Finds the act that a reference means, and the references that mean an act.

    Of several acts of a name or number those go first that their issuer has published itself, then
    the referring one's own, then those that it may dispose of, then the highest body's: a page that
    only borrows a name or number stands in no one's way.
    """

    db: Database

    def find(self, notice_id: int, reference: Reference) -> int | None:
        """The named act in the archive: by number, else by title when no number contradicts."""
        key, number = reference.keys
        if standard := standard_of_sheet(reference.title):
            return self._best(notice_id, self._sheets(standard, reference.title, notice_id))
        if number:
            found = self._numbered(number, reference.bodies, notice_id)
            if found is not None or (not key and reference.bodies):
                return found
        if reference.bodies:
            number = None  # where the act's own page lacks it, the title decides
        if not key:
            return None
        given = (key, notice_id, number, int(reference.effect is None), notice_id)
        rows = self._ranked(_NAMED, (*given, self._issued_by(notice_id), _MOST))
        acts = [row for row in rows if not title_marks(row["title"], "") & NOT_THE_ACT]
        acts.sort(key=lambda row: (row["published"] or "", row["id"]), reverse=True)
        if not acts and number is None:
            acts = self._renamed(key, notice_id)
        return self._best(notice_id, acts)

    def _sheets(self, standard: str, name: str, but: int) -> list[Row]:
        """The acts that amend a standard as its sheet of that name."""
        rows = self.db.rows(
            "SELECT DISTINCT n.* FROM relations r JOIN notices n ON n.id = r.notice_id"
            " WHERE r.number_key = ? AND r.kind = 'amends' AND n.id != ? ORDER BY n.id LIMIT ?",
            (standard, but, _MOST),
        )
        return [row for row in rows if sheet_of(row["title"]) == name]

    def _renamed(self, key: str, but: int) -> list[Row]:
        """The acts that a later act has given this name."""
        return self.db.rows(
            "SELECT DISTINCT n.* FROM relations r JOIN notices n ON n.id = r.target_id"  # noqa: S608 (ours)
            f" WHERE {self.db.dialect.json_text('r.terms', 'renamed')} = ?"
            " AND r.kind = 'amends' AND r.claimed = 0 AND n.id != ? ORDER BY n.id LIMIT ?",
            (key, but, _MOST),
        )

    def names(self, notice_id: int) -> list[str]:
        """The title keys that later acts have given an act."""
        rows = self.db.rows(
            f"SELECT DISTINCT {self.db.dialect.json_text('terms', 'renamed')} AS name"  # noqa: S608 (ours)
            " FROM relations WHERE target_id = ? AND kind = 'amends' AND claimed = 0"
            " AND terms LIKE '%renamed%'",
            (notice_id,),
        )
        return [row["name"] for row in rows if row["name"]]

    def _issued_by(self, notice_id: int) -> str | None:
        """Who issued an act, as its row has it."""
        value: str | None = self.db.value(
            "SELECT issued_by FROM notices WHERE id = ?", (notice_id,)
        )
        return value

    def _numbered(self, number: str, bodies: frozenset[str], but: int) -> int | None:
        """The act of a number; of an order's number the one that one of the bodies issued."""
        if not bodies:
            rows = self._ranked(_NUMBERED, (number, but, self._issued_by(but), _MOST))
            return self._best(but, rows)
        rows = self._ranked(_ORDERED, (number, but, self._issued_by(but), _MOST))
        return self._best(but, [row for row in rows if bodies & printed_bodies(row)])

    def _ranked(self, sql: str, values: tuple[Any, ...]) -> list[Row]:
        return self.db.rows(sql.format(first=most_official_first(self.db.dialect)), values)

    def _best(self, notice_id: int, rows: list[Row]) -> int | None:
        """The act that may be told of first; ``rows`` in the order that else decides."""
        if len(rows) < 2:
            return rows[0]["id"] if rows else None
        actor = self.db.row("SELECT * FROM notices WHERE id = ?", (notice_id,))
        assert actor is not None
        actors = issuers_from(actor)

        def order(row: Row) -> tuple[bool, bool, bool, int]:
            issuers = issuers_from(row)
            rank = min((body.rank for body in issuers), default=0)
            unsure = row["confirmed"] == 0
            return unsure, actors.isdisjoint(issuers), not may_change(actors, issuers), rank

        return int(min(rows, key=order)["id"])

    def meaning(self, notice: Row) -> list[Row]:
        """Relations of other acts that bear this one's title or number and mean it, or meant
        another act for want of this one."""
        if title_marks(notice["title"], "") & NOT_THE_ACT:
            return []
        key = act_number_key(notice["document_number"])
        number = key.value if key else None
        # Two questions, since for one with OR SQLite reads every relation.
        named = "SELECT * FROM relations WHERE kind != 'repealed_by' AND notice_id != ? AND"
        rows = self.db.rows(
            f"{named} title_key = ? UNION {named} number_key = ? ORDER BY id",
            (notice["id"], notice["title_key"] or "-", notice["id"], number or "-"),
        )
        sheet = sheet_of(notice["title"])
        keys = [*self.names(notice["id"]), *([title_key(sheet)] if sheet else [])]
        for name in keys:
            rows += self.db.rows(f"{named} title_key = ? ORDER BY id", (notice["id"], name))
        return [
            row
            for row in rows
            if row["target_id"] != notice["id"]
            and row["kind"] not in {"edition_of", "finalises"}
            and _is_meant(row, notice)
        ]


def _is_meant(relation: Row, notice: Row) -> bool:
    """A relation that bears the notice's title or number means it, unless its number is another,
    or an order's number of another body."""
    key = act_number_key(notice["document_number"])
    if key is None or not relation["number_key"]:
        return True
    if relation["number_key"] != key.value:
        return False
    by_title = relation["title_key"] == notice["title_key"]
    return (
        key.full
        or by_title
        or not printed_bodies(notice).isdisjoint(numbered_by(relation["document_number"] or ""))
    )


def printed_bodies(notice: Row) -> frozenset[str]:
    """The bodies that issued a notice, by its list of issuers and its number."""
    return bodies_of(json.loads(notice["issuers"])) | numbered_by(notice["document_number"] or "")
