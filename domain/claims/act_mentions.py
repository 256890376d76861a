"""Which acts a sentence speaks of: by number, by title or name, or by what it said before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.acts.issuers import PROVINCES
from domain.claims.act_names import (
    How,
    KnownNames,
    Mention,
    folded_name,
    may_be_called,
    one_of,
)
from domain.claims.known_acts import KnownAct
from domain.claims.title_guesses import guess_by_place, guess_by_words
from domain.claims.topic_titles import guess_by_topic
from domain.claims.words.claim_numbers import ClaimNumber, find_numbers, read_number
from domain.claims.words.claim_places import find_places
from domain.claims.words.plain_form import plain

# 《新能源汽车废旧动力电池回收和综合利用管理暂行办法》
_QUOTED = re.compile(r"《([^《》]{2,120})》")
_PLACE_BEFORE = re.compile(rf"(?:{'|'.join(PROVINCES)}|[省市区州县])(?:省|市|自治区)?$")
# the Code, with a capital as only a code of law has it
_THE_CODE = re.compile(r"\b[Tt]he Code\b(?! (?:of|for|on)\b)")
_CLOSE_BY = 14  # characters between a province and what is its own
# of 2021, (2024)
_OF_YEAR = re.compile(r"(?: of | from | ?\()((?:19|20)\d\d)\)?(?![-/\d])")
# the measures, this order, it; 该办法, 《办法》, 新规
_BEFORE = re.compile(
    r"^(?:[\"' ]|and |but |also,? |however,? |in addition,? |moreover,? |furthermore,? )*"
    r"(?:it|they|these|this|the (?:new |same |latest )?"
    r"(?:measures|order|rules?|provisions|announcement|code|law|regulations?|plan|campaign|"
    r"document|notice|standard|act|draft|decree|text)"
    r"|the (?:new|shorter|longer|higher|lower|stricter|wider) (?:time|period|limit|deadline|fine|"
    r"amount|threshold|ceiling|rule)s?)\b"
)
_NEW = re.compile(r"\bnew\b|\blatest\b|新")
_WITHIN = re.compile(
    r"\b(?:under|in|of|by|with|from) (?:it|the (?:new )?(?:measures|order|rules|provisions|"
    r"announcement|code|law|plan|campaign|standard|decree|document))\b(?! (?:of|on|for|"
    r"no)\b)"
)
_BEFORE_CHINESE = re.compile(
    r"《?(?:该|此|本|上述|这一|这项|这部|新)(?:暂行)?(?:办法|规定|公告|通知|法|条例|标准|"
    r"方案|文件|规|令|行动|细则)》?|《(?:办法|规定|公告|通知|条例|方案|细则|法典|"
    r"暂行办法)》|^(?:办法|规定|公告|方案|法典|新规|其|新期限|新限值|新标准)(?=[^一]{0,2})"
)


def find_mentions(text: str, names: KnownNames) -> list[Mention]:
    """The acts that a sentence names itself, in reading order."""
    found = [*_quoted(text, names), *_by_number(text, names), *_by_name(text, names)]
    kept: list[Mention] = []
    for item in sorted(found, key=lambda one: (one.how == "unknown", one.start - one.end)):
        item = _with_year(text, item)
        if all(item.end <= other.start or other.end <= item.start for other in kept):
            kept.append(item)
    for guess in (guess_by_place, guess_by_words, guess_by_topic):
        if not any(item.act for item in kept):
            kept += [item for item in guess(text, names) if _apart_from(item, kept)]
    return sorted(kept, key=lambda one: one.start)


def _apart_from(item: Mention, others: Sequence[Mention]) -> bool:
    return all(item.end <= other.start or other.end <= item.start for other in others)


def _with_year(text: str, item: Mention) -> Mention:
    """The measures of 2021: the year behind a name belongs to it, if it is one of the act's."""
    match = _OF_YEAR.match(text, item.end)
    if match is None or item.act is None:
        return item
    years = {day.year for days in item.act.days.values() for day in days}
    named = match[1] in (item.act.document_number or "") or int(match[1]) in years
    return replace(item, end=match.end()) if named else item


def goes_on_about(
    text: str, names: KnownNames, before: Sequence[KnownAct], *, at_start: bool = False
) -> tuple[KnownAct, tuple[int, int]] | None:
    """The act named before that a sentence goes on about (it, the measures, 该办法); the Code
    is known without having been named. ``at_start``: only as the subject of the sentence."""
    searched = plain(text)
    match = _BEFORE.match(searched) or _BEFORE_CHINESE.match(searched)
    if match is None and not at_start:
        match = _WITHIN.search(searched) or _BEFORE_CHINESE.search(searched)
    if match is None:
        return None
    fits = [act for act in before if may_be_called(match[0], act)]
    if _NEW.search(match[0]):
        fits = [act for act in fits if not act.over]
    if not fits and re.search(r"\bcode\b|法典", match[0]):
        only = one_of([act for act in names.acts if "法典" in act.title])
        fits = [only] if only else []
    return (fits[0], (match.start(), match.end())) if fits else None


