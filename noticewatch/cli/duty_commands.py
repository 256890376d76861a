"""The law from the command line: its list, who must do what by when, the day after an event."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from noticewatch.application.application import Application
from noticewatch.application.console import print_json
from noticewatch.application.user_errors import NoticewatchError
from noticewatch.cli.options import cli, command, date_option

if TYPE_CHECKING:
    from noticewatch.application.law.duty_list import ListedDuty


@command(cli, "duties")
@click.option("--jurisdiction", metavar="J", help="Only this one: CN, CN-GD …")
@click.option("--role", metavar="R", help="Only duties of this role: recycler, importer …")
@click.option("--topic", metavar="T", help="Only acts with this topic.")
@click.option("--days", type=click.IntRange(0, 3660), help="Only with a day within so many days.")
@click.option("--drafts", is_flag=True, help="Duties of drafts too.")
@click.option("--as-of", metavar="D", help="As they stood on this day (YYYY-MM-DD).")
@click.option("--mine", is_flag=True, help="Only what applies or may apply to our companies.")
@click.option("--entity", metavar="K", help="The same for one company of entities.yml.")
def duties_command(
    app: Application, role: str | None, topic: str | None, as_of: str | None,
    mine: bool, entity: str | None, **options: Any,
) -> None:  # fmt: skip
    """List who must do what, by when, or else what."""
    from noticewatch.application.law.acts_on import relevant_on
    from noticewatch.application.law.duty_list import DutyFilter, listed_duties

    day = date_option(as_of, "--as-of")
    _check(app, role, topic)
    check_jurisdiction(options.get("jurisdiction"))
    with app.archive() as archive:
        asked = DutyFilter(role=role, topic=topic, **options)
        acts = relevant_on(archive, day) if day else archive.overview.relevant_notices()
        found = listed_duties(acts, asked, day or today())
        if mine or entity is not None:
            from noticewatch.application.me.mine import read_mine

            ours = read_mine(archive, acts, app.pick_entities(entity), day or today())
            found = [item for item in found if item.id in ours.duties]
    if app.json:
        from noticewatch.application.law.duties_json import duties_json

        print_json(duties_json(found))
        return
    for item in found:
        _print(item)
    click.echo(f"{len(found)} duties", err=True)


def _check(app: Application, role: str | None, topic: str | None) -> None:
    from config.duty_terms import load_roles

    app.choose_field()
    roles = load_roles().roles
    if role is not None and role not in roles:
        raise NoticewatchError(f"no role {role!r} (known: {', '.join(roles)})")
    topics = {known.id for known in app.topics} if topic is not None else set()
    if topic is not None and topic not in topics:
        raise NoticewatchError(f"no topic {topic!r} (known: {', '.join(sorted(topics))})")


def check_jurisdiction(code: str | None) -> None:
    from config.loader import load_jurisdictions

    known = load_jurisdictions()
    if code is not None and code not in known:
        raise NoticewatchError(f"no jurisdiction {code!r} (known: {', '.join(known)})")


def today() -> date:
    from config.time_zone import BEIJING

    return datetime.now(BEIJING).date()


def _print(item: ListedDuty) -> None:
    from i18n.headline_text import duty_text, else_text

    otherwise = else_text(item.duty, "en")
    tail = f" (if not: {otherwise})" if otherwise else ""
    since = f" [from {item.duty.since}]" if item.duty.state == "future" else ""
    text = f"{duty_text(item.duty, 'en')}{tail}{since}"
    click.echo(f"{item.id:<20} {item.notice.jurisdiction:<5} {text}")
    where = f"{item.duty.article} " if item.duty.article else ""
    click.echo(f"{'':<26} {where}{item.notice.title}")


@command(cli, "due")
@click.argument("duty_id")
@click.option("--event", required=True, metavar="D", help="The day of the event (YYYY-MM-DD).")
def due_command(app: Application, duty_id: str, event: str) -> None:
    """Count the last day for a duty from the day of its event."""
    from noticewatch.application.law.duty_list import due_of

    day = date_option(event, "--event")
    assert day is not None
    with app.archive() as archive:
        item, due = due_of(archive, duty_id, day)
    if app.json:
        answered = {
            "due": due.day.isoformat(), "counted": due.counted, "provisional": due.provisional
        }  # fmt: skip
        print_json(answered)
        return
    from i18n.headline_text import duty_text

    click.echo(f"{due.day.isoformat()}  {duty_text(item.duty, 'en')}")
    doubt = " (provisional: holidays of a year on the way are not announced)"
    click.echo(f"{'':<10}  {due.counted}{doubt if due.provisional else ''}")
