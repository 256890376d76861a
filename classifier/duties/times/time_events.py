"""The events that periods run from, and their words in a clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from classifier.duties.subjects import find_roles
from classifier.facts.figures.lengths import duration_value
from config.duty_terms import load_actions
from domain.law.duties import Bound, When

_NOT_EVENT = re.compile(r"目$|以$|日$|年$|月$|此$|提$|当$|之$|生$|先$|空$")
# What stands before the event in the same clause: 企业应当在, 综合利用企业应当自
_EVENT_LEAD = re.compile(
    r"^.*(?:应当|应该|必须|应|须|需|要|请|可以|不得)(?=[自从在于收接])|^(?:并|且|同时|及时|均)?(?:应当|应|须|需)?(?:自|从|在|于)"
)
# 生产者应当自首次在本省销售(之日起)
_FIRST_TIME = re.compile(r"自(?P<event>(?:首次|第一次|其)[^，。；：、自]{1,20})$")
# 自收到之日起, 接收后, 在发货之后
# 接收、移交(后30日内)
# 车辆进入隧道群路段，(需提前2小时)
_BEGINS_TO = re.compile(
    r"(?:^|[。；：])([^，。；：]{0,8}(?:进入|转移|运输|停产|停业|停运|关闭|变更|搬迁|退役|检修|启用|举办)[^，。；：]{0,12})[，,][^，。；]{0,12}$"
)
_NO_EVENTS = ("同", "届", "及", "随", "临", "即", "按", "平", "准")  # 同时, 届时, 及时
_JOINED = re.compile(r"(?:^|[，。；：]|应当?|须|自|在|于|从)([^，。；：自在于]{1,30})$")
_TRIGGER = re.compile(
    r"(?:自|从|在|于)?(?P<event>[^，。；：、]{1,40}?)(?:之日起|日起|之时起|时起|起|之日后|之后|以后|后|届满|终了|结束|时|满)(?:的)?[，,]?"
    r"(?:应当|应该|应|须|需|必须|要|可以|可)?(?:在|于)?(?:不少于|最长|最迟)?(?:第?)$"
)


# 信息变动(5个工作日内更新): the change needs no 后
_CHANGED = re.compile(r"(?:^|[，；。：])(?P<event>[^，。；：、]{2,14}(?:变动|变更|变化|调整))$")


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


def clean_event(text: str) -> str | None:
    """The event's own words, without subject, modal verb and preposition: of 自换电站投运之日 the
    station is no subject."""
    event = _EVENT_LEAD.sub("", text, count=1)
    if (first := _FIRST_TIME.search(text)) is not None:
        return first["event"]
    event = re.split(r"(?<![所存现])[自在](?!主|行|愿|动)", event)[-1]
    event = re.split(r"(?<=[一-鿿])(?<![关由用属低高等对至位处限便])于(?=..)", event)[-1]
    event = re.split(r"(?:期限|时限|时间)[为是]", event)[-1]
    event = re.sub(r"^(?:自|从|在|于)", "", event)
    led = event != text
    event = event.strip("的，,、 ")
    roles = () if led else find_roles(event)
    if not roles or roles[0].subject.kind is Bound.AUTHORITY or roles[0].start > 0:
        return event or None
    end = roles[0].end
    return (event[end:] if end < len(event) and event[end] not in "的名" else event) or None


def is_event(words: str) -> bool:
    """Whether words could be an event: not 目前, 以前, 1月1日前."""
    return _NOT_EVENT.search(words) is None


def duration_of(match: re.Match[str]) -> tuple[str, bool] | None:
    """ISO duration and whether it counts working days."""
    value = duration_value(match)
    if value is None or value.duration is None:
        return None
    return value.duration, bool(value.working_days)


def condition_before(left: str) -> str | None:
    """What 提前 counts back from: the condition or event that the sentence names before it."""
    conditions = re.findall(r"([^，。；：]{2,30}?)的[，,]", left)
    if conditions:
        return str(conditions[-1])
    event = re.search(r"([^，。；：]{2,20}?)(?:之)?前[，,]?[^，。；]{0,12}$", left)
    if event is None and (begun := _BEGINS_TO.search(left)):
        return clean_event(begun[1])
    return clean_event(event[1]) if event else None


def event_before(left: str) -> tuple[str | None, int]:
    """The event from which a period runs, and where its words start."""
    match = _TRIGGER.search(left) or _CHANGED.search(left)
    if match is None:
        return None, len(left)
    raw = match[0][: match.start("event") - match.start()] + match["event"]
    if left[: match.start("event")].endswith("、") and (
        joined := _JOINED.search(left[: match.end("event")])
    ):
        raw = joined[1]
    event = clean_event(raw)
    if event in _NO_EVENTS or event is None or re.fullmatch(r"(?:应当|应|须|需|一)?", event):
        return None, len(left)
    suffix = "之日" if re.match(r"之日(?:起|后)", left[match.end("event") :]) else ""
    return event + suffix, match.end("event") - len(event) - (
        1 if raw.startswith(("自", "从", "在", "于")) else 0
    )


def words_before(text: str, position: int) -> str | None:
    """The event's words that end at a position: 拆卸动力电池(当日)."""
    event = re.search(r"([一-鿿]{2,12})$", text[max(0, position - 24) : position])
    words = clean_event(event[1]) if event else None
    return words if words and len(words) > 1 else None
