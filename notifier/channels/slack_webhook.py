"""Slack's incoming webhook: simple, without threads, nothing to look up."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from config.model import SlackWebhookChannel
from domain.records.message import OutboxItem
from notifier.channels.channel import (
    CannotAsk,
    Dead,
    MissingSecret,
    Paused,
    Result,
    Retry,
    Sent,
    secret,
)
from notifier.channels.channel_http import passing_trouble, post
from notifier.render.slack_blocks import plain_fallback

_HEADERS = {"Content-Type": "application/json; charset=utf-8"}
_CHANNEL_ERRORS = ("invalid_token", "no_service", "no_team", "channel_", "action_prohibited",
                   "user_not_found", "team_disabled")  # fmt: skip


class SlackWebhookSender(CannotAsk):
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
    answer = post(url, json.dumps(body, ensure_ascii=False).encode(), _HEADERS)
    if isinstance(answer, Retry):
        return answer
    trouble = passing_trouble(answer)
    if trouble is not None:
        return trouble
    if answer.status >= 300:
        if answer.body.startswith(_CHANNEL_ERRORS):
            return Paused(error=answer.body[:120])
        return Dead(error=f"HTTP {answer.status} {answer.body[:120]}")
    return Sent(receipt={"status": answer.status})
