"""``python -m benchmarks.soak [--quick, --steady, --hostile]``: a month of the service, faster.

The real service in a process of its own watches replica sites on loopback, and tells a Slack
of ours. Meanwhile sites fail in every way of the crawler's list, the service is killed and
stopped, its clock jumps, no file can be written, Slack is away for a day, attachments bite and
their parser is killed. The report says what was expected and what came. It ends by itself.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil

from benchmarks.soak_hostile import KEY, MARK, HostileSource, hostile_source
from benchmarks.soak_readers import Reader
from benchmarks.soak_service import Clock, make_clock
from benchmarks.soak_world import FAULTS, Slack, World, bad_files, world
from noticewatch.demo.replica_site import Article

RESULTS = Path(__file__).parent / "results"
ROOT = Path(__file__).resolve().parents[1]
SETTINGS = """
channels:
  compliance: {{type: slack, token_env: SOAK_TOKEN, channel: C1, api_base_url: "{url}"}}
  operators: {{type: slack, token_env: SOAK_TOKEN, channel: COPS, api_base_url: "{url}", purpose: health}}
subscriptions: [{{channel: compliance}}]
selftest: never
web: {{port: 0}}
"""  # noqa: E501
_TOKEN = re.compile(r"第\d{4}号事项")
NEVER = datetime.max.replace(tzinfo=UTC)
BASELINE_SECONDS = 120.0
GROWTH_MIB = 5.0
GRACE_DAYS = 3.0  # nothing new in the last days: what was revised late must still be found


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How much of everything."""

    days: float
    seconds: float  # of real time for the days
    sources: int
    faults: int
    news: int
    kills: int
    stops: int
    every: str
    rest_seconds: float
    readers: bool = False  # somebody reads the web archive, a page every half second
    attacks: int = 0  # of a hostile source among the others
    on_time: bool = True  # whether the passes are slow enough for the machine to keep up
    # To classify and tell (3 + 1 + 0.5 s between steps) and to start once more after a kill.
    own_seconds: float = 10.0

    @property
    def rate(self) -> float:
        return self.days * 86400 / self.seconds


FULL = Plan(
    days=30, seconds=840, sources=120, faults=40, news=100, kills=12, stops=4, every="8h",
    rest_seconds=60,
)  # fmt: skip
QUICK = Plan(
    days=9, seconds=76, sources=40, faults=12, news=24, kills=3, stops=1, every="12h",
    rest_seconds=10, on_time=False,
)  # fmt: skip
STEADY = Plan(
    days=60, seconds=1500, sources=120, faults=40, news=100, kills=0, stops=0, every="8h",
    rest_seconds=0, readers=True,
)  # fmt: skip
HOSTILE = Plan(
    days=14, seconds=600, sources=119, faults=24, news=100, kills=4, stops=1, every="12h",
    rest_seconds=0, attacks=33, own_seconds=30.0,  # reads 60 pages of a flood between others
)  # fmt: skip


# ------------------------------------------------------------------ the service


