"""Replay what was received into the archive, pass by pass, each exactly once."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.backends.spools.receiver_inbox import ReceiverInbox
from archive.store import Archive
from crawler.border.recording import definition_of
from crawler.border.replaying import LoggedAnswers, ReplayTools, replay_pass
from domain.records.remote.collected import BorderTrouble, EntryKind, SpoolEntry
from domain.records.source_run import SourceRun
from noticewatch.application.application import Application

if TYPE_CHECKING:
    from config.model import Source
    from crawler.transport.fetch import Limits

FOREIGN, LOST, OTHER_FILE = "foreign", "lost", "definition"


@dataclass
class Replays:
    """What the replays of one run brought."""

    runs: list[SourceRun] = field(default_factory=list)
    cut: int = 0  # passes that their collector did not end
    dropped: list[str] = field(default_factory=list)  # sentences


@dataclass(frozen=True, kw_only=True)
class BundleReplays:
    """Takes ended passes from the inbox into the archive."""

    app: Application
    archive: Archive
    inbox: ReceiverInbox
    limits: Limits | None = None
    progress: Callable[[SourceRun], None] | None = None

    async def replay_all(self, collector: str) -> Replays:
        """Every pass that is here whole, in the order in which they ended."""
        from crawler.extract.file_readers import FileReaders
        from crawler.passes.page_reader import PageReader
        from crawler.run import with_copies
        from crawler.transport.fetch import Limits

        done = Replays()
        ended = self.inbox.ended_passes(collector)
        if not ended:
            return done
        self._check_archive(collector)
        with FileReaders() as files, PageReader() as pages:
            tools = ReplayTools(
                archive=self.archive, platforms=self.app.platforms, files=files, pages=pages,
                registered=with_copies(self.archive, None), limits=self.limits or Limits(),
            )  # fmt: skip
            for pass_id, end_seq in ended:
                if end_seq > self._replayed_seq(collector):
                    await self._replay(tools, collector, pass_id, done)
                self.inbox.replayed(collector, pass_id, end_seq)
        return done

    async def _replay(
        self, tools: ReplayTools, collector: str, pass_id: int, done: Replays
    ) -> None:
        entries = self.inbox.pass_entries(collector, pass_id)
        mark = self._marker(collector, entries[-1])
        source = self._source_of(collector, entries[0], done)
        answers = self._answers_of(collector, entries, done) if source else None
        if source is None or answers is None:
            mark()
            return
        report = await replay_pass(tools, source, answers, mark)
        self.inbox.got(collector, _brought(entries))
        self.inbox.want(collector, source.key, answers.missing)
        self._compare_definitions(collector, source, entries[0])
        if report is None:
            done.cut += 1
            return
        done.runs.append(report)
        if self.progress is not None:
            self.progress(report)

    def _source_of(self, collector: str, begin: SpoolEntry, done: Replays) -> Source | None:
        """The source of a pass; None for one that is not this collector's here."""
        key = str(begin.data.get("source"))
        source = self.app.sources.get(key)
        trusted = self.app.settings.border.collectors[collector]
        if source is not None and trusted.reads(key):
            return source
        sentence = f"{collector} read {key}, which is not among its sources here: it is left out"
        done.dropped.append(sentence)
        self._trouble(collector, FOREIGN, 0, sentence)
        return None

    def _answers_of(
        self, collector: str, entries: list[SpoolEntry], done: Replays
    ) -> LoggedAnswers | None:
        """What a pass logged; None for a log that no release of this program has written."""
        try:
            if entries[0].kind is EntryKind.BEGIN:
                return LoggedAnswers(entries, self.inbox.body)
        except (KeyError, TypeError, ValueError):
            pass
        done.dropped.append(f"a pass of {collector} cannot be understood and is left out")
        return None

    # ------------------------------------------------------------------ exactly once

    def _replayed_seq(self, collector: str) -> int:
        """The last entry of the last pass whose effects are in the archive."""
        delivered, kept = self.inbox.delivered(collector), self.archive.marks.get(_mark(collector))
        told = json.loads(kept) if kept else {}
        if delivered is None or told.get("chain") != delivered.chain:
            return 0
        return int(told["seq"])

    def _marker(self, collector: str, end: SpoolEntry) -> Callable[[], None]:
        delivered = self.inbox.delivered(collector)
        assert delivered is not None, "its passes came with its bundles"
        told = json.dumps({"chain": delivered.chain, "seq": end.seq})

        def mark() -> None:
            self.archive.marks.set(_mark(collector), told)

        return mark

    def _check_archive(self, collector: str) -> None:
        """An archive put back from a backup lacks what was replayed since."""
        delivered = self.inbox.delivered(collector)
        if delivered is None or self._replayed_seq(collector) >= delivered.replayed_seq:
            return
        sentence = (
            f"the archive is older than what {collector} has brought (a restored backup?): have it"
            " fetch everything again by `noticewatch collect --anew`, and run `noticewatch"
            f" receive --begin-anew {collector}` here"
        )
        self._trouble(collector, LOST, delivered.number, sentence)

    # ------------------------------------------------------------------ what is told

    def _compare_definitions(self, collector: str, source: Source, begin: SpoolEntry) -> None:
        key = source.key
        here = definition_of(source, self.app.platforms[source.platform])
        if begin.data.get("definition") == here:
            self.inbox.clear_troubles(collector, f"{OTHER_FILE}-{key}", 0)
            return
        sentence = f"{collector} read {key} by another source file than the one here"
        self._trouble(collector, f"{OTHER_FILE}-{key}", 0, sentence)

    def _trouble(self, collector: str, kind: str, number: int, sentence: str) -> None:
        self.inbox.note_trouble(
            BorderTrouble(
                collector=collector, kind=kind, number=number, sentence=sentence,
                since=self.app.clock(),
            )
        )  # fmt: skip


def _mark(collector: str) -> str:
    return f"border:{collector}"


def _brought(entries: list[SpoolEntry]) -> set[str]:
    """Addresses that came whole."""
    return {
        str(entry.data["url"])
        for entry in entries
        if entry.kind is EntryKind.ANSWER and entry.data.get("status") != 304
    }
