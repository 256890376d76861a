"""Read calendar days: 2026年9月30日前, 自2026年4月1日起, 至12月31日."""

from __future__ import annotations

import re
from datetime import timedelta

from classifier.duties.times.time_events import TimeSpan
from classifier.facts.calendar_dates import (
    DATE_BEFORE,
    DatedSpan,
    YearContext,
    find_dates,
)
from classifier.facts.sentences import FactPassage
from domain.law.duties import TimeRelation, When

_WEEKDAY_LEFT = re.compile(r"(?:本|下)?周[一二三四五六日天]（$")  # 本周五（9月25日）
_FROM_DATE_LEFT = re.compile(r"(?:自|从|于)$")
_SINCE_RIGHT = re.compile(r"(?:（[^（）]{0,10}）)?(?:零时|0时)?(?:起|开始|以后|之后|后)")
_BY_LEFT = re.compile(
    r"(?:截止(?:时间|日期|日|期限)?|截至|(?:即日|自?[^，。；]{0,8}之日)起至|最迟(?:于|在)?|不晚于|不迟于|不得晚于|不得迟于|晚于|迟于|延期至|延长至|延长到|顺延至|延至|推迟至|过渡期(?:限)?(?:至|到)|期限(?:为|至)|限于|限)(?:为|是|至|：|于)?$"
)
# 2026年4月1日前生产的电池: says which batteries, not when
_ATTRIBUTIVE = re.compile(
    r"(?:之|以)?前(?:已经?)?(?:生产|销售|出厂|购买|注册|登记|投产|建成|取得|签订|发布)[^，。；]{0,12}的[一-鿿]"
)
# 本周五（9月25日）下班前, 9月25日下班前
_CLOSES = re.compile(r"）?(?:下班|中午|上午|下午|\d{1,2}时|\d{1,2}点)(?:以|之)?前|）(?:以|之)?前")
_UNTIL_LEFT = re.compile(r"(?:有效期?至|继续有效至|保留至|暂停至|停止至|至|到)$")


def dated(text: str, years: YearContext) -> list[TimeSpan]:
    passage = FactPassage(text, "")
    if passage.text != text:  # folded again: positions would shift
        return []
    found = []
    for date in find_dates(passage, years):
        if span := _date_span(text, date):
            found.append(span)
    return found


def _date_span(text: str, date: DatedSpan) -> TimeSpan | None:
    left, right = text[: date.start], text[date.end :]
    if _ATTRIBUTIVE.match(right):
        return None
    before = DATE_BEFORE.match(right) or _CLOSES.match(right)
    end = date.end + (before.end() if before else 0)
    if date.yearly:
        recurs = f"--{date.month:02d}-{date.day_of_month:02d}"
        when = When(relation=TimeRelation.EACH, recurs=recurs)
        inside = re.match(r"内|期间|底|中旬", right)
        return TimeSpan(date.start, end, when) if before or inside or not date.has_day else None
    if date.day is None:
        return None
    day = date.day - timedelta(days=1) if date.midnight else date.day
    iso = day.isoformat()
    since = _SINCE_RIGHT.match(right)
    if since and not before and not date.ranged:
        start = date.start - (1 if _FROM_DATE_LEFT.search(left) else 0)
        when = When(relation=TimeRelation.FROM, date=date.day.isoformat())  # 11月1日0时起
        return TimeSpan(start, date.end + since.end(), when)
    if before or _BY_LEFT.search(left):
        lead = _BY_LEFT.search(left) or _WEEKDAY_LEFT.search(left)
        start = lead.start() if lead else date.start
        return TimeSpan(start, end, When(relation=TimeRelation.BY, date=iso))
    if date.ranged or not date.has_day:
        return TimeSpan(date.start, date.end, When(relation=TimeRelation.BY, date=iso))
    if _UNTIL_LEFT.search(left):
        return TimeSpan(date.start, date.end, When(relation=TimeRelation.UNTIL, date=iso))
    return None
