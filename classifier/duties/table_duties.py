"""Read duties of tables: tasks with those responsible and their days, and discretion tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from classifier.duties.acts import read_act
from classifier.duties.clauses import read_clauses
from classifier.duties.sanctions.conducts import read_conduct
from classifier.duties.sanctions.sanction_binding import Placed
from classifier.duties.sanctions.sanction_values import read_sanction, tiers_of
from classifier.duties.segment_duty import as_company
from classifier.duties.setting import Chapeau, Setting
from classifier.duties.statements import Statement
from classifier.duties.subjects import subjects_of
from classifier.duties.times import event_of, find_times
from classifier.facts.calendar_dates import YearContext, find_dates
from classifier.facts.fact_document import Document, FactTable
from classifier.facts.lengths import LENGTH, duration_value
from classifier.facts.sentences import FactPassage, fold_width
from domain.law.duties import Bound, Destination, Duty, Limit, Modality, Subject, TimeRelation, When
from domain.text.numerals import parse_chinese_number

_WHO = re.compile(
    r"责任(?:单位|主体|部门|企业|人)|牵头(?:单位|部门)|实施(?:主体|单位)|(?:填报|报送|报告|申报|适用|义务|管理|责任)(?:主体|对象|单位|企业)|^(?:主体|对象|单位|企业类型|企业类别|主体类型)$"
)
_WHAT = re.compile(r"任务|工作内容|事项|内容|措施|要求|报送信息|信息名称|义务|举措|整改")
_TIME = re.compile(r"时限|期限|时间|日期|进度|频次|周期|节点")
_OFFENCE = re.compile(
    r"^(?:禁止|违规)?行为$|违法(?:行为|情形|事实|种类)|违规(?:行为|情形)|行为(?:种类|表现)|案由|情形$"
)
_MEASURE = re.compile(
    r"裁量(?:幅度|标准|基准)|处罚(?:幅度|标准|种类|基准|内容|裁量|措施)|罚款(?:幅度|标准|金额)|处理(?:措施|意见|方式|结果)?$|罚则|处罚$|后果|裁量$"
)
_TIER = re.compile(
    r"裁量(?:情形|阶次|档次|因素|情节)|情节|程度|情形|适用条件|违法程度|档次|阶次|后果|条件"
)
_CASE = re.compile(r"(?:适用|具体|违法)?(?:情形|条件|情节|表现)$")
_REPORTED = re.compile("信息|报告|报表|数据|情况|总结")
_PORTAL = re.compile(r"平台|系统|渠道|途径")
_IS_PORTAL = re.compile(r"(?:平台|系统|网站|小程序)$")
_SEE_TABLE = re.compile("见附?表|附表|下表|表列|按表|附件")
_PARAMETER = re.compile("项目|指标|参数|名称|因子|污染物")
_BOUND = re.compile("要求|限值|标准|指标值|控制值|允许值")
_SIGNS = {"≤": "<=", "≥": ">=", "<": "<", ">": ">", "不超过": "<=", "不高于": "<=", "不大于": "<=",
          "不低于": ">=", "不小于": ">=", "不少于": ">="}  # fmt: skip
# ≤30吨, 不低于40%, >10米
_COMPARED = re.compile(
    r"(?P<sign>[≤≥<>]|不(?:超过|高于|大于|低于|小于|少于))(?P<n>\d{1,6}(?:\.\d{1,4})?)(?P<unit>[^，。；\d]{0,8})$"
)
_BASIS = re.compile(r"依据|法条|条款")


def read_tables(document: Document) -> Iterator[Placed]:
    """The duties of all tables of a notice."""
    for table in document.tables:
        if len(table.rows) < 2:
            continue
        heads = [fold_width("".join(cell.split()))[0] for cell in table.rows[0]]
        if _column(heads, _OFFENCE) is not None and _column(heads, _MEASURE) is not None:
            yield from _discretion(table, heads)
        elif _column(heads, _WHO) is not None and _column(heads, _WHAT) is not None:
            yield from _tasks(table, heads, document.years)


def _column(
    heads: Sequence[str], pattern: re.Pattern[str], *, but: Sequence[int] = ()
) -> int | None:
    for index, head in enumerate(heads):
        if index not in but and len(head) <= 16 and pattern.search(head):
            return index
    return None


def _time_column(heads: Sequence[str]) -> int | None:
    """The column of days; 节点任务 is one of tasks unless no other speaks of time."""
    tasks = [index for index, head in enumerate(heads) if _WHAT.search(head)]
    plain = _column(heads, _TIME, but=tasks)
    return plain if plain is not None else _column(heads, _TIME)


def _statement(table: FactTable, row: int, text: str) -> Statement:
    passage = FactPassage(text, table.where(row), wrapped=True)
    return Statement(passage=passage, start=0, end=len(passage.text))


def _cell(row: Sequence[str], column: int | None) -> str:
    return row[column].strip() if column is not None and column < len(row) else ""


def _tasks(table: FactTable, heads: Sequence[str], years: YearContext) -> Iterator[Placed]:
    who = _column(heads, _WHO)
    time = _time_column(heads)
    what = _column(heads, _WHAT, but=[column for column in (who, time) if column is not None])
    if what is None:
        return
    portal = _column(heads, _PORTAL, but=[at for at in (who, time, what) if at is not None])
    reported = re.search("报送|填报|上报|上传|报告", heads[what]) is not None
    for number, row in enumerate(table.rows[1:], 1):
        task = _cell(row, what)
        statement = _statement(table, number, task)
        times = find_times(statement.text, years)
        text = statement.text
        for span in sorted(times, key=lambda item: -item.start):
            text = text[: span.start] + text[span.end :]
        read = read_act(text.rstrip("。；"))
        subjects = subjects_of(fold_width(_cell(row, who))[0]) or (
            Subject(text=_cell(row, who) or None),
        )
        when = cell_time(_cell(row, time), years) or (times[0].when if times else None)
        if (reported and not re.match("报|填|上传", text)) or (
            (read is None or read.act == "other") and when is not None and _REPORTED.search(text)
        ):
            read = read_act("报送" + text)
        if read is None:
            continue
        for subject in subjects:
            if subject.kind is Bound.COMPANY:
                read = as_company(read)
            duty = Duty(
                who=subject, modality=Modality.MUST, act=read.act, object=read.object,
                verb=read.verb, when=when, where=read.where or _portal(row, portal), quote=task,
                place=table.where(number),
            )  # fmt: skip
            yield Placed(duty=duty, statement=statement)


def _portal(row: Sequence[str], column: int | None) -> Destination | None:
    cell = _cell(row, column)
    return Destination(name=cell) if _IS_PORTAL.search(cell) and len(cell) <= 40 else None


def cell_time(cell: str, years: YearContext) -> When | None:
    """The time of a cell that holds nothing else: 2026年6月底前, 接收后30日内, 每月5日."""
    text = fold_width(cell)[0]
    if not text:
        return None
    if times := find_times(text, years):
        return times[0].when
    passage = FactPassage(text, "")
    for date in find_dates(passage, years):
        if date.day is not None:
            return When(relation=TimeRelation.BY, date=date.day.isoformat())
        if date.yearly:
            return When(
                relation=TimeRelation.EACH, recurs=f"--{date.month:02d}-{date.day_of_month:02d}"
            )
    match = re.search(rf"(?:(?P<event>[^，。；]{{0,30}}?)(?:之日起|后|起))?{LENGTH}$", text)
    value = duration_value(match) if match else None
    if match is None or value is None:
        return None
    words = (match["event"] or "").lstrip("自从在") or None
    return When(
        relation=TimeRelation.WITHIN, duration=value.duration,
        working_days=bool(value.working_days), event=event_of(words), event_text=words,
    )  # fmt: skip


def _discretion(table: FactTable, heads: Sequence[str]) -> Iterator[Placed]:
    offence = _column(heads, _OFFENCE)
    measure = _column(heads, _MEASURE)
    taken = [column for column in (offence, measure) if column is not None]
    tier = _column(heads, _TIER, but=taken)
    case = _column(heads, _CASE, but=[*taken, *([tier] if tier is not None else [])])
    basis = _column(heads, _BASIS)
    numbered = list(enumerate(table.rows[1:], 1))
    for text, rows in groupby(numbered, key=lambda item: _cell(item[1], offence)):
        group = list(rows)
        conduct = read_conduct(text)
        if conduct is None or (not conduct.object and conduct.act == "dispose"):
            continue
        number, first = group[0]
        statement = _statement(table, number, _cell(first, measure))
        steps = [
            (_condition(row, tier, case), fold_width(_cell(row, measure))[0]) for _, row in group
        ]
        head = fold_width(_cell(first, basis))[0]
        sanction = read_sanction(" ".join((head, *(words for _, words in steps))), statement)
        sanction = replace(
            sanction, article=_article(head), quote=_cell(first, measure),
            tiers=tiers_of([step for step in steps if step[0]], statement),
        )  # fmt: skip
        for subject in _offenders(text):
            duty = Duty(
                who=subject, modality=conduct.modality, act=conduct.act, object=conduct.object,
                verb=conduct.verb, where=conduct.where, quote=text,
                sanctions=(sanction,) if sanction.kinds else (),
                place=table.where(number),
            )  # fmt: skip
            yield Placed(duty=duty, statement=statement)


def _condition(row: Sequence[str], tier: int | None, case: int | None) -> str:
    """When a step holds: its name and its case (严重：缺少4个以上)."""
    parts = [_cell(row, tier), _cell(row, case)]
    return "：".join(dict.fromkeys(part for part in parts if part))


def _article(basis: str) -> str | None:
    match = re.search(r"第[〇零一二三四五六七八九十百\d]{1,7}条", basis)
    return match[0] if match else None


def _offenders(text: str) -> tuple[Subject, ...]:
    head = re.split(r"未|不按|拒不|擅自|将|违反|伪造|没有", fold_width(text)[0])[0]
    return subjects_of(head) or (Subject(),)


def _points_at_table(item: Placed) -> bool:
    """Whether a duty of the text only says where the rows of a table are reported to."""
    duty = item.duty
    if duty.act != "report" or duty.object or duty.where is None:
        return False
    return _SEE_TABLE.search(item.statement.text) is not None


def with_table_limits(body: Sequence[Placed], document: Document) -> list[Placed]:
    """贮存应当符合下表要求: a duty for each row that bounds a value, in place of the sentence's."""
    found: list[Placed] = []
    for item in body:
        points = item.duty.act == "comply" and _SEE_TABLE.search(item.statement.text) is not None
        rows = [
            row for table in document.tables for row in _bounded_rows(table, item, document.years)
        ]
        found.extend(rows if points and rows else [item])
    return found


