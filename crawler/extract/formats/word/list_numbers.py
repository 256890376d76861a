"""The numbers that a word processor writes before the paragraphs of a list.

The counting is the same for .docx and .doc; each reader makes the :class:`ListLevel` of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crawler.extract.formats.word.number_words import number_text

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")  # 第%1条, %1.%2
# after these no blank stands in print: （一）未备案的
_CLOSED = "、．。）】〕，：—"

_HEADINGS = "条章节编"  # where articles are told from their text by a blank


@dataclass(frozen=True, kw_only=True, slots=True)
class ListLevel:
    """How one level of a list counts and looks; ``text`` has %1 for the first level's number."""

    text: str = ""
    style: str = "decimal"
    start: int = 1
    joint: str = " "
    legal: bool = False  # all numbers decimal, also those of the levels above
    restart: int | None = None  # 0: never anew; n: behind a paragraph of level n or above it
    hidden: bool = False
    paragraph_style: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberedList:
    """A list as paragraphs name it: lists of one ``family`` share their counters."""

    family: str
    levels: Sequence[ListLevel]
    starts: Mapping[int, int] = field(default_factory=dict)  # set when the list is first used


class ListCounter:
    """Counts the paragraphs of a document's lists in the order they are given."""

    def __init__(self) -> None:
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def next(self, key: str, numbered: NumberedList, level: int) -> str:
        """The text before the next paragraph of a list's level, with the blank behind it."""
        counts = self._counts.setdefault(numbered.family, [None] * LEVELS)
        self._count(counts, key, numbered, level)
        shown = numbered.levels[level]
        if shown.hidden or shown.style == "bullet":
            return ""

        def number(place: re.Match[str]) -> str:
            other = int(place[1]) - 1
            if other >= len(numbered.levels) or other > level:
                return ""
            each = numbered.levels[other]
            count = counts[other]
            value = each.start if count is None else count
            return number_text(value, "decimal" if shown.legal else each.style)

        return with_joint(_PLACE.sub(number, shown.text), shown.joint)

    def _count(
        self, counts: list[int | None], key: str, numbered: NumberedList, level: int
    ) -> None:
        count = counts[level]
        if level in numbered.starts and (key, level) not in self._begun:
            counts[level] = numbered.starts[level]
        else:
            counts[level] = numbered.levels[level].start if count is None else count + 1
        self._begun.add((key, level))
        for below in range(level + 1, len(numbered.levels)):
            restart = numbered.levels[below].restart
            if restart is None or level < restart:
                counts[below] = None


def with_joint(text: str, joint: str = " ") -> str:
    """A number with what stands between it and the paragraph."""
    if not text or text[-1] in _CLOSED:
        return text
    return text + (" " if text[-1] in _HEADINGS else joint)
