"""Which acts a sentence speaks of: by number, by title or name, or by what it said before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from config.claim_terms import load_claim_terms
from domain.acts.issuers import PROVINCES
from domain.acts.titles import fold
from domain.claims.known_acts import KnownAct
from domain.claims.words.concepts import WEAK, concept_keys
from domain.claims.words.named_numbers import NamedNumber, find_numbers
from domain.claims.words.places import find_places
from domain.claims.words.plain_form import plain

How = Literal["number", "title", "name", "wrong_name", "before", "unknown"]

# 《新能源汽车废旧动力电池回收和综合利用管理暂行办法》
_QUOTED = re.compile(r"《([^《》]{2,120})》")
_PLACE_BEFORE = re.compile(rf"(?:{'|'.join(PROVINCES)}|[省市区州县])(?:省|市|自治区)?$")
_HEADS = re.compile(
    r"\b(?:measures|provisions|code|law|regulations?|announcement|conditions|guide|plan|policy|"
    r"policies|specifications?|notice|catalogue|campaign|rules|requirements|programme|standard)\b"
)
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z]+)?")
_STOP = frozenset(
    [
        "the",
        "of",
        "for",
        "on",
        "in",
        "and",
        "a",
        "an",
        "to",
        "by",
        "from",
        "used",
        "with",
        "its",
        "their",
        "new",
        "energy",
        "people's",
        "republic",
        "china",
    ]
)
_SAME_WORD = {
    "recovery": "recycl", "recycling": "recycl", "recycle": "recycl", "utilization": "utilis",
    "utilisation": "utilis", "traction": "power", "waste": "used_", "used": "used_",
    "retired": "used_", "spent": "used_", "batteries": "battery", "electric": "nev", "nev": "nev",
    "nevs": "nev", "vehicles": "vehicle", "ecological": "ecology", "environmental": "environment",
    "programme": "plan", "provisional": "interim", "temporary": "interim", "cascade-use": "cascade",
    "administrative": "management", "rule": "rules", "traceability": "trac", "tracing": "trac",
}  # fmt: skip
# the Code, with a capital as only a code of law has it
_THE_CODE = re.compile(r"\b[Tt]he Code\b(?! (?:of|for|on)\b)")
# on used power batteries, for the recycling of …
_ABOUT = re.compile(
    r" (?:on|for|regarding|concerning|governing) (?:[a-z-]+ ){0,9}?(?:batter(?:y|ies)|recycling|"
    r"vehicles)\b(?: (?:recycling|recyclers|recovery|of [a-z ]{0,30}?batteries)\b)?"
)
_CHINESE_HEADS = re.compile("暂行办法|管理办法|办法|规定|方案|若干措施|政策措施|措施|条例")
_SAID_OF_ALL = frozenset({"draft", "consult", "joint", "publish"})
# Zhejiang's (interim) measures, 四川省的暂行办法
_POSSESSIVE = re.compile(r"(?:'s)?(?: [a-z-]+){0,3} ?|[省市]?的?")
_CHANGES_ANOTHER = re.compile("关于(?:修改|废止|公布|调整)|解读|答记者问")
_NEAR, _LEAST = 0.08, 0.62
_YEAR_BONUS = 0.2
# of 2021, (2024)
_OF_YEAR = re.compile(r"(?: of | from | ?\()((?:19|20)\d\d)\)?(?![-/\d])")
_WORDS_BEFORE, _WORDS_AFTER = 6, 18
# the measures, this order, it; 该办法, 《办法》, 新规
_BEFORE = re.compile(
    r"^(?:[\"' ]|and |but |also,? |however,? |in addition,? |moreover,? |furthermore,? )*"
    r"(?:it|they|these|this|the (?:new |same |latest )?"
    r"(?:measures|order|rules?|provisions|announcement|code|law|regulations?|plan|campaign|"
    r"document|notice|standard|act|draft|decree|text))\b"
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
    r"暂行办法)》|^(?:办法|规定|公告|方案|法典|新规|其)(?=[^一]{0,2})"
)


# What an act is called afterwards, and what its title or number then has.
_CALLED = (
    (re.compile(r"\bmeasures\b|办法"), re.compile("办法|措施")),
    (re.compile(r"\bprovisions\b"), re.compile("规定|办法")),
    (re.compile(r"\border\b|\bdecree\b|令$"), re.compile("令")),
    (re.compile(r"\bannouncement\b|公告"), re.compile("公告")),
    (re.compile(r"\bcode\b|法典"), re.compile("法典")),
    (re.compile(r"\blaw\b"), re.compile("法(?!典)|法$")),
    (re.compile(r"\bplan\b|方案"), re.compile("方案|规划|计划")),
    (re.compile(r"\bcampaign\b|行动"), re.compile("行动")),
    (re.compile(r"\bstandard\b|标准"), re.compile("GB|HJ|标准|规则")),
    (re.compile(r"\bnotice\b|通知"), re.compile("通知|函|〔")),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """An act that a sentence names; ``act`` is None for one that nobody here knows."""

    act: KnownAct | None
    how: How
    start: int
    end: int
    number: NamedNumber | None = None


@dataclass(frozen=True, slots=True)
class ActNames:
    """All acts, ready to be found by their names."""

    acts: Sequence[KnownAct]
    chinese: tuple[tuple[str, KnownAct], ...] = field(default=())
    english: tuple[tuple[re.Pattern[str], KnownAct, How], ...] = field(default=())

    @classmethod
    def of(cls, acts: Sequence[KnownAct]) -> ActNames:
        by_key = {act.key: act for act in acts if act.key}
        chinese = [
            (_folded(name), act) for act in acts for name in (act.title, *act.names) if _han(name)
        ]
        english: list[tuple[re.Pattern[str], KnownAct, How]] = [
            (_phrase(name), act, "name")
            for act in acts
            for name in (act.title_en, *act.names)
            if name and not _han(name)
        ]
        for name, key in load_claim_terms().wrong_names.items():
            if key in by_key:
                english.append((_phrase(name), by_key[key], "wrong_name"))
        chinese.sort(key=lambda item: -len(item[0]))
        return cls(acts, tuple(chinese), tuple(english))


def find_mentions(text: str, names: ActNames) -> list[Mention]:
    """The acts that a sentence names itself, in reading order."""
    found = [*_quoted(text, names), *_by_number(text, names), *_by_name(text, names)]
    kept: list[Mention] = []
    for item in sorted(found, key=lambda one: (one.how == "unknown", one.start - one.end)):
        item = _with_year(text, item)
        if all(item.end <= other.start or other.end <= item.start for other in kept):
            kept.append(item)
    if not any(item.act for item in kept):
        kept += _by_place(text, names)
    if not any(item.act for item in kept):
        kept += [
            item
            for item in _by_words(text, names)
            if all(item.end <= o.start or o.end <= item.start for o in kept)
        ]
    return sorted(kept, key=lambda one: one.start)


def _with_year(text: str, item: Mention) -> Mention:
    """The measures of 2021: the year behind a name belongs to it, if it is one of the act's."""
    match = _OF_YEAR.match(text, item.end)
    if match is None or item.act is None:
        return item
    years = {day.year for days in item.act.days.values() for day in days}
    named = match[1] in (item.act.document_number or "") or int(match[1]) in years
    return replace(item, end=match.end()) if named else item


