"""The full-text index: bigrams made in Python in a contentless FTS5 table.

The index holds no text and no positions; it only proposes notices, the exact check over the
stored text decides (:mod:`archive.search.engine`). Rows are handed out in chunks, a chunk
belongs to one month of publication, so that the newest notices can be read first without
sorting all.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from domain.text.normalization import normalise_document_number, search_key

CHUNK = 1024  # rows of one month that lie side by side
_SUFFIX = 16  # letters and digits are found by the first 16 characters of each of their tails
_MARKS = 2  # so many marks between two segments are linked over
_ASKED = 40  # tokens of one term that FTS5 is asked for
_TIDY_EVERY = 1000  # after so many notices the index is packed a little
_TIDY_PAGES = 2000
_SEGMENTS = re.compile(r"(?P<word>[a-z0-9]+)|(?P<run>(?:(?![a-z0-9_])\w)+)")

# A stamp that never comes back, not even when an older copy of the archive is restored.
_COUNT_VECTORS = (
    "UPDATE search_state SET value = random() & 9223372036854775807 WHERE key = 'vectors'"
)
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
    f"CREATE TRIGGER vectors_added AFTER INSERT ON vectors BEGIN {_COUNT_VECTORS}; END",
    f"CREATE TRIGGER vectors_removed AFTER DELETE ON vectors BEGIN {_COUNT_VECTORS}; END",
    f"CREATE TRIGGER vectors_replaced AFTER UPDATE ON vectors BEGIN {_COUNT_VECTORS}; END",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeText:
    """What of a notice can be searched: its titles, the latest text of every copy with its
    attachments, and numbers, issuers and names of attachments."""

    title: str
    body: str
    meta: str
    numbers: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    published: str = ""


def create_search_tables(conn: sqlite3.Connection) -> None:
    """The tables of the index; ``vectors`` must exist. Runs inside the caller's transaction."""
    for statement in _TABLES:
        conn.execute(statement)


# ------------------------------------------------------------------ tokens


def segments(key: str) -> Iterator[tuple[int, int, bool]]:
    """Start, end and is-it-a-word of each run of a search key; a word is letters and digits,
    the rest are runs of Chinese (or other) characters."""
    for match in _SEGMENTS.finditer(key):
        yield match.start(), match.end(), match.lastgroup == "word"


def tokens(key: str) -> set[str]:
    """What is indexed for a search key: pairs of neighbours, the last character of each run,
    the tails of each word, the pairs where a word meets a run, and links over marks."""
    found: set[str] = set()
    previous_end, previous_word = 0, False
    for start, end, is_word in segments(key):
        if is_word:
            for tail in range(start, end):
                found.add(key[tail : min(end, tail + _SUFFIX)])
        else:
            found.update(a + b for a, b in pairwise(key[start:end]))
            found.add(key[end - 1])
        if previous_end and start == previous_end:
            found.add(key[start - 1 : start + 1])
        elif previous_end:
            found.update(_link(key, previous_end, start, end, words=is_word and previous_word))
        previous_end, previous_word = end, is_word
    return found


def _link(key: str, before: int, start: int, end: int, *, words: bool) -> tuple[str, ...]:
    """Two segments with a mark or two between (〔2026〕17, 3.5, 规定的，由): the last character of
    the first, the marks, the first character of the second; of words with one mark between
    them the whole second. The first segment ends at ``before``; none if they are far apart."""
    marks = key[before:start]
    if len(marks) > _MARKS:
        return ()
    # FTS5 would split at the marks themselves.
    code = chr(0xE000 + sum(ord(mark) * 31**place for place, mark in enumerate(marks)) % 0x1000)
    end = min(end, start + _SUFFIX) if words and len(marks) == 1 else start + 1
    return (key[before - 1] + code + key[start:end],)


