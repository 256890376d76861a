"""``python -m benchmarks.soak_many``: many processes of every role share one archive.

Collectors, classifiers, notifiers and web archives, each a ``noticewatch run`` of its own, watch
replica hosts on loopback and tell a Slack of ours. Meanwhile processes of every kind are killed
and started again, some are cut off from the archive for a while (their connections, where that
is a server; else the process is stopped and goes on), a collector is frozen past its lease, and
with ``--own-server`` the database is restarted, every other time as a cut of the power would.
The report says what was expected and what came. It ends by itself.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from archive.errors import ArchiveError
from benchmarks.soak_many_world import ManyHosts, many_hosts
from domain.records.lease import Lease, LeaseKind
from noticewatch.application.application import Application
from tests.fakes.postgres_server import PostgresServer, running_postgres
from tests.fakes.slack import FakeSlack, goes_on

RESULTS = Path(__file__).parent / "results"
ROOT = Path(__file__).resolve().parents[1]
_TOKEN = re.compile(r"第\d{4}号事项")
CUT_SECONDS = 3.0
_SERVER = {
    "max_connections": "150", "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ManyPlan:
    """How much of everything."""

    hosts: int
    seconds: float  # of news and kills, after the first round
    kills: int
    cuts: int
    news: int
    collectors: int
    classifiers: int
    notifiers: int
    webs: int
    lease_seconds: float = 12.0
    restarts: int = 0  # of the database, where the server is our own
    archive_url: str | None = None

    @property
    def every(self) -> str:
        """Between two polls of a host: what the collectors can do."""
        return f"{max(5, self.hosts // 8)}s"

    @property
    def patience(self) -> float:
        """Seconds for the first round, and again for the last messages."""
        return 300.0 + 2.0 * self.hosts


@dataclass
class OneWorker:
    """A process of a role, started again whenever it has ended."""

    folder: Path
    role: str
    number: int
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    stopped_until: float = 0.0
    unasked: int = 0  # ends that nobody had asked for

    def start(self) -> None:
        options = ["--roles", self.role, *(["--port", str(self.port)] if self.port else [])]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable, "-P", "-m", "noticewatch.cli", "--sources-dir", "sources",
                    "run", *options,
                ],
                cwd=self.folder, stdout=log, stderr=log,
                env={
                    **os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1",
                    "SOAK_TOKEN": "xoxb-soak-token",
                },
            )  # fmt: skip

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop_for(self, seconds: float) -> None:
        """The process stands still; :meth:`look` lets it go on."""
        os.kill(self.pid, signal.SIGSTOP)
        self.stopped_until = time.monotonic() + seconds

    def look(self) -> None:
        assert self.process is not None
        if self.process.poll() is not None:
            self.unasked += 1
            self.start()
        elif self.stopped_until and time.monotonic() > self.stopped_until:
            self.go_on()

    def go_on(self) -> None:
        os.kill(self.pid, signal.SIGCONT)
        self.stopped_until = 0.0

    def end(self) -> None:
        assert self.process is not None
        if self.process.poll() is None:
            os.kill(self.pid, signal.SIGCONT)
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()


@dataclass
class ManySoak:
    """The run of a plan."""

    plan: ManyPlan
    folder: Path
    world: ManyHosts
    slack: FakeSlack
    server: PostgresServer | None = None
    workers: list[OneWorker] = field(default_factory=list)
    happened: Counter[str] = field(default_factory=Counter)
    takeovers: list[float] = field(default_factory=list)  # seconds until another had a host
    pages: Counter[str] = field(default_factory=Counter)
    began_well: bool = False  # every host was read once before anything happened

    def __post_init__(self) -> None:
        self.chance = random.Random(11)
        numbers = {
            "crawl": self.plan.collectors, "classify": self.plan.classifiers,
            "notify": self.plan.notifiers, "web": self.plan.webs,
        }  # fmt: skip
        for role, count in numbers.items():
            self.workers += [OneWorker(self.folder, role, number) for number in range(count)]
        self.app = Application(config=self.folder / "noticewatch.yml")
        self.app.__dict__["settings"] = self.app.settings.model_copy(
            update={"data_dir": str(self.folder / "data")}
        )

    # -- the course of it

    def run(self) -> None:
        for worker in self.workers:
            if worker.role == "web":
                worker.port = _free_port()
            worker.start()
            time.sleep(0.5)
        self._until(self._all_read, self.plan.patience)
        self.began_well = self._all_read()
        for at, call in self._script() if self.began_well else ():
            self._pass_time(at)
            call()
        self._until(lambda: not self.missing(), self.plan.patience)
        for worker in self.workers:
            worker.end()

    def _script(self) -> list[tuple[float, Callable[[], None]]]:
        """What happens when, in seconds from now."""
        began, length = time.monotonic(), self.plan.seconds
        events: list[tuple[float, Callable[[], None]]] = []

        def spread(count: int, call: Callable[[], None], first: float, last: float) -> None:
            for number in range(count):
                share = first + (last - first) * (number + 0.5) / count
                events.append((began + length * share, call))

        spread(self.plan.news, self._publish, 0.0, 0.95)
        spread(self.plan.kills, self._kill, 0.02, 1.0)
        spread(self.plan.cuts, self._cut, 0.05, 1.0)
        spread(1, self._freeze, 0.3, 0.5)
        spread(self.plan.restarts if self.server else 0, self._restart, 0.1, 0.95)
        return sorted(events, key=lambda event: event[0])

    def _pass_time(self, until: float) -> None:
        while True:
            self._look()
            left = until - time.monotonic()
            if left <= 0:
                return
            time.sleep(min(0.2, left))

    def _until(self, what: Callable[[], bool], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not what() and time.monotonic() < deadline:
            self._pass_time(time.monotonic() + 1.0)

    def _look(self, without: OneWorker | None = None) -> None:
        for worker in self.workers:
            if worker is not without:
                worker.look()
            if worker.role == "web" and self.chance.random() < 0.02:
                self._read_page(worker)

    def _read_page(self, worker: OneWorker) -> None:
        try:
            address = f"http://127.0.0.1:{worker.port}/healthz"
            with urllib.request.urlopen(address, timeout=5) as answer:
                self.pages[str(answer.status)] += 1
        except urllib.error.HTTPError as answer:
            self.pages[str(answer.code)] += 1
        except OSError:  # just killed, or starting
            self.pages["not reached"] += 1

    # -- what happens

    def _publish(self) -> None:
        self.world.publish()
        self.happened["news"] += 1

    def _kill(self) -> None:
        """A worker of each role in turn; of a collector that has hosts, how long they wait."""
        roles = ("crawl", "classify", "notify", "web")
        role = roles[self.happened["kill -9"] % len(roles)]
        worker = self.chance.choice([one for one in self.workers if one.role == role])
        had = self._wait_for_hosts(worker, 10.0) if role == "crawl" else []
        worker.kill()
        self.happened["kill -9"] += 1
        if had:
            self._time_takeover(worker)
        worker.stopped_until = 0.0
        worker.start()

    def _time_takeover(self, dead: OneWorker) -> None:
        """Until nothing is a dead collector's any more: the others have it or may have it."""
        began = time.monotonic()
        while self._hosts_of(dead) and time.monotonic() - began < 3 * self.plan.lease_seconds:
            self._look(without=dead)
            time.sleep(0.1)
        self.takeovers.append(round(time.monotonic() - began, 2))

    def _cut(self) -> None:
        """A worker without the archive for some seconds."""
        worker = self.chance.choice(self.workers)
        if worker.stopped_until:
            return
        if self.plan.archive_url and _end_sessions(self.plan.archive_url):
            self.happened["connections cut"] += 1
        else:
            worker.stop_for(CUT_SECONDS)
            self.happened["stopped and went on"] += 1

    def _restart(self) -> None:
        """The database ends, by turns at once and in order, and comes back."""
        assert self.server is not None
        self.server.stop(at_once=self.happened["database restarted"] % 2 == 0)
        time.sleep(1.0)
        self.server.start()
        self.happened["database restarted"] += 1

    def _freeze(self) -> None:
        """A collector that has hosts stands still until they are another's."""
        collectors = [worker for worker in self.workers if worker.role == "crawl"]
        for _ in range(20):
            worker = self.chance.choice(collectors)
            if worker.stopped_until or not self._wait_for_hosts(worker, 3.0):
                continue
            worker.stop_for(2 * self.plan.lease_seconds)
            # It had not just given them back, and does not stand in the middle of a write: on
            # SQLite all others would wait for that, and nobody could take over.
            if self._may_write() and (had := self._hosts_of(worker)):
                self.happened["collector frozen past its lease"] += 1
                self.happened["hosts that it had"] += len(had)
                return
            worker.go_on()

    def _wait_for_hosts(self, worker: OneWorker, seconds: float) -> list[Lease]:
        """What a collector has, as soon as it has something."""
        deadline = time.monotonic() + seconds
        while not (had := self._hosts_of(worker)) and time.monotonic() < deadline:
            time.sleep(0.02)
        return had

    def _may_write(self) -> bool:
        if self.plan.archive_url:
            return True
        connection = sqlite3.connect(self.folder / "data" / "archive.db", timeout=1.0)
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError:
            return False
        finally:
            connection.close()
        return True

    # -- what is seen

    def _leases(self) -> list[Lease]:
        try:
            with self.app.archive(create=False, read_only=True) as archive:
                return archive.leases.valid(LeaseKind.HOST)
        except ArchiveError:
            return []

    def _hosts_of(self, worker: OneWorker) -> list[Lease]:
        return [lease for lease in self._leases() if f".{worker.pid}." in f"{lease.holder}."]

    def _all_read(self) -> bool:
        try:
            with self.app.archive(create=False, read_only=True) as archive:
                done = [state for state in archive.sources.all() if state.baseline_done]
                return len(done) >= self.plan.hosts
        except ArchiveError:
            return False

    def told(self) -> Counter[str]:
        """How often each notice was told."""
        messages = [one for one in list(self.slack.messages) if one["channel"] == "C1"]
        texts = [one["text"] for one in messages if not goes_on(one)]
        return Counter(token for text in texts for token in set(_TOKEN.findall(text)))

    def missing(self) -> list[str]:
        told = self.told()
        return [token for token in self.world.published if not told[token]]

    def report(self) -> dict[str, Any]:
        told = self.told()
        with self.app.archive(create=False) as archive:
            problems = archive.integrity.verify()
            counts = archive.notices.counts()
        log = (self.folder / "log").read_text(encoding="utf-8", errors="replace")
        return {
            "first_round_done": self.began_well,
            "happened": dict(self.happened),
            "told": {
                "expected": len(self.world.published),
                "lost": self.missing(),
                "doubled": sorted(token for token, count in told.items() if count > 1),
            },
            "hosts": {
                "most_requests_at_once": self.world.most_requests,
                "most_connections_at_once": self.world.most_connections,
            },
            "late_writes_refused": log.count("is another worker's by now"),
            "takeover_seconds": {
                "median": statistics.median(self.takeovers) if self.takeovers else None,
                "longest": max(self.takeovers, default=None),
                "lease": self.plan.lease_seconds,
                "timed": len(self.takeovers),
            },
            "chain_problems": problems,
            "notices": counts["notices"],
            "expected_notices": 3 * self.plan.hosts + self.world.numbers,
            "ended_unasked": sum(worker.unasked for worker in self.workers),
            "pages": dict(self.pages),
        }


