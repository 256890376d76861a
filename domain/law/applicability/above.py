"""Find whom 上述企业 and its like take up: those of the sentence before, or of an article."""

from __future__ import annotations

import re

from domain.law.applicability.role_words import ANY_COMPANY, listed_activities, named_roles
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


def _subjects(sentence: str) -> frozenset[str]:
    if by := _BY.search(sentence):
        return frozenset(one.role for one in named_roles(by["who"]) if one.role != ANY_COMPANY)
    found = frozenset(
        one.role
        for one in named_roles(sentence)
        if one.role != ANY_COMPANY and _SUBJECT_BEGINS.search(sentence[: one.start])
    )
    return found or listed_activities(sentence)
