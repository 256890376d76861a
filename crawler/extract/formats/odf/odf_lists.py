"""The numbers of lists and headings of an OpenDocument text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from crawler.extract.formats.odf.odf_styles import TEXT, OdfStyles
from crawler.extract.formats.word.list_numbers import LEVELS, ListCounter, NumberedList

_LIST, _ITEM, _HEADING = f"{TEXT}list", f"{TEXT}list-item", f"{TEXT}h"
_ID = "{http://www.w3.org/XML/1998/namespace}id"


class OdfLists:
    """Counts the paragraphs of lists as they are asked for, in order."""

    def __init__(self, styles: OdfStyles) -> None:
        self._styles = styles
        self._counter = ListCounter()
        self._families: dict[Any, str] = {}  # of lists, by their elements
        self._of_style: dict[str, str] = {}
        self._of_id: dict[str, str] = {}

    def label(self, paragraph: Any) -> str:
        """The number of a paragraph with the blank behind it, '' for one without; counts it."""
        item = paragraph.getparent()
        if item is not None and item.tag == _ITEM:
            first = next(iter(item.iterchildren(f"{TEXT}p", _HEADING)), None)
            return self._item_label(item) if first is paragraph else ""
        if paragraph.tag == _HEADING and paragraph.get(f"{TEXT}is-list-header") != "true":
            return self._heading_label(paragraph)
        return ""

    def _heading_label(self, heading: Any) -> str:
        level = _number(heading.get(f"{TEXT}outline-level"), 1) - 1
        levels = self._styles.outline
        if not levels or not 0 <= level < LEVELS or not levels[level].text:
            return ""
        return self._counter.next("outline", NumberedList(family="outline", levels=levels), level)

    def _item_label(self, item: Any) -> str:
        lists = list(item.iterancestors(_LIST))
        level = len(lists) - 1
        names = (each.get(f"{TEXT}style-name") or "" for each in lists)
        style = next((name for name in names if name), "")
        levels = self._styles.list_levels(style)
        if not 0 <= level < len(levels):
            return ""
        family = self._family(lists[-1], style)
        start = item.get(f"{TEXT}start-value")
        numbered = NumberedList(family=family, levels=levels)
        key = family
        if start is not None:
            numbered = replace(numbered, starts={level: _number(start, 1)})
            key = f"{family} {id(item)}"
        return self._counter.next(key, numbered, level)

    def _family(self, outermost: Any, style: str) -> str:
        """Lists that go on share their counters; another list of a style begins anew."""
        if outermost not in self._families:
            before = self._of_id.get(outermost.get(f"{TEXT}continue-list") or "", "")
            if not before and outermost.get(f"{TEXT}continue-numbering") == "true":
                before = self._of_style.get(style, "")
            family = before or f"{style} {len(self._families)}"
            self._families[outermost] = family
            self._of_style[style] = family
            if identity := outermost.get(_ID):
                self._of_id[identity] = family
        return self._families[outermost]


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else default
