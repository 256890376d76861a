"""The list of the law from the command line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from noticewatch.application.application import Application
from noticewatch.application.console import print_json
from noticewatch.cli.duty_commands import check_jurisdiction, today
from noticewatch.cli.options import cli, command, date_option

if TYPE_CHECKING:
    from config.registered_act import RegisteredAct
    from domain.law.law_list import LawEntry


@command(cli, "law")
@click.argument("query", default="")
@click.option("--as-of", metavar="D", help="The status on this day (YYYY-MM-DD); default today.")
@click.option("--jurisdiction", metavar="J", help="Only this one: CN, CN-GD …")
def law_command(app: Application, query: str, as_of: str | None, jurisdiction: str | None) -> None:
    """List the law: registered acts and those of the archive, with their status.

    QUERY is a name, an alias in Chinese or English, a document number or a key; one act alone
    is shown with all that the register knows of it. A wrong name is answered with the right act.
    """
    from domain.law.law_lookup import find_law
    from noticewatch.application.law.law_json import law_json
    from noticewatch.application.law.listed_law import listed_law

    check_jurisdiction(jurisdiction)
    now = today()
    day = date_option(as_of, "--as-of") or now
    with app.archive() as archive:
        acts = listed_law(archive, app.register, day, now)
    found = find_law(acts, query, jurisdiction)
    if app.json:
        print_json(law_json(found))
        return
    for entry in found:
        _print_act(entry, whole=len(found) == 1)
    click.echo(f"{len(found)} acts", err=True)


def _print_act(entry: LawEntry, *, whole: bool) -> None:
    from i18n.law_text import held_name, kind_line, status_line, validity_line, wrong_name_line

    if entry.asked_as is not None:
        click.echo(wrong_name_line(entry.asked_as, "en"))
    click.echo(f"{entry.jurisdiction:<5} {entry.title}  {entry.document_number or ''}".rstrip())
    if entry.title_en:
        click.echo(f"      {entry.title_en}")
    known = f"{held_name(entry, 'en')}, {entry.evidence}"
    told = (status_line(entry, "en"), kind_line(entry, "en"), validity_line(entry, "en"))
    line = "; ".join(part for part in told if part)
    click.echo(f"      {line} ({known})  [{entry.handle}]")
    if whole and entry.registered is not None:
        for name, text in _known(entry.registered):
            click.echo(f"      {name}: {text}")


def _known(act: RegisteredAct) -> Iterator[tuple[str, str]]:
    """What the register knows of an act besides."""
    if act.scope is not None:
        yield "scope", act.scope.en or act.scope.zh
    names = "; ".join((*act.aliases_en, *act.aliases))
    if names:
        yield "also called", names
    for wrong in act.wrong_names:
        yield "not", f"“{wrong.name}”: {wrong.why.en or wrong.why.zh}"
    yield from ((f"art. {number}", text) for number, text in act.articles.items())
    replaces = "; ".join((*act.repeals, *act.replaces))
    if replaces:
        yield "replaces", replaces
    yield "fines", act.fines
    if act.url:
        yield "address", act.url
    since = f" since {act.evidence.since}" if act.evidence.since else ""
    yield f"{act.evidence.level}{since}", act.evidence.note or "no note"
    yield from (("found in", place) for place in act.evidence.found_in)
