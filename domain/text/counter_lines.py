"""Take the numbers out of the lines above and below a notice that its page counts anew."""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.text.duty_lines import is_matter

_EDGE = 8  # lines above and below the prose that are looked at
_LINE = 100  # characters of such a line at most
_LABEL = 16  # characters beside the numbers of a line without a date
_PROSE = re.compile(r"[。；;！!？?]|[：:]\s*$|\S{40}")
_DAY = r"(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?"
_HOUR = r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
# For example 2026.05.07 09:12.
_WHEN = re.compile(rf"{_DAY}|{_HOUR}")
_CLOCK = re.compile(rf"(?:{_DAY}|{_HOUR}|(?:星期|周)[一二三四五六日天]|[上下]午|[\s|,，])+")
_WEEKDAY_OR_SECONDS = re.compile(r"(?:星期|周)[一二三四五六日天]|\d{1,2}[:：]\d{2}[:：]\d{2}")
# For example the 505 of 点阅 505 or of 已有505人看过.
_COUNT = re.compile(
    r"(?<![\dA-Za-z/\-.])(?:\d{1,3}(?:,\d{3})+|\d{1,7}(?:\.\d{1,2})?)\s*[万亿wk]?\+?(?![\dA-Za-z/\-])"
)
_NAMED = re.compile(r"[年月]度?|第|[届版级类组项条]")


def without_counts(text: str) -> str:
    """The text without the counters and clocks of its first and last lines; lines of prose and
    whatever may say something stay as they are."""
    lines = text.split("\n")
    for at in (*_edge(lines, range(len(lines))), *_edge(lines, reversed(range(len(lines))))):
        lines[at] = _without(lines[at])
    return "\n".join(lines)


def _edge(lines: list[str], order: Iterable[int]) -> list[int]:
    """The lines from one end of the text up to the first one of prose."""
    found: list[int] = []
    for at in order:
        if len(found) == _EDGE or _PROSE.search(lines[at]):
            break
        found.append(at)
    return found


def _without(line: str) -> str:
    if len(line) > _LINE or not any(char.isdigit() for char in line) or is_matter(line):
        return line
    bare = line.strip()
    if _CLOCK.fullmatch(bare):
        return "" if _WEEKDAY_OR_SECONDS.search(bare) else line
    rest = _WHEN.sub("", bare)
    dated = rest != bare
    if not dated and (_NAMED.search(rest) or len(_COUNT.sub("", rest)) > _LABEL):
        return line
    return _counts_out(bare)


def _counts_out(line: str) -> str:
    """Numbers away, dates and hours kept."""
    pieces: list[str] = []
    position = 0
    for when in _WHEN.finditer(line):
        pieces += [_COUNT.sub("", line[position : when.start()]), when[0]]
        position = when.end()
    return "".join([*pieces, _COUNT.sub("", line[position:])]).strip()
