"""Keep a random key in a file that only its owner can read."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

_BYTES = 32


def kept_secret(path: Path) -> bytes:
    """The key in a file, made when it is first needed. Several processes may ask at once: all
    get the key of the one that was quickest, and none reads half a key. What is shorter than a
    key (a file that a full disk or a copy has emptied) is none: anybody could guess it."""
    with contextlib.suppress(FileNotFoundError):
        if len(key := path.read_bytes()) >= _BYTES:
            return key
        path.unlink()
    part = path.with_suffix(f".{secrets.token_hex(8)}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        with contextlib.suppress(FileExistsError):
            os.link(part, path)
    finally:
        part.unlink()
    return path.read_bytes()