@dataclass
class Service:
    """The process under test, its restarts and what it used."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None
    kills: int = 0
    stops: list[float] = field(default_factory=list)
    unasked: int = 0  # ends that nobody had asked for
    samples: list[dict[str, float]] = field(default_factory=list)
    cpu: float = 0.0

    def start(self, module: str = "benchmarks.soak_service", *arguments: str) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", module, *(arguments or (str(self.folder),))],
                cwd=ROOT, stdout=log, stderr=log,
                env={**os.environ, "SOAK_TOKEN": "xoxb-soak-token", "PYTHONUTF8": "1"},
            )  # fmt: skip

    def kill(self) -> None:
        assert self.process is not None
        self._count()
        self.process.kill()
        self.process.wait()
        self.kills += 1
        self.start()

    def stop(self, *, again: bool = True) -> None:
        assert self.process is not None
        self._count()
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.stops.append(round(time.monotonic() - began, 2))
        if again:
            self.start()

    def look(self) -> None:
        """Keep what it uses now; start it again if it ended by itself."""
        assert self.process is not None
        if self.process.poll() is not None:
            self.unasked += 1
            self.start()
            return
        try:
            own = psutil.Process(self.process.pid)
            children = own.children(recursive=True)
            rss = own.memory_info().rss
            self.samples.append(
                {
                    "rss_mib": rss / 2**20,
                    "pss_mib": own.memory_full_info().pss / 2**20,
                    "worker_mib": max(map(_rss, children), default=0) / 2**20,
                    "tree_mib": (rss + sum(map(_rss, children))) / 2**20,
                    "files": own.num_fds(),
                    "threads": own.num_threads(),
                }
            )
        except psutil.Error:
            return

    def _count(self) -> None:
        assert self.process is not None
        try:
            used = psutil.Process(self.process.pid).cpu_times()
            self.cpu += used.user + used.system
        except psutil.Error:
            return

    def no_writes(self, limit: int | None) -> None:
        """As on a full disk: no file may grow (``limit`` 0), or all may again (None)."""
        assert self.process is not None
        size = resource.RLIM_INFINITY if limit is None else limit
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def kill_parser(self) -> bool:
        """End the child that reads attachments; False when none runs just now."""
        assert self.process is not None
        try:
            for child in psutil.Process(self.process.pid).children(recursive=True):
                if "crawler.extract.child" in " ".join(child.cmdline()):
                    child.kill()
                    return True
        except psutil.Error:  # one of them just ended by itself
            return False
        return False


def _rss(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


# ------------------------------------------------------------------ the script


@dataclass
class FaultSeen:
    key: str
    fault: str
    wanted: str
    at: datetime
    until: datetime
    seen: bool = False
    recovered: bool = False
    states: dict[str, str] = field(default_factory=dict)  # with what was said of each


Event = tuple[datetime, str, Callable[[], None]]
Interval = tuple[datetime, datetime]


@dataclass
class Soak:
    plan: Plan
    world: World
    slack: Slack
    service: Service
    start: datetime
    faults: list[FaultSeen] = field(default_factory=list)
    happened: Counter[str] = field(default_factory=Counter)
    told_when_full: int = 0
    hostile: HostileSource | None = None

    def script(self) -> list[Event]:
        """All events in order of their time; the same for the same plan and seed."""
        chance = random.Random(7)
        events: list[Event] = []

        def at(share: float, name: str, call: Callable[[], None]) -> datetime:
            last = max(self.plan.days - GRACE_DAYS, self.plan.days / 2)
            moment = self.start + timedelta(days=last * share)
            events.append((moment, name, call))
            return moment

        for number in range(self.plan.news):
            share = 0.06 + 0.85 * number / self.plan.news
            at(share, "news", lambda n=number: self._news(n))  # type: ignore[misc]
        for number in range(self.plan.faults):
            at(chance.uniform(0.05, 0.8), "fault", lambda n=number: self._break(n))  # type: ignore[misc]
        attacks = self.hostile.attacks() if self.hostile else ()
        for number in range(self.plan.attacks):
            share = 0.02 + 0.9 * number / self.plan.attacks
            at(share, "attack", attacks[number % len(attacks)])
        for _ in range(self.plan.kills):
            at(chance.uniform(0.03, 0.98), "kill -9", self.service.kill)
        for _ in range(self.plan.stops):
            at(chance.uniform(0.1, 0.95), "SIGTERM", self.service.stop)
        at(0.30, "clock +6 h", self._clock_ahead)
        at(0.45, "clock -3 h", lambda: self.world.clock.shift(-3 * 3600))
        at(0.55, "Slack away", self._slack_away)
        day = 1.0 / max(self.plan.days - GRACE_DAYS, self.plan.days / 2)
        at(0.55 + day, "Slack back", self._slack_back)
        at(0.72, "no file can be written", self._disk_full)
        at(0.72 + day / 2, "files can be written", self._disk_free)
        for _ in range(max(2, self.plan.kills)):
            at(chance.uniform(0.1, 0.9), "parser to be killed", self._kill_parser)
        return sorted(events, key=lambda event: event[0])

    def _news(self, number: int) -> None:
        relevant = number % 3 != 2
        attachment = bad_files()[number % 4] if number % 5 == 0 else None
        token, article = self.world.publish(relevant=relevant, attachment=attachment)
        if relevant and number % 4 == 0:
            self._revise_later(token, article, days=1.5)

    def _revise_later(self, token: str, article: Article, days: float) -> None:
        moment = self.world.clock() + timedelta(days=days)
        self.later.append((moment, "", lambda: self._revise(token, article)))

    def _revise(self, token: str, article: Article) -> None:
        """Only what has been told can be told to have changed; too late is left out."""
        if self.world.clock() > self.start + timedelta(days=self.plan.days - GRACE_DAYS / 2):
            return
        if not told_tokens(self.slack.said("C1"))[0][token]:
            self._revise_later(token, article, days=0.5)
            return
        self.world.revise(token, article)
        self.happened["revision"] += 1

    later: list[Event] = field(default_factory=list)

    def _break(self, number: int) -> None:
        _, fault, options, wanted = FAULTS[number % len(FAULTS)]
        site = self.world.sites[number]
        site.fault(fault, **options)  # type: ignore[arg-type]
        now = self.world.clock()
        until = now + timedelta(days=max(2.0, 30 * self.plan.rate / 86400))
        self.faults.append(FaultSeen(site.name, fault, wanted, now, until))
        self.later.append((until, "healed", site.heal))

    def _clock_ahead(self) -> None:
        now = self.world.clock()
        self.world.clock.shift(6 * 3600)
        self.outages.append((now, now + timedelta(hours=6)))  # hours that nobody had

    def _slack_away(self) -> None:
        self._away = self.world.clock()
        self.slack.down = "refuse"

    _away: datetime = NEVER
    outages: list[Interval] = field(default_factory=list)
    """When no source or no message could get through."""

    def _slack_back(self) -> None:
        from tests.fakes.slack import Fault

        # The first messages after the outage are taken, and the connection is cut.
        self.slack.faults += [Fault("drop") for _ in range(3)]
        self.slack.down = ""
        self.outages.append((self._away, self.world.clock()))

    def _disk_full(self) -> None:
        self._full = self.world.clock()
        self._before_full = len(self.slack.said("COPS"))
        self.service.no_writes(0)

    _before_full: int = 0
    _full: datetime = NEVER

    def _disk_free(self) -> None:
        self.told_when_full = len(self.slack.said("COPS")) - self._before_full
        self.service.no_writes(None)
        self.outages.append((self._full, self.world.clock()))

    def _kill_parser(self) -> None:
        self.parsers_to_kill += 1  # the next that works

    parsers_to_kill: int = 0

    def _kill_due_parsers(self) -> None:
        if self.parsers_to_kill and self.service.kill_parser():
            self.parsers_to_kill -= 1
            self.happened["parser killed while reading"] += 1

    def wait_for_baseline(self) -> None:
        """Until each source was read once: what stood there before is not news."""
        deadline = time.monotonic() + BASELINE_SECONDS
        while (
            len(self.states()) < self.plan.sources + bool(self.hostile)
            and time.monotonic() < deadline
        ):
            time.sleep(0.5)
        self.start = self.world.clock()

    def play(self) -> None:
        waiting = self.script()
        end = self.start + timedelta(days=self.plan.days)
        looked = 0.0
        while (now := self.world.clock()) < end:
            due = [event for event in (*waiting, *self.later) if event[0] <= now]
            waiting = [event for event in waiting if event not in due]
            self.later = [event for event in self.later if event not in due]
            for _, name, call in sorted(due, key=lambda event: event[0]):
                call()
                if name:
                    self.happened[name] += 1
            self._kill_due_parsers()
            if time.monotonic() - looked > 1.0:
                self.service.look()
                self.look_at_states()
                looked = time.monotonic()
            time.sleep(0.02)
        for site in self.world.sites:
            site.heal()
        self._settle()

    def _settle(self) -> None:
        """Some more real seconds, until every source was polled again and all is told."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            self.service.look()
            self.look_at_states()
            if all(fault.recovered for fault in self.faults) and not self.untold():
                break
            time.sleep(1.0)
        time.sleep(3.0)

    def look_at_states(self) -> None:
        reasons = self.reasons()
        now = self.world.clock()
        for fault in self.faults:
            if fault.key not in reasons:
                continue
            state, reason = reasons[fault.key]
            if fault.at <= now < fault.until:
                fault.states[state] = reason
            fault.seen = fault.seen or state == fault.wanted
            fault.recovered = fault.seen and state == "ok"

    def states(self) -> dict[str, str]:
        return {key: state for key, (state, _) in self.reasons().items()}

    def reasons(self) -> dict[str, tuple[str, str]]:
        """State and reason of each source that was polled."""
        from archive.store import Archive, ArchiveError

        try:
            with Archive.open(self.service.folder / "data", read_only=True) as archive:
                known = archive.sources.all()
                return {one.key: (str(one.state), one.reason) for one in known}
        except ArchiveError:  # not made yet
            return {}

    def untold(self) -> set[str]:
        heads, replies = told_tokens(self.slack.said("C1"))
        expected = self.world.expected
        return {token for token in expected.new if not heads[token]} | {
            token for token in expected.revised if not replies[token]
        }


