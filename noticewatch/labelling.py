"""The classifier from the command line: label, evaluate, train."""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO, Any

import click

from noticewatch.context import App
from noticewatch.errors import NoticewatchError
from noticewatch.output import dump, print_json, table, write_line


def label(app: App, file: IO[bytes]) -> None:
    """One answer per input line, in order; a line that cannot be read answers an error."""
    from classifier.label import Labeller

    labeller = Labeller(app.topics, app.register, encoder=app.settings.encoder.model)
    for answer in labeller.label_lines(file):
        write_line(dump(answer))


def read_labelled(file: IO[bytes]) -> list[dict[str, Any]]:
    """Labelled JSON lines; the first bad line is named."""
    records = []
    for number, raw in enumerate(file.read().split(b"\n"), start=1):
        if not raw.strip():
            continue
        try:
            record = json.loads(raw)
        except ValueError as error:
            raise NoticewatchError(f"line {number}: not JSON ({error})") from None
        if not isinstance(record, dict) or not isinstance(record.get("labels"), list):
            raise NoticewatchError(f"line {number}: expected an object with a list `labels`")
        records.append(record)
    if not records:
        raise NoticewatchError("no labelled line to evaluate on")
    return records


def evaluate(app: App, file: IO[bytes], baselines: bool) -> None:
    from classifier.evaluate import evaluate as score

    result = score(
        read_labelled(file),
        app.topics,
        app.register,
        encoder=app.settings.encoder.model,
        baselines=baselines,
    )
    if app.json:
        print_json(result)
        return
    relevance = result["relevance"]
    click.echo(
        f"{result['n']} texts; relevance precision {relevance['precision']:.3f} "
        f"recall {relevance['recall']:.3f} f1 {relevance['f1']:.3f}; "
        f"macro F1 {result['macro_f1']:.3f}; {result['docs_per_second']:.1f} texts a second; "
        f"model {result['model']}"
    )
    rows = [
        (
            topic,
            f"{scores['precision']:.3f}",
            f"{scores['recall']:.3f}",
            f"{scores['f1']:.3f}",
            str(scores["support"]),
        )
        for topic, scores in result["topics"].items()
    ]
    click.echo(table(("topic", "precision", "recall", "f1", "support"), rows))


def train(app: App, allow_worse: bool, dry_run: bool, out: Path | None) -> None:
    from classifier.train import train as fit

    with app.archive() as archive:
        feedback = archive.feedback()
    result = fit(
        app.topics,
        feedback,
        out=None if dry_run else (out or app.data_dir / "heads"),
        allow_worse=allow_worse,
        progress=lambda line: click.echo(line, err=True),
    )
    print_json(result) if app.json else click.echo(dump(result, indent=2))
