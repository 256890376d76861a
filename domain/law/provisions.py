"""The provisions of an act in time: for each article and day one text, or not known.

An act's wordings (as issued, then as each later act or correction makes it) are laid one over
the other; an article reads from the day on which a wording first has it so until the day before a
later one changes it, the act's end at the latest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from domain.text.articles import provision_number, split_articles

# 特此公告。, 天津海关, 2024年4月10日.
_CLOSES = re.compile(
    r"特此(?:公告|通知|通告|通报|函复|批复|函告|复函)[。.]?|此复[。.]?|\d{4}年\d{1,2}月\d{1,2}日"
    r"|[\u4e00-\u9fff\u3000 ]{2,60}(?:部|委|局|厅|署|院|会|关|办|政府|办公室|总局)"
)
Basis = Literal["published", "amended", "corrected", "edition"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """The whole text of an act from a day on, and the act that made it so. ``since`` is None
    where no day is known; ``left`` are orders of that act that could not be carried out,
    ``doubtful`` the articles that they may have changed (``unplaced``: it may be any),
    ``replaced`` those that it words anew, ``moved`` the new number of each that moved."""

    text: str
    since: date | None
    basis: Basis
    source_id: int
    source_number: str | None = None
    left: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    unplaced: bool = False
    replaced: tuple[str, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Provision:
    """One article as it reads for a time; ``until`` is the last day (inclusive). ``certain`` is
    False where an order of a later act could not be carried out on it: ``text`` is then what it
    read before, and what it reads is not known."""

    article: str
    text: str
    since: date | None
    until: date | None
    basis: Basis
    source_id: int
    source_number: str | None
    certain: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleDays:
    """From which day an article has effect later than its act, and its last day (inclusive)
    where it ends before it; by its number in any spelling (:func:`provision_number`)."""

    first: Mapping[str, date]
    last: Mapping[str, date]


_EVERY_DAY = ArticleDays(first={}, last={})


def provisions(
    wordings: Sequence[Wording], ends: date | None = None, days: ArticleDays = _EVERY_DAY
) -> list[Provision]:
    """The provisions of an act from its wordings in the order of their days; ``ends`` is the
    act's last day (inclusive)."""
    current: dict[str, Provision] = {}
    past: list[Provision] = []
    for wording in wordings:
        new = _articles(wording)
        doubted = {
            wording.moved.get(label, label) for label, item in current.items() if not item.certain
        }
        for label in [label for label in current if label not in new]:
            past.append(_closed(current.pop(label), wording.since))
        for label, provision in new.items():
            known = current.get(label)
            certain = label not in doubted or label in wording.replaced
            if known is not None and (known.text, known.certain) == (provision.text, certain):
                continue
            if known is not None:
                past.append(_closed(known, wording.since))
            current[label] = replace(provision, certain=certain)
        if wording.unplaced or wording.doubtful:
            past += _doubted(current, wording)
    found = [*past, *(_ended(item, ends) for item in current.values())]
    return [_within(item, days) for item in found]


def _doubted(current: dict[str, Provision], wording: Wording) -> list[Provision]:
    """Mark what an order that did not fit may have changed; how those articles read before."""
    before = []
    for label, item in list(current.items()):
        if not (wording.unplaced or label in wording.doubtful) or not item.certain:
            continue
        if item.since != wording.since:
            before.append(_closed(item, wording.since))
        current[label] = replace(
            item, certain=False, since=wording.since, source_id=wording.source_id,
            source_number=wording.source_number,
        )  # fmt: skip
    return before


def _articles(wording: Wording) -> dict[str, Provision]:
    """The parts of a wording by their labels."""
    return {
        label: Provision(
            article=label, text=text, since=wording.since, until=None, basis=wording.basis,
            source_id=wording.source_id, source_number=wording.source_number,
        )
        for label, text in labelled_parts(wording.text).items()
    }  # fmt: skip


def labelled_parts(text: str) -> dict[str, str]:
    """The parts of a text by their labels (第五条, 二、 with its items); a part without one is
    known by its place (¶1), as is a number that comes again below another heading."""
    found: dict[str, str] = {}
    last = ""
    for place, part in enumerate(split_articles(text)):
        if part.path != part.label and last:  # （一） belongs to its 一、
            found[last] += f"\n{part.text.strip()}"
            continue
        label = part.label or f"¶{place + 1}"
        if label in found:
            label = f"{label}¶{place + 1}"
        found[label] = part.text.strip()
        last = label
    if last:
        found[last] = _without_closing(found[last])
    return found


def _without_closing(text: str) -> str:
    """The last part of a text without what closes the page: 特此公告, who signs, the day."""
    lines = text.split("\n")
    while len(lines) > 1 and (not lines[-1].strip() or _CLOSES.fullmatch(lines[-1].strip())):
        lines.pop()
    return "\n".join(lines)


def article_labels(text: str) -> list[str]:
    """The labels of a text's parts in their order."""
    return list(labelled_parts(text))


def _closed(provision: Provision, changed: date | None) -> Provision:
    return replace(provision, until=None if changed is None else changed - timedelta(days=1))


def _ended(provision: Provision, ends: date | None) -> Provision:
    return provision if ends is None else replace(provision, until=ends)


def _within(item: Provision, days: ArticleDays) -> Provision:
    number = provision_number(item.article)
    first, last = days.first.get(number), days.last.get(number)
    if first is not None and item.since is not None and item.since < first:
        item = replace(item, since=first)
    if last is not None and (item.until is None or item.until > last):
        item = replace(item, until=last)
    return item


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
