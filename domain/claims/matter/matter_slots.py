"""What an official sentence makes of a claim: numbers, bodies, levels, who acts, addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from domain.acts.issuers import spellings_of
from domain.claims.checks.bearing_checks import AGENT
from domain.claims.claim import CheckedSlot
from domain.claims.claim_reading import ClaimReading
from domain.claims.matter.claim_words import compared_spans, matter_concepts
from domain.claims.matter.matter_days import HAN_NTH, NTH
from domain.claims.matter.matters import Matter
from domain.claims.matter.sentence_parts import (
    SENTENCE_CUT,
    before_change,
    nearest_part,
    source_of_matter,
)
from domain.claims.official_words import read_statement, source_of
from domain.claims.words.claim_bodies import find_bodies
from domain.claims.words.plain_form import plain, without
from domain.claims.words.quantities import Quantity, find_quantities, same_quantity
from domain.questions.question_concepts import concepts_of
from domain.text.numerals import NUMERAL_CHARACTERS, parse_chinese_number

_EACH_OF = {"company", "person", "item", "batch", "act"}
_RECORDS = {"article", "record"}  # 条 counts both
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_ARTICLE = re.compile(r"\barticles? \d{1,3}|第[\d一二三四五六七八九十]{1,4}[条项款]")
_LEVELS = {
    "province": re.compile(r"\bprovinc(?:e|ial)[- ](?:level|author|depart|environ|industr)"
                           r"|省级|省(?:生态|工业|商务|经济|应急|交通|市场)"),
    "city": re.compile(r"\bprefectur\w*|\bcity[- ]level|\bmunicipal"
        r"|\blevel of the [a-z- ]{0,20}city"
                       r"|设区的市|地级市|市级|市[（(]州[)）]级|市州级"),
    "county": re.compile(r"\bcounty|县级"),
}  # fmt: skip
# 应由托运人向消防救援机构报告
_DOER = re.compile(
    r"由(?P<who>[\u4e00-\u9fff、]{2,14}?)(?=向|负责|承担|报送|报告|办理|提交|组织|进行)"
)
_MUST_DO = re.compile(r"应当|必须|负责|应")
_HOST = re.compile(r"https?://([A-Za-z0-9.-]{3,80})")  # https://sy.battery.invented.example
_OFFICE = re.compile(r"(?:总署|总局|部|局)$")
_CLAIM_CUT = re.compile(r", | and |; |[，；。]")


def counted_slot(
    reading: ClaimReading, mine: Quantity, best: Matter, past: Sequence[Matter] = ()
) -> CheckedSlot:
    """A number of the claim: equal, another one where the sentence is surely on the matter, or
    not told; outdated where the sentences of the ``past`` have it."""
    found = counting_alike(reading, mine, best)
    if not found and _is_each(mine):  # 一家企业最多…, 单个企业
        return _told(mine, best)
    if not found and mine.kind == "count":
        return _counted_loosely(reading, mine, best)
    results = [_same(mine, real) for real in found]
    equal = True if True in results or (not found and _counts_around(mine, best)) else None
    if False in results and not any(results) and best.sure:
        equal = False
    before = before_change(best.sentence.text)
    outdated = any(same_quantity(mine, old) for old in find_quantities(before))
    outdated = outdated or (equal is False and _was_so(reading, mine, past))
    return CheckedSlot(
        slot="period" if mine.kind == "period" else "amount", claim=mine.text,
        official=found[0].text if found else None, equal=False if outdated else equal,
        source=source_of(best.act, best.sentence), outdated=outdated,
    )  # fmt: skip


def _is_each(mine: Quantity) -> bool:
    return mine.kind == "count" and mine.unit in _EACH_OF and mine.low == mine.high == 1


def _told(mine: Quantity, best: Matter) -> CheckedSlot:
    """One of a kind, which says each of them and counts nothing."""
    return CheckedSlot(
        slot="amount", claim=mine.text, official=None, equal=True, proves=False,
        source=source_of(best.act, best.sentence),
    )  # fmt: skip


def _of_noun(reading: ClaimReading, mine: Quantity, best: Matter) -> CheckedSlot | None:
    """A count of something against the number right before the same thing: 三条线路."""
    things = [one for one in concepts_of(reading.text[mine.start : mine.end]) if one.spelled]
    things = [one for one in things if not one.words[:1].isdigit()]
    for text in (best.sentence.text, best.around):
        for thing in things:
            for word in thing.spelled:
                if word.isascii() or (found := _number_before(word, text)) is None:
                    continue
                value = mine.low if mine.low is not None else mine.high
                return CheckedSlot(
                    slot="amount", claim=mine.text, official=f"{found:g}",
                    equal=True if found == value else False if best.sure else None,
                    source=source_of_matter(best),
                )  # fmt: skip
    return None


def _number_before(word: str, text: str) -> float | None:
    match = re.search(
        rf"(?P<n>[{NUMERAL_CHARACTERS}]{{1,4}}|\d{{1,6}})(?:条|个|家|种|类|项|名|批|台|只|组|处|座|份|套)?{re.escape(word)}",
        text,
    )
    return parse_chinese_number(match["n"]) if match else None


def _counts_around(mine: Quantity, best: Matter) -> bool:
    """Whether the rest of the article counts what the sentence leaves out."""
    return any(same_quantity(mine, real) for real in find_quantities(best.around))


def _counted_loosely(reading: ClaimReading, mine: Quantity, best: Matter) -> CheckedSlot:
    """A count of what no measure word is known for: against the only bare number of the part."""
    if (noun := _of_noun(reading, mine, best)) is not None:
        return noun
    part = nearest_part(best.sentence.text, matter_concepts(reading))
    taken = [(one.start, one.end) for one in find_quantities(part) if one.kind != "count"]
    real = [float(number) for number in _DIGITS.findall(without(plain(part), taken))]
    value = mine.low if mine.low is not None else mine.high
    equal = True if value in real else False if len(real) == 1 and best.sure else None
    return CheckedSlot(
        slot="amount", claim=mine.text, official=f"{real[0]:g}" if real else None, equal=equal,
        source=source_of_matter(best),
    )  # fmt: skip


def _was_so(reading: ClaimReading, mine: Quantity, past: Sequence[Matter]) -> bool:
    """Whether an act that is over, or an earlier wording, counted so."""
    return any(
        same_quantity(mine, real) for old in past for real in counting_alike(reading, mine, old)
    )


def counting_alike(reading: ClaimReading, mine: Quantity, item: Matter) -> list[Quantity]:
    """What the sentence counts in the place of a number of the claim: where it counts several,
    what the part with most of the claim's words counts; the same number in a part with hardly
    fewer of them will do."""
    words = read_statement(item.sentence)
    same = [real for real in words.quantities if _of_one_kind(mine, real)]
    if len(same) < 2:
        return same
    concepts, beside = matter_concepts(reading), concepts_of(_part_with(reading.text, mine))
    near = {one.words for one in beside}
    scored = [
        (
            sum((1.0 if one.words in near else 0.3) for one in concepts if one.stands_in(part)),
            found,
            {
                one.words
                for one in concepts
                if one.words in near and one.sure and one.stands_in(part)
            },
        )
        for part in SENTENCE_CUT.split(item.sentence.text)
        if (found := [real for real in find_quantities(part) if _of_one_kind(mine, real)])
    ]
    most = max((score for score, *_ in scored), default=0)
    named = [told for score, _, told in scored if score == most]
    several = sum(one.kind == mine.kind for one in reading.quantities) > 1
    for score, found, told in scored:
        if score < most - 1 or not any(_same(mine, real) for real in found):
            continue
        if several or any(
            other <= told for other in named
        ):  # 水分, and not 氟含量, beside the number
            return found
    best = [found for score, found, _ in scored if score == most]
    return best[0] if len(best) == 1 else []


def _same(mine: Quantity, real: Quantity) -> bool | None:
    alike = {mine.unit, real.unit} == _RECORDS
    return same_quantity(replace(mine, unit=real.unit) if alike else mine, real)


def _part_with(text: str, mine: Quantity) -> str:
    """The part of a claim in which a number stands."""
    cuts = [match.start() for match in _CLAIM_CUT.finditer(text)]
    start = max((cut for cut in cuts if cut <= mine.start), default=0)
    return text[start : min((cut for cut in cuts if cut >= mine.end), default=len(text))]


def _of_one_kind(mine: Quantity, real: Quantity) -> bool:
    if mine.kind != real.kind:
        return False
    units = {mine.unit, real.unit}
    return mine.kind != "count" or len(units) == 1 or units == _RECORDS


def address_slots(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """The web address that a claim gives against the sentence's."""
    mine, real = _hosts(reading.text), _hosts(best.sentence.text)
    if not mine:
        return []
    equal = None if not real else True if mine <= real else False if best.near else None
    return [
        CheckedSlot(
            slot="platform", claim=", ".join(sorted(mine)), equal=equal,
            official=", ".join(sorted(real)) or None, source=source_of(best.act, best.sentence),
        )
    ]  # fmt: skip


