"""A collector and its hub from the command line."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from noticewatch.application.application import Application
from noticewatch.application.console import leave_not_well, print_json
from noticewatch.application.user_errors import NoticewatchError
from noticewatch.cli.options import PATH, F, cli, command
from noticewatch.cli.pass_report import progress

if TYPE_CHECKING:
    from noticewatch.application.border.collector_round import (
        CollectorReport,
        CollectorRound,
        CollectorSetup,
        CollectorTask,
    )
    from noticewatch.application.border.hub_link import HubLink
    from noticewatch.application.border.receiver import ReceiveReport

TOKEN_ENV = "NOTICEWATCH_BORDER_TOKEN"  # noqa: S105 (a variable's name)
SPOOL_FOLDER = "collector"  # in the data folder
_MEGABYTE = 1_000_000


def _collect_options(function: F) -> F:
    for option in reversed(
        [
            click.option("--out", metavar="FOLDER|URL", help="Where bundles go: a folder or hub."),
            click.option("--name", metavar="NAME", help="This collector's name at the hub."),
            click.option("--key", type=PATH, metavar="FILE", help="Its private key."),
            click.option("--make-key", type=PATH, metavar="FILE", help="Write a key and exit."),
            click.option("--hub-key", metavar="KEY", help="The hub's public key, to read offers."),
            click.option("--offers", type=PATH, metavar="FOLDER", help="Where offers arrive."),
            click.option("--source", "sources", multiple=True, metavar="KEY", help="Only this."),
            click.option(
                "--every", type=click.IntRange(1), metavar="MINUTES",
                help="Go on, looking for due sources so often.",
            ),
            click.option("--anew", is_flag=True, help="Forget everything; fetch all once more."),
            click.option(
                "--spool-megabytes", type=click.IntRange(1), default=4096, show_default=True,
                help="Fetch nothing while more than this waits for the hub.",
            ),
        ]
    ):  # fmt: skip
        function = option(function)
    return function


@command(cli, "collect")
@_collect_options
def collect_command(app: Application, make_key: Path | None, **options: Any) -> None:
    """Fetch without an archive: write signed bundles for a hub elsewhere (docs/border.md)."""
    from config.file_lock import LockHeld, file_lock

    if make_key is not None:
        _make_key(app, make_key)
        return
    setup = _setup(app, options)
    try:
        with file_lock(setup.folder / "collect.lock", wait=False):
            _collect(app, setup, options)
    except LockHeld:
        raise NoticewatchError(f"another `noticewatch collect` works in {setup.folder}") from None


def _make_key(app: Application, path: Path) -> None:
    from crawler.border.collector_keys import KeyProblem, make_key

    try:
        public = make_key(path)
    except KeyProblem as error:
        raise NoticewatchError(str(error)) from error
    if app.json:
        print_json({"file": str(path), "public_key": public})
    else:
        click.echo(f"{path} holds the private key; it stays on this machine. The public key:")
        click.echo(public)


def _setup(app: Application, options: Mapping[str, Any]) -> CollectorSetup:
    from crawler.border.collector_keys import KeyProblem, public_key, read_key
    from noticewatch.application.border.collector_round import CollectorSetup

    missing = [f"--{name}" for name in ("out", "name", "key") if not options[name]]
    if missing:
        raise NoticewatchError(f"collect needs {', '.join(missing)} (or --make-key)")
    try:
        key = read_key(options["key"])
        hub_key = public_key(options["hub_key"]) if options["hub_key"] else None
    except KeyProblem as error:
        raise NoticewatchError(str(error)) from error
    return CollectorSetup(
        name=_name(options["name"]),
        key=key,
        folder=app.data_dir / SPOOL_FOLDER,
        link=_link(options["out"], options["name"], options["offers"]),
        hub_key=hub_key,
        spool_bytes=options["spool_megabytes"] * _MEGABYTE,
        software=_software(),
    )


def _name(name: str) -> str:
    from crawler.border.bundle_format import is_collector_name

    if not is_collector_name(name):
        raise NoticewatchError(f"--name: expected lower-case letters, digits, - and _: {name!r}")
    return name


def _link(out: str, name: str, offers: Path | None) -> HubLink:
    from config.addresses import is_loopback
    from noticewatch.application.border.hub_link import FolderLink, WebLink

    parts = urlsplit(out)
    if parts.scheme not in {"http", "https"}:
        return FolderLink(folder=Path(out), collector=name, offers=offers)
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise NoticewatchError("--out: a hub is reached by https, or its token could be read")
    token = os.environ.get(TOKEN_ENV, "").strip()
    if not token:
        raise NoticewatchError(f"uploading needs the hub's token in {TOKEN_ENV}")
    return WebLink(address=out, collector=name, token=token)


def _software() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"noticewatch {version('noticewatch')}"
    except PackageNotFoundError:
        return "noticewatch"


def _collect(app: Application, setup: CollectorSetup, options: Mapping[str, Any]) -> None:
    from noticewatch.application.border.collector_round import CollectorRound, start_anew

    if options["anew"]:
        start_anew(setup)
    working = CollectorRound(
        setup=setup,
        clock=app.clock,
        only=frozenset(options["sources"]),
        only_due=options["every"] is not None,
    )
    if options["every"] is None:
        report = _one_round(app, working)
        if report.problems or any(run.state != "ok" for run in report.runs):
            leave_not_well()
        return
    while True:
        _one_round(app, working)
        time.sleep(60 * options["every"])


def _one_round(app: Application, working: CollectorRound) -> CollectorReport:
    own = _own_task(app, working.only)
    working.progress = progress(app, len(own.sources))
    report = working.run(own)
    if app.json:
        print_json(report.as_json())
        return report
    made = f"{len(report.made)} bundles made" if report.made else "no new bundle"
    waiting = f"{report.waiting} wait for the hub ({report.waiting_bytes / _MEGABYTE:.1f} MB)"
    click.echo(f"{len(report.runs)} sources read, {made}, {waiting}")
    for problem in report.problems:
        click.echo(problem, err=True)
    return report


def _own_task(app: Application, keys: frozenset[str]) -> CollectorTask:
    """What this machine would read by its own files; a hub's offer takes their place."""
    from noticewatch.application.border.collector_round import CollectorTask

    known = tuple(sorted(key for key in keys if key in app.sources))
    sources = app.pick_sources(known) if known or not keys else []
    return CollectorTask(sources=sources, platforms=app.platforms)


