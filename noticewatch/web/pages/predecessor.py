"""Find the act that a notice is compared with first, and the addresses of comparisons."""

from __future__ import annotations

from dataclasses import dataclass

from archive.read_models.related_acts import bond_of
from domain.records.fact import Fact
from domain.records.notice import Notice
from domain.records.states import ChangeKind, RelationKind
from noticewatch.application import notice_views
from noticewatch.web.context import WebContext
from noticewatch.web.views.comparison_pages import act_comparison_link


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """The act before this one, and where the two are compared; ``facts``: its own, where this
    act's were not compared with them before."""

    title: str
    link: str
    probable: bool
    facts: tuple[Fact, ...] | None


def earlier_act(site: WebContext, found: Notice) -> Earlier | None:
    """The act that the first table compares with: the one replaced or amended, as long as no
    newer version of this act changed a fact."""
    change = notice_views.last_change_of_facts(found)
    if change is not None and change.kind is not ChangeKind.NEW:
        return None
    wanted = _before(site, found, amended=change is not None)
    other = site.archive.notices.get(wanted, versions=False) if wanted else None
    if other is None:
        return None
    stated = [relation for relation in found.relations if relation.target_id == other.id]
    return Earlier(
        title=other.title,
        link=act_comparison_link(other.id, found.id),
        probable=all(relation.probable for relation in stated),
        facts=other.facts if change is None else None,
    )


def _before(site: WebContext, found: Notice, *, amended: bool) -> int | None:
    replaced = site.archive.editions.predecessor(found.id)
    if replaced is not None:
        return replaced[0]
    targets = {
        relation.target_id
        for relation in found.relations
        if relation.kind == "amends" and not relation.claimed
    }
    return targets.pop() if amended and len(targets) == 1 else None


def compare_link(notice: int, kind: RelationKind, other: int) -> str:
    """Where an act is compared with one that it names (``kind``)."""
    bond = bond_of(notice, kind, other, probable=False)
    return act_comparison_link(bond.older, bond.newer)
