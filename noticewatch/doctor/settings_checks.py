"""Check the settings: sources, channels and their secrets, the time zone."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from config.time_zone import BEIJING
from noticewatch.application.application import Application
from noticewatch.doctor.check_result import CheckResult, error, ok, warning

if TYPE_CHECKING:
    from config.companies.entities import Entity

_PERMIT_DAYS = 60  # a permit that ends sooner is told


def configuration(app: Application) -> Iterator[CheckResult]:
    from config.loader import load_sources_lenient

    settings = app.settings
    yield ok(
        "settings",
        f"{len(settings.channels)} channels, {len(settings.subscriptions)} subscriptions",
    )
    folder = Path(settings.sources_dir) if settings.sources_dir else None
    sources, faults = load_sources_lenient(folder)
    for fault in faults:
        yield error("sources", str(fault), "correct the file that is named; it is not watched")
    if not faults:
        yield ok(
            "sources",
            f"{len(sources)} source files, {len(app.topics)} topics, "
            f"{len(app.register)} registered acts",
        )


def companies(app: Application) -> Iterator[CheckResult]:
    """``entities.yml``: whether it loads, whose names are nobody's, which permits run out."""
    from config.companies.entities import load_entities
    from config.yaml_file import ConfigError

    path = app.settings.entities_file
    if path is None:
        yield ok("companies", "no entities.yml: nothing is judged for a company")
        return
    try:
        entities = load_entities(path)
    except ConfigError as fault:
        yield error("companies", str(fault), "correct the file that is named")
        return
    yield ok("companies", f"{len(entities)} in {path}: {', '.join(e.key for e in entities)}")
    yield from _unclear_names(entities)
    yield from _strangers(app, entities)
    yield from _permits(entities, app.clock().astimezone(BEIJING).date())


def _strangers(app: Application, entities: Sequence[Entity]) -> Iterator[CheckResult]:
    """Owners and deputies of companies who are not among the people."""
    team = app.settings.team
    named = [
        (entity.key, name)
        for entity in entities
        for name in (entity.people.owner, entity.people.deputy)
        if name
    ]
    for key, name in named if team else ():
        if team.find(name) is None:
            detail = f"{key}: {name} is not among the people of the settings"
            yield warning("people", detail, "name the id of a person in entities.yml")


def people(app: Application) -> Iterator[CheckResult]:
    """Who may do what, and whose clicks in Slack are nobody's."""
    known = app.settings.people
    if not known:
        yield ok("people", "none in the settings: names are taken as they are given")
        return
    yield ok("people", ", ".join(f"{one.id} ({one.role})" for one in known))
    if not any(one.role in ("approver", "admin") for one in known):
        detail = "nobody may close an act: no approver and no admin"
        yield warning("people", detail, "give somebody the role approver")
    slack = any(channel.type == "slack" for channel in app.settings.channels.values())
    without = [one.id for one in known if slack and one.slack is None and one.role != "viewer"]
    if without:
        detail = f"no Slack id: {', '.join(without)}; their clicks are refused"
        yield warning("people", detail, "give `slack: U…`, the member ID in the Slack profile")


def _unclear_names(entities: Sequence[Entity]) -> Iterator[CheckResult]:
    from domain.names.name_forms import unclear_names

    for name in unclear_names(entities):
        detail = f"the short name {name} is not looked for: a place, or of several companies"
        yield warning("companies", detail, "give a longer alias in entities.yml")


def _permits(entities: Sequence[Entity], today: date) -> Iterator[CheckResult]:
    for entity in entities:
        for permit in entity.permits:
            if permit.until is None or (permit.until - today).days > _PERMIT_DAYS:
                continue
            state = "ended" if permit.until < today else "ends"
            detail = f"{entity.key}: permit {permit.kind} {state} on {permit.until.isoformat()}"
            yield warning("permits", detail, "renew it, and correct `until` in entities.yml")


def channels(app: Application) -> Iterator[CheckResult]:
    """The secrets that each channel needs, and whether the operators have one."""
    for name, channel in app.settings.channels.items():
        fields = channel.model_dump()
        variables = [value for key, value in fields.items() if key.endswith("_env") and value]
        missing = [variable for variable in variables if not os.environ.get(variable)]
        if missing:
            detail = f"environment variable {', '.join(missing)} is empty"
            yield error(f"channel {name}", detail, "set it where noticewatch is started")
        else:
            yield ok(f"channel {name}", fields["type"])
    if not any(channel.purpose == "health" for channel in app.settings.channels.values()):
        yield ok("operators", "no channel of `purpose: health`; the terminal shows troubles")


def slack(app: Application) -> Iterator[CheckResult]:
    """What Slack says of the token, its scopes and the channel; nothing is sent."""
    for name, channel in app.settings.channels.items():
        if channel.type != "slack":
            continue
        from notifier.slack.slack_checks import ask_slack

        for found in ask_slack(channel):
            if found.well:
                yield ok(f"channel {name}", found.words)
            else:
                say = error if found.fault else warning
                yield say(f"channel {name}", found.words, "`noticewatch notify --test` tries it")


def secrets_in_file(app: Application) -> Iterator[CheckResult]:
    """Secrets belong into the environment; the file may be read by others."""
    from noticewatch.application.logging_setup import without_secrets

    path = app.config or Path("noticewatch.yml")
    if not path.exists():
        yield ok("settings file", "none: the defaults")
        return
    text = path.read_text(encoding="utf-8")
    if without_secrets(text) != text:
        detail = f"{path} holds what looks like a token or password"
        yield error("settings file", detail, "name an environment variable there and renew it")
    else:
        yield ok("settings file", str(path))


def time_zone(app: Application) -> Iterator[CheckResult]:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(app.settings.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        advice = "install tzdata or correct `timezone`"
        yield error("time zone", f"{app.settings.timezone} is not known here", advice)
    else:
        yield ok("time zone", app.settings.timezone)
