"""Read orders that a decision gives as a table: errata, and old wordings beside new ones.

Rows are lines whose cells stand apart by a tab or a bar (序号 | 原条文 | 修改后).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from domain.acts.changing.amendment_clauses import Instruction, Kind, Place
from domain.text.numerals import parse_chinese_number

_CELLS = re.compile(r"\s*[|\t]\s*")
_OLD_HEAD = re.compile(
    r"原(?:条文|文|规定|表述|内容|条款)|旧(?:条文|文|表述|条款)|修[改订]前|现行|更[正改]前|调整前|变更前"
)
_NEW_HEAD = re.compile(
    r"修[改订]后|调整后|更[正改]后|变更后|新(?:条文|表述|规定|内容|条款)|修[改订正]为|更[正改]为|调整为|变更为|^(?:现)?改为"
)
_WRONG_HEAD = re.compile(r"误$|^误|错误|更正前")
_RIGHT_HEAD = re.compile(r"正$|^正|更正(?:后|为)")
_PLACE_HEAD = re.compile(r"位置|^条款|条[目项]|页码|章节|部位|^(?:所在)?(?:条文|条次|条号|条序)$")
# Two lines: 原条文：第五条 …, 修改后：第五条 ….
_ONE_BELOW = re.compile(
    r"^[^\n：:]{0,12}(?:原(?:条文|文|规定)?|修[改订]前|调整前)[:：](?P<old>[^\n]{2,2000})\n"
    r"[^\n：:]{0,12}(?:修[改订]后|修[改订]为|调整后|现(?:条文|改为)?|改为)[:：](?P<new>[^\n]{2,2000})$",
    re.M,
)
# 位置：第十一条。 误：三万元。 正：二万元。
_ERRATUM_BELOW = re.compile(
    r"(?:位置|条款|条文|出处)[:：]\s?(?P<place>[^\n。]{2,40})[。\n]\s*"
    r"(?:误|错|误文|错文|原文|原为|原印)[:：]\s?(?P<wrong>[^\n]{1,200}?)。?\s*[。\n]\s*"
    r"(?:正|正文|应为|应作|更正为|改为)[:：]\s?(?P<right>[^\n]{1,200}?)。?[ \t]*(?:\n|$)"
)
_AS_PRINTED = re.compile(
    r"[（(]原(?:为|条序)?(?P<article>第[〇零一二三四五六七八九十百\d]{1,6}条[^（）()]{0,12})[）)]"
)
# 一、第六条内容对照如下：
_ONE_ARTICLE = re.compile(
    r"(?:[（(]?[〇零一二三四五六七八九十\d]{1,3}[）)、.．]\s*)?[^第，。；]{0,40}"
    r"第(?P<article>[〇零一二三四五六七八九十百\d]{1,6}条(?:之[一二三四五六七八九十]+)?)"
    r"[^第款项目，。；]{0,10}(?:对照|修[改订]|调整|变更|改动)[^第款项目，。；]{0,8}[:：]?"
)
_GONE = re.compile(r"[（(]?(?:取消|删除|删去|废止|无|空|[—–/-]{1,3}|并入第[^（）()]{1,12})?[）)]?")
_NONE = re.compile(r"[（(]?(?:无|新增|增加|[—–/-]{1,3})?[）)]?")
# （通篇）“市登记系统”, 第十一条“每半年”.
_WORDS = re.compile(
    r"(?P<all>[（(]?(?:通篇|全文|全篇)[）)]?)?(?:第[〇零一二三四五六七八九十百\d]{1,6}条(?:之[一二三四五六七八九十]+)?)?"
    r"(?:中的?)?[“\"](?P<words>[^“”\"]{1,200})[”\"]"
)
_NUMBERED_ITEM = re.compile(r"\s*[（(](?P<item>[〇零一二三四五六七八九十\d]{1,3})[）)]")
_ACT_HEAD = re.compile(r"文件|文号|名称|标准")
_ITEM = re.compile(r"\s*第(?P<item>[〇零一二三四五六七八九十\d]{1,3})项")
_ARTICLE = re.compile(
    r"\s*第(?P<article>[〇零一二三四五六七八九十百\d]{1,6}条(?:之[一二三四五六七八九十]+)?)"
    r"(?:第(?P<paragraph>[〇零一二三四五六七八九十\d]{1,3})款)?"
    r"(?:第[（(]?(?P<item>[〇零一二三四五六七八九十\d]{1,3})[）)]?项)?[\s\u3000]*"
)


@dataclass(frozen=True, slots=True)
class TableOrder:
    """An order of a row; ``act`` is what the row says of the act that it means, may be empty;
    ``head`` the first line of its table, ``table`` the place among those with that line."""

    act: str
    instruction: Instruction
    head: str = ""
    table: int = 0


def table_orders(text: str) -> list[TableOrder]:
    """The orders of all tables of a text, each row's in its order."""
    found: list[TableOrder] = []
    seen: dict[str, int] = {}
    for above, line, head, rows in _tables(text):
        table = seen[line] = seen.get(line, -1) + 1
        orders = _of_one_article(above, head, rows) or _of_table(head, rows)
        found += [replace(one, head=line, table=table) for one in orders]
    return found or _pairs(text)


