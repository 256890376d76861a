"""The checks of ``noticewatch doctor``: each looks at one thing and says what to do about it."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import os
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from config.paths import HOME
from noticewatch.application.application import Application

OWN_PACKAGES = ("config", "archive", "crawler", "classifier", "notifier")
OLDEST_PYTHON = (3, 11)
WRITTEN = datetime(2026, 11, 1, tzinfo=UTC)  # no clock that is right shows less
CLOCK_SLACK = timedelta(minutes=5)
STALE = timedelta(hours=24)
OLD_BACKUP = timedelta(days=2)


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """One check: what was looked at, how it is, and what to do when it is not well."""

    check: str
    state: Literal["ok", "warning", "error"]
    detail: str
    advice: str = ""


def ok(check: str, detail: str) -> CheckResult:
    return CheckResult(check=check, state="ok", detail=detail)


def error(check: str, detail: str, advice: str) -> CheckResult:
    return CheckResult(check=check, state="error", detail=detail, advice=advice)


def warning(check: str, detail: str, advice: str) -> CheckResult:
    return CheckResult(check=check, state="warning", detail=detail, advice=advice)


# ------------------------------------------------------------------ the installation


def python(app: Application) -> Iterator[CheckResult]:  # noqa: ARG001
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info < OLDEST_PYTHON:
        yield error("python", version, "install noticewatch with Python 3.11 or newer")
    else:
        yield ok("python", f"{version} in {sys.prefix}")


def shadowed(app: Application) -> Iterator[CheckResult]:  # noqa: ARG001
    """Our package names are plain words: a foreign package of that name would be imported."""
    home = HOME
    advice = "uninstall that package, or use a virtual environment of its own for noticewatch"
    owners = importlib.metadata.packages_distributions()
    found = False
    for name in OWN_PACKAGES:
        spec = importlib.util.find_spec(name)
        origin = Path(spec.origin).resolve() if spec and spec.origin else None
        if origin is None or home not in origin.parents:
            found = True
            place = origin or "a folder without __init__.py"
            yield error("packages", f"the name {name} is taken by {place}", advice)
        for other in sorted(set(owners.get(name, ())) - {"noticewatch"}):
            found = True
            yield error("packages", f"{other} installs a package named {name} too", advice)
    if not found:
        yield ok("packages", f"installed in {home}")


def sqlite(app: Application) -> Iterator[CheckResult]:  # noqa: ARG001
    from archive.backends.sqlite.connection import sqlite_features

    version, missing = sqlite_features()
    if missing:
        advice = "use a Python built with SQLite 3.35+ and FTS5"
        yield error("sqlite", f"{version} lacks {', '.join(missing)}", advice)
    else:
        yield ok("sqlite", version)


def model(app: Application) -> Iterator[CheckResult]:
    from classifier.encoder.bundled_weights import ModelUnavailable
    from classifier.encoder.encoders import load_encoder

    try:
        encoder = load_encoder(app.settings.encoder.model)
        vector = encoder.embed_queries(["动力电池"])
    except (ModelUnavailable, ImportError, OSError) as problem:
        name = app.settings.encoder.model
        todo = (
            "reinstall noticewatch."
            if name.startswith("bundled")
            else f"is encoder.model ({name}) a folder with a sentence-transformers model, or a "
            "name that this machine can download once?"
        )
        advice = f"{todo} Until then alerts go out, classified by rules"
        yield warning("model", str(problem).partition("\n")[0], advice)
    else:
        yield ok("model", f"{encoder.id}, {vector.shape[1]} dimensions")


def translation(app: Application) -> Iterator[CheckResult]:
    """One sentence to the configured provider; alerts never wait for it."""
    from classifier.translation.trial import try_out

    trial = try_out(app.settings.translation)
    if trial is None:
        yield ok("translation", "no machine translation is configured")
    elif trial.problem:
        advice = f"{trial.advice}; until then alerts go out without machine translation"
        yield warning("translation", f"{trial.provider}: {trial.problem}", advice)
    else:
        yield ok("translation", f"{trial.provider} answers and keeps what matters")


# ------------------------------------------------------------------ the settings


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


# ------------------------------------------------------------------ the machine


def clock(app: Application) -> Iterator[CheckResult]:
    """Against the day this was written and what the archive has seen."""
    now = app.clock()
    advice = "set this machine's clock and let it follow a time server"
    if now < WRITTEN:
        yield error("clock", f"it shows {now:%Y-%m-%d %H:%M} UTC, which is past", advice)
        return
    with app.archive() as archive:
        polled = [state.last_polled for state in archive.sources.all() if state.last_polled]
    if polled and max(polled) > now + CLOCK_SLACK:
        last = f"{max(polled):%Y-%m-%d %H:%M}"
        detail = f"it shows {now:%Y-%m-%d %H:%M} UTC, but sources were polled at {last}"
        yield error("clock", detail, advice)
    else:
        yield ok("clock", f"{now:%Y-%m-%d %H:%M} UTC")


def disk(app: Application) -> Iterator[CheckResult]:
    from noticewatch.daemon.maintenance import disk_is_low

    low, free = disk_is_low(app.data_dir)
    detail = f"{free / 1e9:.1f} GB free in {app.data_dir}"
    if low:
        yield error("disk", detail, "free some space; `noticewatch tidy` shows what takes it")
    else:
        yield ok("disk", detail)


def permissions(app: Application) -> Iterator[CheckResult]:
    """The data folder must be ours to write and nobody else's."""
    folder = app.data_dir.resolve()
    unwritable = [
        path
        for path in (folder, folder / "archive.db", folder / "evidence")
        if path.exists() and not os.access(path, os.W_OK)
    ]
    if unwritable:
        advice = "give the user that runs noticewatch the right to write there (chown, chmod)"
        yield error("permissions", f"{unwritable[0]} cannot be written", advice)
    elif folder.stat().st_mode & stat.S_IWOTH:
        detail = f"everybody on this machine may change {folder}"
        yield warning("permissions", detail, f"chmod o-w {folder}")
    else:
        yield ok("permissions", f"{folder} is writable for us")


