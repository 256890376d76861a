"""Parse one clause of a decision to amend: which place, which wording, what becomes of it.

Quoted texts stand as one private character each (:data:`QUOTED`), which the caller fills in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from domain.text.numerals import parse_chinese_number

NUMERAL = r"[〇零一二三四五六七八九十百\d]{1,6}"
MOST = 1000  # quoted texts, and orders, of one decision
FIRST_QUOTE = 0xE000  # each quoted text stands as one such character
QUOTED = f"[{chr(FIRST_QUOTE)}-{chr(FIRST_QUOTE + MOST - 1)}]"
_CLAUSE_NUMBER = r"\d{1,2}(?:\.\d{1,2}){1,3}"  # of a standard: 4.2, 5.1.3
NO_UNIT = r"(?!\s?(?:[%℃℉‰°个年月日天吨元倍小周万千公厘毫平立]|[a-zA-ZΩμ]))"  # 1.5 m is no clause
_MOVED = r"(?:顺延|延长|延期|宽限|缓期|展期|推迟|延后|提前|缩短|压缩|提高|降低)(?:为|至|到)"
BECOMES = (
    r"(?:(?:修改|修订|修正|调整|更改|替换|更正|订正|勘正|变更|更名|改)(?:为|成)|应为|应当为|应是"
    rf"|{_MOVED})[:：]?"
)
ORDERS = re.compile(
    r"拆分为两条|修[改订正]为|改[为成]|[更订勘]正为|应当?[为是]|变更为|更名为|删[去除]|增加|替换[为成]|调整为"
    rf"|[合归]并[为成]|拆分为|单[列独作][为成]|另[列作]为|并入第|(?<={QUOTED}){_MOVED}(?={QUOTED})"
    rf"|由[\d〇一二三四五六七八九十百千万两]{{1,8}}[^，。；\d]{{1,4}}(?:提高|降低|增加|减少|上调|下调|延长|缩短|压缩|放宽)[到至为](?=[\d〇一二三四五六七八九十百千万两])"
    rf"|取消(?=第|中的|\d|{QUOTED})|(?<=[条款项句\d]|{QUOTED})取消|改编?为\d"
)
"""The words by which a statement orders something."""

# For example 第十二条, 第二款, 第（三）项, or clause 4.2 of a standard.
_PLACE = re.compile(
    rf"(?P<to>至|到)?(?:第(?P<article>{NUMERAL}条(?:之[一二三四五六七八九十]+)?)"
    rf"|(?<![\d.])(?P<clause>{_CLAUSE_NUMBER}|\d{{1,2}}(?=整条|章?全文))(?![\d.]){NO_UNIT}"
    rf"|第(?P<paragraph>{NUMERAL})款|(?:第(?P<sentence>{NUMERAL})|(?P<edge>[首末]))句|第?[（(]?(?P<item>{NUMERAL})[）)]?项"
    rf"|第?[（(]?(?P<point>{NUMERAL})[）)]?目)"
)
# 增加一款，作为第三款：“…” (a quoted text stands as one placeholder character).
_ADD = re.compile(
    rf"增加(?:{NUMERAL}|两)?(?P<what>条|款|项)(?:规定|内容)?"
    rf"(?:[，,]?作为(?:(?:修改|调整)后的)?(?P<as>第[^:：。]{{1,60}}?))?"
    rf"[:：]?(?P<texts>{QUOTED}+)"
)
# 增加5.4：“…”.
_ADD_CLAUSE = re.compile(
    rf"增加(?:一条)?[，,]?(?:作为)?(?:第)?(?P<clause>{_CLAUSE_NUMBER})条?[:：]?(?P<texts>{QUOTED}+)"
)
# 4.4之后增加：“4.5 …”.
_ADD_AFTER_CLAUSE = re.compile(
    rf"(?<![\d.])(?P<after>{_CLAUSE_NUMBER})之?后[，,]?增加(?:一条)?[:：]?(?P<texts>{QUOTED}+)"
)
# 第十三条改为第十四条.
_RENUMBER = re.compile(rf"第{NUMERAL}条(?:之[一二三四五六七八九十]+)?改为第(?P<to>{NUMERAL}条)")
# 原第（三）项改为第（二）项.
_RENUMBER_ITEM = re.compile(
    rf"原?第[（(](?P<item>{NUMERAL})[）)]项(?:相应|依次|顺次|顺序)?(?:改|调整|变更)为第[（(](?P<to>{NUMERAL})[）)]项$"
)
# 原5.3的编号改为5.2, 5.3改为5.2.
_RENUMBER_CLAUSE = re.compile(
    rf"(?<![\d.])(?P<clause>{_CLAUSE_NUMBER})(?:的?(?:编号|序号|条号))?(?:相应|依次)?改编?为(?P<to>{_CLAUSE_NUMBER})(?![\d.])"
)
# “回收”后增加“、拆解”.
_ADD_WORDS = re.compile(
    rf"(?P<old>{QUOTED})之?(?P<side>[前后])(?:面)?(?:增加|添加)(?P<new>{QUOTED})"
)
# “三十日”修改为“十五日”.
_WORDS = re.compile(
    rf"(?P<old>{QUOTED})(?:字样|一词|的表述|的内容)?(?:均|统一|一律|分别|全部|相应)?"
    rf"{BECOMES}(?P<new>{QUOTED})"
)
# 删去第二款中的“及时”, “及时”予以删除.
_DROP_WORDS = re.compile(
    rf"(?:删[去除]|取消)(?P<place>[^。]{{0,30}}?)(?P<old>{QUOTED})|(?P<gone>{QUOTED})(?:予以)?(?:删[去除]|取消)"
)
_ANY_QUOTE = re.compile(QUOTED)
_AMOUNT = (
    r"(?:[\d.]{1,8}|[〇零一二三四五六七八九十百千万两半]{1,6})\s?"
    r"(?:个?(?:工作日|月|小时)|学时|课时|分钟|[日天年元吨倍%℃份次人名户家辆台件批箱组]|万元|千克|公斤|kg|t|m|公里|平方米|米)"
)
# 第4.2条的限值由10 t调整为12 t, 第五条的保存期限由三年延长至五年.
_AMOUNTS = re.compile(
    rf"(?:由|从|将|把|中的)(?:原来?的?|现行的?)?(?P<old>{_AMOUNT})(?:{BECOMES}|(?:增加|减少|上调|下调|增|减|升|降)(?:为|至|到))"
    rf"(?P<new>{_AMOUNT})(?![\d一二三四五六七八九十])"
)
_REPLACE = re.compile(rf"{BECOMES}(?P<texts>{QUOTED}+)")
_DROP = re.compile(r"删[去除]|取消")
_FREES = re.compile(r"取消")  # the number of what goes so stays free
# 第五条末尾增加一句：“…”.
_APPEND = re.compile(rf"末尾增加一句[:：](?P<text>{QUOTED})")
# 某文件相应修改：将“A”改为“B”，将“C”改为“D”.
CORRESPONDINGLY = re.compile(
    rf"相应(?:地)?(?:作(?:如下|出)?)?(?:修[改订]|调整|更改)(?:[:：]|[，,](?=将?{QUOTED}))"
)
_THROUGHOUT = re.compile(r"正文中|全文中?|(?:统一|一律)(?:修|改|调|替)|文中的")
_ACCORDINGLY = re.compile(rf"中的?{QUOTED}(?:字样|一词)?相应(?:修|改|调|替)")
_STOP_TO_SEMICOLON = re.compile(r"句号(?:修?改|替换)(?:为|成)分号")
# 第4条、第6条合并为第4条：“…”, 5.2、5.3合并为5.2：“…”, 第五条与第六条合并，作为第五条，修改为：“…”,
# 第五条、第六条合并为一条：“…”.
_JOINED = re.compile(
    rf"(?P<from>[^，,。]{{2,60}})(?:合并|归并)(?:[为成]一条)?[，,]?(?:作为|列为|为)?"
    rf"(?P<to>第{NUMERAL}[条项]|{_CLAUSE_NUMBER}条?)?(?:[，,]?(?:并|统一)?(?:内容|条文)?{BECOMES})?"
    rf"[:：]?(?P<texts>{QUOTED}+)"
)
# 将第六条并入第五条，第五条修改为：“…”.
_TAKEN_IN = re.compile(
    rf"(?P<from>[^，,。]{{2,60}}?)(?:的?内容|的?规定)?并入(?P<to>第{NUMERAL}[条项]|{_CLAUSE_NUMBER}条?)"
    rf"[^。；]{{0,20}}{BECOMES}(?P<texts>{QUOTED}+)"
)
# What may stand beside a place where all of it is meant: 一、将…第三项的内容予以…
_FILLERS = re.compile(
    r"(?:\s|[\u3000、，,:：（()）·]|[〇零一二三四五六七八九十百\d]{1,4}[、．.）)]|将|把|对|在|其中?|该|原|现|文件?|决定|作?(?:以下|如下|下列|相应)的?(?:修[改订正]|调整|变更)(?=[:：])|并|及|和|与|同时|"
    r"(?:顺延|调整|修[改订]|变更)后的|予以|一并|全部|全文|整[条款项句]|条文|的?(?:规定|内容|表述|文字)|的|条款|相应|统一|分别|均|应|"
    r"删[去除]|取消|后|自[^，。]{2,20}起)*+"
)
_CLAUSE = re.compile(r"[，,](?!作为)")
_WITHIN = ("", "的", "中", "中的", "之")  # 第三条的第（二）项
_AS_NUMBERED_THEN = re.compile(r"(?:顺延|调整|修改|修订)后的$")
# 第10条拆分为两条，原第一款单列为第10条，原第二款单列为第11条.
_SPLIT = re.compile(
    rf"第(?P<article>{NUMERAL}条)(?:拆分|分)为两条[，,]原第(?:一|1)款[^，,。]{{0,6}}第{NUMERAL}条"
    rf"[，,]原第(?:二|2)款[^，,。]{{0,6}}第{NUMERAL}条"
)

# 将第四条拆分为两条，作为第四条、第五条：“…”“…”.
_SPLIT_ANEW = re.compile(
    rf"第(?P<article>{NUMERAL}条)(?:拆分|分拆|分|拆)[为成](?:[两二三四五\d]条)?(?P<labels>[^。；]{{0,40}}?)[:：]?(?P<texts>{QUOTED}+)"
)
_ARTICLE = re.compile(rf"第{NUMERAL}条(?:之[一二三四五六七八九十]+)?")
# 第四条第二款单列为一条，作为第五条.
_DETACHED = re.compile(
    rf"第(?P<article>{NUMERAL}条)第(?P<paragraph>{NUMERAL})款(?:单列|单|独立|另列|另|改列|单独)(?:[为成列]|作为){{1,2}}"
    rf"(?:一条[，,]?(?:作为|列为))?第(?P<to>{NUMERAL})条"
)
# 其后条文序号不变, 原编号保留: a number that is free stays free.
_NUMBERS_STAY = re.compile(
    r"(?:序号|编号|条号|顺序|条文)[^，,。；]{0,8}(?:不变|不动|保留|空置|空缺|空出|不作调整|不再调整|不顺延|不前移|不递补|不另作)"
    r"|不(?:再|予)?(?:递补|顺延|前移)"
)

_OTHERS_STAY = re.compile(
    r"(?:其他|其余|其它|剩余|原有|各)[^，,。；第]{0,8}(?:序号|编号|条号|顺序)[^，,。；]{0,6}"
    r"(?:不变|不动|保留|不作调整|不再调整)"
)

PUBLICATION_DAY = date.min

Kind = Literal[
    "replace",
    "words",
    "delete",
    "empty",
    "insert",
    "append",
    "renumber",
    "split",
    "respell",
    "detach",
]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in an act: an article as printed after 第 (五条, 五条之一) or a clause (4.2), a
    paragraph, an item, a point of an item; without an article the whole act, or of a text
    without articles its 一、 (as ``item``). ``after``: by the number that it has from then on."""

    article: str | None = None
    paragraph: int | None = None
    item: int | None = None
    point: int | None = None
    after: bool = False
    sentence: int | None = None  # -1 is the last
    annex: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Instruction:
    """One order (``empty``: delete, the number stays free; ``respell``: an article becomes the
    several of ``text``; ``detach``: a paragraph becomes an article). ``text`` is the new wording
    (of ``words``: what ``old`` becomes), ``number`` the article's number from now on, ``source``
    the statement that orders it, ``since`` its day where it has one of its own
    (:data:`PUBLICATION_DAY`: that of the decision's publication)."""

    kind: Kind
    place: Place
    old: str = ""
    text: str = ""
    number: int | None = None
    after: bool = True  # of an insert beside its place
    source: str = ""
    since: date | None = None
    correcting: bool = False  # it sets right what was printed wrong
    once: bool = False  # only if its words stand once at its place
    everywhere: bool = False  # words of no place are meant wherever they stand


