"""Send JSON to a webhook, signed with HMAC-SHA256 over the exact body."""

from __future__ import annotations

import hashlib
import hmac
import json

from config.model import WebhookChannel
from domain.records.message import OutboxItem
from notifier.channels.channel import (
    BaseChannel,
    Dead,
    MissingSecret,
    Paused,
    Result,
    Retry,
    Sent,
    secret,
)
from notifier.channels.channel_http import body_text, channel_trouble, post_message
from notifier.render.json_renderer import JsonRenderer

SIGNATURE_HEADER = "X-Noticewatch-Signature"
DELIVERY_HEADER = "X-Noticewatch-Delivery"  # the same for every try: receivers can drop doubles


def sign(body: bytes, key: str) -> str:
    """``sha256=`` and the hex HMAC of the body."""
    return "sha256=" + hmac.new(key.encode(), body, hashlib.sha256).hexdigest()


class WebhookSender(BaseChannel):
    renderer = JsonRenderer()

    def __init__(self, settings: WebhookChannel) -> None:
        self._settings = settings

    def send(self, item: OutboxItem, root: OutboxItem | None) -> Result:
        body = json.dumps(dict(item.payload), ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            DELIVERY_HEADER: hashlib.sha256(item.dedupe_key.encode()).hexdigest()[:32],
        }
        try:
            url = secret(self._settings.url_env)
            if self._settings.secret_env:
                headers[SIGNATURE_HEADER] = sign(body, secret(self._settings.secret_env))
        except MissingSecret as error:
            return Paused(error=str(error))
        answer = post_message(url, body, headers)
        if isinstance(answer, Retry):
            return answer
        trouble = channel_trouble(answer)
        if trouble is not None:
            return trouble
        if answer.status >= 300:
            return Dead(error=f"HTTP {answer.status} {body_text(answer)}")
        return Sent(receipt={"status": answer.status})
