"""``noticewatch init``: the first settings file, commented, by asking or by flags."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from noticewatch.application.application import Application
from noticewatch.application.console import print_json
from noticewatch.application.errors import NoticewatchError


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What the file is made of."""

    data_dir: str = "data"
    slack_channel: str | None = None
    slack_webhook: bool = False
    emails: tuple[str, ...] = ()
    smtp_host: str | None = None
    sender: str | None = None
    operators: str | None = None
    topics: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    language: str | None = None
    backup_dir: str | None = None


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
    variables = needed_variables(answers)
    if app.json:
        print_json({"file": str(out), "environment": variables})
        return
    click.echo(f"written: {out}")
    for variable in variables:
        state = "set" if os.environ.get(variable) else "NOT set yet"
        click.echo(f"  needs the environment variable {variable} ({state})")
    click.echo("next: `noticewatch doctor`, then `noticewatch run`")


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


def needed_variables(answers: Answers) -> list[str]:
    needed = []
    if answers.slack_channel or answers.operators:
        needed.append("SLACK_BOT_TOKEN")
    if answers.slack_webhook:
        needed.append("SLACK_WEBHOOK_URL")
    return needed


# ------------------------------------------------------------------ the text


def settings_text(answers: Answers) -> str:
    """YAML with a comment for each thing that one may want to change."""
    parts = [
        "# Settings of noticewatch. Every key is optional; secrets come from the environment\n"
        "# variables named here and never stand in this file. `noticewatch doctor` checks it.",
        f"data_dir: {quoted(answers.data_dir)}          # the archive: back this folder up",
        "timezone: Asia/Shanghai   # of digests, quiet hours and dates in messages",
        "# sources_dir: my-sources  # instead of the shipped sources",
        "encoder: {model: bundled}  # or any sentence-transformers model name or folder",
        "web: {host: 127.0.0.1, port: 8000, auth: none}\n"
        "# Reachable by others: behind a proxy with auth: proxy_header, or auth: token and\n"
        "# NOTICEWATCH_WEB_TOKEN; public_url: https://… puts links into alerts.",
        "channels:\n" + "\n".join(_channels(answers)),
        "# when: immediately | daily 08:00 | weekly mon 08:00; topics and jurisdictions: all, or\n"
        "# lists such as [penalty, portal] and [CN, CN-GD].\n"
        "subscriptions:\n" + "\n".join(_subscriptions(answers)),
        f'backup: {{dest: {quoted(answers.backup_dir)}, keep: 7, at: "03:30"}}'
        if answers.backup_dir
        else '# backup: {dest: /var/backups/noticewatch, keep: 7, at: "03:30"}  # each night',
        "# keep_evidence_days: 365   # original bytes of irrelevant notices; texts always stay",
        "log: {format: lines, level: warning}  # or json",
        'selftest: "weekly mon 09:00"  # a canary to the operators\' channel; or never',
    ]
    return "\n\n".join(parts) + "\n"


def quoted(text: str) -> str:
    """A YAML scalar, whatever the text holds."""
    import json

    return json.dumps(text, ensure_ascii=False)


def _channels(answers: Answers) -> list[str]:
    lines = []
    if answers.slack_channel:
        lines.append(
            "  compliance: {type: slack, token_env: SLACK_BOT_TOKEN, "
            f"channel: {quoted(answers.slack_channel)}}}"
        )
    if answers.slack_webhook:
        lines.append("  hook: {type: slack_webhook, url_env: SLACK_WEBHOOK_URL}")
    if answers.emails:
        host = answers.smtp_host or "localhost"
        sender = answers.sender or answers.emails[0]
        to = ", ".join(quoted(address) for address in answers.emails)
        security = "none" if host == "localhost" else "starttls"
        lines.append(
            f"  digest:\n    type: email\n    host: {quoted(host)}\n"
            f"    port: {25 if host == 'localhost' else 587}\n"
            f"    security: {security}   # none | starttls | tls\n    sender: {quoted(sender)}\n"
            f"    to: [{to}]\n    # user_env: SMTP_USER\n    # password_env: SMTP_PASSWORD"
        )
    if not lines:
        lines.append("  terminal: {type: terminal}")
    if answers.operators:
        lines.append(
            "  operators: {type: slack, token_env: SLACK_BOT_TOKEN, "
            f"channel: {quoted(answers.operators)}, purpose: health}}"
        )
    else:
        lines.append(
            "  # operators: {type: slack, token_env: SLACK_BOT_TOKEN, channel: C0OPS, "
            "purpose: health}"
        )
    return lines


def _subscriptions(answers: Answers) -> list[str]:
    topics = f"[{', '.join(quoted(t) for t in answers.topics)}]" if answers.topics else "all"
    places = answers.jurisdictions
    where = f"[{', '.join(quoted(place) for place in places)}]" if places else "all"
    rest = f"topics: {topics}, jurisdictions: {where}, language: {answers.language or 'both'}"
    lines = []
    for name, wanted in (
        ("compliance", answers.slack_channel), ("hook", answers.slack_webhook),
    ):  # fmt: skip
        if wanted:
            lines.append(f"  - {{channel: {name}, {rest}, when: immediately}}")
    if answers.emails:
        lines.append(f'  - {{channel: digest, {rest}, when: "weekly mon 08:00"}}')
    return lines or [f"  - {{channel: terminal, {rest}, when: immediately}}"]
