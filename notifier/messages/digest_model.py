"""Define a digest as data: what every renderer of digests starts from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from i18n.phrases import Lang
from notifier.messages.alert import Alert
from notifier.selection.coverage import Coverage


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenDate:
    """A day ahead on which something happens; ``left`` in days."""

    day: date
    left: int
    what: str
    place: str
    title: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicGroup:
    """Acts to decide on under one topic, by jurisdiction."""

    topic: str
    alerts: tuple[Alert, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TitleLine:
    """An act told by its title alone."""

    mark: str
    place: str
    what: str
    title: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NearNotice:
    """A notice that was not told, though it came near the line; the quote says why."""

    number: int
    place: str
    title: str
    url: str
    percent: int
    quote: str
    where: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Digest:
    """A digest in words, for every renderer."""

    lang: Lang
    both: bool
    subject: str
    covers: str
    empty: bool
    verdict: str
    healthy: str
    groups: tuple[TopicGroup, ...]
    dates: tuple[OpenDate, ...]
    minor: tuple[TitleLine, ...]
    gone: tuple[TitleLine, ...]
    covered: tuple[Coverage, ...]
    national: bool  # a national rule in force that the subscription asks for
    blind: tuple[str, ...]
    activity: tuple[tuple[str, int], ...]  # week label, relevant changes
    near: tuple[NearNotice, ...] = ()
    vouched: str = ""  # the head of the archive's hash chain, in words
    handling: bool = True  # with links to acknowledge an act