def goes_on_about(
    text: str, names: ActNames, before: Sequence[KnownAct], *, at_start: bool = False
) -> tuple[KnownAct, tuple[int, int]] | None:
    """The act named before that a sentence goes on about (it, the measures, 该办法); the Code
    is known without having been named. ``at_start``: only as the subject of the sentence."""
    searched = plain(text)
    match = _BEFORE.match(searched) or _BEFORE_CHINESE.match(searched)
    if match is None and not at_start:
        match = _WITHIN.search(searched) or _BEFORE_CHINESE.search(searched)
    if match is None:
        return None
    fits = [act for act in before if _may_be_called(match[0], act)]
    if _NEW.search(match[0]):
        fits = [act for act in fits if not act.over]
    if not fits and re.search(r"\bcode\b|法典", match[0]):
        only = _one_of([act for act in names.acts if "法典" in act.title])
        fits = [only] if only else []
    return (fits[0], (match.start(), match.end())) if fits else None


def _may_be_called(words: str, act: KnownAct) -> bool:
    """Whether an act may be meant by the measures, the order, 该公告."""
    for said, real in _CALLED:
        if said.search(words):
            return real.search(f"{act.title} {act.document_number or ''}") is not None
    return True


def _folded(text: str) -> str:
    return fold(plain(text)).strip('《》"')


