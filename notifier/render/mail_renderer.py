"""Render messages as mails, one for each recipient."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from domain.records.message import NewOutboxItem
from notifier.messages.alert import Alert
from notifier.messages.digest_model import Digest
from notifier.render.digestview import digest_mail
from notifier.render.envelope import Envelope
from notifier.render.mail import (
    MailAddresses,
    MailContent,
    MailHeaders,
    lines_mail,
    mail_payload,
)
from notifier.render.renderer import LineMessage, LineRenderer, reminder_message


class MailRenderer(LineRenderer):
    """Mails from one sender to the recipients of a channel."""

    diff_characters = 20_000

    def __init__(self, addresses: MailAddresses) -> None:
        self._addresses = addresses

    def lines(self, message: LineMessage, envelope: Envelope) -> list[NewOutboxItem]:
        content = lines_mail(message.lines, message.headline, message.lang, envelope.public_url)
        return self._mails(content, envelope)

    def digest(self, digest: Digest, zone: tzinfo, envelope: Envelope) -> list[NewOutboxItem]:
        return self._mails(digest_mail(digest, zone, envelope.public_url), envelope)

    def reminder(
        self, alert: Alert, words: str, deputy: str, envelope: Envelope
    ) -> list[NewOutboxItem]:
        """To the deputy's own address where it is one."""
        message = reminder_message(alert, words, deputy, links=self.links)
        if "@" not in deputy:
            return self.lines(message, envelope)
        own = MailAddresses(sender=self._addresses.sender, to=(deputy,))
        return MailRenderer(own).lines(message, envelope)

    def preview(self, payload: Mapping[str, Any]) -> str:
        return f"Subject: {payload['subject']}\n\n{payload['text']}"

    def _mails(self, content: MailContent, envelope: Envelope) -> list[NewOutboxItem]:
        items = []
        for to in dict.fromkeys(self._addresses.to):
            key = f"{envelope.key}:{to}"
            headers = MailHeaders(
                key=key,
                channel=envelope.channel,
                sender=self._addresses.sender,
                to=to,
                date=envelope.now,
                reply_key=f"{envelope.root_key}:{to}" if envelope.root_key else None,
                public_url=envelope.public_url,
            )
            items.append(envelope.item(mail_payload(content, headers), key))
        return items
