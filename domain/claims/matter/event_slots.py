"""From which event a period runs, and which places an official sentence leaves out."""

from __future__ import annotations

import re

from domain.claims.claim import CheckedSlot
from domain.claims.claim_reading import ClaimReading
from domain.claims.matter.claim_regions import regions_of
from domain.claims.matter.claim_words import is_common, is_foreign
from domain.claims.matter.matters import Matter
from domain.claims.matter.sentence_parts import source_of_matter
from domain.claims.words.bearing import force_of, is_denied
from domain.claims.words.plain_form import plain
from domain.questions.question_concepts import concepts_of

# the days begin on the day the vehicle is sold; 期限从提货之日起算
_RUNS_FROM = re.compile(
    r"\b(?:begins?|starts?|runs?|counts?|is counted|are counted|counted) (?:to run )?"
    r"(?:on|from|with|at|upon|only when|when) "
    r"(?:the (?:day|date|moment)(?: (?:on which|when|of))? )?"
    r"(?P<event>[^,.;]{4,80})"
    r"|(?:从|自|以)(?P<han>[^，。；]{2,24}?)(?:之日|当天|当日|那天|之时)?(?:开始|起)?(?:起算|计算|算起|为准)"
)
# 取得合格证之日起, 海关放行后
_EVENT = re.compile(
    r"(?P<event>[^，。；：]{2,40}?)(?:之日|当日|之时)起|(?:自|在)(?P<after>[^，。；：]{2,24}?)后"
)
# 福建省（不含厦门市）; 除宁波市外
_LEFT_OUT = r"(?:不含|不包括|除)[^）)，。；]{0,16}"
_NOT_FOR = re.compile(r"不适用(?:于)?(?P<what>[^，。；]{2,60})")
_EXCLUDES = re.compile(r"exclud|except|outside|exempt|除外|排除|不含")
_DENIED = re.compile(r"(?:不|未|无须|无需|不予)$")
_HALF = 0.5


def event_slots(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """The event from which a claim says that a period runs, where the sentence has another."""
    mine, real = _RUNS_FROM.search(plain(reading.text)), _EVENT.search(best.sentence.text)
    if mine is None or real is None or not reading.quantities:
        return []
    claimed, told = mine["event"] or mine["han"], real["event"] or real["after"]
    things = [
        one
        for one in concepts_of(claimed)
        if one.sure and one.spelled and not is_common(one) and not is_foreign(one)
    ]
    shared = sum(one.stands_in(told) for one in things)
    if not things or shared > _HALF * len(things):
        return []
    return [
        CheckedSlot(
            slot="event", claim=claimed.strip(), official=told, equal=False if best.sure else None,
            source=source_of_matter(best),
        )
    ]  # fmt: skip


def place_slots(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """A place that a claim takes in and the sentence leaves out: 不含厦门市."""
    text = f"{best.sentence.said} {best.sentence.text}"
    names = [name for one in regions_of(reading.text) for name in one.names]
    out = [
        found[0]
        for name in names
        if (found := re.search(_LEFT_OUT + re.escape(name.removesuffix("市")), text))
    ]
    if not out or is_denied(reading.bare):
        return []
    return [
        CheckedSlot(
            slot="place", claim=", ".join(dict.fromkeys(names)), official=out[0],
            equal=False if best.near else None, source=source_of_matter(best),
        )
    ]  # fmt: skip


def left_out_slots(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """What a claim obliges and the sentence leaves out: 不适用于铁路运输."""
    text = best.sentence.text
    match = _NOT_FOR.search(text)
    if match is None or is_denied(reading.bare) or _EXCLUDES.search(plain(reading.bare)):
        return []
    rest = text[: match.start()] + text[match.end() :]
    things = [
        one
        for one in concepts_of(reading.bare)
        if one.sure and not is_common(one) and one.stands_in(match["what"])
        and not one.stands_in(rest)
    ]  # fmt: skip
    if not things or force_of(reading.bare) is None:
        return []
    return [
        CheckedSlot(
            slot="scope", claim=things[0].words, official=match[0],
            equal=False if best.near else None, source=source_of_matter(best),
        )
    ]  # fmt: skip


def word_denial_slots(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """A Chinese word of the claim that the sentence has only denied: 免除, 不免除."""
    if is_denied(reading.bare) or force_of(reading.bare) == "must_not":
        return []
    said = best.sentence.text
    for one in concepts_of(reading.bare) if reading.chinese else ():
        if not one.sure or len(one.words) < 2 or is_common(one):
            continue
        places = [
            match.start() for word in one.spelled for match in re.finditer(re.escape(word), said)
        ]
        if places and all(_DENIED.search(said[:at]) for at in places):
            return [
                CheckedSlot(
                    slot="negation", claim=one.words, official=said, source=source_of_matter(best),
                    equal=False if best.sure else None,
                )
            ]  # fmt: skip
    return []
