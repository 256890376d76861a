"""The days and rhythms of a claim against those of an official sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from domain.claims.claim import CheckedSlot
from domain.claims.claim_reading import ClaimReading
from domain.claims.matter.claim_words import RHYTHM, matter_concepts
from domain.claims.matter.matters import Matter
from domain.claims.matter.sentence_parts import SENTENCE_CUT, before_change
from domain.claims.official_words import source_of
from domain.claims.words.partial_days import PartialDay, find_days
from domain.claims.words.plain_form import plain

_UNIT_OF = {
    "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter",
    "annually": "year", "yearly": "year", "日": "day", "天": "day", "周": "week", "月": "month",
    "季": "quarter", "年": "year",
}  # fmt: skip
_NTH_WORDS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12, "fifteenth": 15, "twentieth": 20,
    "twenty-fifth": 25, "thirtieth": 30,
}  # fmt: skip
# by the tenth (of), before the 15th; 10日前
NTH = re.compile(
    rf"\b(?:by|before|until|not later than) (?:the )?(?:(?P<n>\d{{1,2}})(?:st|nd|rd|th)"
    rf"|(?P<word>{'|'.join(_NTH_WORDS)}))\b(?! (?:article|batch|time|year))"
)
HAN_NTH = re.compile(r"(?<!\d月)(?<!\d)(?P<n>\d{1,2})日之?前")
# by 20 October, until the end of; 10月20日前
_UNTIL_DAY = re.compile(
    r"\b(?:by|before|until|till|no(?:t)? later than|up to|through|ahead of|prior to)"
    r"(?: the)?(?: end of)? $|至$|截至$|截止$"
)
_HAN_UNTIL = re.compile(r"(?:24时)?(?:之|以)?前|(?:24时)?止|届满|到期")
_FROM_DAY = re.compile(
    r"\b(?:from|since|after|starting(?: on)?|as of|as from|following)(?: the)? $"
)
_HAN_FROM = re.compile(r"(?:\d{1,2}时)?(?:起|之后|以后|后)")


def _rhythms(text: str) -> set[str]:
    found = (_rhythm(match) for match in RHYTHM.finditer(text))
    return {_UNIT_OF.get(word, word) for word in found}


def _rhythm(match: re.Match[str]) -> str:
    if match["half"] or match["hanhalf"]:
        return "half year"
    return match["unit"] or match["ly"] or match["han"]


def rhythm_slots(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """How often: every month against 每季度."""
    mine, real = _rhythms(reading.text.lower()), _rhythms(best.sentence.text)
    if len(real) > 1:
        concepts = matter_concepts(reading)
        parts = [part for part in SENTENCE_CUT.split(best.sentence.text) if _rhythms(part)]
        real = _rhythms(max(parts, key=lambda part: sum(one.stands_in(part) for one in concepts)))
    if len(mine) != 1:
        return []
    differs = len(real) == 1 and best.sure
    equal = True if mine <= real else False if differs else None
    return [
        CheckedSlot(
            slot="period", claim=f"each {min(mine)}", equal=equal,
            official=", ".join(f"each {unit}" for unit in sorted(real)) or None,
            source=source_of(best.act, best.sentence),
        )
    ]  # fmt: skip


def day_slot(mine: PartialDay, reading: ClaimReading, best: Matter) -> CheckedSlot:
    """A day of the claim among those of the sentence."""
    told = [_in_its_year(day, best) for day in find_days(best.sentence.text) if day.day]
    same = any(_is_same_day(mine, day) for day in told)
    before = find_days(before_change(best.sentence.text))
    outdated = same and any(_is_same_day(mine, day) for day in before)
    sure = len(told) == 1 and len(reading.days) == 1 and mine.day and best.sure
    sure = sure and not _is_of_act(mine, best)
    opposed = same and not outdated and _is_opposed(mine, reading, best)
    return CheckedSlot(
        slot="day", claim=mine.text, official=told[0].text if told else None,
        equal=False if outdated or opposed else True if same else False if sure else None,
        source=source_of(best.act, best.sentence), outdated=outdated,
    )  # fmt: skip


def _is_of_act(mine: PartialDay, best: Matter) -> bool:
    """Whether a day is one of the act itself, or stands in the rest of the article."""
    own = any(mine.fits(day) for days in best.act.days.values() for day in days)
    return own or any(_is_same_day(mine, day) for day in find_days(best.around))


def _is_opposed(mine: PartialDay, reading: ClaimReading, best: Matter) -> bool:
    """Whether a claim has until a day what the sentence has from it on, or the reverse."""
    claimed = day_side(reading.text, mine)
    told = {
        side
        for day in find_days(best.sentence.text)
        if day.day and (day.month, day.day) == (mine.month, mine.day)
        for side in (day_side(best.sentence.text, day),)
    }
    return claimed is not None and bool(told) and None not in told and claimed not in told


def day_side(text: str, day: PartialDay) -> Literal["until", "from"] | None:
    """Whether something holds until a day or from it on: by 20 October, 10月20日起."""
    before, after = plain(text[max(0, day.start - 24) : day.start]), plain(text[day.end :])
    if _UNTIL_DAY.search(before) and re.match(r"[^.;]{0,12}\bbefore\b", after):
        return None  # have until a day before it binds them
    if _UNTIL_DAY.search(before) or _HAN_UNTIL.match(after):
        return "until"
    return "from" if _FROM_DAY.search(before) or _HAN_FROM.match(after) else None


def _in_its_year(day: PartialDay, best: Matter) -> PartialDay:
    """A day without a year is in the year in which its act was published."""
    years = {published.year for published in best.act.days.get("published", ())}
    return replace(day, year=min(years)) if day.year is None and years else day


def _is_same_day(mine: PartialDay, day: PartialDay) -> bool:
    if mine.day is None:
        return day.month == mine.month and mine.year in (None, day.year)
    return (day.month, day.day) == (mine.month, mine.day) and mine.year in (None, day.year)


def ordinal_slots(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """The day of a month by which something recurs: by the tenth, 每月10日前."""
    mine, real = _ordinals(reading.text.lower()), _ordinals(best.sentence.text)
    if not mine:
        return []
    equal = True if mine <= real else False if real and best.sure else None
    return [
        CheckedSlot(
            slot="day", claim=", ".join(map(str, sorted(mine))), equal=equal,
            official=", ".join(map(str, sorted(real))) or None,
            source=source_of(best.act, best.sentence),
        )
    ]  # fmt: skip


def _ordinals(text: str) -> set[int]:
    found = {int(match["n"]) for match in NTH.finditer(text) if match["n"]}
    found |= {_NTH_WORDS[match["word"]] for match in NTH.finditer(text) if match["word"]}
    return found | {int(match["n"]) for match in HAN_NTH.finditer(text)}