def read_statement(statement: str, place: Place) -> tuple[list[Instruction], Place]:
    """The orders of a statement, clause by clause, and the place that the next one may mean."""
    if (whole := _whole_articles(statement, place)) is not None:
        return whole, place
    read: list[Instruction] = []
    for clause in _CLAUSE.split(statement):
        some, place = _read(clause, place)
        read += some
    if all(one == _not_known(one.place) for one in read):
        read = []  # the statement orders nothing else
    if _NUMBERS_STAY.search(statement):
        read = [emptied(one) for one in read]
    if CORRESPONDINGLY.search(statement):
        read = [replace(one, everywhere=True) if _is_nowhere(one) else one for one in read]
    return read, place


def _not_known(place: Place) -> Instruction:
    """An order of which it is not known what goes: words that stand nowhere."""
    return Instruction(kind="words", place=place)


def _is_nowhere(one: Instruction) -> bool:
    """Whether words are to be others and no place is said."""
    return one.kind == "words" and one.place == Place()


def numbers_stay(statement: str) -> bool:
    """Whether a statement says of all that is left that it keeps its numbers when something goes:
    删除条款后，其他条款序号不变."""
    return _OTHERS_STAY.search(statement) is not None


def emptied(one: Instruction) -> Instruction:
    """An order by which an article goes, as one that leaves its number free."""
    whole = one.kind == "delete" and _is_article(one.place)
    return replace(one, kind="empty") if whole else one


