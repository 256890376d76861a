"""Print the progress and the report of a pass, for people or as JSON."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from noticewatch.application.application import Application
from noticewatch.application.console import cut, leave_not_well, print_json, state_mark

if TYPE_CHECKING:
    from classifier.run import ClassifyReport
    from crawler.run import CrawlReport
    from domain.records.source_run import SourceRun
    from noticewatch.application.pipeline import PassReport
    from notifier.run import NotifyReport


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
        _print_lines(result)
    if not result.well:
        leave_not_well()


def _print_lines(result: PassReport) -> None:
    if result.crawl:
        _print_crawl(result.crawl)
    if result.classify:
        _print_classify(result.classify)
    if result.notify:
        _print_notify(result.notify)
    if result.scans and (result.scans.pages or result.scans.waiting):
        click.echo(f"{result.scans.files} scanned files read, {result.scans.waiting} wait")


def _print_crawl(report: CrawlReport) -> None:
    runs = report.runs
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


def _print_classify(report: ClassifyReport) -> None:
    by = " by rules, the model is not usable" if report.rules_only else ""
    click.echo(f"{report.classified} classified{by}, {report.relevant} relevant")
    for sentence in report.not_read_whole:
        click.echo(sentence, err=True)


def _print_notify(report: NotifyReport) -> None:
    for message in report.messages:
        click.echo(message)
    click.echo(
        f"alerts: {report.queued} queued, {report.sent} sent, {report.failed} failed"
        + (f", {report.dead} dead letters" if report.dead else "")
    )
