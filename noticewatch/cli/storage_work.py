"""``noticewatch tidy``: what takes space, what may go, and how much that would free."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import Any

import click

from noticewatch.application.application import Application
from noticewatch.application.console import print_json, table
from noticewatch.application.errors import NoticewatchError


def tidy(app: Application, prune_days: int | None, *, vacuum: bool, dry_run: bool) -> None:
    """Report sizes; prune evidence and vacuum when asked to and not a dry run."""
    with app.one_pass(), app.archive(create=False) as archive:
        size = archive.maintenance.size()
        report: dict[str, Any] = {"before": size.as_json()}
        if prune_days is not None:
            before = app.clock() - timedelta(days=prune_days)
            files, freed = archive.retention.prune(before, dry_run=dry_run)
            report["pruned"] = {"files": files, "bytes": freed, "dry_run": dry_run}
        if vacuum:
            report["vacuum"] = _vacuum(app, archive, size.free_bytes, dry_run=dry_run)
    if app.json:
        print_json(report)
    else:
        _show(report)


def _vacuum(app: Application, archive: Any, free_bytes: int, *, dry_run: bool) -> dict[str, Any]:
    """SQLite writes a second copy beside the first: there must be room for it."""
    need = archive.path.stat().st_size
    free = shutil.disk_usage(app.data_dir).free
    if free < 1.2 * need:
        raise NoticewatchError(
            f"vacuum needs {1.2 * need / 1e6:.0f} MB for a moment, {free / 1e6:.0f} MB are free"
        )
    if not dry_run:
        archive.maintenance.vacuum()
    return {"bytes": free_bytes, "dry_run": dry_run}


def _mb(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


def _show(report: dict[str, Any]) -> None:
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
    click.echo(table(("what", "size", ""), rows))
    if pruned := report.get("pruned"):
        verb = "would free" if pruned["dry_run"] else "freed"
        click.echo(f"pruning {verb} {_mb(pruned['bytes'])} in {pruned['files']} files")
    if vacuum := report.get("vacuum"):
        verb = "would give" if vacuum["dry_run"] else "gave"
        click.echo(f"vacuum {verb} {_mb(vacuum['bytes'])} back to the disk")
