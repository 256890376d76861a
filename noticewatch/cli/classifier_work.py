"""The classifier from the command line: label, evaluate, train."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from noticewatch.application.application import Application
from noticewatch.application.console import dump, print_json, table, write_line
from noticewatch.application.errors import NoticewatchError

if TYPE_CHECKING:
    from archive.store import Archive
    from classifier.topics.examples import Example


def label(app: Application, file: IO[bytes]) -> None:
    """One answer per input line, in order; a line that cannot be read answers an error."""
    from classifier.label import Labeller

    labeller = Labeller(app.topics, encoder=app.settings.encoder.model)
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


def read_labelled(file: IO[bytes]) -> list[dict[str, Any]]:
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
            [record.get(name) for name in ("labels", "facts")] if isinstance(record, dict) else []
        )
        if not any(isinstance(found, list) for found in lists):
            raise NoticewatchError(
                f"line {number}: expected an object with a list `labels` or `facts`"
            )
        records.append(record)
    if not records:
        raise NoticewatchError("no labelled line to evaluate on")
    return records


def evaluate(app: Application, file: IO[bytes], baselines: bool) -> None:
    from classifier.topics.evaluate import evaluate as score

    result = score(
        read_labelled(file),
        app.topics,
        encoder=app.settings.encoder.model,
        baselines=baselines,
    )
    if app.json:
        print_json(result)
        return
    if result["n"]:
        _show_topics(result)
    if "facts" in result:
        _show_facts(result["facts"])


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
    click.echo(table(("topic", "precision", "recall", "f1", "support"), rows))


def _show_facts(facts: dict[str, dict[str, float]]) -> None:
    rows = [
        (kind, f"{scores['precision']:.3f}", f"{scores['recall']:.3f}", str(scores["support"]))
        for kind, scores in facts.items()
    ]
    click.echo(table(("facts by exact value", "precision", "recall", "support"), rows))


def train(app: Application, allow_worse: bool, out: Path | None) -> None:
    """Fit the heads anew; what staff said counts like the shipped examples."""
    from classifier.topics.heads import HEADS_DIR
    from classifier.topics.train import WorseThanBefore
    from classifier.topics.train import train as fit

    with app.archive() as archive:
        extra = _feedback_examples(archive)
    try:
        result = fit(
            app.topics,
            extra=extra,
            encoder=app.settings.encoder.model,
            folder=out or HEADS_DIR,
            allow_worse=allow_worse,
        )
    except WorseThanBefore as error:
        raise NoticewatchError(
            f"nothing was written, the new heads would be worse: {error}; --allow-worse keeps them"
        ) from error
    except OSError as error:
        raise NoticewatchError(f"the heads cannot be written: {error}; choose --out") from error
    summary = {
        "examples": result.examples,
        "from_feedback": len(extra),
        "encoder": result.encoder,
        "scores": result.scores,
        "folder": str(result.folder),
        "below_floor": list(result.below_floor),
    }
    if app.json:
        print_json(summary)
        return
    click.echo(f"{result.examples} examples, {len(extra)} from feedback; {result.folder}")
    click.echo(table(("score", "value"), [(k, f"{v:.3f}") for k, v in result.scores.items()]))


def _feedback_examples(archive: Archive) -> list[Example]:
    """The latest verdict on each notice as a labelled text: title and first paragraphs."""
    from classifier.topics.examples import Example

    latest = {entry.notice_id: entry for entry in archive.feedback.find()}
    examples = []
    for notice_id, entry in latest.items():
        notice = archive.notices.get(notice_id, versions=False)
        if notice is None:
            continue
        labels: tuple[str, ...] = tuple(label.topic for label in notice.labels)
        if entry.verdict == "not_relevant":
            labels = ()
        elif entry.verdict == "wrong_topic":
            labels = (entry.topic,) if entry.topic else ()
        examples.append(Example(notice.title, labels, "feedback", "feedback"))
    return examples
