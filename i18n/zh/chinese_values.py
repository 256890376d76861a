"""Write the values of facts in Chinese: 15个工作日, 1万元–3万元, 锂回收率 ≥ 90 %."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from domain.facts.due_days import duration_parts
from domain.records.fact_values import (
    CodeFormatValue,
    DataFieldValue,
    DateValue,
    DeadlineValue,
    FineValue,
    PortalValue,
    ReferenceValue,
    ThresholdValue,
)

_UNITS = {"y": "年", "mo": "个月", "w": "周", "d": "日", "h": "小时", "mi": "分钟"}
_SIGNS = {"<=": "≤", ">=": "≥"}


def date_value(value: DateValue) -> str:
    """2027年3月31日."""
    return _day_text(value.text)


def portal_value(value: PortalValue) -> str:
    """The portal's name and address."""
    return " ".join(part for part in (value.name, value.url) if part)


def code_format_value(value: CodeFormatValue) -> str:
    """24位, A-HJ-NP-Z0-9, GB/T 34014-2017."""
    length = f"{value.length}位" if value.length else ""
    return ", ".join(part for part in (length, value.charset, value.standard) if part)


def data_field_value(value: DataFieldValue) -> str:
    """A data field with its type, its length and whether it must be filled in."""
    need = "" if value.mandatory is None else "必填" if value.mandatory else "选填"
    parts = (value.name, value.type, value.length, need)
    return ", ".join(str(part) for part in parts if part)


def threshold_value(value: ThresholdValue) -> str:
    """锂回收率 ≥ 90 %."""
    stated = (value.parameter, value.comparator, value.value, value.unit)
    words = [str(part) for part in stated if part is not None]
    return " ".join(_SIGNS.get(word, word) for word in words)


def reference_value(value: ReferenceValue) -> str:
    """Title and number of an act."""
    return " ".join(part for part in (value.title, value.document_number) if part)


def deadline_value(value: DeadlineValue) -> str:
    """15个工作日, or the day."""
    if value.duration is None:
        return _day_text(value.date or "")
    parts = duration_parts(value.duration)
    if parts is None:
        return value.duration
    units = {**_UNITS, "d": "个工作日"} if value.working_days else _UNITS
    return "".join(f"{number}{units[key]}" for key, number in parts.items() if number) or "当日"


def _day_text(text: str) -> str:
    """2027年3月31日; of a day of each year (``--03-31``) 每年3月31日."""
    try:
        day = date.fromisoformat(f"2000-{text[2:]}" if text.startswith("--") else text)
    except ValueError:
        return text
    year = "每年" if text.startswith("--") else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def _amount(number: float) -> str:
    """A sum as Chinese readers write it: 3万 for 30,000."""
    return f"{number / 10000:g}万元" if number and number % 10000 == 0 else f"{number:g}元"


def fine_value(value: FineValue) -> str:
    """1万元–3万元 with its basis."""
    base = value.on or ""
    if value.min is None and value.max is None:
        return "金额未载明"
    if value.basis == "multiple":
        return _share_text(base, value.min, value.max)
    basis = {"per_unit": f"每{base or '件'}", "per_day": "每日"}.get(value.basis or "", "")
    return f"{basis}{_range_text(value.min, value.max, _amount)}"


def _range_text(low: float | None, high: float | None, write: Callable[[float], str]) -> str:
    if low is not None and low == high:
        return write(low)
    if high is None:
        return f"{write(low or 0)}以上"
    return f"{write(low)}–{write(high)}" if low else f"{write(high)}以下"


def _share_text(base: str, low: float | None, high: float | None) -> str:
    """违法所得1–3倍, 货值金额的50%–80%."""
    if high is not None and high < 1:
        return f"{base}的{_range_text(low, high, lambda share: f'{share * 100:g}%')}"
    if low is not None and high is not None and low not in (0, high):
        return f"{base}{low:g}–{high:g}倍"
    return f"{base}{_range_text(low, high, lambda times: f'{times:g}倍')}"