def _whole_articles(statement: str, place: Place) -> list[Instruction] | None:
    """Articles that become one or several; None where a statement orders nothing like it."""
    joined = _JOINED.search(statement) or _TAKEN_IN.search(statement)
    if joined is not None:
        return _joined(joined, place)
    if (split := _SPLIT.search(statement)) is not None:
        return [Instruction(kind="split", place=Place(split["article"]))]
    if (anew := _SPLIT_ANEW.search(statement)) is not None:
        article = Place(anew["article"])
        return [Instruction(kind="respell", place=article, text=_labelled(anew))]
    if (detached := _DETACHED.search(statement)) is not None:
        paragraph = Place(detached["article"], paragraph=_number(detached["paragraph"]))
        return [Instruction(kind="detach", place=paragraph, number=_number(detached["to"]))]
    return None


def _labelled(anew: re.Match[str]) -> str:
    """The wordings of a split with the numbers that it gives them, one for each."""
    labels = _ARTICLE.findall(anew["labels"])
    return (
        _with_labels(labels, anew["texts"]) if len(labels) == len(anew["texts"]) else anew["texts"]
    )


def _with_labels(labels: Sequence[str], texts: str) -> str:
    return "\n".join(f"{one}\u3000{text}" for one, text in zip(labels, texts, strict=True))


