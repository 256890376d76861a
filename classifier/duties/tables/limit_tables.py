"""Read tables that bound values: 贮存应当符合下表要求."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from classifier.duties.clauses import read_clauses
from classifier.duties.sanctions.sanction_binding import Placed
from classifier.duties.setting import Chapeau, Setting
from classifier.duties.tables.duty_cells import cell_of, column_of, statement_of
from classifier.facts.calendar_dates import YearContext
from classifier.facts.fact_document import Document, FactTable
from classifier.facts.sentences import fold_width
from domain.law.duties import Limit
from domain.text.numerals import parse_chinese_number

_PARAMETER = re.compile("项目|指标|参数|名称|因子|污染物")
_BOUND = re.compile("要求|限值|标准|指标值|控制值|允许值")
_SIGNS = {"≤": "<=", "≥": ">=", "<": "<", ">": ">", "不超过": "<=", "不高于": "<=", "不大于": "<=",
          "不低于": ">=", "不小于": ">=", "不少于": ">="}  # fmt: skip
# ≤30吨, 不低于40%, >10米
_COMPARED = re.compile(
    r"(?P<sign>[≤≥<>]|不(?:超过|高于|大于|低于|小于|少于))(?P<n>\d{1,6}(?:\.\d{1,4})?)(?P<unit>[^，。；\d]{0,8})$"
)
SEE_TABLE = re.compile("见附?表|附表|下表|表列|按表|附件")


def with_table_limits(body: Sequence[Placed], document: Document) -> list[Placed]:
    """贮存应当符合下表要求: a duty for each row that bounds a value, in place of the sentence's."""
    found: list[Placed] = []
    for item in body:
        points = item.duty.act == "comply" and SEE_TABLE.search(item.statement.text) is not None
        rows = [
            row for table in document.tables for row in _bounded_rows(table, item, document.years)
        ]
        found.extend(rows if points and rows else [item])
    return found


def _bounded_rows(table: FactTable, item: Placed, years: YearContext) -> Iterator[Placed]:
    """A duty for each row: of a bound (≤30吨) or of what its words order (录像保存不少于90天)."""
    heads = [fold_width("".join(cell.split()))[0] for cell in table.rows[0]] if table.rows else []
    value = column_of(heads, _BOUND)
    name = column_of(heads, _PARAMETER, but=[value] if value is not None else [])
    if value is None or name is None:
        return
    for number, row in enumerate(table.rows[1:], 1):
        cell = fold_width(cell_of(row, value))[0]
        if (limit := _cell_limit(cell_of(row, name), cell, heads[value])) is not None:
            duty = replace(item.duty, object=limit.parameter, limit=limit)
            yield replace(item, duty=duty)
        else:
            statement = statement_of(table, number, cell)
            chapeau = Chapeau((item.duty.who,), item.duty.modality)
            for duty in read_clauses(statement, Setting(years, chapeau)):
                yield Placed(duty=duty, statement=statement)


def _cell_limit(parameter: str, cell: str, column: str) -> Limit | None:
    """The limit of a cell that holds no more: ≤30吨, 不低于40%."""
    match = _COMPARED.match(cell.strip())
    number = parse_chinese_number(match["n"]) if match else None
    if match is None or number is None:
        return None
    sign = _SIGNS.get(match["sign"], match["sign"])
    return Limit(
        parameter=parameter, comparator=sign, value=number, unit=match["unit"].strip() or None,
        row=parameter, column=column,
    )  # fmt: skip
