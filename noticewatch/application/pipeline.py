"""One pass: crawl, classify, notify; and its report as ``poll --json`` shows it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from archive.errors import LeaseHeld
from crawler.crawl_options import CrawlOptions
from domain.records.lease import LeaseKind
from noticewatch.application.application import Application
from noticewatch.application.saved_search_subscriptions import with_saved_searches

if TYPE_CHECKING:
    from archive.store import Archive
    from classifier.run import ClassifyReport
    from config.model import Source
    from crawler.run import CrawlReport
    from crawler.scan_reading import ScanReport
    from domain.records.source_run import SourceRun
    from notifier.run import NotifyReport

COMPANIES_SECONDS = 600.0  # that one waits for another to have read names and obligations
SCAN_PAGES = 20  # that a pass reads


@dataclass(frozen=True, kw_only=True)
class PassReport:
    """What one pass did; stages that did not run are None."""

    started: datetime
    finished: datetime
    crawl: CrawlReport | None = None
    classify: ClassifyReport | None = None
    notify: NotifyReport | None = None
    scans: ScanReport | None = None

    @property
    def well(self) -> bool:
        """False when a source or a delivery is not well (exit code 3)."""
        sources_ok = all(run.state == "ok" for run in self.crawl.runs) if self.crawl else True
        delivered = not (self.notify and (self.notify.failed or self.notify.dead))
        return sources_ok and delivered

    def as_json(self) -> dict[str, Any]:
        result: dict[str, Any] = {
            "started": self.started.isoformat(),
            "finished": self.finished.isoformat(),
        }
        if self.crawl:
            result["sources"] = [source_run_json(run) for run in self.crawl.runs]
        if self.classify:
            result["classified"] = self.classify.classified
            if self.classify.rules_only:
                result["classified_by"] = "rules"
            if self.classify.not_read_whole:
                result["not_read_whole"] = list(self.classify.not_read_whole)
        if self.notify:
            result["alerts"] = {
                "queued": self.notify.queued,
                "sent": self.notify.sent,
                "failed": self.notify.failed,
            }
            if self.notify.messages:
                result["messages"] = list(self.notify.messages)
        if self.scans and (self.scans.pages or self.scans.waiting):
            result["scans"] = {"read": self.scans.files, "waiting": self.scans.waiting}
        return result


def source_run_json(run: SourceRun) -> dict[str, Any]:
    return {
        "key": run.key,
        "state": str(run.state),
        "reason": run.reason,
        "rows": run.rows,
        "new": run.new,
        "revised": run.revised,
        "withdrawn": run.withdrawn,
        "requests": run.requests,
        "not_modified": run.not_modified,
        "newest": run.newest.isoformat() if run.newest else None,
        "errors": [
            {"kind": error.kind, "message": error.message, "url": error.url} for error in run.errors
        ],
    }


def crawl_stage(
    app: Application, archive: Archive, sources: list[Source], options: CrawlOptions
) -> CrawlReport:
    from crawler.run import run

    return run(archive, sources, app.platforms, options)


def classify_stage(
    app: Application,
    archive: Archive,
    *,
    limit: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> ClassifyReport:
    """Label what is undone. Several processes may do this at once: they share the acts."""
    from classifier.run import run
    from noticewatch.application.me.name_upkeep import look_for_names
    from noticewatch.application.me.obligation_lists import keep_obligations

    with companies_alone(archive) as mine:
        look_for_names(app, mine)
    done = run(
        archive,
        app.topics,
        app.register,
        encoder=app.settings.encoder.model,
        limit=limit,
        progress=progress,
    )
    with companies_alone(archive) as mine:
        keep_obligations(app, mine)
    return done


@contextmanager
def companies_alone(archive: Archive) -> Iterator[Archive]:
    """Be the only one who reads names and writes obligations: who comes second waits."""
    leases = archive.leases
    with leases.holding(LeaseKind.ROLE, "companies", wait=COMPANIES_SECONDS) as lease:
        yield archive.under(lease)


def translate(app: Application, archive: Archive) -> None:
    """Machine translation of what the next alerts show, where a provider is set up; bounded,
    and a failure only means that there is none."""
    if app.settings.translation.provider == "none":
        return
    import logging

    from classifier.translation.translate_pending import run

    with suppress(LeaseHeld), archive.leases.holding(LeaseKind.ROLE, "translation"):
        for error in run(archive, app.settings.translation).errors:
            logging.getLogger(__name__).warning("no machine translation: %s", error)


def notify_stage(
    app: Application,
    archive: Archive,
    *,
    dry_run: bool = False,
    retry_dead: bool = False,
    stop: threading.Event | None = None,
) -> NotifyReport:
    from notifier import run as notifier_run

    settings = with_saved_searches(app.settings, archive)
    if dry_run:
        return notifier_run.dry_run(archive, settings, retry_dead=retry_dead, clock=app.clock)
    translate(app, archive)
    return notifier_run.run(
        archive,
        settings,
        retry_dead=retry_dead,
        clock=app.clock,
        terminal=app.terminal,
        stop=stop,
    )


def read_scans_stage(
    archive: Archive, *, stop: Callable[[], bool] = lambda: False, most_pages: int | None = None
) -> ScanReport:
    """Read scanned files that wait; nothing where the extra ``ocr`` is not installed."""
    from crawler.scan_reading import read_scans

    return read_scans(archive, stop=stop, most_pages=most_pages)


def run_pass(
    app: Application, archive: Archive, sources: list[Source], options: CrawlOptions
) -> PassReport:
    """One whole pass; each stage commits before the next begins, so it may be killed. Scans
    are read when the alerts are out; what they say is told by the next pass."""
    from archive.store import utc_now

    started = utc_now()
    crawled = crawl_stage(app, archive, sources, options)
    classified = classify_stage(app, archive)
    notified = notify_stage(app, archive)
    scans = read_scans_stage(archive, most_pages=SCAN_PAGES)
    return PassReport(
        started=started,
        finished=utc_now(),
        crawl=crawled,
        classify=classified,
        notify=notified,
        scans=scans,
    )
