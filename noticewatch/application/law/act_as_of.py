"""One act as it reads on a day: its articles, their sources and the duties then in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from typing_extensions import TypedDict

from archive.transfer.notice_json import DutyJson, duties_json
from domain.law.act_history import ActHistory, Pause
from domain.law.duties import Duty
from domain.law.duty_changes import duties_on
from domain.law.provisions import Basis, Provision, consolidated_text
from domain.records.json_types import IsoDay
from domain.records.notice import Notice
from domain.records.states import ChangeState
from domain.text.units import text_blocks

if TYPE_CHECKING:
    from archive.store import Archive


ArticleState = Literal["in_force", "suspended", "not_known", "repealed", "not_yet"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleOnDay:
    """An article with its state on a day. Only one that is in force or suspended reads as its
    provision says; of the others the text is not told."""

    provision: Provision
    state: ArticleState
    suspended_parts: tuple[str, ...] = ()
    """Its paragraphs and items that are not applied on the day, while the rest is."""

    @property
    def text(self) -> str | None:
        return self.provision.text if self.state in ("in_force", "suspended") else None


@dataclass(frozen=True, kw_only=True, slots=True)
class ActAsOf:
    """An act on a day. ``known`` is False for a day before the first one of which the archive
    knows the text; ``known_since`` says from when it does."""

    notice: Notice
    day: date
    known_since: date | None
    status: str
    articles: Sequence[ArticleOnDay]
    duties: Sequence[Duty]

    @property
    def known(self) -> bool:
        return self.known_since is not None and self.known_since <= self.day


def act_as_of(archive: Archive, notice: Notice, day: date) -> ActAsOf:
    """How an act reads on a day, by what the archive holds."""
    history = archive.ledger.history(notice.id)
    if history is None:
        return ActAsOf(
            notice=notice, day=day, known_since=None, status="not_known", articles=(), duties=()
        )
    status = _status(archive, notice, history, day)
    binds = status in ("in_force", "suspended")
    reads = history.reads_on(day) if binds else []
    articles = [_article_on(history, item, day) for item in reads]
    return ActAsOf(
        notice=notice, day=day, known_since=history.first, status=status,
        articles=(*articles, *(_others(history, reads, day) if binds else ())),
        duties=_duties(archive, notice, history, reads, day) if reads else (),
    )  # fmt: skip


def _status(archive: Archive, notice: Notice, history: ActHistory, day: date) -> str:
    if notice.stage == "draft" or notice.status == "draft":
        return "draft"
    if history.first is None:
        return "not_known"
    if day < history.first:
        return "not_yet"
    if history.last is not None and day > history.last:
        return "repealed" if archive.ledger.repealed_on(notice.id, day) else "expired"
    return "suspended" if any(_whole(pause, day) for pause in history.pauses) else "in_force"


def _whole(pause: Pause, day: date) -> bool:
    return not pause.articles and pause.covers("", day, ())


def _article_on(history: ActHistory, item: Provision, day: date) -> ArticleOnDay:
    if not item.certain:
        return ArticleOnDay(provision=item, state="not_known")
    paused = history.paused(item.article, day) is not None
    if paused:
        return ArticleOnDay(provision=item, state="suspended")
    parts = history.paused_parts(item.article, day)
    return ArticleOnDay(provision=item, state="in_force", suspended_parts=parts)


def _others(history: ActHistory, reads: Sequence[Provision], day: date) -> Iterator[ArticleOnDay]:
    """Numbers that stand for no article on the day: repealed by then, or not yet there."""
    now = {item.article for item in reads}
    seen: dict[str, Provision] = {}
    for item in history.provisions():
        if item.article not in now and item.since is not None and not item.article.startswith("¶"):
            past = seen.get(item.article)
            if past is None or (item.since <= day and (past.since or day) <= item.since):
                seen[item.article] = item
    for item in seen.values():
        gone = item.since is not None and item.since <= day
        yield ArticleOnDay(provision=item, state="repealed" if gone else "not_yet")


def _duties(
    archive: Archive, notice: Notice, history: ActHistory, reads: Sequence[Provision], day: date
) -> tuple[Duty, ...]:
    """The duties of the text of that day, each from and until as its article."""
    found = _kept_duties(archive, notice, day)
    if found is None:
        found = duties_on(_read_duties(notice, reads), history, day)
    by_article = {item.article: item for item in reads}
    return tuple(_dated(duty, by_article.get(duty.article or "")) for duty in found)


def _kept_duties(archive: Archive, notice: Notice, day: date) -> Sequence[Duty] | None:
    """The duties of a day as the classifier has kept them; None where it has not read the act, or
    is to read it again."""
    waits = ChangeState.UNCLASSIFIED in archive.changes.states(notice.id).values()
    if notice.relevant_because is None or waits:
        return None
    return archive.labels_and_facts.duties_of(notice.id, day)


def _read_duties(notice: Notice, reads: Sequence[Provision]) -> Sequence[Duty]:
    """The duties of the text, read now."""
    from classifier.duties import read_duties
    from classifier.facts.fact_document import read_document

    text = consolidated_text([item for item in reads if item.certain])
    document = read_document(notice.title, text_blocks(text), (), notice.published, notice.issuers)
    return read_duties(document, stage=notice.stage)


def _dated(duty: Duty, item: Provision | None) -> Duty:
    since = item.since if item is not None else None
    until = item.until if item is not None else None
    return replace(
        duty, since=since.isoformat() if since else None,
        until=until.isoformat() if until else None,
    )  # fmt: skip


_STATES: dict[ArticleState, str] = {
    "suspended": " · suspended",
    "not_known": "",
    "repealed": " · repealed",
    "not_yet": " · not yet in force",
}


def article_head(item: ArticleOnDay) -> str:
    """What stands above an article: its number, its days, who made it so, its state."""
    known = item.provision
    until = f" until {known.until}" if known.until else ""
    by = known.source_number or known.source_id
    if item.state == "not_known":
        why = f"{by} of {known.since} seems to change this article; its words could not be applied"
        return f"[{known.article} · not known: {why}]"
    parts = f" · suspended: {', '.join(item.suspended_parts)}" if item.suspended_parts else ""
    return f"[{known.article} · {known.since}{until} · {by}{_STATES.get(item.state, '')}{parts}]"


class SourceActJson(TypedDict):
    id: int
    document_number: str | None


NotKnownReason = Literal["seems_changed"]
"""Why an article is not known: its ``source`` seems to change it by words that could not be
applied."""

ArticleJson = TypedDict(
    "ArticleJson",
    {
        "article": str,
        "text": str | None,
        "from": IsoDay | None,
        "until": IsoDay | None,
        "basis": Basis,
        "certain": bool,
        "state": ArticleState,
        "suspended_parts": list[str],
        "reason": NotKnownReason | None,
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


def _article(item: ArticleOnDay) -> ArticleJson:
    known = item.provision
    return {
        "article": known.article,
        "text": item.text,
        "from": known.since.isoformat() if known.since else None,
        "until": known.until.isoformat() if known.until else None,
        "basis": known.basis,
        "certain": known.certain,
        "state": item.state,
        "suspended_parts": list(item.suspended_parts),
        "reason": "seems_changed" if item.state == "not_known" else None,
        "source": {"id": known.source_id, "document_number": known.source_number},
    }
