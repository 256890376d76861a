"""Take the numbers out of the lines above and below a notice that its page counts anew."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.text.duty_lines import is_matter

_EDGE = 8  # lines above and below the prose that are looked at
_LINE = 100  # characters of such a line at most
_LABEL = 16  # characters beside the numbers of a line without a date
_PROSE = re.compile(r"[。；;！!？?]|[：:]\s*$|\S{40}")
# For example 已有505人看过 or 热度 505: words for looking, at most twenty characters in all.
_COUNTER = re.compile(
    r"^(?=.{0,20}$)(?=.*\d).*(?:看过|人看|[查观收]看|阅读|点阅|阅览|已[阅读]|浏览|点[击赞]|访问|访客|收藏|转发|"
    r"评论|人气|热度|围观|关注|流量)"
)
_DAY = r"(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?"
_HOUR = r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
_BARE_DAY = re.compile(rf"[（(]?{_DAY}[）)]?")
# For example 2026.05.07 09:12.
_WHEN = re.compile(rf"{_DAY}|{_HOUR}")
_CLOCK = re.compile(rf"(?:{_DAY}|{_HOUR}|(?:星期|周)[一二三四五六日天]|[上下]午|[\s|,，])+")
_WEEKDAY_OR_SECONDS = re.compile(r"(?:星期|周)[一二三四五六日天]|\d{1,2}[:：]\d{2}[:：]\d{2}")
# For example the 505 of 点阅 505 or of 已有505人看过.
_COUNT = re.compile(
    r"(?<![\dA-Za-z/\-.])(?:\d{1,3}(?:,\d{3})+|\d{1,7}(?:\.\d{1,2})?)\s*[万亿wk]?\+?(?![\dA-Za-z/\-])"
)
_VISITOR = re.compile(r"第\s*[\d,]+\s*[位名个]\s*(?:访|读|来|用户|浏览)")  # 您是第505位访客
_NAMED = re.compile(r"[年月]度?|第|[届版级类组项条]")


def without_counts(text: str) -> str:
    """The text without the counters and clocks of its first and last lines; lines of prose and
    whatever may say something stay as they are."""
    lines = text.split("\n")
    first = next((at for at, line in enumerate(lines) if _PROSE.search(line)), 0)
    for at in range(min(first, _EDGE)):
        lines[at] = _without(lines[at])
    signed = _signature(lines)
    for at in range(len(lines) - 1, max(len(lines) - _EDGE, 0) - 1, -1):
        if _PROSE.search(lines[at]):
            break
        if at > signed or _COUNTER.search(lines[at]):
            lines[at] = _without(lines[at])
    return "\n".join(lines)


def _signature(lines: Sequence[str]) -> int:
    """The line with the day under the notice, when nothing but decoration follows it; else the
    last line."""
    last = len(lines) - 1
    for at in range(last, max(last - _EDGE, -1), -1):
        if _BARE_DAY.fullmatch(lines[at].strip()):
            return at
        if _PROSE.search(lines[at]) or is_matter(lines[at]):
            break
    return last


def _without(line: str) -> str:
    if len(line) > _LINE or not any(char.isdigit() for char in line) or is_matter(line):
        return line
    bare = line.strip()
    if _CLOCK.fullmatch(bare):
        return "" if _WEEKDAY_OR_SECONDS.search(bare) else line
    rest = _WHEN.sub("", bare)
    dated = rest != bare
    named = _NAMED.search(rest) and not _VISITOR.search(rest)
    if not dated and (named or len(_COUNT.sub("", rest)) > _LABEL):
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
