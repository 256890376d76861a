"""Sites, a direct archive, a collector beyond a border and its hub, all on one simulated clock."""

from __future__ import annotations

import asyncio
import io
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from archive.store import Archive
from archive.transfer.exporter import write_export
from config.loader import load_platforms
from config.machines.border import BorderSettings, TrustedCollector
from config.model import Settings, Source
from crawler.border.collector_keys import make_key, public_key, read_key
from crawler.crawl_options import CrawlOptions
from crawler.run import run
from crawler.transport.fetch import Limits
from noticewatch.application.application import Application
from noticewatch.application.border.collector_round import (
    CollectorReport,
    CollectorRound,
    CollectorSetup,
    CollectorTask,
)
from noticewatch.application.border.hub_link import FolderLink
from noticewatch.application.border.offers import hub_public_key, offer_name, write_offer
from noticewatch.application.border.receiver import ReceiveReport, open_inbox, receive
from noticewatch.demo.replica import Replica

QUICK = Limits(request_seconds=2, source_seconds=60, max_bytes=3 * 1024 * 1024, second_look=0.0)
START = datetime(2026, 9, 10, 2, 0, tzinfo=UTC)
NAME = "inside"
# What tells when something was seen, in an exported notice and its parts.
_TIMES = {"first_seen", "last_seen", "last_change", "at", "seen", "fetched_at", "chain", "hash"}


@dataclass
class Clock:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now


@dataclass
class BorderWorld:
    folder: Path
    clock: Clock = field(default_factory=Clock)
    sites: list[Replica] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._stack = ExitStack()
        self.platforms = load_platforms()
        self.direct = self._stack.enter_context(
            Archive.open(self.folder / "direct", clock=self.clock)
        )
        self.out, self.here = self.folder / "out", self.folder / "here"
        self.here.mkdir()
        self.public = make_key(self.folder / "inside.key")
        self.app = self._hub()
        self.archive = self._stack.enter_context(Archive.open(self.app.data_dir, clock=self.clock))
        self.round = self.collector()

    def _hub(self) -> Application:
        trusted = TrustedCollector(public_key=self.public)
        settings = Settings(
            data_dir=str(self.folder / "hub"), border=BorderSettings(collectors={NAME: trusted})
        )
        app = Application(clock=self.clock)
        app.__dict__.update(settings=settings, sources={})
        return app

    def collector(self, spool: str = "spool", **more: Any) -> CollectorRound:
        """A collector that works in a folder of that name."""
        usual = {"link": FolderLink(folder=self.out, collector=NAME)}
        setup = CollectorSetup(
            name=NAME,
            key=read_key(self.folder / "inside.key"),
            folder=self.folder / spool,
            hub_key=public_key(hub_public_key(self.app)),
            **{**usual, **more},
        )
        return CollectorRound(setup=setup, clock=self.clock, limits=QUICK)

    # ------------------------------------------------------------------ sites

    def site(self, platform: str = "trs_static", notices: int = 3, **options: Any) -> Replica:
        replica = self._stack.enter_context(Replica(platform, **options))
        for number in range(notices):
            self.publish(replica, number)
        self.sites.append(replica)
        key = f"{platform.replace('_', '-')}-{len(self.sites)}"
        self.app.sources[key] = Source.model_validate(replica.source(key))
        return replica

    def publish(self, replica: Replica, number: int, **more: Any) -> Any:
        return replica.add(
            f"关于{replica.platform}退役动力电池第{number + 1}批检查的通知",
            date(2026, 9, 1) + timedelta(days=number),
            [
                f"各有关单位：现将第{number + 1}批检查事项通知如下。",
                "一、综合利用企业应当在三十日内报送溯源信息。",
                "二、逾期不报送的，处一万元以上三万元以下罚款。",
            ],
            number=f"工信厅节函〔2026〕{len(self.sites) * 100 + number + 101}号",
            **more,
        )

    @property
    def sources(self) -> list[Source]:
        return list(self.app.sources.values())

    # ------------------------------------------------------------------ passes

    def crawl(self) -> None:
        """One pass over each source into the direct archive, one source after the other."""
        for source in self.sources:
            run(self.direct, [source], self.platforms, CrawlOptions(limits=QUICK))

    def collect(self, collector: CollectorRound | None = None) -> CollectorReport:
        """One round of the collector, likewise."""
        collector = collector or self.round
        for source in self.sources:
            collector.only = frozenset({source.key})
            report = collector.run(CollectorTask(sources=[source], platforms=self.platforms))
        return report

    def pass_on(self, hours: float = 1.0, faults: Mapping[str, Replica] = {}) -> CollectorReport:
        """Direct and collected, each meeting the same faults, then time goes on."""
        with self._broken(faults):
            self.crawl()
        with self._broken(faults):
            report = self.collect()
        self.clock.now += timedelta(hours=hours)
        return report

    @contextmanager
    def _broken(self, faults: Mapping[str, Replica]) -> Iterator[None]:
        for name, site in faults.items():
            site.fault(name, kind="detail" if name == "server_error" else "")
        yield
        for site in self.sites:
            site.heal()

    def carry(self, *names: str) -> None:
        """Bring bundles over: those named, or all that are there."""
        for path in sorted(self.out.glob("*.nwb")):
            if not names or path.name in names:
                shutil.copy2(path, self.here / path.name)

    def receive(self) -> ReceiveReport:
        return self.receive_from([self.here])

    def receive_from(self, folders: Sequence[Path]) -> ReceiveReport:
        return asyncio.run(receive(self.app, self.archive, folders, limits=QUICK))

    def offer(self) -> None:
        """Let the collector find what the hub has and lacks."""
        with open_inbox(self.app) as inbox:
            content = write_offer(self.app, self.archive, inbox, NAME)
        self.out.mkdir(exist_ok=True)
        (self.out / offer_name(NAME)).write_bytes(content)

    def close(self) -> None:
        self._stack.close()


def exported(archive: Archive) -> bytes:
    stream = io.BytesIO()
    write_export(archive, stream, "jsonl")
    return stream.getvalue()


def sightless(archive: Archive) -> list[Any]:
    """What an archive exports, without the times at which it was seen."""
    lines = exported(archive).decode().splitlines()
    return [_without_times(json.loads(line)) for line in lines]


def _without_times(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_times(item) for key, item in value.items() if key not in _TIMES}
    return [_without_times(item) for item in value] if isinstance(value, list) else value


def names(report: Sequence[Any]) -> list[int]:
    return [number for _, number in report]