def _joined(match: re.Match[str], place: Place) -> list[Instruction]:
    """Articles that become one, with its new wording."""
    old = [one for one in _places(match["from"], place) if _is_numbered(one)]
    new = [one for one in _places(match["to"] or "", place) if _is_numbered(one)] or old[:1]
    if match.re is _TAKEN_IN:
        old += [one for one in new if one not in old]
    if len(new) != 1 or new[0] not in old or len(old) < 2:
        return []
    return [
        Instruction(kind="replace", place=new[0], text=match["texts"]),
        *(Instruction(kind="empty", place=one) for one in old if one != new[0]),
    ]


def _is_numbered(place: Place) -> bool:
    """Whether a place is an article, or the 一、 of a text without any."""
    return place.article is not None or (place.item is not None and place.point is None)


def _read(clause: str, current: Place) -> tuple[list[Instruction], Place]:
    """The orders of one clause, and the place that the next clause's 其中 means."""
    if (of_standard := _read_of_standard(clause)) is not None:
        return [of_standard], of_standard.place
    if moved := _RENUMBER_ITEM.search(clause):
        item_of = (_places(clause[: moved.start()], current) or [current])[-1]
        order = Instruction(
            kind="renumber", place=replace(item_of, item=_number(moved["item"])),
            number=_number(moved["to"]),
        )  # fmt: skip
        return [order], replace(item_of, item=order.number)
    if (appended := _APPEND.search(clause)) and (at := _places(clause, current)):
        return [Instruction(kind="append", place=at[-1], text=appended["text"])], at[-1]
    if added := _ADD.search(clause):
        return _added(clause, added, current)
    renumbered = _RENUMBER.search(clause)
    places = _places(_RENUMBER.sub(lambda match: match[0].partition("改为")[0], clause), current)
    found: list[Instruction] = []
    if renumbered and "至第" not in clause:
        number = _number(renumbered["to"])
        found.append(Instruction(kind="renumber", place=places[0], number=number))
    if _STOP_TO_SEMICOLON.search(clause) and places:
        found.append(Instruction(kind="words", place=places[-1], old="。", text="；"))
    alone = current == Place() and _ACCORDINGLY.search(clause)
    everywhere = not places and bool(_THROUGHOUT.search(clause) or alone)
    targets = [Place()] if everywhere else places or [current]
    found += [replace(one, everywhere=everywhere) for one in _wordings(clause, targets)]
    if places and not _ANY_QUOTE.search(clause) and (amounts := _AMOUNTS.search(clause)):
        order = Instruction(kind="words", place=places[-1], old=amounts["old"], text=amounts["new"])
        found.append(replace(order, once=True))
    if not any(one.kind == "words" for one in found):
        found += _of_whole_places(clause, targets[-1], places, current)
    return found, (places or [current])[-1]


