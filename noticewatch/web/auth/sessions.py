"""Bind the forms of a browser to its session: the key and the tokens made with it."""

from __future__ import annotations

import hmac
import secrets
from pathlib import Path

from config.kept_secret import kept_secret


def forms_key(folder: Path) -> bytes:
    """The key of the forms' tokens, kept beside the archive so that a form which is open
    while the service restarts stays valid; a new one each time where it cannot be kept."""
    try:
        return kept_secret(folder / "web.key") or secrets.token_bytes(32)
    except OSError:
        return secrets.token_bytes(32)


def csrf_token(secret: bytes, session: str, user: str | None) -> str:
    """For the forms of this browser while this user is logged in: who could choose
    somebody's session cookie still could not make that person's token."""
    return hmac.new(secret, f"{user or ''}\n{session}".encode(), "sha256").hexdigest()


def same_secret(given: str, expected: str) -> bool:
    """Compare in a time that tells nothing."""
    return hmac.compare_digest(given.encode(), expected.encode())