def verdict_of(result: dict[str, Any]) -> list[str]:
    """Sentences about what is not as promised."""
    longest = result["takeover_seconds"]["longest"] or 0.0
    wrong = {
        "the first round did not end in time": not result["first_round_done"],
        "alerts were lost": result["told"]["lost"],
        "alerts were doubled": result["told"]["doubled"],
        "a host had two requests at once": result["hosts"]["most_requests_at_once"] > 1,
        "a takeover took longer than a lease": longest > result["takeover_seconds"]["lease"],
        "the chain does not verify": result["chain_problems"],
        "notices are missing or doubled": result["notices"] != result["expected_notices"],
        "a process ended by itself": result["ended_unasked"],
    }
    return [sentence for sentence, found in wrong.items() if found]


def _free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _end_sessions(url: str) -> bool:
    """Have the server end one session of the workers; False where there is no driver."""
    try:
        import psycopg
    except ImportError:
        return False
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'noticewatch' AND pid != pg_backend_pid()"
            " ORDER BY random() LIMIT 1"
        )
    return True


def run_many(plan: ManyPlan, server: PostgresServer | None = None) -> dict[str, Any]:
    began = time.monotonic()
    slack = FakeSlack()
    with tempfile.TemporaryDirectory(prefix="noticewatch-many-") as name:
        folder = Path(name)
        channel = {"type": "slack", "token_env": "SOAK_TOKEN", "api_base_url": slack.url}
        settings = {
            "channels": {
                "compliance": {**channel, "channel": "C1"},
                "operators": {**channel, "channel": "COPS", "purpose": "health"},
            },
            "subscriptions": [{"channel": "compliance"}],
            "selftest": "never",
            "web": {"port": 0},
            "workers": {"lease_seconds": plan.lease_seconds},
            **({"archive_url": plan.archive_url} if plan.archive_url else {}),
        }
        (folder / "noticewatch.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
        try:
            with many_hosts(folder, plan.hosts, plan.every) as world:
                soak = ManySoak(plan, folder, world, slack, server)
                try:
                    soak.run()
                finally:
                    for worker in soak.workers:
                        if worker.process is not None:
                            worker.end()
                result = soak.report()
        finally:
            slack.close()
            RESULTS.mkdir(exist_ok=True)
            log = folder / "log"
            if log.exists():
                (RESULTS / "soak_many.log").write_bytes(log.read_bytes()[-200_000:])
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "plan": {**asdict(plan), "archive_url": "postgresql" if plan.archive_url else None},
        "seconds": round(time.monotonic() - began, 1),
        **result,
        "not_as_promised": verdict_of(result),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=1200, help="of news and kills")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--cuts", type=int, default=20)
    parser.add_argument("--news", type=int, default=100)
    parser.add_argument("--collectors", type=int, default=3)
    parser.add_argument("--classifiers", type=int, default=2)
    parser.add_argument("--notifiers", type=int, default=2)
    parser.add_argument("--webs", type=int, default=2)
    parser.add_argument("--lease-seconds", type=float, default=12.0)
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--archive-url", help="a PostgreSQL database instead of a file")
    place.add_argument(
        "--own-server", action="store_true", help="a PostgreSQL server of the test extra's"
    )
    parser.add_argument("--restarts", type=int, default=5, help="of the own server")
    parser.add_argument("--keep-log", action="store_true", help="leave results/soak_many.log there")
    given = vars(parser.parse_args())
    keep_log = given.pop("keep_log")
    with running_postgres(_SERVER) if given.pop("own_server") else nullcontext() as server:
        if server is not None:
            given["archive_url"] = server.url(server.new_database())
        result = run_many(ManyPlan(**given), server)
    text = json.dumps(result, ensure_ascii=False, indent=2)
    (RESULTS / "soak_many.json").write_text(text + "\n", encoding="utf-8")
    if not keep_log:
        (RESULTS / "soak_many.log").unlink(missing_ok=True)
    print(text)
    sys.exit(1 if result["not_as_promised"] else 0)


if __name__ == "__main__":
    main()
