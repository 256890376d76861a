"""Move data and manage the archive's space."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from noticewatch.application.application import Application
from noticewatch.cli.options import PATH, cli, command


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
def export(app: Application, format_: str, since: str | None, out: Path | None) -> None:
    """Write the archive as JSON lines, a table or WARC."""
    from noticewatch.application import data_moves

    data_moves.export(app, format_, since, out)


@command(cli, "import")
@click.argument("file", type=click.File("rb"))
def import_(app: Application, file: Any) -> None:
    """Read notices from JSON lines; a known address with the same content changes nothing."""
    from noticewatch.application import data_moves

    data_moves.import_(app, file)


@command(cli, "backup")
@click.argument("dest", type=PATH)
@click.option("--keep", type=click.IntRange(1), help="Dated copies in DEST; keep so many.")
def backup(app: Application, dest: Path, keep: int | None) -> None:
    """Copy archive and evidence to DEST, consistent while the service runs."""
    from noticewatch.application import data_moves

    data_moves.backup(app, dest, keep)


@command(cli, "restore")
@click.argument("copy", type=click.Path(path_type=Path, exists=True, file_okay=False))
def restore(app: Application, copy: Path) -> None:
    """Put a backup in place of the archive; what was there is moved aside."""
    from noticewatch.application import data_moves

    data_moves.restore(app, copy)


@command(cli, "tidy")
@click.option("--prune-days", type=click.IntRange(1), help="Original bytes of irrelevant notices.")
@click.option("--vacuum", is_flag=True, help="Rewrite the database file without its free pages.")
@click.option("--dry-run", is_flag=True, help="Only show what would be freed.")
def tidy(app: Application, prune_days: int | None, vacuum: bool, dry_run: bool) -> None:
    """What takes space in the archive, and freeing some of it."""
    from noticewatch.cli import storage_work

    storage_work.tidy(app, prune_days, vacuum=vacuum, dry_run=dry_run)


@command(cli, "rebuild-index")
def rebuild_index(app: Application) -> None:
    """Build the search index anew from the stored versions."""
    from noticewatch.application import data_moves

    data_moves.rebuild_index(app)
