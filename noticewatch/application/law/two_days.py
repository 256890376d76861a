"""One act on two days, article by article, with what changed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from typing_extensions import TypedDict

from domain.law.provisions import Provision
from domain.records.json_types import IsoDay
from noticewatch.application.law.act_as_of import ActAsOf, ArticleOnDay, SourceActJson

ArticleChangeKind = Literal["same", "changed", "added", "gone", "not_known"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleOnTwoDays:
    """An article before and after; None where it has no text that is known on a day."""

    article: str
    change: ArticleChangeKind
    before: str | None
    after: str | None
    by: Provision


def compared_days(first: ActAsOf, second: ActAsOf) -> list[ArticleOnTwoDays]:
    """The articles of an act on either of two days, in the order of the later text."""
    before = {item.provision.article: item for item in first.articles}
    after = {item.provision.article: item for item in second.articles}
    labels = [*after, *(label for label in before if label not in after)]
    rows = (_row(label, before.get(label), after.get(label)) for label in labels)
    return [row for row in rows if row is not None]


def _row(
    label: str, before: ArticleOnDay | None, after: ArticleOnDay | None
) -> ArticleOnTwoDays | None:
    last = after or before
    assert last is not None
    old, new = before.text if before else None, after.text if after else None
    unknown = "not_known" in {item.state for item in (before, after) if item is not None}
    if old is None and new is None and not unknown:
        return None
    return ArticleOnTwoDays(
        article=label, change="not_known" if unknown else _kind(old, new), before=old, after=new,
        by=last.provision,
    )  # fmt: skip


def _kind(old: str | None, new: str | None) -> ArticleChangeKind:
    if old == new:
        return "same"
    if old is None:
        return "added"
    return "gone" if new is None else "changed"


ArticleOnTwoDaysJson = TypedDict(
    "ArticleOnTwoDaysJson",
    {
        "article": str,
        "change": ArticleChangeKind,
        "before": str | None,
        "after": str | None,
        "from": IsoDay | None,
        "source": SourceActJson,
    },
)


class TwoDaysJson(TypedDict):
    as_of: IsoDay
    against: IsoDay
    status: list[str]
    articles: list[ArticleOnTwoDaysJson]


def two_days_json(first: ActAsOf, second: ActAsOf) -> TwoDaysJson:
    """What ``show --as-of A --against B`` and the interface answer."""
    return {
        "as_of": first.day.isoformat(),
        "against": second.day.isoformat(),
        "status": [first.status, second.status],
        "articles": [_json(row) for row in compared_days(first, second)],
    }


def _json(row: ArticleOnTwoDays) -> ArticleOnTwoDaysJson:
    by = row.by
    return {
        "article": row.article,
        "change": row.change,
        "before": row.before,
        "after": row.after,
        "from": by.since.isoformat() if by.since else None,
        "source": {"id": by.source_id, "document_number": by.source_number},
    }
