"""Lines of preformatted text (``<pre>``, ``white-space: pre-wrap``), as a browser shows them."""

from __future__ import annotations

import re
import unicodedata

from crawler.extract.dom import Element

_TAGS = frozenset({"pre", "textarea", "listing", "xmp"})
# white-space: pre-line
_WHITE_SPACE = re.compile(r"(?:^|;)\s*white-space(?:-collapse)?\s*:\s*([\w-]+)", re.I)
_KEEPING = frozenset({"pre", "pre-wrap", "pre-line", "break-spaces", "preserve", "preserve-breaks"})
_FOLDING = frozenset({"normal", "nowrap", "collapse", "initial"})
_BREAK = "\x02"  # no page's text holds one: the parser takes control characters out
_SENTENCE_END = re.compile(r"[。！？；：.!?;:”’」』》】]\s*$")
# 第十二条, 二、, （三）, 4., 附件1
_NEW_PART = re.compile(
    r"\s|第[0-9〇零一二三四五六七八九十百千]+[条章节编]|[一二三四五六七八九十百]+[、．.]"
    r"|[（(][0-9一二三四五六七八九十百]+[）)]|[0-9]{1,3}[、．.]|附件"
)
_NARROWEST, _FEWEST_FULL = 56, 3  # columns of text wrapped by hand; lines as wide as that


def keeps_lines(element: Element, *, default: bool) -> bool:
    """Whether the line breaks under an element are shown; ``default``: those around it are."""
    said = _WHITE_SPACE.search(element.get("style") or "")
    value = said[1].lower() if said else ""
    if value in _KEEPING or value in _FOLDING:
        return value in _KEEPING
    return default or element.tag in _TAGS


def marked_lines(text: str) -> str:
    """Preformatted text with its line breaks marked as such."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", _BREAK)


def shown_lines(text: str) -> list[str]:
    """The lines of a text whose shown breaks are marked. Those of text that was wrapped at a
    fixed width, as mail programs do, are joined again."""
    lines = text.split(_BREAK)
    full = _full_width(lines)
    if full is None:
        return lines
    joined: list[str] = []
    open_line = False
    for line in lines:
        if open_line and line.strip() and not _NEW_PART.match(line):
            joined[-1] += line
        else:
            joined.append(line)
        open_line = full <= _columns(line) and not _SENTENCE_END.search(line)
    return joined


def _full_width(lines: list[str]) -> int | None:
    """From how many columns on a line is full; None where the lines are no wrapped text."""
    widths = [_columns(line) for line in lines]
    full = max(widths) - 3
    if full < _NARROWEST or sum(width >= full for width in widths) < _FEWEST_FULL:
        return None
    return full


def _columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in line.rstrip())
