"""Word's fields for formulas (EQ), whose code is all there is of them, as text."""

from __future__ import annotations

import re
from typing import Any

from crawler.extract.formats.word.word_styles import W
from domain.text.raised_marks import raised

_EQUATION = re.compile(r"\s*EQ\b\s*(.{1,300})", re.I | re.S)
_INSIDE = r"([^(),;，]{0,60})"
# \f(2,3)
_FRACTION = re.compile(rf"\\f\s?\({_INSIDE}[,;，]{_INSIDE}\)", re.I)
# \s\up8(4)
_RAISED = re.compile(rf"\\s\s?\\up\s?\d{{0,3}}\s?\({_INSIDE}\)", re.I)
# \s\do6(2)
_LOWERED = re.compile(rf"\\s\s?\\do\s?\d{{0,3}}\s?\({_INSIDE}\)", re.I)
# \r(,2), \r(3,2)
_ROOT = re.compile(rf"\\r\s?\({_INSIDE}(?:[,;，]{_INSIDE})?\)", re.I)
# \o\ac(○,1), \b\lc\{(x)
_OTHER = re.compile(
    r"\\[a-z]{1,2}(?:\s?\\[a-z]{1,3}\d{0,3}(?:\\.)?){0,4}\s?"
    rf"\((?:{_INSIDE}[,;，])?{_INSIDE}\)",
    re.I,
)
_UNREAD = "【公式】"
_DEEPEST = 6


def write_equations(root: Any) -> None:
    """Put the text of each formula behind the field that draws it."""
    open_fields: list[list[str]] = []
    for node in list(root.iter(f"{W}fldChar", f"{W}instrText")):
        if node.tag == f"{W}instrText":
            if open_fields:
                open_fields[-1].append(node.text or "")
            continue
        kind = node.get(f"{W}fldCharType")
        if kind == "begin":
            open_fields.append([])
        elif kind == "end" and open_fields and (text := equation_text("".join(open_fields.pop()))):
            shown = node.makeelement(f"{W}t")
            shown.text = text
            node.addnext(shown)


def equation_text(code: str) -> str:
    """The formula that a field's code draws: EQ \\f(2,3) is 2/3; empty for other fields,
    【公式】 for one that is not understood."""
    match = _EQUATION.match(code)
    if match is None:
        return ""
    text = match[1].strip()
    for _ in range(_DEEPEST):
        before = text
        text = _RAISED.sub(lambda m: raised(m[1]), text)
        text = _LOWERED.sub(r"\1", text)
        text = _FRACTION.sub(lambda m: f"{m[1].strip()}/{m[2].strip()}", text)
        text = _ROOT.sub(lambda m: f"√{m[1] if m[2] is None else m[2]}", text)
        text = _OTHER.sub(r"\2", text)
        if text == before:
            break
    return text if "\\" not in text else _UNREAD
