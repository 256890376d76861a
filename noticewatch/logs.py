"""The log: readable lines or JSON on standard error, and never a secret in it."""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from config.model import Settings

SHORTEST_SECRET = 6  # shorter values would black out ordinary words
_HIDDEN = "•••"
# What looks like a secret wherever it comes from: Slack's tokens and hooks, passwords in URLs.
_SHAPES = re.compile(
    r"xox[a-z]-[\w-]{8,}|xapp-[\w-]{8,}|(?<=/services/)[\w/]{12,}"
    r"|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)|(?<=[Bb]earer )[\w.~+/-]{8,}=*"
)


def secret_values(settings: Settings) -> tuple[str, ...]:
    """The values of every environment variable that the settings name."""
    names = {"SLACK_BOT_TOKEN", "SLACK_WEBHOOK_URL", settings.web.token_env}
    for channel in settings.channels.values():
        names |= {
            value for key, value in channel.model_dump().items() if key.endswith("_env") and value
        }
    values = {os.environ.get(name, "").strip() for name in names}
    return tuple(sorted((v for v in values if len(v) >= SHORTEST_SECRET), key=len, reverse=True))


def without_secrets(text: str, secrets: Iterable[str] = ()) -> str:
    for secret in secrets:
        text = text.replace(secret, _HIDDEN)
    return _SHAPES.sub(_HIDDEN, text)


class _Formatter(logging.Formatter):
    """Formats first and hides then: tracebacks and arguments are covered too."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self.secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record), self.secrets)


class _JsonFormatter(_Formatter):
    """One JSON object a line: ``at``, ``level``, ``logger``, ``message``, ``trace``."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_secrets(record.getMessage(), self.secrets),
        }
        if record.exc_info:
            line["trace"] = without_secrets(self.formatException(record.exc_info), self.secrets)
        return json.dumps(line, ensure_ascii=False)


def set_up_logging(settings: Settings | None = None, *, debug: bool = False) -> None:
    """Replace the root logger's handlers; without settings: lines from WARNING on."""
    handler = logging.StreamHandler(sys.stderr)
    secrets = secret_values(settings) if settings else ()
    as_json = settings is not None and settings.log.format == "json"
    handler.setFormatter(_JsonFormatter(secrets) if as_json else _Formatter(secrets))
    level = settings.log.level.upper() if settings else "WARNING"
    # What goes wrong on the way to Slack is told in our words, by whoever called it.
    logging.getLogger("slack_sdk").setLevel(logging.CRITICAL)
    logging.basicConfig(handlers=[handler], level="INFO" if debug else level, force=True)
