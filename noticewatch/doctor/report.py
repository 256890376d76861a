"""``noticewatch doctor``: run the checks and print what each found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import click

from noticewatch.application.application import Application
from noticewatch.application.console import print_json
from noticewatch.doctor import chain_checks
from noticewatch.doctor.check_result import CheckResult, error, ok, warning
from noticewatch.doctor.checks import CHECKS, WITHOUT_SETTINGS, Check


@dataclass(frozen=True, kw_only=True)
class WantedChecks:
    """What is looked at only on request: it takes long, or others notice it."""

    verify: bool = False  # the hash chain and every stored original
    heads: tuple[str, ...] = ()  # of the chain, from digests: it must still hold them
    send_test: bool = False  # a test message through every channel
    reach: bool = False  # every source's list is read once


def examine(app: Application, wanted: WantedChecks | None = None) -> Iterator[CheckResult]:
    """Every check in turn; one that cannot run is a finding itself."""
    from archive.errors import ArchiveError
    from config.loader import ConfigError

    wanted = wanted or WantedChecks()
    checks: list[Check] = [
        *CHECKS,
        *([chain_checks.evidence, chain_checks.timestamps] if wanted.verify else []),
        *([partial(chain_checks.known_heads, heads=wanted.heads)] if wanted.heads else []),
        *([_send_test] if wanted.send_test else []),
        *([_reach] if wanted.reach else []),
    ]
    try:
        app.settings  # noqa: B018 (read from the file when first looked at)
    except ConfigError as problem:
        yield error("settings", str(problem), "correct the file; the other checks wait for that")
        checks = [*WITHOUT_SETTINGS]
    for check in checks:
        try:
            yield from check(app)
        except (ConfigError, ArchiveError, OSError) as problem:
            name = getattr(check, "__name__", "chain head").strip("_").replace("_", " ")
            yield error(name, str(problem), "put that right and run doctor again")


def _send_test(app: Application) -> Iterator[CheckResult]:
    from notifier.run import test_channel

    with app.archive() as archive:
        for name in app.settings.channels:
            report = test_channel(
                archive, app.settings, name, clock=app.clock, terminal=app.terminal
            )
            if report.sent and not report.failed:
                yield ok(f"test message {name}", "delivered")
            else:
                detail = "; ".join(report.messages) or "not delivered"
                advice = "correct the channel's settings or its secret, then try again"
                yield error(f"test message {name}", detail, advice)


def _reach(app: Application) -> Iterator[CheckResult]:
    """Lists read politely, in an archive that is thrown away."""
    from crawler.discovery.probe import check as probe

    sources = app.pick_sources(())
    click.echo(f"reading the lists of {len(sources)} sources, a few minutes at most …", err=True)
    for run in (looked.run for looked in probe(sources, app.platforms)):
        detail = f"{run.state}: {run.reason or f'{run.rows} rows, newest {run.newest}'}"
        if run.state == "ok":
            yield ok(f"reach {run.key}", detail)
        else:
            columns = app.sources[run.key].columns
            yield warning(f"reach {run.key}", detail, _reach_advice(str(run.state), columns[0].url))


def _reach_advice(state: str, url: str) -> str:
    if state == "layout_changed":
        return (
            f"has the site been rebuilt? `noticewatch source discover {url}` shows what stands "
            "there now; docs/add-a-source.md says how to correct the source's file"
        )
    return (
        f"does {url} open in a browser on this machine? Many of these sites answer only from "
        "inside China: `http.proxy` in the source's file, or a machine there, helps"
    )


def show_report(app: Application, wanted: WantedChecks) -> None:
    """Lines or JSON; leaves with 1 when there is an error."""
    findings = []
    for finding in examine(app, wanted):
        findings.append(finding)
        if not app.json:
            _say(finding)
    if app.json:
        print_json({"findings": [finding.__dict__ for finding in findings]})
    if any(finding.state == "error" for finding in findings):
        raise click.exceptions.Exit(1)


def _say(finding: CheckResult) -> None:
    colours = {"ok": "green", "warning": "yellow", "error": "red"}
    mark = click.style(f"{finding.state:<7}", fg=colours[finding.state])
    click.echo(f"{mark} {finding.check}: {finding.detail}")
    if finding.state != "ok" and finding.advice:
        click.echo(f"        → {finding.advice}")
