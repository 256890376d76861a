"""Lengths of time as official texts write them: 三十日, 15个工作日, 两年, 一个半月, 24小时."""

from __future__ import annotations

import re

from classifier.facts.figures.numbers import CHINESE
from domain.records.fact_values import DeadlineValue
from domain.text.numerals import parse_chinese_number

_NUM = rf"(?:\d{{1,4}}|{CHINESE})"
_UNIT = (
    r"(?:(?:个)?(?:法定)?工作(?:日|天)|(?:个)?(?:自然|日历)(?:日|天)|日|天|个半月|个月|个星期|个礼拜|星期|周(?!年|期|边|转|末|[一二三四五六日])|"
    r"年|个小时|小时|分钟|个季度)"
)
# One length with its parts named: from a range the longer end, n, u(nit), half, wd.
LENGTH = (
    rf"(?:(?P<from>{_NUM})(?:个)?(?:工作日|日|天)?(?:至|到|-|或者|或|~))?"
    rf"(?P<n>{_NUM}|半)(?:（{_NUM}）)?(?P<u>{_UNIT}|月(?=[内之以]))(?P<half>半)?(?P<wd>（(?:个)?工作日）)?"
)
PLAIN_LENGTH = rf"{_NUM}{_UNIT}"  # without names, to stand beside LENGTH in one pattern


def duration_value(match: re.Match[str]) -> DeadlineValue | None:
    """The ISO 8601 value in the text's own unit; None if the number is no duration."""
    number, unit = match["n"], match["u"]
    half = bool(match["half"])
    count = 0 if number == "半" else int(parse_chinese_number(number) or 0)
    if number != "半" and (count <= 0 or (unit == "年" and count > 100) or count > 3660):
        return None
    working = "工作" in unit or bool(match["wd"])
    iso = _iso(number == "半", count, unit, half)
    return DeadlineValue(duration=iso, working_days=working) if iso else None


def _iso(only_half: bool, count: int, unit: str, half: bool) -> str | None:
    if unit in ("年",):
        return "P6M" if only_half else (f"P{count * 12 + 6}M" if half else f"P{count}Y")
    if unit == "个半月":
        return f"P{count * 30 + 15}D"
    if unit in ("个月", "月"):
        return "P15D" if only_half else f"P{count}M"
    if unit in ("个星期", "个礼拜", "星期", "周"):
        return None if only_half else f"P{count}W"
    if unit in ("个小时", "小时"):
        return "PT30M" if only_half else f"PT{count}H"
    if unit == "分钟":
        return f"PT{count}M"
    if unit == "个季度":
        return f"P{count * 3}M"
    if unit in ("日", "天") and only_half:
        return "PT12H"
    return f"P{count}D"
