"""``python -m benchmarks.rest [--minutes 60]``: the service with nothing to do.

``noticewatch run`` as it is, at its ordinary pace, on a replica of every column of every
shipped source: their schedules, their gaps between requests, fifteen notices each between a day
and a year old, nothing new, nothing changed. Counted once the first round is archived and
classified: processor seconds of the service and of every process it started, resident and
proportional memory, open files, each minute. The replicas run in this process and do not count.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import psutil
import yaml

from benchmarks.soak import RESULTS, Service
from config.loader import load_sources
from config.model import Column, Source
from noticewatch.demo.platforms import PLATFORMS
from noticewatch.demo.replica import Replica

AGES = (1, 2, 3, 5, 8, 12, 18, 25, 35, 50, 75, 110, 160, 230, 340)  # days since publication
SETTLE_SECONDS = 900.0
SETTINGS = "selftest: never\nweb: {port: 0}\n"
BUDGET_PERCENT = 1.0
BUDGET_MIB = 200.0


@dataclass(frozen=True, kw_only=True)
class Used:
    """What the service had used at one moment, its children included."""

    at: float
    cpu_seconds: float
    rss_mib: float
    pss_mib: float
    files: int
    children: int

    @classmethod
    def of(cls, pid: int) -> Used:
        own = psutil.Process(pid)
        living = own.children(recursive=True)
        times = own.cpu_times()
        cpu = times.user + times.system + times.children_user + times.children_system
        for child in living:
            spent = child.cpu_times()
            cpu += spent.user + spent.system + spent.children_user + spent.children_system
        memory = own.memory_full_info()
        return cls(
            at=time.monotonic(), cpu_seconds=cpu, rss_mib=memory.rss / 2**20,
            pss_mib=memory.pss / 2**20, files=own.num_fds(), children=len(living),
        )  # fmt: skip


@contextmanager
def replicas(folder: Path) -> Iterator[dict[str, list[Replica]]]:
    """A site for every column of every shipped source, by the source's key."""
    (folder / "sources").mkdir()
    made: dict[str, list[Replica]] = {}
    with ExitStack() as stack:
        for source in load_sources().values():
            if not source.enabled:
                continue
            sites = made[source.key] = [_site(source, column, stack) for column in source.columns]
            path = folder / "sources" / f"{source.key}.yml"
            record = _record(source, sites)
            path.write_text(yaml.safe_dump(record, allow_unicode=True), encoding="utf-8")
        yield made


def _site(source: Source, column: Column, stack: ExitStack) -> Replica:
    platform = source.platform if source.platform in PLATFORMS else "trs_static"
    site = stack.enter_context(Replica(platform, name=f"{source.key}-{column.key}"))
    today = datetime.now(UTC).date()
    for number, age in enumerate(AGES):
        title = f"关于{source.publisher}{column.key}第{number}项工作的通知"
        site.add(title, today - timedelta(days=age))
    return site


def _record(source: Source, sites: list[Replica]) -> dict[str, Any]:
    """The source's file with loopback addresses in place of its own."""
    columns = [
        {**site.source()["columns"][0], "key": column.key}
        for site, column in zip(sites, source.columns, strict=True)
    ]
    return sites[0].source(
        source.key, columns=columns, publisher=source.publisher,
        jurisdiction=source.jurisdiction, schedule={"every": source.schedule.every},
        http={"min_gap_seconds": source.http.min_gap_seconds},
    )  # fmt: skip


def wait_for_rest(service: Service, sources: int) -> None:
    """Until every source was read, everything is classified and no child works any more."""
    from archive.store import Archive, ArchiveError

    assert service.process is not None
    own = psutil.Process(service.process.pid)
    deadline = time.monotonic() + SETTLE_SECONDS
    quiet = 0
    while quiet < 10:
        if time.monotonic() > deadline:
            raise SystemExit(f"the first round is not over after {SETTLE_SECONDS:.0f} s")
        time.sleep(1.0)
        try:
            with Archive.open(service.folder / "data", read_only=True) as archive:
                done = len(archive.sources.all()) == sources and not archive.classification.pending(
                    limit=1
                )
        except ArchiveError:  # not made yet
            continue
        quiet = quiet + 1 if done and not own.children() else 0


def measure(pid: int, minutes: int) -> list[Used]:
    """The state now and after each minute."""
    looks = [Used.of(pid)]
    began = looks[0].at
    for minute in range(1, minutes + 1):
        time.sleep(max(0.0, began + 60 * minute - time.monotonic()))
        looks.append(Used.of(pid))
        print(
            f"minute {minute}: {looks[-1].cpu_seconds - looks[-2].cpu_seconds:.2f} s, "
            f"RSS {looks[-1].rss_mib:.1f} MiB, {looks[-1].files} files",
            file=sys.stderr, flush=True,
        )  # fmt: skip
    return looks


def report(looks: list[Used], requests: int, sites: dict[str, list[Replica]]) -> dict[str, Any]:
    first, last = looks[0], looks[-1]
    seconds, cpu = last.at - first.at, last.cpu_seconds - first.cpu_seconds
    percent = 100 * cpu / seconds
    peak = max(look.rss_mib for look in looks)
    columns = sum(len(of_source) for of_source in sites.values())
    over = []
    if percent > BUDGET_PERCENT:
        over.append(f"{percent:.2f} % of a core, budget {BUDGET_PERCENT:g} %")
    if peak > BUDGET_MIB:
        over.append(f"{peak:.0f} MiB, budget {BUDGET_MIB:g} MiB")
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "minutes": round(seconds / 60, 1),
        "sources": len(sites),
        "columns": columns,
        "notices": len(AGES) * columns,
        "requests": requests,
        "cpu_seconds": round(cpu, 2),
        "cpu_percent_of_one_core": round(percent, 3),
        "rss_peak_mib": round(peak, 1),
        "cpu_seconds_each_minute": [
            round(b.cpu_seconds - a.cpu_seconds, 2) for a, b in pairwise(looks)
        ],
        "rss_mib_each_minute": [round(look.rss_mib, 1) for look in looks],
        "pss_mib_each_minute": [round(look.pss_mib, 1) for look in looks],
        "files_each_minute": [look.files for look in looks],
        "children_each_minute": [look.children for look in looks],
        "not_as_promised": over,
    }


def run(minutes: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="noticewatch-rest-") as name:
        folder = Path(name)
        (folder / "noticewatch.yml").write_text(SETTINGS, encoding="utf-8")
        with ExitStack() as stack:
            sites = stack.enter_context(replicas(folder))
            service = Service(folder)
            service.start(
                "noticewatch.cli", "--config", str(folder / "noticewatch.yml"),
                "--data-dir", str(folder / "data"), "--sources-dir", str(folder / "sources"), "run",
            )  # fmt: skip
            assert service.process is not None
            stack.callback(service.stop, again=False)
            wait_for_rest(service, len(sites))
            for site in chain.from_iterable(sites.values()):
                site.forget()
            looks = measure(service.process.pid, minutes)
            requests = sum(len(site.hits) for site in chain.from_iterable(sites.values()))
        return report(looks, requests, sites)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=60, help="of measuring, after the settling")
    arguments = parser.parse_args()
    result = run(arguments.minutes)
    text = json.dumps(result, ensure_ascii=False, indent=2)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "rest.json").write_text(text + "\n", encoding="utf-8")
    print(text)
    sys.exit(1 if result["not_as_promised"] else 0)


if __name__ == "__main__":
    main()
