"""The English of the acts in a full-text table of its own, kept in step with the notices."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from archive.search.english_card import EnglishCard
from archive.search.notice_text import batches
from domain.law.duties import Duty

TABLE = (
    "CREATE VIRTUAL TABLE search_cards USING fts5("
    "title, words, tokenize='ascii', detail=column, columnsize=0)"
)
_NOTICES = (
    "SELECT id, title, title_en, document_number, issuers, jurisdiction, stage FROM notices"
    " WHERE id IN ({marks})"
)
_LABELS = "SELECT notice_id, topic FROM labels WHERE notice_id IN ({marks}) ORDER BY rowid"
_DUTIES = "SELECT notice_id, value FROM duties WHERE notice_id IN ({marks}) ORDER BY rowid"


def put_card(conn: sqlite3.Connection, notice_id: int) -> None:
    """Renew the card of a notice from the stored tables, inside the caller's transaction."""
    put_cards(conn, [notice_id])


def put_cards(conn: sqlite3.Connection, notice_ids: Sequence[int]) -> None:
    from archive.search.card_writer import card_of

    for some in batches(notice_ids, 200):
        marks = ",".join("?" * len(some))
        topics: dict[int, list[str]] = {}
        for notice, topic in conn.execute(_LABELS.format(marks=marks), some):
            topics.setdefault(notice, []).append(topic)
        duties: dict[int, list[Duty]] = {}
        for notice, value in conn.execute(_DUTIES.format(marks=marks), some):
            duties.setdefault(notice, []).append(Duty.from_json(json.loads(value)))
        for notice, *row in conn.execute(_NOTICES.format(marks=marks), some).fetchall():
            card = card_of(row, topics.get(notice, ()), duties.get(notice, ()))
            remove_card(conn, notice)
            conn.execute(
                "INSERT INTO search_cards (rowid, title, words) VALUES (?, ?, ?)",
                (notice, card.title, card.words),
            )


def remove_card(conn: sqlite3.Connection, notice_id: int) -> None:
    conn.execute("DELETE FROM search_cards WHERE rowid = ?", (notice_id,))


def fill_cards(conn: sqlite3.Connection) -> int:
    """A card for every notice, all made anew; how many."""
    conn.execute("DELETE FROM search_cards")
    ids = [row[0] for row in conn.execute("SELECT id FROM notices ORDER BY id")]
    put_cards(conn, ids)
    conn.execute("INSERT INTO search_cards (search_cards) VALUES ('optimize')")
    return len(ids)


def cards_of(conn: sqlite3.Connection, notice_ids: Sequence[int]) -> dict[int, EnglishCard]:
    """The cards of notices; one without is left out."""
    found: dict[int, EnglishCard] = {}
    for some in batches(notice_ids, 500):
        marks = ",".join("?" * len(some))
        sql = f"SELECT rowid, title, words FROM search_cards WHERE rowid IN ({marks})"  # noqa: S608
        for notice, title, words in conn.execute(sql, some):
            found[notice] = EnglishCard(title=title, words=words)
    return found


def with_stems(conn: sqlite3.Connection, stems: Sequence[str], most: int) -> list[int]:
    """Notices whose card has all the stems, at most so many."""
    asked = " AND ".join(f'"{stem}"' for stem in stems)
    rows = conn.execute(
        "SELECT rowid FROM search_cards WHERE search_cards MATCH ? LIMIT ?", (asked, most)
    )
    return [row[0] for row in rows]
