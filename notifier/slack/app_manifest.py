"""The manifest of the Slack app: what is pasted at api.slack.com/apps to make it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from config.field.field_names import load_field

SCOPES = (
    "chat:write", "channels:history", "groups:history", "channels:read", "groups:read",
    "commands", "links:read", "links:write", "files:write",
)  # fmt: skip
NEEDED = frozenset({"chat:write"})
"""Without these nothing is sent; each other scope is one thing that then does not work."""
_EVENTS = ("app_home_opened", "link_shared")

_DESCRIPTION = "Changes of the law on {field}, and who does what by when"


def app_manifest(public_url: str | None) -> dict[str, Any]:
    """By Socket Mode; by HTTP where the archive has a public address. Links of the archive get a
    preview there."""
    address = f"{public_url.rstrip('/')}/slack/actions" if public_url else None
    host = urlsplit(public_url).hostname if public_url else None
    command = {
        "command": "/noticewatch",
        "description": "Search, duties, due dates, check a claim",
        "usage_hint": "search WORDS | duty QUESTION | due [DAYS] | check TEXT",
        "should_escape": False,
    }
    shortcut = {
        "name": "Check this", "type": "message", "callback_id": "nw_check",
        "description": "What this message claims about the law, and what official texts say",
    }  # fmt: skip
    return {
        "display_information": {
            "name": "noticewatch",
            "description": _DESCRIPTION.format(field=load_field().subject.en),
        },
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "noticewatch", "always_online": True},
            "slash_commands": [{**command, **({"url": address} if address else {})}],
            "shortcuts": [shortcut],
            **({"unfurl_domains": [host]} if host else {}),
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {
                "bot_events": list(_EVENTS), **({"request_url": address} if address else {}),
            },
            "interactivity": {
                "is_enabled": True, **({"request_url": address} if address else {}),
            },
            "socket_mode_enabled": address is None,
            "org_deploy_enabled": False,
            "token_rotation_enabled": False,
        },
    }  # fmt: skip
