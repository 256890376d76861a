"""Read the tables of a clearing decision (清理): which acts end, wholly or in part, last longer,
or are worded anew.

Rows are lines whose cells stand apart by a tab or a bar. A table is read only if its head, or the
line above it, says what becomes of the acts (废止范围, 处理, 修改内容, 延长至); a row that is not
understood stays in the text as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from domain.acts.changing.named_parts import named_annexes, named_parts
from domain.text.document_numbers import find_document_numbers
from domain.text.written_dates import DAY, written_day

_MOST = 200_000  # characters of a text that are looked at
_CELLS = re.compile(r"\s*[|\t]\s*")
_NAME_HEAD = re.compile(
    r"^(?:(?:规范性)?文件|公告|通告|通知|规章|标准|政策|制度)?(?:的)?(?:名称|标题|题目)(?:$|[及和、（(])|^(?:规范性文件|文件|公告|通告|通知|规章|政策)(?:名称)?(?:[及和、]文号)?$"
)
_NUMBER_HEAD = re.compile(r"^(?:文号|发文字号|文件编号|发文号|编号及文号|公告号|文件文号)$")
# 废止范围, 失效条款, 范围, 处理意见, 清理结果.
_WHAT_HEAD = re.compile(
    r"^(?:(?:拟)?(?:废止|失效|停止执行)(?:的)?(?:范围|条款|内容|部分)|(?:清理)?范围|(?:清理)?(?:处理|处置|清理)(?:意见|结果|方式|决定|情况|措施)?)$"
)
_NOTE_HEAD = re.compile(r"^(?:备注|说明|具体(?:条款|内容)|(?:废止|失效)?(?:的)?条款)$")
_PARTLY = re.compile(r"部分(?:条款|内容)?(?:废止|失效|停止执行)")
_CHANGE_HEAD = re.compile(r"^(?:修[改订]|调整)(?:的)?(?:内容|条款|意见|情况|后内容)$")
_UNTIL_HEAD = re.compile(
    r"^(?:有效期限?)?(?:延长|延期|延续|顺延|展期)(?:至|到|后有效期至)?$|^(?:新|延长后的?)有效期限?至?$"
)
_TERM_HEAD = re.compile(r"^有效期限?(?:截)?[至止]?$")  # where the text says that terms are longer
_LONGER_TEXT = re.compile(r"延长|延期|延续|展期|顺延")
_ENDING_TEXT = re.compile(r"废止|失效|停止执行")
# 全文, 废止, 宣布失效, 同时废止, 全文停止执行.
_WHOLE = re.compile(
    r"(?:全文|全部|整件|整体|同时|同日|一并|即行|即日起?|随之|相应|现|予以|宣布|决定|公布)*"
    r"(?:废止|失效|停止执行|不再执行|停止使用|停用|退出使用|作废|撤销)?。?"
)
# 部分废止（第六条、第八条第二款）: 第六条、第八条第二款.
_IN_PART = re.compile(r"部分(?:条款)?(?:废止|失效)?[（(:：](?P<words>[^（）()]{2,60})[）)]?$")
_PARTS = re.compile(
    r"第[〇零一二三四五六七八九十百\d]{1,6}条(?:之[一二三四五六七八九十]{1,2})?|第[（(]?[〇零一二三四五六七八九十\d]{1,4}[）)]?[款项目]"
    r"|[（(][〇零一二三四五六七八九十\d]{1,4}[）)]|附(?:件|表|录)\s?[〇零一二三四五六七八九十\d]{0,3}"
)
# 第三章, 第六条中的“…”, 关于…的规定: no whole part.
_OTHER = re.compile(r"[章节“\"]|中|关于|有关|涉及|前|后|除|外|修[改订]|调整")
_SINCE = re.compile(rf"自\s?(?P<day>{DAY})\s?起")
_ENDS = re.compile(r"废止|失效|停止执行|不再执行|不再适用")
_STAYS = re.compile(
    r"继续有效|保留|(?:拟|待|予以|进行)?修[改订]$|继续执行|有效至|至[^，。；]{0,6}(?:期满|届满)|不作(?:修改|调整)"
)
# The rest of the act: 其余保留, 其他条款继续有效.
_REST = re.compile(r"[，,；;（(]?(?:其余|其他|余下)")
_SERIAL_HEAD = re.compile(r"序号|编号")
_LIST_NAME = re.compile(r"附件|附表|目录|清单|名单|一览表")
_FEW = 2
_NOTE = re.compile(r"\s*[（(](?P<note>[^（）()]*?号[^（）()]*)[）)]\s*$")
_QUOTED_NAME = re.compile(
    r"《(?P<title>[^《》]{2,120}(?:[《〈][^《》〈》]{2,80}[》〉][^《》]{0,60})?)》"
)
# 2022年第118号, of a column that is headed 公告.
_SHORT = re.compile(r"^(?P<number>\d{4}\s?年\s?第\s?\d{1,4}\s?号)\s*(?P<title>.*)$")
_KIND = re.compile(r"公告|通告")
_ORDERS = re.compile(r"第[^，。；]{1,8}[条章款项]|附[件表录]|[“\"]|^\d{1,2}(?:\.\d{1,2})+")

_ACT_NAME = re.compile(
    r"(?:法|条例|办法|规定|细则|规则|决定|意见|通知|公告|通告|方案|规范|条件|目录|指南|制度|标准|清单|要求|措施"
    r"|计划|规划|政策|令|函|批复)(?:[（(][^（）()]*[）)])*$"
)
_LEAST_NAME = 3  # characters of a title

Becomes = Literal["repealed", "partly_repealed", "extended", "amended", "unclear"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ClearedAct:
    """An act of a row: what becomes of it (None: it stays as it is; ``unclear``: by the words
    ``said``, which are not understood), of which parts, until when (an ISO day) it then lasts."""

    title: str
    number: str | None
    becomes: Becomes | None
    scope: tuple[str, ...] = ()
    until: str | None = None
    since: str | None = None  # the first day of its own (ISO)
    said: str = ""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where in a table's rows what stands; None where it has no such column."""

    name: int
    number: int | None
    what: int | None
    change: int | None
    until: int | None
    note: int | None
    kind: str  # 公告, where the head of the names says so


