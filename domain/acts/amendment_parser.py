"""Parse what a decision to amend (修改决定) orders, instruction by instruction.

Understood are 将第X条修改为“…”, 第X条中的“…”修改为“…”, 删去…, 增加一条（款、项）, 第X条改为第Y条,
for an article (条), a paragraph (款) or an item (项). A statement that orders something and is
not understood is kept as such, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from domain.acts.titles import title_key
from domain.text.numerals import parse_chinese_number

_NUM = r"[〇零一二三四五六七八九十百\d]{1,6}"
_MAX_TEXT = 200_000
_MOST = 1000  # quoted texts, and orders, of one decision
_FIRST_QUOTE = 0xE000  # each quoted text stands as one such character
_Q = f"[{chr(_FIRST_QUOTE)}-{chr(_FIRST_QUOTE + _MOST - 1)}]"
_CLAUSE_NUMBER = r"\d{1,2}(?:\.\d{1,2}){1,3}"  # of a standard: 4.2, 5.1.3
_PLACEHOLDERS = re.compile(_Q)
_MARK = re.compile(r"(?P<line>\n[ \t\u3000]*)?(?P<mark>[“”\"])")
_TO = (
    r"(?:(?:修改|修订|修正|调整|更改|替换|更正|订正|勘正|变更|改)(?:为|成)|应为|应当为|应是)[:：]?"
)
# For example 第十二条, 第二款 or 第（三）项.
_PLACE = re.compile(
    rf"(?P<to>至|到)?(?:第(?P<article>{_NUM}条(?:之[一二三四五六七八九十]+)?)"
    rf"|(?<![\d.])(?P<clause>{_CLAUSE_NUMBER})(?![\d.])"
    rf"|第(?P<paragraph>{_NUM})款|第?[（(]?(?P<item>{_NUM})[）)]?项)"
)
# 增加一款，作为第三款：“…” (a quoted text stands as one placeholder character).
_ADD = re.compile(
    rf"增加(?:{_NUM})?(?P<what>条|款|项)(?:规定|内容)?"
    rf"(?:[，,]?作为(?:(?:修改|调整)后的)?(?P<as>第[^:：。]{{1,24}}?))?"
    rf"[:：]?(?P<texts>{_Q}+)"
)
# 增加5.4：“…”.
_ADD_CLAUSE = re.compile(
    rf"增加(?:一条)?[，,]?(?:作为)?(?:第)?(?P<clause>{_CLAUSE_NUMBER})条?[:：]?(?P<texts>{_Q}+)"
)
# 增加5.4：“…”.
_ADD_CLAUSE = re.compile(
    rf"增加(?:一条)?[，,]?(?:作为)?(?:第)?(?P<clause>{_CLAUSE_NUMBER})条?[:：]?(?P<texts>{_Q}+)"
)
# 第十三条改为第十四条.
_RENUMBER = re.compile(rf"第{_NUM}条(?:之[一二三四五六七八九十]+)?改为第(?P<to>{_NUM}条)")
# “回收”后增加“、拆解”.
_ADD_WORDS = re.compile(rf"(?P<old>{_Q})之?(?P<side>[前后])(?:面)?(?:增加|添加)(?P<new>{_Q})")
# “三十日”修改为“十五日”.
_WORDS = re.compile(
    rf"(?P<old>{_Q})(?:字样|一词|的表述|的内容)?(?:均|统一|分别|全部|相应)?{_TO}(?P<new>{_Q})"
)
# 删去第二款中的“及时”, “及时”予以删除.
_DROP_WORDS = re.compile(
    rf"删[去除](?P<place>[^。]{{0,30}}?)(?P<old>{_Q})|(?P<gone>{_Q})(?:予以)?删[去除]"
)
_REPLACE = re.compile(rf"{_TO}(?P<texts>{_Q}+)")
_DROP = re.compile(r"删[去除]")
_ORDERS = re.compile(
    r"修[改订正]为|改[为成]|[更订勘]正为|应当?[为是]|变更为|删[去除]|增加|替换[为成]|调整为"
)
_ADD_CLAUSE = re.compile(
    rf"增加(?:一条)?[，,]?(?:作为)?(?:第)?(?P<clause>{_CLAUSE_NUMBER})条?[:：]?(?P<texts>{_Q}+)"
)
# 第十三条改为第十四条.
_RENUMBER = re.compile(rf"第{_NUM}条(?:之[一二三四五六七八九十]+)?改为第(?P<to>{_NUM}条)")
# “回收”后增加“、拆解”.
_ADD_WORDS = re.compile(rf"(?P<old>{_Q})之?(?P<side>[前后])(?:面)?(?:增加|添加)(?P<new>{_Q})")
# “三十日”修改为“十五日”.
_WORDS = re.compile(
    rf"(?P<old>{_Q})(?:字样|一词|的表述|的内容)?(?:均|统一|分别|全部|相应)?{_TO}(?P<new>{_Q})"
)
# 删去第二款中的“及时”, “及时”予以删除.
_DROP_WORDS = re.compile(
    rf"删[去除](?P<place>[^。]{{0,30}}?)(?P<old>{_Q})|(?P<gone>{_Q})(?:予以)?删[去除]"
)
_REPLACE = re.compile(rf"{_TO}(?P<texts>{_Q}+)")
_DROP = re.compile(r"删[去除]")
_ORDERS = re.compile(
    r"修[改订正]为|改[为成]|[更订勘]正为|应当?[为是]|变更为|删[去除]|增加|替换[为成]|调整为"
)
_NAMED = re.compile(r"《([^《》]{2,120})》(?:[（(][^（）()]*号[）)])?")
_STATEMENT = re.compile(r"[^。；;\n]+")
# 将名称修改为《…》: the name that an act has from then on.
_RENAMED = re.compile(
    r"(?:名称|标题|题目)(?:相应)?(?:修改|变更|修订|调整|更改|改)为[:：]?《([^《》]{2,120})》"
)
_NUMBERED = re.compile(r"\s*[〇一二三四五六七八九十百]{1,4}[、．.]")
_THROUGHOUT = re.compile(r"正文中|全文中?|统一(?:修|改|调|替)|文中的")
# “A”有误，应为“B” is said of one place.
_IN_ERROR = re.compile(
    rf"(?<={_Q})(?:一?处)?(?:有误|错误|系笔误|为笔误|表述有误)[，,](?=应|现|更|订|改)"
)
_CLAUSE = re.compile(r"[，,](?!作为)")
_BEFORE_QUOTE = re.compile(rf"(?<=[:：为])\s+(?={_Q})")

Kind = Literal["replace", "words", "delete", "insert", "renumber"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in an act: an article as printed after 第 (五条, 五条之一), a paragraph, an item;
    without an article the whole act."""

    article: str | None = None
    paragraph: int | None = None
    item: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Instruction:
    """One order. ``text`` is the new wording (of ``words``: what ``old`` becomes), ``number`` the
    article's number from now on, ``source`` the statement that orders it."""

    kind: Kind
    place: Place
    old: str = ""
    text: str = ""
    number: int | None = None
    after: bool = True  # of an insert beside its place
    source: str = ""