def _hosts(text: str) -> set[str]:
    return {match[1].lower().rstrip(".") for match in _HOST.finditer(text)}


def agent_slots(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """Who bears or does it: 费用由海关承担 against 费用由进口企业承担."""
    mine, text = AGENT.search(reading.text), best.sentence.text
    mine = mine or _DOER.search(reading.text)
    real = AGENT.search(text)
    if mine is not None and mine.re is _DOER and mine["who"] not in f"{text}{best.sentence.said}":
        return [_other_doer(mine["who"], best)]
    if mine is None or mine["who"] in (real["who"] if real else text):
        return []
    same_deed = real is not None and real["what"] == mine["what"]
    equal = False if same_deed and best.sure else None
    return [
        CheckedSlot(
            slot="subject", claim=mine["who"], official=real["who"] if real else None,
            equal=equal, source=source_of(best.act, best.sentence),
        )
    ]  # fmt: skip


def _other_doer(who: str, best: Matter) -> CheckedSlot:
    """One who does what the sentence has somebody else do: 由托运人向…报告."""
    verb = _MUST_DO.search(best.sentence.text)
    return CheckedSlot(
        slot="subject",
        claim=who,
        official=best.sentence.text[: verb.start()] if verb else None,
        equal=False if verb and best.sure and not _is_foreign_body(who, best) else None,
        source=source_of(best.act, best.sentence),
    )


def _is_foreign_body(who: str, best: Matter) -> bool:
    """Whether the article names the doer in another sentence."""
    return who in best.around


def body_slots(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """The bodies that a claim names among those that the sentence names."""
    real = {body.name for body in find_bodies(best.sentence.text)}
    if not reading.bodies:
        return []
    mine = {body.name for body in reading.bodies}
    text = f"{best.sentence.said} {best.sentence.text}"
    real |= {name for name in mine if _is_meant(name, text)}
    differs = bool(real) and not mine & real and best.sure
    if not real and len(mine) > 1 and best.act.whole_issuers:
        real, differs = set(best.act.issuers), not mine <= best.act.issuers
    return [
        CheckedSlot(
            slot="bodies", claim=", ".join(sorted(mine)), official=", ".join(sorted(real)) or None,
            equal=True if mine <= real else False if differs else None,
            source=source_of(best.act, best.sentence),
        )
    ]  # fmt: skip


def _is_meant(body: str, text: str) -> bool:
    """Whether a text has a body's name, or what its offices are called: 海关 for 海关总署."""
    return any(form in text for form in (*spellings_of(body), _OFFICE.sub("", body)))


def level_slots(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """The level of the authority: the province's, the city's, the county's."""
    mine = _levels(reading.bare.lower())
    part = nearest_part(best.sentence.text, matter_concepts(reading))
    real = _levels(part)
    whole = _levels(best.sentence.text)
    if not mine or (not real and not whole):
        return []
    real = real or (mine & whole)  # another part of the sentence names it
    equal = True if mine & real else False if real and best.near else None
    return [
        CheckedSlot(
            slot="bodies", claim=", ".join(sorted(mine)), official=", ".join(sorted(real)) or None,
            equal=equal, source=source_of_matter(best),
        )
    ]  # fmt: skip


def _levels(text: str) -> set[str]:
    return {level for level, form in _LEVELS.items() if form.search(text)}


def digit_slots(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """A number that was read as nothing else and that the sentence does not have."""
    bare = without(reading.text, [*compared_spans(reading), *_cited(reading)])
    official: Counter[str] = Counter()
    for text in (best.sentence.said, best.sentence.text, best.act.title):
        official |= Counter(_DIGITS.findall(plain(text)))
    loose = Counter(_DIGITS.findall(plain(bare))) - official
    return [_loose_slot(number, plain(bare), best) for number in loose]


def _loose_slot(number: str, bare: str, best: Matter) -> CheckedSlot:
    """A number of which the sentence has another before the same measure word: 6具, 4具."""
    after = re.search(rf"(?<![\d.]){re.escape(number)}([\u4e00-\u9fff])", bare)
    real = re.findall(rf"(\d+(?:\.\d+)?){after[1]}", best.sentence.text) if after else []
    equal = False if len(real) == 1 and best.sure else None
    return CheckedSlot(
        slot="amount", claim=number, official=real[0] if real else None, equal=equal,
        source=source_of_matter(best),
    )  # fmt: skip


def _cited(reading: ClaimReading) -> list[tuple[int, int]]:
    """Where articles are cited and ordinals stand, which are compared by themselves."""
    lower = reading.text.lower()
    forms = (NTH, HAN_NTH, _ARTICLE)
    return [match.span() for form in forms for match in form.finditer(lower)]
