"""The hash chain over versions: what each link covers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from archive.column_values import dumps
from archive.ports import Row

CHAIN_END = "chain_end"  # in archive_state: the newest version's link

_RECORDED = (
    "posting_id", "number", "http_status", "headers", "blocks", "document_number",
    "index_number", "issuers", "date_listed", "date_visible", "date_meta", "date_signed",
    "comment_deadline", "validity",
)  # fmt: skip


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def chain_sha256(previous: str, *covered: str) -> str:
    """The link of one version: it covers the link before it, so later tampering shows.
    ``covered``: raw_sha256, text_sha256, url, fetched_at, title and, since schema 2,
    record_sha256."""
    return sha256_of("\n".join((previous, *covered)).encode())


def record_sha256(
    record: Row | dict[str, Any], files: Sequence[tuple[str, str, str | None]]
) -> str:
    """The hash of a version's metadata and of the name, address and hash of its attachments."""
    return sha256_of(dumps([[record[name] for name in _RECORDED], files]).encode())
