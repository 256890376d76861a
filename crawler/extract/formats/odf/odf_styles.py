"""What the styles of an OpenDocument file decide about its text: hidden, struck, numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from crawler.extract.formats.word.list_numbers import LEVELS, ListLevel

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_LIBRE_OFFICE = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_MOST_PARENTS = 30
# the first of the characters that a format counts with, as LibreOffice writes it: "一, 二, 三, ..."
_FORMATS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "一": "chineseCountingThousand", "壹": "chineseLegalSimplified", "甲": "ideographTraditional",
    "子": "ideographZodiac", "①": "decimalEnclosedCircle", "１": "decimalFullWidth",
    "㊀": "ideographEnclosedCircle", "⑴": "decimalEnclosedParen", "⒈": "decimalEnclosedFullstop",
}  # fmt: skip
_PLACE = re.compile(r"%(\d)%")


class OdfStyles:
    """The styles of a document's content and of its templates, by name."""

    def __init__(self, *roots: Any) -> None:
        self._styles: dict[tuple[str, str], Any] = {}
        self._lists: dict[str, list[ListLevel]] = {}
        self.outline: list[ListLevel] = []
        for root in roots:
            for style in root.iter(f"{STYLE}style"):
                key = (style.get(f"{STYLE}family") or "", style.get(f"{STYLE}name") or "")
                self._styles.setdefault(key, style)
            for style in root.iter(f"{TEXT}list-style"):
                self._lists.setdefault(style.get(f"{STYLE}name") or "", _levels(style))
            for style in root.iter(f"{TEXT}outline-style"):
                self.outline = self.outline or _levels(style)
        self.is_unseen = cache(self._is_unseen)
        self.is_raised = cache(self._is_raised)

    def list_levels(self, name: str) -> list[ListLevel]:
        return self._lists.get(name, [])

    def is_hidden_table(self, name: str) -> bool:
        return any(
            each.get(f"{TABLE}display") == "false"
            for style in self._chain("table", name)
            for each in style.iterchildren(f"{STYLE}table-properties")
        )

    def _is_unseen(self, family: str, name: str) -> bool:
        """Whether the text of a style is hidden or struck."""
        struck = self._text_property(family, name, f"{STYLE}text-line-through-style")
        twice = self._text_property(family, name, f"{STYLE}text-line-through-type")
        hidden = self._text_property(family, name, f"{TEXT}display")
        return hidden == "none" or struck not in {"", "none"} or twice not in {"", "none"}

    def _is_raised(self, family: str, name: str) -> bool:
        place = self._text_property(family, name, f"{STYLE}text-position").split(" ")[0]
        return place == "super" or (place.endswith("%") and place[0] not in "-0")

    def _text_property(self, family: str, name: str, key: str) -> str:
        for style in self._chain(family, name):
            for each in style.iterchildren(f"{STYLE}text-properties"):
                if (value := each.get(key)) is not None:
                    return str(value)
        return ""

    def _chain(self, family: str, name: str) -> Iterator[Any]:
        for _ in range(_MOST_PARENTS):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.get(f"{STYLE}parent-style-name") or ""


def _levels(style: Any) -> list[ListLevel]:
    levels = [ListLevel(style="none")] * LEVELS
    for each in style:
        number = each.get(f"{TEXT}level") or ""
        if number.isascii() and number.isdigit() and 0 < int(number) <= LEVELS:
            levels[int(number) - 1] = _level(each, int(number))
    return levels


def _level(element: Any, number: int) -> ListLevel:
    code = element.get(f"{STYLE}num-format") or ""
    if not code or element.tag == f"{TEXT}list-level-style-bullet":
        return ListLevel(style="bullet")
    start = element.get(f"{TEXT}start-value") or "1"
    return ListLevel(
        text=_text(element, number),
        style=_FORMATS.get(code[0], "decimal"),
        start=int(start) if start.isascii() and start.isdigit() else 1,
    )


def _text(element: Any, number: int) -> str:
    """第%1条 from what stands before, between and behind the numbers."""
    whole = element.get(f"{_LIBRE_OFFICE}num-list-format")
    if whole:
        return _PLACE.sub(r"%\1", whole)
    shown = element.get(f"{TEXT}display-levels") or "1"
    count = min(int(shown), number) if shown.isascii() and shown.isdigit() else 1
    places = ".".join(f"%{each}" for each in range(number - count + 1, number + 1))
    before, behind = element.get(f"{STYLE}num-prefix"), element.get(f"{STYLE}num-suffix")
    return f"{before or ''}{places}{behind or ''}"
