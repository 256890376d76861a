"""What later acts make of the duties of an act's text: terms put off, articles paused.

The text stays, its term does not: an extended deadline is told with its new day, and a term of
which it is not sure which duty it is of is told of none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from domain.acts.extension import later_by
from domain.law.act_history import ActEvent, ActHistory
from domain.law.duties import ChangedBy, Duty, TimeRelation, When

_ENDS = frozenset({TimeRelation.BY, TimeRelation.UNTIL, TimeRelation.BEFORE, TimeRelation.WITHIN})


def duties_on(duties: Sequence[Duty], history: ActHistory, day: date) -> tuple[Duty, ...]:
    """The duties of the text of a day as other acts have changed them by then."""
    begun = [
        event
        for event in history.events
        if event.kind == "deadline"
        and event.since is not None
        and event.since <= day
        and not history.worded_by(event.source_id)
    ]
    return tuple(_paused(duty, history, day) for duty in with_terms(duties, begun))


def with_terms(duties: Sequence[Duty], events: Iterable[ActEvent]) -> tuple[Duty, ...]:
    """The duties with the terms that later acts set, one act after the other."""
    found = tuple(duties)
    for event in events:
        found = _put_off(found, event)
    return found


def _put_off(duties: tuple[Duty, ...], event: ActEvent) -> tuple[Duty, ...]:
    meant = _meant(duties, event)
    return tuple(_renewed(duty, event) if duty in meant else duty for duty in duties)


def _meant(duties: Sequence[Duty], event: ActEvent) -> list[Duty]:
    """The duties whose term an event changes: of its articles, with its old end, else those
    whose words are the term's; where several ends remain, all of them, as none is sure."""
    terms = event.terms
    timed = [duty for duty in duties if duty.when is not None and duty.when.relation in _ENDS]
    if terms.scope:
        timed = [duty for duty in timed if duty.article in terms.scope]
    if terms.old:
        return [duty for duty in timed if terms.old in (_end_of(duty), _length_of(duty))]
    if terms.new and terms.new.startswith("P"):
        timed = [duty for duty in timed if _length_of(duty)]
    else:
        timed = [duty for duty in timed if _end_of(duty)]
    if terms.what and (named := [duty for duty in timed if terms.what in duty.quote]):
        return named
    return timed


def _end_of(duty: Duty) -> str | None:
    return duty.when.date if duty.when is not None else None


def _length_of(duty: Duty) -> str | None:
    return duty.when.duration if duty.when is not None else None


def _renewed(duty: Duty, event: ActEvent) -> Duty:
    assert duty.when is not None
    since = event.since.isoformat() if event.since else None
    by = ChangedBy(act_id=event.source_id, relation="extends", since=since)
    return replace(
        duty, when=_new_time(duty.when, event), changed_by=(*duty.changed_by, by),
    )  # fmt: skip


def _new_time(when: When, event: ActEvent) -> When | None:
    """The time with its new end; None where the statement gives no end that can be counted."""
    new, by = event.terms.new, event.terms.by
    if new and not new.startswith("P"):
        return replace(when, date=new, duration=None if when.date else when.duration)
    if new and when.duration:
        return replace(when, duration=new)
    if by and when.date:
        day = later_by(date.fromisoformat(when.date), by)
        return None if day is None else replace(when, date=day.isoformat())
    return None


def _paused(duty: Duty, history: ActHistory, day: date) -> Duty:
    pause = history.paused(duty.article or "", day) or history.paused_part(duty.quote, day)
    if pause is None:
        return duty
    by = ChangedBy(act_id=pause.source_id, relation="suspends", since=pause.since.isoformat())
    return replace(duty, state="suspended", changed_by=(*duty.changed_by, by))
