"""Define what Slack may ask of the archive, and who may ask: the search, the duties, a check."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo

from archive.store import Archive
from config.model import Settings
from config.people import People
from i18n.phrases import Lang, local_day
from notifier.messages.notification_context import NotificationContext


@dataclass(frozen=True, kw_only=True, slots=True)
class ChatLine:
    """One line of an answer: bold words, plain words, an address that the bold ones lead to."""

    lead: str
    text: str = ""
    url: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ChatCard:
    """What an address stands for: an act or a change of it."""

    title: str
    lines: Sequence[str]
    url: str


class ChatAnswers(Protocol):
    """What the archive answers; ``person`` is the id of who asks, '' where none are known."""

    def search(self, archive: Archive, words: str, lang: Lang) -> Sequence[ChatLine]: ...

    def duty(self, archive: Archive, question: str, lang: Lang) -> Sequence[ChatLine]: ...

    def due(self, archive: Archive, days: int, lang: Lang) -> Sequence[ChatLine]: ...

    def check(self, archive: Archive, text: str, lang: Lang) -> Sequence[ChatLine]: ...

    def mine(self, archive: Archive, person: str, lang: Lang) -> Sequence[ChatLine]: ...

    def health(self, archive: Archive, lang: Lang) -> Sequence[ChatLine]: ...

    def card(self, archive: Archive, url: str, lang: Lang) -> ChatCard | None:
        """The act that an address of the archive or of an official page stands for."""


@dataclass(frozen=True, kw_only=True)
class ChatDesk:
    """What clicks and questions are answered with."""

    people: People = field(default_factory=People)
    topics: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # id -> en, zh
    deputies: Mapping[str, str] = field(default_factory=dict)  # by name of a channel
    second_person: bool = False
    public_url: str | None = None
    zone: tzinfo = UTC
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    answers: ChatAnswers | None = None

    @property
    def today(self) -> date:
        return local_day(self.clock(), self.zone)

    def page(self, notice_id: int) -> str | None:
        """Where the archive shows an act; None when it is not public."""
        return f"{self.public_url.rstrip('/')}/notices/{notice_id}" if self.public_url else None


def chat_desk(
    settings: Settings, answers: ChatAnswers | None, clock: Callable[[], datetime]
) -> ChatDesk:
    """What clicks and questions are answered with, by the settings."""
    return ChatDesk(
        people=settings.team,
        topics=NotificationContext(settings).topics,
        deputies={one.channel: one.deputy for one in settings.subscriptions if one.deputy},
        second_person=settings.second_person_for_red,
        public_url=settings.web.public_url,
        zone=ZoneInfo(settings.timezone),
        clock=clock,
        answers=answers,
    )
