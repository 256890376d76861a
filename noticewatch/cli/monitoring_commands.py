"""The main job: one pass, its stages, the service, walking back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from crawler.options import CrawlOptions
from noticewatch.application.application import Application
from noticewatch.cli.options import F, cli, command


def _poll_options(function: F) -> F:
    for option in reversed(
        [
            click.option(
                "--source", "sources", multiple=True, metavar="KEY", help="Only this one."
            ),
            click.option(
                "--recheck",
                type=click.Choice(["due", "all"]),
                default="due",
                show_default=True,
                help="Known pages to look at again; `all` counts as the second look.",
            ),
            click.option(
                "--replay",
                type=click.Path(path_type=Path, exists=True, file_okay=False),
                help="Answer from recorded responses (manifest.tsv of file and url), no network.",
            ),
            click.option(
                "--alert-baseline",
                is_flag=True,
                help="Alert one by one also on the first pass over a source.",
            ),
        ]
    ):
        function = option(function)
    return function


@command(cli, "poll")
@_poll_options
def poll(app: Application, sources: tuple[str, ...], **options: Any) -> None:
    """One pass over the sources: crawl, classify, notify; then exit."""
    from noticewatch.application import pipeline
    from noticewatch.cli import monitoring_work

    picked = app.pick_sources(sources)
    crawling = CrawlOptions(**options, progress=monitoring_work.progress(app, len(picked)))
    with app.one_pass(), app.archive() as archive:
        result = pipeline.poll(app, archive, picked, crawling)
    monitoring_work.show_pass(app, result)


@command(cli, "crawl")
@_poll_options
def crawl(app: Application, sources: tuple[str, ...], **options: Any) -> None:
    """Only the first stage: fetch lists and notices into the archive."""
    from archive.store import utc_now
    from noticewatch.application import pipeline
    from noticewatch.cli import monitoring_work

    picked = app.pick_sources(sources)
    crawling = CrawlOptions(**options, progress=monitoring_work.progress(app, len(picked)))
    started = utc_now()
    with app.one_pass(), app.archive() as archive:
        crawled = pipeline.crawl(app, archive, picked, crawling)
    result = pipeline.PassReport(started=started, finished=utc_now(), crawl=crawled)
    monitoring_work.show_pass(app, result)


@command(cli, "classify")
@click.option("--limit", type=click.IntRange(1), help="At most so many changes.")
def classify(app: Application, limit: int | None) -> None:
    """Only the second stage: label what the archive has not classified yet."""
    from archive.store import utc_now
    from noticewatch.application import pipeline
    from noticewatch.cli import monitoring_work

    started = utc_now()
    with app.one_pass(), app.archive() as archive:
        classified = pipeline.classify(app, archive, limit=limit)
    result = pipeline.PassReport(started=started, finished=utc_now(), classify=classified)
    monitoring_work.show_pass(app, result)


@command(cli, "notify")
@click.option("--dry-run", is_flag=True, help="Show what would go where; send and keep nothing.")
@click.option("--retry-dead", is_flag=True, help="Send dead letters again.")
@click.option("--test", "test_channel", metavar="CHANNEL", help="Send a test alert to a channel.")
def notify(app: Application, dry_run: bool, retry_dead: bool, test_channel: str | None) -> None:
    """Only the third stage: send alerts and the digests that are due."""
    from archive.store import utc_now
    from noticewatch.application import pipeline
    from noticewatch.cli import monitoring_work

    started = utc_now()
    with app.one_pass(), app.archive() as archive:
        if test_channel:
            monitoring_work.show_channel_test(app, archive, test_channel)
            return
        notified = pipeline.notify(app, archive, dry_run=dry_run, retry_dead=retry_dead)
    result = pipeline.PassReport(started=started, finished=utc_now(), notify=notified)
    monitoring_work.show_pass(app, result)


@command(cli, "run")
@click.option("--port", type=click.IntRange(0, 65535), help="Port of the web archive.")
def run(app: Application, port: int | None) -> None:
    """The service: scheduler, alerts, digests and web archive until stopped."""
    from noticewatch.daemon.service import run_service

    run_service(app, port=port)


@command(cli, "backfill")
@click.option(
    "--source", "sources", multiple=True, required=True, metavar="KEY", help="The source to walk."
)
@click.option("--since", required=True, metavar="DATE", help="Walk back to this day (YYYY-MM-DD).")
@click.option("--until", metavar="DATE", help="Newest day to take; default today.")
def backfill(app: Application, sources: tuple[str, ...], since: str, until: str | None) -> None:
    """Walk the pages of a source back; may be stopped and resumed."""
    from noticewatch.cli import monitoring_work

    monitoring_work.backfill(app, app.pick_sources(sources), since, until)


@command(cli, "reparse")
@click.option("--source", "sources", multiple=True, metavar="KEY", help="Only this one.")
@click.option("--apply", "apply_", is_flag=True, help="Store what was derived anew.")
def reparse(app: Application, sources: tuple[str, ...], apply_: bool) -> None:
    """Derive notices again from the stored pages, without network; shows what would change."""
    from noticewatch.cli import monitoring_work

    monitoring_work.reparse(app, app.pick_sources(sources), apply_)
