"""Kept articles as JSON: the command's and the interface's answer."""

from __future__ import annotations

from collections.abc import Iterable

from typing_extensions import TypedDict

from domain.records.lead import ArticleLead


class MovedClaimJson(TypedDict):
    text: str
    before: str
    after: str


class LeadJson(TypedDict):
    id: int
    title: str
    url: str
    publisher: str
    published: str | None
    added: str
    who: str
    checked: str | None
    counts: dict[str, int]
    rests_on: list[str]
    moved: list[MovedClaimJson]
    moved_at: str | None


class LeadsJson(TypedDict):
    leads: list[LeadJson]


def leads_json(leads: Iterable[ArticleLead]) -> LeadsJson:
    """The articles in the order given."""
    return {"leads": [_lead(lead) for lead in leads]}


def _lead(lead: ArticleLead) -> LeadJson:
    return {
        "id": lead.id,
        "title": lead.title,
        "url": lead.url,
        "publisher": lead.publisher,
        "published": lead.published.isoformat() if lead.published else None,
        "added": lead.added.isoformat(),
        "who": lead.who,
        "checked": lead.checked.isoformat() if lead.checked else None,
        "counts": lead.report["counts"] if lead.report else {},
        "rests_on": sorted(lead.rests_on),
        "moved": [
            {"text": claim.text, "before": claim.before, "after": claim.after}
            for claim in lead.moved
        ],
        "moved_at": lead.moved_at.isoformat() if lead.moved_at else None,
    }
