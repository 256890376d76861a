"""Find whom 上述企业 and its like take up: those of the sentence before, of an article, or of
the list that 下列企业 opens."""

from __future__ import annotations

import re

from domain.law.applicability.defined_terms import TermMeaning
from domain.law.applicability.plain_roles import bare, plain_roles
from domain.law.applicability.role_words import (
    ANY_COMPANY,
    listed_activities,
    named_roles,
    specific_roles,
)
from domain.law.duties import Duty

# 上述企业, 前款规定的单位, 此类企业
_TAKES_UP = re.compile(
    r"(?:上述|前述|以上|前款(?:所列|规定)?的?|该类|此类|这些|该(?=企业|单位))"
    r"(?:企业|单位|公司|经营者|主体|机构)"
)
# 本办法第二条规定的企业
_OF_ARTICLE = re.compile(
    r"(?:本[一-鿿]{2,4})?(?P<article>第[一二三四五六七八九十百零〇\d]+条)(?:第[一二三四五六七八九十]款)?"
    r"(?:规定|所列|所称|列明)的?(?:企业|单位|公司|经营者|主体|机构)"
)
_NEXT_ARTICLE = re.compile(r"\n\s*第[一二三四五六七八九十百零〇\d]+条")
# A list of names is something else: 上述企业 are those named.
_COMPANY_NAMES = re.compile(r"有限(?:责任)?公司|名单|附件|如下|下列|\d[.．、]")
_SENTENCE_END = re.compile(r"[。；\n]")
_BY = re.compile(r"(?:^|[，、])由(?P<who>[^，。；]{2,30})")  # 由综合利用企业接收
_SUBJECT_BEGINS = re.compile(
    r"(?:^|[，：、）)\s]|和|及|或|与|各|全省|全市|本省|本市|我省|我市|[内的]|从事)$"
)
# 下列企业应当报送：|（一）维修企业；（二）换电企业
_OPENS_LIST = re.compile(r"(?:下列|以下|如下)(?:各类)?(?:企业|单位|公司|经营者|主体|机构)")
_LIST_ITEM = re.compile(
    r"\s*(?:[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]|\d{1,2}[.．、]|[①-⑳])\s*"
    r"(?P<who>[^；;。\n]{2,60})[；;。\n]?"
)
_OF_ANY_KIND = re.compile(r"^(?:第三方|各类?|有关|相关|依法设立的|独立的?)+")
_REACH, _SENTENCES = 600, 3  # how far back a subject is looked for


def takes_up(duty: Duty) -> bool:
    """Whether its subject is that of an earlier sentence or article: 上述企业."""
    words = duty.who.text or ""
    return any(pattern.fullmatch(words) for pattern in (_TAKES_UP, _OF_ARTICLE))


def roles_above(duty: Duty, text: str) -> frozenset[str]:
    """The roles of the nearest sentence before that has companies for its subject; none where
    it names single companies, or where the sentence is not found."""
    if of_article := _OF_ARTICLE.fullmatch(duty.who.text or ""):
        return _roles_of_article(of_article["article"], text)
    at = text.find(duty.quote[:60])
    if at < 0:
        return frozenset()
    inner = duty.quote.find(duty.who.text or "")
    before = text[max(0, at - _REACH) : at] + duty.quote[: max(0, inner)]
    sentences = [part.strip() for part in _SENTENCE_END.split(before) if part.strip()]
    for sentence in reversed(sentences[-_SENTENCES:]):
        if _COMPANY_NAMES.search(sentence):
            return frozenset()
        if found := _subjects(sentence):
            return found
    return frozenset()


def _roles_of_article(article: str, text: str) -> frozenset[str]:
    """The roles that an article of the same act speaks to; none where it names companies."""
    start = re.search(rf"(?:^|\n)\s*{article}", text)
    if start is None:
        return frozenset()
    body = _NEXT_ARTICLE.split(text[start.end() :])[0]
    if _COMPANY_NAMES.search(body):
        return frozenset()
    sentences = [part.strip() for part in _SENTENCE_END.split(body) if part.strip()]
    return next((found for one in sentences if (found := _subjects(one))), frozenset())


def listed_below(duty: Duty, text: str) -> TermMeaning | None:
    """Whom a list of kinds of companies names that a subject opens: 下列企业应当报送：（一）维修
    企业；（二）换电企业; None where there is no such list or it names single companies."""
    if not _OPENS_LIST.search(duty.who.text or ""):
        return None
    at = text.find(duty.quote[:60])
    colon = text.find("：", at, at + len(duty.quote) + 2) if at >= 0 else -1
    items = _items_at(text, colon + 1) if colon >= 0 else []
    if not items or any(_COMPANY_NAMES.search(item) for item in items):
        return None
    sure = frozenset[str]().union(*(_kind_of(item) for item in items))
    some = frozenset[str]().union(*(specific_roles(item) for item in items)) - sure
    known = all(specific_roles(item) for item in items)
    return TermMeaning(sure=sure, some=some, whole=known) if sure or some else None


def _items_at(text: str, start: int) -> list[str]:
    items = []
    while match := _LIST_ITEM.match(text, start):
        items.append(match["who"].strip())
        start = match.end()
    return items


def _kind_of(item: str) -> frozenset[str]:
    """The roles that an item names whole: 第三方|检测机构, not 综合利用企业的实验室."""
    roles = named_roles(item)
    whole = bool(roles) and roles[-1].end == len(item)
    return plain_roles(_OF_ANY_KIND.sub("", bare(item))) if whole else frozenset()


def _subjects(sentence: str) -> frozenset[str]:
    if by := _BY.search(sentence):
        return frozenset(one.role for one in named_roles(by["who"]) if one.role != ANY_COMPANY)
    found = frozenset(
        one.role
        for one in named_roles(sentence)
        if one.role != ANY_COMPANY and _SUBJECT_BEGINS.search(sentence[: one.start])
    )
    return found or listed_activities(sentence)
