"""Raised text of a page (``10<sup>4</sup>``) in characters that stay raised without their tag."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree

from domain.text.raised_marks import raised

Element = Any  # lxml ships no types

# vertical-align: super
_STYLE = re.compile(r"vertical-align\s*:\s*(?:super|text-top)", re.I)
_MOST_INSIDE = 12  # elements in raised text
_STYLED = ("span", "font", "i", "b", "em", "strong", "small", "a")


def raise_marks(root: Element) -> None:
    """Replace the characters of exponents and note marks by raised ones, where they stand."""
    for element in _raised_elements(root):
        if len(list(islice(element.iter(), _MOST_INSIDE))) == _MOST_INSIDE:
            continue  # tags that were never closed, not an exponent
        text = "".join(element.itertext())
        shown = raised(text)
        if shown != text:
            _rewrite(element, shown)


def _raised_elements(root: Element) -> Iterator[Element]:
    yield from root.iter("sup")
    yield from (base[1] for base in root.iter("msup") if len(base) == 2)
    for element in root.iter(*_STYLED):
        if _STYLE.search(element.get("style") or ""):
            yield element


def _rewrite(element: Element, text: str) -> None:
    """Put a text of the same length in the place of an element's own, node by node."""
    position = 0
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start" and node.text:
            size = len(node.text)
            node.text = text[position : position + size]
            position += size
        elif event == "end" and node is not element and node.tail:
            size = len(node.tail)
            node.tail = text[position : position + size]
            position += size
