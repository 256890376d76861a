"""Send to Slack with a bot token: chat.postMessage, threads, files, look-ups, updates.

The SDK never retries here: it would send a message again that Slack may already have accepted.
"""

from __future__ import annotations

import http.client
import logging
import time
from collections.abc import Iterator, Mapping
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from config.http_post import failed_before_sending
from config.model import SlackChannel
from domain.records.message import OutboxItem
from notifier.channels.channel import (
    Dead,
    MissingSecret,
    Paused,
    Result,
    Retry,
    Sent,
    parse_retry_after,
    secret,
)
from notifier.render.slack_blocks import plain_fallback, with_change_note

logger = logging.getLogger(__name__)

TIMEOUT = 10
LOOK_BACK = 120.0  # seconds before an attempt, for clocks that differ
LOOK_UP_SECONDS = 20.0
_PAGE = 200
_MOST_PAGES = 500

# Nothing wrong with the message: the channel or the token must be put right by somebody.
_PAUSING = frozenset({
    "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired",
    "no_permission", "missing_scope", "org_login_required", "ekm_access_denied",
    "not_allowed_token_type", "access_denied", "team_access_not_granted", "accesslimited",
    "two_factor_setup_required", "enterprise_is_restricted", "channel_not_found",
    "not_in_channel", "is_archived", "restricted_action", "restricted_action_read_only_channel",
    "posting_to_general_channel_denied", "messages_tab_disabled", "invalid_team", "team_not_found",
    "user_is_restricted", "duplicate_channel_not_found", "method_deprecated", "deprecated_endpoint",
})  # fmt: skip
_BUSY = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
# Slack says of these that part of the work may have been done.
_UNCERTAIN = frozenset({
    "fatal_error", "internal_error", "request_timeout", "service_unavailable",
    "team_added_to_org",
})  # fmt: skip
# The blocks are refused: the same words as plain text may still pass.
_BLOCK_TROUBLE = frozenset({
    "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "invalid_metadata_format",
    "invalid_metadata_schema", "metadata_too_large", "invalid_arguments", "invalid_attachments",
    "too_many_attachments", "markdown_text_conflict", "msg_too_long",
})  # fmt: skip
_NO_UPLOAD = frozenset({
    "missing_scope", "unknown_method", "not_allowed_token_type", "no_permission",
    "file_uploads_disabled", "file_uploads_except_images_disabled", "storage_limit_reached",
    "posting_to_channel_denied", "invalid_channel", "file_type_not_allowed", "blocked_file_type",
})  # fmt: skip
_NOBODY_TO_ASK = frozenset({
    "missing_scope", "unknown_method", "not_allowed_token_type", "no_permission",
    "method_not_supported_for_channel_type", "thread_not_found",
})  # fmt: skip


