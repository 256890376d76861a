"""What a pass, a digest or a backfill says to the person who started it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from noticewatch.application.application import Application
from noticewatch.application.console import cut, leave_not_well, print_json, state_mark, table
from noticewatch.application.errors import NoticewatchError
from noticewatch.application.saved_search_subscriptions import with_saved_searches

if TYPE_CHECKING:
    from archive.store import Archive
    from config.model import Source
    from domain.records.source_run import SourceRun
    from noticewatch.application.pipeline import PassReport


def parse_date(text: str | None, option: str) -> date | None:
    """A calendar date of the command line; one sentence when it is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NoticewatchError(
            f"{option}: expected a date such as 2026-04-01, got {text!r}"
        ) from None


def progress(app: Application, total: int) -> Callable[[SourceRun], None]:
    """Prints a line per finished source on standard error, with a count."""
    done = 0

    def show(run: SourceRun) -> None:
        nonlocal done
        done += 1
        if app.json and not sys.stderr.isatty():
            return
        detail = run.reason if run.state != "ok" else f"{run.rows} rows, {run.new} new"
        line = f"[{done}/{total}] {run.key}: {state_mark(str(run.state))} {cut(detail, 90)}"
        click.echo(line, err=True)

    return show


def show_pass(app: Application, result: PassReport) -> None:
    """The report of a pass, as JSON or lines; leaves with 3 when something is not well."""
    if app.json:
        print_json(result.as_json())
    else:
        _show_lines(result)
    if not result.well:
        leave_not_well()


def _show_lines(result: PassReport) -> None:
    if result.crawl:
        runs = result.crawl.runs
        well = sum(run.state == "ok" for run in runs)
        new = sum(run.new for run in runs)
        revised = sum(run.revised for run in runs)
        withdrawn = sum(run.withdrawn for run in runs)
        click.echo(
            f"{well} of {len(runs)} sources ok; {new} new, {revised} revised, {withdrawn} withdrawn"
        )
        if runs and not well:
            click.echo(
                "No source answered. Many of these sites answer only from China; "
                "`noticewatch demo` shows the whole job on invented notices."
            )
    if result.classify:
        by = " by rules, the model is not usable" if result.classify.rules_only else ""
        click.echo(
            f"{result.classify.classified} classified{by}, {result.classify.relevant} relevant"
        )
    if result.notify:
        notified = result.notify
        for message in notified.messages:
            click.echo(message)
        click.echo(
            f"alerts: {notified.queued} queued, {notified.sent} sent, {notified.failed} failed"
            + (f", {notified.dead} dead letters" if notified.dead else "")
        )


def show_channel_test(app: Application, archive: Archive, name: str) -> None:
    """Send a test alert and say whether it arrived."""
    from notifier.run import UnknownChannel, test_channel

    try:
        result = test_channel(archive, app.settings, name, terminal=app.terminal)
    except UnknownChannel as error:
        raise NoticewatchError(str(error)) from error
    delivered = bool(result.sent) and not result.failed
    if app.json:
        print_json({"channel": name, "sent": result.sent, "failed": result.failed})
    else:
        click.echo(f"{name}: {'delivered' if delivered else 'not delivered'}", err=True)
        for message in result.messages:
            click.echo(message, err=True)
    if not delivered:
        leave_not_well()


def digest(app: Application, week: str | None, out: Path | None) -> None:
    """Write the digest's files, or send it to the weekly subscriptions."""
    from notifier.messages.digest import send_digests
    from notifier.messages.digest_files import write_digests

    with app.one_pass(), app.archive() as archive:
        settings = with_saved_searches(app.settings, archive)
        if out is not None:
            paths = write_digests(archive, settings, week, out)
            if app.json:
                print_json({"files": [str(path) for path in paths]})
            else:
                for path in paths:
                    click.echo(str(path))
            return
        sent = send_digests(archive, settings, week, terminal=app.terminal)
    if app.json:
        print_json({"queued": sent.queued, "sent": sent.sent, "failed": sent.failed})
    else:
        click.echo(f"digests: {sent.queued} queued, {sent.sent} sent, {sent.failed} failed")
    if sent.failed:
        leave_not_well()


def backfill(app: Application, sources: list[Source], since: str, until: str | None) -> None:
    """Walk sources back, page by page, with a line per page."""
    from crawler.run import backfill as walk_back

    first = parse_date(since, "--since") or date.min
    last = parse_date(until, "--until")
    with app.one_pass(), app.archive() as archive:
        runs = walk_back(
            archive,
            sources,
            app.platforms,
            since=first,
            until=last,
            progress=lambda line: click.echo(line, err=True),
        )
    _show_backfill(app, runs)


def _show_backfill(app: Application, runs: Any) -> None:
    from noticewatch.application.pipeline import source_run_json

    if app.json:
        print_json({"sources": [source_run_json(run) for run in runs]})
    else:
        rows = [(run.key, str(run.state), str(run.rows), str(run.new), run.reason) for run in runs]
        click.echo(table(("source", "state", "rows", "new", "note"), rows))
    if any(run.state != "ok" for run in runs):
        leave_not_well()


def reparse(app: Application, sources: list[Source], apply: bool) -> None:
    """What today's extraction makes of the stored pages; stored only with ``--apply``."""
    from crawler.passes.reparse import reparse as derive

    with app.one_pass(), app.archive(create=False) as archive:
        found = derive(archive, sources, app.platforms, apply=apply)
    if app.json:
        print_json(
            {
                "applied": apply,
                "notices": [
                    {"url": item.url, "source": item.source_key, "before": dict(item.before),
                     "after": dict(item.after)}
                    for item in found
                ],
            }
        )  # fmt: skip
        return
    for item in found:
        click.echo(f"{item.source_key} {item.url}")
        for name, before in item.before.items():
            click.echo(f"  {name}: {cut(before, 60)!r} → {cut(item.after[name], 60)!r}")
    done = "stored" if apply else "would change; --apply stores them"
    click.echo(f"{len(found)} notices {done}")
