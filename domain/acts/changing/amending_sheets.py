"""Read the amending sheets (第N号修改单) of standards where a text speaks of one as of an act.

A sheet has no number of its own: it is named by its standard. Who corrects it or puts it off means
the sheet, and through it the standard.
"""

from __future__ import annotations

import re
from functools import lru_cache

from domain.text.act_numbers.standard_numbers import find_standard_numbers
from domain.text.numerals import parse_chinese_number

_NUMERAL = r"[〇零一二三四五六七八九十\d]{1,3}"
# GB/T 34014—2017《汽车动力蓄电池编码规则》第1号修改单.
_SHEET = re.compile(
    rf"\s?[）)]?(?:《[^《》]{{2,80}}》)?\s?(?:(?:国家|行业|地方|团体)?标准)?的?第?\s?(?P<number>{_NUMERAL})\s?号\s?修改单"
)
# …第1号修改单第二条, …修改单的勘误, …修改单实施日期, …修改单推迟至: it is spoken of as an act.
_AS_ACT = re.compile(
    rf"[》）)]?(?:中|中的|的)?(?:第[（(]?{_NUMERAL}[）)]?[条项点]"
    r"|(?:中|内)的?[“\"]|(?:实施|施行|执行|生效)(?:日期|时间|期)|(?:勘误|更正|订正)(?!如下的)"
    r"|[^，。；\n《》]{0,8}(?:推迟|延期|延后|暂缓|暂停|停止|废止|失效))"
)
# 《汽车动力蓄电池编码规则》（ before the number.
_BEFORE = re.compile(r"《[^《》]{2,80}》\s?[（(]\s?$")
_MOST_BEFORE = 90  # characters
_NAME = re.compile(r"(?P<standard>[A-Z][^第《》]{4,30}\d)第(?P<number>\d{1,3})号修改单")


def named_sheets(text: str) -> str:
    """A text in which each sheet that it speaks of as of an act has its name (:func:`sheet_of`)
    between 《》."""
    if "修改单" not in text:
        return text
    for start, end, standard in reversed(find_standard_numbers(text)):
        match = _SHEET.match(text, end)
        if (
            match is not None
            and _AS_ACT.match(text, match.end())
            and text[start - 1 : start] != "《"
        ):
            named = _BEFORE.search(text, max(0, start - _MOST_BEFORE), start)
            start = named.start() if named else start
            text = f"{text[:start]}《{_name(standard, match['number'])}》{text[match.end() :]}"
    return text


@lru_cache(maxsize=1024)
def sheet_of(title: str) -> str | None:
    """The name of the sheet that a title has: GB/T 34014-2017第1号修改单; None for any other."""
    if "修改单" not in title:
        return None
    for _, end, standard in find_standard_numbers(title):
        match = _SHEET.match(title, end)
        if match is not None:
            return _name(standard, match["number"])
    return None


def standard_of_sheet(name: str) -> str | None:
    """The number of the standard of a sheet's name; None for another name."""
    match = _NAME.fullmatch(name)
    return match["standard"] if match else None


def _name(standard: str, number: str) -> str:
    return f"{standard}第{int(parse_chinese_number(number) or 0)}号修改单"
