"""The facts that a test expects, in short."""

from __future__ import annotations

Key = tuple[object, ...]


def d(duration: str) -> Key:
    return ("deadline", duration, False)


def w(duration: str) -> Key:
    return ("deadline", duration, True)


def fine(low: float, high: float | None) -> Key:
    return ("fine", low, high, "fixed", None)


def times(low: float, high: float | None, base: str) -> Key:
    return ("fine", low, high, "multiple", base)


def per(low: float, high: float | None, unit: str) -> Key:
    return ("fine", low, high, "per_unit", unit)


def daily(low: float, high: float | None) -> Key:
    return ("fine", low, high, "per_day", None)


def starts(day: str) -> Key:
    return ("effective_date", day)


def ends(day: str) -> Key:
    return ("expiry_date", day)


def comments(day: str) -> Key:
    return ("comment_deadline", day)
