"""Export, import, backup and the search index: moving the archive's data."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from noticewatch.context import App
from noticewatch.output import print_json
from noticewatch.report import parse_date

CLASSIFIED_AT_ONCE = 1000  # changes that an import labels itself: some seconds


@contextmanager
def target(out: Path | None) -> Iterator[IO[bytes]]:
    """The file, written beside and renamed at the end, or standard output."""
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(out.name + ".partial")
    with partial.open("wb") as stream:
        yield stream
    partial.replace(out)


def export(app: App, format_: str, since: str | None, out: Path | None) -> None:
    """Notices published or changed since a day, in one of four formats."""
    from archive.export import write_export

    day = parse_date(since, "--since")
    with app.archive() as archive, target(out) as stream:
        written = write_export(archive, stream, format_, since=day)
    if out is not None:
        click.echo(f"{written} notices written to {out}", err=True)


def import_(app: App, file: IO[bytes]) -> None:
    """Notices from JSON lines, labelled at once unless they are very many; leaves with 1 when
    a line could not be read."""
    from archive.transfer import import_lines
    from noticewatch import pipeline

    with app.one_pass(), app.archive() as archive:
        result = import_lines(archive, file)
        classified = 0
        if archive.unclassified(limit=1):
            classified = pipeline.classify(app, archive, limit=CLASSIFIED_AT_ONCE).classified
        if archive.unclassified(limit=1):
            click.echo("the rest waits for `noticewatch classify` or the next pass", err=True)
    names = ("read", "new", "copied", "revised", "unchanged")
    counts = {name: getattr(result, name) for name in names}
    problems = [{"line": problem.line, "message": problem.message} for problem in result.errors]
    if app.json:
        report = {**counts, "classified": classified, "baseline": result.baseline}
        print_json({**report, "errors": problems})
    else:
        click.echo(", ".join(f"{value} {name}" for name, value in counts.items()))
        for problem in result.errors:
            click.echo(f"line {problem.line}: {problem.message}", err=True)
    if result.errors:
        raise click.exceptions.Exit(1)


def backup(app: App, dest: Path) -> None:
    with app.archive(create=False) as archive:
        copied = archive.backup(dest)
    if app.json:
        print_json({"dest": str(dest), "files": copied})
    else:
        click.echo(f"archive and {copied} evidence files copied to {dest}")


def rebuild_index(app: App) -> None:
    with app.one_pass(), app.archive(create=False) as archive:
        count = archive.rebuild_index()
    if app.json:
        print_json({"notices": count})
    else:
        click.echo(f"search index built for {count} notices")
