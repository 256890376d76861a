"""Read when a duty is due from its clause; *before* and *within* are never the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from classifier.facts.calendar_dates import (
    DATE_BEFORE,
    DatedSpan,
    YearContext,
    find_dates,
)
from classifier.facts.lengths import LENGTH, duration_value
from classifier.facts.sentences import FactPassage
from config.duty_terms import load_actions
from domain.law.duties import TimeRelation, When
from domain.text.numerals import parse_chinese_number

_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_NOTE = r"(?:（[^（）]{0,20}）)?"
# 提前5个工作日, 至少提前24小时
_ADVANCE = re.compile(
    rf"(?:至少|应?当?)?(?:提前|提早)(?:至少|不少于|不晚于|最少)?{LENGTH}(?:以上)?"
)
# 运输前3个工作日, 有效期届满30日前, 到港前48小时内
_BEFORE = re.compile(
    rf"(?P<event>[^，。；：、（）]{{1,30}}?)(?:之日|之)?前(?:的)?(?:至少|不少于|不晚于|提前)?{LENGTH}{_NOTE}(?:之内|以内|内|以前|之前|前)?"
)
_COUNTED_BACK = re.compile(
    rf"(?P<event>[^，。；：（）]{{1,30}}?(?:届满|期满|到期|开始|举行|召开|实施|投产|开工|到港|抵港|启运|起运|装运|运输|出口|进口|转移|托运|停产|停业|变更|关闭|终止)(?:之日|日)?的?)"
    rf"(?:至少|不少于)?{LENGTH}(?:以前|之前|前)(?!提)"
)
# 自接收之日起30日内, 发货后10个工作日内, 30日内, 15个工作日以内
_WITHIN = re.compile(
    rf"{LENGTH}{_NOTE}(?:的?(?:时间|期限))?(?:之内|以内|内|里(?=[，,完报向提]))(?!部|容|地|蒙|外|控|河)"
)
# 期限为自接收之日起30日, 不超过15个工作日, 限10日
_AT_MOST = re.compile(
    rf"(?:限|限期|(?:期限|时限|时间)(?:为|是|：)?(?:自[^，。；]{{2,24}}起)?|最长|最迟|原则上|起)(?:不得?超过|不晚于|不迟于)?{LENGTH}(?![内前以])"
)
# 自收到之日起, 接收后, 在发货之后
_TRIGGER = re.compile(
    r"(?:自|从|在|于)?(?P<event>[^，。；：、]{1,40}?)(?:之日起|日起|之时起|时起|起|之日后|之后|以后|后|届满|终了|结束|时)(?:的)?[，,]?"
    r"(?:应当|应该|应|须|需|必须|要|可以|可)?(?:在|于)?(?:不少于|最长|最迟)?(?:第?)$"
)
_FROM_DATE_LEFT = re.compile(r"(?:自|从|于)$")
_SINCE_RIGHT = re.compile(r"(?:（[^（）]{0,10}）)?(?:零时|0时)?(?:起|开始|以后|之后|后)")
_BY_LEFT = re.compile(
    r"(?:截止(?:时间|日期|日|期限)?|截至|最迟(?:于|在)?|不晚于|不迟于|不得晚于|不得迟于|延期至|延长至|延长到|顺延至|延至|推迟至|过渡期(?:限)?(?:至|到)|期限(?:为|至)|限于|限)(?:为|是|至|：|于)?$"
)
_UNTIL_LEFT = re.compile(r"(?:有效期?至|继续有效至|保留至|暂停至|停止至|至|到)$")
_WORKDAYS = r"(?:个)?工作日"
# 每月5日前, 次月10日前, 于每月前5个工作日内
_MONTHLY = re.compile(
    rf"(?P<every>每个?月(?:度)?|次月|下个?月|当月|按月(?:于次月)?)(?:的)?(?:初)?(?P<n>{_N})[日号](?:以前|之前|前)?"
)
# 每季度首月10日前, 每季度终了后10日内, 季后5日内, 每季度第一个月的15日前
_QUARTERLY = re.compile(
    rf"(?:每个?季度?|季度|下季度?|各季度|每季)(?:的)?(?:首月|第一个月|首个月|次月|(?:终了|结束|末)(?:之日起|之日后|之后|后|起)?|后)(?:的)?(?P<n>{_N})(?P<u>[日号天]|{_WORKDAYS})(?:之内|以内|内|以前|之前|前)"
)
_MONTH_END = re.compile(
    rf"(?:每个?月|月度|当月)(?:终了|结束|末)(?:之日起|之日后|之后|后|起)?(?P<n>{_N})(?P<u>[日号天]|{_WORKDAYS})(?:之内|以内|内|前)"
)
# 年度终了后3个月内
_YEAR_END = re.compile(
    rf"(?:每年|每个?年度|年度|会计年度)(?:终了|结束)(?:之日起|之后|后|起)?{LENGTH}(?:之内|以内|内)"
)
# 每周五前
_WEEKLY = re.compile(r"每周(?P<d>[一二三四五六日天1-7])(?:下班)?(?:以前|之前|前|报)?")
_EACH = (
    ("monthly", re.compile(r"每个?月(?:度)?(?:至少)?(?:一次|1次)?|按月|逐月|月报(?=制)")),
    ("quarterly", re.compile(r"每个?季度?(?:至少)?(?:一次|1次)?|按季度?|逐季")),
    ("--06-30", re.compile(r"$^")),
    ("yearly", re.compile(r"每年(?:度)?(?:至少)?(?:一次|1次)?|按年度?|逐年|年度(?=报送|上报)")),
    ("weekly", re.compile(r"每周(?:至少)?(?:一次|1次)?|按周|逐周")),
    ("half-yearly", re.compile(r"每半年(?:至少)?(?:一次|1次)?")),
    ("daily", re.compile(r"每[日天](?:至少)?(?:一次|1次)?|逐日|按日")),
)  # fmt: skip
_AT_ONCE = re.compile(r"立即|即时|即刻|马上|第一时间|当场|随即|实时")
_SAME_DAY = re.compile(r"(?:当日|当天|同日)(?:内|之内)?")
_NEXT_DAY = re.compile(r"(?:次日|翌日|第二日)(?:内|前|之前)?")
# 在转移前, 出口前, 投入使用前
_BARE_BEFORE = re.compile(
    r"(?:在|于)?(?P<event>[^，。；：、（）]{2,24}?)(?:之前|以前|前)(?=[，,应须需向将对办完取报告，]|$)"
)
_NOT_EVENT = re.compile(r"目$|以$|日$|年$|月$|此$|提$|当$|之$|生$|先$|空$")
# What stands before the event in the same clause: 企业应当在, 综合利用企业应当自
_EVENT_LEAD = re.compile(
    r"^.*(?:应当|应该|必须|应|须|需|要|请|可以|不得)(?=[自从在于收接])|^(?:并|且|同时|及时|均)?(?:应当|应|须|需)?(?:自|从|在|于)"
)


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A time in a text: where it stands and what it says."""

    start: int
    end: int
    when: When


