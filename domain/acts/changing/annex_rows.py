"""Orders for a table or an annex of an act: which one a statement means, and which of its rows.

Without an article beside it, 序号2, 表1中B类…栏 or 附件1 is no place among the articles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.acts.changing.named_parts import named_annexes
from domain.text.articles import named_articles
from domain.text.normalization import normalise

_TABLE = re.compile(r"(?<![附列下上本前见])表\s?\d{1,2}(?![\d.年月])")
# 序号2, 第3行, “与墙距离”栏.
_ROW = re.compile(r"序号\s?\d{1,3}|第\d{1,3}[行列栏]|[”\"\ue000-\ue3e7]\s?[栏列]")
_SERIAL = re.compile(r"序号\s?(?P<number>\d{1,3})")
_CELLS = re.compile(r"(\s*[|\t]\s*)")
_CLAUSE = re.compile(r"(?<![\d.])\d{1,2}(?:\.\d{1,2}){1,3}(?![\d.%])(?=[条中的修改删]|$)")
_QUOTED = re.compile(r"[“\"][^“”\"]{0,400}[”\"]")
_ANNEX, _FEW = "附件", 2


def annex_of(statement: str) -> str | None:
    """The annex or table (附件1, 表1) that a statement speaks of, where it names no article; 附件
    for a row of one that it does not name."""
    plain = _QUOTED.sub("”", statement)
    if named_articles(plain) or _CLAUSE.search(plain):
        return None
    if table := _TABLE.search(plain):
        return "".join(table[0].split())
    named = named_annexes(plain)
    if named:
        return named[0]
    return _ANNEX if _ROW.search(plain) else None


def speaks_of_row(statement: str) -> bool:
    """Whether a statement speaks of a row or column of a table."""
    return _ROW.search(statement) is not None or _TABLE.search(statement) is not None


def with_cell(lines: Sequence[str], statement: str, old: str, new: str) -> list[str] | None:
    """The lines of a table with a cell that reads ``old`` worded anew, in the row and column that a
    statement names; None where it is not one cell."""
    serial = _SERIAL.search(statement)
    rows = [_CELLS.split(line) for line in lines]
    meant = [row for row in rows if len(row) > _FEW and _is_meant(row, statement, serial)]
    places = [
        (row, place) for row in meant for place in range(0, len(row), 2) if _same(row[place], old)
    ]
    if len(places) > 1:
        head = next((row for row in rows if len(row) > _FEW), [])
        heads = [cell.strip() for cell in head]
        places = [
            (row, place)
            for row, place in places
            if place < len(heads) and len(heads[place]) > 1 and heads[place] in statement
        ]
    if len(places) != 1:
        return None
    row, place = places[0]
    row[place] = new
    return ["".join(cells) for cells in rows]


def _is_meant(row: Sequence[str], statement: str, serial: re.Match[str] | None) -> bool:
    first = row[0].strip()
    if serial is not None:
        return first == serial["number"]
    return len(first) > 1 and first in statement


def _same(cell: str, words: str) -> bool:
    return "".join(normalise(cell).split()) == "".join(normalise(words).split())
