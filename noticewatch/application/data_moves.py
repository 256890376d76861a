"""Export, import, backup and the search index: moving the archive's data."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from noticewatch.application.application import Application
from noticewatch.application.console import print_json
from noticewatch.application.errors import NoticewatchError
from noticewatch.application.locks import LockHeld, file_lock
from noticewatch.cli.monitoring_work import parse_date

if TYPE_CHECKING:
    from archive.store import Archive

_DATED = re.compile(r"noticewatch-\d{8}T\d{6}$")
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


def export(app: Application, format_: str, since: str | None, out: Path | None) -> None:
    """Notices published or changed since a day, in one of four formats."""
    from archive.transfer.exporter import write_export

    day = parse_date(since, "--since")
    with app.archive() as archive, target(out) as stream:
        written = write_export(archive, stream, format_, since=day)
    if out is not None:
        click.echo(f"{written} notices written to {out}", err=True)


def import_(app: Application, file: IO[bytes]) -> None:
    """Notices from JSON lines, labelled at once unless they are very many; leaves with 1 when
    a line could not be read."""
    from archive.transfer.importer import import_lines
    from noticewatch.application import pipeline

    with app.one_pass(), app.archive() as archive:
        result = import_lines(archive, file)
        classified = 0
        if archive.classification.pending(limit=1):
            classified = pipeline.classify(app, archive, limit=CLASSIFIED_AT_ONCE).classified
        if archive.classification.pending(limit=1):
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


def backup(app: Application, dest: Path, keep: int | None = None) -> None:
    """One copy in ``dest``; with ``keep`` a dated folder in it, and the oldest removed."""
    with app.archive(create=False) as archive:
        if keep is None:
            copied = archive.maintenance.backup(dest)
        else:
            dest, copied = rotate_backup(archive, dest, keep, now=datetime.now(UTC))
    if app.json:
        print_json({"dest": str(dest), "files": copied})
    else:
        click.echo(f"archive and {copied} evidence files copied to {dest}")


def rotate_backup(archive: Archive, folder: Path, keep: int, *, now: datetime) -> tuple[Path, int]:
    """A dated copy beside the older ones, which lend it the evidence they share; the newest
    ``keep`` stay. Only folders named as ours are ever removed."""
    older = sorted(path for path in folder.glob("noticewatch-*") if _DATED.match(path.name))
    dest = folder / f"noticewatch-{now:%Y%m%dT%H%M%S}"
    copied = archive.maintenance.backup(dest, lender=older[-1] if older else None)
    for old in [path for path in older if path != dest][: max(0, len(older) + 1 - keep)]:
        shutil.rmtree(old)
    return dest, copied


def restore(app: Application, copy: Path) -> None:
    """Put a backup in place of the data folder, whose files are moved aside, not deleted."""
    from archive.store import Archive

    with Archive.open(copy, create=False) as archive:
        problems = archive.integrity.verify()
    if problems:
        raise NoticewatchError(f"{copy} is not sound, nothing was changed: {problems[0]}")
    run_lock = app.writable(app.data_dir / "run.lock")
    try:
        with file_lock(run_lock, wait=False), app.one_pass():
            aside = _put_in_place(app.data_dir, copy)
    except LockHeld:
        raise NoticewatchError("stop `noticewatch run` first; nothing was changed") from None
    if app.json:
        print_json({"restored": str(copy), "aside": str(aside) if aside else None})
    else:
        click.echo(f"restored from {copy}" + (f"; what was there is in {aside}" if aside else ""))


def _put_in_place(data_dir: Path, copy: Path) -> Path | None:
    from archive.store import Archive

    aside = None
    if (data_dir / "archive.db").exists():
        aside = data_dir / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S}"
        aside.mkdir()
        for name in ("archive.db", "archive.db-wal", "archive.db-shm", "evidence"):
            if (data_dir / name).exists():
                (data_dir / name).rename(aside / name)
    with Archive.open(copy, create=False) as archive:
        archive.maintenance.backup(data_dir)
    return aside


def rebuild_index(app: Application) -> None:
    with app.one_pass(), app.archive(create=False) as archive:
        count = archive.search_index.rebuild()
    if app.json:
        print_json({"notices": count})
    else:
        click.echo(f"search index built for {count} notices")
