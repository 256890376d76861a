"""PostgreSQL beside SQLite on the same generated archive: ingest, search, facets.

Prints one JSON object. Both are asked through the archive's own ports; the server is the test
extra's, with its settings for safety as they come (fsync on).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from archive.backends.factory import open_backend
from archive.ports import Backend
from archive.search.engine import Search, SearchRequest
from archive.store import Archive
from benchmarks.bench_search import DIMENSIONS, queries
from benchmarks.corpus import Corpus, Generated
from tests.builders import make_observation
from tests.fakes.postgres_server import missing_parts, running_postgres

_SAFE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
_SEEN = "2026-11-01T00:00:00.000000+00:00"
_CLASSES = {
    "1 character": "1 character",
    "2 characters": "2 characters, terms",
    "4 characters": "4 characters, random",
    "6 characters": "6 characters, random",
    "two terms": "two terms",
}
_ENCODER = "bench"
_SLOWEST_SEARCH, _LEAST_INGEST = 20.0, 150.0


def fill(backend: Backend, notices: Sequence[Generated]) -> float:
    """Rows of acts with one version each, a vector for every title, and the index made of them;
    the seconds that the index took."""
    dice = np.random.default_rng(5)
    database = backend.database
    for at in range(0, len(notices), 1000):
        some = notices[at : at + 1000]
        with database.transaction():
            for table, columns, rows in _rows(some):
                database.insert_rows(table, columns, rows)
            vectors = [
                (_ENCODER, "title", n.number, "title", _vector(dice).tobytes()) for n in some
            ]
            database.insert_rows(
                "vectors", ("encoder", "kind", "notice_id", "place", "vector"), vectors
            )
    with database.transaction():
        database.set_last_ids(dict.fromkeys(("notices", "postings", "versions"), len(notices)))
    started = time.perf_counter()
    backend.index.rebuild()
    backend.maintenance.optimize()
    return time.perf_counter() - started


def _rows(
    notices: Sequence[Generated],
) -> list[tuple[str, tuple[str, ...], list[tuple[Any, ...]]]]:
    acts = [
        (n.number, n.title, n.document_number, "CN", n.published, _SEEN, _SEEN, _url(n))
        for n in notices
    ]
    pages = [
        (n.number, n.number, "cn-miit", "a", "部", "CN", _url(n), n.title, _SEEN, _SEEN, "live")
        for n in notices
    ]
    versions = [
        (n.number, n.number, 1, _SEEN, _url(n), "0", "0", "0", 200, "[]", n.title, n.text, "[]")
        for n in notices
    ]
    return [
        ("notices", ("id", "title", "document_number", "jurisdiction", "published", "first_seen",
                     "changed_at", "url"), acts),
        ("postings", ("id", "notice_id", "source_key", "column_key", "publisher", "jurisdiction",
                      "url", "title", "first_seen", "last_seen", "state"), pages),
        ("versions", ("id", "posting_id", "number", "fetched_at", "url", "raw_sha256",
                      "text_sha256", "chain_sha256", "http_status", "headers", "title", "text",
                      "issuers"), versions),
    ]  # fmt: skip


def _url(notice: Generated) -> str:
    return f"https://x.gov.cn/{notice.number}"


def _vector(dice: np.random.Generator) -> np.ndarray:
    return dice.standard_normal(DIMENSIONS, dtype=np.float32)


def ingest_rate(archive: Archive, notices: Sequence[Generated]) -> float:
    """Acts a second, each with its evidence, version, relations and index entry."""
    started = time.perf_counter()
    for n in notices:
        archive.ingest(
            make_observation(f"https://new.gov.cn/{n.number}", n.title, n.text, number=None)
        )
    return round(len(notices) / (time.perf_counter() - started), 1)


def search_times(backend: Backend, asked: dict[str, list[str]]) -> dict[str, Any]:
    """Median and 95th percentile of whole searches, of facets and of hybrid search, in ms."""
    find = Search(db=backend.database, index=backend.index, vectors=backend.vectors)
    vector = _vector(np.random.default_rng(9))

    def hybrid(query: str) -> SearchRequest:
        return SearchRequest(query=query, mode="hybrid", vector=vector, encoder_id=_ENCODER)

    found = {
        name: _timed(find, [SearchRequest(query=query) for query in asked[kind]])
        for name, kind in _CLASSES.items()
    }
    words = [query for kind in _CLASSES.values() for query in asked[kind]]
    found["facets"] = _timed(find, [SearchRequest(query=query, facets=True) for query in words])
    found["hybrid"] = _timed(find, [hybrid(query) for query in words])
    return found


def _timed(find: Callable[[SearchRequest], Any], requests: Sequence[SearchRequest]) -> list[float]:
    find(requests[0])  # opens what is kept in memory
    times = []
    for request in requests:
        best = min(_seconds(find, request) for _ in range(2))
        times.append(best * 1000)
    return [round(median(times), 2), round(sorted(times)[int(0.95 * (len(times) - 1) + 0.5)], 2)]


def _seconds(find: Callable[[SearchRequest], Any], request: SearchRequest) -> float:
    started = time.perf_counter()
    find(request)
    return time.perf_counter() - started


def measure(
    folder: Path, url: str | None, known: Sequence[Generated], new: Sequence[Generated], count: int
) -> dict[str, Any]:
    backend = open_backend(folder, create=True, read_only=False, url=url)
    result: dict[str, Any] = {"index_seconds": round(fill(backend, known), 1)}
    print(f"filled {folder.name}", file=sys.stderr)
    result["search"] = search_times(backend, queries(known, count))
    size = backend.maintenance.size()
    result["database_mb"] = round(size.database_bytes / 1e6, 1)
    backend.database.close()
    with Archive.open(folder, url=url) as archive:
        result["ingest"] = ingest_rate(archive, new)
    return result


def rows_of(count: int, file: dict[str, Any], server: dict[str, Any]) -> list[dict[str, Any]]:
    """PostgreSQL's figures with SQLite's beside them."""
    rows = [
        {
            "what": f"{count} notices, PostgreSQL, ingest", "value": server["ingest"],
            "unit": "acts/s", "reference": f"SQLite {file['ingest']}",
            "ratio": server["ingest"] / file["ingest"],
            "budget": f">= {_LEAST_INGEST:g}", "ok": server["ingest"] >= _LEAST_INGEST,
        }
    ]  # fmt: skip
    for name, (_, slow) in server["search"].items():
        beside = file["search"][name][1]
        bound = _SLOWEST_SEARCH if name in _CLASSES else None
        rows.append(
            {
                "what": f"{count} notices, PostgreSQL, {name}: p95", "value": slow, "unit": "ms",
                "reference": f"SQLite {beside}", "ratio": slow / beside,
                "budget": f"<= {bound:g}" if bound else "",
                "ok": slow <= bound if bound else None,
            }
        )  # fmt: skip
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=100_000, help="notices in the archive")
    parser.add_argument("--queries", type=int, default=12, help="queries of each class")
    parser.add_argument("--quick", action="store_true", help="2,000 notices")
    arguments = parser.parse_args()
    if (missing := missing_parts()) is not None:
        print(json.dumps({"rows": [], "notes": [missing]}))
        return
    count, fresh = (2000, 100) if arguments.quick else (arguments.n, 1000)
    notices = list(Corpus().notices(count + fresh))
    known, new = notices[:count], notices[count:]
    with tempfile.TemporaryDirectory() as folder, running_postgres(_SAFE) as server:
        url = server.url(server.new_database())
        file = measure(Path(folder) / "file", None, known, new, arguments.queries)
        there = measure(Path(folder) / "server", url, known, new, arguments.queries)
    result = {"rows": rows_of(count, file, there), "sqlite": file, "postgresql": there}
    print(json.dumps(result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
