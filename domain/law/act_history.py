"""An act's history from what is known to have happened to it: wordings, pauses, ends, terms.

Pure: the same events in any order of arrival give the same history. Each event has its day; what
corrects counts from the beginning unless it says from when.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from domain.acts.amendment import amend, part_text
from domain.acts.amendment_parser import ActNames, Orders, read_orders_for
from domain.acts.changing.amendment_clauses import PUBLICATION_DAY, Instruction
from domain.acts.changing.named_parts import article_of, part_number, place_of
from domain.acts.changing.new_names import renames
from domain.acts.entry_into_force import article_first_days, last_day_of
from domain.acts.extension import later_by
from domain.law.provisions import (
    ArticleDays,
    Basis,
    Provision,
    Wording,
    article_labels,
    labelled_parts,
    provisions,
    provisions_on,
)
from domain.records.effect_terms import ANY, NO_TERMS, EffectTerms
from domain.text.articles import provision_number

EventKind = Literal[
    "amended", "corrected", "edited", "partly_repealed", "suspended", "resumed", "postponed",
    "deadline", "extended", "unclear",
]  # fmt: skip
_AMENDING = frozenset({"amended", "deadline", "extended", "partly_repealed"})
_LEAVES_DOUBT = frozenset({"amended", "corrected", "partly_repealed"})
_SOME_ANNEX = "附件"
_BESIDE_ARTICLES = ("附", "目录", "清单", "名录", "表")
# On one day what corrects goes before what amends, and a new page is seen last.
_ORDER: dict[EventKind, int] = {"corrected": 0, "amended": 1, "edited": 2}


@dataclass(frozen=True, kw_only=True, slots=True)
class ActEvent:
    """What happened to an act: ``since`` is its first day (None: not known), ``text`` the words of
    the act that did it, or the new page (``before``: the page as it was)."""

    kind: EventKind
    since: date | None
    source_id: int
    source_number: str | None = None
    published: date | None = None
    text: str = ""
    before: str = ""
    orders: Orders | None = None  # of ``text`` for this act, those of one day
    terms: EffectTerms = NO_TERMS
    from_beginning: bool = False  # where it has no day: it corrects
    own_day: date | None = None  # of the act that did it, where it does not only correct
    item_days: Mapping[str, date] = field(default_factory=dict)
    """From when items of the act that did it have effect, as later acts say, by their numbers
    (:func:`provision_number`); ``date.max`` where it is not known yet."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pause:
    """A time in which an act, or some of its articles, is not applied; ``until`` inclusive."""

    since: date
    until: date | None
    articles: tuple[str, ...]
    source_id: int

    def covers(self, article: str, day: date, wordings: Sequence[Wording]) -> bool:
        """Whether an article is not applied on a day; it keeps its pause under a new number."""
        if not self.lasts_on(day):
            return False
        return not self.articles or provision_number(article) in self._numbered_on(day, wordings)

    def lasts_on(self, day: date) -> bool:
        """Whether it is in effect on a day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def parts_of(self, article: str) -> list[str]:
        """The parts of an article that are not applied, by the numbers that the pause gives."""
        number = provision_number(article)
        return [
            one
            for one in self.articles
            if place_of(one) and provision_number(article_of(one)) == number
        ]

    def _numbered_on(self, day: date, wordings: Sequence[Wording]) -> set[str]:
        labels = {part_number(one) for one in self.articles}
        for wording in wordings:
            if wording.since is not None and self.since < wording.since <= day:
                moved = {
                    provision_number(old): provision_number(new)
                    for old, new in wording.moved.items()
                }
                labels = {moved.get(label, label) for label in labels}
        return labels


@dataclass(frozen=True, kw_only=True, slots=True)
class ActHistory:
    """How an act reads and applies over time; ``first`` and ``last`` are its own days."""

    wordings: Sequence[Wording]
    pauses: Sequence[Pause]
    events: Sequence[ActEvent]
    days: ArticleDays
    first: date | None
    last: date | None

    def provisions(self) -> list[Provision]:
        """Every article with the days from and until which it reads so."""
        return provisions(self.wordings, self.last, self.days)

    @property
    def reworded(self) -> bool:
        """Whether another act, or a correction, has worded some of it anew."""
        return any(one.text != self.wordings[0].text for one in self.wordings)

    def stated_end(self) -> date | None:
        """The last day that its text, as it is worded last, gives its term."""
        return last_day_of(self.wordings[-1].text, self.first)

    def reads_on(self, day: date) -> list[Provision]:
        """The articles that stand on a day, in the order of the text of that day."""
        found = provisions_on(self.provisions(), day)
        begun = [one for one in self.wordings if one.since is not None and one.since <= day]
        text = (begun or self.wordings)[-1].text
        place = {label: number for number, label in enumerate(article_labels(text))}
        return sorted(found, key=lambda item: place.get(item.article, len(place)))

    def paused(self, article: str, day: date) -> Pause | None:
        """The pause of an article on a day, by the number that it has then."""
        return next((one for one in self.pauses if one.covers(article, day, self.wordings)), None)

    def paused_part(self, words: str, day: date) -> Pause | None:
        """The pause of that part of an article (第三条第（二）项) in which some words stand."""
        for pause in self.pauses:
            if pause.lasts_on(day) and any(map(place_of, pause.articles)):
                for item in self.reads_on(day):
                    parts = pause.parts_of(item.article)
                    if any(words in (part_text(item.text, part) or "") for part in parts):
                        return pause
        return None

    def paused_parts(self, article: str, day: date) -> tuple[str, ...]:
        """The parts of an article that are paused on a day while the rest of it is not."""
        lasting = (one for one in self.pauses if one.lasts_on(day))
        return tuple(dict.fromkeys(part for one in lasting for part in one.parts_of(article)))

    def worded_by(self, source_id: int) -> bool:
        """Whether an act has put its change into the text itself."""
        return any(one.source_id == source_id for one in self.wordings[1:])

    def turning_days(self) -> list[date]:
        """The days from which something about the act's duties is another, in order."""
        days = [wording.since for wording in self.wordings[1:]]
        days += [pause.since for pause in self.pauses]
        days += [pause.until + timedelta(days=1) for pause in self.pauses if pause.until]
        days += [event.since for event in self.events if event.kind in ("deadline", "extended")]
        days += [*self.days.first.values()]
        days += [day + timedelta(days=1) for day in self.days.last.values()]
        first = self.first
        return sorted({day for day in days if day is not None and (not first or day > first)})


