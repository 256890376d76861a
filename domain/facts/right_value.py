"""Read the right value of a fact that somebody writes: a day, a time, a fine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.records.fact import Fact
from domain.records.states import FactKind

_DATES = {FactKind.EFFECTIVE_DATE, FactKind.EXPIRY_DATE, FactKind.COMMENT_DEADLINE}
# 15 working days · 15个工作日 · 3 months · 三十日 is not read
_DURATION = re.compile(
    r"(\d{1,4})\s*(working days?|business days?|个?工作日|days?|日|天|months?|个?月|years?|年)"
)
_UNITS = (("working", "D"), ("business", "D"), ("工作日", "D"), ("day", "D"), ("日", "D"),
          ("天", "D"), ("month", "M"), ("月", "M"), ("year", "Y"), ("年", "Y"))  # fmt: skip
# 5000-20000 · 5,000 – 20,000 · 20000
_FINE = re.compile(
    r"(?:¥|RMB|CNY)?\s*([\d,]{1,15})(?:\s*[-–—~至]\s*(?:¥|RMB|CNY)?\s*([\d,]{1,15}))?"
)


def read_right_value(fact: Fact, text: str) -> Any:
    """The value as its stored JSON, what it is about kept; ValueError for what is no value of
    the fact's kind."""
    text = text.strip()
    if fact.kind in _DATES:
        return date.fromisoformat(text).isoformat()
    known = fact.value.to_json()
    if not isinstance(known, Mapping):
        raise ValueError("this kind of fact has no value that can be written here")
    if fact.kind is FactKind.DEADLINE:
        return _deadline(known, text)
    if fact.kind is FactKind.FINE:
        return _fine(known, text)
    raise ValueError("this kind of fact has no value that can be written here")


def can_be_written(fact: Fact) -> bool:
    """Whether its right value can be written; others can only be taken out."""
    return fact.kind in {*_DATES, FactKind.DEADLINE, FactKind.FINE}


def _deadline(known: Mapping[str, Any], text: str) -> dict[str, Any]:
    kept = {name: known[name] for name in ("trigger", "who") if name in known}
    match = _DURATION.fullmatch(text.lower())
    if match is None:
        return {"date": date.fromisoformat(text).isoformat(), **kept}
    unit = next(letter for word, letter in _UNITS if word in match[2])
    working = any(word in match[2] for word in ("working", "business", "工作"))
    return {"duration": f"P{int(match[1])}{unit}", "working_days": working, **kept}


def _fine(known: Mapping[str, Any], text: str) -> dict[str, Any]:
    match = _FINE.fullmatch(text)
    if match is None or known.get("basis") not in (None, "fixed", "per_unit"):
        raise ValueError("expected sums such as 5000-20000")
    first, second = (int(part.replace(",", "")) if part else None for part in match.groups())
    low, high = (first, second) if second is not None else (None, first)
    if low is not None and high is not None and low > high:
        raise ValueError("expected the lower sum first")
    return {**known, "min": low, "max": high}
