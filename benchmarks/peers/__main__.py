"""The same watch job for noticewatch and three page watchers, on the same loopback site.

Planted: edits of one clause, an alert endpoint that answers 503, a notice taken down and put
back, pages in GBK, counters and clocks that change at every request. Counted: what was found,
missed and falsely alerted, characters marked for each changed one, alerts lost, CPU, memory,
requests, connections at once. Each peer is installed once into an environment of its own below
``.peers/``. Written to ``benchmarks/peers.json`` and ``benchmarks/peers.md``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.peers.stage import CHANGED_CHARACTERS, Stage
from benchmarks.peers.watchers import (
    VERSIONS,
    Changedetection,
    Noticewatch,
    Urlwatch,
    Watcher,
    Webchanges,
)
from benchmarks.run import machine

HERE = Path(__file__).parents[1]
SELECTOR = "#zoom"
Make = Callable[[Path], Watcher]


def install(environments: Path) -> None:
    """Make each peer's environment, once."""
    for name, version in VERSIONS.items():
        folder = environments / name
        if (folder / "bin" / name).exists():
            continue
        print(f"… installing {name} {version}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, f"{name}=={version}"], check=True)


# ------------------------------------------------------------------ scenarios


def edits(make: Make, folder: Path, pages: int, selector: str | None) -> dict[str, Any]:
    """Noise on: two polls of nothing new, then edits, then an endpoint that is down."""
    stage, watcher = Stage(pages), make(folder)
    try:
        watcher.start(stage.urls(), stage.replica.column_url, stage.hook.url, selector)
        watcher.poll()
        stage.hook.take()
        watcher.poll()
        false = len(set(stage.named(stage.hook.take())))
        planted = stage.edit(pages // 10)
        watcher.poll()
        texts = stage.hook.take()
        named = set(stage.named(texts))
        marked = sum(watcher.marked(text) for text in texts)
        outcome = {
            "planted": len(planted),
            "found": len(named & planted),
            "false": false + len(named - planted),
            "marked_ratio": round(marked / (CHANGED_CHARACTERS * max(len(named), 1)), 1),
        }
        return outcome | outage(stage, watcher)
    finally:
        watcher.stop()
        stage.close()


def outage(stage: Stage, watcher: Watcher) -> dict[str, Any]:
    """The endpoint answers 503 while a change is found, then is well again."""
    planted = stage.edit(3)
    stage.hook.status = 503
    watcher.poll()
    stage.hook.status = 200
    watcher.poll()
    watcher.poll()
    named = stage.named(stage.hook.take())
    arrived = planted & set(named)
    return {
        "outage_planted": len(planted),
        "outage_lost": len(planted - arrived),
        "outage_doubled": sum(named.count(url) - 1 for url in arrived),
    }


def cost(make: Make, folder: Path, pages: int) -> dict[str, Any]:
    """A poll of known pages with validators and without noise: what it takes."""
    stage, watcher = Stage(pages, noise=False), make(folder)
    try:
        watcher.start(stage.urls(), stage.replica.column_url, stage.hook.url, SELECTOR)
        watcher.poll()
        stage.replica.forget()
        spent = watcher.poll()
        hits = [hit for hit in stage.replica.hits if hit.path != "/robots.txt"]
        return {
            "cpu_seconds": round(spent.cpu, 2),
            "rss_mib": round(spent.rss_mib),
            "requests": len(hits),
            "not_modified": sum(hit.status == 304 for hit in hits),
            "at_once": stage.replica.max_concurrent,
        }
    finally:
        watcher.stop()
        stage.close()


def withdrawal(make: Make, folder: Path) -> dict[str, Any]:
    """One notice answers 404 for three polls, then is back: the alerts that name it."""
    stage, watcher = Stage(12), make(folder)
    try:
        watcher.start(stage.urls(), stage.replica.column_url, stage.hook.url, SELECTOR)
        watcher.poll()
        stage.hook.take()
        (gone,) = stage.withdraw(1)
        address = stage.replica.detail_url(gone)
        told = []
        for _ in range(3):
            watcher.poll()
            told.append(sum(address in text for text in stage.hook.take()))
        stage.replica.site.restore(gone)
        watcher.poll()
        back = sum(address in text for text in stage.hook.take())
        return {"gone_alerts": told, "back_alerts": back}
    finally:
        watcher.stop()
        stage.close()


def gbk(make: Make, folder: Path) -> dict[str, Any]:
    """GBK pages: is an edit found, and is the alert readable?"""
    stage, watcher = Stage(12, encoding="gbk"), make(folder)
    try:
        watcher.start(stage.urls(), stage.replica.column_url, stage.hook.url, SELECTOR)
        watcher.poll()
        stage.hook.take()
        planted = stage.edit(1)
        watcher.poll()
        texts = stage.hook.take()
        return {
            "gbk_found": planted <= set(stage.named(texts)),
            "gbk_readable": any("主管部门" in text for text in texts),
        }
    finally:
        watcher.stop()
        stage.close()


# ------------------------------------------------------------------ the run


def compare(environments: Path, pages: int) -> dict[str, Any]:
    makers: dict[str, Make] = {
        "noticewatch": Noticewatch,
        "urlwatch": lambda folder: Urlwatch(folder, environments),
        "webchanges": lambda folder: Webchanges(folder, environments),
        "changedetection.io": lambda folder: Changedetection(folder, environments),
    }
    results: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name:
        for watcher, make in makers.items():
            print(f"… {watcher}", file=sys.stderr)
            base = Path(name) / watcher
            bare = edits(make, base / "bare", pages, None)
            results[watcher] = {
                "version": VERSIONS.get(watcher, "this"),
                "without_selector": bare,
                "with_selector": bare
                if watcher == "noticewatch"
                else edits(make, base / "selected", pages, SELECTOR),
                **cost(make, base / "cost", pages),
                **withdrawal(make, base / "withdrawal"),
                **gbk(make, base / "gbk"),
            }
    return results


ROWS: list[tuple[str, Callable[[dict[str, Any]], object]]] = [
    ("false alarms, no selector, counters running", lambda r: r["without_selector"]["false"]),
    ("edits found of those planted, no selector", lambda r: _of(r["without_selector"])),
    ("the same with a hand-written selector", lambda r: _of(r["with_selector"])),
    ("false alarms with it", lambda r: r["with_selector"]["false"]),
    ("characters marked for each changed one", lambda r: r["with_selector"]["marked_ratio"]),
    ("alerts lost when the endpoint answered 503", lambda r: r["with_selector"]["outage_lost"]),
    ("alerts doubled by it", lambda r: r["with_selector"]["outage_doubled"]),
    ("alerts at the 1st, 2nd, 3rd poll of a page gone", lambda r: _listed(r["gone_alerts"])),
    ("alerts when it is back", lambda r: r["back_alerts"]),
    ("GBK edit found / readable", lambda r: f"{_yes(r['gbk_found'])} / {_yes(r['gbk_readable'])}"),
    ("CPU seconds of a poll without news", lambda r: r["cpu_seconds"]),
    ("resident MiB", lambda r: r["rss_mib"]),
    ("requests, of them answered 304", lambda r: f"{r['requests']}, {r['not_modified']}"),
    ("requests at once at one host", lambda r: r["at_once"]),
]


def _of(result: dict[str, Any]) -> str:
    return f"{result['found']} of {result['planted']}"


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _listed(counts: Sequence[int]) -> str:
    return ", ".join(map(str, counts))


def as_table(results: dict[str, Any]) -> str:
    names = list(results)
    head = [f"{name} {results[name]['version']}" for name in names]
    lines = ["| | " + " | ".join(head) + " |", "|---|" + "---|" * len(names)]
    for what, read in ROWS:
        cells = [str(read(results[name])) for name in names]
        lines.append(f"| {what} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--environments", type=Path, default=HERE.parent / ".peers")
    given = parser.parse_args()
    if not 50 <= given.pages <= 2000:
        parser.error("--pages must lie between 50 and 2000")
    install(given.environments)
    results = compare(given.environments.resolve(), given.pages)
    document = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "pages": given.pages,
        "results": results,
    }
    (HERE / "peers.json").write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    table = as_table(results)
    (HERE / "peers.md").write_text(table)
    print(table)


if __name__ == "__main__":
    main()
