"""Turn an alert, a summary, a digest or a few lines into the messages of one kind of channel."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any, Protocol

from domain.records.message import NewOutboxItem
from i18n.phrases import Lang
from notifier.messages.alert import Alert
from notifier.messages.digest_model import Digest
from notifier.render.digestview import digest_lines
from notifier.render.envelope import Envelope
from notifier.render.lines import (
    Line,
    Summary,
    alert_lines,
    clean_text,
    handling_lines,
    reminder_lines,
    summary_lines,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class LineMessage:
    """A message as lines. ``fields`` are for programs that read no text."""

    lines: tuple[Line, ...]
    lang: Lang
    severity: str = "grey"
    title: str = ""  # the first line where it is empty
    fields: Mapping[str, Any] = field(default_factory=dict)
    test_button: str = ""  # what a click on it brings back, where clicks arrive

    @property
    def headline(self) -> str:
        return self.title or self.lines[0].plain


class Renderer(Protocol):
    """What a kind of channel makes of each kind of message, and how a payload reads."""

    def alert(self, alert: Alert, envelope: Envelope) -> list[NewOutboxItem]: ...

    def summary(self, summary: Summary, envelope: Envelope) -> list[NewOutboxItem]: ...

    def digest(self, digest: Digest, zone: tzinfo, envelope: Envelope) -> list[NewOutboxItem]: ...

    def reminder(
        self, alert: Alert, words: str, deputy: str, envelope: Envelope
    ) -> list[NewOutboxItem]: ...

    def lines(self, message: LineMessage, envelope: Envelope) -> list[NewOutboxItem]: ...

    def preview(self, payload: Mapping[str, Any]) -> str: ...


def reminder_message(alert: Alert, words: str, deputy: str, *, links: bool) -> LineMessage:
    """An alert that nobody owns, once more; ``links`` to take it on where there are no buttons."""
    lines = reminder_lines(alert, words, deputy)
    if links:
        lines += handling_lines(alert)
    return LineMessage(lines=tuple(lines), lang=alert.lang, severity=alert.severity)


class LineRenderer(ABC):
    """For channels whose messages are all made of lines: they differ in what a payload is."""

    diff_characters = 30_000  # of an alert's diff; the rest is in the archive
    links = True  # readers can follow links to acknowledge an act

    @abstractmethod
    def lines(self, message: LineMessage, envelope: Envelope) -> list[NewOutboxItem]: ...

    @abstractmethod
    def preview(self, payload: Mapping[str, Any]) -> str: ...

    def alert(self, alert: Alert, envelope: Envelope) -> list[NewOutboxItem]:
        return self.lines(self.alert_message(alert), envelope)

    def alert_message(self, alert: Alert) -> LineMessage:
        """The alert as lines, its diff cut at what the channel carries."""
        return LineMessage(
            lines=tuple(alert_lines(alert, self.diff_characters, links=self.links)),
            lang=alert.lang,
            severity=alert.severity,
            title=clean_text(alert.headline),
        )

    def summary(self, summary: Summary, envelope: Envelope) -> list[NewOutboxItem]:
        lines = tuple(summary_lines(summary))
        return self.lines(LineMessage(lines=lines, lang=summary.lang), envelope)

    def digest(self, digest: Digest, zone: tzinfo, envelope: Envelope) -> list[NewOutboxItem]:
        lines = tuple(digest_lines(digest, zone))
        return self.lines(LineMessage(lines=lines, lang=digest.lang), envelope)

    def reminder(
        self, alert: Alert, words: str, deputy: str, envelope: Envelope
    ) -> list[NewOutboxItem]:
        return self.lines(reminder_message(alert, words, deputy, links=self.links), envelope)
