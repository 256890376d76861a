"""From an alert, a summary or a few lines to outbox items for one channel of any kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from config.model import (
    AppriseChannel,
    Channel,
    EmailChannel,
    SlackChannel,
    SlackWebhookChannel,
    TerminalChannel,
)
from domain.records.message import NewOutboxItem
from i18n.phrases import Lang
from notifier.delivery.link_tokens import handle_url
from notifier.messages.alert import Alert
from notifier.render import slack_blocks
from notifier.render.lines import (
    HANDLING,
    Line,
    Summary,
    alert_lines,
    clean_text,
    handling_lines,
    reminder_lines,
    summary_lines,
)
from notifier.render.mail import lines_mail, mail_payload
from notifier.render.plain_text import as_text
from notifier.render.terminal_text import as_payload

Kind = Literal["alert", "reply", "summary", "health", "digest", "reminder", "test"]

_DIFF = {"terminal": 2_000, "email": 20_000, "webhook": 30_000, "apprise": 1_500, "file": 30_000}


@dataclass(frozen=True, kw_only=True, slots=True)
class Envelope:
    """Where a message goes and how it is remembered."""

    channel: str
    config: Channel
    key: str
    kind: Kind
    now: datetime
    notice_id: int | None = None
    change_ids: tuple[int, ...] = ()
    thread: str | None = None
    not_before: datetime | None = None
    root_key: str | None = None  # key of the thread's first message, for mail's In-Reply-To
    public_url: str | None = None  # of the web archive, for links that work without a login

    def item(self, payload: Mapping[str, Any], key: str, kind: Kind | None = None) -> NewOutboxItem:
        return NewOutboxItem(
            channel=self.channel,
            dedupe_key=key,
            kind=kind or self.kind,
            payload=payload,
            notice_id=self.notice_id,
            change_ids=self.change_ids,
            thread=self.thread,
            not_before=self.not_before,
        )


def alert_items(alert: Alert, envelope: Envelope) -> list[NewOutboxItem]:
    """One alert for one channel; Slack gets its continuations, mail one item a recipient."""
    config = envelope.config
    if isinstance(config, SlackChannel | SlackWebhookChannel):
        as_file = isinstance(config, SlackChannel) and config.long_diff == "file"
        messages = slack_blocks.alert_messages(
            alert, envelope.key, buttons=_has_buttons(config), as_file=as_file
        )
        return _slack_items(messages, envelope)
    lines = alert_lines(alert, _DIFF[config.type], links=not isinstance(config, TerminalChannel))
    fields = {"headline": clean_text(alert.headline), **_alert_fields(alert)}
    return _line_items(lines, alert.severity, alert.lang, envelope, fields)


def _has_buttons(config: Channel) -> bool:
    return isinstance(config, SlackChannel) and bool(
        config.app_token_env or config.signing_secret_env
    )


def summary_items(summary: Summary, envelope: Envelope) -> list[NewOutboxItem]:
    """A summary for one channel."""
    if isinstance(envelope.config, SlackChannel | SlackWebhookChannel):
        return _slack_items(slack_blocks.summary_messages(summary, envelope.key), envelope)
    acts = [{"lead": e.lead, "title": e.title, "url": e.url} for e in summary.entries]
    extra = {"acts": acts}
    return _line_items(summary_lines(summary), "grey", summary.lang, envelope, extra)


def line_items(
    lines: Sequence[Line], severity: str, lang: Lang, envelope: Envelope
) -> list[NewOutboxItem]:
    """A message of a few lines (health, test) for one channel."""
    if isinstance(envelope.config, SlackChannel | SlackWebhookChannel):
        return _slack_items(slack_blocks.page_messages(lines, envelope.key), envelope)
    return _line_items(list(lines), severity, lang, envelope, {})


def reminder_items(
    alert: Alert, words: str, deputy: str, envelope: Envelope
) -> list[NewOutboxItem]:
    """An alert that nobody owns, once more; to the deputy's own address where it is mail."""
    config = envelope.config
    if isinstance(config, EmailChannel) and "@" in deputy:
        envelope = replace(envelope, config=config.model_copy(update={"to": (deputy,)}))
    lines = reminder_lines(alert, words, deputy)
    if not _has_buttons(config) and not isinstance(config, TerminalChannel):
        lines += handling_lines(alert)
    return line_items(lines, alert.severity, alert.lang, envelope)


