"""The main job from the command line: one pass, its stages, the service, walking back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crawler.crawl_options import CrawlOptions
from noticewatch.application.application import Application
from noticewatch.application.console import cut, leave_not_well, print_json, text_table
from noticewatch.application.user_errors import NoticewatchError
from noticewatch.cli.options import F, cli, command, date_option
from noticewatch.cli.pass_report import progress, show_pass

if TYPE_CHECKING:
    from crawler.passes.reparse import Rederived
    from domain.records.source_run import SourceRun


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
def poll_command(app: Application, sources: tuple[str, ...], **options: Any) -> None:
    """One pass over the sources: crawl, classify, notify; then exit."""
    from noticewatch.application import pipeline

    picked = app.own_sources(sources)
    crawling = CrawlOptions(**options, progress=progress(app, len(picked)))
    with app.one_pass(), app.archive() as archive:
        result = pipeline.run_pass(app, archive, picked, crawling)
    show_pass(app, result)


@command(cli, "scans")
@click.option("--pages", type=click.IntRange(1), help="Read so many pages at most.")
def scans_command(app: Application, pages: int | None) -> None:
    """Read scanned files that wait, as `run` does when it has time (extra `ocr`)."""
    from archive.store import utc_now
    from crawler.extract.scans.scan_engine import is_available
    from noticewatch.application import pipeline

    if not is_available():
        raise NoticewatchError("scans are not read here: pip install 'noticewatch[ocr]'")
    started = utc_now()
    with app.archive() as archive:
        read = pipeline.read_scans_stage(archive, most_pages=pages)
    show_pass(app, pipeline.PassReport(started=started, finished=utc_now(), scans=read))


@command(cli, "crawl")
@_poll_options
def crawl_command(app: Application, sources: tuple[str, ...], **options: Any) -> None:
    """Only the first stage: fetch lists and notices into the archive."""
    from archive.store import utc_now
    from noticewatch.application import pipeline

    picked = app.own_sources(sources)
    crawling = CrawlOptions(**options, progress=progress(app, len(picked)))
    started = utc_now()
    with app.one_pass(), app.archive() as archive:
        crawled = pipeline.crawl_stage(app, archive, picked, crawling)
    result = pipeline.PassReport(started=started, finished=utc_now(), crawl=crawled)
    show_pass(app, result)


@command(cli, "classify")
@click.option("--limit", type=click.IntRange(1), help="At most so many changes.")
def classify_command(app: Application, limit: int | None) -> None:
    """Only the second stage: label what the archive has not classified yet."""
    from archive.store import utc_now
    from noticewatch.application import pipeline

    started = utc_now()
    with app.one_pass(), app.archive() as archive:
        classified = pipeline.classify_stage(app, archive, limit=limit)
    result = pipeline.PassReport(started=started, finished=utc_now(), classify=classified)
    show_pass(app, result)


@command(cli, "notify")
@click.option("--dry-run", is_flag=True, help="Show what would go where; send and keep nothing.")
@click.option("--retry-dead", is_flag=True, help="Send dead letters again.")
@click.option("--test", "test_channel", metavar="CHANNEL", help="Send a test alert to a channel.")
@click.option(
    "--wait",
    type=click.IntRange(0, 600),
    metavar="SECONDS",
    help="With --test, wait for a click on its button; 60 at a terminal, else 0.",
)
def notify_command(
    app: Application, dry_run: bool, retry_dead: bool, test_channel: str | None, wait: int | None
) -> None:
    """Only the third stage: send alerts and the digests that are due."""
    from archive.store import utc_now
    from noticewatch.application import pipeline

    if test_channel:
        from noticewatch.cli.channel_test import test_one_channel

        test_one_channel(app, test_channel, wait)
        return
    started = utc_now()
    with app.one_pass(), app.archive() as archive:
        notified = pipeline.notify_stage(app, archive, dry_run=dry_run, retry_dead=retry_dead)
    result = pipeline.PassReport(started=started, finished=utc_now(), notify=notified)
    show_pass(app, result)


@command(cli, "run")
@click.option("--port", type=click.IntRange(0, 65535), help="Port of the web archive.")
@click.option(
    "--roles", metavar="LIST", help="What this process does: crawl,classify,notify,web (all)."
)
@click.option("--regions", metavar="LIST", help="Poll only sources of these regions: cn,any.")
def run_command(app: Application, port: int | None, roles: str | None, regions: str | None) -> None:
    """The service: scheduler, alerts, digests and web archive until stopped."""
    from noticewatch.application.workers.work_share import with_work_share
    from noticewatch.daemon.service import run_service

    run_service(with_work_share(app, roles, regions), port=port)


@command(cli, "backfill")
@click.option(
    "--source", "sources", multiple=True, required=True, metavar="KEY", help="The source to walk."
)
@click.option("--since", required=True, metavar="DATE", help="Walk back to this day (YYYY-MM-DD).")
@click.option("--until", metavar="DATE", help="Newest day to take; default today.")
def backfill_command(
    app: Application, sources: tuple[str, ...], since: str, until: str | None
) -> None:
    """Walk the pages of a source back; may be stopped and resumed."""
    from datetime import date

    from crawler.crawl_options import BackfillOptions
    from crawler.run import backfill as walk_back

    picked = app.pick_sources(sources)
    first = date_option(since, "--since") or date.min
    last = date_option(until, "--until")
    with app.one_pass(), app.archive() as archive:
        runs = walk_back(
            archive,
            picked,
            app.platforms,
            BackfillOptions(
                since=first, until=last, report=lambda line: click.echo(line, err=True)
            ),
        )
    _show_backfill(app, runs)


def _show_backfill(app: Application, runs: Sequence[SourceRun]) -> None:
    from noticewatch.application.pipeline import source_run_json

    if app.json:
        print_json({"sources": [source_run_json(run) for run in runs]})
    else:
        rows = [(run.key, str(run.state), str(run.rows), str(run.new), run.reason) for run in runs]
        click.echo(text_table(("source", "state", "rows", "new", "note"), rows))
    if any(run.state != "ok" for run in runs):
        leave_not_well()


@command(cli, "reparse")
@click.option("--source", "sources", multiple=True, metavar="KEY", help="Only this one.")
@click.option("--apply", "apply_", is_flag=True, help="Store what was derived anew.")
def reparse_command(app: Application, sources: tuple[str, ...], apply_: bool) -> None:
    """Derive notices again from the stored pages, without network; shows what would change."""
    from crawler.passes.reparse import reparse as derive

    picked = app.pick_sources(sources)
    with app.one_pass(), app.archive(create=False) as archive:
        found = derive(archive, picked, app.platforms, apply=apply_)
    if app.json:
        print_json({"applied": apply_, "notices": [_derived_json(item) for item in found]})
    else:
        _print_derived(found, applied=apply_)


def _derived_json(item: Rederived) -> dict[str, Any]:
    return {
        "url": item.url,
        "source": item.source_key,
        "before": dict(item.before),
        "after": dict(item.after),
    }


def _print_derived(found: Sequence[Rederived], *, applied: bool) -> None:
    for item in found:
        click.echo(f"{item.source_key} {item.url}")
        for name, before in item.before.items():
            click.echo(f"  {name}: {cut(before, 60)!r} → {cut(item.after[name], 60)!r}")
    done = "stored" if applied else "would change; --apply stores them"
    click.echo(f"{len(found)} notices {done}")