def cleared_acts(text: str) -> tuple[ClearedAct, ...]:
    """The acts of the rows that are understood."""
    return _read(text)[1]


def without_cleared(text: str) -> str:
    """The text without these rows; one that words an act anew is a sentence: 《某办法》第八条…."""
    return _read(text)[0]


def _read(text: str) -> tuple[str, tuple[ClearedAct, ...]]:
    if "\t" not in text and "|" not in text:
        return text, ()
    return _read_lately(text)


@lru_cache(maxsize=32)
def _read_lately(text: str) -> tuple[str, tuple[ClearedAct, ...]]:
    ending = _ENDING_TEXT.search(text[:_MOST]) is not None
    longer = _LONGER_TEXT.search(text[:_MOST]) is not None
    columns: _Columns | None = None
    kept: list[str] = []
    found: list[ClearedAct] = []
    for line in text.split("\n"):
        cells = _CELLS.split(line.strip("\r\n \u3000")) if _CELLS.search(line) else []
        if _opens_anew(line, cells):
            columns = None
        if sum(map(bool, cells)) < _FEW:
            kept.append(line)
            continue
        head = _columns(cells, ending=ending, longer=longer)
        if head is not None:
            columns = head
        act = None if columns is None or head is not None else _act(cells, columns)
        if act is None:
            kept.append(line)
            continue
        found.append(act)
        if act.becomes == "amended" and columns is not None and columns.change is not None:
            note = f"（{act.number}）" if act.number else ""
            kept.append(f"《{act.title}》{note}{cells[columns.change]}")
    return "\n".join(kept), tuple(found)


def _opens_anew(line: str, cells: Sequence[str]) -> bool:
    """Whether a line ends the table above it: words outside any table, the name of another list,
    the head of another table."""
    if not cells:
        return bool(line.strip())
    if sum(map(bool, cells)) < _FEW:
        return _LIST_NAME.search(line) is not None
    return any(_SERIAL_HEAD.fullmatch("".join(cell.split())) for cell in cells[:_FEW])


def _columns(cells: Sequence[str], *, ending: bool, longer: bool) -> _Columns | None:
    """The columns of a table's head that says what becomes of acts."""
    name, number = _place(cells, _NAME_HEAD), _place(cells, _NUMBER_HEAD)
    what = _place(cells, _WHAT_HEAD) if ending else None
    change, until = _place(cells, _CHANGE_HEAD), _place(cells, _UNTIL_HEAD)
    until = _place(cells, _TERM_HEAD) if until is None and longer else until
    if name is None or (what, change, until) == (None, None, None):
        return None
    kind = _KIND.search(cells[name])
    note = _place(cells, _NOTE_HEAD)
    return _Columns(name, number, what, change, until, note, kind[0] if kind else "")


