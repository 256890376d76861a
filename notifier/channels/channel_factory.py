"""Open the channel that settings describe; each kind is imported when it is used."""

from __future__ import annotations

from typing import TextIO

from config import model
from notifier.channels.channel import Channel


def open_channel(config: model.Channel, stream: TextIO | None = None) -> Channel:
    """The channel that the settings describe; ``stream`` is where terminals print."""
    match config:
        case model.TerminalChannel():
            from notifier.channels.terminal_channel import TerminalSender

            return TerminalSender(stream)
        case model.FileChannel():
            from notifier.channels.file_channel import FileSender

            return FileSender(config)
        case model.SlackChannel():
            from notifier.channels.slack_channel import SlackSender

            return SlackSender(config)
        case model.SlackWebhookChannel():
            from notifier.channels.slack_webhook import SlackWebhookSender

            return SlackWebhookSender(config)
        case model.EmailChannel():
            from notifier.channels.email_channel import EmailSender

            return EmailSender(config)
        case model.WebhookChannel():
            from notifier.channels.webhook_channel import WebhookSender

            return WebhookSender(config)
        case model.AppriseChannel():
            from notifier.channels.apprise_channel import AppriseSender

            return AppriseSender(config)