def told_tokens(messages: list[dict[str, Any]]) -> tuple[Counter[str], Counter[str]]:
    """How often each token was told as a message of its own, and as a reply."""
    heads: Counter[str] = Counter()
    replies: Counter[str] = Counter()
    for message in messages:
        if MARK in message["text"]:
            continue  # told of the hostile source's pages
        text = json.dumps(message, ensure_ascii=False)
        tokens = set(_TOKEN.findall(text))
        if len(tokens) == 1:
            (replies if "thread_ts" in message else heads)[tokens.pop()] += 1
    return heads, replies


def waits(soak: Soak) -> dict[str, Interval]:
    """When each new act was published, and when it was told."""
    heads: dict[str, datetime] = {}
    for message in soak.slack.said("C1"):
        tokens = set(_TOKEN.findall(message["text"]))
        if len(tokens) == 1 and "thread_ts" not in message and MARK not in message["text"]:
            heads.setdefault(tokens.pop(), datetime.fromtimestamp(float(message["ts"]), UTC))
    published = soak.world.expected.new
    return {token: (published[token], told) for token, told in heads.items() if token in published}


def beyond_two_passes(soak: Soak) -> dict[str, float]:
    """How much later than two passes after its publication each new act was told, in seconds of
    real time: the service's own steps do not run faster than they are. Time in which its site
    was broken, Slack away or the disk full does not count."""
    passes = 2 * timedelta(hours=float(soak.plan.every.removesuffix("h")))
    found = {}
    for token, (published, told) in waits(soak).items():
        site = soak.world.expected.sites[token]
        broken = [(one.at, one.until) for one in soak.faults if one.key == site]
        kept_up = _overlap(published, told, [*soak.outages, *broken])
        waited = told - published - kept_up - passes
        found[token] = round(waited.total_seconds() / soak.plan.rate, 1)
    return found


