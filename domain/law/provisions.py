"""The provisions of an act in time: for each article and day one text, or not known.

An act's wordings (as issued, then as each later act amends it) are laid one over the other;
an article reads from the day on which a wording first has it so until the day before a later
one changes it, the act's end at the latest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from domain.text.articles import split_articles

Basis = Literal["published", "amended", "corrected", "edition"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """The whole text of an act from a day on, and the act that made it so. ``since`` is None
    where no day is known; ``left`` are orders of that act that could not be carried out."""

    text: str
    since: date | None
    basis: Basis
    source_id: int
    source_number: str | None = None
    left: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Provision:
    """One article as it reads for a time; ``until`` is the last day (inclusive). ``certain`` is
    False where an order of a later act could not be carried out on the text."""

    article: str
    text: str
    since: date | None
    until: date | None
    basis: Basis
    source_id: int
    source_number: str | None
    certain: bool = True


def provisions(wordings: Sequence[Wording], ends: date | None = None) -> list[Provision]:
    """The provisions of an act from its wordings in the order of their days; ``ends`` is the
    act's last day (inclusive)."""
    current: dict[str, Provision] = {}
    past: list[Provision] = []
    for wording in wordings:
        new = _articles(wording)
        for label in [label for label in current if label not in new]:
            past.append(_closed(current.pop(label), wording.since))
        for label, provision in new.items():
            known = current.get(label)
            if known is not None and known.text == provision.text:
                continue
            if known is not None:
                past.append(_closed(known, wording.since))
            current[label] = provision
        if wording.left:
            current = {label: replace(item, certain=False) for label, item in current.items()}
    return [*past, *(_ended(item, ends) for item in current.values())]


def _articles(wording: Wording) -> dict[str, Provision]:
    """The parts of a wording by their labels; a part without one is known by its place."""
    found: dict[str, Provision] = {}
    for place, part in enumerate(split_articles(wording.text)):
        label = part.path or part.label or f"¶{place + 1}"
        found[label] = Provision(
            article=label, text=part.text.strip(), since=wording.since, until=None,
            basis=wording.basis, source_id=wording.source_id,
            source_number=wording.source_number,
        )  # fmt: skip
    return found


def _closed(provision: Provision, changed: date | None) -> Provision:
    return replace(provision, until=None if changed is None else changed - timedelta(days=1))


def _ended(provision: Provision, ends: date | None) -> Provision:
    return provision if ends is None else replace(provision, until=ends)


def provisions_on(known: Iterable[Provision], day: date) -> list[Provision]:
    """What reads on a day; nothing of a time before the first known day."""
    return [
        item
        for item in known
        if item.since is not None
        and item.since <= day
        and (item.until is None or day <= item.until)
    ]


def consolidated_text(on_day: Sequence[Provision]) -> str:
    """The text of an act as its provisions on a day make it."""
    return "\n".join(item.text for item in on_day)
