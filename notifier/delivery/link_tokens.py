"""Fill the tokens into links that work without a login: acknowledge, take on, unsubscribe.

A message is rendered with placeholders and gets its tokens when it leaves, so that neither
outbox nor backup holds one. A token is derived from a key of the archive's processes: the same
message sent again carries the same links.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from archive.store import Archive
from domain.records.handling import Link
from domain.records.states import LinkPurpose
from notifier.render.link_addresses import placeholder_pattern

KEY_NAME = "links"
HANDLE_FOR = timedelta(days=30)
UNSUBSCRIBE_FOR = timedelta(days=400)


def with_tokens(
    archive: Archive,
    payload: Mapping[str, Any],
    public_url: str | None,
    *,
    channel: str,
    key: str,
    now: datetime,
) -> Mapping[str, Any]:
    """The payload as it leaves: every placeholder under ``public_url`` gets its token.

    ``key`` is the message's dedupe key.
    """
    if not public_url or "-token" not in str(payload):
        return payload
    maker = _Maker(archive, channel, key, str(payload.get("to", "")), now)
    place = placeholder_pattern(public_url)
    filled = _each_text(payload, lambda text: place.sub(maker.address, text))
    return cast("Mapping[str, Any]", filled)


def _each_text(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {name: _each_text(item, change) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_each_text(item, change) for item in value]
    return value


class _Maker:
    """Makes the tokens of one message and keeps their hashes."""

    def __init__(
        self, archive: Archive, channel: str, key: str, recipient: str, now: datetime
    ) -> None:
        self._archive = archive
        self._channel = channel
        self._key = key
        self._recipient = recipient
        self._now = now
        self._secret = archive.secret(KEY_NAME)

    def address(self, match: re.Match[str]) -> str:
        path = match[0][: match[0].rindex("/") + 1]
        purpose = cast("LinkPurpose", match[1] or "unsubscribe")
        return path + self._token(purpose, int(match[2]) if match[2] else None)

    def _token(self, purpose: LinkPurpose, notice_id: int | None) -> str:
        leaving = purpose == "unsubscribe"
        # A recipient leaves by the link of any message.
        named = [purpose, notice_id, self._channel, self._recipient, "" if leaving else self._key]
        digest = hmac.new(self._secret, json.dumps(named).encode(), hashlib.sha256).digest()
        token = base64.urlsafe_b64encode(digest[:24]).decode()
        link = Link(
            purpose=purpose,
            notice_id=notice_id,
            channel=self._channel,
            recipient=self._recipient,
            expires=self._now + (UNSUBSCRIBE_FOR if leaving else HANDLE_FOR),
        )
        self._archive.links.keep(token, link)
        return token
