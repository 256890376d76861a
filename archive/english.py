"""English for readers without Chinese: facts, names and titles from templates and a glossary.

Nothing here is a translation; every sentence is built from values and locked terms, and
stands beside the Chinese, never instead of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from archive.factpairs import direction
from archive.records import Fact, FactKind

_DURATION = re.compile(
    r"P(?:(?P<y>\d+)Y)?(?:(?P<mo>\d+)M)?(?:(?P<w>\d+)W)?(?:(?P<d>\d+)D)?"
    r"(?:T(?:(?P<h>\d+)H)?(?:(?P<mi>\d+)M)?)?"
)
_UNITS = (
    ("y", "year"),
    ("mo", "month"),
    ("w", "week"),
    ("d", "day"),
    ("h", "hour"),
    ("mi", "minute"),
)
_MONTHS = [
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
]


def number(value: Any) -> str:
    """A number as English readers write it: 10,000 or 2.5."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def fine_range(value: Mapping[str, Any], unit: str = "") -> str:
    """A fine's amount: 10,000–30,000, "up to 30,000", "1–3 times the illegal gains"."""
    low, high = value.get("min"), value.get("max")
    if high is None:
        text = f"at least {unit}{number(low)}"
    elif not low:
        text = f"up to {unit}{number(high)}"
    elif low == high:
        text = f"{unit}{number(low)}"
    else:
        text = f"{unit}{number(low)}–{number(high)}"
    return text


def duration_text(value: Mapping[str, Any]) -> str:
    """A deadline's length or date: "15 working days", "31 March each year"."""
    if value.get("date"):
        day = str(value["date"])
        if value.get("yearly"):
            return f"{int(day[-2:])} {_MONTHS[int(day[2:4]) - 1]} each year"
        return day
    match = _DURATION.fullmatch(str(value.get("duration") or ""))
    if not match:
        return str(value.get("duration"))
    parts = []
    for key, word in _UNITS:
        if match[key] is not None:
            count = int(match[key])
            kind = "working " if word == "day" and value.get("working_days") else ""
            parts.append(f"{count} {kind}{word}{'' if count == 1 else 's'}")
    return "the same day" if parts == ["0 days"] else " ".join(parts)


def fact_phrase(fact: Fact) -> str:
    """A short phrase for a fine or a deadline: "fine 10,000–30,000 yuan"."""
    if fact.kind is FactKind.FINE:
        return f"fine {_fine_yuan(fact.value)}"
    return f"deadline {duration_text(fact.value)}"


def _fine_yuan(value: Mapping[str, Any]) -> str:
    if value.get("basis") == "multiple":
        return f"{fine_range(value)} times"
    return f"{fine_range(value)} yuan"


def fact_change_phrase(before: Fact, after: Fact) -> str:
    """What changed, plainly: "fine raised 5,000–20,000 → 10,000–30,000 yuan"."""
    way = direction(before, after)
    if before.kind is FactKind.FINE:
        word = {"tighter": "raised", "looser": "lowered"}.get(way, "changed")
        old = (
            fine_range(before.value)
            if before.value.get("basis") == after.value.get("basis")
            else _fine_yuan(before.value)
        )
        return f"fine {word} {old} → {_fine_yuan(after.value)}"
    word = {"tighter": "shortened", "looser": "extended"}.get(way, "changed")
    return f"deadline {word} {duration_text(before.value)} → {duration_text(after.value)}"
