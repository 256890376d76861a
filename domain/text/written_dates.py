"""Read days and lengths of time as official texts write them, for what one act does to another.

Only what needs no context: a day with its year, a length with its unit. The readers of facts
know more (years left open, ranges); here a day that is not wholly written is not read.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from domain.text.numerals import parse_chinese_number

_CN = "〇零一二三四五六七八九十"
# For example 2026年12月31日, 二〇二六年三月底, 2026-12-31 (at most a dozen characters).
DAY = (
    rf"(?:(?:\d{{4}}|[{_CN}]{{4}})\s?年\s?(?:\d{{1,2}}|[{_CN}]{{1,2}})\s?月"
    rf"\s?(?:(?:\d{{1,2}}|[{_CN}]{{1,3}})\s?日|份?(?:底|末))|\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}(?!\d))"
)
# For example 三个月, 15个工作日, 半年, 两年.
LENGTH = rf"(?:[{_CN}两半百\d]{{1,5}}\s?(?:个?(?:工作日|月|季度|星期|周)|日|天|年|小时))"

_WRITTEN = re.compile(
    rf"(?P<y>\d{{4}}|[{_CN}]{{4}})\s?年\s?(?P<m>\d{{1,2}}|[{_CN}]{{1,2}})\s?月"
    rf"\s?(?:(?P<d>\d{{1,2}}|[{_CN}]{{1,3}})\s?日|份?(?P<end>底|末))"
)
_NUMERIC = re.compile(r"(?P<y>\d{4})[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})")
_LENGTH = re.compile(
    rf"(?P<n>[{_CN}两半百\d]{{1,5}})\s?个?(?P<unit>工作日|月|季度|星期|周|日|天|年|小时)"
)
_ISO = {
    "年": "P{}Y", "月": "P{}M", "周": "P{}W", "星期": "P{}W", "日": "P{}D", "天": "P{}D",
    "工作日": "P{}D", "小时": "PT{}H",
}  # fmt: skip


def written_day(text: str) -> date | None:
    """The day that a text is; of a month's end its last day. None for what no calendar has."""
    match = _WRITTEN.fullmatch(text.strip()) or _NUMERIC.fullmatch(text.strip())
    if match is None:
        return None
    year, month = _number(match["y"]), _number(match["m"])
    if year is None or month is None or not 1 <= month <= 12 or not 1 <= year <= 9999:
        return None
    if match.groupdict().get("end"):
        return date(year, month, calendar.monthrange(year, month)[1])
    number = _number(match["d"])
    if number is None or not 1 <= number <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, number)


def written_length(text: str) -> str | None:
    """A length as an ISO 8601 duration (三个月 is P3M, 半年 P6M), working days as days."""
    match = _LENGTH.fullmatch(text.strip())
    if match is None:
        return None
    unit = match["unit"]
    if match["n"] == "半":
        return {"年": "P6M", "月": "P15D"}.get(unit)
    count = _number(match["n"].replace("两", "二"))
    if count is None or count < 1:
        return None
    return f"P{3 * count}M" if unit == "季度" else _ISO[unit].format(count)


def _number(text: str) -> int | None:
    if len(text) == 4 and not text.isdigit():
        digits = [parse_chinese_number(char) for char in text]
        return None if None in digits else int("".join(str(digit) for digit in digits))
    value = parse_chinese_number(text)
    return int(value) if value is not None else None
