"""From the settings of a channel to the channel; each kind is imported when it is used."""

from __future__ import annotations

from typing import TextIO

from config import model
from notifier.channels.base import Channel


def open_channel(config: model.Channel, stream: TextIO | None = None) -> Channel:
    """The channel that the settings describe; ``stream`` is where terminals print."""
    match config:
        case model.TerminalChannel():
            from notifier.channels.terminal import Terminal

            return Terminal(stream)
        case model.FileChannel():
            from notifier.channels.file import File

            return File(config)
        case model.SlackChannel():
            from notifier.channels.slack import Slack

            return Slack(config)
        case model.SlackWebhookChannel():
            from notifier.channels.slack_webhook import SlackWebhook

            return SlackWebhook(config)
        case model.EmailChannel():
            from notifier.channels.email import Email

            return Email(config)
        case model.WebhookChannel():
            from notifier.channels.webhook import Webhook

            return Webhook(config)
        case model.AppriseChannel():
            from notifier.channels.apprise import Apprise

            return Apprise(config)
