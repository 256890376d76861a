"""The classifier from the command line: label, evaluate, train."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import click

from noticewatch.application.application import Application
from noticewatch.application.console import dump, print_json, text_table, write_line
from noticewatch.application.user_errors import NoticewatchError
from noticewatch.cli.options import PATH, cli, command


@command(cli, "label")
@click.argument("file", type=click.File("rb"))
def label_command(app: Application, file: Any) -> None:
    """Label JSON lines (`text`, or `title` and `text`); `-` reads standard input."""
    from classifier.label import Labeller

    labeller = Labeller(app.topics, encoder=app.settings.encoder.model, register=app.register)
    lines = (_parsed(raw) for raw in _lines(file))
    for answer in labeller.label_lines(lines):
        write_line(dump(answer))


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    """Lines end at the newline character only; the last one may lack it."""
    for raw in file:
        yield raw.removesuffix(b"\n")


def _parsed(raw: bytes) -> Any:
    """The line's value; what is no JSON comes back as text, which the labeller refuses."""
    try:
        return json.loads(raw)
    except ValueError:
        return raw.decode("utf-8", "replace")


@command(cli, "evaluate")
@click.argument("file", type=click.File("rb"))
@click.option("--baselines", is_flag=True, help="Beside rules alone and embedding alone.")
def evaluate_command(app: Application, file: Any, baselines: bool) -> None:
    """Score the classifier on labelled JSON lines."""
    from classifier.topics.evaluate import evaluate as score

    result = score(
        _read_labelled(file),
        app.topics,
        encoder=app.settings.encoder.model,
        register=app.register,
        baselines=baselines,
    )
    if not result["n"] and not {"facts", "duties"} & result.keys():
        raise NoticewatchError("no line has a `text` or `title` that its labels could be held to")
    if app.json:
        print_json(result)
        return
    if result["n"]:
        _show_topics(result)
    if "facts" in result:
        _show_values("facts by exact value", result["facts"])
    if "duties" in result:
        _show_values("duties by field", result["duties"])


def _read_labelled(file: IO[bytes]) -> list[dict[str, Any]]:
    """Labelled JSON lines; the first bad line is named."""
    records = []
    for number, raw in enumerate(_lines(file), start=1):
        if not raw.strip():
            continue
        try:
            record = json.loads(raw)
        except ValueError as error:
            raise NoticewatchError(f"line {number}: not JSON ({error})") from None
        lists = (
            [record.get(name) for name in ("labels", "facts", "duties")]
            if isinstance(record, dict)
            else []
        )
        if not any(isinstance(found, list) for found in lists):
            raise NoticewatchError(
                f"line {number}: expected an object with a list `labels`, `facts` or `duties`"
            )
        records.append(record)
    if not records:
        raise NoticewatchError("no labelled line to evaluate on")
    return records


def _show_topics(result: dict[str, Any]) -> None:
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
    click.echo(text_table(("topic", "precision", "recall", "f1", "support"), rows))


def _show_values(what: str, values: dict[str, dict[str, float]]) -> None:
    rows = [
        (kind, f"{scores['precision']:.3f}", f"{scores['recall']:.3f}", str(scores["support"]))
        for kind, scores in values.items()
    ]
    click.echo(text_table((what, "precision", "recall", "support"), rows))


@command(cli, "train")
@click.option("--allow-worse", is_flag=True, help="Keep heads that score below the floors.")
@click.option("--out", type=PATH, help="Folder for the heads; default the installed ones.")
def train_command(app: Application, allow_worse: bool, out: Path | None) -> None:
    """Fit the topic heads on the shipped data plus staff feedback."""
    from noticewatch.application.classifier_training import train_heads

    summary = train_heads(app, allow_worse=allow_worse, out=out)
    if app.json:
        print_json(summary)
        return
    click.echo(
        f"{summary['examples']} examples, {summary['from_feedback']} from feedback; "
        f"{summary['folder']}"
    )
    scores = [(name, f"{value:.3f}") for name, value in summary["scores"].items()]
    click.echo(text_table(("score", "value"), scores))
