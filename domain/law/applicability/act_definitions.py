"""Read whom an act's own definitions count among a role, and whom it leaves out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from domain.law.applicability.defined_terms import (
    TermMeaning,
    read_left_out,
    read_terms,
    sentences_with,
)
from domain.law.applicability.plain_roles import agent_roles, plain_roles
from domain.law.applicability.role_words import named_roles, specific_roles

# Where these are spoken of, 回收企业 is short for those that take cars back.
SHORT_FORM = "回收企业"
_SCRAPPED_CARS = re.compile(r"报废(?:新能源)?(?:机动车|汽车)回收|车电一体")
# 本办法所称综合利用企业，包括从事梯次利用的企业; 不包括 leaves out.
_DEFINITION = re.compile(
    r"本(?:办法|规定|细则|条例|通知|公告|通告|规范|要求|制度|措施)(?:所称|中的?)(?:的)?"
    r"(?P<term>[^，。；：]{2,30}?)[，,]?"
    r"(?P<how>是指|(?<!不)指|(?<!不)包括|(?<!不)包含|(?<!不)含)(?P<meaning>[^。；]{2,160})"
)
_COUNTS_IN = ("包括", "包含", "含")
# 汽车生产企业（含新能源汽车进口商，下同）
_BRACKET = re.compile(
    r"(?P<term>[^，。；：（）()\s]{2,20})[（(](?:包括|包含|含)(?P<meaning>[^（）()。；]{2,60})[）)]"
)
# 电池生产企业（进口电池的，为进口商）
_INSTEAD = re.compile(
    r"(?P<term>[^，。；：（）()\s]{2,20})[（(][^（）()。；]{1,20}?(?:为|系|指)(?P<meaning>[^（）()。；，]{2,30})[）)]"
)
# 进口商|视同|生产企业
_STANDS_FOR = re.compile(r"视为|视同|等同于|参照")
# 进口商|适用本办法关于|生产企业|的规定
_FALLS_UNDER = re.compile(
    r"(?P<agent>[^，。；：\s]{2,30}?)[，,]?(?:应当)?(?:适用|执行|遵守)(?:本[一-鿿]{2,4})?(?:中)?(?:关于|有关|对)"
    r"(?P<duty>[^，。；：]{2,24}?)的(?:有关|相关)?(?:规定|要求)"
)
# 由境内代理人履行新能源汽车生产企业的责任; 境内代理机构，履行本规定关于汽车生产企业的义务
_ACTS_FOR = re.compile(
    r"(?P<agent>[^，。；：由\s]{2,30}?)[，,]?(?:应当|应|须|负责|代为|依法|全面)*(?:履行|承担)"
    r"(?P<duty>[^，。；：]{2,30}?)的?(?:各项|全部|相应|相关|有关)?(?:责任|义务)"
)
# 境外生产企业的责任由其境内代理人承担
_BORNE_BY = re.compile(
    r"(?P<duty>[^，。；：\s]{2,30}?)的?(?:各项|全部|相应|相关|有关)?(?:责任|义务)[，,]?(?:应当)?由"
    r"(?P<agent>[^，。；：\s]{2,24}?)(?:履行|承担)"
)
_TAKEN_OVER = re.compile(r"(?:履行|承担|适用|执行|遵守)")
# What may stand before whose duty it is: 本规定关于|汽车生产企业; not 与汽车生产企业的协议
_WHOSE = re.compile(r"(?:本[一-鿿]{2,4})?(?:中|所)?(?:规定的|关于|有关|对)?(?:该|境外|国外)?")
# 动力电池生产企业不适用本公告; 本办法不适用于回收服务网点; 本办法所称企业不包括网点
_LEFT_OUT = (
    re.compile(r"(?P<who>[^，。；：\s]{2,40})不适用(?:于)?本"),
    re.compile(r"本[一-鿿]{2,4}不适用于?(?P<who>[^。；：\s]{2,60})"),
    re.compile(r"(?P<who>[^，。；：\s（）()]{2,40})(?:可以|可)?(?:不|无需|无须)(?:执行|遵守)本"),
)
# Within one sentence: 换电运营企业除外, （不含梯次利用企业）, 除综合利用企业外
_LEFT_OUT_HERE = (
    re.compile(r"(?P<who>[^，。；：\s（）()]{2,40})(?:除外|不受此限|不在此限)"),
    re.compile(r"[（(]不(?:含|包括|包含)(?P<who>[^（）()。；]{2,40})[）)]"),
    re.compile(r"(?P<who>[^，。；：\s（）()除]{2,40})(?:以外|之外)的"),
    re.compile(r"除(?P<who>[^，。；：\s（）()]{2,40}?)(?:以外|之外|外)"),
)
_CLAUSE = re.compile(r"[，。；：\n]")
_LOOSELY = "参照"
_JOINED = re.compile(r"[、和及与或]")
_BESIDE = 30  # characters beside 视同 that belong to it


@dataclass(frozen=True, kw_only=True, slots=True)
class ActDefinitions:
    """What an act says of its own roles.

    ``included`` are roles that it counts among another beyond doubt, ``widened`` those that it
    may count; ``excepted`` are left out of it, ``perhaps_excepted`` some of them; ``terms`` are
    what it calls its subjects, ``left_out_of`` who is none of those.
    """

    included: Mapping[str, frozenset[str]] = field(default_factory=dict)
    widened: Mapping[str, frozenset[str]] = field(default_factory=dict)
    excepted: frozenset[str] = frozenset()
    perhaps_excepted: frozenset[str] = frozenset()
    terms: Mapping[str, TermMeaning] = field(default_factory=dict)
    left_out_of: Mapping[str, frozenset[str]] = field(default_factory=dict)


def read_definitions(text: str) -> ActDefinitions:
    """The definitions of an act's text, its title with it."""
    included: dict[str, frozenset[str]] = {}
    widened: dict[str, frozenset[str]] = {}
    if _SCRAPPED_CARS.search(text):
        widened[SHORT_FORM] = frozenset({"vehicle_dismantler"})
    for match in _DEFINITION.finditer(text):
        if match["how"] in _COUNTS_IN:
            _widen(included, match["term"], plain_roles(match["meaning"]))
        _widen(widened, match["term"], specific_roles(match["meaning"]))
    for match in _BRACKET.finditer(text):
        if "下同" in match["meaning"]:
            _widen(included, match["term"], plain_roles(match["meaning"]))
    _read_stand_ins(text, included, widened)
    sure, perhaps = left_out_by(text, _LEFT_OUT)
    return ActDefinitions(
        included=included, widened=widened, excepted=sure, perhaps_excepted=perhaps - sure,
        terms=read_terms(text), left_out_of=read_left_out(text),
    )  # fmt: skip


