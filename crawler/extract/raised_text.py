"""Raised text of a page (``10<sup>4</sup>``) in characters that stay raised without their tag."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree

from crawler.extract.layout.mathml import mathml_text
from crawler.extract.style_sheets import styled_classes
from domain.text.raised_marks import raised

Element = Any  # lxml ships no types

# vertical-align: super
_STYLE = re.compile(r"vertical-align\s*:\s*(?:super|text-top)", re.I)
# position: relative; top: -5px, as Word's own pages lift what has no tag for it
_MOVED = re.compile(r"position\s*:\s*relative", re.I)
_UPWARDS = re.compile(r"(?<![\w-])top\s*:\s*-\s*[1-9]", re.I)
_LONGEST_LIFTED = 2
_STROKES = frozenset("/⁄∕／")
_MOST_FORMULAS, _MOST_IN_FORMULA = 2_000, 300
_MOST_INSIDE = 12  # elements in raised text
_STYLED = ("span", "font", "i", "b", "em", "strong", "small", "a")


def raise_marks(root: Element, classes: frozenset[str] = frozenset()) -> None:
    """Replace the characters of exponents and note marks by raised ones, where they stand;
    formulas become text. ``classes``: those that the page's style sheets raise."""
    for formula in list(islice(root.iter("math"), _MOST_FORMULAS)):
        _write_out(formula)
    for element in list(_raised_elements(root, classes)):
        if _is_numerator(element):
            _part_from_whole(element)
            continue
        if len(list(islice(element.iter(), _MOST_INSIDE))) == _MOST_INSIDE:
            continue  # tags that were never closed, not an exponent
        text = "".join(element.itertext())
        shown = raised(text)
        if shown != text:
            _rewrite(element, shown)


def raised_classes(root: Element) -> frozenset[str]:
    """The classes that the page's own style sheets raise."""
    return styled_classes(root, _STYLE)


def _raised_elements(root: Element, classes: frozenset[str]) -> Iterator[Element]:
    yield from root.iter("sup")
    for element in root.iter(*_STYLED):
        style = element.get("style") or ""
        named = bool(classes) and not classes.isdisjoint((element.get("class") or "").split())
        if named or _STYLE.search(style) or _is_lifted(element, style):
            yield element


def _is_lifted(element: Element, style: str) -> bool:
    """Whether a digit or two behind a number or a unit are moved up by hand."""
    if not (_MOVED.search(style) and _UPWARDS.search(style)):
        return False
    before, text = _before(element), "".join(islice(element.itertext(), _MOST_INSIDE)).strip()
    return before.isascii() and before.isalnum() and len(text) <= _LONGEST_LIFTED


def _before(element: Element) -> str:
    """The character that stands directly before an element; empty where none does."""
    neighbour, parent = element.getprevious(), element.getparent()
    text = (parent.text if neighbour is None else neighbour.tail) or ""
    return str(text[-1:])


def _write_out(formula: Element) -> None:
    """A formula of MathML as the text of its own element."""
    if len(list(islice(formula.iter(), _MOST_IN_FORMULA))) == _MOST_IN_FORMULA:
        return  # tags that were never closed
    text = mathml_text(formula)
    for inside in list(formula):
        formula.remove(inside)
    formula.text = text


def _is_numerator(element: Element) -> bool:
    """Whether a raised number stands over another one: <sup>1</sup>/<sub>3</sub>."""
    below = element.getnext()
    stroke = (element.tail or "").strip()
    return below is not None and below.tag == "sub" and stroke in _STROKES


def _part_from_whole(element: Element) -> None:
    """A blank between a whole number and the fraction behind it: 1 1/2."""
    if not _before(element).isdigit():
        return
    neighbour = element.getprevious()
    if neighbour is None:
        element.getparent().text += " "
    else:
        neighbour.tail += " "


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
