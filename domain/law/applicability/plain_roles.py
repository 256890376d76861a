"""The roles of a list that nothing narrows, and whom a clause names by what they do."""

from __future__ import annotations

import re

from domain.law.applicability.role_words import (
    ANY_COMPANY,
    listed_activities,
    named_roles,
    specific_roles,
)

# Between the members of a list: 梯次利用企业和再生利用企业
_JOINT = re.compile(r"[、，和及与或]|以及|除|对于?")
# Of the place only, which narrows nothing: 在本省, 本市行政区域内, 境内依法
_OF_PLACE = re.compile(
    r"^(?:第[一二三四五六七八九十百零〇]{1,5}条\s*)?(?:凡)?(?:在|对)?"
    r"(?:(?:本|我|全)(?:省|市|区|县|自治区)|自治区|我国|中国|中华人民共和国|[一-鿿]{2,4}[省市])?"
    r"(?:(?:行政区域|辖区|市域|省域)内?|境内(?!责任|代理|授权|收货)|内)?(?:依法)?(?:的)?"
)
# 从事新能源汽车换电服务的企业, whole
_ENGAGED = re.compile(
    r"(?:从事|开展|经营)[^，。；\s]{2,30}(?:的|等)(?:各类)?(?:企业|单位|经营者|机构|公司|主体)(?:和个人)?"
)
_ABROAD = re.compile(r"^(?:境外|国外|外国)[^，。；]{0,24}的")  # 境外汽车生产企业的|境内代理人


def plain_roles(text: str) -> frozenset[str]:
    """The roles of a list that nothing narrows: of 从事拆卸的综合利用企业 none."""
    return frozenset(
        one.role
        for one in named_roles(text)
        if one.role != ANY_COMPANY and not _JOINT.split(text[: one.start])[-1].strip("（( ")
    )


def bare(who: str) -> str:
    """A subject without the number of its article and the words of its place."""
    return _OF_PLACE.sub("", who.strip(), count=1)


def engaged_in(who: str) -> frozenset[str]:
    """The roles of a subject that is only named by what it does: 从事换电服务的企业."""
    return listed_activities(who) if _ENGAGED.fullmatch(who) else frozenset()


def agent_roles(who: str) -> frozenset[str]:
    """The roles of an agent, whose principal abroad narrows nothing: 境外企业的|境内代理人."""
    return plain_roles(_ABROAD.sub("", bare(who)))


# 收集、贮存、利用|废动力电池|的单位; 凡 and 从事 may stand before it.
_DOES = r"(?:收集|回收|贮存|储存|运输|(?:综合|再生|梯次)?利用|生产|制造|维修|检测|托运|承运)"
_DOING = re.compile(
    rf"(?:凡|从事|开展|的|^)(?P<verbs>{_DOES}(?:(?:[、和及与或]|以及|或者){_DOES}){{0,5}})"
    r"(?P<thing>[^，。；：、的]{2,16})的(?:单位|企业|经营者|机构|公司|个人)"
)
_DOES_ONE = re.compile(_DOES)
_RECYCLES = "利用"


def doing_roles(phrase: str) -> frozenset[str]:
    """The roles of those who are named by a verb and its object: 收集、利用废动力电池的单位."""
    found: set[str] = set()
    for match in _DOING.finditer(phrase):
        for verb in _DOES_ONE.findall(match["verbs"]):
            trade = "综合利用" if verb == _RECYCLES else verb
            found |= specific_roles(f"{match['thing']}{trade}企业") | specific_roles(f"{trade}企业")
    return frozenset(found)
