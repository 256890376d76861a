"""Pairs of acts that replace, finalise, amend or implement each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from archive.ports import Database
from domain.records.notice import Notice
from domain.records.states import RelationKind

# How two acts belong together, the closest relation first.
_CLOSEST: tuple[RelationKind, ...] = (
    "edition_of", "finalises", "repeals", "amends", "corrects", "extends", "suspends",
    "implements", "interprets", "cites",
)  # fmt: skip

_SUCCESSION = frozenset({"edition_of", "finalises", "repeals", "amends"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Bond:
    """``newer`` replaces, finalises, amends, implements or cites ``older`` (notices' ids)."""

    kind: RelationKind
    older: int
    newer: int
    probable: bool

    @property
    def succession(self) -> bool:
        """Whether one takes the other's place, so that before and after may be said."""
        return self.kind in _SUCCESSION


@dataclass(frozen=True, kw_only=True, slots=True)
class RelatedActs:
    """Two acts of the archive that belong together, with their titles."""

    bond: Bond
    older_title: str
    newer_title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RelatedActPairs:
    """Pairs of acts that replace, finalise, amend or implement each other."""

    db: Database

    def latest(self, *, limit: int) -> list[RelatedActs]:
        """Pairs of a relevant act and the one that it replaces, finalises, amends or
        implements, the newest act first, each pair once."""
        rows = self.db.rows(
            "SELECT r.kind, r.probable, n.id, n.title, o.id AS other_id, o.title AS other"
            " FROM relations r JOIN notices n ON n.id = r.notice_id"
            " JOIN notices o ON o.id = r.target_id"
            " WHERE r.kind NOT IN ('cites', 'repealed_by') AND r.target_id != r.notice_id"
            " AND r.claimed = 0"
            " AND n.relevant_because IS NOT NULL"
            " ORDER BY coalesce(n.published, substr(n.first_seen, 1, 10)) DESC, n.id DESC LIMIT ?",
            (4 * limit,),
        )
        pairs: dict[tuple[int, int], RelatedActs] = {}
        for row in rows:
            kind = cast("RelationKind", row["kind"])
            bond = bond_of(row["id"], kind, row["other_id"], probable=bool(row["probable"]))
            found = RelatedActs(bond=bond, older_title=row["other"], newer_title=row["title"])
            key = (bond.older, bond.newer)
            known = pairs.get(key)
            if known is None or _CLOSEST.index(kind) < _CLOSEST.index(known.bond.kind):
                pairs[key] = found
        return list(pairs.values())[:limit]


def bond_between(one: Notice, other: Notice) -> Bond | None:
    """The closest relation that either act states of the other."""
    bonds = [*_stated(one, other.id), *_stated(other, one.id)]
    return min(bonds, key=lambda bond: _CLOSEST.index(bond.kind), default=None)


def _stated(notice: Notice, target: int) -> list[Bond]:
    return [
        bond_of(notice.id, relation.kind, target, probable=relation.probable)
        for relation in notice.relations
        if relation.target_id == target and not relation.claimed
    ]


def bond_of(notice_id: int, kind: RelationKind, target: int, *, probable: bool) -> Bond:
    """What an act states of another one, read from the older to the newer."""
    if kind == "repealed_by":
        return Bond(kind="repeals", older=notice_id, newer=target, probable=probable)
    return Bond(kind=kind, older=target, newer=notice_id, probable=probable)
