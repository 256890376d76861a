"""Read when a duty is due from its clause; *before* and *within* are never the same."""

from __future__ import annotations

from classifier.duties.times.dated_times import dated
from classifier.duties.times.recurring_times import recurring, repeated
from classifier.duties.times.relative_times import (
    advance,
    after_length,
    around_event,
    bare_before,
    near,
    within,
)
from classifier.duties.times.time_events import TimeSpan, event_of
from classifier.facts.calendar_dates import YearContext

__all__ = ["TimeSpan", "event_of", "find_times"]


def find_times(text: str, years: YearContext) -> list[TimeSpan]:
    """All times of a clause in reading order; none overlaps another."""
    found: list[TimeSpan] = []
    readers = (
        recurring(text), dated(text, years), after_length(text),
        advance(text), within(text), repeated(text),
        near(text), around_event(text), bare_before(text),
    )  # fmt: skip
    taken = bytearray(len(text))
    for span in (span for spans in readers for span in spans):
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"x" * (span.end - span.start)
            found.append(span)
    return sorted(found, key=lambda span: span.start)