def page_items(lines: list[Line], lang: Lang, envelope: Envelope) -> list[NewOutboxItem]:
    """A long page of lines (a digest) for a channel that is not mail."""
    if isinstance(envelope.config, SlackChannel | SlackWebhookChannel):
        threaded = replace(envelope, thread=envelope.key)
        return _slack_items(slack_blocks.page_messages(lines, envelope.key), threaded)
    return _line_items(lines, "grey", lang, envelope, {})


def _slack_items(
    messages: Sequence[slack_blocks.Message], envelope: Envelope
) -> list[NewOutboxItem]:
    return [
        envelope.item(
            message,
            message["metadata"]["event_payload"]["dedupe_key"],
            None if number == 0 or envelope.thread is None else "reply",
        )
        for number, message in enumerate(messages)
    ]


def _line_items(
    lines: list[Line],
    severity: str,
    lang: Lang,
    envelope: Envelope,
    extra: Mapping[str, Any],
) -> list[NewOutboxItem]:
    config = envelope.config
    headline = str(extra.get("headline") or lines[0].plain)
    if isinstance(config, EmailChannel):
        content = lines_mail(lines, headline, lang, envelope.public_url)
        return mail_items(content, envelope, config)
    if isinstance(config, TerminalChannel):
        payload: Mapping[str, Any] = as_payload(lines, severity)
    elif isinstance(config, AppriseChannel):
        payload = {"title": headline, "body": as_text(lines[1:])}
    else:
        payload = {
            "event": envelope.kind,
            "key": envelope.key,
            "sent_for": envelope.now.isoformat(),
            "severity": severity,
            "headline": headline,
            "text": as_text(lines),
            **extra,
        }
    return [envelope.item(payload, envelope.key)]


def mail_items(
    content: Mapping[str, str], envelope: Envelope, config: EmailChannel
) -> list[NewOutboxItem]:
    """One mail for each recipient of the channel."""
    items = []
    for to in dict.fromkeys(config.to):
        key = f"{envelope.key}:{to}"
        payload = mail_payload(
            content,
            key=key,
            channel=envelope.channel,
            sender=config.sender,
            to=to,
            date=envelope.now,
            reply_key=f"{envelope.root_key}:{to}" if envelope.root_key else None,
            public_url=envelope.public_url,
        )
        items.append(envelope.item(payload, key))
    return items


def _alert_fields(alert: Alert) -> dict[str, Any]:
    """What a program on the far side can use without reading text."""
    return {
        "notice_id": alert.notice_id,
        "change_id": alert.change_id,
        "change": alert.kind.value,
        "title": alert.title,
        "title_en": alert.title_en,
        "machine_translation": alert.translation or None,
        "url": alert.url,
        "rule": alert.rule,
        "topics": [
            {"topic": topic.topic, "evidence": topic.evidence, "where": topic.where}
            for topic in alert.topics
        ],
        "facts": [
            {
                "kind": row.kind.value,
                "where": row.where,
                "before": row.before.value if row.before else None,
                "after": row.after.value if row.after else None,
                "effect": row.effect or None,
                "quote": row.quote,
            }
            for row in alert.rows
        ],
        "attachments": list(alert.attachments),
        "archive_url": alert.archive_url,
        "links": {
            purpose: handle_url(alert.public_url, purpose, alert.notice_id) for purpose in HANDLING
        }
        if alert.public_url
        else {},
    }
