"""The goods that a duty is about, and whether a company deals in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from config.companies.entities import Entity
from config.field.field_choice import of_the_field
from config.field.field_names import load_field
from domain.law.applicability.conditions import subject_phrase
from domain.law.duties import Duty


@dataclass(frozen=True, slots=True)
class _Goods:
    """Goods by what a company calls them and by the words of the law; ``only`` where a whole
    sentence is of them alone."""

    handles: frozenset[str]
    words: re.Pattern[str]
    only: re.Pattern[str] | None


@of_the_field
def _goods() -> tuple[_Goods, ...]:
    return tuple(
        _Goods(
            frozenset(_plain(handle) for handle in one.handles),
            re.compile(one.words),
            re.compile(one.only) if one.only else None,
        )
        for one in load_field().goods
    )


@of_the_field
def _main_goods() -> re.Pattern[str]:
    return re.compile(load_field().main_goods)


def _plain(handle: str) -> str:
    return handle.replace("-", "_")


def _handled(entity: Entity) -> frozenset[str]:
    return frozenset(_plain(handle) for handle in entity.handles)


def deals_in_whole_things(entity: Entity) -> bool:
    """Whether a company deals in goods of which the law speaks alone, such as vehicles."""
    mine = _handled(entity)
    return any(goods.only and mine & goods.handles for goods in _goods())


def other_goods_of_subject(duty: Duty, entity: Entity) -> str:
    """The goods by which a subject is named and in which the company, by its own word, does not
    deal: 进口再生黑粉的收货人; '' where there are none or what it deals in is not known."""
    if not entity.handles:
        return ""
    mine = _handled(entity)
    phrase = subject_phrase(duty)
    for goods in _goods():
        found = goods.words.search(phrase)
        if found and not mine & goods.handles:
            return "" if _main_goods().search(goods.words.sub("", phrase)) else found[0]
    return ""


def other_goods(duty: Duty, title: str, entity: Entity) -> str:
    """The words for goods that a duty is only about and the company does not deal in; '' where it
    is about the field's own goods, or what the company deals in is not known."""
    if not entity.handles:
        return ""
    mine = _handled(entity)
    for goods in _goods():
        alone = goods.only.search(duty.quote) if goods.only else None
        if alone and not mine & goods.handles:
            return alone[0]
    for text in (duty.object, title):
        for goods in _goods():
            found = goods.words.search(text)
            if found and not _main_goods().search(goods.words.sub("", text)):
                return "" if mine & goods.handles else found[0]
        if _main_goods().search(text):
            return ""
    return ""
