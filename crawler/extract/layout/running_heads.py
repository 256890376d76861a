"""Page furniture: numbers, running heads and feet, watermarks. None of it is the act's text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from crawler.extract.layout.text_lines import LinePiece, Row
from crawler.extract.layout.watermarks import repeated_watermarks
from domain.text.numerals import parse_chinese_number

_EDGE_ROWS = 3
_ZONE = 0.18  # of the page's height, above and below, where furniture may stand
_MARGIN = 0.085
_RIM = 0.06
_SAME_PLACE = 6  # points
_FOOT = 0.1
_CJK_BLANK = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_NUMBER = r"(\d{1,4}|[ivxIVX]{1,5}|[一二三四五六七八九十百]{1,5})"
_DASH = r"[-—–－―─·•.~∼|｜*]{1,3}"
# 第3页, 第3页共8页, 第 3 页 / 共 8 页, Page 3 of 8, 3/8, 页码：3, —3—, ·3·, 3|Page
_LABEL = re.compile(
    rf"第{_NUMBER}页(?:[,，、/／|（(]?(?:总|全)?共{_NUMBER}页[)）]?)?"
    rf"|(?:总|全)?共{_NUMBER}页[,，、/／]?第(?P<later>\d{{1,4}}|[一二三四五六七八九十百]{{1,5}})页"
    rf"|page{_NUMBER}(?:of{_NUMBER})?|{_NUMBER}\|page|p\.?{_NUMBER}"
    rf"|页码[:：]?{_NUMBER}(?:[/／]{_NUMBER})?|{_NUMBER}[/／]{_NUMBER}|{_NUMBER}of{_NUMBER}"
    rf"|{_DASH}{_NUMBER}{_DASH}|{_NUMBER}页",
    re.IGNORECASE,
)
# 12, (12), - 12
_BARE = re.compile(rf"[\[(（〔\-—–]{{0,2}}{_NUMBER}[\])）〕\-—–]{{0,2}}", re.IGNORECASE)
# 溯源管理办法（第1页）, 溯源管理办法 | 12, 3 溯源管理办法
_NAMED = re.compile(
    r"(?P<before>.{1,60}?\D)[（(\[|｜—–-]{0,2}"
    r"(?:第 ?(?P<page>\d{1,4}) ?页(?: ?共 ?\d{1,4} ?页)?|(?P<last>\d{1,4}))"
    r"[）)\]—–-]{0,2}$|(?P<first>\d{1,4})[ |｜—–-]{1,3}(?P<after>.{2,60})$"
)
# 2026/11/30 10:21 and what stands beside it, https://www.example.gov.cn/a.html
_PRINTED = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?(?:上午|下午)? ?\d{1,2}:\d{2}(?!\d).{0,80}|(?:https?|file)://[!-~]+",
    re.IGNORECASE,
)
_NUMBERED_PART = re.compile(r"附件|附录|附表|附图|[表图第]$|^[表图第]")
_ROMAN = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRows:
    """The lines of a page outside its tables, and between which heights its tables stand."""

    width: float
    height: float
    rows: Sequence[Row]
    tables_top: float = float("inf")
    tables_bottom: float = float("-inf")


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line at the upper or lower edge of a page, or a piece of it."""

    page: int
    pieces: Sequence[LinePiece]
    text: str
    base: float  # from the page's top, or from its bottom as a negative number
    share: float  # how far into the page, of its height
    apart: bool  # set off from the lines beside it by its distance or its smaller type
    small: bool


def without_furniture(pages: Sequence[PageRows]) -> list[PageRows]:
    """The pages without what only their paper carries."""
    edges = [edge for number, page in enumerate(pages) for edge in _edges(number, page)]
    running = list(_repeated(edges, len(pages)))
    found = [*_labels(edges), *_numbered(edges), *running, *_beside(edges, running)]
    dropped = {id(piece) for edge in found for piece in edge.pieces} | repeated_watermarks(
        [page.rows for page in pages]
    )
    return [replace(page, rows=_without(page.rows, dropped)) for page in pages]


def _without(rows: Sequence[Row], dropped: set[int]) -> list[Row]:
    kept = ([piece for piece in row if id(piece) not in dropped] for row in rows)
    return [row for row in kept if row]