def _of_one_article(
    above: str, head: Sequence[str], rows: Sequence[Sequence[str]]
) -> list[TableOrder]:
    """The one row below 第六条内容对照如下：, whose cells are the article without its number."""
    said = _ONE_ARTICLE.fullmatch(above)
    old, new = _column(head, _OLD_HEAD), _column(head, _NEW_HEAD)
    if said is None or old is None or new is None or len(rows) != 1:
        return []
    before, after = rows[0][old].strip(), rows[0][new].strip()
    if _ARTICLE.match(before) or _ARTICLE.match(after) or not before or _GONE.fullmatch(after):
        return []
    label = f"第{said['article']}"
    order = Instruction(
        kind="replace", place=Place(said["article"]), old=before, text=f"{label}\u3000{after}",
        source=f"{before} | {after}",
    )  # fmt: skip
    return [TableOrder("", order)]


def _of_table(head: list[str], rows: list[list[str]]) -> list[TableOrder]:
    old, new = _column(head, _OLD_HEAD), _column(head, _NEW_HEAD)
    wrong, right = _column(head, _WRONG_HEAD), _column(head, _RIGHT_HEAD)
    if old is not None and new is not None:
        return [*_in_articles(rows, head, (old, new))] or _beside(rows, old, new)
    if wrong is not None and right is not None:
        return [*_errata(rows, head, (wrong, right))]
    return []


def _pairs(text: str) -> list[TableOrder]:
    """Wordings that stand one below the other: 原条文：第五条 …, 修改后：第五条 …."""
    found = [*_errata_below(text)]
    for match in _ONE_BELOW.finditer(text):
        old, new = _ARTICLE.match(match["old"]), _ARTICLE.match(match["new"])
        if old is not None and new is not None:
            found += _beside([[match["old"].strip(), match["new"].strip()]], 0, 1)
    return found


def _errata_below(text: str) -> Iterator[TableOrder]:
    """Errata whose place, wrong words and right words stand one below the other."""
    for match in _ERRATUM_BELOW.finditer(text):
        article = _ARTICLE.match(match["place"])
        if article is not None:
            order = Instruction(
                kind="words", place=Place(article["article"]), old=match["wrong"],
                text=match["right"], source=" ".join(match[0].split()), correcting=True,
            )  # fmt: skip
            yield TableOrder("", order)


def _in_articles(
    rows: Sequence[Sequence[str]], head: Sequence[str], columns: tuple[int, int]
) -> Iterator[TableOrder]:
    """Words beside those that they become, of the article that a column of its own names."""
    where, act = _column(head, _PLACE_HEAD), _column(head, _ACT_HEAD)
    if act in columns or act == where:
        act = None
    for row in rows:
        match = _ARTICLE.match(row[where]) if where is not None else None
        old, new = (row[column].strip() for column in columns)
        if match is None or not old or not new:
            continue
        order = Instruction(
            kind="words", place=Place(match["article"]), old=old, text=new, source=" ".join(row)
        )
        yield TableOrder(row[act] if act is not None else "", order)


def _tables(text: str) -> Iterator[tuple[str, str, list[str], list[list[str]]]]:
    """The tables of a text: the line above, the head's line and cells, the rows with as many."""
    rows: list[list[str]] = []
    head = above = last = ""
    for line in [*text.split("\n"), ""]:
        cells = _CELLS.split(line.strip())
        if len(cells) >= 2 and rows and len(cells) == len(rows[0]):
            rows.append(cells)
            continue
        if len(rows) > 1:
            yield above, head, rows[0], rows[1:]
        above, last = last, line.strip()
        rows, head = ([cells] if len(cells) >= 2 else []), last


