"""Write the card of an act: what the product says of it in English, as stems."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from archive.search.english_card import EnglishCard
from config.glossary import load_cities
from config.loader import load_jurisdictions, load_register, load_topics
from config.registered_act import RegisteredAct
from domain.acts.titles import fold
from domain.law.duties import Duty
from domain.questions.english_stems import stems_of
from domain.text.document_numbers import normalise_document_number
from i18n.en.body_names import body_name
from i18n.en.duty_sentences import duty_sentence
from i18n.en.english_titles import title_en
from i18n.phrases import stage_name

_MOST_DUTIES = 80
_LONGEST_SENTENCE = 300


def card_of(notice: Sequence[Any], topics: Iterable[str], duties: Iterable[Duty]) -> EnglishCard:
    """The card of a row (title, title_en, document_number, issuers, jurisdiction, stage)."""
    title, english, number, issuers, jurisdiction, stage = (str(v or "") for v in notice)
    bodies = _listed(issuers)
    act = registered(number, title)
    titles = [english or title_en(title[:300], bodies, stage or None)]
    titles += [act.title_en, act.key.replace("-", " ")] if act is not None else []
    words = [*_places(jurisdiction, title, bodies), *_english_issuers(bodies), *_topics(topics)]
    if stage:
        words.append(stage_name(stage, "en"))
    words += [_sentence(duty) for _, duty in zip(range(_MOST_DUTIES), duties, strict=False)]
    return EnglishCard(title=_stems(titles), words=_stems(words))


def _stems(texts: Iterable[str]) -> str:
    """Each stem once, in order of first use."""
    return " ".join(dict.fromkeys(stem for text in texts for stem in stems_of(text)))


def _sentence(duty: Duty) -> str:
    return duty_sentence(duty)[:_LONGEST_SENTENCE]


def _listed(issuers: str) -> list[str]:
    try:
        names = json.loads(issuers)
    except ValueError:
        return []
    return [str(name) for name in names] if isinstance(names, list) else []


def _english_issuers(names: Iterable[str]) -> Iterator[str]:
    return (known for name in names if (known := body_name(name)))


def _places(jurisdiction: str, title: str, issuers: Sequence[str]) -> Iterator[str]:
    names = load_jurisdictions_once().get(jurisdiction)
    if names:
        yield names
    text = title + " ".join(issuers)
    for chinese, english in load_cities().cities.get(jurisdiction, {}).items():
        if chinese in text:
            yield english


def _topics(topics: Iterable[str]) -> Iterator[str]:
    names = _topic_names()
    return (f"{names.get(topic, '')} {topic.replace('-', ' ')}" for topic in topics)


@cache
def load_jurisdictions_once() -> dict[str, str]:
    return {code: names.en or "" for code, names in load_jurisdictions().items()}


@cache
def _topic_names() -> dict[str, str]:
    return {topic.id: topic.name.en or "" for topic in load_topics()}


@cache
def _registered_by_name() -> dict[str, RegisteredAct]:
    found: dict[str, RegisteredAct] = {}
    for act in load_register():
        for name in (act.title, *act.aliases):
            found.setdefault(fold(name), act)
        if act.document_number:
            found.setdefault(normalise_document_number(act.document_number), act)
    return found


def registered(number: str, title: str) -> RegisteredAct | None:
    """The registered act that bears this number or title."""
    known = _registered_by_name()
    return known.get(normalise_document_number(number) if number else "") or known.get(fold(title))