def match_expression(key: str) -> str | None:
    """The FTS5 query that every text containing ``key`` satisfies; None if nothing in it is
    indexed."""
    needed: dict[str, None] = {}
    open_ended: list[str] = []
    previous_end, previous_word = 0, False
    for start, end, is_word in segments(key):
        piece, last = key[start:end], end == len(key)
        complete = not last or len(piece) >= _SUFFIX  # a word that may go on is found by prefix
        meets = bool(previous_end) and start == previous_end
        words = is_word and previous_word
        if meets:
            needed[key[start - 1 : start + 1]] = None
        elif previous_end and (complete or not words):
            needed.update(dict.fromkeys(_link(key, previous_end, start, end, words=words)))
        previous_end, previous_word = end, is_word
        if is_word:
            if complete:
                needed[piece[:_SUFFIX]] = None
            else:
                open_ended.append(piece)
        elif len(piece) > 1:
            needed.update(dict.fromkeys(a + b for a, b in pairwise(piece)))
        elif not last:
            needed[piece] = None
        elif not meets:
            open_ended.append(piece)
    exact = [f'"{token}"' for token in _some(list(needed))]
    # A prefix reads every token that begins so: only where nothing better is there.
    exact += [f'"{t}"*' for t in open_ended if not needed or (t.isascii() and len(t) > 2)]
    return " AND ".join(exact) or None


def _some(tokens: list[str]) -> list[str]:
    """Of a long phrase some pieces are enough; FTS5 bounds the size of a query."""
    return tokens[:: -(-len(tokens) // _ASKED)] if len(tokens) > _ASKED else tokens


# ------------------------------------------------------------------ writing


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
            "SELECT id FROM notices ORDER BY coalesce(published, date(first_seen)), id"
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


# ------------------------------------------------------------------ reading

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
       coalesce(published, date(first_seen)), url
FROM notices WHERE id IN ({marks})
"""


def notice_texts(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, NoticeText]:
    """The searchable text of notices; an unknown id is left out."""
    texts: dict[int, NoticeText] = {}
    for some in batches(ids, 200):
        texts.update(_texts_of(conn, some))
    return texts


def _texts_of(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, NoticeText]:
    copies: dict[int, list[tuple[Any, ...]]] = {}
    for row in _in(conn, _LATEST, ids):
        copies.setdefault(row[0], []).append(row)
    files: dict[int, list[tuple[str, str]]] = {}
    for version, name, text in _in(conn, _FILES, [r[1] for c in copies.values() for r in c]):
        files.setdefault(version, []).append((name, text))
    return {
        row[0]: _assemble(row, copies.get(row[0], []), files) for row in _in(conn, _NOTICES, ids)
    }


def _assemble(
    notice: tuple[Any, ...],
    copies: list[tuple[Any, ...]],
    files: dict[int, list[tuple[str, str]]],
) -> NoticeText:
    _, title, title_en, number, issuers, published, url = (str(v or "") for v in notice)
    titles, bodies, meta = [title], [], [title_en, url]
    numbers, issuer_lists = [number], [issuers]
    for _, version, copy_title, text, copy_number, index_number, copy_issuers in copies:
        titles.append(str(copy_title))
        bodies.append(str(text))
        numbers.append(str(copy_number or ""))
        issuer_lists.append(str(copy_issuers))
        meta.append(str(index_number or ""))
        for name, file_text in files.get(version, ()):
            meta.append(name)
            bodies.append(file_text)
    spelled = {n: None for n in numbers if n} | {
        normalise_document_number(n): None for n in numbers if n
    }
    names = tuple(dict.fromkeys(n for text in issuer_lists for n in _names(text)))
    meta += [*spelled, *names]
    return NoticeText(
        title="\n".join(dict.fromkeys(titles)),
        body="\n".join(dict.fromkeys(bodies)),
        meta="\n".join(m for m in dict.fromkeys(meta) if m),
        numbers=tuple(spelled),
        issuers=names,
        published=published,
    )


def _names(issuers: str) -> list[str]:
    import json

    try:
        names = json.loads(issuers)
    except ValueError:
        return [issuers] if issuers else []
    return [str(n) for n in names] if isinstance(names, list) else []


def batches(items: Iterable[int], size: int) -> Iterator[list[int]]:
    some: list[int] = []
    for item in items:
        some.append(item)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some


def _in(conn: sqlite3.Connection, sql: str, ids: Sequence[int]) -> list[tuple[Any, ...]]:
    if not ids:
        return []
    return conn.execute(sql.format(marks=",".join("?" * len(ids))), list(ids)).fetchall()
