"""Read the short terms that an act defines for whom it speaks to: 以下简称, 本办法所称, 适用于."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from domain.law.applicability.plain_roles import bare, engaged_in, plain_roles
from domain.law.applicability.role_words import named_roles, specific_roles

# 从事换电服务的企业（以下统称运营单位）, 换电运营企业（以下简称“企业”）
_IN_BRACKETS = re.compile(
    r"(?P<who>[^。；：\n（）()]{2,60})[（(](?:以下|下)(?:统|简|合)?称(?:为|：|:)?[“\"「]?"
    r"(?P<term>[一-鿿]{2,12}?)[”\"」]?(?:，下同)?[）)]"
)
# 换电运营企业、充电设施建设单位以下统称运营主体
_BEHIND = re.compile(
    r"(?P<who>[^。；：\n（）()]{2,60}?)[，,]?(?:以下)(?:统|简|合)称(?:为)?[“\"「]?(?P<term>[一-鿿]{2,12})"
)
# 本办法所称回收主体，是指回收企业和综合利用企业
_MEANS = re.compile(
    r"本[一-鿿]{2,4}(?:所称|中的?)(?:的)?(?P<term>[^，。；：、]{2,12}?)[，,]?(?:是指|(?<!不)指)"
    r"(?P<who>[^。；\n]{2,160})"
)
# 本规定所称生产者包括电池生产企业和进口商
_TAKES_IN = re.compile(
    r"本[一-鿿]{2,4}(?:所称|中的?)(?:的)?(?P<term>[^，。；：、]{2,12}?)[，,]?(?<!不)包[括含]"
    r"(?P<who>[^。；\n]{2,160})"
)
# 本规定所称单位不包括维修企业
_LEAVES_OUT = re.compile(
    r"本[一-鿿]{2,4}(?:所称|中的?)(?:的)?(?P<term>[^，。；：、]{2,12}?)[，,]?不包[括含]"
    r"(?P<who>[^。；\n]{2,100})"
)
# 本规范适用于从事报废汽车拆解的企业; 不适用于 is something else.
_APPLIES_TO = re.compile(r"(?:本[一-鿿]{2,4}|规定|标准)适用于(?P<who>[^。；\n]{2,80})")
_CALLED = re.compile(r"以下|下[统简合]?称|所称|本[一-鿿]{2,4}中")
_SENTENCE_END = re.compile(r"[。\n]")
_ANY_ENDS = re.compile(r"(?:等|以及其他|及其他|和其他)")
_GENERAL = re.compile(r"(?:各|该|所有|有关|相关)?(?P<noun>企业|单位|公司|经营者|机构|主体)")
_OF_ALL = "企业"


@dataclass(frozen=True, kw_only=True, slots=True)
class TermMeaning:
    """The roles that a defined term stands for: beyond doubt, and of which only some."""

    sure: frozenset[str]
    some: frozenset[str] = frozenset()
    whole: bool = True  # whether nobody else is meant: 是指, not 包括


def read_terms(text: str) -> dict[str, TermMeaning]:
    """The terms that an act defines; 企业 itself where the act says to whom it applies."""
    found: dict[str, TermMeaning] = {}
    for sentence in sentences_with(text, _CALLED):
        for pattern in (_IN_BRACKETS, _BEHIND, _MEANS):
            for match in pattern.finditer(sentence):
                meaning = _meaning(match["who"])
                if meaning is not None and (pattern is _MEANS or _is_of_companies(match["who"])):
                    found.setdefault(match["term"], meaning)
        for match in _TAKES_IN.finditer(sentence):
            meaning = _meaning(match["who"])
            if meaning is not None and not specific_roles(match["term"]):
                found.setdefault(match["term"], replace(meaning, whole=False))
    scopes = list(_APPLIES_TO.finditer(text))
    if len(scopes) == 1 and not _ANY_ENDS.search(scopes[0]["who"]):
        meaning = _meaning(scopes[0]["who"])
        if meaning is not None:
            found.setdefault(_OF_ALL, meaning)
    return found


def read_left_out(text: str) -> dict[str, frozenset[str]]:
    """The roles that an act's definition of a term leaves out of it: 不包括维修企业."""
    return {
        match["term"]: plain_roles(match["who"])
        for sentence in sentences_with(text, _CALLED)
        for match in _LEAVES_OUT.finditer(sentence)
    }


def sentences_with(text: str, words: re.Pattern[str]) -> Iterator[str]:
    """The sentences of a text in which words stand: the rest need not be read closely."""
    return (one for one in _SENTENCE_END.split(text) if words.search(one))


def _is_of_companies(who: str) -> bool:
    """Whether the words before a short term end with companies: not 生产企业信息平台."""
    roles = named_roles(who)
    return bool(roles) and roles[-1].end == len(who.rstrip("等"))


def _meaning(who: str) -> TermMeaning | None:
    words = bare(who)
    sure = plain_roles(words) | engaged_in(words)
    some = specific_roles(words) - sure
    if not sure and not some:
        return None
    return TermMeaning(sure=sure, some=some)


def meaning_of(words: str, terms: Mapping[str, TermMeaning]) -> TermMeaning | None:
    """What a subject's words stand for where the act defines them."""
    general = _GENERAL.fullmatch(words)
    for term in _asked(words, general["noun"] if general else ""):
        if term in terms:
            return terms[term]
    return None


def _asked(words: str, noun: str) -> Iterator[str]:
    if noun:
        yield noun
        return
    yield words
    for start in range(1, max(1, len(words) - 2)):
        yield words[start:]
