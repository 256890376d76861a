"""Which time an act gets: its own, one that stands before it, or that of the act before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from classifier.duties.acts import trimmed
from classifier.duties.setting import SegmentReading
from classifier.duties.times import TimeSpan, event_of
from domain.law.duties import Duty, TimeRelation, When

_HANDS_IN = frozenset(
    {"report", "file", "apply", "sign", "connect", "register", "verify", "correct", "hand_over"}
)
_ORDER = (
    TimeRelation.WITHIN, TimeRelation.BY, TimeRelation.EACH, TimeRelation.BEFORE,
    TimeRelation.AT_ONCE, TimeRelation.UNTIL, TimeRelation.FROM,
)  # fmt: skip
_DATED = (TimeRelation.WITHIN, TimeRelation.BY, TimeRelation.EACH, TimeRelation.FROM)


def best_time(whens: Sequence[When]) -> When | None:
    """The time that dates the duty: a date or period before a bare event or a start."""
    if not whens:
        return None
    dated = [when for when in whens if when.duration or when.date or when.recurs] or list(whens)
    return min(dated, key=lambda when: _ORDER.index(when.relation))


def carried_time(reading: SegmentReading, duty: Duty) -> When | None:
    """The time of the act before it, where the sentence goes on with 并: both are due then."""
    when = reading.made[-1].when if reading.made else None
    if when is None or not reading.carries or duty.limit is not None:
        return None
    if when.relation is TimeRelation.WITHIN and not _is_handed_in(duty):
        return None
    if when.relation is TimeRelation.BEFORE:
        return None if duty.act in ("keep_records", "store") else when
    if when.relation is TimeRelation.AT_ONCE:
        told = duty.act in ("notify", "report") and reading.made[-1].act in ("other", "stop")
        return when if told or (when.event_text or "").endswith("时") else None
    return when if when.relation in _DATED else None


def _is_handed_in(duty: Duty) -> bool:
    """Whether an act ends what a period is given for: 30日内完成整改，并提交整改报告."""
    return duty.act in _HANDS_IN or (duty.act == "provide" and bool(duty.documents))


def counted_from(when: When | None, condition: str) -> When | None:
    """A period or 立即 without an event runs from the condition: 发现泄漏的，应当立即报告."""
    if when is None or when.event_text or not condition:
        return when
    if when.relation not in (TimeRelation.WITHIN, TimeRelation.AT_ONCE, TimeRelation.BEFORE):
        return when
    event = "other" if "未" in condition else event_of(condition)  # 未交付的: no delivery
    if condition.startswith(("发现", "发生", "出现")):
        event = "discovery"
    return replace(when, event=event, event_text=trimmed(condition))


def with_event(when: When | None, before: Sequence[When]) -> When | None:
    """停止运营前，应当提前90日公告: the event that the sentence names before the length."""
    if when is None or when.relation is not TimeRelation.BEFORE or when.event_text:
        return when
    bare = [one for one in before if one.relation is TimeRelation.BEFORE and not one.duration]
    return replace(when, event=bare[0].event, event_text=bare[0].event_text) if bare else when


def without_spans(segment: str, times: Sequence[TimeSpan]) -> str:
    """The segment without its times, which hold verbs of their own (接收之日起)."""
    text = segment
    for span in sorted(times, key=lambda item: -item.start):
        left = re.sub(r"(?:应)?(?:于|在|自|从|至迟)$", "", text[: span.start])
        text = left + text[span.end :].removeprefix("，")
    return text
