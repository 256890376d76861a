"""Questions that are answered by lists: search, changes, deadlines, requirements, coverage."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from config.loader import load_jurisdictions
from config.model import Source
from domain.facts.open_dates import dated_facts
from domain.law.duties import Bound
from domain.law.duty_days import next_day
from domain.law.law_lookup import find_law
from domain.records.change import Change
from domain.records.notice import Notice
from i18n.headline_text import duty_text
from noticewatch.application.law.duty_list import DutyFilter, listed_duties
from noticewatch.application.notice_search import Question, find_notices
from noticewatch.application.tools.answer_shapes import Answer, QuoteJson, fitted, not_found
from noticewatch.application.tools.held_acts import act_json
from noticewatch.application.tools.verbatim import passages

if TYPE_CHECKING:
    from noticewatch.application.tools.held_acts import HeldActs

MOST_ROWS = 20
_LOOKED_THROUGH = 300  # duties
_WORDS = re.compile(r"[\u4e00-\u9fff]{2,}|[a-zA-Z0-9]{3,}")


def search(
    acts: HeldActs, query: str, *, encoder: str, jurisdiction: str | None = None, limit: int = 5
) -> Answer:
    """Notices that answer a query, each with the sentence that comes nearest to it."""
    question = Question(
        query=query[:1000], limit=min(max(limit, 1), MOST_ROWS),
        jurisdictions=(jurisdiction,) if jurisdiction else (),
    )  # fmt: skip
    result = find_notices(acts.archive, question, encoder=encoder)
    hits = []
    for hit in result.hits:
        quote = _nearest_sentence(acts, hit.id, query)
        hits.append(
            {"id": hit.id, "title": hit.title, "title_en": hit.title_en, "url": hit.url,
             "jurisdiction": hit.jurisdiction, "quotes": [quote] if quote else []}
        )  # fmt: skip
    listed = [act_json(entry) for entry in find_law(acts.entries, query, jurisdiction)[:3]]
    if not hits and not listed:
        return not_found("no notice and no registered act has these words", query=query[:200])
    answer = {"found": True, "as_of": acts.day.isoformat(), "hits": hits, "acts": listed}
    return fitted(answer, "hits", "acts")


def _nearest_sentence(acts: HeldActs, notice_id: int, query: str) -> QuoteJson | None:
    """The sentence of an act that has most of a query's words."""
    version = acts.version(notice_id)
    wanted = {word[at : at + 2] for word in _WORDS.findall(query) for at in range(len(word) - 1)}
    pieces = passages(version.text) if version is not None else []
    best = max(pieces, key=lambda piece: sum(word in piece for word in wanted), default=None)
    return acts.quote(notice_id, best) if best else None


def changes_since(acts: HeldActs, since: date, jurisdiction: str | None = None) -> Answer:
    """What changed in relevant acts since a day, the newest first."""
    moment = datetime.combine(since, time(), UTC)
    relevant = {notice.id: notice for notice in acts.notices}
    changes = [
        change
        for change in reversed(acts.archive.changes.find(since=moment))
        if change.notice_id in relevant
        and jurisdiction in (None, relevant[change.notice_id].jurisdiction)
    ]
    if not changes:
        return not_found(f"nothing changed since {since.isoformat()} in what is held")
    rows = [_change(acts, change, relevant[change.notice_id]) for change in changes[:MOST_ROWS]]
    answer = {
        "found": True, "as_of": acts.day.isoformat(), "since": since.isoformat(),
        "total": len(changes), "changes": rows,
    }  # fmt: skip
    return fitted(answer, "changes")


def _change(acts: HeldActs, change: Change, notice: Notice) -> Answer:
    words = [duty.quote for duty in change.duties_after] + [
        fact.quote for fact in change.facts_after
    ]
    found = (acts.quote(notice.id, quote) for quote in words if quote)
    return {
        "at": change.at.isoformat(), "kind": str(change.kind), "why": change.reason,
        "id": notice.id, "title": notice.title, "jurisdiction": notice.jurisdiction,
        "severity": change.severity, "quotes": [quote for quote in found if quote][:1],
    }  # fmt: skip


