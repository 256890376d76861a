"""A page as the optical reader reads it: characters with their likeness, and ruling lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from crawler.extract.layout.page_content import Glyph, PageContent, Rule
from domain.text.compatibility import plain_characters

SURE = 0.95  # a character that is less likely than this is marked
_DESCENT = 0.12  # of the type's size, below the base line


class ScannedChar(NamedTuple):
    """A character, its place along the line in points, and how likely it is."""

    text: str
    left: float
    right: float
    likely: float
    after_blank: bool = False


class ScannedLine(NamedTuple):
    """Characters of one line of writing; ``base`` is where they stand."""

    base: float
    size: float
    chars: tuple[ScannedChar, ...]

    @property
    def text(self) -> str:
        return "".join(char.text for char in self.chars)


@dataclass(frozen=True, kw_only=True, slots=True)
class ScannedPage:
    """What the reader found on one page, in points from its upper left as a person holds it."""

    width: float
    height: float
    lines: tuple[ScannedLine, ...]
    rules: tuple[Rule, ...] = ()
    strikes: tuple[Rule, ...] = ()  # run through text that is no longer said

    def glyphs(self) -> Iterator[Glyph]:
        """The characters for the layout; a line that a ruling line crosses is two."""
        run = 0
        for line in self.lines:
            run += 1
            before: ScannedChar | None = None
            for char in line.chars:
                if before is not None and self._parted(before, char, line):
                    run += 1
                yield _glyph(char, line, run)
                before = char

    def _parted(self, before: ScannedChar, char: ScannedChar, line: ScannedLine) -> bool:
        one, other = (before.left + before.right) / 2, (char.left + char.right) / 2
        middle = line.base - line.size / 2
        return any(
            one < rule.left < other and rule.top <= middle <= rule.bottom
            for rule in self.rules
            if not rule.is_level
        )

    def content(self) -> PageContent:
        return PageContent(
            width=self.width, height=self.height, glyphs=tuple(self.glyphs()),
            rules=self.rules, strikes=self.strikes,
        )  # fmt: skip

    def dumps(self) -> str:
        """As JSON, places to a tenth of a point."""
        lines = [
            [
                round(line.base, 1),
                round(line.size, 1),
                [
                    [c.text, round(c.left, 1), round(c.right, 1), round(c.likely, 3), c.after_blank]
                    for c in line.chars
                ],
            ]
            for line in self.lines
        ]
        data = {
            "width": self.width, "height": self.height, "lines": lines,
            "rules": _rounded(self.rules), "strikes": _rounded(self.strikes),
        }  # fmt: skip
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))

    @staticmethod
    def loads(text: str) -> ScannedPage:
        data = json.loads(text)
        return ScannedPage(
            width=data["width"],
            height=data["height"],
            lines=tuple(
                ScannedLine(base, size, tuple(ScannedChar(*char) for char in chars))
                for base, size, chars in data["lines"]
            ),
            rules=tuple(Rule(*rule) for rule in data["rules"]),
            strikes=tuple(Rule(*rule) for rule in data.get("strikes", ())),
        )


def _rounded(rules: Sequence[Rule]) -> list[list[float]]:
    return [[round(end, 1) for end in rule] for rule in rules]


def _glyph(char: ScannedChar, line: ScannedLine, run: int) -> Glyph:
    bottom = line.base + _DESCENT * line.size
    return Glyph(
        plain_characters(char.text), char.left, bottom - line.size, char.right, bottom,
        char.left, line.base, line.size, 0, char.after_blank, False, run,
    )  # fmt: skip


def unsure_spans(text: str, pages: Sequence[ScannedPage]) -> tuple[tuple[int, int], ...]:
    """Which characters of a text come from unlikely ones of these pages: starts and ends.

    A line of the page stands unbroken in the text, blanks aside; where it does not (a table
    parts it), the characters around the unlikely one are looked for. More rather than fewer
    are marked where the same words stand in several places.
    """
    places = [place for place, char in enumerate(text) if not char.isspace()]
    bare = "".join(text[place] for place in places)
    found: set[int] = set()
    for page in pages:
        for line in page.lines:
            for number in _unsure_in(line):
                found.update(places[at] for at in _occurrences(bare, line, number))
    return _as_spans(sorted(found))


def _unsure_in(line: ScannedLine) -> list[int]:
    """The unlikely characters that say something: punctuation is none."""
    return [n for n, char in enumerate(line.chars) if char.likely < SURE and char.text.isalnum()]


def _occurrences(bare: str, line: ScannedLine, number: int) -> Iterator[int]:
    """Where the text holds this character of the line, by the widest context that it holds."""
    whole = plain_characters(line.text)
    for reach in (len(whole), 6, 3, 1, 0):
        start = max(0, number - reach)
        part = whole[start : number + reach + 1]
        at = bare.find(part)
        if at < 0:
            continue
        while at >= 0:
            yield at + number - start
            at = bare.find(part, at + 1)
        return


def _as_spans(places: Sequence[int]) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    for place in places:
        if spans and spans[-1][1] == place:
            spans[-1] = (spans[-1][0], place + 1)
        else:
            spans.append((place, place + 1))
    return tuple(spans)
