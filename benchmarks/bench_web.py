"""The web archive over a generated archive: milliseconds at the server, and bytes of a page.

Prints one JSON object in the shape that ``benchmarks/run.py`` reads. Requests go straight to
the application in this process, so that what is timed is what the server does: routing,
security, archive and template. ``--dir`` keeps the generated archive for the next run.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

from archive.store import Archive
from archive.transfer.importer import import_lines
from benchmarks.corpus import TERMS, Corpus
from config.loader import load_jurisdictions, load_sources, load_topics
from config.model import Settings
from domain.law.classify_task import Classification, ClassifyTask
from domain.records.fact import Evidence, Fact, Label
from domain.records.states import FactKind
from noticewatch.web.app import create_app
from noticewatch.web.context import WebContext

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
RELEVANT_EVERY = 20  # one notice in so many is labelled
_ISSUERS = (
    "工业和信息化部",
    "广东省工业和信息化厅",
    "江苏省生态环境厅",
    "上海市经济和信息化委员会",
)
_TOPICS = ("penalty", "portal", "traceability-format")


def _lines(count: int) -> Iterator[str]:
    for notice in Corpus().notices(count):
        yield json.dumps(
            {
                "url": f"https://bench.example/{notice.number}.html",
                "title": notice.title,
                "text": notice.text,
                "published": notice.published,
                "document_number": notice.document_number,
                "issuers": [_ISSUERS[notice.number % len(_ISSUERS)]],
            },
            ensure_ascii=False,
        )


def _regulation(renumbered: bool) -> str:
    """About 25,000 characters in 250 articles; the other edition begins with a new article."""
    corpus = Corpus(seed=5)
    articles = [corpus.sentence() for _ in range(700)]
    text, number = "", 1
    if renumbered:
        text, number = f"第1条 {corpus.sentence()}\n", 2
        articles[40] = corpus.sentence()
    for article in articles:
        if len(text) > 25_000:
            break
        text += f"第{number}条 {article}\n"
        number += 1
    return text


def _regulation_line(renumbered: bool) -> str:
    title = "废旧动力电池综合利用管理办法"
    record = {"url": "https://bench.example/act.html", "title": title, "published": "2026-11-01"}
    return json.dumps({**record, "text": _regulation(renumbered)}, ensure_ascii=False)


def _classification(task: ClassifyTask, rng: random.Random) -> Classification:
    relevant = task.notice_id % RELEVANT_EVERY == 0
    low = rng.randint(1, 9) * 1000
    fine = {"min": low, "max": low * 5, "currency": "CNY", "basis": "fixed"}
    day = f"2027-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    evidence = (Evidence(text=task.version.text[:80], where="正文第1段"),)
    facts = (
        Fact.from_json(
            kind=FactKind.FINE, value=fine, quote=task.version.text[:40], where="第九条"
        ),
        Fact.from_json(
            kind=FactKind.EFFECTIVE_DATE, value=day, quote=f"自{day}起施行", where="第十条"
        ),
    )
    topics = rng.sample(_TOPICS, 2)
    return Classification(
        change_id=task.change_id,
        labels=tuple(Label(topic=t, score=0.9, evidence=evidence, model="bench") for t in topics)
        if relevant
        else (),
        facts=facts if relevant else (),
        stage="final",
        relevant_because="labels" if relevant else None,
        model="bench",
        change_topics=tuple(topics) if relevant else (),
    )


def build(folder: Path, count: int) -> None:
    """An archive of ``count`` notices and one long regulation in two versions."""
    rng = random.Random(3)
    with Archive.open(folder, clock=lambda: NOW) as archive:
        import_lines(archive, _lines(count), now=NOW)
        print("imported", file=sys.stderr)
        for renumbered in (False, True):
            import_lines(archive, [_regulation_line(renumbered)], now=NOW)
        while tasks := archive.classification.pending(limit=500):
            with archive.transaction():
                for task in tasks:
                    archive.classification.store(_classification(task, rng))
    print("classified", file=sys.stderr)


class Visitor:
    """Asks the application without a network in between."""

    def __init__(self, folder: Path) -> None:
        self.site = WebContext(
            data_dir=folder,
            settings=Settings(),
            topics=load_topics(),
            sources=load_sources(),
            jurisdictions=load_jurisdictions(),
            clock=lambda: NOW,
        )
        self.app = create_app(self.site)

    async def get(self, path: str) -> tuple[float, int]:
        """Milliseconds and bytes of an answer, which must be 200."""
        where, _, query = path.partition("?")
        scope: dict[str, Any] = {
            "type": "http", "http_version": "1.1", "method": "GET", "path": where,
            "raw_path": where.encode(), "query_string": query.encode(), "root_path": "",
            "scheme": "http", "headers": [(b"host", b"localhost")],
            "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8000),
        }  # fmt: skip
        size = 0

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            nonlocal size
            if message["type"] == "http.response.start" and message["status"] != 200:
                raise RuntimeError(f"{path}: {message['status']}")
            size += len(message.get("body", b""))

        start = time.perf_counter()
        await self.app(scope, receive, send)
        return (time.perf_counter() - start) * 1000, size


def _addresses(visitor: Visitor, number: int) -> dict[str, list[str]]:
    archive = visitor.site.archive
    rng = random.Random(11)
    act = archive.notices.by_url("https://bench.example/act.html")
    if act is None:
        raise RuntimeError("the generated archive has no regulation")
    last = archive.notices.counts()["notices"]
    pieces: list[str] = []
    while len(pieces) < number:
        found = archive.notices.get(rng.randint(1, last))
        text = found.postings[0].versions[-1].text if found else ""
        if len(text) > 200:
            at = rng.randrange(len(text) - 20)
            pieces.append("".join(text[at : at + rng.randint(2, 6)].split()))
    queries = [*pieces, *TERMS[:number]]
    posting, newest = act.postings[0].id, act.postings[0].versions[-1].number
    return {
        "first page": ["/"] * number,
        "search page": [f"/search?q={quote(query)}" for query in queries],
        "search in the API": [f"/api/v1/search?q={quote(query)}" for query in queries],
        "notice page": [f"/notices/{rng.randint(1, last)}" for _ in range(number)],
        "compare, 25,000 characters": [f"/compare?posting={posting}&a={newest - 1}&b={newest}"]
        * number,
        "feed of a search": [f"/feed.atom?q={quote(term)}" for term in TERMS[:number]],
        "sources": ["/sources"] * number,
        "matrix": ["/matrix"] * number,
        "map": ["/map"] * number,
        "deadlines": ["/deadlines"] * number,
        "activity": ["/activity"] * number,
    }


_BUDGETS = {
    "first page": 100, "search page": 100, "search in the API": 100, "notice page": 50,
    "compare, 25,000 characters": 300,
}  # fmt: skip
PAGE_WEIGHT = 150_000


async def measure(visitor: Visitor, number: int) -> list[dict[str, Any]]:
    rows = []
    for what, paths in _addresses(visitor, number).items():
        await visitor.get(paths[0])  # templates are compiled once a process
        answers = [await visitor.get(path) for path in paths]
        times = sorted(taken for taken, _ in answers)
        p95 = times[int(0.95 * (len(times) - 1) + 0.5)]
        budget = _BUDGETS.get(what)
        rows.append(
            {
                "what": f"{what}, p95 at the server",
                "value": round(p95, 1),
                "unit": "ms",
                "reference": f"median {median(times):.1f} ms",
                "budget": f"≤ {budget} ms" if budget else "",
                "ok": p95 <= budget if budget else None,
            }
        )
        heaviest = max(size for _, size in answers)
        rows.append(
            {
                "what": f"{what}, heaviest answer",
                "value": round(heaviest / 1000, 1),
                "unit": "kB",
                "budget": f"≤ {PAGE_WEIGHT // 1000} kB",
                "ok": heaviest <= PAGE_WEIGHT,
            }
        )
    return rows


def run(folder: Path, count: int, number: int) -> dict[str, Any]:
    if not (folder / "archive.db").exists():
        build(folder, count)
    visitor = Visitor(folder)
    rows = asyncio.run(measure(visitor, number))
    counts = visitor.site.archive.notices.counts()
    return {"rows": rows, "notes": [f"{counts['notices']} notices, {counts['relevant']} relevant"]}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=100_000, help="notices in the archive")
    parser.add_argument("--requests", type=int, default=40, help="requests of each kind")
    parser.add_argument("--dir", type=Path, help="keep the archive here and use it again")
    parser.add_argument("--quick", action="store_true", help="2,000 notices")
    given = parser.parse_args(arguments)
    count = 2000 if given.quick else given.n
    if given.dir:
        result = run(given.dir, count, given.requests)
    else:
        with tempfile.TemporaryDirectory() as folder:
            result = run(Path(folder), count, given.requests)
    print(json.dumps(result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
