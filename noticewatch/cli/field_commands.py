"""The data fields of one notice: as a list, as CSV, as JSON Schema, and compared."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from noticewatch.application.application import Application
from noticewatch.application.console import dump, output_stream, print_json, text_table
from noticewatch.application.user_errors import NoticewatchError
from noticewatch.cli.options import PATH, cli, command

if TYPE_CHECKING:
    from domain.records.fact import Fact
    from domain.records.notice import Notice

FieldsFormat = Literal["text", "csv", "json-schema"]


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
def fields_command(
    app: Application,
    notice_id: int,
    format_: FieldsFormat,
    version: int | None,
    compare: str | None,
    out: Path | None,
) -> None:
    """The data fields that a notice prescribes, for whoever builds the interface."""
    with app.archive() as archive:
        notice = archive.notices.get(notice_id)
    if notice is None:
        raise NoticewatchError(f"no notice {notice_id} in the archive")
    if compare is not None:
        _compare(app, notice, compare)
        return
    found = _facts(notice, version)
    if not found:
        raise NoticewatchError(f"notice {notice_id} prescribes no data fields that could be read")
    text = _written(app, notice, found, format_)
    with output_stream(out) as stream:
        stream.write(text.encode("utf-8", "replace"))
    if out is not None:
        click.echo(f"{len(found)} fields written to {out}", err=True)


def _written(app: Application, notice: Notice, found: list[Fact], format_: FieldsFormat) -> str:
    from archive.transfer.data_field_files import (
        field_rows,
        fields_csv,
        fields_json,
        fields_schema,
    )

    if format_ == "csv":
        return fields_csv(found)
    if format_ == "json-schema":
        return fields_schema(found, title=notice.title, url=notice.url) + "\n"
    if app.json:
        return dump(fields_json(found), indent=2) + "\n"
    header, *lines = field_rows(found)
    return text_table(header, lines) + "\n"


def _facts(notice: Notice, number: int | None) -> list[Fact]:
    """The fields of a version; those of the newest are kept with the notice if it is ours."""
    from domain.facts.data_fields import data_fields

    if number is None and (kept := data_fields(notice.facts)):
        return kept
    from classifier.stated_versions import version_facts

    versions = [version for posting in notice.postings for version in posting.versions]
    chosen = [version for version in versions if number is None or version.number == number]
    if not chosen:
        raise NoticewatchError(f"notice {notice.id} has no version {number}")
    return data_fields(version_facts(chosen[-1]))


def _compare(app: Application, notice: Notice, spec: str) -> None:
    from i18n.data_field_changes import field_changes

    match = re.fullmatch(r"(\d+)\.\.(\d+)", spec)
    if not match:
        raise NoticewatchError(f"--compare: expected A..B such as 1..2, got {spec!r}")
    changes = field_changes(*(_facts(notice, int(number)) for number in match.groups()))
    if app.json:
        print_json([_change_json(old, new, text) for old, new, text in changes])
        return
    for _, _, text in changes:
        click.echo(text)
    if not changes:
        click.echo("no data field changed")


def _change_json(old: Fact | None, new: Fact | None, text: str) -> dict[str, Any]:
    return {
        "before": old.value.to_json() if old else None,
        "after": new.value.to_json() if new else None,
        "text": text,
    }
