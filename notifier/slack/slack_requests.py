"""Read what Slack sends, by HTTP or Socket Mode: clicks, forms, commands, shortcuts, events."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qsl

from archive.store import Archive

RequestKind = Literal["interactive", "command", "event", "challenge"]
_SOCKET_KINDS: Mapping[str, RequestKind] = {
    "interactive": "interactive", "slash_commands": "command", "events_api": "event",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class SlackRequest:
    """One thing that somebody did in Slack."""

    kind: RequestKind
    payload: Mapping[str, Any]

    @property
    def channel(self) -> str:
        """The channel that it comes from; '' from none."""
        payload = self.payload
        place = payload.get("channel") or (payload.get("container") or {}).get("channel_id")
        if isinstance(place, Mapping):
            place = place.get("id")
        return str(place or payload.get("channel_id") or "")


@dataclass(frozen=True, kw_only=True, slots=True)
class SlackReply:
    """What to answer at once, within three seconds, and what to do afterwards."""

    body: Mapping[str, Any] | None = None
    work: Callable[[Archive], object] | None = None


def of_http(content_type: str, body: bytes) -> SlackRequest | None:
    """The request of a signed HTTP body; None for what is none of Slack's shapes."""
    try:
        if "json" in content_type:
            return _event(json.loads(body))
        form = dict(parse_qsl(body.decode(), keep_blank_values=True))
        if "command" in form:
            return SlackRequest(kind="command", payload=form)
        payload = json.loads(form["payload"])
    except (KeyError, ValueError):
        return None
    return SlackRequest(kind="interactive", payload=payload) if isinstance(payload, dict) else None


def of_socket(kind: str, payload: Mapping[str, Any]) -> SlackRequest | None:
    """The request of an envelope of Socket Mode; None for a kind that we do not take."""
    known = _SOCKET_KINDS.get(kind)
    if known is None or not isinstance(payload, Mapping):
        return None
    return _event(payload) if known == "event" else SlackRequest(kind=known, payload=payload)


def _event(body: Any) -> SlackRequest | None:
    if not isinstance(body, Mapping):
        return None
    if body.get("type") == "url_verification":
        return SlackRequest(kind="challenge", payload=body)
    event = body.get("event")
    return SlackRequest(kind="event", payload=event) if isinstance(event, Mapping) else None
