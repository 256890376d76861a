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
    owner: str = ""  # who has the act


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangedAct:
    """An act that changed, on one line: the first line that alert and inbox tell it by."""

    notice_id: int
    severity: str
    line: str
    second: str  # the same in Chinese for readers of both languages, else ''
    title: str
    url: str
    page: str | None  # in the archive, where that is public
    notes: tuple[str, ...] = ()  # found late, or whose it is
    owned: bool = False


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
    ours: tuple[Alert, ...]  # what applies to our companies, with its duties
    dates: tuple[OpenDate, ...]
    changed: tuple[ChangedAct, ...]
    minor: tuple[TitleLine, ...]
    gone: tuple[TitleLine, ...]
    covered: tuple[Coverage, ...]
    national: bool  # a national rule in force that the subscription asks for
    blind: tuple[str, ...]
    activity: tuple[tuple[str, int], ...]  # week label, relevant changes
    near: tuple[NearNotice, ...] = ()
    vouched: str = ""  # the head of the archive's hash chain, in words
    public_url: str | None = None
    handling: bool = True  # with links to acknowledge an act
