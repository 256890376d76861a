"""Cursors of search results: where the next page begins."""

from __future__ import annotations

import base64
import json
from typing import Any

from archive.ports import Place


def write_cursor(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _cursor(cursor: str | None) -> dict[str, Any]:
    """What a cursor holds; one that was tampered with starts from the top."""
    if not cursor:
        return {}
    try:
        value = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def read_cursor(cursor: str | None) -> Place | None:
    after = _cursor(cursor).get("after")
    if isinstance(after, list) and len(after) == 2 and isinstance(after[1], int):
        return str(after[0]), after[1]
    return None


def read_offset(cursor: str | None) -> int:
    offset = _cursor(cursor).get("offset", 0)
    return offset if isinstance(offset, int) and offset > 0 else 0
