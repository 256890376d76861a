"""Bind the forms of a browser to its session: the key and the tokens made with it."""

from __future__ import annotations

import contextlib
import hmac
import os
import secrets
from pathlib import Path


def kept_secret(folder: Path) -> bytes:
    """The key of the forms' tokens, kept beside the archive so that a form which is open
    while the service restarts stays valid; a new one each time where it cannot be kept."""
    path = folder / "web.key"
    made = secrets.token_bytes(32)
    try:
        with contextlib.suppress(FileExistsError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as stream:
                stream.write(made)
        return path.read_bytes() or made
    except OSError:
        return made


def csrf_token(secret: bytes, session: str, user: str | None) -> str:
    """For the forms of this browser while this user is logged in: who could choose
    somebody's session cookie still could not make that person's token."""
    return hmac.new(secret, f"{user or ''}\n{session}".encode(), "sha256").hexdigest()


def same_secret(given: str, expected: str) -> bool:
    """Compare in a time that tells nothing."""
    return hmac.compare_digest(given.encode(), expected.encode())
