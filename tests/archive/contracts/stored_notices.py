"""Store acts through the database port alone, as the contracts of index and vectors need them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from archive.ports import Backend, Database

FIRST_SEEN = "2026-11-01T00:00:00.000000+00:00"


class Undone(Exception):
    """Ends a transaction whose writes are not wanted."""


@contextmanager
def rolled_back(database: Database) -> Iterator[None]:
    """A transaction that an exception ends."""
    with suppress(Undone), database.transaction():
        yield
        raise Undone


def store_notice(
    backend: Backend,
    title: str = "通知",
    text: str = "正文",
    *,
    published: str | None = "2026-01-01",
    jurisdiction: str = "CN",
    severity: str = "grey",
    topics: tuple[str, ...] = (),
    raw: bytes = b"page",
    indexed: bool = True,
) -> int:
    """An act with one copy, one version and its labels; the id of the act."""
    raw_sha256 = backend.evidence.put(raw)
    with backend.database.transaction():
        notice = backend.database.insert(
            "notices",
            _notice(title, published, jurisdiction=jurisdiction, severity=severity),
        )
        posting = backend.database.insert("postings", _posting(notice, title, jurisdiction))
        backend.database.insert("versions", _version(posting, title, text, raw_sha256))
        for topic in topics:
            backend.database.insert("labels", _label(notice, topic))
        if indexed:
            backend.index.put(notice)
    return notice


def delete_notice(backend: Backend, notice: int) -> None:
    """Delete an act with its copy; what depends on it goes first."""
    with backend.database.transaction():
        for statement in (
            "DELETE FROM vectors WHERE notice_id = ?",
            "DELETE FROM labels WHERE notice_id = ?",
            "DELETE FROM versions WHERE posting_id IN"
            " (SELECT id FROM postings WHERE notice_id = ?)",
            "DELETE FROM postings WHERE notice_id = ?",
            "DELETE FROM notices WHERE id = ?",
        ):
            backend.database.run(statement, (notice,))


def _notice(title: str, published: str | None, **named: Any) -> dict[str, Any]:
    return {
        "title": title,
        "published": published,
        "first_seen": FIRST_SEEN,
        "changed_at": FIRST_SEEN,
        "url": f"https://a.gov.cn/{title}",
        **named,
    }


def _posting(notice: int, title: str, jurisdiction: str) -> dict[str, Any]:
    return {
        "notice_id": notice,
        "source_key": "cn-miit",
        "column_key": "notices",
        "publisher": "工业和信息化部",
        "jurisdiction": jurisdiction,
        "url": f"https://a.gov.cn/{notice}",
        "title": title,
        "first_seen": FIRST_SEEN,
        "last_seen": FIRST_SEEN,
        "state": "listed",
    }


def _version(posting: int, title: str, text: str, raw_sha256: str) -> dict[str, Any]:
    return {
        "posting_id": posting,
        "number": 1,
        "fetched_at": FIRST_SEEN,
        "url": f"https://a.gov.cn/{posting}",
        "raw_sha256": raw_sha256,
        "text_sha256": "",
        "chain_sha256": "",
        "http_status": 200,
        "headers": "[]",
        "title": title,
        "text": text,
        "issuers": "[]",
    }


def _label(notice: int, topic: str) -> dict[str, Any]:
    return {"notice_id": notice, "topic": topic, "score": 0.9, "evidence": "[]", "model": "m"}
