"""The log: readable lines or JSON on standard error, and never a secret in it."""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from config.machines.archive_secret import PASSWORD_VARIABLE

if TYPE_CHECKING:
    from config.model import Settings

Secrets = Callable[[], tuple[str, ...]]

SHORTEST_SECRET = 6  # shorter values would black out ordinary words
_HIDDEN = "•••"
_PERSON = re.compile(
    r"[^\s:]+:(?:reader|editor|viewer|analyst|approver|admin):(\S+)"
)  # an entry of web.people_env
# What looks like a secret wherever it comes from: Slack's tokens and hooks, passwords in URLs.
_SHAPES = re.compile(
    r"xox[a-z]-[\w-]{8,}|xapp-[\w-]{8,}|(?<=/services/)[\w/]{12,}"
    r"|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)|(?<=[Bb]earer )[\w.~+/-]{8,}=*"
)


def secret_values(settings: Settings) -> tuple[str, ...]:
    """The values of every environment variable that the settings name, and of the archive's."""
    names = {*_variables(settings.model_dump()), PASSWORD_VARIABLE}
    values = {os.environ.get(name, "").strip() for name in names}
    values |= {secret for value in values for secret in _PERSON.findall(value)}
    return tuple(sorted((v for v in values if len(v) >= SHORTEST_SECRET), key=len, reverse=True))


def _variables(value: object) -> Iterator[str]:
    """The names of environment variables anywhere in dumped settings: keys ending in _env."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key.endswith("_env") and isinstance(inner, str):
                yield inner
            else:
                yield from _variables(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _variables(inner)


def without_secrets(text: str, secrets: Iterable[str] = ()) -> str:
    for secret in secrets:
        text = text.replace(secret, _HIDDEN)
    return _SHAPES.sub(_HIDDEN, text)


class _Formatter(logging.Formatter):
    """Formats first and hides then: tracebacks and arguments are covered too."""

    def __init__(self, secrets: Secrets) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = secrets

    @cached_property
    def secrets(self) -> tuple[str, ...]:
        return self._secrets()

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


def set_up_logging(
    settings: Settings | None = None, *, secrets: Secrets = tuple, debug: bool = False
) -> None:
    """With settings: as they say, in place of what was set up before. Without: lines from
    WARNING on, and ``secrets`` is asked for when the first line is written."""
    handler = logging.StreamHandler(sys.stderr)
    hide: Secrets = secrets if settings is None else partial(secret_values, settings)
    as_json = settings is not None and settings.log.format == "json"
    handler.setFormatter(_JsonFormatter(hide) if as_json else _Formatter(hide))
    level = settings.log.level.upper() if settings else "WARNING"
    # What goes wrong on the way to Slack is told in our words, by whoever called it.
    logging.getLogger("slack_sdk").setLevel(logging.CRITICAL)
    logging.basicConfig(
        handlers=[handler], level="INFO" if debug else level, force=settings is not None
    )
