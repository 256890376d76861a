"""Make addresses of links that work without a login, with a placeholder for the token.

A message is rendered with placeholders; it gets its tokens when it leaves.
"""

from __future__ import annotations

import re

from domain.records.states import LinkPurpose

HANDLE_PATH = "/act/"
UNSUBSCRIBE_PATH = "/unsubscribe/"
# As in ``act/nw-acknowledge-17-token`` and ``unsubscribe/nw-leave-token``.
_PLACEHOLDER = r"(?:act/nw-(acknowledge|assign)-(\d{1,15})|unsubscribe/nw-leave)-token"


def handle_url(public_url: str, purpose: LinkPurpose, notice_id: int) -> str:
    """Where a reader acknowledges an act or takes it on; the token is still missing."""
    return f"{public_url.rstrip('/')}{HANDLE_PATH}nw-{purpose}-{notice_id}-token"


def unsubscribe_url(public_url: str) -> str:
    """Where a recipient leaves; the token is still missing."""
    return f"{public_url.rstrip('/')}{UNSUBSCRIBE_PATH}nw-leave-token"


def placeholder_pattern(public_url: str) -> re.Pattern[str]:
    """What matches the placeholders under an address: purpose and notice are its groups."""
    return re.compile(re.escape(public_url.rstrip("/") + "/") + _PLACEHOLDER)