def _han(text: str) -> bool:
    return re.search(r"[\u4e00-\u9fff]", text) is not None


def _phrase(name: str) -> re.Pattern[str]:
    words = re.escape(plain(name)).replace(r"\ ", r"(?:'s)?[ -]").replace(r"\-", "[ -]")
    return re.compile(rf"(?<![a-z0-9]){words}(?![a-z0-9])")


def _by_number(text: str, names: ActNames) -> list[Mention]:
    found = []
    for number in find_numbers(text):
        fits = [
            act for act in names.acts if act.document_number and number.names(act.document_number)
        ]
        act = _one_of(fits)
        how: How = "number" if act else "unknown"
        found.append(Mention(act=act, how=how, start=number.start, end=number.end, number=number))
    return found


def _one_of(fits: Sequence[KnownAct]) -> KnownAct | None:
    """The only one, or the only one that binds."""
    if len(fits) == 1:
        return fits[0]
    live = [act for act in fits if not act.over]
    return live[0] if len(live) == 1 else None


def _quoted(text: str, names: ActNames) -> list[Mention]:
    found = []
    for match in _QUOTED.finditer(text):
        said = _folded(match[1])
        fits = {act.ref: act for name, act in names.chinese if name == said or _edition(name, said)}
        act = _one_of(list(fits.values()))
        if act is None and _BEFORE_CHINESE.fullmatch(match[0]):
            continue
        how: How = "title" if act else "unknown"
        found.append(Mention(act=act, how=how, start=match.start(), end=match.end()))
    return found


def _edition(name: str, said: str) -> bool:
    """One name is the other with its edition or 试行 in brackets behind it."""
    short, long = sorted((name, said), key=len)
    return len(short) >= 8 and re.fullmatch(re.escape(short) + r"\([^()]{1,12}\)", long) is not None


def _by_name(text: str, names: ActNames) -> list[Mention]:
    searched = plain(text)
    found = []
    for pattern, act, how in names.english:
        for match in pattern.finditer(searched):
            found.append(Mention(act=act, how=how, start=match.start(), end=match.end()))
    code = _one_of([act for act in names.acts if act.jurisdiction == "CN" and "法典" in act.title])
    for match in _THE_CODE.finditer(text) if code else ():
        found.append(Mention(act=code, how="name", start=match.start(), end=match.end()))
    for name, act in names.chinese:
        at = searched.find(name)
        if at < 0 or len(name) < 3 or _PLACE_BEFORE.search(searched[max(0, at - 6) : at]):
            continue
        found.append(Mention(act=act, how="name", start=at, end=at + len(name)))
    return _only_sure(found)


def _only_sure(found: list[Mention]) -> list[Mention]:
    """Of two acts at the same words the one that binds; none if both do."""
    by_place: dict[tuple[int, int], dict[str, Mention]] = {}
    for item in found:
        assert item.act is not None
        by_place.setdefault((item.start, item.end), {})[item.act.ref] = item
    sure = []
    for items in by_place.values():
        act = _one_of([item.act for item in items.values() if item.act])
        sure += [item for item in items.values() if act is not None and item.act is act]
    return sure


