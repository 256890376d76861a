"""Read tables of tasks: who has to do what by when, a row each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from classifier.duties.acts import ActRead, read_act
from classifier.duties.leads import ClauseLead
from classifier.duties.sanctions.sanction_binding import Placed
from classifier.duties.segment_duty import as_company
from classifier.duties.segments import read_segments
from classifier.duties.setting import Predicate
from classifier.duties.subjects import find_roles, subjects_of
from classifier.duties.tables.duty_cells import cell_of, cell_time, column_of, statement_of
from classifier.duties.times import TimeSpan, find_times
from classifier.facts.calendar_dates import YearContext
from classifier.facts.fact_document import FactTable
from classifier.facts.sentences import fold_width
from domain.law.duties import Bound, Destination, Duty, Modality, Subject, When

_WHO = re.compile(
    r"责任(?:单位|主体|部门|企业|人)|牵头(?:单位|部门)|实施(?:主体|单位)|(?:填报|报送|报告|申报|适用|义务|管理|责任)(?:主体|对象|单位|企业)|^(?:主体|对象|单位|企业类型|企业类别|主体类型)$"
)
_WHAT = re.compile(
    r"任务|工作内容|事项|内容|措施|要求|报送信息|信息名称|报表名称?|表名|义务|举措|整改"
)
_TIME = re.compile(r"时限|期限|时间|日期|进度|频次|周期|节点")
_OFTEN = re.compile(r"频次|周期")  # says less than a column of days beside it
_NAMES = re.compile(r"^(?:企业|单位|公司)(?:名称|全称)?$")
_CORRECTED = re.compile("整改|问题")  # what named companies have to put right
# a table without a column of who: 报送内容, 工作任务
_ORDERED = re.compile(r"任务|报送|填报|工作|义务|要求|整改")
_YEAR = re.compile(r"(?P<year>20\d\d)年")  # of a time cell: 2027年12月
_JOINS = re.compile(r"[，；]|并(?!网|购)")
_REPORTED = re.compile("信息|报告|报表|数据|情况|总结")
_PORTAL = re.compile(r"平台|系统|渠道|途径")
_COMPANY = re.compile(r"(?:有限责任|股份有限|有限)公司$")
_IS_PORTAL = re.compile(r"(?:平台|系统|网站|小程序)$")


def _time_column(heads: Sequence[str]) -> int | None:
    """The column of days; 节点任务 is one of tasks unless no other speaks of time."""
    tasks = [index for index, head in enumerate(heads) if _WHAT.search(head)]
    often = [index for index, head in enumerate(heads) if _OFTEN.search(head)]
    plain = column_of(heads, _TIME, but=[*tasks, *often])
    plain = plain if plain is not None else column_of(heads, _TIME, but=tasks)
    return plain if plain is not None else column_of(heads, _TIME)


@dataclass(frozen=True, slots=True)
class _TaskColumns:
    """Where a table of tasks says who, what, when and on which portal."""

    what: int
    who: int | None
    time: int | None
    portal: int | None
    reported: bool  # whether the column only names what is reported


def read_tasks(
    table: FactTable, heads: Sequence[str], years: YearContext
) -> Iterator[Placed] | None:
    """The duties of a table of tasks; None where it is none."""
    who, time = column_of(heads, _WHO), _time_column(heads)
    taken = [column for column in (who, time) if column is not None]
    what = column_of(heads, _WHAT, but=taken)
    if what is None or (who is None and (time is None or not _ORDERED.search(heads[what]))):
        return None
    portal = column_of(heads, _PORTAL, but=[*taken, what])
    if who is None and _CORRECTED.search(heads[what]):
        who = column_of(heads, _NAMES, but=[*taken, what])
    reported = re.search("报送|填报|上报|上传|报告|报表", heads[what]) is not None
    return _rows(table, _TaskColumns(what, who, time, portal, reported), years)


def _rows(table: FactTable, columns: _TaskColumns, years: YearContext) -> Iterator[Placed]:
    for number, row in enumerate(table.rows[1:], 1):
        task = cell_of(row, columns.what)
        statement = statement_of(table, number, task)
        who = cell_of(row, columns.who)
        subjects = _named_company(who) or subjects_of(fold_width(who)[0])
        subjects = subjects or (Subject(text=who or None),)
        when = cell_time(cell_of(row, columns.time), years)
        dated = _YEAR.search(cell_of(row, columns.time))
        of_row = YearContext(text_year=int(dated["year"])) if dated else years
        portal = _portal(row, columns.portal)
        for duty in _of_task(statement.text, subjects, when, of_row, reported=columns.reported):
            duty = replace(duty, where=duty.where or portal, quote=task, place=table.where(number))
            yield Placed(duty=duty, statement=statement)


def _named_company(name: str) -> tuple[Subject, ...]:
    """One company as the trade in its name: 顺达汽车拆解有限公司 is a vehicle dismantler."""
    stem = _COMPANY.sub("", name)
    if stem == name or _COMPANY.search(stem):
        return ()
    roles = [role for role in find_roles(f"{stem}企业") if role.end == len(stem) + 2]
    role = roles[-1].subject.role if roles else "any_company"
    return (Subject(role=role, kind=Bound.COMPANY, text=name),)


def _of_task(
    text: str, subjects: Sequence[Subject], when: When | None, years: YearContext, *, reported: bool
) -> Iterator[Duty]:
    """The duties of one task: each act of 编制方案，报商务部门备案, else the one it names."""
    times = find_times(text, years)
    when = when or (times[0].when if times else None)
    several = _several(text, subjects, years) if _JOINS.search(text) and not reported else []
    if len(several) > len(subjects):
        yield from (replace(duty, when=duty.when or when) for duty in several)
        return
    read = _one_act(text, times, when, reported=reported)
    if read is None:
        return
    for subject in subjects:
        act = as_company(read) if subject.kind is Bound.COMPANY else read
        yield Duty(
            who=subject, modality=Modality.MUST, act=act.act, object=act.object, verb=act.verb,
            when=when, where=act.where,
        )  # fmt: skip


def _several(text: str, subjects: Sequence[Subject], years: YearContext) -> list[Duty]:
    known = tuple(subject for subject in subjects if subject.kind is not None)
    predicate = Predicate(Modality.MUST, known or tuple(subjects), ClauseLead(), text)
    found = read_segments(predicate, years, ())
    return [duty for duty in found if duty.act != "other" and len(duty.object) > 1]


def _one_act(
    text: str, times: Sequence[TimeSpan], when: When | None, *, reported: bool
) -> ActRead | None:
    for span in sorted(times, key=lambda item: -item.start):
        text = text[: span.start] + text[span.end :]
    read = read_act(text.rstrip("。；"))
    unknown = (read is None or read.act == "other") and when is not None
    if (reported and not re.match("报|填|上传", text)) or (unknown and _REPORTED.search(text)):
        return read_act("报送" + text)
    return read


def _portal(row: Sequence[str], column: int | None) -> Destination | None:
    cell = cell_of(row, column)
    return Destination(name=cell) if _IS_PORTAL.search(cell) and len(cell) <= 40 else None
