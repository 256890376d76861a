"""Read a question into filters and the words that are left to be looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol, cast

from domain.questions.periods import find_periods
from domain.questions.question_filters import (
    LEANING,
    FilterKind,
    QuestionFilter,
    QuestionReading,
    RefusedFilter,
)
from domain.questions.question_numbers import QuestionNumber, find_numbers, find_standards
from domain.questions.vocabulary import Named, QuestionVocabulary, shipped_vocabulary
from domain.text.normalization import INVISIBLE

_LONGEST = 1000  # characters that are read
# "a title", 《题名》, “题名”: words inside name an act, not where or when to look.
_QUOTED = re.compile(r"《[^《》]{0,300}》|\"[^\"]{0,300}\"|“[^“”]{0,300}”|「[^「」]{0,300}」")
# -word, title:word, topic:portal: what the search language already means by itself.
_OWN_SYNTAX = re.compile(
    r"(?<!\S)(?:[-－](?=\S)|(?:title|number|issuer|body|topic|jurisdiction|source|severity|status"
    r"|kind|标题|文号|发文机关|正文|主题|地区|来源)[:：](?=\S))(?:\"[^\"]{0,300}\"|\S{1,300})",
    re.IGNORECASE,
)
# "a phrase" that must stand so
_PHRASE = re.compile(r"\"[^\"]{1,300}\"|“[^“”]{1,300}”|「[^「」]{1,300}」")
# a OR b
_EITHER = re.compile(r"(?<=\S )OR(?= \S)")
_SPELLED = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", **dict.fromkeys(INVISIBLE, " ")})


# Topics that a question is on whatever else it names, and those that it names in passing.
_TOPIC_RANK = {
    "penalty": -2, "environmental-permit": -1,
    "standards": 2, "traceability-format": 2, "portal": 3,
}  # fmt: skip


class _Place(Protocol):
    """Where something stands in a question."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def read_question(
    text: str,
    today: date,
    *,
    refused: Iterable[RefusedFilter] = (),
    vocabulary: QuestionVocabulary | None = None,
) -> QuestionReading:
    """The filters that a question names, without the refused ones, and its other words."""
    text = text[:_LONGEST].translate(_SPELLED)
    masked = _masked(_masked(text, _OWN_SYNTAX), _QUOTED)
    found = list(_recognised(masked, today, vocabulary or shipped_vocabulary()))
    unwanted = tuple(refused)
    kept = [one for one in found if not any(other.covers(one) for other in unwanted)]
    filters = tuple(_on_one_topic(_once(sorted(kept, key=lambda one: (one.start, one.kind)))))
    return QuestionReading(text=text, filters=filters, words=_without(text, kept))


def _masked(text: str, pattern: re.Pattern[str]) -> str:
    """The text with what a pattern finds blotted out, at the same length."""
    return pattern.sub(lambda match: "\0" * len(match[0]), text)


def _recognised(text: str, today: date, vocabulary: QuestionVocabulary) -> Iterator[QuestionFilter]:
    standards = find_standards(text)
    yield from (_numbered("standard", one, text) for one in standards)
    text = _blotted(text, standards)
    numbers = find_numbers(text)
    unnumbered = _blotted(text, numbers)
    periods = find_periods(unnumbered, today)
    for period in periods:
        for kind, day in (("since", period.since), ("until", period.until)):
            if day is not None:
                yield _read(cast("FilterKind", kind), day.isoformat(), period, text)
    named = list(vocabulary.named(_blotted(unnumbered, periods)))
    for number in numbers:
        issuer = _issuer_before(number, named, text)
        yield _numbered("document_number", number if issuer is None else issuer, text)
        named = [one for one in named if issuer is None or one.start != issuer.start]
    for one in named:
        if one.kind is not None:
            yield _read(one.kind, one.value, one, text)


def _issuer_before(
    number: QuestionNumber, named: Iterable[Named], text: str
) -> QuestionNumber | None:
    """The number with the body that stands right before it: MIIT Announcement No. 20."""
    if not number.value.startswith(("令", "公告", "通告")):
        return None
    for one in named:
        between = text[one.end : number.start].strip().removeprefix("'s").strip()
        if one.kind == "publisher" and one.end <= number.start and not between:
            return QuestionNumber(one.start, number.end, one.value + number.value)
    return None


def _numbered(kind: FilterKind, number: QuestionNumber, text: str) -> QuestionFilter:
    return _read(kind, number.value, number, text)


def _read(kind: FilterKind, value: str, place: _Place, text: str) -> QuestionFilter:
    words = text[place.start : place.end].replace("\0", " ").strip()
    return QuestionFilter(kind=kind, value=value, words=words, start=place.start, end=place.end)


def _blotted(text: str, places: Iterable[_Place]) -> str:
    for one in places:
        text = text[: one.start] + "\0" * (one.end - one.start) + text[one.end :]
    return text


def _once(filters: Iterable[QuestionFilter]) -> list[QuestionFilter]:
    """Each value once; of days the latest beginning and the earliest end."""
    once: dict[tuple[str, str], QuestionFilter] = {}
    for one in filters:
        once.setdefault((one.kind, one.value), one)
    kept = list(once.values())
    for kind, choose in (("since", max), ("until", min)):
        days = [one for one in kept if one.kind == kind]
        if len(days) > 1:
            chosen = choose(days, key=lambda one: one.value)
            kept = [one for one in kept if one.kind != kind or one is chosen]
    return kept


def _on_one_topic(filters: Sequence[QuestionFilter]) -> Iterator[QuestionFilter]:
    """The filters with the one topic that a question is on: the fine for wrong codes is a
    matter of penalties, a platform is named in passing beside any other."""
    topics = [one for one in filters if one.kind == "topic"]
    main = min(topics, key=lambda one: (_TOPIC_RANK.get(one.value, 1), one.start), default=None)
    rank = _TOPIC_RANK.get(main.value, 1) if main is not None else 1
    for one in filters:
        if one.kind != "topic" or _TOPIC_RANK.get(one.value, 1) == rank:
            yield one


def _without(text: str, filters: Iterable[QuestionFilter]) -> str:
    """The words that are no filter; those of roles and topics also lead to the texts."""
    for one in filters:
        if one.kind not in LEANING:
            text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return " ".join(text.split())


def split_own_syntax(text: str) -> tuple[str, str]:
    """What of a question is written in the search language (quoted phrases, -word, title:word),
    and the rest. A quoted phrase must stand in the text; 《a title》 is looked for like a word."""
    own = re.compile(f"{_OWN_SYNTAX.pattern}|{_PHRASE.pattern}", re.IGNORECASE)
    strict = [match[0] for match in own.finditer(text)]
    rest = " ".join(own.sub(" ", text).split())
    if _EITHER.search(rest):  # a OR b: the asker knows the language
        return text, rest.replace(" OR ", " ")
    return " ".join(strict), rest
