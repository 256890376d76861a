"""One round of a collector: pull the hub's offer, fetch, write bundles, bring them over.

No step needs the one before it: without a hub it fetches, without a network it brings what it
has. Whatever is killed in between is done by the next round.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

from archive.backends.spools.collector_spool import SPOOL_NAME, CollectorSpool
from archive.backends.spools.whole_files import write_whole
from archive.store import Archive
from config.model import Platform, Source
from crawler.border.bundle_format import BundleOrigin, bundle_name, read_bundle, write_bundle
from crawler.crawl_options import CrawlOptions
from domain.records.remote.collected import KeptBundle, WantedPage
from domain.records.source_run import SourceRun
from noticewatch.application.border.hub_link import HubLink, HubUnreachable
from noticewatch.application.border.offers import HubOffer, read_offer
from noticewatch.application.user_errors import NoticewatchError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

    from crawler.transport.fetch import Limits

MEMORY_FOLDER = "memory"  # what the collector knows of the sites, so that it asks little
BUNDLE_FOLDER = "bundles"
BUNDLE_BYTES = 16 * 1024 * 1024
SPOOL_BYTES = 4 * 1024**3


@dataclass(frozen=True, kw_only=True)
class CollectorSetup:
    """What a collector is given."""

    name: str
    key: Ed25519PrivateKey
    folder: Path
    link: HubLink
    hub_key: Ed25519PublicKey | None = None  # without it no offer is read
    bundle_bytes: int = BUNDLE_BYTES
    spool_bytes: int = SPOOL_BYTES
    software: str = "noticewatch"


@dataclass(frozen=True, kw_only=True)
class CollectorTask:
    """What is to be fetched."""

    sources: Sequence[Source]
    platforms: Mapping[str, Platform]
    registered: frozenset[str] | None = None
    wanted: tuple[WantedPage, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CollectorReport:
    """What a round did."""

    runs: tuple[SourceRun, ...] = ()
    made: tuple[int, ...] = ()  # numbers of new bundles
    sent: int = 0
    waiting: int = 0  # bundles that the hub has not acknowledged
    waiting_bytes: int = 0
    problems: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        from noticewatch.application.pipeline import source_run_json

        return {
            "sources": [source_run_json(run) for run in self.runs],
            "made": list(self.made),
            "sent": self.sent,
            "waiting": self.waiting,
            "waiting_bytes": self.waiting_bytes,
            "problems": list(self.problems),
        }


@dataclass
class CollectorRound:
    """A collector at work in its folder; nobody else may work there."""

    setup: CollectorSetup
    clock: Callable[[], datetime]
    limits: Limits | None = None
    progress: Callable[[SourceRun], None] | None = None
    only: frozenset[str] = frozenset()  # keys of sources; empty for all
    only_due: bool = False
    problems: list[str] = field(default_factory=list)

    def run(self, own: CollectorTask) -> CollectorReport:
        """A whole round; ``own`` is what is fetched while no offer was ever read."""
        self.problems = []
        spool = CollectorSpool(self.setup.folder)
        try:
            task = self._pulled(spool, own)
            runs = self._fetched(spool, task)
            made = make_bundles(spool, self.setup, self.clock)
            sent = self._brought(spool)
            waiting = spool.waiting()
        finally:
            spool.close()
        return CollectorReport(
            runs=runs, made=made, sent=sent, waiting=len(waiting),
            waiting_bytes=sum(size for _, size in waiting), problems=tuple(self.problems),
        )  # fmt: skip

    # ------------------------------------------------------------------ the offer

    def _pulled(self, spool: CollectorSpool, own: CollectorTask) -> CollectorTask:
        """What the hub offers to fetch; what it offered last while it cannot be reached."""
        offer = self._kept_offer(spool)
        try:
            fresh = self._fresh_offer()
        except NoticewatchError as error:
            self.problems.append(str(error))
            fresh = None
        if fresh is not None and (offer is None or fresh[1].made >= offer.made):
            raw, offer = fresh
            spool.remember("offer", raw.decode("latin-1"))
            if offer.chain == chain_of(spool):
                self._acknowledged(spool, offer.received)
        if offer is None:
            return own
        return CollectorTask(
            sources=offer.sources, platforms=offer.platforms, registered=offer.registered,
            wanted=offer.wanted,
        )  # fmt: skip

    def _fresh_offer(self) -> tuple[bytes, HubOffer] | None:
        if self.setup.hub_key is None:
            return None
        raw = self.setup.link.offer()
        if raw is None:
            return None
        return raw, read_offer(raw, self.setup.hub_key, self.setup.name)

    def _kept_offer(self, spool: CollectorSpool) -> HubOffer | None:
        kept = spool.state("offer")
        if kept is None or self.setup.hub_key is None:
            return None
        try:
            return read_offer(kept.encode("latin-1"), self.setup.hub_key, self.setup.name)
        except NoticewatchError as error:
            self.problems.append(str(error))
            return None

    def _acknowledged(self, spool: CollectorSpool, number: int) -> None:
        """What the hub has need not be kept. It cannot have more than was made."""
        if number > spool.last_bundle()[0]:
            self.problems.append(
                f"the hub says that it has bundle {number}, {spool.last_bundle()[0]} is the last"
            )
            return
        gone = [each for each, _ in spool.waiting() if each <= number]
        spool.acknowledge(number)
        for each in gone:
            kept_bundle_file(self.setup, each).unlink(missing_ok=True)
        self.setup.link.acknowledged(number)

    # ------------------------------------------------------------------ fetching

    def _fetched(self, spool: CollectorSpool, task: CollectorTask) -> tuple[SourceRun, ...]:
        from crawler.border.recording import RecordedPass
        from crawler.run import run

        spool.close_open_passes(self.clock())
        if spool.bytes_kept() > self.setup.spool_bytes:
            kept = spool.bytes_kept() / 1e6
            self.problems.append(
                f"{kept:.0f} MB wait for the hub, which is the most that is kept: nothing is"
                " fetched until it has taken some (--spool-megabytes)"
            )
            return ()
        memory = self.setup.folder / MEMORY_FOLDER
        with Archive.open(memory, clock=self.clock) as archive:
            forget_pages(archive, task, self.clock())
            options = CrawlOptions(
                progress=self.progress,
                limits=self.limits,
                registered=task.registered,
                pass_type=partial(RecordedPass, spool=spool),
            )
            try:
                return run(archive, self._due(archive, task), task.platforms, options).runs
            finally:
                spool.close_open_passes(self.clock())

    def _due(self, archive: Archive, task: CollectorTask) -> list[Source]:
        """The sources that may be asked now; with ``only_due`` those whose interval is over."""
        now = self.clock()
        polled = {state.key: state.last_polled for state in archive.sources.all()}
        ready = []
        for source in task.sources:
            if self.only and source.key not in self.only:
                continue
            wait, last = archive.crawl_memory.retry_after(source.key), polled.get(source.key)
            waits = wait is not None and wait > now
            early = last is not None and (now - last).total_seconds() < source.schedule.seconds
            if not waits and not (self.only_due and early):
                ready.append(source)
        return ready

    # ------------------------------------------------------------------ bringing over

    def _brought(self, spool: CollectorSpool) -> int:
        """Bring every bundle that was not acknowledged, in order; how many were brought."""
        sent = 0
        for number, _ in spool.waiting():
            content = kept_bundle_file(self.setup, number).read_bytes()
            try:
                received = self.setup.link.send(number, content)
            except HubUnreachable as error:
                self.problems.append(str(error))
                break
            sent += 1
            if received is not None:
                self._acknowledged(spool, received)
        return sent


def kept_bundle_file(setup: CollectorSetup, number: int) -> Path:
    """Where the collector keeps a bundle until the hub has it."""
    return setup.folder / BUNDLE_FOLDER / bundle_name(setup.name, number)


def start_anew(setup: CollectorSetup) -> None:
    """Forget what was fetched and what waits: the next round begins a log of another chain."""
    for name in (MEMORY_FOLDER, BUNDLE_FOLDER):
        shutil.rmtree(setup.folder / name, ignore_errors=True)
    for path in setup.folder.glob(f"{SPOOL_NAME}*"):
        path.unlink()


def chain_of(spool: CollectorSpool) -> str:
    """The name of this spool's log; another spool of the same collector has another."""
    known = spool.state("chain")
    if known is None:
        known = token_hex(16)
        spool.remember("chain", known)
    return known