class SlackBot:
    def __init__(self, settings: SlackChannel) -> None:
        self._settings = settings
        self._client: WebClient | None = None

    def send(self, item: OutboxItem, root: OutboxItem | None) -> Result:
        try:
            client = self._open()
        except MissingSecret as error:
            return Paused(error=str(error))
        payload = dict(item.payload)
        file = payload.pop("file", None)
        if file is not None and (uploaded := self._upload(client, file, root)) is not None:
            return uploaded
        note = payload.pop("parent_note", None)
        result = self._post(client, payload, root)
        if isinstance(result, Sent) and note and root is not None:
            self._tell_parent(client, root, note)
        if isinstance(result, Dead) and result.error == "thread_not_found" and root is not None:
            return self._post(client, payload, None)  # somebody deleted the first message
        if isinstance(result, Dead) and result.error in _BLOCK_TROUBLE and "blocks" in payload:
            return self._post(client, plain_fallback(payload), root)
        return result

    def ask(self, item: OutboxItem, root: OutboxItem | None) -> Result | None:
        """Look for the message by its metadata since the attempt, to the last page."""
        try:
            client = self._open()
        except MissingSecret as error:
            return Paused(error=str(error))
        attempt = item.last_attempt or item.created
        oldest = f"{attempt.timestamp() - LOOK_BACK:.6f}"
        try:
            for message in self._messages(client, oldest, self._thread_ts(root)):
                if _is_ours(message, item.payload):
                    return Sent(receipt=self._receipt(str(message["ts"]), found=True))
        except SlackApiError as error:
            return _unanswered(error)
        except (OSError, http.client.HTTPException, SlackClientError) as error:
            return Retry(error=f"look-up: {error_text(error)}", unknown=True)
        return None

    def _open(self) -> WebClient:
        if self._client is None:
            self._client = web_client(self._settings, self._settings.token_env)
        return self._client

    def _post(
        self, client: WebClient, payload: Mapping[str, Any], root: OutboxItem | None
    ) -> Result:
        to = payload.get("member") or self._settings.channel  # a person, directly
        arguments: dict[str, Any] = {**payload, "channel": to}
        arguments.pop("member", None)
        if thread_ts := self._thread_ts(root):
            arguments["thread_ts"] = thread_ts
        try:
            answer = client.chat_postMessage(**arguments)
        except SlackApiError as error:
            return _refused(error)
        except (OSError, http.client.HTTPException, SlackClientError) as error:
            return Retry(error=error_text(error), unknown=not failed_before_sending(error))
        return Sent(receipt=self._receipt(str(answer.get("ts", ""))))

    def _tell_parent(self, client: WebClient, root: OutboxItem, note: str) -> None:
        """The thread's first message says that the act has changed; as it stands in Slack, with
        whatever people have done since. It stays as it is where that fails."""
        ts = self._thread_ts(root)
        if ts is None:
            return
        try:
            page = client.conversations_replies(channel=self._settings.channel, ts=ts, limit=1)
            [first] = [m for m in page.get("messages") or () if m.get("ts") == ts]
            client.chat_update(
                channel=self._settings.channel, ts=ts, text=root.payload["text"],
                blocks=with_change_note(first["blocks"], note), metadata=root.payload["metadata"],
            )  # fmt: skip
        except (
            OSError,
            http.client.HTTPException,
            SlackClientError,
            ValueError,
            KeyError,
        ) as error:
            logger.warning("the first message could not be updated: %s", error_text(error))

    def _upload(
        self, client: WebClient, file: Mapping[str, Any], root: OutboxItem | None
    ) -> Result | None:
        """The file into the thread; None when this app may not upload: then words must do."""
        try:
            client.files_upload_v2(
                filename=file["name"],
                title=file["title"],
                content=file["content"],
                channel=self._settings.channel,
                thread_ts=self._thread_ts(root),
            )
        except SlackApiError as error:
            code = _code(error)[1]
            return None if code in _NO_UPLOAD else _refused(error)
        except (OSError, http.client.HTTPException, SlackClientError) as error:
            return Retry(error=error_text(error), unknown=not failed_before_sending(error))
        return Sent(receipt={"channel": self._settings.channel, "file": file["name"]})

    def _thread_ts(self, root: OutboxItem | None) -> str | None:
        """Where to answer; None without a first message, or when it went to another channel."""
        if root is None or root.receipt.get("channel") != self._settings.channel:
            return None
        return str(root.receipt["ts"]) if root.receipt.get("ts") else None

    def _receipt(self, ts: str, *, found: bool = False) -> dict[str, Any]:
        receipt: dict[str, Any] = {"ts": ts, "channel": self._settings.channel}
        return {**receipt, "found": True} if found else receipt

    def _messages(
        self, client: WebClient, oldest: str, thread_ts: str | None
    ) -> Iterator[Mapping[str, Any]]:
        cursor, started = "", time.monotonic()
        for _ in range(_MOST_PAGES):
            if time.monotonic() - started > LOOK_UP_SECONDS:
                raise TimeoutError("the look-up took too long")
            query: dict[str, Any] = {
                "channel": self._settings.channel,
                "oldest": oldest,
                "include_all_metadata": True,
                "limit": _PAGE,
            }
            if cursor:
                query["cursor"] = cursor
            if thread_ts:
                page = client.conversations_replies(ts=thread_ts, **query)
            else:
                page = client.conversations_history(**query)
            yield from page.get("messages") or ()
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return


def web_client(settings: SlackChannel, token_env: str) -> WebClient:
    options: dict[str, Any] = {"timeout": TIMEOUT, "retry_handlers": []}
    if settings.api_base_url:
        options["base_url"] = settings.api_base_url.rstrip("/") + "/"
    return WebClient(token=secret(token_env), **options)


def _is_ours(message: Mapping[str, Any], payload: Mapping[str, Any]) -> bool:
    """Whether a message of the channel is the one that was to be sent: by its metadata; a
    shared file has none, but its name is unique."""
    found = (message.get("metadata") or {}).get("event_payload") or {}
    if found.get("dedupe_key") == payload["metadata"]["event_payload"]["dedupe_key"]:
        return True
    if "file" not in payload:
        return False
    return any(file.get("name") == payload["file"]["name"] for file in message.get("files") or ())


def error_text(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    return f"{type(reason).__name__}: {reason}"[:300]


def _code(error: SlackApiError) -> tuple[int, str, float | None]:
    response = error.response
    data = response.data if isinstance(response.data, Mapping) else {}
    headers = {str(key).lower(): value for key, value in (response.headers or {}).items()}
    return (
        response.status_code,
        str(data.get("error", "")),
        parse_retry_after(headers.get("retry-after")),
    )


def _refused(error: SlackApiError) -> Result:
    status, code, after = _code(error)
    if status == 429 or code in _BUSY:
        return Retry(error=code or "ratelimited", after=after)
    if status >= 500 or code in _UNCERTAIN:
        return Retry(error=f"HTTP {status} {code}"[:200], after=after, unknown=True)
    if code in _PAUSING or status in (401, 403, 404):
        return Paused(error=code[:200] or f"HTTP {status}")
    if status == 200 and (not code or " " in code):  # no JSON came back: a proxy or a cut answer
        return Retry(error=code[:200] or "answer without a result", unknown=True)
    return Dead(error=code or f"HTTP {status}")


def _unanswered(error: SlackApiError) -> Result | None:
    """A refused look-up: None (send again) when this token can never look it up."""
    status, code, after = _code(error)
    if code in _NOBODY_TO_ASK or status == 404:
        return None
    result = _refused(error)
    if isinstance(result, Paused):
        return result
    return Retry(error=f"look-up: {code or status}"[:200], after=after, unknown=True)