def act_history(
    title: str, issued: Wording, events: Iterable[ActEvent], last: date | None = None
) -> ActHistory:
    """The history of an act of that title; ``last`` is its last day (inclusive)."""
    known = [*events]
    names = _names(title, issued.source_number, known)
    split = [one for event in known for one in _by_day(event, names)]
    ordered = sorted(split, key=lambda event: _key(event, issued.since))
    return ActHistory(
        wordings=_wordings(issued, ordered),
        pauses=_pauses(ordered), events=ordered,
        days=ArticleDays(
            first={**article_first_days(issued.text), **_starts(ordered)}, last=_ends(ordered)
        ),
        first=issued.since, last=last,
    )  # fmt: skip


def _key(event: ActEvent, first: date | None) -> tuple[date, int, date, str, int]:
    since = event.since
    if since is None and _from_beginning(event):
        since = first or date.min
    return (
        since or date.max, _ORDER.get(event.kind, 3), event.published or date.max,
        event.source_number or "", event.source_id,
    )  # fmt: skip


def _from_beginning(event: ActEvent) -> bool:
    """Whether an event without a day counts from the first one: it corrects."""
    return event.kind == "corrected" or event.from_beginning


# ------------------------------------------------------------------ wordings


def _names(title: str, number: str | None, events: Sequence[ActEvent]) -> ActNames:
    """What an act is called: by its title, and by the names that later acts give it."""
    names = ActNames((title,), number)
    given = (read_orders_for(one.text, names).renamed for one in events if renames(one.text))
    return ActNames((title, *(name for name in given if name)), number)


def _by_day(event: ActEvent, names: ActNames) -> list[ActEvent]:
    """An event for each day on which some of its orders take effect."""
    if not event.text or event.kind == "edited":
        return [event]
    put_off = tuple(sorted(event.item_days.items()))
    orders = read_orders_for(event.text, names, put_off=put_off)
    given = [(_day_of(one, event), one) for one in orders.instructions if one.since != date.max]
    plain = tuple(one for day, one in given if day is None)
    found = [replace(event, orders=replace(orders, instructions=plain))]
    for day in sorted({day for day, _ in given if day is not None}):
        some = tuple(one for since, one in given if since == day)
        found.append(
            replace(event, orders=replace(orders, instructions=some, unread=()), since=day)
        )
        if event.kind == "corrected" and not any(one.correcting for one in some):
            found[-1] = replace(found[-1], kind="amended")
    return found


def _day_of(order: Instruction, event: ActEvent) -> date | None:
    """The day of its own that an order has; what an act that else corrects orders besides, has
    the act's own."""
    if order.since == PUBLICATION_DAY:
        return event.published
    besides = event.kind == "corrected" and event.since is None and not order.correcting
    return order.since or (event.own_day if besides else None)


def _wordings(issued: Wording, events: Sequence[ActEvent]) -> list[Wording]:
    found = [issued]
    for event in events:
        since = event.since
        if since is None and _from_beginning(event):
            since = issued.since
        made = None if since is None else _made(found[-1].text, event)
        if made is not None:
            found.append(replace(made, since=since))
    return found


