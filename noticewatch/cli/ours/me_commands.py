"""What applies to our companies, from the command line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from noticewatch.application.application import Application
from noticewatch.application.console import print_json
from noticewatch.cli.options import cli, command

if TYPE_CHECKING:
    from config.companies.entities import Entity
    from noticewatch.application.me.judged_duties import EntityDuties, JudgedDuty


@command(cli, "me")
@click.option("--entity", metavar="K", help="Only this company of entities.yml.")
@click.option("--days", type=click.IntRange(0, 3660), help="Only with a day within so many days.")
def me_command(app: Application, entity: str | None, days: int | None) -> None:
    """List the duties of each company of entities.yml: what applies, what may, and why."""
    from config.time_zone import BEIJING
    from noticewatch.application.me.judged_duties import duties_by_entity
    from noticewatch.application.me.name_upkeep import look_for_names

    picked = app.pick_entities(entity)
    today = app.clock().astimezone(BEIJING).date()
    with app.archive() as archive:
        look_for_names(app, archive)
        found = duties_by_entity(archive, picked, today, days)
    if app.json:
        from noticewatch.application.me.me_json import me_json

        print_json(me_json(found, today))
        return
    for one in found:
        _print_entity(one, today)


def _print_entity(one: EntityDuties, today: date) -> None:
    from domain.law.applicability.duty_verdicts import DutyVerdict

    click.echo(f"{one.entity.key}  {one.entity.name.en or one.entity.shown}")
    for verdict, head in ((DutyVerdict.APPLIES, "applies"), (DutyVerdict.MAY_APPLY, "may apply")):
        some = [item for item in one.duties if item.found.verdict is verdict]
        click.echo(f"  {head}: {len(some)}")
        for item in some:
            _print_duty(item)
    others = sum(not item.mine for item in one.duties)
    click.echo(f"  does not apply: {others}")
    _print_permits(one.entity, today)


def _print_duty(item: JudgedDuty) -> None:
    from i18n.catalogue import render
    from i18n.headline_text import duty_text

    listed = item.listed
    day = item.due.isoformat() if item.due else ""
    click.echo(f"    {listed.id:<20} {day:<10} {duty_text(listed.duty, 'en')}")
    because = render(item.found.because, "en")
    where = f"{listed.duty.article} " if listed.duty.article else ""
    click.echo(f"{'':<25}{because}: “{item.found.quote}” ({where}{listed.notice.title})")


def _print_permits(entity: Entity, today: date) -> None:
    for permit in entity.permits:
        if permit.until is None:
            continue
        left = (permit.until - today).days
        told = f"{left} days left" if left >= 0 else "EXPIRED"
        number = f" {permit.number}" if permit.number else ""
        click.echo(f"  permit {permit.kind}{number}: until {permit.until.isoformat()} ({told})")
