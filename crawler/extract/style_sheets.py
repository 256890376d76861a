"""What a page's own style sheets say: line breaks that are shown, classes that are struck."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

Element = Any  # lxml ships no types

# white-space: pre-line
_KEEPS_LINES = re.compile(r"white-space\s*:\s*(pre-wrap|pre-line|pre|break-spaces)\b", re.I)
_LONGEST, _MOST_RULES, _HIGHEST = 100_000, 20, 40
# p, .text, #zoom, div.text: an element; two of them: one inside the other
_ONE = r"(\w*)([.#][\w-]+)?"
_SELECTOR = re.compile(rf"\s*(?:(?=[\w.#]){_ONE}\s+)?(?=[\w.#]){_ONE}\s*")

# span.msoDel, p .old { ... text-decoration: line-through }
_RULE = re.compile(r"([^{}]{1,300})\{([^{}]{0,2000})\}")
_CLASS = re.compile(r"\.([\w-]{1,80})\s*$")
_LONGEST_SHEET = 200_000


def styled_classes(root: Element, style: re.Pattern[str]) -> frozenset[str]:
    """The classes whose rules in the page's own style sheets say this."""
    found: set[str] = set()
    for sheet in root.iter("style"):
        text = (sheet.text or "")[:_LONGEST_SHEET]
        for selectors, rules in _RULE.findall(text) if style.search(text) else ():
            if style.search(rules):
                classes = map(_CLASS.search, selectors.split(","))
                found |= {match[1] for match in classes if match}
    return frozenset(found)


def mark_shown_breaks(root: Element) -> None:
    """Write into the elements that a rule keeps the lines of what the rule says of them."""
    rules = _rules(root)[:_MOST_RULES]
    for element in root.iter() if rules else ():
        if not isinstance(element.tag, str):
            continue
        value = next((value for selector, value in rules if _matches(element, selector)), "")
        style = element.get("style") or ""
        if value and "white-space" not in style.lower():
            element.set("style", f"{style};white-space:{value}".lstrip(";"))


def _rules(root: Element) -> list[tuple[re.Match[str], str]]:
    """Selectors of the rules that keep lines, with the value they give."""
    found: list[tuple[re.Match[str], str]] = []
    for sheet in root.iter("style"):
        text = sheet.text or ""
        if len(text) > _LONGEST or "white-space" not in text.lower():
            continue
        for rule in text.split("}"):
            head, _, declarations = rule.rpartition("{")
            said = _KEEPS_LINES.search(declarations)
            selectors = head.rpartition("{")[2].split(",") if said else []
            matches = [match for each in selectors if (match := _SELECTOR.fullmatch(each[:200]))]
            found += [(match, said[1].lower()) for match in matches if said]
    return found


def _matches(element: Element, selector: re.Match[str]) -> bool:
    outer_tag, outer_mark, tag, mark = selector.groups(default="")
    if not _is_one(element, tag, mark):
        return False
    if not (outer_tag or outer_mark):
        return True
    return any(
        _is_one(up, outer_tag, outer_mark) for up in islice(element.iterancestors(), _HIGHEST)
    )


def _is_one(element: Element, tag: str, mark: str) -> bool:
    """Whether an element has the tag (any, where it is empty) and the class or id."""
    if tag and element.tag != tag.lower():
        return False
    if mark.startswith("#"):
        return bool(element.get("id") == mark[1:])
    return not mark or mark[1:] in (element.get("class") or "").split()
