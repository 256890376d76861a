"""The text of a first settings file, with a comment for each thing that one may want to change."""

from __future__ import annotations

import json
from dataclasses import dataclass


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


def needed_variables(answers: Answers) -> list[str]:
    needed = []
    if answers.slack_channel or answers.operators:
        needed.append("SLACK_BOT_TOKEN")
    if answers.slack_webhook:
        needed.append("SLACK_WEBHOOK_URL")
    return needed


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
        "# people:   # who may own and close acts, and whose clicks in Slack count\n"
        "#   - {id: anna, name: Anna Keller, slack: U0123ABCD, mail: a@x.example, role: approver}",
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
    return json.dumps(text, ensure_ascii=False)


def _channels(answers: Answers) -> list[str]:
    lines = []
    if answers.slack_channel:
        lines.append(
            "  compliance: {type: slack, token_env: SLACK_BOT_TOKEN, "
            f"channel: {quoted(answers.slack_channel)}}}\n"
            "  # with app_token_env: SLACK_APP_TOKEN it has buttons, forms and /noticewatch"
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
