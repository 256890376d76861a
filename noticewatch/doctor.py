"""``noticewatch doctor``: is this installation able to do its job, and what to do if not."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import click

from noticewatch.context import App
from noticewatch.output import print_json

OWN_PACKAGES = ("config", "archive", "crawler", "classifier", "notifier")
LOW_DISK_BYTES = 1_000_000_000


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One check: what was looked at, how it is, and what to do when it is not well."""

    check: str
    state: Literal["ok", "warning", "error"]
    detail: str
    advice: str = ""


def _ok(check: str, detail: str) -> Finding:
    return Finding(check=check, state="ok", detail=detail)


def _python(app: App) -> Iterator[Finding]:  # noqa: ARG001
    yield _ok("python", ".".join(str(part) for part in sys.version_info[:3]))


def _shadowed(app: App) -> Iterator[Finding]:  # noqa: ARG001
    """Our package names are plain words: a foreign package of that name would be imported."""
    home = Path(__file__).resolve().parents[1]
    for name in OWN_PACKAGES:
        spec = importlib.util.find_spec(name)
        origin = Path(spec.origin).resolve() if spec and spec.origin else None
        if origin is None or home not in origin.parents:
            yield Finding(
                check="packages",
                state="error",
                detail=f"the name {name} is taken by {origin}",
                advice="uninstall that package or use a virtual environment of its own",
            )
            return
    yield _ok("packages", f"installed in {home}")


def _configuration(app: App) -> Iterator[Finding]:
    settings = app.settings
    yield _ok("settings", f"{len(settings.channels)} channels, {len(settings.subscriptions)} "
              "subscriptions")  # fmt: skip
    yield _ok("sources", f"{len(app.sources)} source files, {len(app.topics)} topics, "
              f"{len(app.register)} registered acts")  # fmt: skip


def _secrets(app: App) -> Iterator[Finding]:
    for name, channel in app.settings.channels.items():
        fields = channel.model_dump()
        variables = [value for key, value in fields.items() if key.endswith("_env") and value]
        missing = [variable for variable in variables if not os.environ.get(variable)]
        if missing:
            yield Finding(
                check=f"channel {name}",
                state="error",
                detail=f"environment variable {', '.join(missing)} is empty",
                advice="set it where noticewatch is started",
            )
        else:
            yield _ok(f"channel {name}", fields["type"])


def _time_zone(app: App) -> Iterator[Finding]:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(app.settings.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        yield Finding(
            check="time zone",
            state="error",
            detail=f"{app.settings.timezone} is not known here",
            advice="install tzdata or correct `timezone`",
        )
    else:
        yield _ok("time zone", app.settings.timezone)


def _sqlite(app: App) -> Iterator[Finding]:  # noqa: ARG001
    from archive.connection import sqlite_features

    version, missing = sqlite_features()
    if missing:
        yield Finding(
            check="sqlite",
            state="error",
            detail=f"{version} lacks {', '.join(missing)}",
            advice="use a Python built with SQLite 3.35+ and FTS5",
        )
    else:
        yield _ok("sqlite", version)


def _archive(app: App) -> Iterator[Finding]:
    with app.archive() as archive:
        counts = archive.counts()
        health = archive.health()
    yield _ok("archive", f"{app.data_dir}: {counts['notices']} notices, "
              f"{counts['versions']} versions")  # fmt: skip
    if counts.get("dead"):
        yield Finding(
            check="deliveries",
            state="warning",
            detail=f"{counts['dead']} dead letters",
            advice="see `noticewatch serve` /alerts, then `noticewatch notify --retry-dead`",
        )
    unwell = [state.key for state in health if state.state != "ok"]
    if unwell:
        yield Finding(
            check="health",
            state="warning",
            detail=f"{len(unwell)} of {len(health)} polled sources are not well",
            advice="`noticewatch source list` says why",
        )
    free = shutil.disk_usage(app.data_dir).free
    state: Literal["ok", "warning"] = "ok" if free >= LOW_DISK_BYTES else "warning"
    yield Finding(
        check="disk", state=state, detail=f"{free / 1e9:.1f} GB free", advice="free some space"
    )


def _model(app: App) -> Iterator[Finding]:
    from classifier.bundled import ModelUnavailable
    from classifier.encoder import load_encoder

    try:
        encoder = load_encoder(app.settings.encoder.model)
        vector = encoder.embed_queries(["动力电池"])
    except (ModelUnavailable, ImportError, OSError) as error:
        yield Finding(
            check="model",
            state="warning",
            detail=str(error),
            advice="alerts still go out, classified by rules; reinstall noticewatch",
        )
    else:
        yield _ok("model", f"{encoder.id}, {vector.shape[1]} dimensions")


CHECKS: tuple[Callable[[App], Iterator[Finding]], ...] = (
    _python,
    _shadowed,
    _sqlite,
    _configuration,
    _secrets,
    _time_zone,
    _archive,
    _model,
)


def examine(app: App, *, verify: bool = False) -> list[Finding]:
    """Every check; one that cannot run is a finding itself."""
    from archive.store import ArchiveError
    from config.loader import ConfigError

    findings: list[Finding] = []
    for check in CHECKS:
        try:
            findings += check(app)
        except (ConfigError, ArchiveError, OSError) as error:
            name = check.__name__.strip("_").replace("_", " ")
            findings.append(Finding(check=name, state="error", detail=str(error)))
    if verify:
        with app.archive() as archive:
            problems = archive.verify()
        findings += [
            Finding(check="evidence", state="error", detail=problem, advice="restore a backup")
            for problem in problems
        ] or [_ok("evidence", "hash chain and stored originals are intact")]
    return findings


def show(app: App, *, verify: bool) -> None:
    findings = examine(app, verify=verify)
    if app.json:
        print_json({"findings": [finding.__dict__ for finding in findings]})
    else:
        colours = {"ok": "green", "warning": "yellow", "error": "red"}
        for finding in findings:
            mark = click.style(f"{finding.state:<7}", fg=colours[finding.state])
            click.echo(f"{mark} {finding.check}: {finding.detail}")
            if finding.state != "ok" and finding.advice:
                click.echo(f"        → {finding.advice}")
    if any(finding.state == "error" for finding in findings):
        raise click.exceptions.Exit(1)
