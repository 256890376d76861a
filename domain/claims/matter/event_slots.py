"""From which event a period runs, and which places an official sentence leaves out."""

from __future__ import annotations

import re

from domain.claims.claim import CheckedSlot
from domain.claims.claim_reading import ClaimReading
from domain.claims.matter.claim_regions import regions_of
from domain.claims.matter.claim_words import is_common, is_foreign
from domain.claims.matter.matters import Matter
from domain.claims.matter.sentence_parts import source_of_matter
from domain.claims.words.bearing import is_denied
from domain.claims.words.plain_form import plain
from domain.questions.question_concepts import concepts_of

# the days begin on the day the vehicle is sold; 期限从提货之日起算
_RUNS_FROM = re.compile(
    r"\b(?:begins?|starts?|runs?|counts?|is counted|are counted|counted) (?:to run )?"
    r"(?:on|from|with|at|upon|only when|when) (?:the (?:day|date|moment)(?: (?:on which|when|of))? )?"
    r"(?P<event>[^,.;]{4,80})"
    r"|(?:从|自|以)(?P<han>[^，。；]{2,24}?)(?:之日|当天|当日|那天|之时)?(?:开始|起)?(?:起算|计算|算起|为准)"
)
# 取得合格证之日起, 海关放行后
_EVENT = re.compile(r"(?P<event>[^，。；：]{2,40}?)(?:之日|当日|之时)起|(?:自|在)(?P<after>[^，。；：]{2,24}?)后")
# 福建省（不含厦门市）; 除宁波市外
_LEFT_OUT = r"(?:不含|不包括|除)[^）)，。；]{0,16}"
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
