"""Look up names for messages: sources, topics, issuers; and the time zone of the settings."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from config.companies.entities import Entity, load_entities
from config.loader import ConfigError, load_issuers, load_sources_lenient, load_topics
from config.model import Language, Names, Settings, Source
from notifier.messages.alert import RenderContext

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class NotificationContext:
    """Names are read from files only when a message needs them."""

    settings: Settings

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.settings.timezone)

    @cached_property
    def sources(self) -> dict[str, Source]:
        """By key; empty when they cannot be read: an alert without a name is better than none."""
        folder = self.settings.sources_dir
        try:
            return load_sources_lenient(Path(folder) if folder else None)[0]
        except ConfigError as error:
            logger.warning("sources cannot be read: %s", error)
            return {}

    @cached_property
    def topics(self) -> dict[str, tuple[str, str]]:
        """English and Chinese name by topic id."""
        file = self.settings.topics_file
        topics = load_topics(Path(file) if file else None)
        return {topic.id: (topic.name.en or topic.name.zh, topic.name.zh) for topic in topics}

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """Our companies; none when their file cannot be read: the alerts go out all the same."""
        try:
            return load_entities(self.settings.entities_file)
        except ConfigError as error:
            logger.warning("companies cannot be read: %s", error)
            return ()

    @cached_property
    def issuers(self) -> dict[str, str]:
        return load_issuers()

    def setting(self, now: datetime, language: Language) -> RenderContext:
        """What a renderer must know for readers of a language."""
        return RenderContext(
            now=now,
            zone=self.zone,
            language=language,
            topics=self.topics,
            issuers=self.issuers,
            public_url=self.settings.web.public_url,
        )

    def addressee(self, name: str, channel: str) -> str:
        """Who a name means, as the channel can reach them: a Slack id, a mail address, else the
        name to show."""
        found = self.settings.team.find(name)
        if found is None:
            return name
        kind = self.settings.channels[channel].type
        reached = {"slack": found.slack, "email": found.mail}.get(kind)
        return reached or found.shown

    def source_names(self, key: str) -> Names:
        """A source's name; its key for one whose file is gone."""
        source = self.sources.get(key)
        return source.name if source else Names(zh=key, en=key)
