"""Read which places of an act a sentence names: 第十条第二款第三项, 前款, 前条."""

from __future__ import annotations

import re
from dataclasses import dataclass

from classifier.duties.statements import Statement
from domain.text.numerals import parse_chinese_number

_CN = "〇零一二三四五六七八九十百两"
# 第十条第二款第三项, 第八条、第十一条
_REFERENCE = re.compile(
    rf"第(?P<article>[{_CN}\d]{{1,7}})条(?:之(?P<sub>[一二三四五六七八九十]))?(?:第(?P<paragraph>[{_CN}\d]{{1,4}})款)?(?P<items>(?:(?:第|、|或者第|和第|至第)?[（(]?[{_CN}\d]{{1,4}}[）)]?项[、和或者及]*)*)"
)
_BARE_ITEM = re.compile(rf"第[（(]?([{_CN}]{{1,3}})[）)]?项")  # 第（五）项
_ITEM_NUMBER = re.compile(rf"[{_CN}\d]{{1,4}}")
# 第五条至第八条
_RANGE = re.compile(rf"第(?P<a>[{_CN}\d]{{1,7}})条(?:至|到)第(?P<b>[{_CN}\d]{{1,7}})条")
_PREVIOUS_ARTICLE = re.compile(r"前条(?:第(?P<p>[一二三四五六七八九十]+)款)?")
_PREVIOUS_PARAGRAPH = re.compile(r"前款|前项|上款|本条前(?P<n>[两二三])款")
_SECTION = re.compile(r"\s*(?P<n>[一二三四五六七八九十]{1,3})、")  # 三、
_OTHER_ACT = re.compile(r"《[^》]+》$")
_OWN_ACT = re.compile(
    r"(?:违反|依据|按照|有)?(?:了)?本(?:办法|规定|细则|条例|决定|通知|公告|方案|规范|标准|实施细则|暂行办法|指南|条)"
)


@dataclass(frozen=True, slots=True)
class ArticlePlace:
    """A place of the act that a sentence names; 0 means the whole of it."""

    article: str
    paragraph: int = 0
    item: int = 0


def read_places(text: str, statement: Statement) -> tuple[ArticlePlace, ...]:
    """The places that a text names, counted from its own statement where it says 前款."""
    found: list[ArticlePlace] = []
    for match in _RANGE.finditer(text):
        low, high = _value(match["a"]), _value(match["b"])
        found += [ArticlePlace(_label(n)) for n in range(low, min(high, low + 60) + 1)]
    for match in _REFERENCE.finditer(text):
        if _OTHER_ACT.search(text[: match.start()].rstrip("的")):
            continue
        label = _label(_value(match["article"])) + (f"之{match['sub']}" if match["sub"] else "")
        paragraph = _value(match["paragraph"]) if match["paragraph"] else 0
        items = [_value(number) for number in _ITEM_NUMBER.findall(match["items"] or "")]
        found += [ArticlePlace(label, paragraph, item) for item in items or [0]]
    if not found:
        found += _bare_items(text, statement)
    return (*found, *_near_places(text, statement))


def _bare_items(text: str, statement: Statement) -> list[ArticlePlace]:
    """违反第二项规定的 after 违反第十二条第一项规定的，…；: items of the article named last."""
    items = _BARE_ITEM.findall(text)
    before = list(_REFERENCE.finditer(statement.passage.text, 0, statement.start))
    before = [match for match in before if match.start() > 0]
    if not before:
        return [ArticlePlace("", 0, _value(item)) for item in items]
    paragraph = _value(before[-1]["paragraph"]) if before[-1]["paragraph"] else 0
    label = _label(_value(before[-1]["article"]))
    return [ArticlePlace(label, paragraph, _value(item)) for item in items]


def _near_places(text: str, statement: Statement) -> list[ArticlePlace]:
    """前条, 前款, 本条前两款: places counted from the sentence itself."""
    found = []
    if (own := _article_of(statement)) is None:
        return []
    if match := _PREVIOUS_ARTICLE.search(text):
        number = _value(own.strip("第条"))
        paragraph = _value(match["p"]) if match["p"] else 0
        found.append(ArticlePlace(_label(number - 1), paragraph))
    if match := _PREVIOUS_PARAGRAPH.search(text):
        back = _value(match["n"]) if match["n"] else 1
        here = statement.paragraph
        found += [ArticlePlace(own, here - n) for n in range(1, back + 1) if here - n >= 1]
    return found


def _value(text: str) -> int:
    return int(parse_chinese_number(text.split("之")[0].strip("第条")) or 0)


def _label(number: int) -> str:
    return f"第{number}条"


def _same_article(label: str | None, place: ArticlePlace) -> bool:
    if label is None:
        return False
    number, _, sub = label.partition("之")
    wanted, _, wanted_sub = place.article.partition("之")
    return _value(number) == _value(wanted) and sub == wanted_sub


def stands_at(statement: Statement, place: ArticlePlace) -> bool:
    """Whether a statement stands at a place."""
    if not place.article:  # an act without articles: its items
        return statement.article is None and statement.item == place.item
    if not _same_article(_article_of(statement), place):
        return False
    if (
        place.paragraph
        and place.paragraph != statement.paragraph
        and not (statement.chapeau is not None and statement.chapeau.paragraph == place.paragraph)
    ):
        return False
    return not place.item or place.item == statement.item


def _article_of(statement: Statement) -> str | None:
    """The article of a statement; in acts of sections 一、二、 what they call 第一条."""
    if statement.article is not None:
        return statement.article
    section = _SECTION.match(statement.passage.text)
    return f"第{section['n']}条" if section else None


def without_places(text: str) -> str:
    """A text without the places that it names."""
    for pattern in (_RANGE, _REFERENCE, _BARE_ITEM, _PREVIOUS_ARTICLE, _PREVIOUS_PARAGRAPH):
        text = pattern.sub("", text)
    return text