def open_deadlines(
    acts: HeldActs, *, jurisdiction: str | None = None, role: str | None = None, days: int = 90
) -> Answer:
    """Days to come on which somebody must have done something, the soonest first."""
    last = acts.day + timedelta(days=min(max(days, 0), 3660))
    rows = [
        row
        for notice in acts.notices
        if jurisdiction in (None, notice.jurisdiction)
        for row in _deadlines(acts, notice, role)
        if acts.day <= row["on"] <= last
    ]
    rows.sort(key=lambda row: (row["on"], row["id"]))
    if not rows:
        return not_found(f"no open date until {last.isoformat()} in the acts that are held")
    shown = [{**row, "on": row["on"].isoformat()} for row in rows[:MOST_ROWS]]
    answer = {
        "found": True, "as_of": acts.day.isoformat(), "total": len(rows), "deadlines": shown
    }  # fmt: skip
    return fitted(answer, "deadlines")


def _deadlines(acts: HeldActs, notice: Notice, role: str | None) -> Iterable[Answer]:
    about = {"id": notice.id, "title": notice.title, "jurisdiction": notice.jurisdiction}
    for duty in notice.duties:
        on = next_day(duty, acts.day)
        asked = role is None or duty.who.role in (role, "any_company", None)
        if on is None or not asked or duty.who.kind is Bound.AUTHORITY:
            continue
        if not acts.reads(notice.id, duty.quote):
            continue
        if quote := acts.quote(notice.id, duty.quote, duty.article):
            yield {**about, "on": on, "what": duty_text(duty, "en"), "quotes": [quote]}
    for fact, on in dated_facts(notice.facts, acts.day) if role is None else ():
        if quote := acts.quote(notice.id, fact.quote):
            yield {**about, "on": on, "what": str(fact.kind).replace("_", " "), "quotes": [quote]}


def requirements(
    acts: HeldActs, role: str, *, jurisdiction: str | None = None, topic: str | None = None
) -> Answer:
    """What an act that is held obliges a role to, each duty in the act's own words."""
    asked = DutyFilter(role=role, jurisdiction=jurisdiction, topic=topic)
    listed = [
        item
        for item in listed_duties(acts.notices, asked, acts.day)
        if item.duty.who.kind is not Bound.AUTHORITY
    ]
    rows = []
    for item in listed[:_LOOKED_THROUGH]:
        if not acts.reads(item.notice.id, item.duty.quote):
            continue
        if quote := acts.quote(item.notice.id, item.duty.quote, item.duty.article):
            rows.append(
                {"duty_id": item.id, "en": duty_text(item.duty, "en"),
                 "modality": item.duty.modality.value, "state": item.duty.state, "quotes": [quote]}
            )  # fmt: skip
    if not rows:
        return not_found("no act that is held has a duty of this role there")
    answer = {
        "found": True, "as_of": acts.day.isoformat(), "total": len(rows),
        "requirements": rows[:MOST_ROWS],
    }  # fmt: skip
    return fitted(answer, "requirements")


def coverage(acts: HeldActs, sources: Mapping[str, Source]) -> Answer:
    """Which places are watched, by how many sources, in which state, and what is held of them."""
    health = {item.key: str(item.state) for item in acts.archive.sources.all()}
    held = Counter(notice.jurisdiction for notice in acts.notices)
    names = load_jurisdictions()
    places: dict[str, Counter[str]] = {}
    for source in sources.values():
        states = places.setdefault(source.jurisdiction, Counter())
        states[health.get(source.key, "not polled yet")] += 1
    rows: list[dict[str, Any]] = [
        {"jurisdiction": code, "name": names[code].en if code in names else code,
         "sources": dict(states), "relevant_notices": held.get(code, 0)}
        for code, states in sorted(places.items())
    ]  # fmt: skip
    answer = {
        "found": True, "as_of": acts.day.isoformat(), "places": rows,
        "acts": dict(Counter(entry.held for entry in acts.entries)),
    }  # fmt: skip
    return fitted(answer, "places")
