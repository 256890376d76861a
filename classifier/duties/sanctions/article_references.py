"""Read which places of an act a sentence names: 第十条第二款第三项, 前款, 前条."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from classifier.duties.statements import Statement
from domain.text.numerals import parse_chinese_number

_CN = "〇零一二三四五六七八九十百两"
# 第一款第三项, 第（二）项、第（三）项, 第一项至第三项, 第一款、第三款
_PARTS = rf"(?:(?:、|和|及|或者?|至)?第[（(]?[{_CN}\d]{{1,4}}[）)]?[款项])"
# 第十条第二款第三项, 第八条、第十一条
_REFERENCE = re.compile(
    rf"第(?P<article>[{_CN}\d]{{1,7}})条(?:之(?P<sub>[一二三四五六七八九十]))?(?P<parts>{_PARTS}*)"
)
_BARE_PARTS = re.compile(rf"(?<![条款项至、和及或者]){_PARTS}+")  # (违反)第二款第（五）项
_PART = re.compile(
    rf"(?P<joint>、|和|及|或者?|至)?第[（(]?(?P<n>[{_CN}\d]{{1,4}})[）)]?(?P<unit>[款项])"
)
# 第五条至第八条
_RANGE = re.compile(rf"第(?P<a>[{_CN}\d]{{1,7}})条(?:至|到)第(?P<b>[{_CN}\d]{{1,7}})条")
_PREVIOUS_ARTICLE = re.compile(rf"前条(?P<parts>{_PARTS}*)")
_PREVIOUS_ITEMS = re.compile(r"前(?P<n>[两二三四五])项")  # 违反前两项规定的
_PREVIOUS_PARAGRAPH = re.compile(r"前款|前项|上款|本条前(?P<n>[两二三])款")
# 本条第一款, 本条第二款第三项
_OWN_ARTICLE = re.compile(rf"本条(?P<parts>{_PARTS}+)")
_PLACES = (
    _RANGE, _OWN_ARTICLE, _REFERENCE, _BARE_PARTS, _PREVIOUS_ARTICLE, _PREVIOUS_ITEMS,
    _PREVIOUS_PARAGRAPH,
)  # fmt: skip
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
        if not _OTHER_ACT.search(text[: match.start()].rstrip("的")):
            found += _parts_of(_article_label(match), match["parts"])
    if not found and not _OWN_ARTICLE.search(text):
        found += _bare_parts(text, statement)
    return (*found, *_near_places(text, statement))


def _article_label(match: re.Match[str]) -> str:
    return _label(_value(match["article"])) + (f"之{match['sub']}" if match["sub"] else "")


def _parts_of(article: str, parts: str, paragraph: int = 0) -> list[ArticlePlace]:
    """The paragraphs and items of an article (第一款第三项、第四项); all where none is named."""
    found: list[ArticlePlace] = []
    for part in _PART.finditer(parts):
        number = _value(part["n"])
        if part["unit"] == "款":
            paragraph, place = number, ArticlePlace(article, number)
        else:
            place = ArticlePlace(article, paragraph, number)
        last = found[-1] if found else None
        if part["joint"] == "至" and last is not None and place.item > last.item > 0:
            found += [replace(place, item=item) for item in range(last.item + 1, place.item)]
        if last is not None and last.paragraph == paragraph and not last.item and place.item:
            found.pop()  # 第一款(第三项)
        found.append(place)
    return found or [ArticlePlace(article, paragraph)]


def _bare_parts(text: str, statement: Statement) -> list[ArticlePlace]:
    """违反第二项规定的 after 违反第十二条第一项规定的，…；: items of the article named last, else
    of its own article (违反本条第一款的，…；违反第二款的), else of an act without articles."""
    parts = _BARE_PARTS.search(text)
    if parts is None:
        return []
    before = statement.passage.text[: statement.start]
    named = [match for match in _REFERENCE.finditer(before) if match.start() > 0]
    if not named:
        own = _article_of(statement) if _OWN_ARTICLE.search(before) else None
        return _parts_of(own or "", parts[0])
    places = _parts_of(_article_label(named[-1]), named[-1]["parts"])
    return _parts_of(_article_label(named[-1]), parts[0], places[-1].paragraph)


def _near_places(text: str, statement: Statement) -> list[ArticlePlace]:
    """前条, 前款, 本条前两款, 本条第一款: places counted from the sentence itself."""
    found: list[ArticlePlace] = []
    if (own := _article_of(statement)) is None:
        return []
    for named in _OWN_ARTICLE.finditer(text):
        found += _parts_of(own, named["parts"])
    if match := _PREVIOUS_ARTICLE.search(text):
        number = _value(own.strip("第条"))
        found += _parts_of(_label(number - 1), match["parts"])
    if match := _PREVIOUS_ITEMS.search(text):
        steps = range(1, _value(match["n"]) + 1)
        number, item = _value(own.strip("第条")), statement.item
        if statement.article is None:  # sections: 三、违反前两项规定的
            found += [ArticlePlace(_label(number - n)) for n in steps if number > n]
        else:
            found += [ArticlePlace(own, 0, item - n) for n in steps if item > n]
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
    if section is None and statement.chapeau is not None:
        return _article_of(statement.chapeau)
    return f"第{section['n']}条" if section else None


def without_places(text: str) -> str:
    """A text without the places that it names."""
    for pattern in _PLACES:
        text = pattern.sub("", text)
    return text
