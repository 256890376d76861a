"""Write the values of facts in English: numbers, days, periods, amounts of money, limits."""

from __future__ import annotations

import re
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
from i18n.glossary_terms import first_term, glossary

_UNITS = (
    ("y", "year"),
    ("mo", "month"),
    ("w", "week"),
    ("d", "day"),
    ("h", "hour"),
    ("mi", "minute"),
)
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SIGNS = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}
_PLURAL = re.compile(r"\b(year|month|day|hour|minute|time|character)s$")


def date_value(value: DateValue) -> str:
    """1 Apr 2026."""
    return _short_day(value.text)


def deadline_value(value: DeadlineValue) -> str:
    """15 working days, or the day."""
    return _short_day(value.date or "") if value.duration is None else duration_text(value)


def fine_value(value: FineValue) -> str:
    """¥10,000–30,000 with its basis."""
    return fine_amount(value, "¥")


def portal_value(value: PortalValue) -> str:
    """The portal's name and address."""
    return " ".join(part for part in (value.name, value.url) if part)


def data_field_value(value: DataFieldValue) -> str:
    """A data field with its type, its length and whether it is mandatory."""
    parts = (value.name, value.type, value.length, need_text(value))
    return ", ".join(str(part) for part in parts if part)


def reference_value(value: ReferenceValue) -> str:
    """Title and number of an act."""
    return " ".join(part for part in (value.title, value.document_number) if part)


def number(value: float | None) -> str:
    """A number as English readers write it: 10,000 or 2.5."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value) if value is None else f"{value:,}"


def day_text(text: str) -> str:
    """An ISO date as 1 April 2026; anything else as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _short_day(text: str) -> str:
    """An ISO date as 1 Apr 2026, a day of each year (``--04-01``) as 1 Apr each year."""
    try:
        day = date.fromisoformat(f"2000-{text[2:]}" if text.startswith("--") else text)
    except ValueError:
        return text
    year = "each year" if text.startswith("--") else day.year
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {year}"


def fine_range(low: float | None, high: float | None, unit: str = "") -> str:
    """A fine's amount: 10,000–30,000, "up to 30,000", "at least 100,000"."""
    if low is None and high is None:
        return "amount not stated"
    if high is None:
        return f"at least {unit}{number(low)}"
    if not low:
        return f"up to {unit}{number(high)}"
    if low == high:
        return f"{unit}{number(low)}"
    return f"{unit}{number(low)}–{number(high)}"


def duration_text(value: DeadlineValue) -> str:
    """A deadline's length or date: "15 working days", "31 March each year"."""
    if value.date:
        text = value.date
        if value.yearly and re.fullmatch(r"--\d\d-\d\d", text):
            return f"{int(text[5:7])} {_MONTHS[int(text[2:4]) - 1]} each year"
        return day_text(text)
    parts = duration_parts(value.duration or "")
    if parts is None:
        return str(value.duration)
    words = []
    for key, word in _UNITS:
        if parts.get(key):
            kind = "working " if word == "day" and value.working_days else ""
            words.append(f"{parts[key]} {kind}{word}{'' if parts[key] == 1 else 's'}")
    return " ".join(words) or "the same day"


def fine_amount(value: FineValue, unit: str, suffix: str = "") -> str:
    """The whole amount with its basis: "CNY 500–1,000 per tonne"."""
    base = value.on or ""
    named = glossary().bases.get(base, base)
    if value.basis == "multiple":
        text = f"{_multiple(value)} {named}".strip()
        return f"{text}, at most {unit}{number(value.cap)}{suffix}" if value.cap else text
    text = fine_range(value.min, value.max, unit) + suffix
    if value.basis == "per_unit":
        return f"{text} per {named or 'unit'}"
    return f"{text} per day" if value.basis == "per_day" else text


def _multiple(value: FineValue) -> str:
    low, high = value.min or 0, value.max
    if high is not None and high < 1:
        return f"{fine_range(round(low * 100, 4), round(high * 100, 4))} % of"
    return "1 time" if low == high == 1 else f"{fine_range(value.min, value.max)} times"


def threshold_text(value: ThresholdValue) -> str:
    """ "lithium recovery rate at least 90 %"."""
    name, unit = value.parameter or "", value.unit or ""
    named = first_term(name, glossary().parameters) or name
    sign = _SIGNS.get(str(value.comparator), str(value.comparator))
    amount, unit = number(value.value), glossary().units.get(unit, unit)
    if amount == "1":
        unit = _PLURAL.sub(r"\1", unit)
    return f"{named} {sign} {amount} {unit}".strip()


def need_text(value: DataFieldValue) -> str:
    """Whether a data field must be filled in; '' where the text does not say."""
    return "" if value.mandatory is None else "mandatory" if value.mandatory else "optional"


def code_format_text(value: CodeFormatValue) -> str:
    """ "24 characters, A-HJ-NP-Z0-9, GB/T 34014-2017"."""
    length = f"{value.length} characters" if value.length else ""
    return ", ".join(part for part in (length, value.charset, value.standard) if part)
