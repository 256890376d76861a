"""The archive's data from the command line: export, import, backup, restore, tidy."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from noticewatch.application.application import Application
from noticewatch.application.console import output_stream, print_json, text_table
from noticewatch.cli.options import PATH, cli, command, date_option


@command(cli, "export")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["jsonl", "csv", "xlsx", "warc"]),
    default="jsonl",
    show_default=True,
    help="`jsonl` has everything, `warc` the original responses.",
)
@click.option("--since", metavar="D", help="Only notices that changed since (YYYY-MM-DD).")
@click.option("--out", type=PATH, help="File; default standard output.")
def export_command(app: Application, format_: str, since: str | None, out: Path | None) -> None:
    """Write the archive as JSON lines, a table or WARC."""
    from archive.transfer.exporter import write_export

    day = date_option(since, "--since")
    with app.archive() as archive, output_stream(out) as stream:
        written = write_export(archive, stream, format_, since=day)
    if out is not None:
        click.echo(f"{written} notices written to {out}", err=True)


@command(cli, "import")
@click.argument("file", type=click.File("rb"))
def import_command(app: Application, file: Any) -> None:
    """Read notices from JSON lines; a known address with the same content changes nothing."""
    from noticewatch.application.notice_import import import_notices

    done = import_notices(app, file)
    if done.waiting:
        click.echo("the rest waits for `noticewatch classify` or the next pass", err=True)
    names = ("read", "new", "copied", "revised", "unchanged", "leads")
    counts = {name: getattr(done.read, name) for name in names}
    problems = [{"line": problem.line, "message": problem.message} for problem in done.read.errors]
    if app.json:
        report = {**counts, "classified": done.classified, "baseline": done.read.baseline}
        print_json({**report, "errors": problems})
    else:
        click.echo(", ".join(f"{value} {name}" for name, value in counts.items()))
        for problem in done.read.errors:
            click.echo(f"line {problem.line}: {problem.message}", err=True)
    if problems:
        raise click.exceptions.Exit(1)


@command(cli, "backup")
@click.argument("dest", type=PATH)
@click.option("--keep", type=click.IntRange(1), help="Dated copies in DEST; keep so many.")
def backup_command(app: Application, dest: Path, keep: int | None) -> None:
    """Copy archive and evidence to DEST, consistent while the service runs."""
    from noticewatch.application.backup import rotate_backup

    with app.archive(create=False) as archive:
        if keep is None:
            copied = archive.maintenance.backup(dest)
        else:
            dest, copied = rotate_backup(archive, dest, keep, now=datetime.now(UTC))
    if app.json:
        print_json({"dest": str(dest), "files": copied})
    else:
        click.echo(f"archive and {copied} evidence files copied to {dest}")


@command(cli, "restore")
@click.argument("copy", type=click.Path(path_type=Path, exists=True, file_okay=False))
def restore_command(app: Application, copy: Path) -> None:
    """Put a backup in place of the archive; what was there is moved aside."""
    from noticewatch.application.backup import restore_backup

    aside = restore_backup(app, copy)
    if app.json:
        print_json({"restored": str(copy), "aside": str(aside) if aside else None})
    else:
        click.echo(f"restored from {copy}" + (f"; what was there is in {aside}" if aside else ""))


@command(cli, "timestamp")
def timestamp_command(app: Application) -> None:
    """Have the hash chain's head signed by the timestamp service of the settings."""
    from noticewatch.application.timestamping import stamp_head
    from noticewatch.application.user_errors import NoticewatchError

    if app.settings.evidence.timestamp_url is None:
        raise NoticewatchError("evidence.timestamp_url is not set: there is nobody to ask")
    with app.archive(create=False) as archive:
        name = stamp_head(app, archive)
    if app.json:
        print_json({"timestamp": name})
    else:
        click.echo(f"kept as {name}" if name else "nothing new to sign")


@command(cli, "tidy")
@click.option("--prune-days", type=click.IntRange(1), help="Original bytes of irrelevant notices.")
@click.option("--vacuum", is_flag=True, help="Rewrite the database file without its free pages.")
@click.option(
    "--rejoin", is_flag=True, help="Join acts that were split by sessions or times in addresses."
)
@click.option("--dry-run", is_flag=True, help="Only show what would be done.")
def tidy_command(
    app: Application, prune_days: int | None, vacuum: bool, rejoin: bool, dry_run: bool
) -> None:
    """What takes space in the archive, and freeing some of it."""
    from noticewatch.application.storage import TidyOptions, tidy_archive

    options = TidyOptions(prune_days=prune_days, vacuum=vacuum, rejoin=rejoin, dry_run=dry_run)
    report = tidy_archive(app, options)
    if app.json:
        print_json(report)
    else:
        _print_sizes(report)


def _mb(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


def _print_sizes(report: dict[str, Any]) -> None:
    before = report["before"]
    rows = [
        (
            "database",
            _mb(before["database_bytes"]),
            f"of it free pages {_mb(before['free_bytes'])}",
        ),
        ("evidence", _mb(before["evidence_bytes"]), f"{before['evidence_files']} files"),
        *((name, _mb(size), "table") for name, size in before["tables"].items()),
    ]
    click.echo(text_table(("what", "size", ""), rows))
    if pruned := report.get("pruned"):
        verb = "would free" if pruned["dry_run"] else "freed"
        click.echo(f"pruning {verb} {_mb(pruned['bytes'])} in {pruned['files']} files")
    if joined := report.get("rejoined"):
        verb = "would join" if joined["dry_run"] else "joined"
        click.echo(
            f"rejoin {verb} {joined['copies']} copies with their pages, {joined['acts']} acts"
        )
    if vacuum := report.get("vacuum"):
        verb = "would give" if vacuum["dry_run"] else "gave"
        click.echo(f"vacuum {verb} {_mb(vacuum['bytes'])} back to the disk")


@command(cli, "move")
@click.option(
    "--to", "target", required=True, metavar="URL|FOLDER", help="postgresql://… or a folder."
)
@click.option("--dry-run", is_flag=True, help="Only say what would be moved.")
def move_command(app: Application, target: str, *, dry_run: bool) -> None:
    """Copy the archive to a PostgreSQL database, or from there into a folder.

    What was interrupted goes on where it stopped. The archive itself stays as it is; afterwards
    name the new place in the settings.
    """
    from noticewatch.application.archive_move import move_archive

    report = move_archive(app, target, dry_run=dry_run)
    if app.json:
        print_json({**report.as_json(), "to": target, "dry_run": dry_run})
        return
    rows = sum(report.rows.values())
    goes_on = ", going on with what is there" if report.resumed else ""
    if dry_run:
        click.echo(f"{rows} rows of {len(report.rows)} tables would be moved{goes_on}")
    else:
        click.echo(f"{rows} rows of {len(report.rows)} tables moved and compared{goes_on}")


@command(cli, "rebuild-index")
def rebuild_index_command(app: Application) -> None:
    """Build the search index anew from the stored versions."""
    with app.one_pass(), app.archive(create=False) as archive:
        count = archive.search_index.rebuild()
    if app.json:
        print_json({"notices": count})
    else:
        click.echo(f"search index built for {count} notices")
