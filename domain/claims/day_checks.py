"""The days of a claim against those of its act: published, signed, in force, over, comments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from domain.claims.claim import CheckedSlot, OfficialSource
from domain.claims.claim_reading import ClaimReading
from domain.claims.known_acts import DayKind, KnownAct, OfficialSentence
from domain.claims.words.partial_days import PartialDay, find_days
from domain.claims.words.plain_form import plain
from domain.claims.words.quantities import Quantity

Told = DayKind | None
# The words beside a day that say what happened on it.
_CUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("comment", re.compile(r"\bcomments?\b|\bconsultation\b|\bfeedback\b|征求意见|公开征集|反馈")),
    ("ended", re.compile(
        r"\brepeal\w*|\bexpir\w+|\babolish\w*|\bscrapp\w+|\bsuperseded?\b|\breplac\w+|"
        r"\blapsed?\b|\bceased?\b|\bvalid (?:until|through|to)\b|\bends?\b|\bended\b|\buntil\b|"
        r"\bthrough\b|\bno longer\b|废止|失效|有效期至|截止|截至|结束|取代|替代")),
    ("effective", re.compile(
        r"\b(?:effect|force|effective|applicable|implemented|applies|apply|binding|kick\w* in|"
        r"came in|comes in)\b|施行|实施|生效|起效|执行")),
    ("signed", re.compile(
        r"\bsigned\b|\bdated\b|\badopted\b|\bpassed\b|\bapproved\b|签署|审议通过|通过|落款")),
    ("published", re.compile(
        r"\b(?:issued?|issues|issuing|published|publishes|released?|releases|promulgated|"
        r"announced|announces|unveiled|posted|made public|came out|rolled out|put out)\b|印发|"
        r"发布|公布|出台|颁布|下发|公开")),
    ("started", re.compile(
        r"\b(?:start\w*|beg[ia]n\w*|launch\w*|kick\w* off|r[ua]ns?|went live|opened|online)\b|"
        r"启动|开展|开始|上线|启用|开通")),
)  # fmt: skip
_CLOSE = 45
_CLOSE_CHINESE = 14


def check_days(
    reading: ClaimReading, act: KnownAct, words: Sequence[OfficialSentence], source: OfficialSource
) -> list[CheckedSlot]:
    """A slot for each day of the claim, against those of the act and of its ``words``."""
    found = []
    for day in reading.days:
        slot = _check(day, day_kind(reading, day), act, source)
        found.append(slot or _by_statement(day, words, source))
    return found


def day_kind(reading: ClaimReading, day: PartialDay) -> str | None:
    """What happened on a day, by the nearest words: in English before it, in Chinese behind."""
    searched = plain(reading.text)
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
    commented = kind in ("ended", "started", "published") and _CUES[0][1].search(searched)
    return "comment" if commented and kind != "published" else kind


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
    kinds = {kind for kind, pattern in _CUES if pattern.search(searched)}
    return next(iter(kinds)) if len(kinds) == 1 else None


def _nearest(text: str, *, last: bool) -> str | None:
    hits = [
        (match.end() if last else -match.start(), kind)
        for kind, pattern in _CUES
        for match in pattern.finditer(text)
    ]
    return max(hits, key=lambda hit: hit[0])[1] if hits else None


def _check(
    day: PartialDay, kind: str | None, act: KnownAct, source: OfficialSource
) -> CheckedSlot | None:
    official = _official(kind, act)
    if not official:
        return None
    equal: bool | None = any(day.fits(one) for one in official)
    if not equal and _cannot_say(day, kind, act, official):
        equal = None
    shown = ", ".join(one.isoformat() for one in official)
    return CheckedSlot(
        slot="day", claim=day.text, official=shown if equal is not None else None, equal=equal,
        source=source,
    )  # fmt: skip


def _official(kind: str | None, act: KnownAct) -> tuple[date, ...]:
    days = act.days
    published, signed = days.get("published", ()), days.get("signed", ())
    if kind == "published":
        return (*published, *signed) if published else ()
    if kind == "signed":
        return (*signed, *published)
    if kind == "started":
        return (*days.get("effective", ()), *published)
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
    day: PartialDay, words: Sequence[OfficialSentence], source: OfficialSource
) -> CheckedSlot:
    """A day that the official words name besides the act's own days, or that nobody holds."""
    for statement in words:
        for told in find_days(statement.text):
            same = (told.year, told.month) == (day.year, day.month)
            if same and day.day in (told.day, None):
                return CheckedSlot(
                    slot="day", claim=day.text, official=told.text, equal=True, source=source
                )
    return CheckedSlot(slot="day", claim=day.text, official=None, equal=None, source=source)
