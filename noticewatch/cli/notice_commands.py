"""Read the archive and give feedback."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from noticewatch.application.application import Application
from noticewatch.cli.options import PATH, cli, command


@command(cli, "search", context_settings={"ignore_unknown_options": True})  # a query may be -词
@click.argument("query")
@click.option("--topic", "topics", multiple=True, metavar="T", help="Only this topic; repeatable.")
@click.option(
    "--jurisdiction",
    "jurisdictions",
    multiple=True,
    metavar="J",
    help="Only this one: CN, CN-GD …; repeatable.",
)
@click.option("--since", metavar="D", help="Published on or after (YYYY-MM-DD).")
@click.option("--until", metavar="D", help="Published on or before (YYYY-MM-DD).")
@click.option(
    "--mode",
    type=click.Choice(["text", "meaning", "hybrid"]),
    default="text",
    show_default=True,
    help="By the letter, by meaning (also in English), or both together.",
)
@click.option(
    "--limit", type=click.IntRange(1, 2000), default=20, show_default=True, help="Most hits shown."
)
def search(app: Application, query: str, **options: Any) -> None:
    """Search titles, bodies, attachments and document numbers."""
    from noticewatch.cli import notices_work

    notices_work.search(app, query, **options)


@command(cli, "show")
@click.argument("notice_id", metavar="ID", type=int)
@click.option("--version", "version", type=click.IntRange(1), help="Text of one version.")
@click.option(
    "--diff",
    "diff",
    metavar="A..B",
    help="What changed between two versions; `acts`: from the act that it replaces or amends.",
)
@click.option(
    "--case", "case", type=PATH, metavar="DIR", help="Write its case folder: everything, hashed."
)
def show(
    app: Application, notice_id: int, version: int | None, diff: str | None, case: Path | None
) -> None:
    """One notice: data, copies, versions, labels, facts, changes."""
    from noticewatch.cli import notices_work

    if case is not None:
        notices_work.case_folder(app, notice_id, case)
    else:
        notices_work.show(app, notice_id, version, diff)


@command(cli, "feedback")
@click.argument("notice_id", metavar="ID", type=int)
@click.argument("verdict", type=click.Choice(["relevant", "not_relevant", "wrong_topic"]))
@click.option("--topic", help="The topic meant, for wrong_topic.")
@click.option("--who", required=True, help="Your name, kept with the verdict.")
@click.option("--note", default="", help="Why; kept with the verdict.")
def feedback(
    app: Application, notice_id: int, verdict: Any, topic: str | None, who: str, note: str
) -> None:
    """Say whether a notice is relevant; `train` learns from it."""
    from noticewatch.cli import notices_work

    notices_work.feedback(app, notice_id, verdict, topic, who, note)


@command(cli, "fields")
@click.argument("notice_id", type=int)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "csv", "json-schema"]),
    default="text",
    show_default=True,
    help="How the fields are written.",
)
@click.option("--version", type=int, metavar="N", help="As this version has them.")
@click.option("--compare", metavar="A..B", help="What became of each field between versions.")
@click.option("--out", type=PATH, help="File; default standard output.")
def fields(
    app: Application, notice_id: int, format_: Any, version: int | None, compare: str | None,
    out: Path | None,
) -> None:  # fmt: skip
    """The data fields that a notice prescribes, for whoever builds the interface."""
    from noticewatch.cli import data_fields_work

    data_fields_work.fields(app, notice_id, format_, version, compare, out)


@command(cli, "split")
@click.argument("posting_url")
def split(app: Application, posting_url: str) -> None:
    """Undo a wrong merge: give the copy at this address a notice of its own, for good."""
    from noticewatch.cli import notices_work

    notices_work.split(app, posting_url)


@command(cli, "digest")
@click.option("--week", metavar="2026-W47", help="ISO week; default the last complete one.")
@click.option("--out", type=PATH, help="Folder for .eml, .html and .txt.")
@click.option("--send", is_flag=True, help="Send it to the weekly subscriptions.")
def digest(app: Application, week: str | None, out: Path | None, send: bool) -> None:
    """The weekly e-mail, as files or sent."""
    from noticewatch.cli import monitoring_work

    if bool(out) == send:
        raise click.UsageError("choose one of --out DIR and --send")
    monitoring_work.digest(app, week, out)
