"""Facts scored by exact value: a fine of 5,000 to 20,000 yuan is not one of 5,000 to 30,000."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from classifier.facts import extract_facts_from_text

# What makes two values of a kind the same; what stands beside it (who, trigger, offence) does not.
_CORE: Mapping[str, tuple[str, ...]] = {
    "deadline": ("duration", "working_days", "date", "yearly"),
    "fine": ("min", "max", "basis"),
    "portal": ("name", "url"),
    "code_format": ("length", "charset"),
    "data_field": ("name", "type", "length", "mandatory"),
    "threshold": ("parameter", "comparator", "value", "unit"),
    "repeals": ("title",),
    "implements": ("title",),
    "cites": ("title",),
}
_DATES = ("effective_date", "expiry_date", "comment_deadline")
Key = tuple[Any, ...]


def score_facts(lines: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """Precision, recall and support of each kind over the lines that hold ``facts``; the three
    kinds of dates also together. A value that a line states twice counts once."""
    counted: dict[str, list[int]] = {}
    for line in lines:
        if not isinstance(line.get("facts"), list):
            continue
        wanted = {fact_key(fact["kind"], fact["value"]) for fact in line["facts"]}
        scored = {str(kind) for kind, *_ in wanted} | {"deadline", "fine", *_DATES}
        found = {key for key in found_keys(line) if key[0] in scored}
        for names, key in _groups(wanted | found):
            for name in names:
                hit, missed, extra = counted.setdefault(name, [0, 0, 0])
                counted[name] = [
                    hit + (key in wanted and key in found),
                    missed + (key not in found),
                    extra + (key not in wanted),
                ]
    return {name: _measures(*counts) for name, counts in sorted(counted.items())}


def found_keys(line: Mapping[str, Any]) -> set[Key]:
    """What the readers find in a line's title and text, by kind and core value."""
    published = line.get("published")
    facts = extract_facts_from_text(
        line.get("text") or "",
        line.get("title") or "",
        published=date.fromisoformat(published) if published else None,
    )
    return {fact_key(str(fact.kind), fact.value.to_json()) for fact in facts}


def fact_key(kind: str, value: Any) -> Key:
    """A kind and the part of its value that must be right."""
    if not isinstance(value, Mapping):
        return kind, value
    names = _CORE.get(kind, tuple(sorted(value)))
    if kind == "fine" and value.get("basis") == "per_unit":
        names = (*names, "on")
    return kind, *(value.get(name) for name in names)


def _groups(keys: Iterable[Key]) -> Iterable[tuple[tuple[str, ...], Key]]:
    for key in keys:
        yield ((key[0], "dates") if key[0] in _DATES else (key[0],)), key


def _measures(hit: int, missed: int, extra: int) -> dict[str, float]:
    return {
        "precision": round(hit / (hit + extra), 4) if hit + extra else 0.0,
        "recall": round(hit / (hit + missed), 4) if hit + missed else 0.0,
        "support": hit + missed,
    }