def _bounded_rows(table: FactTable, item: Placed, years: YearContext) -> Iterator[Placed]:
    """A duty for each row: of a bound (≤30吨) or of what its words order (录像保存不少于90天)."""
    heads = [fold_width("".join(cell.split()))[0] for cell in table.rows[0]] if table.rows else []
    value = _column(heads, _BOUND)
    name = _column(heads, _PARAMETER, but=[value] if value is not None else [])
    if value is None or name is None:
        return
    for number, row in enumerate(table.rows[1:], 1):
        cell = fold_width(_cell(row, value))[0]
        if (limit := _cell_limit(_cell(row, name), cell, heads[value])) is not None:
            duty = replace(item.duty, object=limit.parameter, limit=limit)
            yield replace(item, duty=duty)
        else:
            statement = _statement(table, number, cell)
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


def with_table_portal(body: Sequence[Placed], rows: Sequence[Placed]) -> list[Placed]:
    """The duties of body and tables; 请通过…平台按附表报送 says where the rows are reported to,
    and no more than that."""
    reports = [item for item in rows if item.duty.act == "report" and item.duty.where is None]
    calls = [item for item in body if _points_at_table(item)]
    if not reports or not calls:
        return [*body, *rows]
    where = calls[0].duty.where
    return [
        *(item for item in body if item not in calls),
        *(
            replace(item, duty=replace(item.duty, where=where)) if item in reports else item
            for item in rows
        ),
    ]
