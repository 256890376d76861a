"""Call Slack's methods on behalf of a click: try again when it is busy, say errors in words."""

from __future__ import annotations

import http.client
import logging
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

from config.model import SlackChannel
from notifier.channels.channel import parse_retry_after, secret

logger = logging.getLogger(__name__)

TIMEOUT = 10
_TRIES = 3
_LONGEST_WAIT = 10.0  # seconds between tries: somebody is looking at the message
_WORDS: Mapping[str, str] = {
    "invalid_auth": "Slack refuses the token in {env}: install the app anew and copy the bot token",
    "not_authed": "no token reached Slack: set {env}",
    "token_revoked": "the token in {env} was revoked: install the app anew and copy the bot token",
    "account_inactive": "the token in {env} belongs to a removed app: install the app anew",
    "missing_scope": "the app may not do this: add the scope {needed} and install it anew",
    "channel_not_found": "no such channel, or the app is not in it: invite the app",
    "not_in_channel": "the app is not in the channel: invite it",
    "is_archived": "the channel is archived",
    "ratelimited": "Slack is busy: too many requests at once",
    "expired_trigger_id": "Slack took too long",
    "exchanged_trigger_id": "the button was pressed twice",
}


class CallFailed(Exception):
    """Slack did not carry a call out; ``code`` is its word for why, the text is for people."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


class SlackCalls:
    """The methods of one app, by its bot token."""

    def __init__(self, settings: SlackChannel, *, tries: int = _TRIES) -> None:
        self._settings = settings
        self._tries = tries
        options: dict[str, Any] = {"timeout": TIMEOUT, "retry_handlers": []}
        if settings.api_base_url:
            options["base_url"] = settings.api_base_url.rstrip("/") + "/"
        self._client = WebClient(token=secret(settings.token_env), **options)

    def call(self, method: str, **arguments: Any) -> Any:
        """The answer; CallFailed with what is to be done about it."""
        for attempt in range(1, self._tries + 1):
            try:
                return self._client.api_call(method, json=arguments)
            except SlackApiError as error:
                wait = _wait(error)
                if wait is None or wait > _LONGEST_WAIT or attempt == self._tries:
                    raise self._failed(error) from error
                time.sleep(wait)
            except (OSError, http.client.HTTPException, SlackClientError) as error:
                raise CallFailed("", f"Slack was not reached: {type(error).__name__}") from error
        raise AssertionError("the last try returns or raises")

    def scopes(self) -> tuple[Mapping[str, Any], frozenset[str]]:
        """What auth.test says, and the scopes that the token has."""
        answer = self.call("auth.test")
        header = {str(k).lower(): v for k, v in (answer.headers or {}).items()}
        given = str(header.get("x-oauth-scopes", ""))
        scopes = frozenset(part.strip() for part in given.split(",") if part.strip())
        return answer.data, scopes

    def respond(self, address: str, **message: Any) -> None:
        """Answer a command or shortcut at the address that came with it, Slack's own only."""
        if not self._is_slack(address):
            raise CallFailed("", "the answer would go elsewhere than to Slack")
        try:
            answer = WebhookClient(address, timeout=TIMEOUT, retry_handlers=[]).send_dict(message)
        except (OSError, http.client.HTTPException, SlackClientError) as error:
            raise CallFailed("", f"Slack was not reached: {type(error).__name__}") from error
        if answer.status_code != 200:
            raise CallFailed(str(answer.body)[:80], f"Slack answered {answer.status_code}")

    def _is_slack(self, address: str) -> bool:
        parts = urlsplit(address)
        host = parts.hostname or ""
        if parts.scheme == "https" and (host == "slack.com" or host.endswith(".slack.com")):
            return True
        own = urlsplit(self._settings.api_base_url or "")
        return bool(own.hostname) and (parts.scheme, parts.netloc) == (own.scheme, own.netloc)

    def _failed(self, error: SlackApiError) -> CallFailed:
        data = error.response.data if isinstance(error.response.data, Mapping) else {}
        code = str(data.get("error", "")) or f"HTTP {error.response.status_code}"
        words = _WORDS.get(code, "Slack says {code}").format(
            env=self._settings.token_env, needed=data.get("needed", "that is missing"), code=code
        )
        return CallFailed(code, words if code not in _WORDS else f"{words} ({code})")


def _wait(error: SlackApiError) -> float | None:
    """Seconds until the next try; None for what another try does not mend."""
    data = error.response.data if isinstance(error.response.data, Mapping) else {}
    busy = error.response.status_code == 429 or data.get("error") in ("ratelimited", "rate_limited")
    if not busy:
        return None
    headers = {str(key).lower(): value for key, value in (error.response.headers or {}).items()}
    return parse_retry_after(headers.get("retry-after")) or 1.0
