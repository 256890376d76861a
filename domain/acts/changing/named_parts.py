"""Read which parts of an act a text names: articles, and paragraphs, items and annexes by theirs.

A part is written in one spelling: 第三条, 第三条第二款, 第三条第（二）项, 附件2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.acts.changing.amendment_clauses import Place
from domain.text.articles import canonical_article, named_articles, provision_number
from domain.text.numerals import chinese_numeral, parse_chinese_number

_NUMERAL = r"[〇零一二三四五六七八九十百\d]{1,6}"
_BELOW = (
    rf"(?:第{_NUMERAL}款(?:第?[（(]?{_NUMERAL}[）)]?项)?|第?[（(]{_NUMERAL}[）)]项?|第{_NUMERAL}项)"
)
# 第四条第（二）项, 第二条第一款、第三款, 第八条.
_ARTICLE = re.compile(
    rf"第{_NUMERAL}条(?:之[一二三四五六七八九十]{{1,2}})?(?:的|中的?)?(?P<below>{_BELOW}(?:[、和及与]{_BELOW}){{0,12}})"
)
_ONE_BELOW = re.compile(_BELOW)
_PARAGRAPH = re.compile(rf"第(?P<number>{_NUMERAL})款")
_ITEM = re.compile(rf"(?:第?[（(](?P<one>{_NUMERAL})[）)]项?|第(?P<other>{_NUMERAL})项)$")
# 附件2及第五条, 附件1、2.
_ANNEX = re.compile(
    rf"附(?P<what>件|表|录)\s?(?P<number>{_NUMERAL}(?:[、和及与]{_NUMERAL}(?![条款项章〇零一二三四五六七八九十百\d])){{0,8}})?"
)
_PRINTED = re.compile(
    rf"(?P<article>第{_NUMERAL}条(?:之[一二三四五六七八九十]{{1,2}})?)"
    rf"(?:第(?P<paragraph>{_NUMERAL})款)?(?:第（(?P<item>{_NUMERAL})）项)?"
)


def named_parts(text: str) -> tuple[str, ...]:
    """The articles that a text names, or the parts of them where it names no more than these, in
    one spelling."""
    parts: dict[str, list[str]] = {}
    for match in _ARTICLE.finditer(text):
        article = canonical_article(
            re.split("条", match[0], maxsplit=1)[0] + "条" + _below_one(match[0])
        )
        parts.setdefault(article, []).extend(_below(article, match["below"]))
    found: list[str] = []
    for article in named_articles(text):
        label = canonical_article(article)
        found += parts.get(label) or [label]
    return tuple(dict.fromkeys(found))


def named_annexes(text: str) -> tuple[str, ...]:
    """The annexes that a text names: 附件2."""
    found: list[str] = []
    for match in _ANNEX.finditer(text):
        numbers = re.split("[、和及与]", match["number"] or "")
        found += [f"附{match['what']}{number}" for number in numbers]
    return tuple(dict.fromkeys(found))


def place_of(label: str) -> Place | None:
    """Where a part of an article stands; None for an article, or what is none."""
    match = _PRINTED.fullmatch(label)
    if match is None or not (match["paragraph"] or match["item"]):
        return None
    return Place(
        match["article"].removeprefix("第"), _number(match["paragraph"]), _number(match["item"])
    )


def article_of(label: str) -> str:
    """The article of a part: 第三条 of 第三条第（二）项."""
    match = _PRINTED.fullmatch(label)
    return match["article"] if match else label


def part_number(label: str) -> str:
    """What is the same in all spellings of an article's number; a part keeps its words."""
    return label if place_of(label) else provision_number(label)


def _below_one(printed: str) -> str:
    match = re.search(r"条(之[一二三四五六七八九十]{1,2})", printed)
    return match[1] if match else ""


def _below(article: str, words: str) -> Iterator[str]:
    paragraph = ""
    for match in _ONE_BELOW.finditer(words):
        if said := _PARAGRAPH.match(match[0]):
            paragraph = f"第{_numeral(said['number'])}款"
        item = _ITEM.search(match[0])
        if item is None:
            yield article + paragraph
        else:
            yield f"{article}{paragraph}第（{_numeral(item['one'] or item['other'])}）项"


def _numeral(printed: str) -> str:
    return chinese_numeral(_number(printed) or 0)


def _number(printed: str | None) -> int | None:
    value = parse_chinese_number(printed or "")
    return None if value is None else int(value)
