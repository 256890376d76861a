"""Render the values of facts in English: numbers, days, periods and amounts of money."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.facts.due_days import duration_parts
from i18n.terms import glossary

_UNITS = (
    ("y", "year"),
    ("mo", "month"),
    ("w", "week"),
    ("d", "day"),
    ("h", "hour"),
    ("mi", "minute"),
)
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def number(value: Any) -> str:
    """A number as English readers write it: 10,000 or 2.5."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def day_text(value: Any) -> str:
    """An ISO date as 1 April 2026; anything else as it is."""
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def fine_range(value: Mapping[str, Any], unit: str = "") -> str:
    """A fine's amount: 10,000–30,000, "up to 30,000", "at least 100,000"."""
    low, high = value.get("min"), value.get("max")
    if low is None and high is None:
        return "amount not stated"
    if high is None:
        return f"at least {unit}{number(low)}"
    if not low:
        return f"up to {unit}{number(high)}"
    if low == high:
        return f"{unit}{number(low)}"
    return f"{unit}{number(low)}–{number(high)}"


def duration_text(value: Mapping[str, Any]) -> str:
    """A deadline's length or date: "15 working days", "31 March each year"."""
    if value.get("date"):
        text = str(value["date"])
        if value.get("yearly") and re.fullmatch(r"--\d\d-\d\d", text):
            return f"{int(text[5:7])} {_MONTHS[int(text[2:4]) - 1]} each year"
        return day_text(text)
    parts = duration_parts(str(value.get("duration") or ""))
    if parts is None:
        return str(value.get("duration"))
    words = []
    for key, word in _UNITS:
        if parts.get(key):
            kind = "working " if word == "day" and value.get("working_days") else ""
            words.append(f"{parts[key]} {kind}{word}{'' if parts[key] == 1 else 's'}")
    return " ".join(words) or "the same day"


def fine_amount(value: Mapping[str, Any], unit: str, suffix: str = "") -> str:
    """The whole amount with its basis: "CNY 500–1,000 per tonne"."""
    basis, base = value.get("basis"), str(value.get("on") or "")
    named = glossary().bases.get(base, base)
    if basis == "multiple":
        text = f"{_multiple(value)} {named}".strip()
        return f"{text}, at most {unit}{number(value['cap'])}{suffix}" if value.get("cap") else text
    text = fine_range(value, unit) + suffix
    if basis == "per_unit":
        return f"{text} per {named or 'unit'}"
    return f"{text} per day" if basis == "per_day" else text


def _multiple(value: Mapping[str, Any]) -> str:
    low, high = value.get("min") or 0, value.get("max")
    if high is not None and high < 1:
        percent = {"min": round(low * 100, 4), "max": round(high * 100, 4)}
        return f"{fine_range(percent)} % of"
    return "1 time" if low == high == 1 else f"{fine_range(value)} times"
