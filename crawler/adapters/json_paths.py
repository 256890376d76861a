"""Evaluate paths into JSON answers, as the platform files write them.

Names with dots; ``[]`` goes through a list, ``[0]`` takes one entry, ``.json()`` parses a
string as JSON, ``|`` separates alternatives of which the first that yields something counts.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from domain.records.reason import Reason, reason

_STEP = re.compile(r"\.?json\(\)|\[\d*\]|[^.\[\]]+")
_TAG = re.compile(r"<[^<>]*>")
_PLACE = re.compile(r"\{([^{}]+)\}")


def find_all(value: Any, path: str) -> list[Any]:
    """Everything a path leads to; empty strings and None do not count as something."""
    for alternative in path.split("|"):
        found = [item for item in _walk([value], alternative.strip()) if item not in (None, "")]
        if found:
            return found
    return []


def find(value: Any, path: str) -> Any:
    """The first thing a path leads to, or None."""
    return next(iter(find_all(value, path)), None)


def find_text(value: Any, path: str) -> str:
    """The same as text without tags, entities and needless white space."""
    found = find(value, path)
    return clean_value(str(found)) if isinstance(found, str | int | float) else ""


def fill(template: str, value: Any) -> str:
    """``{path}`` placeholders replaced by what they lead to."""
    return _PLACE.sub(lambda match: find_text(value, match[1]), template)


def shape(value: Any, most: int = 12) -> Reason:
    """The names in a JSON value, those inside its objects with dots: what a path may lead to."""
    if isinstance(value, str):
        return reason("shape.text", text=repr(value[:40]))
    if isinstance(value, list):
        return reason("shape.list") if value else reason("shape.empty_list")
    if not isinstance(value, Mapping):
        return reason("shape.only", value=repr(value))
    names: list[str] = []
    for name, inner in value.items():
        deeper = list(inner) if isinstance(inner, Mapping) else []
        names += [f"{name}.{each}" for each in deeper] or [
            f"{name}[]" if isinstance(inner, list) else str(name)
        ]
    listed = ", ".join(names[:most]) + (" …" if len(names) > most else "")
    return reason("shape.names", names=listed)


def clean_value(text: str) -> str:
    """A text out of JSON without tags, entities and runs of blanks."""
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def _walk(values: Iterable[Any], path: str) -> list[Any]:
    current = list(values)
    for step in _STEP.findall(path):
        current = [item for value in current for item in _take(value, step)]
    return current


def _take(value: Any, step: str) -> list[Any]:
    if step.endswith("json()"):
        try:
            return [json.loads(value)] if isinstance(value, str) else []
        except (ValueError, RecursionError):
            return []
    if step == "[]":
        return value if isinstance(value, list) else []
    if step.startswith("["):
        index = int(step[1:-1])
        return [value[index]] if isinstance(value, list) and index < len(value) else []
    return [value[step]] if isinstance(value, Mapping) and step in value else []
