"""Questions about single acts: find one, read an article of a day, set two beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from domain.claims.claim_reading import article_number
from domain.law.law_list import LawEntry
from domain.law.provisions import Provision, provisions_on
from noticewatch.application.tools.answer_shapes import Answer, fitted, not_found
from noticewatch.application.tools.held_acts import act_json

if TYPE_CHECKING:
    from noticewatch.application.tools.held_acts import HeldActs

_ARTICLES_NAMED = 80
_ALIKE = 0.6


def act_or_reason(acts: HeldActs, called: str) -> LawEntry | Answer:
    """The act that is called so, or why there is none."""
    found = acts.find(called)
    if isinstance(found, LawEntry):
        return found
    if found:
        near = [act_json(entry) for entry in found]
        return fitted(not_found("several acts come near; name one by its key, id or number",
                                candidates=near), "candidates")  # fmt: skip
    return not_found("neither the register nor the archive holds an act of this name or number")


def get_act(acts: HeldActs, called: str) -> Answer:
    """An act: its standing on the day, what is held of it, and its first words."""
    entry = act_or_reason(acts, called)
    if not isinstance(entry, LawEntry):
        return entry
    answer: Answer = {
        "found": True, "as_of": acts.day.isoformat(), "act": act_json(entry),
        "articles": [], "quotes": [],
    }  # fmt: skip
    if entry.id is None:
        answer["note"] = "the text is not held: only what the register knows of it"
        return fitted(answer, "articles")
    reads = provisions_on(acts.archive.ledger.provisions(entry.id), acts.day)
    answer["articles"] = [item.article for item in reads][:_ARTICLES_NAMED]
    for item in reads[:1]:
        answer["quotes"] = acts.quotes((item.source_id, entry.id), item.text, item.article)
    return fitted(answer, "quotes", "articles")


def get_article(acts: HeldActs, called: str, article: str) -> Answer:
    """One article as it reads on the day."""
    entry = act_or_reason(acts, called)
    if not isinstance(entry, LawEntry):
        return entry
    if entry.id is None:
        return not_found("the text of this act is not held", act=act_json(entry))
    history = acts.archive.ledger.provisions(entry.id)
    wanted = article_number(article.strip().removeprefix("article").removeprefix("art.").strip())
    label = [item for item in history if article_number(item.article) == wanted]
    item = next(iter(provisions_on(label, acts.day)), None)
    if item is None:
        return not_found(_why_not(label, acts.day, article), act=act_json(entry))
    quotes = acts.quotes((item.source_id, entry.id), item.text, item.article)
    if not quotes:
        return not_found("its wording of this day stands in no stored version", act=act_json(entry))
    return fitted(
        {
            "found": True, "as_of": acts.day.isoformat(), "act": act_json(entry),
            "article": item.article, "from": _iso(item.since), "until": _iso(item.until),
            "basis": item.basis, "certain": item.certain, "quotes": quotes,
        },
        "quotes",
    )  # fmt: skip


def _why_not(history: Sequence[Provision], day: date, article: str) -> str:
    if not history:
        return f"the text that is held has no article {article}"
    first = min((item.since for item in history if item.since), default=None)
    if first is not None and day < first:
        return f"its text is known from {first.isoformat()} only"
    return f"article {article} does not read on {day.isoformat()}: it was ended before"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def compare_acts(acts: HeldActs, before: str, after: str) -> Answer:
    """The articles of two acts: which are alike, which differ, which only one has."""
    pair = [act_or_reason(acts, called) for called in (before, after)]
    for found in pair:
        if not isinstance(found, LawEntry):
            return found
    one, other = (item for item in pair if isinstance(item, LawEntry))
    if one.id is None or other.id is None:
        missing = one if one.id is None else other
        return not_found("the text of this act is not held", act=act_json(missing))
    old, new = (_reads(acts, item.id or 0) for item in (one, other))
    answer: Answer = {
        "found": True, "as_of": acts.day.isoformat(), "before": act_json(one),
        "after": act_json(other), "changed": [], "same": [], "only_before": [], "only_after": [],
    }  # fmt: skip
    _sort_articles(acts, answer, old, new)
    return fitted(answer, "changed", "only_before", "only_after", "same")


def _reads(acts: HeldActs, notice_id: int) -> list[Provision]:
    """How an act reads on the day; an act that is over as it last read."""
    history = acts.archive.ledger.provisions(notice_id)
    if reads := provisions_on(history, acts.day):
        return reads
    last = max((item.until for item in history if item.until), default=None)
    return provisions_on(history, last) if last else history


def _sort_articles(
    acts: HeldActs, answer: Answer, old: list[Provision], new: list[Provision]
) -> None:
    left = list(new)
    for item in old:
        twin = max(left, key=lambda other: _likeness(item.text, other.text), default=None)
        likeness = _likeness(item.text, twin.text) if twin is not None else 0.0
        if twin is None or likeness < _ALIKE:
            answer["only_before"].append(item.article)
            continue
        left.remove(twin)
        if likeness == 1.0:
            answer["same"].append([item.article, twin.article])
            continue
        answer["changed"].append(
            {
                "before": acts.quotes((item.source_id,), item.text, item.article)[:1],
                "after": acts.quotes((twin.source_id,), twin.text, twin.article)[:1],
            }
        )
    answer["only_after"] = [item.article for item in left]


def _likeness(one: str, other: str) -> float:
    first, second = "".join(one.split()), "".join(other.split())
    if first == second:
        return 1.0
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    return min(matcher.ratio(), 0.999)