def make_bundles(
    spool: CollectorSpool, setup: CollectorSetup, clock: Callable[[], datetime]
) -> tuple[int, ...]:
    """Write all that stands in no bundle into bundles; their numbers.

    A bundle is on the disk before the log knows of it. Killed in between, it is made again
    under the same number, and the first one was never sent.
    """
    made = []
    while entries := spool.unbundled(setup.bundle_bytes):
        number, previous = spool.last_bundle()
        origin = BundleOrigin(
            collector=setup.name, chain=chain_of(spool), number=number + 1, previous=previous,
            made=clock(), software=setup.software,
        )  # fmt: skip
        content = write_bundle(origin, entries, setup.key)
        write_whole(kept_bundle_file(setup, number + 1), content)
        spool.bundled(
            KeptBundle(
                number=number + 1, id=read_bundle(content).id, last_seq=entries[-1].seq,
                size=len(content),
            )
        )  # fmt: skip
        made.append(number + 1)
    return tuple(made)


def forget_pages(archive: Archive, task: CollectorTask, now: datetime) -> None:
    """Make pages due whose bytes the hub lacks, and have them sent whole."""
    columns = {one.key: [column.key for column in one.columns] for one in task.sources}
    for wanted in task.wanted:
        for column in columns.get(wanted.source_key, ()):
            memory = archive.crawl_memory.list_memory(wanted.source_key, column)
            if memory.settled_url == wanted.url:
                archive.crawl_memory.update_list_memory(
                    wanted.source_key, column, lambda old: replace(old, settled_url="")
                )
        page = archive.pages.page(wanted.url)
        if page is not None and wanted.source_key in columns:
            due = None if page.next_check is None else now  # a list has no time of its own
            archive.pages.save_page(replace(page, etag=None, last_modified=None, next_check=due))
