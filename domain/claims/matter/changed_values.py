"""What a later act made of a value or an act: put off, corrected, reworded, repealed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from domain.claims.claim import CheckedSlot
from domain.claims.claim_reading import ClaimReading, cited_articles
from domain.claims.known_acts import KnownAct, OfficialSentence
from domain.claims.matter.matters import Matter, OfficialText
from domain.claims.matter.sentence_parts import before_change
from domain.claims.official_words import source_of
from domain.claims.words.bearing import states_current_law
from domain.claims.words.partial_days import PartialDay, find_days
from domain.claims.words.quantities import Quantity, find_quantities, same_quantity
from domain.questions.vocabulary import shipped_vocabulary
from domain.text.articles import provision_number

_CHANGES = re.compile(r"延长|延期|推迟|更正|修改|调整|变更|顺延|勘误")
_ENDS = re.compile(r"废止|失效|停止执行|不再执行")
_STILL = re.compile(r"\b(?:still|remains?|continues?)\b|仍|继续|目前|现行|有效")
_PART_OF_NUMBER = re.compile(r"\d{4}年第\d{1,4}号|〔\d{4}〕\d{1,4}号")  # 2026年第27号
_EXTENDS = re.compile(r"(?:延长|推迟|延期|顺延|调整)(?:至|到|为)")
_CITED = re.compile(r"第[一二三四五六七八九十百零\d]+条(?:之[一二三四五六七八九十])?")
_TITLE = re.compile(r"《([^《》]{4,80})》")
_LABEL = re.compile(r"^第[一二三四五六七八九十百零\d]+条(?:之[一二三四五六七八九十]+)?[\s　]*")
_OPENING = 4  # sentences of a changing act that may say what it changes
_MOST = 12  # acts that change others whose texts are read


def with_changes(
    slots: Sequence[CheckedSlot], reading: ClaimReading, best: Matter, book: OfficialText
) -> list[CheckedSlot]:
    """The slots, those outdated whose value a later act has replaced."""
    if not reading.days and not reading.quantities:
        return list(slots)
    replaced = [
        (act, item)
        for act, item in _changing(book)
        if _concerns(act, item, best.act, book) and _is_of_them(reading, item)
    ]
    replaced_of = [
        (act, item) for act, item in _extending(book) if _concerns(act, item, best.act, book)
    ]
    return [_changed(slot, reading, replaced, best, replaced_of) for slot in slots]


def earlier_wordings(best: Matter, matters: Sequence[Matter], book: OfficialText) -> list[Matter]:
    """How the article of a sentence read before; for an order that words an article anew, how
    the act that it changes read."""
    bare = _without_label(best.sentence.text)
    same = [best] + [
        item
        for item in matters
        if item.act is not best.act and _without_label(item.sentence.text) == bare
    ]
    return [
        replace(item, sentence=words)
        for item in same
        for words in book.words_of(item.act)
        if not words.current and words.article and words.article == item.sentence.article
    ]


def _without_label(text: str) -> str:
    return _LABEL.sub("", text).strip(" 　。；")


def _changing(book: OfficialText) -> Iterator[tuple[KnownAct, OfficialSentence]]:
    """The sentences of acts in force that replace a value by another."""
    acts = [
        act
        for act in book.acts
        if _CHANGES.search(act.title) and act.status != "draft" and not act.over
    ]
    for act in acts[:_MOST]:
        for item in book.words_of(act):
            if before_change(item.text):
                yield act, item


def _concerns(act: KnownAct, item: OfficialSentence, changed: KnownAct, book: OfficialText) -> bool:
    """Whether an act changes another one: a sentence or its title names it, or its opening."""
    if _names(f"{act.title} {item.text}", changed):
        return True
    opening = [one.text for one in book.words_of(act) if one.exact][:_OPENING]
    return any(_names(text, changed) for text in opening)


def _is_of_them(reading: ClaimReading, item: OfficialSentence) -> bool:
    """Whether a change is of those that a claim speaks of, where both name somebody."""
    mine, real = _roles(reading.text), _roles(item.text)
    return not mine or not real or bool(mine & real)


def _roles(text: str) -> set[str]:
    return {one.value for one in shipped_vocabulary().named(text) if one.kind == "role"}


def _names(text: str, act: KnownAct) -> bool:
    """Whether a text names an act by its number or its title."""
    number = _PART_OF_NUMBER.search(act.document_number or "")
    return (number is not None and number[0] in text) or act.title in text


def _changed(
    slot: CheckedSlot,
    reading: ClaimReading,
    replaced: Sequence[tuple[KnownAct, OfficialSentence]],
    best: Matter,
    extending: Sequence[tuple[KnownAct, OfficialSentence]],
) -> CheckedSlot:
    if slot.slot not in ("day", "period", "amount") or slot.outdated:
        return slot
    day = next((one for one in reading.days if one.text == slot.claim), None)
    count = next((one for one in reading.quantities if one.text == slot.claim), None)
    if found := _as_changed(slot, day, count, best, extending):
        return found
    for act, item in replaced:
        if _was_before(before_change(item.text), day, count):
            new = item.text[len(before_change(item.text)) :]
            return replace(
                slot, equal=False, outdated=True, official=new, source=source_of(act, item)
            )
    return slot


def _extending(book: OfficialText) -> Iterator[tuple[KnownAct, OfficialSentence]]:
    """The sentences of acts in force that give an article of another act a later day: 将…第七条
    规定的期限延长至…."""
    for act in book.acts:
        if _CHANGES.search(act.title) and act.status != "draft" and not act.over:
            for item in book.words_of(act):
                if _EXTENDS.search(item.text) and cited_articles(item.text):
                    yield act, item


def _as_changed(
    slot: CheckedSlot,
    day: PartialDay | None,
    count: Quantity | None,
    best: Matter,
    extending: Sequence[tuple[KnownAct, OfficialSentence]],
) -> CheckedSlot | None:
    """A value that another act gives the very article anew: the new one is right, the one that
    the article itself has is outdated."""
    own = best.sentence.text
    number = provision_number(best.sentence.article or "")
    for act, item in extending:
        match = _EXTENDS.search(item.text)
        cited = {provision_number(found) for found in _CITED.findall(item.text)}
        if match is None or not number or number not in cited:
            continue
        new = item.text[match.end() :]
        if _was_before(new, day, count):
            return replace(slot, equal=True, official=slot.claim, source=source_of(act, item))
        last = [one for one in find_days(own) if one.day][-1:]
        if _was_before(own[last[0].start :] if last else "", day, count):
            return replace(
                slot, equal=False, outdated=True, official=new, source=source_of(act, item)
            )
    return None


def _was_before(text: str, day: PartialDay | None, count: Quantity | None) -> bool:
    if day is not None and day.day is not None:
        return any(
            (one.month, one.day) == (day.month, day.day) and day.year in (None, one.year)
            for one in find_days(text)
        )
    return count is not None and any(same_quantity(count, one) for one in find_quantities(text))


def ended_elsewhere(
    reading: ClaimReading, book: OfficialText
) -> tuple[KnownAct, CheckedSlot] | None:
    """An act that is not held but is named in one that repeals it: told as in force, it is
    outdated; told as repealed, that is so."""
    for mention in reading.unknown:
        name = reading.text[mention.start : mention.end]
        for act in book.likely(reading.text):
            for item in book.words_of(act):
                if _ENDS.search(item.text) and _is_named(name, item.text):
                    return act, _ended(reading, act, item, name)
    return None


def _is_named(name: str, text: str) -> bool:
    title, number = _TITLE.search(name), _PART_OF_NUMBER.search(name)
    return (title is not None and title[1] in text) or (number is not None and number[0] in text)


def _ended(reading: ClaimReading, act: KnownAct, item: OfficialSentence, name: str) -> CheckedSlot:
    still = _STILL.search(reading.text.lower()) or states_current_law(reading.bare)
    over = _ENDS.search(reading.text) or re.search(r"\b(?:repeal|abolish|scrap)", reading.text)
    equal = False if still and not over else True if over and not reading.denied else None
    return CheckedSlot(
        slot="status", claim=name, official="repealed", equal=equal, outdated=equal is False,
        source=source_of(act, item),
    )  # fmt: skip
