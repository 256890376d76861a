"""Send through Slack's incoming webhook: no threads, nothing to look up."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from config.model import SlackWebhookChannel
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
from notifier.render.slack_blocks import plain_fallback
from notifier.render.slack_renderer import SlackRenderer

_HEADERS = {"Content-Type": "application/json; charset=utf-8"}
_CHANNEL_ERRORS = (
    "invalid_token",
    "no_service",
    "no_team",
    "channel_",
    "action_prohibited",
    "user_not_found",
    "team_disabled",
)


class SlackWebhookSender(BaseChannel):
    renderer = SlackRenderer()

    def __init__(self, settings: SlackWebhookChannel) -> None:
        self._settings = settings

    def send(self, item: OutboxItem, root: OutboxItem | None) -> Result:
        try:
            url = secret(self._settings.url_env)
        except MissingSecret as error:
            return Paused(error=str(error))
        result = _post(url, item.payload)
        if isinstance(result, Dead):
            return _post(url, plain_fallback(dict(item.payload)))
        return result


def _post(url: str, payload: Mapping[str, Any]) -> Result:
    body = {key: value for key, value in payload.items() if key != "metadata"}
    answer = post_message(url, json.dumps(body, ensure_ascii=False).encode(), _HEADERS)
    if isinstance(answer, Retry):
        return answer
    trouble = channel_trouble(answer)
    if trouble is not None:
        return trouble
    if answer.status >= 300:
        words = body_text(answer)
        if words.startswith(_CHANNEL_ERRORS):
            return Paused(error=words)
        return Dead(error=f"HTTP {answer.status} {words}")
    return Sent(receipt={"status": answer.status})
