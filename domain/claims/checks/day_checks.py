"""The days of a claim against those of its act: published, signed, in force, over, comments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from domain.claims.claim import CheckedSlot, OfficialSource
from domain.claims.claim_reading import ClaimReading
from domain.claims.known_acts import DayKind, KnownAct, OfficialSentence
from domain.claims.official_words import source_of
from domain.claims.words.claim_concepts import WEAK, concept_keys
from domain.claims.words.partial_days import PartialDay, find_days
from domain.claims.words.plain_form import plain, without
from domain.claims.words.quantities import Quantity

Told = DayKind | None
# The words beside a day that say what happened on it.
_CUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("comment", re.compile(r"\bcomments?\b|\bconsultation\b|\bfeedback\b|征求意见|公开征集|反馈")),
    ("ended", re.compile(
        r"\brepeal\w*|\bexpir\w+|\babolish\w*|\bscrapp\w+|\bsuperseded?\b|\breplac\w+|"
        r"\blapsed?\b|\bceased?(?: to (?:apply|have effect|be in force))?\b|"
        r"\bvalid (?:until|through|to)\b|\bends?\b|\bended\b|\buntil\b|"
        r"\bthrough\b|\bno longer(?: in force| in effect| appl\w+| valid)?\b|废止|失效|"
        r"有效期至|截止|截至|结束|取代|替代")),
    ("effective", re.compile(
        r"\b(?:effect|force|effective|applicable|implemented|applies|apply|binding|kick\w* in|"
        r"came in|comes in)\b|施行|实施|生效|起效|执行")),
    ("signed", re.compile(
        r"\bsigned\b|\bdated\b|\badopted\b|\bpassed\b|\bapproved\b|签署|审议通过|通过|落款")),
    ("published", re.compile(
        r"\b(?:issued?|issues|issuing|published|publishes|released?|releases|promulgated|"
        r"announced|announces|unveiled|posted|made public|came out|rolled out|put out)\b|印发|"
        r"发布|公布|出台|颁布|下发|公开(?!征求|征集)")),
    ("started", re.compile(
        r"\b(?:start\w*|beg[ia]n\w*|launch\w*|kick\w* off|r[ua]ns?|went live|opened|online)\b|"
        r"启动|开展|开始|上线|启用|开通")),
)  # fmt: skip
_AT_ONCE = re.compile(
    r"\b(?:with )?immediate(?:ly)?\b[^.;,]{0,12}(?:effect|effective|force)?|"
    r"\bthe same day\b|\b(?:up)?on (?:its |their )?publication\b|"
    r"\bon the day of (?:its )?publication\b|自(?:发布|公布|印发)之日起|即日起|"
    r"发布即(?:生效|施行)|同日(?:起)?(?:施行|生效)"
)
# Between a day and the act that it belongs to: 发布的, issued in
_OF_THE_NEXT = re.compile(r"(?:发布|印发|公布|出台|颁布|实施|施行|生效)?的?")
_OF_THE_LAST = re.compile(
    r"[,(（ ]*(?:which (?:was|were) )?(?:issued|published|released|promulgated|adopted|"
    r"dated|signed)"
    r"(?: (?:in|on|from|of|back in))? ?|[(（，,]?(?:于)"
)
_EACH_YEAR = re.compile(r"\b(?:each|every) year\b|\bannually\b|\byearly\b|每年")
_BY_DAY = re.compile(r"\b(?:by|before|until|no later than|not later than)(?: the)? $")
_BEFORE_IT = re.compile(r"\b(?:before|prior to|ahead of|earlier than)(?: the)? $")
_AFTER_IT = re.compile(r"\b(?:after|later than|beyond)(?: the)? $")
# It does not take effect until that day.
_NOT_UNTIL = re.compile(
    r"(?:\bnot|n't)\b[^.;]{0,40}\b(?:effect|force|apply|applicable|effective)\b until\b"
)
_WAITED = re.compile(r"\buntil\b|截止|截至")  # a day that somebody has time until
_OWN = ("effective", "published", "signed", "started", None)
_CLOSE = 45
_CLOSE_CHINESE = 14


def check_days(
    reading: ClaimReading,
    days: Sequence[PartialDay],
    act: KnownAct,
    words: Sequence[OfficialSentence],
) -> list[CheckedSlot]:
    """A slot for each of some days of a claim, against those of an act and of its ``words``."""
    source = source_of(act)
    found = []
    for day in days:
        slot = None if _is_due(reading, day) else _check(reading, day, act, source)
        if slot is None or slot.equal is None:
            slot = _by_statement(reading, day, words, source)
        found.append(slot)
    return found


def check_at_once(
    reading: ClaimReading, act: KnownAct, source: OfficialSource
) -> list[CheckedSlot]:
    """Whether an act that is said to have had effect at once did."""
    if not _AT_ONCE.search(plain(reading.text)):
        return []
    published, effective = (set(act.days.get(kind, ())) for kind in ("published", "effective"))
    known = bool(published and effective)
    return [
        CheckedSlot(
            slot="day", claim="on publication", source=source,
            official=", ".join(day.isoformat() for day in sorted(effective)) or None,
            equal=bool(published & effective) if known else None,
        )
    ]  # fmt: skip


def day_kind(reading: ClaimReading, day: PartialDay) -> str | None:
    """What happened on a day, by the nearest words: in English before it, in Chinese behind."""
    names = [(item.start, item.end) for item in reading.mentions]
    searched = plain(without(reading.text, names))
    others = [item for item in reading.days if item is not day]
    before = searched[
        max((item.end for item in others if item.end <= day.start), default=0) : day.start
    ]
    after = searched[
        day.end : min(
            (item.start for item in others if item.start >= day.end), default=len(searched)
        )
    ]
    near = _CLOSE_CHINESE if reading.chinese else _CLOSE
    ahead = _nearest(before[-near:], last=True)
    behind = _nearest(re.split(r"[,，;；]", after[:near])[0], last=False)
    first, second = (behind, ahead) if reading.chinese else (ahead, behind)
    kind = first or second or _whole(searched)
    if kind == "ended" and _NOT_UNTIL.search(searched):
        return "effective"
    commented = kind in ("ended", "started", "published") and _CUES[0][1].search(searched)
    return "comment" if commented and kind != "published" else kind


def day_owner(reading: ClaimReading, day: PartialDay) -> KnownAct | None:
    """The act at whose name a day stands: 2018年发布的《…》, the measures issued in 2018."""
    searched = plain(reading.text)
    for item in reading.mentions:
        before, after = searched[day.end : item.start], searched[item.end : day.start]
        if day.end <= item.start and _OF_THE_NEXT.fullmatch(before):
            return item.act
        if item.end <= day.start and _OF_THE_LAST.fullmatch(after):
            return item.act
    return None


def check_validity(
    reading: ClaimReading, act: KnownAct, source: OfficialSource
) -> list[CheckedSlot]:
    """How long an act is said to be valid, by its first and its last day."""
    first, last = act.days.get("effective", ()), act.days.get("ended", ())
    if not first or not last:
        return []
    months = round((last[0] - first[0]).days / 30.44)
    return [
        CheckedSlot(
            slot="period", claim=item.text, official=f"{months} months",
            equal=item.low == (months if item.unit == "month" else months / 12), source=source,
        )
        for item in reading.quantities
        if tells_validity(reading, item)
    ]  # fmt: skip


def tells_validity(reading: ClaimReading, quantity: Quantity) -> bool:
    """Whether a period of a claim says how long its act is valid."""
    valid = any(hit.key == "validity" for hit in reading.concepts)
    return valid and quantity.kind == "period" and quantity.unit in ("month", "year")


def _whole(searched: str) -> str | None:
    """The only thing that a sentence tells, when nothing stands close to its only day."""
    searched = searched.replace("执行", "  ")  # 一律执行某公告 is no act's day of effect
    kinds = {kind for kind, pattern in _CUES if pattern.search(searched)}
    return next(iter(kinds)) if len(kinds) == 1 else None


def _nearest(text: str, *, last: bool) -> str | None:
    hits = [
        (match.end() if last else -match.start(), len(match[0]), kind)
        for kind, pattern in _CUES
        for match in pattern.finditer(text)
    ]
    return max(hits, key=lambda hit: hit[:2])[2] if hits else None


def _check(
    reading: ClaimReading, day: PartialDay, act: KnownAct, source: OfficialSource
) -> CheckedSlot | None:
    kind = day_kind(reading, day)
    official = _official(kind, act)
    waited = kind == "ended" and "ended" not in act.days and _WAITED.search(plain(reading.text))
    if not official or waited:
        return None
    equal: bool | None = any(day.fits(one) for one in official)
    if kind in _OWN and (side := _side(reading, day)) is not None:
        equal = _on_that_side(day, side, official)
    elif not equal and _cannot_say(day, kind, act, official):
        equal = None
    shown = ", ".join(one.isoformat() for one in official)
    return CheckedSlot(
        slot="day", claim=day.text, official=shown if equal is not None else None, equal=equal,
        source=source,
    )  # fmt: skip


def _side(reading: ClaimReading, day: PartialDay) -> str | None:
    """Whether a claim says before or after a day, and not on it."""
    searched = plain(reading.text)
    before, after = searched[max(0, day.start - 24) : day.start], searched[day.end : day.end + 3]
    if _BEFORE_IT.search(before) or re.match(r"之?前|以前", after):
        return "before"
    return "after" if _AFTER_IT.search(before) or re.match(r"之?后|以后", after) else None


def _on_that_side(day: PartialDay, side: str, official: Sequence[date]) -> bool | None:
    if None in (day.year, day.month, day.day):
        return None
    when = date(day.year or 1, day.month or 1, day.day or 1)
    return any(one < when if side == "before" else one > when for one in official)


def _official(kind: str | None, act: KnownAct) -> tuple[date, ...]:
    days = act.days
    published, signed = days.get("published", ()), days.get("signed", ())
    if kind == "published":
        return (*published, *signed) if published else ()
    if kind == "signed":
        return (*signed, *published)
    if kind == "started":
        return (*days.get("effective", ()), *published)
    if kind == "ended" and "ended" not in days and not act.over:
        return published  # it ended others, and was itself published
    if kind in ("effective", "ended", "comment"):
        return days.get(kind, ())  # type: ignore[call-overload,no-any-return]  # one of its keys
    return tuple(one for found in days.values() for one in found)


def _cannot_say(day: PartialDay, kind: str | None, act: KnownAct, official: Sequence[date]) -> bool:
    """Whether a day that is not held may be right all the same."""
    if kind is None or (kind == "signed" and "signed" not in act.days):
        return True
    if act.evidence == "inferred":  # no more than the month was seen
        return any(day.month in (None, one.month) for one in official) or kind == "published"
    return kind == "started" and "effective" not in act.days


def _by_statement(
    reading: ClaimReading,
    day: PartialDay,
    words: Sequence[OfficialSentence],
    source: OfficialSource,
) -> CheckedSlot:
    """A day that the official words name besides the act's own days, or that nobody holds."""
    other: str | None = None
    wanted = frozenset(hit.key for hit in reading.concepts) - WEAK
    for statement in words:
        told = find_days(statement.text)
        if any(_same(day, one) for one in told):
            return CheckedSlot(
                slot="day", claim=day.text, official=day.text, equal=True, source=source
            )
        whole = [one for one in told if one.day is not None and one.year is not None]
        if len(whole) == len(told) == 1 and wanted and wanted <= concept_keys(statement.text):
            other = whole[0].text
    equal = False if other is not None and len(reading.days) == 1 else None
    return CheckedSlot(slot="day", claim=day.text, official=other, equal=equal, source=source)


def _is_due(reading: ClaimReading, day: PartialDay) -> bool:
    """A day by which, or each year on which, somebody must have done something: none of the
    act's own."""
    searched = plain(reading.text)
    if _EACH_YEAR.search(searched) and day.year is None:
        return True
    if reading.force is None or day_kind(reading, day) in ("comment", "effective"):
        return False
    before, after = searched[max(0, day.start - 20) : day.start], searched[day.end : day.end + 2]
    return bool(_BY_DAY.search(before)) or re.match(r"之?[前后起]|以前|底前", after) is not None


def _same(day: PartialDay, told: PartialDay) -> bool:
    """Whether a day of an official sentence is the claim's, as exactly as that gives it."""
    return (told.year, told.month) == (day.year, day.month) and day.day in (told.day, None)
