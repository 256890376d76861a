"""Tell pages that cost next to nothing to read from those that may cost anything.

What a tree costs depends on its elements, their depth and the attributes of each; all three are
bounded by counts that take no parsing, and no page can hide from.
"""

from __future__ import annotations

import re
from collections import Counter

LIGHT_CHARACTERS = 300_000
LIGHT_TAGS = 4_000
LIGHT_MARKS = 12_000  # blanks, quotes and slashes: without one no second attribute begins
LIGHT_DEPTH = 150
LIGHT_ESCAPES = 400  # tags in data that a reader of embedded pages takes out and reads

# For example <div or </span; not those that are never left open: <br, <img, <p, <li …
_NESTING = re.compile(
    r"<(/?)(?!(?:br|img|meta|link|input|hr|p|li|tr|t[dh]|option|param|source)\b)([a-zA-Z]{1,20})"
)


def is_light(html: str) -> bool:
    """Whether a page may be read here and now; others are read in a process of their own."""
    if len(html) > LIGHT_CHARACTERS or html.count("<") > LIGHT_TAGS:
        return False
    if sum(html.count(mark) for mark in ("u003c", "u003C", "&lt;", "&#60;")) > LIGHT_ESCAPES:
        return False
    marks = html.count('"') + html.count("'") + html.count("/")
    if marks > LIGHT_MARKS or marks + len(html.split()) > LIGHT_MARKS:
        return False
    return _depth(html) <= LIGHT_DEPTH


def _depth(html: str) -> int:
    """How many elements stand open at most; a parser that refuses an end tag for what stands
    between has twice as many."""
    standing: Counter[str] = Counter()
    depth = deepest = 0
    for match in _NESTING.finditer(html):
        name = match[2].lower()
        if not match[1]:
            standing[name] += 1
            depth += 1
            deepest = max(deepest, depth)
        elif standing[name]:
            standing[name] -= 1
            depth -= 1
    return deepest