def _place(cells: Sequence[str], head: re.Pattern[str]) -> int | None:
    plain = ("".join(cell.split()) for cell in cells)
    return next((place for place, cell in enumerate(plain) if head.search(cell)), None)


def _act(cells: Sequence[str], columns: _Columns) -> ClearedAct | None:
    """The act of a row; None for a row that is not understood."""
    places = (columns.name, columns.number, columns.what, columns.change, columns.until)
    if len(cells) <= max(place for place in places if place is not None):
        return None
    named = _named(cells[columns.name], columns.kind)
    if columns.number is not None and (numbers := _numbers(cells[columns.number])):
        named = replace(named, number=numbers[0])
    if not named.number and not _ACT_NAME.search(named.title):
        return None  # 营业执照
    for said in _said(cells, columns):
        return replace(
            named, becomes=said.becomes, scope=said.scope, until=said.until, since=said.since,
            said=said.said,
        )  # fmt: skip
    return None


def _said(cells: Sequence[str], columns: _Columns) -> Iterator[ClearedAct]:
    """What the columns say of a row's act, the strongest first."""
    until = None if columns.until is None else written_day(_day(cells[columns.until]))
    if until is not None:
        yield _outcome("extended", until=until.isoformat())
    if columns.change is not None and _ORDERS.search(cells[columns.change]):
        yield _outcome("amended")
    if columns.what is not None:
        cell = cells[columns.what].strip()
        if _PARTLY.fullmatch(cell) and columns.note is not None and columns.note < len(cells):
            cell = cells[columns.note].strip() or cell  # 部分废止 | 第五条
        yield from _ended(cell)


def _ended(cell: str) -> Iterator[ClearedAct]:
    said = _REST.split(cell)[0]
    plain = _IN_PART.sub(r"\g<words>", said)
    scope = (*named_annexes(said), *named_parts(said))
    if not cell:
        return
    if _WHOLE.fullmatch(cell):
        yield _outcome("repealed")
    elif scope and not _STAYS.search(said) and _OTHER.search(_left_over(plain)) is None:
        own = _SINCE.search(said)
        day = written_day(own["day"]) if own else None
        yield replace(
            _outcome("partly_repealed", scope=scope), since=day.isoformat() if day else None
        )
    elif _STAYS.search(cell) and not _ENDS.search(cell):
        yield _outcome(None)
    else:
        yield replace(_outcome("unclear"), said=cell)


def _left_over(said: str) -> str:
    """What a cell says besides the articles and annexes that end."""
    said = _PARTS.sub("", said)
    return _SINCE.sub("", said)


def _outcome(
    becomes: Becomes | None, *, scope: tuple[str, ...] = (), until: str | None = None
) -> ClearedAct:
    return ClearedAct(title="", number=None, becomes=becomes, scope=scope, until=until)


def _day(cell: str) -> str:
    match = re.search(DAY, cell)
    return match[0] if match else ""


def _named(cell: str, kind: str) -> ClearedAct:
    """The act of a cell: its title, with its number behind it, in brackets, or before it."""
    cell = cell.strip()
    plain = ClearedAct(title="", number=None, becomes=None)
    if short := _SHORT.match(cell):
        number = f"{kind or '公告'}{short['number']}"
        return replace(plain, title=short["title"].strip("《》 \u3000"), number=number)
    numbers = _numbers(cell)
    if quoted := _QUOTED_NAME.search(cell):
        return replace(plain, title=quoted["title"], number=numbers[0] if numbers else None)
    if note := _NOTE.search(cell):
        title = cell[: note.start()].strip()
        return replace(plain, title=title, number=numbers[0] if numbers else None)
    if not numbers:
        return replace(plain, title=cell)
    rest = re.split(r"号", cell, maxsplit=1)[-1].strip(" \u3000，,")
    return replace(plain, title=rest if len(rest) > 3 else "", number=numbers[0])


def _numbers(cell: str) -> list[str]:
    return find_document_numbers(cell)
