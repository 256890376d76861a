"""What the handlers share: settings, sources, the archive per thread, the visitor's words."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import jinja2
from starlette.requests import Request

from archive.store import Archive
from config.fair_turns import FairTurns
from domain.records.notice import Notice
from i18n.phrases import Lang
from i18n.visitor_words import Words
from noticewatch.application.law.acts_on import dated_on, relevant_on
from noticewatch.web.auth.sessions import forms_key
from noticewatch.web.auth.users import Guard
from noticewatch.web.notice_cache import NoticeCache
from noticewatch.web.template_engine import make_templates

if TYPE_CHECKING:
    from config.companies.entities import Entity
    from config.model import Names, Settings, Source, Topic
    from noticewatch.application.me.mine import Mine
    from noticewatch.web.auth.oidc_client import OidcClient


COSTLY_AT_ONCE = 2  # searches, comparisons and tables; other pages wait for none of them
MOST_WAITING = 10  # of one client


@dataclass
class WebContext:
    """One web archive; handlers run in threads, and each thread has its own connection."""

    data_dir: Path
    settings: Settings
    topics: tuple[Topic, ...]
    sources: Mapping[str, Source]
    jurisdictions: Mapping[str, Names]
    clock: Callable[[], datetime]
    check: Callable[[str], None] | None = None  # starts a check of the source with this key
    costly: FairTurns = field(
        default_factory=lambda: FairTurns(slots=COSTLY_AT_ONCE, most_waiting=MOST_WAITING)
    )
    provider: OidcClient | None = None  # of logins, once somebody has asked for it
    login_lock: threading.Lock = field(default_factory=threading.Lock)
    _local: threading.local = field(default_factory=threading.local)

    @property
    def archive(self) -> Archive:
        archive: Archive | None = getattr(self._local, "archive", None)
        if archive is None:
            archive = self._local.archive = self.open_archive()
        return archive

    def open_archive(self, *, create: bool = True, read_only: bool = False) -> Archive:
        """One more connection to the archive; whoever asks closes it."""
        url = self.settings.archive_url
        return Archive.open(self.data_dir, create=create, read_only=read_only, url=url)

    @cached_property
    def guard(self) -> Guard:
        return Guard(
            web=self.settings.web,
            secret=forms_key(self.data_dir, lambda _: self.archive.secret("web")),
            people=self.settings.team,
            clock=self.clock,
        )

    @cached_property
    def templates(self) -> jinja2.Environment:
        return make_templates(self.settings)

    @cached_property
    def _cache(self) -> NoticeCache:
        return NoticeCache(lambda: self.archive.revision())

    @property
    def today(self) -> date:
        return self.clock().astimezone(ZoneInfo(self.settings.timezone)).date()

    @cached_property
    def _topics(self) -> dict[str, Topic]:
        return {topic.id: topic for topic in self.topics}

    def words(self, language: Lang) -> Words:
        return Words(
            language=language,
            today=self.today,
            topics=self._topics,
            jurisdictions=self.jurisdictions,
        )

    def base_url(self, request: Request) -> str:
        return (self.settings.web.public_url or str(request.base_url)).rstrip("/")

    @property
    def alert_channels(self) -> list[str]:
        """The channels that alerts may go to."""
        known = self.settings.channels.items()
        return [name for name, channel in known if channel.purpose == "alerts"]

    def relevant(self, as_of: date | None = None) -> list[Notice]:
        """Relevant notices with their topics, facts and duties, newest first; on a day those
        that were published by then, as they stood."""
        if as_of is not None:
            return relevant_on(self.archive, as_of)
        day = self.today.toordinal()
        return self._cache.get("relevant", day, lambda: self.archive.overview.relevant_notices())

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """Our companies; none where their file is missing or cannot be read."""
        from config.companies.entities import load_entities
        from config.yaml_file import ConfigError

        try:
            return load_entities(self.settings.entities_file)
        except ConfigError as error:
            logging.getLogger(__name__).warning("companies cannot be read: %s", error)
            return ()

    def mine(self, key: str | None) -> Mine:
        """What is ours, or one company's."""
        from noticewatch.application.me.mine import read_mine

        entities = [entity for entity in self.entities if key in (None, entity.key)]
        today, notices = self.today, self.relevant()
        return self._cache.get(
            f"mine:{key}",
            today.toordinal(),
            lambda: read_mine(self.archive, notices, entities, today),
        )

    def dated(self, as_of: date | None = None) -> list[Notice]:
        """Relevant notices that name a day from today, or from a day, on."""
        if as_of is not None:
            return dated_on(self.archive, as_of)
        today = self.today
        return self._cache.get(
            "dated", today.toordinal(), lambda: self.archive.overview.dated_notices(today)
        )
