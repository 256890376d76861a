"""Sources from the command line: their health, probing, and adding new ones."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from config.paths import SHIPPED_SOURCES
from noticewatch.application.application import Application
from noticewatch.application.console import cut, leave_not_well, print_json, text_table
from noticewatch.application.user_errors import NoticewatchError
from noticewatch.cli.options import PATH, command, source_group
from noticewatch.cli.pass_report import progress

if TYPE_CHECKING:
    from config.model import Source
    from crawler.adapters.adapter import ListResponse
    from crawler.discovery.probe import Checked, Discovery
    from domain.records.observation import NoticeRef
    from domain.records.source_run import SourceHealth
    from noticewatch.application.sources.source_verification import SourceVerdictOfDay

SHOWN_ROWS = 5  # of a source that was asked for by its key
_LIST_COLUMNS = (
    "source",
    "state",
    "last poll",
    "newest",
    "rows",
    "evidence",
    "where",
    "publisher",
    "reason",
)


@command(source_group, "list")
def source_list(app: Application) -> None:
    """Every source: state, last poll, newest notice, rows, evidence level."""
    with app.archive() as archive:
        health = {state.key: state for state in archive.sources.all()}
    rows = [_source_row(source, health.get(source.key)) for source in app.sources.values()]
    if app.json:
        print_json({"sources": rows})
    else:
        click.echo(text_table(_LIST_COLUMNS, [_source_line(row) for row in rows]))


def _source_line(row: dict[str, Any]) -> tuple[str, ...]:
    return (
        row["key"],
        row["state"] or "-",
        row["last_polled"][:16].replace("T", " ") if row["last_polled"] else "never",
        row["newest"] or "-",
        str(row["rows"]),
        row["evidence"],
        row["jurisdiction"],
        cut(row["publisher"], 40),
        cut(row["reason"], 60),
    )


def _source_row(source: Source, state: SourceHealth | None) -> dict[str, Any]:
    return {
        "key": source.key,
        "publisher": source.publisher,
        "jurisdiction": source.jurisdiction,
        "platform": source.platform,
        "columns": len(source.columns),
        "enabled": source.enabled,
        "evidence": source.evidence.level,
        "evidence_since": source.evidence.since.isoformat() if source.evidence.since else None,
        "state": str(state.state) if state else None,
        "since": state.since.isoformat() if state else None,
        "reason": state.reason if state else "",
        "last_polled": state.last_polled.isoformat() if state and state.last_polled else None,
        "last_ok": state.last_ok.isoformat() if state and state.last_ok else None,
        "newest": state.newest.isoformat() if state and state.newest else None,
        "rows": state.rows if state else 0,
        "min_rows": source.expect.min_rows,
        "robots": state.robots if state else "",
    }


@command(source_group, "check")
@click.argument("keys", nargs=-1)
@click.option(
    "--replay", type=click.Path(path_type=Path, exists=True, file_okay=False), help="No network."
)
def source_check(app: Application, keys: tuple[str, ...], replay: Path | None) -> None:
    """Probe sources now: rows, newest date, detected parameters, drift. Stores nothing."""
    from crawler.discovery.probe import ProbeError, refuse_broken_selectors
    from crawler.discovery.probe import check as probe

    picked = app.pick_sources(keys)
    try:
        for source in picked if keys else ():
            refuse_broken_selectors(source)
    except ProbeError as error:
        raise NoticewatchError(str(error)) from error
    looks = probe(picked, app.platforms, replay=replay, progress=progress(app, len(picked)))
    if app.json:
        print_json({"sources": [_look_json(look, rows=bool(keys)) for look in looks]})
    else:
        _print_looks(looks, rows=bool(keys))
    if any(look.run.state != "ok" for look in looks):
        leave_not_well()


def _look_json(look: Checked, *, rows: bool) -> dict[str, Any]:
    from noticewatch.application.pipeline import source_run_json
    from noticewatch.application.sources.source_discovery import row_json

    return {
        **source_run_json(look.run),
        "parameters": dict(look.run.parameters),
        "list": [row_json(row) for row in look.rows] if rows else [],
    }


def _print_looks(looks: Sequence[Checked], *, rows: bool) -> None:
    lines = [
        (
            run.key,
            str(run.state),
            str(run.rows),
            run.newest.isoformat() if run.newest else "-",
            ", ".join(f"{key}={value}" for key, value in run.parameters.items()) or "-",
            run.reason or "-",
        )
        for run in (look.run for look in looks)
    ]
    click.echo(text_table(("source", "state", "rows", "newest", "detected", "reason"), lines))
    for look in looks if rows else ():
        _echo_rows(look.rows[:SHOWN_ROWS])


def _echo_rows(rows: tuple[NoticeRef, ...]) -> None:
    for row in rows:
        day = row.published.isoformat() if row.published else "undated"
        click.echo(f"  {day:<10}  {row.title}\n              {row.url}")


@command(source_group, "verify")
@click.argument("keys", nargs=-1)
@click.option("--share", type=PATH, metavar="FILE", help="Also write a file to attach to an issue.")
@click.option("--dry-run", is_flag=True, help="Look and say; write neither report nor overlay.")
def source_verify(
    app: Application, keys: tuple[str, ...], share: Path | None, dry_run: bool
) -> None:
    """Read every source once, find columns that have moved, and keep what was found."""
    from noticewatch.application.sources.verification_results import show_verdicts, write_results

    picked = app.pick_sources(keys)
    verdicts = _verified(app, picked)
    written = () if dry_run else write_results(app, verdicts, share)
    show_verdicts(app, verdicts, written)
    if not all(one.is_well for one in verdicts):
        leave_not_well()


def _verified(app: Application, picked: Sequence[Source]) -> tuple[SourceVerdictOfDay, ...]:
    from config.time_zone import BEIJING
    from noticewatch.application.sources.source_verification import verify

    def searching(source: str, column: str) -> None:
        if not app.json or sys.stderr.isatty():
            click.echo(f"  {source}/{column}: looking where it went", err=True)

    return verify(
        picked, app.platforms, app.clock().astimezone(BEIJING).date(),
        progress=progress(app, len(picked)), searching=searching,
    )  # fmt: skip


_FORM = click.option(
    "--form", default="", metavar="A=1&B=2", help="Post this, as the browser does for its list."
)


@command(source_group, "discover")
@click.argument("url")
@_FORM
def source_discover(app: Application, url: str, form: str) -> None:
    """Say what stands at URL: a list with its rows, a notice, or a home page's columns."""
    from noticewatch.application.sources.source_discovery import (
        discovered,
        discovery_json,
        nothing_found,
    )

    found = discovered(app, url, form)
    answer = discovery_json(found)
    if app.json:
        print_json(answer)
        return
    click.echo(f"{answer['kind']} · platform {answer['platform']} · {answer['url']}")
    _print_discovery(found, answer)
    if what := nothing_found(found):
        click.echo(what, err=True)


