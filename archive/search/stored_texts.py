"""Read from the stored tables what is searched of notices, over any engine."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from archive.search.english_card import EnglishCard
from archive.search.notice_text import NoticeText, assemble, batches
from domain.law.duties import Duty

ReadRows = Callable[[str, Sequence[Any]], Iterable[Any]]
"""Rows of a statement with its parameters, by place."""

_LATEST = """
SELECT p.notice_id, v.id, v.title, v.text, v.document_number, v.index_number, v.issuers
FROM postings p JOIN versions v ON v.posting_id = p.id
WHERE p.notice_id IN ({marks})
  AND v.number = (SELECT max(number) FROM versions WHERE posting_id = p.id)
ORDER BY p.notice_id, p.id
"""
_FILES = """
SELECT a.version_id, a.name, coalesce(f.text, '')
FROM attachments a LEFT JOIN files f ON f.sha256 = a.sha256
WHERE a.version_id IN ({marks}) ORDER BY a.version_id, a.position
"""
_NOTICES = """
SELECT id, title, coalesce(title_en, ''), document_number, issuers,
       coalesce(published, substr(first_seen, 1, 10)), url
FROM notices WHERE id IN ({marks})
"""
_FIELDS = (
    "SELECT id, title, title_en, document_number, issuers, jurisdiction, stage FROM notices"
    " WHERE id IN ({marks})"
)
_LABELS = "SELECT notice_id, topic FROM labels WHERE notice_id IN ({marks}) ORDER BY id"
_DUTIES = "SELECT notice_id, value FROM duties WHERE notice_id IN ({marks}) ORDER BY id"


def stored_texts(read: ReadRows, ids: Sequence[int]) -> dict[int, NoticeText]:
    """The searchable text of notices; an unknown id is left out."""
    texts: dict[int, NoticeText] = {}
    for some in batches(ids, 200):
        texts.update(_texts_of(read, some))
    return texts


def _texts_of(read: ReadRows, ids: Sequence[int]) -> dict[int, NoticeText]:
    copies: dict[int, list[tuple[Any, ...]]] = {}
    for row in _of(read, _LATEST, ids):
        copies.setdefault(row[0], []).append(tuple(row))
    files: dict[int, list[tuple[str, str]]] = {}
    for version, name, text in _of(read, _FILES, [r[1] for c in copies.values() for r in c]):
        files.setdefault(version, []).append((name, text))
    return {
        row[0]: assemble(tuple(row), copies.get(row[0], []), files)
        for row in _of(read, _NOTICES, ids)
    }


def written_cards(read: ReadRows, ids: Sequence[int]) -> Iterator[tuple[int, EnglishCard]]:
    """The cards of notices, written anew from the stored tables."""
    from archive.search.card_writer import card_of

    for some in batches(ids, 200):
        topics: dict[int, list[str]] = {}
        for notice, topic in _of(read, _LABELS, some):
            topics.setdefault(notice, []).append(topic)
        duties: dict[int, list[Duty]] = {}
        for notice, value in _of(read, _DUTIES, some):
            duties.setdefault(notice, []).append(Duty.from_json(json.loads(value)))
        for notice, *row in _of(read, _FIELDS, some):
            yield notice, card_of(row, topics.get(notice, ()), duties.get(notice, ()))


def _of(read: ReadRows, sql: str, ids: Sequence[int]) -> Iterable[Any]:
    return read(sql.format(marks=",".join("?" * len(ids))), ids) if ids else ()
