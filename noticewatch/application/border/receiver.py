"""A hub at work: take the bundles that lie in its folders, replay them, say how it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from archive.backends.spools.receiver_inbox import INBOX_NAME, ReceiverInbox
from config.file_lock import file_lock
from crawler.border.bundle_format import SUFFIX
from domain.records.remote.collected import BorderTrouble, DeliveredBundle
from noticewatch.application.application import Application
from noticewatch.application.border.bundle_reception import (
    GAP,
    BundleReception,
    Reception,
)
from noticewatch.application.border.bundle_replays import BundleReplays, Replays
from noticewatch.application.border.offers import BORDER_FOLDER

if TYPE_CHECKING:
    from archive.store import Archive
    from crawler.transport.fetch import Limits
    from domain.records.source_run import SourceRun

UPLOADS = "uploads"
LASTS = timedelta(hours=1)  # a gap that lasts longer is told


@dataclass(frozen=True, kw_only=True)
class CollectorState:
    """How a collector stands at its hub."""

    name: str
    last: DeliveredBundle | None
    troubles: tuple[BorderTrouble, ...]
    wanted: int
    silent: bool  # no bundle for longer than its settings say

    def as_json(self) -> dict[str, object]:
        return {
            "collector": self.name,
            "last_bundle": self.last.number if self.last else 0,
            "made": self.last.made.isoformat() if self.last else None,
            "received": self.last.received.isoformat() if self.last else None,
            "silent": self.silent,
            "wanted": self.wanted,
            "troubles": [
                {"kind": t.kind, "number": t.number, "sentence": t.sentence,
                 "since": t.since.isoformat()}
                for t in self.troubles
            ],
        }  # fmt: skip


@dataclass
class ReceiveReport:
    """What one run of a hub did."""

    reception: Reception
    replays: dict[str, Replays] = field(default_factory=dict)

    @property
    def well(self) -> bool:
        dropped = any(one.dropped for one in self.replays.values())
        return not (self.reception.refused or self.reception.gaps or dropped)

    def as_json(self) -> dict[str, object]:
        from noticewatch.application.pipeline import source_run_json

        return {
            "taken": [{"collector": name, "number": n} for name, n in self.reception.taken],
            "known": self.reception.known,
            "refused": [
                {"file": one.file, "collector": one.collector, "why": one.why}
                for one in self.reception.refused
            ],
            "gaps": [gap.sentence for gap in self.reception.gaps],
            "sources": [source_run_json(run) for one in self.replays.values() for run in one.runs],
            "cut": sum(one.cut for one in self.replays.values()),
            "left_out": [why for one in self.replays.values() for why in one.dropped],
        }


def border_folder(app: Application) -> Path:
    """Where a hub keeps what it received."""
    return app.data_dir / BORDER_FOLDER


def upload_folder(app_data: Path, collector: str) -> Path:
    """Where the uploads of a collector wait for their turn."""
    return app_data / BORDER_FOLDER / UPLOADS / collector


@contextmanager
def open_inbox(app: Application) -> Iterator[ReceiverInbox]:
    """The inbox of this hub."""
    inbox = ReceiverInbox(border_folder(app))
    try:
        yield inbox
    finally:
        inbox.close()


def bundle_folders(app: Application, given: Sequence[Path] = ()) -> list[Path]:
    """The folders of the command line, of the settings, and those of uploads."""
    border = app.settings.border
    uploads = [upload_folder(app.data_dir, name) for name in border.collectors]
    named = list(given) or [Path(folder) for folder in border.folders]
    return [folder for folder in (*named, *uploads) if folder.is_dir()]


async def receive(
    app: Application,
    archive: Archive | None,
    folders: Sequence[Path],
    *,
    limits: Limits | None = None,
    progress: Callable[[SourceRun], None] | None = None,
) -> ReceiveReport:
    """Take and replay what lies in the folders; without an archive only say what would be."""
    lock = app.writable(border_folder(app) / "receive.lock")
    with file_lock(lock), open_inbox(app) as inbox:
        reception = BundleReception(
            border=app.settings.border, inbox=inbox, clock=app.clock, dry_run=archive is None
        )
        report = ReceiveReport(reception=reception.take_all(folders))
        if archive is None:
            return report
        for collector in app.settings.border.collectors:
            replays = BundleReplays(
                app=app, archive=archive, inbox=inbox, limits=limits, progress=progress
            )
            report.replays[collector] = await replays.replay_all(collector)
            _tidy_uploads(app, inbox, collector)
    return report


def _tidy_uploads(app: Application, inbox: ReceiverInbox, collector: str) -> None:
    """What was uploaded and taken is in the inbox or the archive; other folders are others'."""
    last = inbox.delivered(collector)
    for path in upload_folder(app.data_dir, collector).glob(f"*{SUFFIX}"):
        number = path.name.removesuffix(SUFFIX).rpartition("-")[2]
        if last is not None and number.isdigit() and int(number) <= last.number:
            path.unlink(missing_ok=True)


def begin_anew(app: Application, collector: str) -> None:
    """Forget a collector's log: its next bundle may be number 1 of another."""
    with file_lock(app.writable(border_folder(app) / "receive.lock")), open_inbox(app) as inbox:
        inbox.forget(collector)


def collector_states(app: Application) -> list[CollectorState]:
    """How each collector stands; nothing where this is no hub."""
    border = app.settings.border
    if not border.collectors or not (border_folder(app) / INBOX_NAME).exists():
        return [
            CollectorState(name=name, last=None, troubles=(), wanted=0, silent=False)
            for name in border.collectors
        ]
    with open_inbox(app) as inbox:
        return [_state(app, inbox, name) for name in border.collectors]


def _state(app: Application, inbox: ReceiverInbox, name: str) -> CollectorState:
    last = inbox.delivered(name)
    most = timedelta(hours=app.settings.border.collectors[name].silent_hours)
    return CollectorState(
        name=name,
        last=last,
        troubles=tuple(inbox.troubles(name)),
        wanted=len(inbox.wanted(name)),
        silent=last is not None and app.clock() - last.received > most,
    )


def lasting_troubles(state: CollectorState, now: datetime) -> list[str]:
    """What the operators are told: a gap once it lasts, everything else at once."""
    told = [t.sentence for t in state.troubles if t.kind != GAP or now - t.since >= LASTS]
    if state.silent and state.last is not None:
        since = f"{state.last.received:%Y-%m-%d %H:%M}"
        told.append(f"no bundle of {state.name} has come since {since}")
    return told
