"""The English of the acts in a full-text table of its own, kept in step with the notices."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from archive.search.english_card import EnglishCard
from archive.search.notice_text import batches
from archive.search.stored_texts import written_cards

TABLE = (
    "CREATE VIRTUAL TABLE search_cards USING fts5("
    "title, words, tokenize='ascii', detail=column, columnsize=0)"
)


def put_card(conn: sqlite3.Connection, notice_id: int) -> None:
    """Renew the card of a notice from the stored tables, inside the caller's transaction."""
    put_cards(conn, [notice_id])


def put_cards(conn: sqlite3.Connection, notice_ids: Sequence[int]) -> None:
    for notice, card in written_cards(
        lambda sql, values: conn.execute(sql, values).fetchall(), notice_ids
    ):
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