@dataclass(frozen=True, slots=True)
class Orders:
    """The instructions for one act, and the statements that were not understood."""

    instructions: tuple[Instruction, ...]
    unread: tuple[str, ...]


def renamed_to(text: str) -> str | None:
    """The name that a decision gives to the act that it amends."""
    match = _RENAMED.search(_without_quotes(text[:_MAX_TEXT])[0])
    return match[1] if match else None


def read_orders(text: str, *act_titles: str) -> Orders:
    """What a decision orders for the act of that title, or of one of its titles; where it amends
    several acts, what follows that act's name."""
    plain, quoted = _without_quotes(_PLACEHOLDERS.sub("", text[:_MAX_TEXT]))
    keys = {title_key(title) for title in act_titles}
    found: list[Instruction] = []
    unread: list[str] = []
    place, meant = Place(), True
    for match in _STATEMENT.finditer(_IN_ERROR.sub("", _BEFORE_QUOTE.sub("", plain))):
        statement = _RENAMED.sub("", match[0].strip())
        named = [title_key(title) for title in _NAMED.findall(statement)]
        if named:
            meant, place = not keys.isdisjoint(named), Place()
        if _NUMBERED.match(statement):
            place = Place()
        statement = _NAMED.sub("", statement)
        if not meant or not _ORDERS.search(statement):
            continue
        source = _shown(statement, quoted)
        read: list[Instruction] = []
        for clause in _CLAUSE.split(statement):
            some, place = _read(clause, place)
            read += some
        if not read:
            unread.append(source)
        found += [
            replace(
                one,
                source=source,
                old=_filled(one.old, quoted),
                text=_filled(one.text, quoted, "" if one.kind == "words" else "\n"),
            )
            for one in read
        ]
    return Orders(tuple(found[:_MOST]), tuple(unread[:_MOST]))


# ------------------------------------------------------------------ quotes


def _without_quotes(text: str) -> tuple[str, list[str]]:
    """The text with one character for each quoted text. A quote of several paragraphs opens
    anew at each of them and closes once."""
    quoted: list[str] = []
    plain: list[str] = []
    start = depth = last = 0
    for match in _MARK.finditer(text):
        mark, at = match["mark"], match.start("mark")
        if mark == "“" or (mark == '"' and not depth):
            if not depth:
                plain.append(text[last:at])
                start = at + 1
            anew = depth == 1 and match["line"] is not None
            depth += not anew
        elif depth:
            depth -= 1
            if not depth and len(quoted) < _MOST:
                plain.append(chr(_FIRST_QUOTE + len(quoted)))
                quoted.append(_unquoted(text[start:at]))
            last = at + 1
    if not depth:
        plain.append(text[last:])
    return "".join(plain), quoted


