"""Render messages as JSON for programs: the text, and the facts of an alert as fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.records.message import NewOutboxItem
from notifier.messages.alert import Alert
from notifier.render.envelope import Envelope
from notifier.render.lines import HANDLING, Summary, summary_lines
from notifier.render.link_addresses import handle_url
from notifier.render.plain_text import as_text
from notifier.render.renderer import LineMessage, LineRenderer


class JsonRenderer(LineRenderer):
    """Files and webhooks."""

    def alert(self, alert: Alert, envelope: Envelope) -> list[NewOutboxItem]:
        message = replace(self.alert_message(alert), fields=alert_fields(alert))
        return self.lines(message, envelope)

    def summary(self, summary: Summary, envelope: Envelope) -> list[NewOutboxItem]:
        acts = [
            {"lead": entry.lead, "title": entry.title, "url": entry.url}
            for entry in summary.entries
        ]
        lines = tuple(summary_lines(summary))
        message = LineMessage(lines=lines, lang=summary.lang, fields={"acts": acts})
        return self.lines(message, envelope)

    def lines(self, message: LineMessage, envelope: Envelope) -> list[NewOutboxItem]:
        payload = {
            "event": envelope.kind.value,
            "key": envelope.key,
            "sent_for": envelope.now.isoformat(),
            "severity": message.severity,
            "headline": message.headline,
            "text": as_text(message.lines),
            **message.fields,
        }
        return [envelope.item(payload, envelope.key)]

    def preview(self, payload: Mapping[str, Any]) -> str:
        return str(payload["text"])


def alert_fields(alert: Alert) -> dict[str, Any]:
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
                "before": row.before.value.to_json() if row.before else None,
                "after": row.after.value.to_json() if row.after else None,
                "effect": row.effect or None,
                "quote": row.quote,
            }
            for row in alert.rows
        ],
        "applies_to": [
            {"entity": one.entity.key, "verdict": one.verdict.value}
            for one in alert.concerned.concerns
        ],
        "names": [
            {
                "entity": one.entity,
                "supplier": one.supplier,
                "name": one.name,
                "kind": one.kind.value,
                "quote": one.quote,
                "where": one.where,
            }
            for one in alert.concerned.names
        ],
        "attachments": list(alert.attachments),
        "archive_url": alert.archive_url,
        "links": _handling_links(alert),
    }


def _handling_links(alert: Alert) -> dict[str, str]:
    public_url = alert.public_url
    if not public_url:
        return {}
    return {purpose: handle_url(public_url, purpose, alert.notice_id) for purpose in HANDLING}
