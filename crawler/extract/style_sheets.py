"""Line breaks that a page's own style sheet shows (``.text {white-space: pre-wrap}``)."""

from __future__ import annotations

import re
from typing import Any

from cssselect import SelectorError
from lxml.cssselect import CSSSelector

Element = Any  # lxml ships no types

# white-space: pre-line
_KEEPS_LINES = re.compile(r"white-space\s*:\s*(pre-wrap|pre-line|pre|break-spaces)\b", re.I)
_LONGEST, _MOST_RULES = 100_000, 20
_SIMPLE = re.compile(r"[\w\s.#>-]{1,80}")  # .article p, #text; no states, no attributes


def mark_shown_breaks(root: Element) -> None:
    """Write into the elements that a rule keeps the lines of what the rule says of them."""
    for selector, value in _rules(root)[:_MOST_RULES]:
        try:
            matches = CSSSelector(selector, translator="html")(root)
        except SelectorError:
            continue
        for element in matches:
            style = element.get("style") or ""
            if "white-space" not in style.lower():
                element.set("style", f"{style};white-space:{value}".lstrip(";"))


def _rules(root: Element) -> list[tuple[str, str]]:
    """Selectors of the rules that keep lines, with the value they give."""
    found: list[tuple[str, str]] = []
    for sheet in root.iter("style"):
        text = sheet.text or ""
        if len(text) > _LONGEST or "white-space" not in text.lower():
            continue
        for rule in text.split("}"):
            head, _, declarations = rule.rpartition("{")
            said = _KEEPS_LINES.search(declarations)
            for selector in head.rpartition("{")[2].split(",") if said else ():
                if said and _SIMPLE.fullmatch(selector.strip()):
                    found.append((selector.strip(), said[1].lower()))
    return found