def _unquoted(text: str) -> str:
    """A quoted text without the marks that open its further paragraphs."""
    return "\n".join(line.strip().removeprefix("“") for line in text.split("\n")).strip()


def _filled(marks: str, quoted: list[str], joint: str = "") -> str:
    return joint.join(quoted[ord(mark) - _FIRST_QUOTE] for mark in marks)


def _shown(statement: str, quoted: list[str]) -> str:
    return re.sub(_Q, lambda mark: f"“{_filled(mark[0], quoted)}”", statement)


# ------------------------------------------------------------------ clauses


def _read(clause: str, current: Place) -> tuple[list[Instruction], Place]:
    """The orders of one clause, and the place that the next clause's 其中 means."""
    if new_clause := _ADD_CLAUSE.search(clause):
        place = Place(new_clause["clause"])
        return [Instruction(kind="insert", place=place, text=new_clause["texts"])], place
    added = _ADD.search(clause)
    if added:
        return _added(clause, added, current)
    renumbered = _RENUMBER.search(clause)
    places = _places(_RENUMBER.sub(lambda match: match[0].partition("改为")[0], clause), current)
    found: list[Instruction] = []
    if renumbered and "至第" not in clause:
        number = _number(renumbered["to"])
        found.append(Instruction(kind="renumber", place=places[0], number=number))
    targets = [Place()] if _THROUGHOUT.search(clause) else places or [current]
    found += _wordings(clause, targets)
    if not any(one.kind == "words" for one in found):
        new = _REPLACE.search(clause)
        if new and targets[-1].article:
            found.append(Instruction(kind="replace", place=targets[-1], text=new["texts"]))
        elif _DROP.search(clause) and places:
            found += [Instruction(kind="delete", place=place) for place in places]
    return found, (places or [current])[-1]


def _wordings(clause: str, places: list[Place]) -> list[Instruction]:
    """Words that become others, go or come, at each of the places."""
    pairs = [(m["old"], m["new"]) for m in _WORDS.finditer(clause)]
    for match in _ADD_WORDS.finditer(clause):
        old, new = match["old"], match["new"]
        pairs.append((old, old + new if match["side"] == "后" else new + old))
    if not pairs:
        pairs = [(m["old"] or m["gone"], "") for m in _DROP_WORDS.finditer(clause)]
    return [
        Instruction(kind="words", place=place, old=old, text=new)
        for place in places
        for old, new in pairs
    ]


def _added(clause: str, match: re.Match[str], current: Place) -> tuple[list[Instruction], Place]:
    """增加一条，作为第九条 · 在第八条后增加一条 · 第三条增加一款，作为第二款."""
    before = clause[: match.start()]
    places = _places(before, current)
    beside = places[-1] if places else current
    where = _places(match["as"] or "", beside)
    after = not before.rstrip("，,").endswith("前")
    order = Instruction(kind="insert", place=beside, text=match["texts"], after=after)
    if match["what"] == "条":
        number = _number(where[0].article) if where and where[0].article else None
        place = beside if places else Place()
        return [replace(order, place=place, number=number)], current
    place = where[0] if where else beside
    if place.article is None:
        return [], current
    if not where:  # at the end of its article or paragraph
        place = replace(place, paragraph=0) if match["what"] == "款" else replace(place, item=0)
    return [replace(order, place=place)], beside


def _places(text: str, current: Place) -> list[Place]:
    """The places that a text names, in their order: 第五条第二款、第三款和第七条."""
    found: list[Place] = []
    last, end = current, -1
    for match in _PLACE.finditer(text):
        adjacent = match.start() == end
        if match["clause"]:
            last, adjacent = Place(match["clause"]), False
        elif match["article"]:
            if match["to"] and found:
                found += _between(found[-1], match["article"])
            last = Place(match["article"])
        elif match["paragraph"]:
            last = replace(last, paragraph=_number(match["paragraph"]), item=None)
        else:
            last = replace(last, item=_number(match["item"]))
        if adjacent and not match["article"]:
            found[-1] = last
        else:
            found.append(last)
        end = match.end()
    return found


def _between(first: Place, last: str) -> Iterator[Place]:
    low, high = _number(first.article or ""), _number(last)
    if low is not None and high is not None:
        for number in range(low + 1, high):
            yield Place(f"{number}条")


def _number(text: str | None) -> int | None:
    value = parse_chinese_number((text or "").partition("条")[0])
    return int(value) if value is not None else None
