"""Sources: their health, probing, and adding new ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from noticewatch.application.application import Application
from noticewatch.cli.options import PATH, command, source_group


@command(source_group, "list")
def source_list(app: Application) -> None:
    """Every source: state, last poll, newest notice, rows, evidence level."""
    from noticewatch.cli import sources_work

    sources_work.show_list(app)


@command(source_group, "check")
@click.argument("keys", nargs=-1)
@click.option(
    "--replay", type=click.Path(path_type=Path, exists=True, file_okay=False), help="No network."
)
def source_check(app: Application, keys: tuple[str, ...], replay: Path | None) -> None:
    """Probe sources now: rows, newest date, detected parameters, drift. Stores nothing."""
    from noticewatch.cli import sources_work

    sources_work.check(app, keys, replay)


_FORM = click.option(
    "--form", default="", metavar="A=1&B=2", help="Post this, as the browser does for its list."
)


@command(source_group, "discover")
@click.argument("url")
@_FORM
def source_discover(app: Application, url: str, form: str) -> None:
    """Say what stands at URL: a list with its rows, a notice, or a home page's columns."""
    from noticewatch.cli import sources_work

    sources_work.show_discovery(app, url, form)


@command(source_group, "new")
@click.argument("url")
@_FORM
@click.option("--key", help="Key of the source; default made from the host.")
@click.option("--jurisdiction", help="CN, CN-GD …, EU; default told from the publisher's name.")
@click.option("--out", type=PATH, help="Folder for the file; default standard output.")
def source_new(app: Application, url: str, **options: Any) -> None:
    """Write the YAML of a new source from what stands at URL: a list, a home page, or the
    answer of an interface."""
    from noticewatch.application.source_draft import new_source

    new_source(app, url, **options)


@command(source_group, "capture")
@click.argument("key")
@click.option(
    "--out",
    type=PATH,
    default=Path("tests/fixtures/sources"),
    show_default=True,
    help="Folder of fixtures.",
)
@click.option(
    "--notices",
    type=click.IntRange(0),
    default=5,
    show_default=True,
    help="How many notices of each column; 0: all.",
)
def source_capture(app: Application, key: str, out: Path, notices: int) -> None:
    """Save a source's pages with manifest and parsed result as a fixture folder."""
    from noticewatch.cli import sources_work

    sources_work.capture(app, key, out, notices)