def _by_words(text: str, names: ActNames) -> list[Mention]:
    """Acts whose English title is given in other words, around the word for what they are."""
    searched = plain(text)
    places = {place.code for place in find_places(text)} - {"CN"}
    best: list[tuple[float, KnownAct, int, int]] = []
    for head in _HEADS.finditer(searched):
        words = _window(searched, head)
        for act in names.acts:
            if act.title_en and (places or {"CN", "EU"}) & {act.jurisdiction}:
                score, start, end = _likeness(act.title_en, words, head)
                score += _YEAR_BONUS if score and _year_fits(searched, head, act) else 0.0
                best.append((score, act, start, end))
    best.sort(key=lambda item: -item[0])
    if not best or best[0][0] < _LEAST:
        return []
    near = {item[1].ref: item[1] for item in best if item[0] >= best[0][0] - _NEAR}
    meant = best[0][1] if len(near) == 1 else _one_of(list(near.values()))
    if meant is None:
        return []
    start, end = next((item[2], item[3]) for item in best if item[1] is meant)
    return [Mention(act=meant, how="name", start=start, end=end)]


def _by_place(text: str, names: ActNames) -> list[Mention]:
    """The only act of a province that is called what a sentence calls it (Zhejiang's measures
    on used batteries), unless the words around it speak of something that its title has not."""
    searched = plain(text)
    for place in find_places(text):
        head = _HEADS.search(searched, place.end, place.end + 90)
        head = head or _CHINESE_HEADS.search(searched, place.end, place.end + 24)
        if head is None or re.search(r"[.;,，。；]", searched[place.end : head.start()]):
            continue
        tail = _ABOUT.match(searched, head.end())
        end = tail.end() if tail else head.end()
        said = concept_keys(text[place.end : head.start()]) | concept_keys(text[head.end() : end])
        fits = [
            act
            for act in names.acts
            if act.jurisdiction == place.code and _may_be_called(head[0], act)
            and not _CHANGES_ANOTHER.search(act.title)
            and said - WEAK - _SAID_OF_ALL <= concept_keys(act.title)
        ]  # fmt: skip
        if (act := _one_of(fits)) is None:
            continue
        close = _POSSESSIVE.fullmatch(searched, place.end, head.start()) is not None
        start = place.start if close else head.start()
        return [Mention(act=act, how="name", start=start, end=end)]
    return []


def _year_fits(searched: str, head: re.Match[str], act: KnownAct) -> bool:
    """The 2021 Measures: the year before the word for what it is, if it is the act's."""
    year = re.search(r"((?:19|20)\d\d) (?:interim |provisional )?$", searched[: head.start()])
    years = {str(day.year) for days in act.days.values() for day in days}
    return year is not None and (year[1] in years or year[1] in (act.document_number or ""))


def _window(searched: str, head: re.Match[str]) -> list[re.Match[str]]:
    before = list(_WORD.finditer(searched, max(0, head.start() - 90), head.start()))
    after = list(_WORD.finditer(searched, head.start(), head.end() + 200))
    return before[-_WORDS_BEFORE:] + after[:_WORDS_AFTER]


def _likeness(
    title: str, words: Iterable[re.Match[str]], head: re.Match[str]
) -> tuple[float, int, int]:
    """How much of a title the words give, from 0 to 1, and where; 0 without its own head."""
    wanted = _title_words(title)
    same = [(word, _stem(word[0])) for word in words if _stem(word[0]) in wanted]
    if _stem(head[0]) not in wanted or not same:
        return 0.0, 0, 0
    found = {stem for _, stem in same}
    return len(found) / len(wanted), same[0][0].start(), same[-1][0].end()


@lru_cache(maxsize=1024)
def _title_words(title: str) -> frozenset[str]:
    words = (match[0] for match in _WORD.finditer(plain(title)))
    return frozenset(_stem(word) for word in words if word == "used" or word not in _STOP)


def _stem(word: str) -> str:
    return _SAME_WORD.get(word) or word.rstrip("s")
