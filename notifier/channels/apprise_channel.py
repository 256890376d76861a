"""Feishu, DingTalk, WeCom, Teams, Telegram and more through apprise (optional extra)."""

from __future__ import annotations

from config.model import AppriseChannel
from domain.records.message import OutboxItem
from notifier.channels.channel import CannotAsk, MissingSecret, Paused, Result, Retry, Sent, secret


class AppriseSender(CannotAsk):
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