def _by_number(text: str, names: KnownNames) -> list[Mention]:
    found = []
    for number in find_numbers(text):
        fits = [
            act for act in names.acts
            if (act.document_number and number.names(act.document_number))
            or (number.kind == "standard" and _is_standard(number, act))
        ]  # fmt: skip
        numbered = [act for act in fits if act.document_number]  # and not its amendment sheet
        fits = numbered if number.kind == "standard" and numbered else fits
        act = one_of(_by_year(number, fits))
        how: How = "number" if act else "unknown"
        start = _agency_at(text, number, act)
        found.append(Mention(act=act, how=how, start=start, end=number.end, number=number))
    return found


def _agency_at(text: str, number: ClaimNumber, act: KnownAct | None) -> int:
    """Where the number begins: 仍执行工信部节〔2019〕112号 has words before it."""
    real = read_number(act.document_number or "") if act is not None else None
    if real is None or not real.agency or number.kind != "bracket":
        return number.start
    at = text.find(real.agency, number.start, number.end)
    return at if at >= 0 else number.start


def _is_standard(number: ClaimNumber, act: KnownAct) -> bool:
    """Whether an act is the standard of a number, which its title begins with."""
    wanted = ("standard", number.serial, number.agency)
    titled = find_numbers(act.title[:40])[:1]
    return any(one.start == 0 and (one.kind, one.serial, one.agency) == wanted for one in titled)


def _by_year(number: ClaimNumber, fits: list[KnownAct]) -> list[KnownAct]:
    """Of a series and its parts the one whose number has the year that is given, or none."""
    real = [read_number(act.document_number or "") for act in fits]
    same = [
        act for act, own in zip(fits, real, strict=True) if own and own.year == number.year
    ]  # fmt: skip
    return same or fits


def _quoted(text: str, names: KnownNames) -> list[Mention]:
    found = []
    for match in _QUOTED.finditer(text):
        said = folded_name(match[1])
        fits = {act.ref: act for name, act in names.chinese if name == said} or {
            act.ref: act for name, act in names.chinese if _edition(name, said)
        }
        act = one_of(list(fits.values()))
        if act is None and _BEFORE_CHINESE.fullmatch(match[0]):
            continue
        how: How = "title" if act else "unknown"
        found.append(Mention(act=act, how=how, start=match.start(), end=match.end()))
    return found


def _edition(name: str, said: str) -> bool:
    """One name is the other with its edition or 试行 in brackets behind it."""
    short, long = sorted((name, said), key=len)
    return len(short) >= 8 and re.fullmatch(re.escape(short) + r"\([^()]{1,12}\)", long) is not None


def _by_name(text: str, names: KnownNames) -> list[Mention]:
    searched = plain(text)
    found = []
    for pattern, act, how in names.english:
        for match in pattern.finditer(searched):
            if act.jurisdiction == "CN" and _of_a_place(text, match.start()):
                continue
            found.append(Mention(act=act, how=how, start=match.start(), end=match.end()))
    code = one_of([act for act in names.acts if act.jurisdiction == "CN" and "法典" in act.title])
    for match in _THE_CODE.finditer(text) if code else ():
        found.append(Mention(act=code, how="name", start=match.start(), end=match.end()))
    for name, act in names.chinese:
        at = searched.find(name)
        if at < 0 or len(name) < 3 or _PLACE_BEFORE.search(searched[max(0, at - 6) : at]):
            continue
        found.append(Mention(act=act, how="name", start=at, end=at + len(name)))
    whole = [(match.start(), match.end()) for match in _QUOTED.finditer(text)]
    return _only_sure([item for item in found if not _inside(item, whole)])


def _of_a_place(text: str, start: int) -> bool:
    """Guangdong's joint campaign is none of the country's."""
    return any(place.end > start - _CLOSE_BY for place in find_places(text[:start]))


def _inside(item: Mention, quoted: Sequence[tuple[int, int]]) -> bool:
    """A name inside 《…》 is a part of another act's title."""
    return any(start <= item.start and item.end <= end for start, end in quoted)


def _only_sure(found: list[Mention]) -> list[Mention]:
    """Of two acts at the same words the one that binds; none if both do."""
    by_place: dict[tuple[int, int], dict[str, Mention]] = {}
    for item in found:
        assert item.act is not None
        by_place.setdefault((item.start, item.end), {})[item.act.ref] = item
    sure = []
    for items in by_place.values():
        act = one_of([item.act for item in items.values() if item.act])
        sure += [item for item in items.values() if act is not None and item.act is act]
    return sure
