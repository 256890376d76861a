"""Tell an order that only puts off a day from one that words its article anew."""

from __future__ import annotations

import re
from datetime import date

from domain.acts.changing.amendment_clauses import PUBLICATION_DAY, Instruction
from domain.acts.entry_into_force import last_day_of
from domain.records.effect_terms import NO_TERMS, ON_PUBLICATION, EffectTerms
from domain.text.articles import canonical_article
from domain.text.numerals import chinese_numeral
from domain.text.written_dates import DAY, written_day

_DAY = re.compile(DAY)
_LONGER = re.compile(r"展期|延期|延长|延续|顺延|继续(?:有效|执行|施行)")


def put_off_terms(order: Instruction) -> EffectTerms | None:
    """The terms of an order that sets a later day in place of a day, all else being the same; None
    for any other."""
    if order.kind != "words":
        return None
    old, new = _only_day(order.old), _only_day(order.text)
    if (
        old is None
        or new is None
        or old >= new
        or _DAY.sub("", order.old) != _DAY.sub("", order.text)
    ):
        return None
    return EffectTerms(
        scope=_scope(order), old=old.isoformat(), new=new.isoformat(), since=_since(order)
    )


def longer_term(order: Instruction) -> str | None:
    """The last day (ISO) that an order gives an act's term, where its statement says that it lasts
    longer: “试行二年”换作“施行至2026年12月31日”，视为展期."""
    if order.kind not in ("words", "replace") or not _LONGER.search(order.source):
        return None
    last = last_day_of(order.text, None)
    return None if last is None else last.isoformat()


def _only_day(words: str) -> date | None:
    found = _DAY.findall(words)
    return written_day(found[0]) if len(found) == 1 else None


def _since(order: Instruction) -> str | None:
    if order.since is None:
        return NO_TERMS.since
    return ON_PUBLICATION if order.since == PUBLICATION_DAY else order.since.isoformat()


def _scope(order: Instruction) -> tuple[str, ...]:
    place = order.place
    if place.article is not None:
        return (
            canonical_article(f"第{place.article}" if "条" in place.article else place.article),
        )
    return (f"第{chinese_numeral(place.item)}条",) if place.item else ()