def _read_stand_ins(
    text: str, included: dict[str, frozenset[str]], widened: dict[str, frozenset[str]]
) -> None:
    """Who takes another's place: 进口商视同生产企业, 境内代理人履行生产企业的义务."""
    for match in _STANDS_FOR.finditer(text):
        clauses = _CLAUSE.split(text[max(0, match.start() - _BESIDE) : match.start()])
        before = clauses[-1] or clauses[-2 if len(clauses) > 1 else -1]
        after = _CLAUSE.split(text[match.end() : match.end() + _BESIDE])[0]
        if match[0] != _LOOSELY and clauses[-1]:
            _widen(included, after, agent_roles(before))
        _widen(widened, after, specific_roles(before))
    for sentence in sentences_with(text, _TAKEN_OVER):
        for pattern in (_ACTS_FOR, _BORNE_BY, _FALLS_UNDER):
            for match in pattern.finditer(sentence):
                _take_over(match["agent"], match["duty"], included, widened)


def _take_over(
    agent: str, duty: str, included: dict[str, frozenset[str]], widened: dict[str, frozenset[str]]
) -> None:
    """That an agent takes over somebody's duty."""
    agent = agent.removeprefix("由").removeprefix("其")
    if whose := _WHOSE.match(duty):
        principal = _head_of(duty[whose.end() :])
        _widen(included, principal, agent_roles(agent))
        _widen(widened, principal, specific_roles(agent))


def _head_of(principal: str) -> str:
    """Whose duty it is, where the words begin with it: 汽车生产企业|的回收."""
    end = 0
    for one in named_roles(principal):
        if one.start > end and _JOINED.fullmatch(principal, end, one.start) is None:
            break
        end = one.end
    return principal[:end] if principal[end : end + 1] in ("", "的") else ""


def bracketed_roles(sentence: str) -> dict[str, frozenset[str]]:
    """The roles that a sentence counts among others in brackets: 汽车生产企业（含进口商）."""
    found: dict[str, frozenset[str]] = {}
    for pattern in (_BRACKET, _INSTEAD):
        for match in pattern.finditer(sentence):
            _widen(found, match["term"], plain_roles(match["meaning"]))
    return found


def _widen(found: dict[str, frozenset[str]], term: str, members: frozenset[str]) -> None:
    for role in specific_roles(term):
        if more := members - {role}:
            found[role] = found.get(role, frozenset()) | more


def left_out_here(sentence: str) -> tuple[frozenset[str], frozenset[str]]:
    """The roles that a sentence leaves out, and those of which it may leave out some."""
    sure, some = left_out_by(sentence, _LEFT_OUT_HERE)
    return sure, some - sure


def left_out_by(
    text: str, patterns: Sequence[re.Pattern[str]]
) -> tuple[frozenset[str], frozenset[str]]:
    """The roles that a text leaves out, and those of which it leaves out some."""
    sure: set[str] = set()
    some: set[str] = set()
    for pattern in patterns:
        for match in pattern.finditer(text):
            sure |= plain_roles(match["who"])
            some |= specific_roles(match["who"])
    return frozenset(sure), frozenset(some)
