"""Words that a page strikes through are no longer said: <s>, <del>, text-decoration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from crawler.extract.style_sheets import styled_classes

_TAGS = ("s", "strike", "del")
# color:red;text-decoration:underline line-through
_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^;]{0,200}line-through", re.I)


def empty_struck(root: Any) -> None:
    """Take the text out of what is struck; the elements stay where they are.

    Where more than half of the page is struck a tag was never closed, or all of it is void:
    then it is left as it is.
    """
    struck = list(_outermost(root, styled_classes(root, _STYLE)))
    if not struck or 2 * sum(map(_size, struck)) > _size(root):
        return
    for element in struck:
        for inside in element.iter():
            inside.text = None
            if inside is not element:
                inside.tail = None


def _outermost(root: Any, classes: frozenset[str]) -> Iterator[Any]:
    walker = etree.iterwalk(root, events=("start",))
    for _, element in walker:
        if _is_struck(element, classes):
            yield element
            walker.skip_subtree()


def _is_struck(element: Any, classes: frozenset[str]) -> bool:
    if not isinstance(element.tag, str):
        return False
    if element.tag in _TAGS:
        return True
    style = element.get("style")
    if style and "line-through" in style.lower() and _STYLE.search(style):
        return True
    return bool(classes) and not classes.isdisjoint((element.get("class") or "").split())


def _size(element: Any) -> int:
    return sum(
        len((each.text or "").strip())
        + (len((each.tail or "").strip()) if each is not element else 0)
        for each in element.iter()
        if each.tag not in {"style", "script"}
    )