@cache
def _events() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile("|".join(words))) for name, words in load_actions().events.items()
    )


def event_of(text: str | None) -> str | None:
    """The event that the words name: 接收废旧动力电池之日 is ``receipt``; "other" if none."""
    if not text:
        return None
    for name, pattern in _events():
        if pattern.search(text):
            return name
    return "other"


def find_times(text: str, years: YearContext) -> list[TimeSpan]:
    """All times of a clause in reading order; none overlaps another."""
    found: list[TimeSpan] = []
    for reader in (_recurring, _dated, _advance, _within, _repeated, _near, _bare_before):
        for span in reader(text, years):
            if all(span.end <= other.start or span.start >= other.end for other in found):
                found.append(span)
    return sorted(found, key=lambda span: span.start)


def _number(text: str) -> int:
    return int(parse_chinese_number(text) or 0)


def _recurring(text: str, years: YearContext) -> list[TimeSpan]:
    found = []
    for name, pattern in (
        ("quarterly", _QUARTERLY),
        ("monthly", _MONTH_END),
        ("monthly", _MONTHLY),
    ):
        for match in pattern.finditer(text):
            end_event = (
                name if pattern is not _MONTHLY and re.search("终了|结束|末|后", match[0]) else None
            )
            event = (
                {"quarterly": "quarter_end", "monthly": "month_end"}[name] if end_event else None
            )
            working = "工作" in (match.groupdict().get("u") or "")
            when = When(
                relation=TimeRelation.EACH, recurs=f"{name}:{_number(match['n'])}",
                working_days=working, event=event,
                event_text=re.split(r"后|起|之", match[0])[0] if event else None,
            )  # fmt: skip
            found.append(TimeSpan(match.start(), match.end(), when))
    for match in _YEAR_END.finditer(text):
        value = duration_value(match)
        if value is not None:
            when = When(
                relation=TimeRelation.EACH, duration=value.duration,
                working_days=bool(value.working_days), recurs="yearly", event="year_end",
                event_text=re.split(r"后|起", match[0])[0],
            )  # fmt: skip
            found.append(TimeSpan(match.start(), match.end(), when))
    for match in _WEEKLY.finditer(text):
        day = "一二三四五六日".find(match["d"].replace("天", "日")) + 1 or _number(match["d"])
        when = When(relation=TimeRelation.EACH, recurs=f"weekly:{day}")
        found.append(TimeSpan(match.start(), match.end(), when))
    return found


def _dated(text: str, years: YearContext) -> list[TimeSpan]:
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
    before = DATE_BEFORE.match(right)
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
        when = When(relation=TimeRelation.FROM, date=iso)
        return TimeSpan(start, date.end + since.end(), when)
    if before or _BY_LEFT.search(left):
        lead = _BY_LEFT.search(left)
        start = lead.start() if lead else date.start
        return TimeSpan(start, end, When(relation=TimeRelation.BY, date=iso))
    if date.ranged or not date.has_day:
        return TimeSpan(date.start, date.end, When(relation=TimeRelation.BY, date=iso))
    if _UNTIL_LEFT.search(left):
        return TimeSpan(date.start, date.end, When(relation=TimeRelation.UNTIL, date=iso))
    return None


