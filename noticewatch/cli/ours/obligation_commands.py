"""Obligations from the command line: who does what applies to us, and how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from noticewatch.application.application import Application
from noticewatch.application.console import output_stream, print_json
from noticewatch.application.people_names import person_named
from noticewatch.application.user_errors import NoticewatchError
from noticewatch.cli.options import PATH, F, command, date_option, obligations_group

if TYPE_CHECKING:
    from archive.services.ours.obligation_book import ObligationBook
    from domain.records.handling import AuditEntry
    from domain.records.obligation import Obligation

_STATES = ("open", "in_progress", "done", "not_for_us")
_FORMS = ("csv", "xlsx", "oscal", "rss")


def _one(function: F) -> F:
    """The argument and option that each step takes."""
    function = click.option(
        "--who",
        required=True,
        help="Your name, kept in the history; where there are people, one of them.",
    )(function)
    return click.argument("number", metavar="ID", type=int)(function)


@command(obligations_group, "list")
@click.option("--entity", metavar="K", help="Only of this company of entities.yml.")
@click.option("--state", type=click.Choice(_STATES), multiple=True, help="Only in this state.")
@click.option("--owner", metavar="NAME", help="Only whose owner this is.")
def list_command(app: Application, entity: str | None, state: Any, owner: str | None) -> None:
    """List obligations, the nearest day first."""
    owner = owner and person_named(app.settings, owner)
    with _book(app) as book:
        found = book.find(entity=entity, states=state, owner=owner)
    if app.json:
        from noticewatch.application.me.obligation_lists import obligations_json

        print_json(obligations_json(found))
        return
    for item in found:
        _print(item)
    click.echo(f"{len(found)} obligations", err=True)


@command(obligations_group, "show")
@click.argument("number", metavar="ID", type=int)
def show_obligation(app: Application, number: int) -> None:
    """One obligation with its files, links and history."""
    with _book(app) as book:
        item, history = book.get(number), book.history(number)
    if app.json:
        from noticewatch.application.me.obligation_lists import with_history

        print_json(with_history(item, history))
        return
    _print(item)
    for proof in item.proofs:
        click.echo(f"      {proof.kind} {proof.name} {proof.value} ({proof.who})")
    for entry in history:
        _print_step(entry)


def _print_step(entry: AuditEntry) -> None:
    action = entry.action.removeprefix("obligation.").replace("_", " ")
    note = entry.detail.get("note") or ""
    click.echo(f"      {entry.at:%Y-%m-%d %H:%M} {entry.who}: {action} {note}".rstrip())


@command(obligations_group, "take")
@_one
@click.option("--owner", metavar="NAME", help="Who does it; default: who takes it.")
@click.option("--due", metavar="D", help="By when (YYYY-MM-DD); default: as the law says.")
def take_command(
    app: Application, number: int, who: str, owner: str | None, due: str | None
) -> None:
    """Take an obligation on, or give it to somebody."""
    day = date_option(due, "--due")
    who, owner = person_named(app.settings, who), owner and person_named(app.settings, owner)
    _step(app, lambda book: book.take(number, who, owner=owner, due=day))


@command(obligations_group, "done")
@_one
@click.option("--note", default="", help="What was done; kept in the history.")
@click.option("--file", "files", type=PATH, multiple=True, help="A file that shows it; repeatable.")
@click.option("--link", "links", multiple=True, metavar="URL", help="A link that shows it.")
def done_command(
    app: Application, number: int, who: str, note: str, files: tuple[Path, ...],
    links: tuple[str, ...],
) -> None:  # fmt: skip
    """Close an obligation as done; of a RED act by two people where the settings say so."""
    second, who = app.settings.second_person_for_red, person_named(app.settings, who)

    def step(book: ObligationBook) -> Obligation:
        for file in files:
            book.add_file(number, who, file.name, _content(file))
        for link in links:
            book.add_link(number, who, link)
        return book.done(number, who, note=note, second_person=second)

    _step(app, step)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise NoticewatchError(f"{file} cannot be read: {error.strerror}") from error


@command(obligations_group, "not-for-us")
@_one
@click.option("--reason", required=True, help="Why; kept with it.")
def not_for_us_command(app: Application, number: int, who: str, reason: str) -> None:
    """Close an obligation that is no concern of the company, with the reason."""
    second, who = app.settings.second_person_for_red, person_named(app.settings, who)
    _step(app, lambda book: book.not_for_us(number, who, reason, second_person=second))


@command(obligations_group, "reopen")
@_one
@click.option("--note", default="", help="Why; kept in the history.")
def reopen_command(app: Application, number: int, who: str, note: str) -> None:
    """Open what was closed, or waits for a second person, again."""
    who = person_named(app.settings, who)
    _step(app, lambda book: book.reopen(number, who, note=note))


@command(obligations_group, "export")
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMS),
    default="csv",
    show_default=True,
    help="`oscal` is a plan of action and milestones in JSON, `rss` RSS 2.0.",
)
@click.option("--entity", metavar="K", help="Only of this company of entities.yml.")
@click.option("--out", type=PATH, help="File; default standard output.")
def export_obligations(app: Application, form: Any, entity: str | None, out: Path | None) -> None:
    """Write the obligations for other programs."""
    from noticewatch.application.me.obligation_files import write_obligations

    with _book(app) as book, output_stream(out) as stream:
        found = book.find(entity=entity)
        write_obligations(stream, form, found, app.clock())
    if out is not None:
        click.echo(f"{len(found)} obligations written to {out}", err=True)


@contextmanager
def _book(app: Application) -> Iterator[ObligationBook]:
    """The obligations in step with the law of today."""
    from noticewatch.application.me.name_upkeep import look_for_names
    from noticewatch.application.me.obligation_lists import keep_obligations

    with app.archive() as archive:
        look_for_names(app, archive)
        keep_obligations(app, archive)
        yield archive.obligations


def _step(app: Application, step: Callable[[ObligationBook], Obligation]) -> None:
    with _book(app) as book:
        item = step(book)
    if app.json:
        from noticewatch.application.me.obligation_lists import obligation_json

        print_json(obligation_json(item))
        return
    _print(item)
    if item.asked_by is not None:
        click.echo(f"it is RED: a second person besides {item.asked_by} must close it", err=True)


def _print(item: Obligation) -> None:
    from i18n.headline_text import duty_text

    day = item.due.isoformat() if item.due else ""
    state = item.state.replace("_", " ")
    click.echo(f"{item.id:>5} {state:<11} {day:<10} {item.owner or '-':<10} {item.entity}")
    click.echo(f"      {duty_text(item.duty, 'en')}")
    where = f"{item.duty.article} " if item.duty.article else ""
    click.echo(f"      {where}{item.title}")
    for told, day_of in (("law changed since", item.law_changed_since), ("over since", item.ended)):
        if day_of is not None:
            click.echo(f"      {told} {day_of.isoformat()}")
