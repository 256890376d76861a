"""Render messages as Slack's Block Kit: continuations in a thread, buttons where they work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo
from typing import Any

from domain.records.message import NewOutboxItem
from domain.records.states import OutboxKind
from i18n.phrases import short_day
from i18n.slack_words import slack_words
from notifier.messages.alert import Alert
from notifier.messages.digest_model import Digest
from notifier.render import slack_blocks
from notifier.render.digestview import digest_lines
from notifier.render.envelope import Envelope
from notifier.render.lines import Line, Summary
from notifier.render.renderer import LineMessage, reminder_message


class SlackRenderer:
    """``buttons``: clicks on them come back. ``diff_as_file``: a long diff is one file."""

    def __init__(self, *, buttons: bool = False, diff_as_file: bool = False) -> None:
        self._buttons = buttons
        self._diff_as_file = diff_as_file

    def alert(self, alert: Alert, envelope: Envelope) -> list[NewOutboxItem]:
        messages = slack_blocks.alert_messages(
            alert, envelope.key, buttons=self._buttons, as_file=self._diff_as_file
        )
        if envelope.kind is OutboxKind.REPLY and _must_be_seen(alert):
            day = short_day(envelope.now.date(), alert.lang)
            note = slack_words("changed_below", alert.lang, date=day)
            messages[0] |= {"reply_broadcast": True, "parent_note": note}
        return _items(messages, envelope)

    def summary(self, summary: Summary, envelope: Envelope) -> list[NewOutboxItem]:
        return _items(slack_blocks.summary_messages(summary, envelope.key), envelope)

    def digest(self, digest: Digest, zone: tzinfo, envelope: Envelope) -> list[NewOutboxItem]:
        threaded = replace(envelope, thread=envelope.key)
        return _pages(digest_lines(digest, zone), threaded)

    def reminder(
        self, alert: Alert, words: str, deputy: str, envelope: Envelope
    ) -> list[NewOutboxItem]:
        message = reminder_message(alert, words, deputy, links=not self._buttons)
        return self.lines(message, envelope)

    def lines(self, message: LineMessage, envelope: Envelope) -> list[NewOutboxItem]:
        items = _pages(message.lines, envelope)
        if not message.test_button or not self._buttons:
            return items
        button = slack_blocks.test_block(message.test_button, message.lang)
        first = items[0]
        payload = {**first.payload, "blocks": [*first.payload["blocks"], button]}
        return [replace(first, payload=payload), *items[1:]]

    def preview(self, payload: Mapping[str, Any]) -> str:
        return str(slack_blocks.plain_fallback(dict(payload))["text"])


def _must_be_seen(alert: Alert) -> bool:
    """Whether a change in an old thread is shown in the channel too: what is RED, what comes
    earlier."""
    return alert.severity == "red" or any(row.effect == "earlier" for row in alert.rows)


def _pages(lines: Sequence[Line], envelope: Envelope) -> list[NewOutboxItem]:
    return _items(slack_blocks.page_messages(lines, envelope.key), envelope)


def _items(messages: Sequence[slack_blocks.Message], envelope: Envelope) -> list[NewOutboxItem]:
    """The first message keeps its kind; the others answer it where it has a thread."""
    return [
        envelope.item(
            message,
            message["metadata"]["event_payload"]["dedupe_key"],
            None if number == 0 or envelope.thread is None else OutboxKind.REPLY,
        )
        for number, message in enumerate(messages)
    ]