def _print_discovery(found: Discovery, answer: dict[str, Any]) -> None:
    _echo_rows(found.rows)
    for column in answer["columns"]:
        click.echo(
            f"  {column['name']}: {column['rows']} rows, newest {column['newest'] or '-'}\n"
            f"              {column['url']}"
        )
    if notice := answer["notice"]:
        click.echo(f"  {notice['title']}")
        click.echo(
            f"  published {notice['published'] or '-'} · number {notice['document_number'] or '-'}"
            f" · issued by {'、'.join(notice['issuers']) or '-'}"
        )
        for attachment in notice["attachments"]:
            click.echo(f"  attachment {attachment['name']}: {attachment['url']}")
        click.echo(cut(notice["body"].replace("\n", " "), 300))
    for key, value in answer["parameters"].items():
        click.echo(f"  {key} = {value}")


@command(source_group, "new")
@click.argument("url")
@_FORM
@click.option("--key", help="Key of the source; default made from the host.")
@click.option("--jurisdiction", help="CN, CN-GD …, EU; default told from the publisher's name.")
@click.option("--out", type=PATH, help="Folder for the file; default standard output.")
def source_new(app: Application, url: str, out: Path | None, **given: Any) -> None:
    """Write the YAML of a new source from what stands at URL: a list, a home page, or the
    answer of an interface."""
    from noticewatch.application.sources.source_draft import draft_source, save_draft

    draft = draft_source(app, url, **given)
    for reader in draft.readers:
        click.echo(f"{reader} reads this address already", err=True)
    if out is None:
        click.echo(draft.text, nl=False)
    else:
        _announce(save_draft(draft, out), draft.key)
    if draft.nothing:
        click.echo(draft.nothing, err=True)
        leave_not_well()


def _announce(file: Path, key: str) -> None:
    """What is left to do for a person."""
    folder = file.parent
    option = "" if folder.resolve() == SHIPPED_SOURCES else f"--sources-dir {folder} "
    click.echo(
        f"written: {file}; correct its names, then `noticewatch {option}source check {key}`",
        err=True,
    )


@command(source_group, "capture")
@click.argument("key")
@click.option(
    "--out",
    type=PATH,
    default=Path("tests/fixtures/sources"),
    show_default=True,
    help="Folder of fixtures.",
)
@click.option(
    "--notices",
    type=click.IntRange(0),
    default=5,
    show_default=True,
    help="How many notices of each column; 0: all.",
)
def source_capture(app: Application, key: str, out: Path, notices: int) -> None:
    """Save a source's pages with manifest and parsed result as a fixture folder."""
    from noticewatch.application.sources.source_capture import capture_source

    kept = capture_source(app, key, out, notices=notices or None, heard=_answers_shown(app))
    recorded = kept.recorded
    click.echo(
        f"{len(recorded.notices)} notices of {key} ({recorded.run.state}) and {kept.answers} "
        f"answers kept in {kept.folder}"
    )
    for name in recorded.idle:
        click.echo(f"selectors.{name} found nothing in these pages", err=True)
    if not kept.faithful:
        raise NoticewatchError(
            f"a replay of {kept.folder} reads something else than the site did; "
            "compare `noticewatch poll --replay` with expected.json"
        )


def _answers_shown(app: Application) -> Callable[[ListResponse], None] | None:
    """Prints a line for each answer: a polite pass takes its time."""
    if app.json and not sys.stderr.isatty():
        return None
    return lambda answer: click.echo(f"  {answer.status} {cut(answer.url, 100)}", err=True)
