"""The archive: one SQLite file and a folder of evidence.

CONTRACT (signatures are fixed; bodies are being written). SQL lives in ``archive/`` only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from archive.diff import Diff
from archive.records import (
    Change, ChangeKind, Classification, ClassifyTask, HealthEvent, IngestResult, NewOutboxItem,
    Notice, Observation, OutboxItem, PageState, Posting, SourceHealth, SourceRun, SourceState,
    Version,
)


class ArchiveError(Exception):
    """Something is wrong with the archive; the message is one sentence for the operator."""


def utc_now() -> datetime:
    return datetime.now(UTC)


class Archive:
    """Open with :meth:`open`; one per thread; close when done (it is a context manager)."""

    @classmethod
    def open(cls, data_dir: Path, *, create: bool = True, read_only: bool = False,
             clock: Callable[[], datetime] = utc_now) -> Archive:
        """Open ``data_dir/archive.db`` (WAL, synchronous=FULL, foreign_keys=ON, timeout 30 s),
        apply migrations. Raises ArchiveError for an unwritable folder, a truncated or foreign
        file, a schema newer than this program."""
        raise NotImplementedError

    def close(self) -> None: raise NotImplementedError
    def __enter__(self) -> Archive: return self
    def __exit__(self, *_: object) -> None: self.close()

    @contextmanager
    def write_tx(self) -> Iterator[None]:
        """BEGIN IMMEDIATE … COMMIT; nested calls join the outer transaction."""
        raise NotImplementedError

    # -- crawl: what to ask, what was seen ------------------------------------------------
    def page(self, url: str) -> PageState | None: raise NotImplementedError
    def save_page(self, page: PageState) -> None: raise NotImplementedError
    def due_pages(self, source_key: str, now: datetime, *, everything: bool = False,
                  limit: int = 200) -> list[PageState]:
        """Known notice pages of a source whose re-check is due (or all of them)."""
        raise NotImplementedError
    def page_params(self, url: str) -> dict[str, str]:
        """Parameters (webId, unitid, sid …) learned from a list page: the drift signal."""
        raise NotImplementedError
    def save_page_params(self, url: str, params: dict[str, str]) -> None: raise NotImplementedError

    def ingest(self, observation: Observation) -> IngestResult:
        """Store what was seen, evidence first, in one transaction (promise 1): nothing but
        ``last_seen`` when text, metadata and attachment hashes equal the latest version; else
        a new version, its change, the identity merge, the search index and the work for the
        classifier. A posting that was withdrawn and is back yields ``restored``."""
        raise NotImplementedError
    def seen_unchanged(self, url: str, at: datetime) -> bool:
        """A 304 or the same bytes: only ``last_seen`` moves. False if the url is unknown.
        If the posting was withdrawn it becomes ``restored`` (a change)."""
        raise NotImplementedError
    def listed(self, source_key: str, column_key: str, rows: Sequence[tuple[str, str, date | None]],
               at: datetime) -> None:
        """Rows (url, title, date) present in a column's list now."""
        raise NotImplementedError
    def known_urls(self, source_key: str, column_key: str | None = None) -> set[str]: raise NotImplementedError
    def posting_by_url(self, url: str) -> Posting | None: raise NotImplementedError
    def gone(self, url: str, reason: str, at: datetime, *, confirmed: bool) -> Change | None:
        """The page says that it is gone (404, 410, removal text) or left a list whose window
        covers its date. The first look is remembered; a confirmed second one yields exactly
        one ``withdrawn`` change."""
        raise NotImplementedError

    # -- health -----------------------------------------------------------------------------
    def record_run(self, run: SourceRun) -> HealthEvent | None:
        """Keep a pass; a change of state (recovery included) becomes one health event."""
        raise NotImplementedError
    def health(self, key: str | None = None, *, history: int = 0) -> list[SourceHealth]: raise NotImplementedError
    def untold_health_events(self) -> list[HealthEvent]: raise NotImplementedError
    def mark_health_told(self, event_ids: Sequence[int], items: Sequence[NewOutboxItem]) -> None:
        """Enqueue the messages and mark the events told, in one transaction."""
        raise NotImplementedError

    # -- classify -----------------------------------------------------------------------------
    def unclassified(self, limit: int = 100) -> list[ClassifyTask]: raise NotImplementedError
    def store_classification(self, result: Classification) -> None:
        """Labels, facts, stage, relations, status and severity of the notice, labels and
        facts before/after of the change, and the work for the notifier: one transaction."""
        raise NotImplementedError

    # -- notify -----------------------------------------------------------------------------
    def unselected_changes(self, limit: int = 1000) -> list[Change]:
        """Classified changes that the notifier has not looked at, oldest first."""
        raise NotImplementedError
    def mark_selected(self, change_ids: Sequence[int], items: Sequence[NewOutboxItem]) -> list[int]:
        """Enqueue messages (a known dedupe_key is skipped) and mark the changes looked at, in
        one transaction; ids of the queued items."""
        raise NotImplementedError
    def enqueue(self, items: Sequence[NewOutboxItem]) -> list[int]: raise NotImplementedError
    def outbox(self, *, channel: str | None = None, states: Iterable[str] | None = None,
               due: datetime | None = None, limit: int = 1000) -> list[OutboxItem]: raise NotImplementedError
    def outbox_item(self, item_id: int) -> OutboxItem | None: raise NotImplementedError
    def thread_root(self, channel: str, thread: str) -> OutboxItem | None:
        """The first sent item of a thread in a channel (its receipt holds Slack's ts)."""
        raise NotImplementedError
    def mark_sending(self, item_id: int, at: datetime) -> bool:
        """Claim it; False when somebody else has it."""
        raise NotImplementedError
    def mark_sent(self, item_id: int, receipt: dict[str, Any], at: datetime) -> None: raise NotImplementedError
    def mark_retry(self, item_id: int, error: str, next_attempt: datetime, *, unknown: bool = False,
                   count_attempt: bool = True) -> None: raise NotImplementedError
    def mark_dead(self, item_id: int, error: str) -> None: raise NotImplementedError
    def revive_dead(self, channel: str | None = None) -> int: raise NotImplementedError
    def channel_state(self, channel: str) -> dict[str, Any]:
        """paused_until, reason … as kept by the notifier."""
        raise NotImplementedError
    def set_channel_state(self, channel: str, state: dict[str, Any]) -> None: raise NotImplementedError
    def subscription_state(self, key: str) -> dict[str, Any] | None: raise NotImplementedError
    def set_subscription_state(self, key: str, state: dict[str, Any],
                               items: Sequence[NewOutboxItem] = ()) -> None: raise NotImplementedError

    # -- read --------------------------------------------------------------------------------
    def notice(self, notice_id: int, *, versions: bool = True) -> Notice | None: raise NotImplementedError
    def notice_by_url(self, url: str) -> Notice | None: raise NotImplementedError
    def notices(self, *, since: datetime | None = None, changed_since: datetime | None = None,
                relevant: bool | None = None, limit: int | None = None) -> Iterator[Notice]: raise NotImplementedError
    def changes(self, *, since: datetime | None = None, until: datetime | None = None,
                notice_id: int | None = None, kinds: Iterable[ChangeKind] | None = None) -> list[Change]: raise NotImplementedError
    def change(self, change_id: int) -> Change | None: raise NotImplementedError
    def version(self, posting_id: int, number: int) -> Version | None: raise NotImplementedError
    def diff(self, change_id: int) -> Diff | None:
        """The diff of a change's two versions; None for a change with one version only."""
        raise NotImplementedError
    def evidence(self, sha256: str) -> bytes: raise NotImplementedError
    def counts(self) -> dict[str, int]:
        """sources, notices, relevant, postings, versions, changes, attachments, alerts, dead."""
        raise NotImplementedError
    def verify(self) -> list[str]:
        """Problems found: broken hash chain, missing or altered evidence, index out of step."""
        raise NotImplementedError
    def source_state(self, key: str) -> SourceState: raise NotImplementedError
