"""Acts whose titles are given in other words: Zhejiang's measures, the rules on used batteries."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from domain.claims.act_names import (
    KnownNames,
    Mention,
    may_be_called,
    one_of,
)
from domain.claims.known_acts import KnownAct
from domain.claims.words.claim_concepts import WEAK, concept_keys
from domain.claims.words.claim_places import find_places
from domain.claims.words.plain_form import plain

_HEADS = re.compile(
    r"\b(?:measures|provisions|code|law|regulations?|announcement|conditions|guide|plan|policy|"
    r"policies|specifications?|notice|catalogue|campaign|rules|requirements|programme|standard|"
    r"benchmark|guidance|guidelines|circular)\b"
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
# on used power batteries, for the recycling of …
_ABOUT = re.compile(
    r" (?:on|for|regarding|concerning|governing) (?:[a-z-]+ ){0,9}?(?:batter(?:y|ies)|recycling|"
    r"vehicles)\b(?: (?:recycling|recyclers|recovery|of [a-z ]{0,30}?batteries)\b)?"
)
_CHINESE_HEADS = re.compile(
    "暂行办法|管理办法|办法|规定|方案|若干措施|政策措施|措施|条例|细则|基准|通告|公告|通知|规范|指引|指南|规则"
)
_SAID_OF_ALL = frozenset({"draft", "consult", "joint", "publish"})
# Zhejiang's (interim) measures, 四川省的暂行办法
_POSSESSIVE = re.compile(
    r"(?:'s)?(?: (?:interim|provisional|draft|own|new|local|provincial)){0,3} ?|[省市]?的?"
)
_CHANGES_ANOTHER = re.compile("关于(?:修改|废止|公布|调整)|解读|答记者问")
_NEAR, _LEAST = 0.08, 0.62
_YEAR_BONUS = 0.2
_WORDS_BEFORE, _WORDS_AFTER = 6, 18


def guess_by_words(text: str, names: KnownNames) -> list[Mention]:
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
                said = concept_keys(_foreign(text[start:end], act.title_en)) - WEAK - _SAID_OF_ALL
                if not said <= concept_keys(act.title) | concept_keys(act.title_en):
                    continue
                best.append((score, act, start, end))
    best.sort(key=lambda item: -item[0])
    if not best or best[0][0] < _LEAST:
        return []
    near = {item[1].ref: item[1] for item in best if item[0] >= best[0][0] - _NEAR}
    meant = best[0][1] if len(near) == 1 else one_of(list(near.values()))
    if meant is None:
        return []
    start, end = next((item[2], item[3]) for item in best if item[1] is meant)
    return [Mention(act=meant, how="name", start=start, end=end)]


def guess_by_place(text: str, names: KnownNames) -> list[Mention]:
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
            if act.jurisdiction == place.code and may_be_called(head[0], act)
            and not _CHANGES_ANOTHER.search(act.title)
            and said - WEAK - _SAID_OF_ALL <= concept_keys(act.title)
        ]  # fmt: skip
        if (act := one_of(fits)) is None:
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


def _foreign(text: str, title: str) -> str:
    """The words of a text that the title has not."""
    wanted = _title_words(title)
    words = (match[0] for match in _WORD.finditer(plain(text)))
    return " ".join(word for word in words if _stem(word) not in wanted)


@lru_cache(maxsize=1024)
def _title_words(title: str) -> frozenset[str]:
    words = (match[0] for match in _WORD.finditer(plain(title)))
    return frozenset(_stem(word) for word in words if word == "used" or word not in _STOP)


def _stem(word: str) -> str:
    return _SAME_WORD.get(word) or word.rstrip("s")
