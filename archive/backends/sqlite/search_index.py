"""The full-text index: bigrams made in Python in a contentless FTS5 table.

The index holds no text and no positions; it only proposes notices, the exact check over the
stored text decides (:mod:`archive.search.engine`). Rows are handed out in chunks, a chunk
belongs to one month of publication, so that the newest notices can be read first without
sorting all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence

from archive.backends.sqlite.triggers import TRIGGERS
from archive.search.notice_text import NoticeText
from archive.search.query import Query
from archive.search.stored_texts import stored_texts
from archive.search.tokens import AskedTokens, asked_tokens, tokens
from domain.text.normalization import search_key

CHUNK = 1024  # rows of one month that lie side by side
_TIDY_EVERY = 1000  # after so many notices the index is packed a little
_TIDY_PAGES = 2000

_TABLES = (
    "CREATE VIRTUAL TABLE notice_index USING fts5("
    "tokens, content='', tokenize='ascii', detail=none, columnsize=0)",
    "CREATE TABLE search_rows ("
    "row INTEGER PRIMARY KEY, notice_id INTEGER NOT NULL UNIQUE, published TEXT NOT NULL)",
    "CREATE INDEX search_rows_by_date ON search_rows (published, notice_id)",
    "CREATE TABLE search_chunks ("
    "chunk INTEGER PRIMARY KEY, month TEXT NOT NULL, used INTEGER NOT NULL)",
    "CREATE INDEX search_chunks_by_month ON search_chunks (month, chunk)",
    "CREATE TABLE search_state (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
    "INSERT INTO search_state VALUES ('stale', 0), ('added', 0), ('vectors', 0)",
    "INSERT INTO notice_index (notice_index, rank) VALUES ('usermerge', 2)",
    *TRIGGERS,
)


def create_search_tables(conn: sqlite3.Connection) -> None:
    """The tables of the index; ``vectors`` must exist. Runs inside the caller's transaction."""
    for statement in _TABLES:
        conn.execute(statement)


def index_notice(
    conn: sqlite3.Connection,
    notice_id: int,
    *,
    title: str,
    body: str,
    meta: str,
    published: str | None,
) -> None:
    """Put a notice into the index or renew it, inside the caller's transaction. Call it again
    whenever its text, its copies, its number or its day of publication change."""
    published = (published or "")[:10]
    remove_notice(conn, notice_id)
    row = _next_row(conn, published[:7])
    conn.execute(
        "INSERT INTO search_rows (row, notice_id, published) VALUES (?, ?, ?)",
        (row, notice_id, published),
    )
    words = tokens(search_key(title)) | tokens(search_key(body)) | tokens(search_key(meta))
    conn.execute(
        "INSERT INTO notice_index (rowid, tokens) VALUES (?, ?)", (row, " ".join(sorted(words)))
    )
    added = conn.execute(
        "UPDATE search_state SET value = value + 1 WHERE key = 'added' RETURNING value"
    ).fetchone()[0]
    if added % _TIDY_EVERY == 0:
        conn.execute(
            "INSERT INTO notice_index (notice_index, rank) VALUES ('merge', ?)", (_TIDY_PAGES,)
        )


def remove_notice(conn: sqlite3.Connection, notice_id: int) -> None:
    """Take a notice out of the index, inside the caller's transaction. Its entry stays behind
    without a row and is never found; :func:`rebuild_index` frees the space."""
    gone = conn.execute("DELETE FROM search_rows WHERE notice_id = ?", (notice_id,)).rowcount
    if gone:
        conn.execute("UPDATE search_state SET value = value + 1 WHERE key = 'stale'")


def _next_row(conn: sqlite3.Connection, month: str) -> int:
    latest = conn.execute(
        "SELECT chunk, used FROM search_chunks WHERE month = ? ORDER BY chunk DESC LIMIT 1",
        (month,),
    ).fetchone()
    if latest and latest[1] < CHUNK:
        conn.execute("UPDATE search_chunks SET used = used + 1 WHERE chunk = ?", (latest[0],))
        return int(latest[0]) * CHUNK + int(latest[1])
    chunk = conn.execute(
        "INSERT INTO search_chunks (month, used) VALUES (?, 1) RETURNING chunk", (month,)
    ).fetchone()[0]
    return int(chunk) * CHUNK


def reindex_notice(conn: sqlite3.Connection, notice_id: int) -> None:
    """Renew the index entry of a notice from the stored tables (none left: removed)."""
    text = notice_texts(conn, [notice_id]).get(notice_id)
    if text is None:
        remove_notice(conn, notice_id)
        return
    index_notice(
        conn,
        notice_id,
        title=text.title,
        body=text.body,
        meta=text.meta,
        published=text.published,
    )


def rebuild_index(
    conn: sqlite3.Connection, progress: Callable[[int, int], None] | None = None
) -> int:
    """Make the whole index anew from the stored text, inside the caller's transaction; the
    number of notices indexed."""
    conn.execute("INSERT INTO notice_index (notice_index) VALUES ('delete-all')")
    conn.execute("DELETE FROM search_rows")
    conn.execute("DELETE FROM search_chunks")
    conn.execute("UPDATE search_state SET value = 0 WHERE key = 'stale'")
    ids = [
        row[0]
        for row in conn.execute(
            "SELECT id FROM notices ORDER BY coalesce(published, substr(first_seen, 1, 10)), id"
        )
    ]
    for done, notice_id in enumerate(ids, 1):
        reindex_notice(conn, notice_id)
        if progress and (done % 100 == 0 or done == len(ids)):
            progress(done, len(ids))
    conn.execute("INSERT INTO notice_index (notice_index) VALUES ('optimize')")
    return len(ids)


def index_problems(conn: sqlite3.Connection) -> list[str]:
    """Sentences for ``doctor``: notices without an index row and rows without a notice."""
    problems = []
    missing = conn.execute(
        "SELECT count(*) FROM notices WHERE id NOT IN (SELECT notice_id FROM search_rows)"
    ).fetchone()[0]
    if missing:
        problems.append(f"{missing} notices are not in the search index; run rebuild-index")
    orphans = conn.execute(
        "SELECT count(*) FROM search_rows WHERE notice_id NOT IN (SELECT id FROM notices)"
    ).fetchone()[0]
    if orphans:
        problems.append(f"{orphans} search rows name no notice; run rebuild-index")
    return problems


def notice_texts(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, NoticeText]:
    """The searchable text of notices; an unknown id is left out."""
    return stored_texts(lambda sql, values: conn.execute(sql, values).fetchall(), ids)


def query_expression(query: Query) -> str | None:
    """What FTS5 is asked; None if the index cannot narrow the query down."""
    return " AND ".join(f"({_either(group)})" for group in query.asked()) or None


def words_expression(keys: Iterable[str]) -> str | None:
    """Any of some search keys; None if nothing in them is indexed."""
    return _either(asked for key in keys if (asked := asked_tokens(key))) or None


def _either(asked: Iterable[AskedTokens]) -> str:
    return " OR ".join(f"({_all(one)})" for one in asked)


def _all(asked: AskedTokens) -> str:
    whole = [f'"{token}"' for token in asked.whole]
    return " AND ".join([*whole, *(f'"{token}"*' for token in asked.begun)])
