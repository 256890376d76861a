"""Read duties of tables that list what is forbidden: discretion tables, negative lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from classifier.duties.sanctions.conducts import read_conduct
from classifier.duties.sanctions.sanction_binding import Placed
from classifier.duties.sanctions.sanction_values import read_sanction, tiers_of
from classifier.duties.subjects import subjects_of
from classifier.duties.tables.duty_cells import cell_of, column_of, statement_of
from classifier.duties.times.relative_times import within
from classifier.facts.fact_document import Document, FactTable
from classifier.facts.sentences import fold_width
from domain.law.duties import Duty, Modality, Subject

_OFFENCE = re.compile(
    r"^(?:禁止|违规)?行为$|违法(?:行为|情形|事实|种类)|违规(?:行为|情形)|行为(?:种类|表现)|案由|情形$"
)
_MEASURE = re.compile(
    r"裁量(?:幅度|标准|基准)|处罚(?:幅度|标准|种类|基准|内容|裁量|措施|档次|等级)|罚款(?:幅度|标准|金额)|处理(?:措施|意见|方式|结果)?$|罚则|处罚$|后果|裁量$"
)
_TIER = re.compile(
    r"裁量(?:情形|阶次|档次|因素|情节)|情节|程度|情形|适用条件|违法程度|档次|阶次|后果|条件"
)
_CASE = re.compile(r"(?:适用|具体|违法)?(?:情形|条件|情节|表现)$")
# a negative list: 禁止类, 内容
_FORBIDDEN_WHAT = re.compile(
    r"^(?:具体)?(?:内容|行为|事项|情形|禁止(?:内容|行为|事项)|负面清单|清单内容)$"
)
_KIND_OF_ENTRY = re.compile(r"^(?:类别|类型|性质|管理方式|管理类别)$")
_NEGATIVE = re.compile(
    r"负面清单|禁止(?:事项|行为)?清单|“?[一二三四五六七八九十\d]+(?:不准|不得|严禁|禁止)”?"
)
_IS_FORBIDDEN = re.compile(r"禁止|严禁|不得|不准")
_BASIS = re.compile(r"依据|法条|条款")


def read_offences(table: FactTable, heads: Sequence[str]) -> Iterator[Placed] | None:
    """The duties that a table of offences and what follows them implies; None for any other."""
    offence = column_of(heads, _OFFENCE)
    measure = column_of(heads, _MEASURE)
    if offence is None or measure is None:
        return None
    return _discretion(table, heads, offence, measure)


def _discretion(
    table: FactTable, heads: Sequence[str], offence: int, measure: int
) -> Iterator[Placed]:
    taken = [offence, measure]
    tier = column_of(heads, _TIER, but=taken)
    case = column_of(heads, _CASE, but=[*taken, *([tier] if tier is not None else [])])
    basis = column_of(heads, _BASIS)
    numbered = list(enumerate(_filled(table.rows[1:], offence), 1))
    for text, rows in groupby(numbered, key=lambda item: _offence(cell_of(item[1], offence))[0]):
        group = list(rows)
        conduct = read_conduct(text)
        if conduct is None or (not conduct.object and conduct.act == "dispose"):
            continue
        number, first = group[0]
        statement = statement_of(table, number, cell_of(first, measure))
        steps = [
            (
                _condition(row, tier, case) or _offence(cell_of(row, offence))[1],
                fold_width(cell_of(row, measure))[0],
            )
            for _, row in group
        ]
        head = fold_width(cell_of(first, basis))[0]
        sanction = read_sanction(" ".join((head, *(words for _, words in steps))), statement)
        sanction = replace(
            sanction, article=_article(head), quote=cell_of(first, measure),
            tiers=tiers_of([step for step in steps if step[0]], statement),
        )  # fmt: skip
        times = within(text.replace("未在", "在")) if conduct.modality is Modality.MUST else []
        for subject in _offenders(text):
            duty = Duty(
                who=subject, modality=conduct.modality, act=conduct.act, object=conduct.object,
                verb=conduct.verb, where=conduct.where, quote=text,
                when=times[0].when if times else None,
                sanctions=(sanction,) if sanction.kinds else (),
                place=table.where(number),
            )  # fmt: skip
            yield Placed(duty=duty, statement=statement)


def _filled(rows: Sequence[Sequence[str]], column: int) -> Iterator[Sequence[str]]:
    """Rows whose empty cell of a column goes on with the one above it, as in merged cells."""
    above = ""
    for row in rows:
        above = cell_of(row, column) or above
        yield [above if index == column else cell for index, cell in enumerate(row)]


# 未按期移交（第二十一条）
_ARTICLE_BEHIND = re.compile(
    r"（[^（）]{0,20}第[〇零一二三四五六七八九十百\d]{1,7}条[^（）]{0,10}）$"
)
# 未在2小时内报告，(主动报告的)
_TIER_BEHIND = re.compile(
    r"^(?P<offence>[^，。；]{4,})，(?P<tier>(?:主动|被动|首次|再次|及时|经)[^，。；]{2,20})$"
)


def _offence(cell: str) -> tuple[str, str]:
    """An offence without the step that its cell adds, and the step."""
    cell = _ARTICLE_BEHIND.sub("", fold_width(cell.strip())[0])
    match = _TIER_BEHIND.match(cell)
    return (match["offence"], match["tier"]) if match else (cell, "")


def _condition(row: Sequence[str], tier: int | None, case: int | None) -> str:
    """When a step holds: its name and its case (严重：缺少4个以上)."""
    parts = [cell_of(row, tier), cell_of(row, case)]
    return "：".join(dict.fromkeys(part for part in parts if part))


def _article(basis: str) -> str | None:
    match = re.search(r"第[〇零一二三四五六七八九十百\d]{1,7}条", basis)
    return match[0] if match else None


def _offenders(text: str) -> tuple[Subject, ...]:
    head = re.split(r"未|不按|拒不|擅自|将|违反|伪造|没有", fold_width(text)[0])[0]
    return subjects_of(head) or (Subject(),)


def read_negative_list(
    table: FactTable, heads: Sequence[str], document: Document
) -> Iterator[Placed] | None:
    """What a list of what is forbidden forbids, a row each; None for any other table."""
    what = column_of(heads, _FORBIDDEN_WHAT)
    kind = column_of(heads, _KIND_OF_ENTRY)
    titled = _NEGATIVE.search(document.title) is not None
    marked = kind is not None and any(_IS_FORBIDDEN.search(cell_of(r, kind)) for r in table.rows)
    if what is None or not (marked or (titled and kind is None)):
        return None
    return _forbidden(table, what, kind)


def _forbidden(table: FactTable, what: int, kind: int | None) -> Iterator[Placed]:
    for number, row in enumerate(table.rows[1:], 1):
        if kind is not None and not _IS_FORBIDDEN.search(cell_of(row, kind)):
            continue
        text = cell_of(row, what)
        conduct = read_conduct(text)
        if conduct is None or conduct.act == "comply":
            continue
        for subject in _offenders(text):
            duty = Duty(
                who=subject, modality=conduct.modality, act=conduct.act, object=conduct.object,
                verb=conduct.verb, quote=text, place=table.where(number),
            )  # fmt: skip
            yield Placed(duty=duty, statement=statement_of(table, number, text))
