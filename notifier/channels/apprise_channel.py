"""Send through apprise: Feishu, DingTalk, WeCom, Teams, Telegram … (optional extra)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from config.model import AppriseChannel
from domain.records.message import NewOutboxItem, OutboxItem
from notifier.channels.channel import (
    BaseChannel,
    MissingSecret,
    Paused,
    Result,
    Retry,
    Sent,
    secret,
)
from notifier.render.envelope import Envelope
from notifier.render.plain_text import as_text
from notifier.render.renderer import LineMessage, LineRenderer


class AppriseRenderer(LineRenderer):
    diff_characters = 1_500

    def lines(self, message: LineMessage, envelope: Envelope) -> list[NewOutboxItem]:
        payload = {"title": message.headline, "body": as_text(message.lines[1:])}
        return [envelope.item(payload, envelope.key)]

    def preview(self, payload: Mapping[str, Any]) -> str:
        return str(payload["body"])


class AppriseSender(BaseChannel):
    renderer = AppriseRenderer()

    def __init__(self, settings: AppriseChannel) -> None:
        self._settings = settings

    def send(self, item: OutboxItem, root: OutboxItem | None) -> Result:
        try:
            import apprise
        except ImportError:
            return Paused(error="apprise is not installed: pip install 'noticewatch[chat]'")
        try:
            url = secret(self._settings.url_env)
        except MissingSecret as error:
            return Paused(error=str(error))
        chat = apprise.Apprise()
        if not chat.add(url):
            variable = self._settings.url_env
            return Paused(error=f"{variable} holds no address that apprise understands")
        payload = item.payload
        delivered = chat.notify(
            title=payload["title"], body=payload["body"], body_format=apprise.NotifyFormat.TEXT
        )
        return Sent() if delivered else Retry(error="apprise could not deliver")