def _duration(match: re.Match[str]) -> tuple[str, bool] | None:
    value = duration_value(match)
    if value is None or value.duration is None:
        return None
    return value.duration, bool(value.working_days)


def _clean_event(text: str) -> str | None:
    """The event's own words, without subject, modal verb and preposition."""
    event = _EVENT_LEAD.sub("", text, count=1)
    event = re.split(r"(?<![所存现])[自在](?!主|行|愿|动)", event)[-1]
    event = re.sub(r"^(?:自|从|在|于)", "", event).strip("的，,、 ")
    return event or None


def _advance(text: str, _years: YearContext) -> list[TimeSpan]:
    found = []
    for pattern in (_ADVANCE, _BEFORE, _COUNTED_BACK):
        for match in pattern.finditer(text):
            length = _duration(match)
            event_text = match.groupdict().get("event")
            if length is None or (event_text and _NOT_EVENT.search(event_text)):
                continue
            if pattern is _ADVANCE:
                event_text = _condition(text[: match.start()])
            else:
                event_text = _clean_event(event_text or "")
            when = When(
                relation=TimeRelation.BEFORE, duration=length[0], working_days=length[1],
                event=event_of(event_text), event_text=event_text,
            )  # fmt: skip
            start = (
                match.end("event") - len(event_text or "")
                if pattern is not _ADVANCE
                else match.start()
            )
            found.append(TimeSpan(max(start, match.start()), match.end(), when))
    return found


def _condition(left: str) -> str | None:
    """What 提前 counts back from: the condition or event that the sentence names before it."""
    conditions = re.findall(r"([^，。；：]{2,30}?)的[，,]", left)
    if conditions:
        return str(conditions[-1])
    event = re.search(r"([^，。；：]{2,20}?)(?:之)?前[，,]?[^，。；]{0,12}$", left)
    return _clean_event(event[1]) if event else None


def _within(text: str, _years: YearContext) -> list[TimeSpan]:
    found = []
    for pattern in (_WITHIN, _AT_MOST):
        for match in pattern.finditer(text):
            length = _duration(match)
            left = text[: match.start()]
            if length is None or re.search(
                r"(?:近|最近|过去|连续|每|任意|同一|满|第|\d年|\d月)$", left
            ):
                continue
            event_text, start = _event_before(left)
            when = When(
                relation=TimeRelation.WITHIN, duration=length[0], working_days=length[1],
                event=event_of(event_text), event_text=event_text,
            )  # fmt: skip
            found.append(TimeSpan(start if event_text else match.start(), match.end(), when))
    return found


def _event_before(left: str) -> tuple[str | None, int]:
    """The event from which a period runs, and where its words start."""
    match = _TRIGGER.search(left)
    if match is None:
        return None, len(left)
    raw = match["event"]
    event = _clean_event(raw)
    if event is None or re.fullmatch(r"(?:应当|应|须|需|一)?", event):
        return None, len(left)
    suffix = "之日" if re.match(r"之日(?:起|后)", left[match.end("event") :]) else ""
    return event + suffix, match.end("event") - len(event) - (
        1 if raw.startswith(("自", "从", "在", "于")) else 0
    )


def _repeated(text: str, _years: YearContext) -> list[TimeSpan]:
    return [
        TimeSpan(match.start(), match.end(), When(relation=TimeRelation.EACH, recurs=name))
        for name, pattern in _EACH
        for match in pattern.finditer(text)
        if match[0] and not re.match(r"(?:产|处理|用|的|吨|平均)", text[match.end() :])
    ]


def _near(text: str, _years: YearContext) -> list[TimeSpan]:
    found = []
    for match in _AT_ONCE.finditer(text):
        if not re.match(r"(?:监控|监测|数据|传输|更新)", text[match.end() :]):
            found.append(TimeSpan(match.start(), match.end(), When(relation=TimeRelation.AT_ONCE)))
    for pattern, length in ((_SAME_DAY, "P0D"), (_NEXT_DAY, "P1D")):
        for match in pattern.finditer(text):
            event = re.search(r"([一-鿿]{2,10})(?:的)?$", text[: match.start()])
            words = _clean_event(event[1]) if event else None
            when = When(
                relation=TimeRelation.WITHIN,
                duration=length,
                event=event_of(words),
                event_text=words,
            )
            found.append(TimeSpan(match.start(), match.end(), when))
    return found


def _bare_before(text: str, _years: YearContext) -> list[TimeSpan]:
    found = []
    for match in _BARE_BEFORE.finditer(text):
        event = _clean_event(match["event"])
        if event is None or len(event) < 2 or _NOT_EVENT.search(event) or re.search(r"\d$", event):
            continue
        when = When(relation=TimeRelation.BEFORE, event=event_of(event), event_text=event)
        found.append(TimeSpan(match.end("event") - len(event), match.end(), when))
    return found