def _column(head: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    return next((place for place, cell in enumerate(head) if pattern.search(cell)), None)


def _beside(rows: Sequence[Sequence[str]], old: int, new: int) -> list[TableOrder]:
    """Old wordings beside new ones, row by row; an article that stands only left is no more, its
    number stays free. A row that is not understood leaves its article in doubt."""
    right = {match["article"] for row in rows if (match := _ARTICLE.match(row[new]))}
    found: list[TableOrder] = []
    for row in rows:
        before, after = row[old].strip(), row[new].strip()
        left = _ARTICLE.match(before)
        if before == after or (left and left["article"] in right and not _ARTICLE.match(after)
                               and _GONE.fullmatch(after)):  # fmt: skip
            continue
        found.append(TableOrder("", _of_row(before, after)))
    return found


def _of_row(before: str, after: str) -> Instruction:
    """What a row orders; words that cannot be found where it is not understood."""
    left, right = _ARTICLE.match(before), _ARTICLE.match(after)
    article = left or right
    place = Place(article["article"] if article else None)
    source = f"{before} | {after}"
    if left and _GONE.fullmatch(after):
        return Instruction(kind="empty", place=place, source=source)
    words, becomes = _WORDS.fullmatch(before), _WORDS.fullmatch(after)
    if words and becomes:
        return Instruction(
            kind="words", place=place, old=words["words"], text=becomes["words"], source=source,
            everywhere=words["all"] is not None,
        )  # fmt: skip
    item = _item_of(before, after, left) or _item_of(after, after, right)
    if item is not None and article is not None:
        kind: Kind = "insert" if _NONE.fullmatch(before) else "replace"
        text = after[right.end() :] if right else after
        place = Place(article["article"], _number(article["paragraph"]), item)
        return Instruction(kind=kind, place=place, text=text, source=source)
    if right is None:
        return Instruction(kind="words", place=place, source=source)
    place = Place(right["article"], _number(right["paragraph"]))
    if right["paragraph"]:
        text = after[right.end() :]
        return Instruction(kind="replace", place=place, text=text, source=source)
    label = after[: right.end("article")].strip()
    text = f"{label}\u3000{after[right.end() :]}"
    below = "之" in label and _NONE.fullmatch(before) is not None
    was = before[left.end() :] if left and left["article"] == right["article"] else ""
    whole = was if left and not left["paragraph"] else ""
    return Instruction(
        kind="insert" if below else "replace", place=place, old=whole, text=text, source=source
    )


def _item_of(cell: str, after: str, article: re.Match[str] | None) -> int | None:
    """The item (第五条（三）…) that a cell begins with, where the new cell begins with one too."""
    if article is None:
        return None
    if article["item"]:
        return _number(article["item"])
    own = _NUMBERED_ITEM.match(cell, article.end())
    new = _NUMBERED_ITEM.match(after) or _NUMBERED_ITEM.match(
        after, match.end() if (match := _ARTICLE.match(after)) else 0
    )
    if own is None or new is None or own["item"] != new["item"]:
        return None
    return _number(own["item"])


def _number(text: str | None) -> int | None:
    return int(parse_chinese_number(text or "") or 0) or None


def _place_of(cell: str) -> re.Match[str] | None:
    """The article that a cell names; of 第十一条（原第十二条） the one as it was printed."""
    earlier = _AS_PRINTED.search(cell)
    return _ARTICLE.match(earlier["article"]) if earlier else _ARTICLE.match(cell)


def _errata(
    rows: Sequence[Sequence[str]], head: Sequence[str], columns: tuple[int, int]
) -> Iterator[TableOrder]:
    """Errata: the wrong words and the right ones, at a place."""
    where, act = _column(head, _PLACE_HEAD), _column(head, _ACT_HEAD)
    wrong, right = columns
    for row in rows:
        match = _place_of(row[where]) if where is not None else None
        item = _ITEM.match(row[where]) if where is not None else None
        number = _number(item["item"]) if item else None
        place = Place(match["article"]) if match else Place(item=number)
        source = " ".join(row)
        order = Instruction(
            kind="words", place=place, old=row[wrong], text=row[right], source=source,
            correcting=True,
        )  # fmt: skip
        yield TableOrder(row[act] if act is not None else "", order)
