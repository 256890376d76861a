"""Export, import, backup and the search index: moving the archive's data."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from noticewatch.context import App
from noticewatch.output import dump, print_json
from noticewatch.report import parse_date

if TYPE_CHECKING:
    from archive.records import Notice
    from archive.store import Archive


@contextmanager
def _target(out: Path | None) -> Iterator[IO[bytes]]:
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
    """Notices that changed since a day, in one of four formats."""
    day = parse_date(since, "--since")
    start = datetime.combine(day, time.min, tzinfo=UTC) if day else None
    with app.archive() as archive, _target(out) as stream:
        written = _write(archive, stream, format_, start)
    if out is not None:
        unit = "responses" if format_ == "warc" else "notices"
        click.echo(f"{written} {unit} written to {out}", err=True)


def _write(archive: Archive, stream: IO[bytes], format_: str, since: datetime | None) -> int:
    from archive import export as formats

    notices = archive.notices(changed_since=since, versions=format_ in {"jsonl", "warc"})
    if format_ == "warc":
        return formats.write_warc(stream, archive, notices)
    counted = _Counted(notices)
    if format_ == "jsonl":
        for notice in counted:
            stream.write(dump(formats.export_notice(notice)).encode() + b"\n")
    elif format_ == "csv":
        for line in formats.csv_lines(formats.table_row(notice) for notice in counted):
            stream.write(line.encode())
    else:
        formats.write_xlsx(stream, (formats.table_row(notice) for notice in counted))
    return counted.count


@dataclass
class _Counted:
    """An iterable that knows how many it has given."""

    items: Iterable[Notice]
    count: int = 0

    def __iter__(self) -> Iterator[Notice]:
        for item in self.items:
            self.count += 1
            yield item


def import_(app: App, file: IO[bytes]) -> None:
    """Notices from JSON lines; leaves with 1 when a line could not be read."""
    from archive.store import utc_now
    from archive.transfer import import_lines

    with app.one_pass(), app.archive() as archive:
        result = import_lines(archive, file, now=utc_now())
    counts = {
        "lines": result.lines,
        "new": result.new,
        "copied": result.copied,
        "changed": result.changed,
        "unchanged": result.unchanged,
    }
    problems = [{"line": problem.line, "message": problem.message} for problem in result.errors]
    if app.json:
        print_json({**counts, "baseline": result.baseline, "errors": problems})
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