# ------------------------------------------------------------------ how it goes


def archive(app: Application) -> Iterator[CheckResult]:
    with app.archive() as opened:
        counts = opened.notices.counts()
        health = opened.sources.all()
    yield ok("archive", f"{app.data_dir}: {counts['notices']} notices, "
             f"{counts['versions']} versions")  # fmt: skip
    if counts.get("dead"):
        advice = "see /alerts in the web archive, then `noticewatch notify --retry-dead`"
        yield warning("deliveries", f"{counts['dead']} dead letters", advice)
    unwell = [state for state in health if state.state != "ok"]
    if unwell:
        worst = min(unwell, key=lambda state: state.since)
        detail = (
            f"{len(unwell)} of {len(health)} polled sources are not well, longest {worst.key}: "
            f"{worst.state} since {worst.since:%Y-%m-%d}"
        )
        yield warning("health", detail, "`noticewatch source list` says why")


def last_success(app: Application) -> Iterator[CheckResult]:
    """How long ago a source was last read well, all of them together."""
    with app.archive() as opened:
        read = [state.last_ok for state in opened.sources.all() if state.last_ok]
    if not read:
        yield ok("last success", "no source was read yet")
        return
    newest, oldest = app.clock() - max(read), app.clock() - min(read)
    detail = f"a source was read {_ago(newest)}; the one longest not read well: {_ago(oldest)}"
    if newest > STALE:
        advice = "is `noticewatch run` running, and is there a network? See `source list`"
        yield warning("last success", detail, advice)
    else:
        yield ok("last success", detail)


def _ago(age: timedelta) -> str:
    hours = age.total_seconds() / 3600
    return f"{hours * 60:.0f} minutes ago" if hours < 2 else f"{hours:.0f} hours ago"


def service(app: Application) -> Iterator[CheckResult]:
    """Whether `run` is alive, what troubles are open, how the last self-test went."""
    from noticewatch.application.heartbeat import read_heartbeat

    vitals = read_heartbeat(app.data_dir)
    if vitals is None or not vitals.fresh:
        yield ok("service", "`noticewatch run` is not running on this archive")
    else:
        hung = [name for name, stage in vitals.stages.items() if stage["hung"]]
        detail = f"process {vitals.pid}, {vitals.rss_bytes / 2**20:.0f} MiB"
        if hung:
            yield error("service", f"{detail}; {', '.join(hung)} hang", "restart it")
        else:
            yield ok("service", detail)
    with app.archive() as opened:
        open_troubles = opened.marks.starting_with("alarm:")
        tested = json.loads(opened.marks.get("selftest") or "{}")
    for text in open_troubles.values():
        trouble = json.loads(text)
        advice = "the operators were told; it is cleared by itself when it is over"
        yield warning("trouble", f"{trouble['headline']} (since {trouble['since'][:16]})", advice)
    if tested.get("last"):
        if tested["ok"]:
            yield ok("self-test", f"passed {tested['last'][:16]}")
        else:
            advice = "run `noticewatch selftest` and do what it says"
            yield error("self-test", f"failed {tested['last'][:16]}", advice)


def backups(app: Application) -> Iterator[CheckResult]:
    dest = app.settings.backup.dest
    if dest is None:
        yield ok("backup", "none by the service (`backup.dest` is not set)")
        return
    copies = sorted(Path(dest).glob("noticewatch-*/archive.db"))
    advice = "is `noticewatch run` running at night? Try `noticewatch backup --keep 7 DEST`"
    if not copies:
        yield warning("backup", f"no copy in {dest} yet", advice)
        return
    age = datetime.now(UTC) - datetime.fromtimestamp(copies[-1].stat().st_mtime, UTC)
    detail = f"{len(copies)} copies in {dest}, the last {_ago(age)}"
    yield warning("backup", detail, advice) if age > OLD_BACKUP else ok("backup", detail)


WITHOUT_SETTINGS: tuple[Callable[[Application], Iterator[CheckResult]], ...] = (
    python,
    shadowed,
    sqlite,
)
CHECKS: tuple[Callable[[Application], Iterator[CheckResult]], ...] = (
    *WITHOUT_SETTINGS, configuration, secrets_in_file, channels, time_zone, archive, clock, disk,
    permissions, last_success, service, backups, model, translation,
)  # fmt: skip