def _read_of_standard(clause: str) -> Instruction | None:
    """A clause of a standard that comes or has another number."""
    if new := _ADD_CLAUSE.search(clause):
        return Instruction(kind="insert", place=Place(new["clause"]), text=new["texts"])
    if moved := _RENUMBER_CLAUSE.search(clause):
        return Instruction(kind="renumber", place=Place(moved["clause"]), text=moved["to"])
    if beside := _ADD_AFTER_CLAUSE.search(clause):
        return Instruction(kind="insert", place=Place(beside["after"]), text=beside["texts"])
    return None


def _of_whole_places(
    clause: str, target: Place, places: list[Place], current: Place
) -> list[Instruction]:
    """Places that are worded anew, or go: 第三条删去第（二）项 names where and what."""
    new = _REPLACE.search(clause)
    if new and (target.article or target.item) and _is_whole(clause[: new.start()]):
        return [Instruction(kind="replace", place=target, text=new["texts"])]
    drop = _DROP.search(clause)
    if not places or drop is None:
        return []
    if not _is_whole(clause):
        return [_not_known(places[-1])]
    context = _places(clause[: drop.start()], current)
    behind = _places(clause[drop.end() :], (context or [current])[-1])
    return [_dropped(clause, place) for place in behind or context]


def _is_whole(clause: str) -> bool:
    """Whether a clause names nothing but places, and no part of what stands there."""
    return _FILLERS.fullmatch(_PLACE.sub("", clause)) is not None


def _dropped(clause: str, place: Place) -> Instruction:
    """What goes; 取消 leaves the number of an article free."""
    frees = _FREES.search(clause) and _is_article(place)
    return Instruction(kind="empty" if frees else "delete", place=place)


def _is_article(place: Place) -> bool:
    part = place.item if place.article is not None else place.point  # 五、 of a text without
    return place.paragraph is None and part is None and place.sentence is None


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
        if where and where[0].article and "之" in where[0].article:
            place, number = where[0], None  # 第七条之一 stands below 第七条 and moves no number
        labels = _ARTICLE.findall(match["as"] or "")
        if len(labels) == len(match["texts"]) > 1:
            order = replace(order, text=_with_labels(labels, match["texts"]))
        return [replace(order, place=place, number=number)], current
    place = where[0] if where else beside
    if place.article is None and where and _is_numbered(place):  # 作为第七项 of such a text
        return [replace(order, place=Place(), number=place.item)], current
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
        near = end >= 0 and text[end : match.start()] in _WITHIN
        adjacent = near and not match["article"] and not match["clause"]
        if match["article"] and match["to"] and found:
            found += _between(found[-1], match["article"])
        last = _next_place(match, last, adjacent=adjacent)
        if adjacent:
            found[-1] = last
        else:
            found.append(last)
        end = match.end()
    return found


def _next_place(match: re.Match[str], last: Place, *, adjacent: bool) -> Place:
    if match["article"] or match["clause"]:
        later = _AS_NUMBERED_THEN.search(match.string[: match.start()]) is not None
        return Place(match["article"] or match["clause"], after=later)
    if match["sentence"] or match["edge"]:
        edge = 1 if match["edge"] == "首" else -1
        return replace(last, sentence=_number(match["sentence"]) or edge)
    if match["point"]:
        return replace(last, point=_number(match["point"]))
    if match["paragraph"]:
        return replace(last, paragraph=_number(match["paragraph"]), item=None, point=None)
    if adjacent and last.article is None and last.item is not None:
        return replace(last, point=_number(match["item"]))  # “三、”第（二）项
    return replace(last, item=_number(match["item"]), point=None)


def _between(first: Place, last: str) -> Iterator[Place]:
    low, high = _number(first.article or ""), _number(last)
    if low is not None and high is not None:
        for number in range(low + 1, high):
            yield Place(f"{number}条")


def _number(text: str | None) -> int | None:
    value = parse_chinese_number((text or "").partition("条")[0])
    return int(value) if value is not None else None