@command(cli, "receive")
@click.argument("folder", required=False, type=PATH)
@click.option("--offer", type=PATH, metavar="FOLDER", help="Write each collector's offer there.")
@click.option("--hub-key", is_flag=True, help="Print this hub's public key for its collectors.")
@click.option("--begin-anew", metavar="NAME", help="Let this collector begin a new log.")
@click.option("--dry-run", is_flag=True, help="Verify and say what would be taken; keep nothing.")
def receive_command(app: Application, folder: Path | None, **options: Any) -> None:
    """Take collectors' bundles from FOLDER (and uploads) into the archive."""
    if options["hub_key"]:
        _show_hub_key(app)
        return
    if not app.settings.border.collectors:
        raise NoticewatchError("no collector is trusted: name it in border.collectors")
    if options["begin_anew"]:
        _begin_anew(app, options["begin_anew"])
    if folder is not None and not folder.is_dir():
        raise NoticewatchError(f"there is no folder {folder}")
    from noticewatch.application.border.receiver import collector_states

    report = _received(app, folder, dry_run=options["dry_run"])
    if options["offer"] and not options["dry_run"]:
        _write_offers(app, options["offer"])
    states = collector_states(app)
    if app.json:
        collectors = [state.as_json() for state in states]
        print_json({**report.as_json(), "collectors": collectors})
    else:
        _show_reception(report, dry_run=options["dry_run"])
    if not report.well:
        leave_not_well()


def _show_hub_key(app: Application) -> None:
    from noticewatch.application.border.offers import hub_public_key

    public = hub_public_key(app)
    if app.json:
        print_json({"public_key": public})
    else:
        click.echo(public)


def _begin_anew(app: Application, name: str) -> None:
    from noticewatch.application.border.receiver import begin_anew

    if name not in app.settings.border.collectors:
        known = ", ".join(app.settings.border.collectors)
        raise NoticewatchError(f"no collector {name!r} (known: {known})")
    begin_anew(app, name)


def _received(app: Application, folder: Path | None, *, dry_run: bool) -> ReceiveReport:
    import asyncio

    from noticewatch.application.border.receiver import bundle_folders, receive

    folders = bundle_folders(app, [folder] if folder else [])
    if dry_run:
        return asyncio.run(receive(app, None, folders))
    told = progress(app, len(app.pick_sources(())))
    with app.one_pass(), app.archive() as archive:
        return asyncio.run(receive(app, archive, folders, progress=told))


def _write_offers(app: Application, folder: Path) -> None:
    from archive.backends.spools.whole_files import write_whole
    from noticewatch.application.border.offers import offer_file, write_offer
    from noticewatch.application.border.receiver import open_inbox

    with app.archive() as archive, open_inbox(app) as inbox:
        for name in app.settings.border.collectors:
            write_whole(offer_file(folder, name), write_offer(app, archive, inbox, name))


def _show_reception(report: ReceiveReport, *, dry_run: bool) -> None:
    reception = report.reception
    verb = "would be taken" if dry_run else "taken"
    click.echo(
        f"{len(reception.taken)} bundles {verb}, {reception.known} known,"
        f" {len(reception.refused)} refused"
    )
    for one in reception.refused:
        click.echo(f"{one.file} is not taken: {one.why}", err=True)
    for gap in reception.gaps:
        click.echo(gap.sentence, err=True)
    for replays in report.replays.values():
        for sentence in replays.dropped:
            click.echo(sentence, err=True)
