"""Two ``noticewatch run`` on one archive: they share the work, and take over from each other."""

import json
import signal
import sqlite3
import subprocess
import time
from datetime import date

import pytest
import yaml

from archive.store import Archive, ArchiveError
from domain.records.lease import LeaseKind
from noticewatch.demo.replica import Replica
from tests.fakes.command import command, run, surroundings, write_settings
from tests.fakes.slack import FakeSlack, goes_on

LIMIT = 150.0  # seconds until something is given up; nothing here is timed
LEASE = 8  # seconds
pytestmark = [pytest.mark.model, pytest.mark.timeout(400)]
BODY = ["一、应当在十五个工作日内报送溯源信息。", "二、逾期不改正的，处一万元以上三万元以下罚款。"]


class Shared:
    """Some replica sites, a Slack, and the processes that share the work between them."""

    def __init__(self, folder, sites=4, **settings):
        self.folder = folder
        self.slack = FakeSlack()
        self.sites = [Replica("trs_static", name=f"cn-{n}").start() for n in range(sites)]
        self.processes = []
        (folder / "sources").mkdir()
        for number, site in enumerate(self.sites):
            for day in range(1, 4):
                site.add(f"关于第{number}处第{day}项工作的通知", date(2026, 11, day))
            region = "cn" if number % 2 else "any"
            source = site.source(
                f"cn-{number}", schedule={"every": "2s"}, publisher=f"第{number}机关", region=region
            )
            (folder / "sources" / f"cn-{number}.yml").write_text(yaml.safe_dump(source), "utf-8")
        more = {
            "web": {"port": 0}, "selftest": "never",
            "workers": {"lease_seconds": LEASE}, **settings,
        }  # fmt: skip
        write_settings(folder, self.slack, **more)

    def start(self, *options):
        number = len(self.processes)
        with (self.folder / f"log{number}").open("ab") as log:
            process = subprocess.Popen(
                command("--sources-dir", "sources", "run", *options), stdout=log, stderr=log,
                **surroundings(self.folder),
            )  # fmt: skip
        self.processes.append(process)
        return process

    def call(self, *arguments):
        return run(self.folder, "--sources-dir", "sources", *arguments, timeout=LIMIT)

    def log(self, number):
        return (self.folder / f"log{number}").read_text()

    def read(self, look):
        """What ``look`` makes of the archive; None while there is none."""
        try:
            with Archive.open(self.folder / "data", read_only=True) as archive:
                return look(archive)
        except ArchiveError:
            return None

    def until(self, what):
        deadline = time.monotonic() + LIMIT
        while not (found := what()):
            logs = [self.log(number) for number in range(len(self.processes))]
            assert time.monotonic() < deadline, "\n---\n".join(logs)
            time.sleep(0.1)
        return found

    def polled_by_all(self):
        """How often each source was read since the start, once each was."""
        histories = self.read(lambda archive: archive.sources.all(history=500)) or []
        counts = {state.key: len(state.history) for state in histories}
        return counts if len(counts) == len(self.sites) else None

    def workers(self):
        return json.loads(self.call("workers", "--json").stdout)["workers"]

    def holder(self):
        """The lease of the first site while somebody has it."""
        leases = self.read(lambda archive: archive.leases.valid(LeaseKind.HOST)) or []
        name = f"127.0.0.1:{self.sites[0].port}"
        return {lease.name: lease for lease in leases}.get(name)

    def counts(self):
        return self.read(lambda archive: archive.notices.counts()) or {"notices": 0}

    def frozen_with_a_lease(self, process):
        """Stop a process that has the first site, but not in the middle of a write: SQLite has
        one writer, and for that one everybody would wait."""
        while True:
            lease = self.until(self.holder)
            process.send_signal(signal.SIGSTOP)
            if self.may_be_written() and self.holder() == lease:
                return lease
            process.send_signal(signal.SIGCONT)

    def may_be_written(self):
        with sqlite3.connect(self.folder / "data" / "archive.db", timeout=1.0) as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return False
            connection.rollback()
        connection.close()
        return True

    def told(self, words):
        kept = [message for message in list(self.slack.messages) if message["channel"] == "C1"]
        return [m["text"] for m in kept if words in m["text"] and not goes_on(m)]

    def close(self):
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
                process.wait()
        for site in self.sites:
            site.close()
        self.slack.close()


@pytest.fixture
def shared(tmp_path):
    made = Shared(tmp_path)
    yield made
    made.close()


