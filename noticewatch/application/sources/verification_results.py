"""Keep and show what `noticewatch source verify` found."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from noticewatch.application.application import Application
from noticewatch.application.console import print_json
from noticewatch.application.sources.source_overlay import load_overlay, save_overlay
from noticewatch.application.sources.source_verification import (
    overlay_of,
    report_lines,
    verification_json,
)

if TYPE_CHECKING:
    from noticewatch.application.sources.source_verification import SourceVerdictOfDay

REPORT_NAME = "sources-report.txt"


def write_results(
    app: Application, verdicts: Sequence[SourceVerdictOfDay], share: Path | None
) -> tuple[Path, ...]:
    """The overlay, the report and, where asked for, the file to share; what was written."""
    folder = app.data_dir
    overlay = save_overlay(folder, overlay_of(verdicts, load_overlay(folder)))
    report = folder / REPORT_NAME
    report.write_text("\n".join(report_lines(verdicts)) + "\n", encoding="utf-8")
    if share is None:
        return overlay, report
    text = json.dumps(_shared(verdicts), ensure_ascii=False, indent=1)
    share.write_text(text + "\n", encoding="utf-8")
    return overlay, report, share


def _shared(verdicts: Sequence[SourceVerdictOfDay]) -> dict[str, Any]:
    """For an issue: sources that are shipped, nothing of the operator's own."""
    from config.loader import load_sources
    from config.paths import SHIPPED_SOURCES

    shipped = load_sources(SHIPPED_SOURCES)
    told = [one for one in verdicts if one.source.key in shipped]
    return {"noticewatch_source_verify": 1, "sources": verification_json(told)}


def show_verdicts(
    app: Application, verdicts: Sequence[SourceVerdictOfDay], written: Sequence[Path]
) -> None:
    """As JSON, or the report's lines; then where it was kept."""
    if app.json:
        print_json({
            "sources": verification_json(verdicts),
            "written": [str(path) for path in written],
        })  # fmt: skip
        return
    for line in report_lines(verdicts):
        click.echo(line)
    for path in written:
        click.echo(f"written: {path}", err=True)
