"""The classifier alone: label, evaluate, train."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from noticewatch.application.application import Application
from noticewatch.cli.options import PATH, cli, command


@command(cli, "label")
@click.argument("file", type=click.File("rb"))
def label(app: Application, file: Any) -> None:
    """Label JSON lines (`text`, or `title` and `text`); `-` reads standard input."""
    from noticewatch.cli import classifier_work

    classifier_work.label(app, file)


@command(cli, "evaluate")
@click.argument("file", type=click.File("rb"))
@click.option("--baselines", is_flag=True, help="Beside rules alone and embedding alone.")
def evaluate(app: Application, file: Any, baselines: bool) -> None:
    """Score the classifier on labelled JSON lines."""
    from noticewatch.cli import classifier_work

    classifier_work.evaluate(app, file, baselines)


@command(cli, "train")
@click.option("--allow-worse", is_flag=True, help="Keep heads that score below the floors.")
@click.option("--out", type=PATH, help="Folder for the heads; default the installed ones.")
def train(app: Application, allow_worse: bool, out: Path | None) -> None:
    """Fit the topic heads on the shipped data plus staff feedback."""
    from noticewatch.cli import classifier_work

    classifier_work.train(app, allow_worse, out)