def test_two_that_do_everything_share_the_work_and_double_nothing(shared):
    first, second = shared.start(), shared.start()
    shared.until(shared.polled_by_all)
    told = shared.until(lambda: shared.workers()[1:])
    assert told[0]["roles"] == ["crawl", "classify", "notify", "web"]
    for number, site in enumerate(shared.sites):
        site.add(f"关于第{number}处废旧动力电池溯源信息报送的通知", date(2026, 11, 26), BODY)
    shared.until(lambda: all(shared.told(f"第{number}处废旧动力电池") for number in range(4)))
    counts = shared.polled_by_all()
    shared.until(lambda: shared.polled_by_all()["cn-0"] > counts["cn-0"] + 2)
    for process in (first, second):
        process.send_signal(signal.SIGTERM)
        assert process.wait(12) == 0
    for number in range(4):
        assert len(shared.told(f"第{number}处废旧动力电池")) == 1
    for site in shared.sites:
        assert site.max_connections == site.max_concurrent == 1
    assert shared.read(lambda archive: archive.integrity.verify()) == []
    assert shared.read(lambda archive: archive.leases.valid()) == []
    shown = shared.call("workers")
    assert "no `noticewatch run` works on this archive" in shown.stdout
    notices = shared.counts()
    assert notices["notices"] == notices["versions"] == 16


def test_one_takes_over_what_a_killed_one_had(shared):
    shared.start("--roles", "crawl,notify")
    shared.until(shared.polled_by_all)
    shared.start("--roles", "crawl,notify")
    shared.until(lambda: "watching 4 sources" in shared.log(1))
    assert "web archive" not in shared.log(1)
    slow, *others = shared.sites
    slow.slow_seconds = 300.0  # it hangs, so that somebody has it when he is killed
    slow.fault("timeout")
    first = shared.until(shared.holder)
    number = next(n for n, p in enumerate(shared.processes) if f".{p.pid}." in first.holder)
    shared.processes[number].kill()
    shared.processes[number].wait()
    slow.heal()
    others[0].add("关于废旧动力电池溯源信息报送的通知", date(2026, 11, 26), BODY)
    heir = shared.until(lambda: (now := shared.holder()) and now.fence > first.fence and now)
    assert heir.holder != first.holder
    assert "is dead: its work is taken over" in shared.log(1 - number)
    shared.until(lambda: shared.counts()["notices"] == 13)
    assert shared.counts()["versions"] == 13
    assert max(site.max_connections for site in others) == 1
    assert [worker["id"] for worker in shared.workers()] == [heir.holder]


def test_a_frozen_collector_writes_nothing_when_it_goes_on(shared):
    """Its hosts are another's after a lease; what it had half done is refused and told."""
    site = shared.sites[0]
    site.slow_seconds = 2.0
    frozen = shared.start("--roles", "crawl")
    shared.until(shared.polled_by_all)
    site.fault("timeout")
    before = shared.frozen_with_a_lease(frozen)
    site.heal()
    site.add("关于冻结期间工作的通知", date(2026, 11, 26))
    shared.start("--roles", "crawl")
    after = shared.until(lambda: (now := shared.holder()) and now.fence > before.fence and now)
    assert after.holder != before.holder
    frozen.send_signal(signal.SIGCONT)
    shared.until(lambda: "is another worker's by now" in shared.log(0))
    shared.until(lambda: shared.workers()[0]["refused_writes"] > 0)
    assert shared.read(lambda archive: archive.integrity.verify()) == []
    assert "stage does not work" not in shared.log(0)


def test_roles_and_regions_say_who_does_what(shared):
    shared.start("--roles", "crawl", "--regions", "cn")
    shared.until(lambda: "watching 2 sources" in shared.log(0))
    shared.until(lambda: len(shared.read(lambda archive: archive.sources.all()) or []) == 2)
    [worker] = shared.until(shared.workers)
    assert (worker["roles"], worker["regions"], worker["state"]) == (["crawl"], ["cn"], "alive")
    assert worker["pid"] == shared.processes[0].pid
    shown = shared.call("doctor").stdout
    assert "no running process does: classify, notify, web" in shown
    keys = shared.read(lambda archive: [state.key for state in archive.sources.all()])
    assert keys == ["cn-1", "cn-3"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--roles", "crawl,cook"), "no role 'cook' (known: crawl, classify, notify, web)"),
        (("--roles", " , "), "--roles: expected names with commas between them"),
        (("--regions", "mars"), "no source is of region 'mars' (known: any, cn)"),
    ],
    ids=["role", "no role", "region"],
)
def test_what_cannot_be_is_one_sentence(shared, options, words):
    done = shared.call("run", *options)
    assert done.returncode == 1
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
