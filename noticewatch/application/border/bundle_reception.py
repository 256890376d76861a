"""Take bundles in order: verify, keep, and say of each one that is not taken why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from archive.backends.spools.receiver_inbox import ReceiverInbox
from crawler.border.bundle_format import (
    MOST_BUNDLE,
    SUFFIX,
    Bundle,
    BundleRefused,
    check_bundle,
    entries_of,
    read_bundle,
)
from crawler.border.collector_keys import public_key
from domain.records.remote.collected import BorderTrouble, DeliveredBundle

if TYPE_CHECKING:
    from config.machines.border import BorderSettings

GAP, REFUSED = "gap", "refused"
_ANY = 10**12
_CLOCK_SLACK = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class RefusedBundle:
    """A file that was not taken."""

    file: str
    collector: str
    number: int
    why: str


@dataclass
class Reception:
    """What came of the files of one look."""

    taken: list[tuple[str, int]] = field(default_factory=list)
    known: int = 0  # had been taken before
    refused: list[RefusedBundle] = field(default_factory=list)
    gaps: list[BorderTrouble] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class BundleReception:
    """Takes files into the inbox; with ``dry_run`` it only says what it would do."""

    border: BorderSettings
    inbox: ReceiverInbox
    clock: Callable[[], datetime]
    dry_run: bool = False

    def take_all(self, folders: Iterable[Path]) -> Reception:
        """Every bundle of the folders whose turn it is."""
        done = Reception()
        self._clear("", REFUSED, _ANY)  # files that no collector has a name for, as they lie now
        here: dict[str, list[tuple[int, Path]]] = {}
        for path in (path for folder in folders for path in sorted(folder.glob(f"*{SUFFIX}"))):
            collector, number = _told_by_name(path)
            if collector in self.border.collectors and number:
                here.setdefault(collector, []).append((number, path))
            else:
                why = "no collector of such a name is trusted here (border.collectors)"
                self._refuse(done, path, BundleRefused(why))
        for collector in sorted(here):
            self._take_in_order(collector, sorted(here[collector]), done)
        return done

    def verified(self, collector: str, raw: bytes) -> Bundle:
        """A bundle that this collector signed; BundleRefused for any other bytes."""
        bundle = read_bundle(raw)
        if bundle.origin.collector != collector:
            raise BundleRefused(f"it is by {bundle.origin.collector}, not by {collector}")
        check_bundle(bundle, public_key(self.border.collectors[collector].public_key))
        return bundle

    # ------------------------------------------------------------------ one collector

    def _take_in_order(
        self, collector: str, files: Sequence[tuple[int, Path]], done: Reception
    ) -> None:
        last = self.inbox.delivered(collector)
        for number, path in files:
            have = last.number if last else 0
            if number < have:
                done.known += 1
                continue
            if number > have + 1:
                self._gap(collector, have + 1, number, done)
                return
            last = self._take_one(collector, path, last, done)
        self._clear(collector, GAP, last.number if last else 0)

    def _take_one(
        self, collector: str, path: Path, last: DeliveredBundle | None, done: Reception
    ) -> DeliveredBundle | None:
        """The bundle taken, or the one before it where this one is not."""
        try:
            bundle = self.verified(collector, _content(path))
            if last is not None and bundle.id == last.id:
                done.known += 1
                return last
            self._check_turn(bundle, last)
            entries = entries_of(bundle)
        except BundleRefused as error:
            self._refuse(done, path, error)
            return last
        now = self.clock()
        origin = bundle.origin
        taken = DeliveredBundle(
            collector=collector, chain=origin.chain, number=origin.number, id=bundle.id,
            made=origin.made, received=now,
        )  # fmt: skip
        if not self.dry_run:
            self.inbox.take(taken, entries)
        self._clear(collector, REFUSED, origin.number)
        done.taken.append((collector, origin.number))
        return taken

    def _check_turn(self, bundle: Bundle, last: DeliveredBundle | None) -> None:
        """BundleRefused unless this bundle continues what is here."""
        origin = bundle.origin
        if origin.made > self.clock() + _CLOCK_SLACK:
            raise BundleRefused(
                f"it was made at {origin.made:%Y-%m-%d %H:%M}, which is still to come: the"
                " collector's clock is wrong"
            )
        if last is None:
            if origin.number == 1 and not origin.previous:
                return
            raise BundleRefused(f"it is number {origin.number}, and nothing before it is here")
        if origin.chain != last.chain:
            raise BundleRefused(
                "it begins another log than the one that is here: if the collector was set up"
                f" anew, run `noticewatch receive --begin-anew {origin.collector}`"
            )
        if origin.number == last.number:
            raise BundleRefused(
                f"another bundle {origin.number} was taken before: do two machines use one key?"
            )
        if origin.number != last.number + 1 or origin.previous != last.id:
            raise BundleRefused(f"it does not follow bundle {last.number}, which is here")

    # ------------------------------------------------------------------ what is told

    def _gap(self, collector: str, first: int, next_here: int, done: Reception) -> None:
        one = next_here == first + 1
        awaited = f"bundle {first} is" if one else f"bundles {first} to {next_here - 1} are"
        sentence = f"{awaited} awaited from {collector}; {next_here} is here and waits"
        self._keep(
            done.gaps,
            BorderTrouble(
                collector=collector, kind=GAP, number=first, sentence=sentence, since=self.clock()
            ),
        )

    def _refuse(self, done: Reception, path: Path, error: BundleRefused) -> None:
        collector, number = _told_by_name(path)
        done.refused.append(
            RefusedBundle(file=path.name, collector=collector, number=number, why=str(error))
        )
        known = collector if collector in self.border.collectors else ""
        self._keep(
            [],
            BorderTrouble(
                collector=known, kind=REFUSED, number=number,
                sentence=f"{path.name[:100]} is not taken: {error}", since=self.clock(),
            ),
        )  # fmt: skip

    def _keep(self, told: list[BorderTrouble], trouble: BorderTrouble) -> None:
        if not self.dry_run:
            self.inbox.note_trouble(trouble)
        known = self.inbox.troubles(trouble.collector)
        same = [t for t in known if (t.kind, t.number) == (trouble.kind, trouble.number)]
        told.append(replace(trouble, since=same[0].since) if same else trouble)

    def _clear(self, collector: str, kind: str, up_to: int) -> None:
        if not self.dry_run:
            self.inbox.clear_troubles(collector, kind, up_to)


def _told_by_name(path: Path) -> tuple[str, int]:
    """Collector and number as a file's name tells them: ``beijing-000000012.nwb``. A name
    proves nothing; it only says which file to read next."""
    collector, _, number = path.name.removesuffix(SUFFIX).rpartition("-")
    digits = number if number.isascii() and number.isdigit() and len(number) <= 12 else "0"
    return collector, int(digits)


def _content(path: Path) -> bytes:
    try:
        if not path.is_file() or path.stat().st_size > MOST_BUNDLE:
            raise BundleRefused(f"it is no file, or larger than {MOST_BUNDLE} bytes")
        return path.read_bytes()
    except OSError as error:
        raise BundleRefused(f"it cannot be read: {error.strerror}") from error