def _edges(number: int, page: PageRows) -> Iterator[_Edge]:
    rows = page.rows
    body = median(piece.size for row in rows for piece in row) if rows else 0.0
    for index in sorted({*range(len(rows))[:_EDGE_ROWS], *range(len(rows))[-_EDGE_ROWS:]}):
        base = rows[index][0].base
        upper = base <= page.height / 2
        share = base / page.height if upper else 1 - base / page.height
        shielded = base > page.tables_top if upper else base < page.tables_bottom
        if share > _ZONE or shielded:
            continue
        beside = index + 1 if upper else index - 1
        alone = not 0 <= beside < len(rows)  # no head or foot of anything, if not at the rim
        gap = 0.0 if alone else abs(rows[beside][0].base - base)
        small = max(piece.size for piece in rows[index]) <= 0.92 * body
        whole = _Edge(
            number, rows[index], _spaced(rows[index]), base if upper else base - page.height,
            share, gap > 2.2 * body or small, small,
        )  # fmt: skip
        yield whole
        if len(rows[index]) > 1:
            for piece in rows[index]:
                yield replace(whole, pieces=[piece], text=_spaced([piece]))


def _spaced(row: Row) -> str:
    """The words of a line with single blanks, none between Chinese characters."""
    return _CJK_BLANK.sub("", " ".join(" ".join(piece.text for piece in row).split()))


def _labels(edges: Sequence[_Edge]) -> Iterator[_Edge]:
    """Lines that say themselves that they number the page, or when and where it was printed."""
    for edge in edges:
        text = edge.text.replace(" ", "")
        match = _LABEL.fullmatch(text)
        alone = edge.base < 0 and edge.apart and edge.share < _FOOT and len(text) < 4
        says = match and _in_order([_value(group) for group in match.groups() if group])
        printed = edge.small and edge.share < _RIM and _PRINTED.fullmatch(edge.text)
        if says or printed or (alone and _BARE.fullmatch(text)):
            yield edge


def _in_order(values: Sequence[int]) -> bool:
    """A page is not behind the last one: 3/8, but not 8/3."""
    return len(values) < 2 or values[0] <= values[1] or len(values) > 2


def _numbered(edges: Sequence[_Edge]) -> Iterator[_Edge]:
    """Lines that count on from page to page at one place, alone or behind a repeated name."""
    groups: dict[tuple[str, int], list[_Edge]] = defaultdict(list)
    for edge in edges:
        for name, value in _counted(edge.text):
            groups[name, value - edge.page].append(edge)
    for group in groups.values():
        places = _Places(group)
        yield from (edge for edge in group if places.pages_at(edge) > 1)


def _counted(text: str) -> Iterator[tuple[str, int]]:
    """How a line could be a name and the number of its page."""
    if match := _BARE.fullmatch(text.replace(" ", "")):
        yield "", _value(match[1])
    elif match := _NAMED.match(text):
        name = match["before"] or match["after"]
        if match["page"] or not _NUMBERED_PART.search(name):
            yield name, int(match["page"] or match["last"] or match["first"])


def _value(number: str) -> int:
    """The number that digits, Roman or Chinese numerals write."""
    if number.isdigit():
        return int(number)
    lowered = number.lower()
    if set(lowered) <= set(_ROMAN):
        values = [_ROMAN[letter] for letter in lowered]
        pairs = zip(values, [*values[1:], 0], strict=True)
        return sum(value if value >= following else -value for value, following in pairs)
    return int(parse_chinese_number(number) or 0)


def _repeated(edges: Sequence[_Edge], pages: int) -> Iterator[_Edge]:
    """Lines of the same words at the same place of several pages."""
    groups: dict[str, list[_Edge]] = defaultdict(list)
    for edge in edges:
        if edge.text:
            groups[edge.text].append(edge)
    for group in groups.values():
        places = _Places(group)
        yield from (edge for edge in group if _is_running(edge, places.pages_at(edge), pages))


def _is_running(edge: _Edge, alike: int, pages: int) -> bool:
    """Whether words on so many pages are a running head: the nearer to the text, the more."""
    if not edge.apart and edge.share >= _RIM:
        return False
    return alike >= (2 if edge.share < _MARGIN else max(3, 0.4 * pages))


def _beside(edges: Sequence[_Edge], known: Sequence[_Edge]) -> Iterator[_Edge]:
    """Lines in the margin where other pages have a running head, or small type, too."""
    heads, small = _Places(known), _Places([edge for edge in edges if edge.small])
    for edge in edges:
        found = heads.pages_at(edge) or (edge.small and small.pages_at(edge) > 1)
        if edge.share < _RIM and found:
            yield edge


class _Places:
    """On how many pages lines stand at the height of a given one."""

    def __init__(self, edges: Iterable[_Edge]) -> None:
        self._pages: dict[int, set[int]] = defaultdict(set)
        for edge in edges:
            self._pages[round(edge.base)].add(edge.page)
        self._counts: dict[int, int] = {}

    def pages_at(self, edge: _Edge) -> int:
        """The pages with such a line about as far from the same edge."""
        height = round(edge.base)
        if height not in self._counts:
            near = range(height - _SAME_PLACE, height + _SAME_PLACE + 1)
            found = [self._pages[each] for each in near if each in self._pages]
            self._counts[height] = len(set().union(*found))
        return self._counts[height]
