"""One act as it reads on a day: its articles, their sources and the duties then in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from typing_extensions import TypedDict

from archive.transfer.notice_json import DutyJson, duties_json
from domain.law.duties import Duty
from domain.law.provisions import Basis, Provision, consolidated_text, provisions_on
from domain.records.json_types import IsoDay
from domain.records.notice import Notice
from domain.text.units import text_blocks

if TYPE_CHECKING:
    from archive.store import Archive


@dataclass(frozen=True, kw_only=True, slots=True)
class ActAsOf:
    """An act on a day. ``known`` is False for a day before the first one of which the archive
    knows the text; ``known_since`` says from when it does."""

    notice: Notice
    day: date
    known_since: date | None
    status: str
    articles: Sequence[Provision]
    duties: Sequence[Duty]

    @property
    def known(self) -> bool:
        return self.known_since is not None and self.known_since <= self.day


def act_as_of(archive: Archive, notice: Notice, day: date) -> ActAsOf:
    """How an act reads on a day, by what the archive holds."""
    history = archive.ledger.provisions(notice.id)
    known = min((item.since for item in history if item.since is not None), default=None)
    reads = provisions_on(history, day)
    return ActAsOf(
        notice=notice, day=day, known_since=known, articles=reads,
        status=_status(notice, known, archive.ledger.last_day(notice.id), day),
        duties=_duties(notice, reads) if reads else (),
    )  # fmt: skip


def _status(notice: Notice, known: date | None, last: date | None, day: date) -> str:
    if notice.stage == "draft":
        return "draft"
    if known is None:
        return "not_known"
    if day < known:
        return "not_yet"
    if last is not None and day > last:
        return "ended"
    return "in_force"


def _duties(notice: Notice, reads: Sequence[Provision]) -> tuple[Duty, ...]:
    """The duties of the text of that day, each from and until as its article."""
    from classifier.duties import read_duties
    from classifier.facts.fact_document import read_document

    document = read_document(
        notice.title, text_blocks(consolidated_text(reads)), (), notice.published, notice.issuers
    )
    by_article = {item.article: item for item in reads}
    found = []
    for duty in read_duties(document, stage=notice.stage):
        item = by_article.get(duty.article or "")
        since = item.since if item is not None else None
        until = item.until if item is not None else None
        found.append(
            replace(
                duty, state="draft" if notice.stage == "draft" else "in_force",
                since=since.isoformat() if since else None,
                until=until.isoformat() if until else None,
            )
        )  # fmt: skip
    return tuple(found)


class SourceActJson(TypedDict):
    id: int
    document_number: str | None


ArticleJson = TypedDict(
    "ArticleJson",
    {
        "article": str,
        "text": str,
        "from": IsoDay | None,
        "until": IsoDay | None,
        "basis": Basis,
        "certain": bool,
        "source": SourceActJson,
    },
)


class ActAsOfJson(TypedDict):
    as_of: IsoDay
    known: bool
    known_since: IsoDay | None
    status: str
    articles: list[ArticleJson]
    duties: list[DutyJson]


def as_of_json(act: ActAsOf) -> ActAsOfJson:
    """What ``show --as-of`` and the interface answer."""
    return {
        "as_of": act.day.isoformat(),
        "known": act.known,
        "known_since": act.known_since.isoformat() if act.known_since else None,
        "status": act.status,
        "articles": [_article(item) for item in act.articles],
        "duties": duties_json(act.duties, act.notice.id),
    }


def _article(item: Provision) -> ArticleJson:
    return {
        "article": item.article,
        "text": item.text,
        "from": item.since.isoformat() if item.since else None,
        "until": item.until.isoformat() if item.until else None,
        "basis": item.basis,
        "certain": item.certain,
        "source": {"id": item.source_id, "document_number": item.source_number},
    }
