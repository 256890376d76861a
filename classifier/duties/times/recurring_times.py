"""Read recurring days: 每月5日前, 每季度终了后10日内, 每年至少一次."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifier.duties.times.time_events import TimeSpan
from classifier.facts.figures.lengths import LENGTH, duration_value
from domain.law.duties import TimeRelation, When
from domain.text.numerals import parse_chinese_number

_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_WORKDAYS = r"(?:个)?工作日"
# 每月5日前, 次月10日前, 于每月前5个工作日内
_MONTHLY = re.compile(
    rf"(?P<every>每个?月(?:度)?|次月|下个?月|当月|月(?:终)?后|按月(?:于次月)?)(?:的)?(?:初)?(?P<n>{_N})[日号](?:\d{{1,2}}[时点])?(?:以前|之前|前)?"
)
# 每季度首月10日前, 每季度终了后10日内, 季后5日内, 每季度第一个月的15日前
_QUARTERLY = re.compile(
    rf"(?:每个?季度?|季度|次季度?|下季度?|各季度|每季|(?<![每个一-鿿])季(?=后))(?:的)?(?:首月|第一个月|首个月|次月|(?:终了|结束|末)(?:之日起|之日后|之后|后|起)?|后)(?:的)?(?P<n>{_N})(?P<u>[日号天]|{_WORKDAYS})(?:之内|以内|内|以前|之前|前)"
)
_MONTH_END = re.compile(
    rf"(?:每个?月|月度|当月)(?:终了|结束|末)(?:之日起|之日后|之后|后|起)?(?P<n>{_N})(?P<u>[日号天]|{_WORKDAYS})(?:之内|以内|内|前)"
)
# 年度终了后3个月内
_YEAR_END = re.compile(
    rf"(?:每年|每个?年度|年度|会计年度)(?:终了|结束)(?:之日起|之后|后|起)?{LENGTH}(?:之内|以内|内)"
)
# 每年3月1日至3月31日, 每年三月一日至三十一日
_YEARLY_RANGE = re.compile(
    rf"每年(?:度)?(?P<m0>{_N})月{_N}日(?:至|到|-)(?:(?P<m>{_N})月)?(?P<d>{_N})日(?:期间|之间|内)?"
)
# 每周五前
_WEEKLY = re.compile(r"每周(?P<d>[一二三四五六日天1-7])(?![次回])(?:下班)?(?:以前|之前|前|报)?")
# 每90日(更换一次), 每两年
_EVERY = re.compile(rf"每隔?(?!半|一?个?[年月日天周季]){LENGTH}(?:至少)?(?:一次|1次)?(?![内前])")
# 每月, 按月, 每月最后一个工作日
_EACH_MONTH = (
    r"每个?月(?:的)?(?:最后一个工作日|月?底|末)(?:之?前)?|每个?月(?:度)?(?:至少)?(?:一次|1次)?"
    r"|按月|逐月|月报(?=制)"
)
# 每季度, 每季度末月25日前: which day of which month, a recurrence cannot hold
_EACH_QUARTER = (
    r"每个?季度?的?(?:末月|最后一?个月|第[二三]个月)(?:\d{1,2}日)?(?:以前|之前|前)?"
    r"|每个?季度?(?:至少)?(?:一次|1次)?|按季度?|逐季"
)
_EACH = (
    ("monthly", re.compile(_EACH_MONTH)),
    ("quarterly", re.compile(_EACH_QUARTER)),
    ("yearly", re.compile(r"每年(?:度)?(?:至少)?(?:一次|1次)?|按年度?|逐年|年度(?=报送|上报)")),
    ("weekly", re.compile(r"每周(?:至少)?(?:一次|1次)?|按周|逐周")),
    ("half-yearly", re.compile(r"每半年(?:至少)?(?:一次|1次)?")),
    ("daily", re.compile(r"每[日天](?:至少)?(?:一次|1次)?|逐日|按日")),
)  # fmt: skip


def recurring(text: str) -> list[TimeSpan]:
    """Days that come again, with their day: each month by the 5th, each quarter within 10 days."""
    return [
        *_by_day(text), *_year_end(text), *_weekly(text), *_each_year(text), *_every(text)
    ]  # fmt: skip


def _every(text: str) -> Iterator[TimeSpan]:
    for match in _EVERY.finditer(text):
        value = duration_value(match)
        if value is not None and value.duration:
            when = When(
                relation=TimeRelation.EACH, duration=value.duration, event_text=match[0],
                working_days=bool(value.working_days),
            )  # fmt: skip
            yield TimeSpan(match.start(), match.end(), when)


def _by_day(text: str) -> Iterator[TimeSpan]:
    for name, pattern, event in (
        ("quarterly", _QUARTERLY, "quarter_end"),
        ("monthly", _MONTH_END, "month_end"),
        ("monthly", _MONTHLY, None),
    ):
        for match in pattern.finditer(text):
            ended = event is not None and re.search("终了|结束|末|后", match[0]) is not None
            when = When(
                relation=TimeRelation.EACH, recurs=f"{name}:{_number(match['n'])}",
                working_days="工作" in (match.groupdict().get("u") or ""),
                event=event if ended else None,
                event_text=re.split(r"后|起|之", match[0])[0] if ended else None,
            )  # fmt: skip
            yield TimeSpan(match.start(), match.end(), when)


def _year_end(text: str) -> Iterator[TimeSpan]:
    for match in _YEAR_END.finditer(text):
        value = duration_value(match)
        if value is not None:
            when = When(
                relation=TimeRelation.EACH, duration=value.duration,
                working_days=bool(value.working_days), recurs="yearly", event="year_end",
                event_text=re.split(r"后|起", match[0])[0],
            )  # fmt: skip
            yield TimeSpan(match.start(), match.end(), when)


def _each_year(text: str) -> Iterator[TimeSpan]:
    """每年3月1日至3月31日 ends each year on its last day."""
    for match in _YEARLY_RANGE.finditer(text):
        recurs = f"--{_number(match['m'] or match['m0']):02d}-{_number(match['d']):02d}"
        yield TimeSpan(match.start(), match.end(), When(relation=TimeRelation.EACH, recurs=recurs))


def _weekly(text: str) -> Iterator[TimeSpan]:
    for match in _WEEKLY.finditer(text):
        day = "一二三四五六日".find(match["d"].replace("天", "日")) + 1 or _number(match["d"])
        when = When(relation=TimeRelation.EACH, recurs=f"weekly:{day}")
        yield TimeSpan(match.start(), match.end(), when)


def _number(text: str) -> int:
    return int(parse_chinese_number(text) or 0)


def repeated(text: str) -> list[TimeSpan]:
    return [
        TimeSpan(match.start(), match.end(), When(relation=TimeRelation.EACH, recurs=name))
        for name, pattern in _EACH
        for match in pattern.finditer(text)
        if match[0] and not re.match(r"(?:产|处理|用|的|吨|平均)", text[match.end() :])
    ]
