"""Days that a list names by their distance from today: 今天, 昨天 16:30, 3小时前, 2天前."""

from __future__ import annotations

import re
from datetime import date, timedelta

from domain.text.numerals import parse_chinese_number

_NAMED = {
    "刚刚": 0, "刚才": 0, "今天": 0, "今日": 0, "今早": 0, "今晨": 0, "半小时前": 0,
    "半个小时前": 0,
    "今晚": 0, "昨天": 1, "昨日": 1, "昨晚": 1, "昨夜": 1, "半天前": 0,
    "前天": 2, "前日": 2, "大前天": 3,
    "just now": 0, "today": 0, "yesterday": 1, "an hour ago": 0, "a minute ago": 0, "a day ago": 1,
}  # fmt: skip
_AGO = (
    r"(?:(?P<n>\d{1,4}|[一二两三四五六七八九十]{1,3})\s*"
    r"(?P<unit>秒钟?|分钟?|个?小时|天|seconds?|secs?|minutes?|mins?|hours?|days?)\s*(?:[之以]?前|ago))"
)
# 今 天: lists set characters apart to fill a column
_NAMES = "|".join(
    name if name.isascii() else r"\s?".join(name) for name in sorted(_NAMED, key=len, reverse=True)
)
_DISTANCE = rf"(?:(?P<named>{_NAMES})|{_AGO})"
_CLOCK = (
    r"(?:\s*[,，]?\s*(?:(?:上午|下午|中午|晚上|凌晨)?\s*"
    r"\d{1,2}\s*(?:[:：]\s*\d{2}(?:\s*[:：]\s*\d{2})?|[点时](?:\d{1,2}分?)?)|[上下]午))?"
)
_LABEL = (
    r"(?:(?:发布|发表|公开|更新)?(?:日期|时间|于)\s*[:：]?\s*|(?:发布|发表|公开|更新)\s*[:：]\s*)?"
)
# 今天, [昨天 16:30], 发布时间：3小时前, (2 days ago)
_ALONE = re.compile(
    rf"[\s\[(（【<《]{{0,4}}{_LABEL}{_DISTANCE}(?:发布|更新|发表)?{_CLOCK}\s?(?:发布|更新|发表)?[\s\])）】>》]{{0,4}}",
    re.I,
)
# What ends a link's text: 关于登记的通知 [昨天], 关于登记的通知　3小时前
_EDGE = re.compile(rf"(?:[\[(（【]\s*|[\s\u3000]+){_DISTANCE}{_CLOCK}\s*[\])）】]?$", re.I)
_LONGEST = 40


def relative_day(text: str, today: date | None) -> date | None:
    """The day if the text is nothing but its distance from today, None where it is not."""
    if today is None or not 2 <= len(text) <= _LONGEST:
        return None
    match = _ALONE.fullmatch(text)
    return _day(match, today) if match else None


def edge_day(text: str, today: date | None) -> tuple[str, date | None]:
    """A text without the distance that ends it, and the day of that."""
    match = _EDGE.search(text, max(0, len(text) - _LONGEST)) if today else None
    if match is None or today is None or not text[: match.start()].strip():
        return text, None
    return text[: match.start()].strip(), _day(match, today)


def _day(match: re.Match[str], today: date) -> date | None:
    if named := match["named"]:
        name = named.lower()
        return today - timedelta(days=_NAMED[name if name.isascii() else "".join(name.split())])
    count, unit = parse_chinese_number(match["n"]), match["unit"].lower()
    if count is None:
        return None
    if "天" in unit or "day" in unit:
        return today - timedelta(days=int(count))
    hours = int(count) if "时" in unit or "hour" in unit else 0
    return today - timedelta(days=hours // 24)