def _made(text: str, event: ActEvent) -> Wording | None:
    """The text as an event makes it; None where it makes no other text."""
    basis: Basis = "amended" if event.kind in _AMENDING else "corrected"
    plain = Wording(
        text=text, since=event.since, basis=basis, source_id=event.source_id,
        source_number=event.source_number,
    )  # fmt: skip
    if event.kind == "unclear":
        return _in_doubt(plain, event.terms.doubtful)
    if event.kind == "edited":
        edited = _as_edited(text, event.before, event.text)
        if edited == text:
            return None
        old, new = labelled_parts(text), labelled_parts(edited)
        anew = tuple(label for label in new if new[label] != old.get(label))
        return replace(plain, text=edited, replaced=anew)
    if event.kind == "partly_repealed":
        event = replace(event, orders=_without_parts(event.terms.scope))
    if event.orders is None:
        return None
    changed = amend(text, event.orders)
    if not changed.applied and not (changed.left and event.kind in _LEAVES_DOUBT):
        return None
    return replace(
        plain, text=changed.text, left=changed.left, doubtful=changed.doubtful,
        unplaced=changed.unplaced, replaced=changed.replaced, moved=changed.moved,
    )  # fmt: skip


def _without_parts(scope: Sequence[str]) -> Orders | None:
    """The orders by which parts of articles go while all others keep their numbers; what goes as
    a whole has its last day (:func:`_ends`)."""
    gone = tuple(
        Instruction(kind="delete", place=place, source=label)
        for label in scope
        if (place := place_of(label))
    )
    return Orders(gone, ()) if gone else None


def _in_doubt(same: Wording, doubtful: Sequence[str]) -> Wording | None:
    """The same text, of which some articles are not known to stand any more."""
    labels = {provision_number(label): label for label in article_labels(same.text)}
    found = tuple(labels[one] for one in map(provision_number, doubtful) if one in labels)
    if _SOME_ANNEX in doubtful:
        found += tuple(one for one in labels.values() if one.startswith(_BESIDE_ARTICLES))
    beside = all(one.startswith(_BESIDE_ARTICLES) for one in doubtful)
    if not found and beside:
        return None
    return replace(same, doubtful=found, unplaced=not found or ANY in doubtful)


def _as_edited(text: str, before: str, after: str) -> str:
    """The text with what an edit of the page changed: later acts' changes of other articles
    stay."""
    old, new = labelled_parts(before), labelled_parts(after)
    if len(new) < 2 or not _numbered(new):
        return text
    kept = []
    current = labelled_parts(text)
    for label in dict.fromkeys([*new, *current]):
        if label in new and old.get(label) != new[label]:
            kept.append(new[label])
        elif label in current and not (label in old and label not in new):
            kept.append(current[label])
    return "\n".join(kept)


def _numbered(parts: dict[str, str]) -> bool:
    return any(not label.startswith("¶") for label in parts)


# ------------------------------------------------------------------ pauses, ends, starts


def _pauses(events: Sequence[ActEvent]) -> list[Pause]:
    found: list[Pause] = []
    for event in events:
        if event.since is None:
            continue
        if event.kind == "suspended":
            found.append(
                Pause(
                    since=event.since, until=_pause_end(event), articles=event.terms.scope,
                    source_id=event.source_id,
                )
            )  # fmt: skip
        elif event.kind == "resumed":
            found = [_resumed(pause, event) for pause in found]
    return found


def _pause_end(event: ActEvent) -> date | None:
    if event.terms.until:
        return date.fromisoformat(event.terms.until)
    if event.terms.by and event.since:
        end = later_by(event.since, event.terms.by)
        return None if end is None else end - timedelta(days=1)
    return None


def _resumed(pause: Pause, event: ActEvent) -> Pause:
    scope = event.terms.scope
    paused = {*pause.articles, *map(article_of, pause.articles)}
    meant = not scope or not pause.articles or not paused.isdisjoint(scope)
    if not meant or event.since is None or event.since <= pause.since:
        return pause
    last = event.since - timedelta(days=1)
    if pause.until is not None and pause.until <= last:
        return pause
    return Pause(since=pause.since, until=last, articles=pause.articles, source_id=pause.source_id)


def _ends(events: Sequence[ActEvent]) -> dict[str, date]:
    """The last day of each article that a later act repeals."""
    found: dict[str, date] = {}
    for event in events:
        if event.kind == "partly_repealed" and event.since is not None:
            for article in event.terms.scope:
                if place_of(article) is None:
                    found.setdefault(provision_number(article), event.since - timedelta(days=1))
    return found


def _starts(events: Sequence[ActEvent]) -> dict[str, date]:
    """The first day of each article that a later act puts off."""
    found: dict[str, date] = {}
    for event in events:
        new = event.terms.new or ""
        if event.kind == "postponed" and event.terms.scope and new[:1].isdigit():
            day = date.fromisoformat(new)
            found.update(dict.fromkeys(map(provision_number, event.terms.scope), day))
    return found