def _overlap(begin: datetime, end: datetime, others: list[Interval]) -> timedelta:
    """How much of a time lies in at least one of the others."""
    total, at = timedelta(), begin
    for first, last in sorted(others):
        first, last = max(first, at), min(last, end)
        if last > first:
            total, at = total + (last - first), last
    return total


# ------------------------------------------------------------------ the report


def report(soak: Soak) -> dict[str, Any]:
    """What was expected, what came, what was used."""
    from archive.store import Archive

    expected = soak.world.expected
    heads, replies = told_tokens(soak.slack.said("C1"))
    keys = Counter(soak.slack.keys())
    with Archive.open(soak.service.folder / "data", read_only=True) as archive:
        events = archive.sources.events(limit=100_000)
        untold = len(archive.sources.untold_events())
        problems = archive.integrity.verify()
        dead = archive.notices.counts()["dead"]
        polls = {run.key: run.rows for run in archive.sources.all()}
    wrong = [key for key, state in soak.states().items() if state != "ok" and key != KEY]
    waited = sorted(
        round((told - published).total_seconds() / 3600, 1)
        for published, told in waits(soak).values()
    )
    beyond = beyond_two_passes(soak)
    lost = [token for token in expected.new if not heads[token]]
    lost_replies = [token for token in expected.revised if not replies[token]]
    samples = soak.service.samples
    return {
        "faults": {
            "played": len(soak.faults),
            "right_state_seen": sum(fault.seen for fault in soak.faults),
            "recovered": sum(fault.recovered for fault in soak.faults),
            "not": [
                f"{fault.key} {fault.fault}: {fault.states} instead of {fault.wanted}"
                for fault in soak.faults
                if not (fault.seen and fault.recovered)
            ],
        },
        "happened": dict(soak.happened),
        "alerts": {
            "expected": len(expected.new) + len(expected.revised),
            "delivered": sum(bool(heads[token]) for token in expected.new)
            + sum(bool(replies[token]) for token in expected.revised),
            "doubled": sum(count - 1 for count in keys.values())
            + sum(max(0, heads[token] - 1) for token in expected.new),
            "lost": len(lost) + len(lost_replies),
            "lost_which": [*lost, *(f"revision of {token}" for token in lost_replies)],
            "false": sorted(token for token in expected.silent if heads[token]),
            "dead_letters": dead,
            "hours_until_told": {
                "median": waited[len(waited) // 2 : len(waited) // 2 + 1],
                "most": waited[-3:],
            },
            "own_seconds_at_most": max([0.0, *beyond.values()]),
            "late": sorted(one for one, own in beyond.items() if own > soak.plan.own_seconds),
            "of_the_hostile_source": sum(MARK in one["text"] for one in soak.slack.said("C1")),
        },
        "health": {
            "changes_of_state": len(events),
            "untold": untold,
            "sources_polled": len(polls),
            "not_ok_at_the_end": wrong,
            "operators_told_while_nothing_could_be_written": soak.told_when_full,
        },
        "service": {
            "kills": soak.service.kills,
            "stop_seconds": soak.service.stops,
            "ended_unasked": soak.service.unasked,
            "archive_problems": problems,
        },
        "memory": over_time(samples),
    }


def over_time(samples: list[dict[str, float]]) -> dict[str, Any]:
    """The service's own RSS and open files in tenths of the run, and the peak with children."""
    if not samples:
        return {}
    size = max(1, len(samples) // 10)
    tenths = [samples[at : at + size] for at in range(0, len(samples), size)][:10]

    def mean(part: list[dict[str, float]], name: str) -> float:
        return round(sum(sample[name] for sample in part) / len(part), 1)

    rss = [mean(part, "rss_mib") for part in tenths]
    return {
        "rss_mib": rss,
        # Of the last fifth over the middle one: flat is around nothing.
        "rss_growth_mib": round((sum(rss[-2:]) - sum(rss[4:6])) / 2, 1),
        "pss_mib": [mean(part, "pss_mib") for part in tenths],
        "files": [mean(part, "files") for part in tenths],
        "threads": [mean(part, "threads") for part in tenths],
        "worker_peak_mib": round(max(sample["worker_mib"] for sample in samples), 1),
        "rss_peak_mib": round(max(sample["rss_mib"] for sample in samples), 1),
        "tree_peak_mib": round(max(sample["tree_mib"] for sample in samples), 1),
    }


def at_rest(folder: Path, seconds: float) -> dict[str, Any]:
    """The same archive in real time, when all sources were just polled."""
    kept = json.loads((folder / "clock.json").read_text())
    end = Clock(folder / "clock.json")()
    kept.update({"real": time.time(), "simulated": end.isoformat(), "rate": 1.0, "shift": 0})
    (folder / "clock.json").write_text(json.dumps(kept))
    service = Service(folder)
    service.start("benchmarks.soak_rest", str(folder))
    time.sleep(20)  # it starts, polls what is due and settles
    assert service.process is not None
    own = psutil.Process(service.process.pid)
    before, began = own.cpu_times(), time.monotonic()
    time.sleep(seconds)
    after, passed = own.cpu_times(), time.monotonic() - began
    used = after.user + after.system - before.user - before.system
    rss = own.memory_info().rss / 2**20
    service.stop(again=False)
    return {
        "seconds": round(passed, 1),
        "cpu_percent": round(100 * used / passed, 2),
        "rss_mib": round(rss, 1),
        "stop_seconds": service.stops[0],
    }


def verdict(result: dict[str, Any], *, on_time: bool) -> list[str]:
    """What is not as promised."""
    found = []
    alerts, faults, health = result["alerts"], result["faults"], result["health"]
    wrong = ["lost", "doubled", "false", "dead_letters"] + ["late"] * on_time
    if any(alerts[name] for name in wrong):
        found.append(f"alerts: {alerts}")
    if faults["not"]:
        found.append(f"faults: {faults['not']}")
    if health["untold"] or health["not_ok_at_the_end"]:
        found.append(f"health: {health}")
    if not health["operators_told_while_nothing_could_be_written"]:
        found.append("operators were not told that nothing could be written")
    service = result["service"]
    if service["ended_unasked"] or service["archive_problems"]:
        found.append(f"service: {service}")
    if max(service["stop_seconds"], default=0) > 10:
        found.append(f"slow stop: {service['stop_seconds']}")
    if result["memory"]["tree_peak_mib"] > 1024:
        found.append(f"peak memory {result['memory']['tree_peak_mib']} MiB")
    if not (service["kills"] or service["stop_seconds"][1:]):  # one process from first to last
        growth, pages = result["memory"]["rss_growth_mib"], result.get("pages_read", {})
        if growth > GROWTH_MIB:
            found.append(f"memory is not flat: {growth} MiB more in the second half")
        if any(status != "200" for status in pages):
            found.append(f"pages: {pages}")
    rest = result.get("rest")
    if rest and (rest["cpu_percent"] > 1.0 or rest["rss_mib"] > 200):
        found.append(f"at rest: {rest}")
    return found


def run(plan: Plan) -> dict[str, Any]:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="noticewatch-soak-") as name:
        folder = Path(name)
        clock = make_clock(folder / "clock.json", rate=plan.rate)
        slack = Slack(clock)
        try:
            (folder / "noticewatch.yml").write_text(SETTINGS.format(url=slack.url))
            with ExitStack() as stack:
                made = stack.enter_context(world(folder, clock, plan.sources, plan.every, seed=3))
                service = Service(folder)
                soak = Soak(plan, made, slack, service, clock())
                if plan.attacks:
                    soak.hostile = stack.enter_context(hostile_source(folder, made, plan.every))
                service.start()
                try:
                    soak.wait_for_baseline()
                    with Reader(folder / "log") if plan.readers else nullcontext() as reader:
                        soak.play()
                finally:
                    service.stop(again=False)
                result = report(soak)
                if reader is not None:
                    result["pages_read"] = dict(reader.answers)
                if plan.rest_seconds:
                    result["rest"] = at_rest(folder, plan.rest_seconds)
        finally:
            slack.close()
            (RESULTS / "soak.log").write_bytes((folder / "log").read_bytes()[-200_000:])
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "plan": {**plan.__dict__, "rate": round(plan.rate)},
        "seconds": round(time.monotonic() - began, 1),
        **result,
        "not_as_promised": verdict(result, on_time=plan.on_time),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="two minutes instead of eighteen")
    size.add_argument(
        "--hostile", action="store_true", help="two weeks with a hostile source among 120"
    )
    size.add_argument(
        "--steady", action="store_true", help="two months without a restart: is memory flat?"
    )
    parser.add_argument("--seconds", type=float, help="for the simulated days, instead of 840")
    parser.add_argument("--keep-log", action="store_true", help="leave results/soak.log there")
    arguments = parser.parse_args()
    RESULTS.mkdir(exist_ok=True)
    plan, name = FULL, "soak"
    if arguments.quick:
        plan, name = QUICK, "soak_quick"
    elif arguments.hostile:
        plan, name = HOSTILE, "soak_hostile"
    elif arguments.steady:
        plan, name = STEADY, "soak_steady"
    if arguments.seconds:
        plan = replace(plan, seconds=arguments.seconds)
    result = run(plan)
    text = json.dumps(result, ensure_ascii=False, indent=2)
    (RESULTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    if not arguments.keep_log:
        (RESULTS / "soak.log").unlink(missing_ok=True)
    print(text)
    sys.exit(1 if result["not_as_promised"] else 0)


if __name__ == "__main__":
    main()
