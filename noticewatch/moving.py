"""Export, import, backup and the search index: moving the archive's data."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

import click

from noticewatch.context import App
from noticewatch.output import print_json
from noticewatch.report import parse_date


@contextmanager
def _target(out: Path | None) -> Iterator[IO[bytes]]:
    """The file, written beside and renamed at the end, or standard output."""
    if out is None:
        yield cast("BinaryIO", sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(out.name + ".partial")
    with partial.open("wb") as stream:
        yield stream
    partial.replace(out)


def export(app: App, format_: str, since: str | None, out: Path | None) -> None:
    from archive.transfer import write_export

    day = parse_date(since, "--since")
    start = datetime.combine(day, time.min, tzinfo=UTC) if day else None
    with app.archive() as archive, _target(out) as stream:
        written = write_export(archive, stream, format_, since=start)
    if out is not None:
        click.echo(f"{written} notices written to {out}", err=True)


def import_(app: App, file: Any) -> None:
    from archive.transfer import import_lines

    with app.one_pass(), app.archive() as archive:
        result = import_lines(archive, file)
    if app.json:
        print_json(
            {
                "read": result.read,
                "new": result.new,
                "revised": result.revised,
                "unchanged": result.unchanged,
                "errors": [{"line": line, "message": text} for line, text in result.errors],
            }
        )
    else:
        click.echo(
            f"{result.read} lines: {result.new} new, {result.revised} revised, "
            f"{result.unchanged} unchanged"
        )
        for line, text in result.errors:
            click.echo(f"line {line}: {text}", err=True)
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
