"""Write the first settings file, by asking or by flags."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from noticewatch.application.application import Application
from noticewatch.application.console import print_json
from noticewatch.application.user_errors import NoticewatchError
from noticewatch.cli.ours.entities_text import EXAMPLE_FILE, write_example
from noticewatch.cli.settings_text import Answers, needed_variables, settings_text

MANIFEST_FILE = "slack-app.json"


def write_settings(app: Application, *, out: Path, force: bool, yes: bool, **given: Any) -> None:
    """Write the file, having loaded it first: what does not load is never written."""
    out = app.config or out
    if out.exists() and not force:
        raise NoticewatchError(f"{out} is there already; --force overwrites it")
    answers = Answers(**given, data_dir=str(app.data_dir_option or "data"))
    if not yes and not any(given.values()) and sys.stdin.isatty():
        answers = ask(answers)
    text = settings_text(answers)
    _write_checked(out, text)
    example = write_example(out.with_name(EXAMPLE_FILE))
    manifest = _write_manifest(out) if answers.slack_channel or answers.operators else None
    variables = needed_variables(answers)
    if app.json:
        print_json({"file": str(out), "environment": variables})
        return
    click.echo(f"written: {out}")
    click.echo(f"written: {example} (your companies: fill it in and call it entities.yml)")
    if manifest:
        click.echo(f"written: {manifest} (paste it at https://api.slack.com/apps, From a manifest)")
    for variable in variables:
        state = "set" if os.environ.get(variable) else "NOT set yet"
        click.echo(f"  needs the environment variable {variable} ({state})")
    click.echo("next: `noticewatch doctor`, then `noticewatch run`")


def _write_manifest(out: Path) -> Path:
    """The Slack app as Slack's own form wants it, beside the settings."""
    import json

    from notifier.slack.app_manifest import app_manifest

    path = out.with_name(MANIFEST_FILE)
    path.write_text(json.dumps(app_manifest(None), indent=2) + "\n", encoding="utf-8")
    return path


def _write_checked(out: Path, text: str) -> None:
    """Beside the place first: a file that does not load leaves nothing behind."""
    from config.loader import ConfigError, load_settings

    part = out.with_name(f".{out.name}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, encoding="utf-8")
        load_settings(part)
        part.replace(out)
    except ConfigError as error:
        raise NoticewatchError(str(error).replace(part.name, out.name, 1)) from error
    except OSError as error:
        raise NoticewatchError(f"{out} cannot be written: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)


def ask(answers: Answers) -> Answers:
    """The questions, each with a default that is good for a first look."""
    say: Callable[..., Any] = click.prompt
    click.echo("An empty answer leaves a thing out; everything can be changed in the file.")
    data_dir = say("Folder for the archive", default=answers.data_dir)
    slack = say("Slack channel ID for alerts (C…)", default="", show_default=False)
    operators = say("Slack channel ID for operators", default="", show_default=False)
    mail = say("E-mail address for the weekly digest", default="", show_default=False)
    host = sender = None
    if mail:
        host = say("Mail server", default="localhost")
        sender = say("Sender address", default=mail)
    language = say("Language", type=click.Choice(["en", "zh", "both"]), default="both")
    backup = say("Folder for nightly backups", default="", show_default=False)
    return replace(
        answers, data_dir=data_dir, slack_channel=slack or None, operators=operators or None,
        emails=(mail,) if mail else (), smtp_host=host, sender=sender, language=language,
        backup_dir=backup or None,
    )  # fmt: skip
