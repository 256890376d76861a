"""Read the picture of a page: upright first, then its lines by place and its ruling lines."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Protocol

from crawler.extract.scans.drawn_lines import sorted_lines, without_certainty
from crawler.extract.scans.page_image import (
    DPI,
    FINE_DPI,
    Cleaned,
    quarter_turned,
    row_cuts,
    ruling_lines,
    turned_by,
    without_seals,
)
from crawler.extract.scans.punctuation import in_chinese_forms, is_doubled
from crawler.extract.scans.scan_engine import MAX_SIDE, Point, SeenChar, SeenLine
from crawler.extract.scans.scanned_page import ScannedChar, ScannedLine, ScannedPage

if TYPE_CHECKING:
    from crawler.extract.scans.scan_engine import Image

_GOOD = 0.85  # mean likeness of the characters of an upright page
_STRIPS = 4
_SMALL_TYPE = 9.5  # points
_SHEET = 11.7  # inches of a sheet's longer side
_LONG = 1.8  # a picture that is that much higher than wide is no sheet
_ASKEW = 0.15  # degrees that a page may lean
_WIDE = 1.5  # a line of writing is that much wider than high
_BOX = 0.72  # of a box's height that its type takes
_NARROW = 0.5  # of the type's size that a Latin letter takes
_STANDS = 0.12  # of the type's size from the base line to the lower end
_SAME_SIZE = 0.2
_UNDER_A_SEAL = 0.9  # likeness at most
_BROKEN_NUMBER = 0.9
_SENTENCE = 6  # Chinese characters in a line of a sentence
_PARTED = 1.3  # of the type's size between the middles of neighbours in one line


class Reader(Protocol):
    """What reads lines of writing; the engine, or a test's."""

    def lines(self, image: Image) -> list[SeenLine]: ...
    def likeness(self, strips: Sequence[Image]) -> float: ...


def read_page_image(reader: Reader, render: Callable[[int], Image]) -> ScannedPage:
    """The page that is drawn at so many dots an inch; small type is looked at again, finer."""
    page, quarters = _read(reader, render(DPI), DPI)
    if not 0 < _type_size(page) < _SMALL_TYPE:
        return page
    fine = without_seals(quarter_turned(render(FINE_DPI), quarters), FINE_DPI)
    return _in_strips(reader, fine, FINE_DPI)


def read_picture(reader: Reader, image: Image) -> ScannedPage:
    """The page that a picture (blue, green, red) shows, of unknown scale: as if it filled a
    sheet. One that is much higher than wide is read strip by strip."""
    height, width = image.shape[:2]
    if height > _LONG * width and height > MAX_SIDE:
        return _in_strips(reader, without_seals(image, DPI), DPI)
    dpi = min(max(max(height, width) / _SHEET, 72), 600)
    return _read(reader, image, dpi)[0]


def _read(reader: Reader, image: Image, dpi: float) -> tuple[ScannedPage, int]:
    """The page, and by how many quarters it had to be turned."""
    picture = without_seals(image, dpi)
    lines = reader.lines(picture.image)
    quarters = 0
    if not _reads_well(lines):
        quarters = _quarters(reader, picture.image, lines)
        if quarters:
            picture = picture.turned(quarters)
            lines = reader.lines(picture.image)
    return _levelled(lines, picture, dpi), quarters


def _in_strips(reader: Reader, picture: Cleaned, dpi: float) -> ScannedPage:
    """An upright page in level strips, each as fine as the reader takes it."""
    cuts = [*row_cuts(picture.image, MAX_SIDE), picture.image.shape[0]]
    lines: list[SeenLine] = []
    top = 0
    for cut in cuts:
        lines += [_moved(line, top) for line in reader.lines(picture.image[top:cut])]
        top = cut
    return _levelled(lines, picture, dpi)


def _levelled(lines: Sequence[SeenLine], picture: Cleaned, dpi: float) -> ScannedPage:
    """The page with its lines and its ruling lines turned so that they run level."""
    lines = [_marked(line, picture) for line in lines]
    angle = _angle(lines)
    if abs(angle) <= _ASKEW:
        return _page(lines, picture.image, dpi)
    middle = (picture.image.shape[1] / 2, picture.image.shape[0] / 2)
    leaned = [_leaned(line, -angle, middle) for line in lines]
    return _page(leaned, turned_by(picture.image, angle), dpi)


def _marked(line: SeenLine, picture: Cleaned) -> SeenLine:
    """What a seal is stamped on is never sure, however it reads."""
    if picture.red is None:
        return line
    reach = _BOX * min(_extent(line)) / 2
    chars = [
        char._replace(likely=min(char.likely, _UNDER_A_SEAL))
        if picture.is_covered(*char.middle, reach)
        else char
        for char in line.chars
    ]
    return SeenLine(line.corners, tuple(chars))


def _type_size(page: ScannedPage) -> float:
    """The usual size of a page's type, in points; 0 on an empty one."""
    return median([line.size for line in page.lines]) if page.lines else 0.0


def _moved(line: SeenLine, down: int) -> SeenLine:
    corners = tuple((x, y + down) for x, y in line.corners)
    chars = [c._replace(middle=(c.middle[0], c.middle[1] + down)) for c in line.chars]
    return SeenLine(corners, tuple(chars))


# -------------------------------------------------------------------------------- upright


def _reads_well(lines: Sequence[SeenLine]) -> bool:
    """Whether most of the writing runs level and looks like writing."""
    chars = [char for line in lines for char in line.chars]
    level = sum(len(line.chars) for line in lines if _is_level(line))
    if not chars:
        return False
    return level >= 0.6 * len(chars) and sum(c.likely for c in chars) / len(chars) >= _GOOD


def _is_level(line: SeenLine) -> bool:
    width, height = _extent(line)
    return width * _WIDE >= height


def _extent(line: SeenLine) -> tuple[float, float]:
    xs, ys = [x for x, _ in line.corners], [y for _, y in line.corners]
    return max(xs) - min(xs), max(ys) - min(ys)


def _quarters(reader: Reader, image: Image, lines: Sequence[SeenLine]) -> int:
    """By how many quarters the page must be turned, judged by its longest strips."""
    longest = sorted(lines, key=lambda line: -max(_extent(line)))[:_STRIPS]
    if not longest:
        return 0
    upright = sum(max(_extent(line)) for line in longest if not _is_level(line))
    sideways = upright > sum(max(_extent(line)) for line in longest if _is_level(line))
    strips = [_strip(image, line) for line in longest]
    likeness = {
        turn: reader.likeness([quarter_turned(strip, turn) for strip in strips])
        for turn in ((1, 3) if sideways else (0, 2))
    }
    return max(likeness, key=lambda turn: (likeness[turn], -turn))


def _strip(image: Image, line: SeenLine) -> Image:
    xs, ys = [int(x) for x, _ in line.corners], [int(y) for _, y in line.corners]
    return image[max(min(ys), 0) : max(ys) + 1, max(min(xs), 0) : max(xs) + 1]


def _angle(lines: Sequence[SeenLine]) -> float:
    """By how many degrees the lines fall to the right, by those that are long."""
    found = []
    for line in lines:
        (left, top), (right, right_top) = line.corners[0], line.corners[1]
        if len(line.chars) >= 6 and right > left:
            found.append(math.degrees(math.atan2(right_top - top, right - left)))
    return median(found) if found else 0.0


def _leaned(line: SeenLine, degrees: float, middle: Point) -> SeenLine:
    """A line turned clockwise about the middle of the page."""
    chars = tuple(c._replace(middle=_turned(c.middle, degrees, middle)) for c in line.chars)
    return SeenLine(tuple(_turned(corner, degrees, middle) for corner in line.corners), chars)


def _turned(point: Point, degrees: float, middle: Point) -> Point:
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y = point[0] - middle[0], point[1] - middle[1]
    return middle[0] + x * cos - y * sin, middle[1] + x * sin + y * cos


# ---------------------------------------------------------------------------------- lines


def _page(lines: Sequence[SeenLine], image: Image, dpi: float) -> ScannedPage:
    scale = 72 / dpi
    found = [_line(line, scale) for line in lines if line.chars]
    usual = median([line.size for line in found]) if found else 0.0
    placed = tuple(_of_usual_size(line, usual) for line in _doubted(sorted(found, key=_by_place)))
    drawn = sorted_lines(ruling_lines(image, dpi), placed)
    return ScannedPage(
        width=round(image.shape[1] * scale, 1),
        height=round(image.shape[0] * scale, 1),
        lines=tuple(without_certainty(line, drawn.folds) for line in placed),
        rules=drawn.rules,
        strikes=drawn.strikes,
    )


def _doubted(lines: Sequence[ScannedLine]) -> Iterator[ScannedLine]:
    """A number that may go on in the next line of a sentence is not sure: 处1, 3万元."""
    before: ScannedLine | None = None
    for line in lines:
        if before is not None and line.chars[0].text.isdigit() and _may_go_on(before):
            first = line.chars[0]
            doubtful = first._replace(likely=min(first.likely, _BROKEN_NUMBER))
            line = line._replace(chars=(doubtful, *line.chars[1:]))
        yield line
        before = line


def _may_go_on(line: ScannedLine) -> bool:
    return line.chars[-1].text.isdigit() and sum(_is_han(c.text) for c in line.chars) >= _SENTENCE


def _by_place(line: ScannedLine) -> tuple[float, float]:
    return line.base, line.chars[0].left


def _of_usual_size(line: ScannedLine, usual: float) -> ScannedLine:
    """Boxes are a little higher or lower by the characters in them: the type is the same."""
    alike = abs(line.size - usual) <= _SAME_SIZE * usual
    return line._replace(size=usual) if alike else line


def _line(line: SeenLine, scale: float) -> ScannedLine:
    top = (line.corners[0][1] + line.corners[1][1]) / 2 * scale
    bottom = (line.corners[2][1] + line.corners[3][1]) / 2 * scale
    size = _pitch(line, scale) or _BOX * (bottom - top)
    base = (top + bottom) / 2 + (0.5 - _STANDS) * size
    chars = _undoubled(line.chars)
    texts = in_chinese_forms([char.text for char in chars])
    return ScannedLine(base, size, tuple(_chars(chars, texts, size, scale)))


def _undoubled(chars: Sequence[SeenChar]) -> list[SeenChar]:
    """The characters of a line, each pause once."""
    return [
        char
        for number, char in enumerate(chars)
        if not (number and is_doubled(chars[number - 1].text, char.text))
    ]


def _pitch(line: SeenLine, scale: float) -> float:
    """The size of type by how far neighbouring Chinese characters stand from each other."""
    steps = [
        (other.middle[0] - one.middle[0]) * scale
        for one, other in pairwise(line.chars)
        if _is_han(one.text) and _is_han(other.text)
    ]
    return median(steps) if len(steps) >= 4 else 0.0


def _is_han(text: str) -> bool:
    return "\u4e00" <= text <= "\u9fff"


def _chars(
    chars: Sequence[SeenChar], texts: Sequence[str], size: float, scale: float
) -> Iterator[ScannedChar]:
    """Neighbours touch, as their measured places are rough; wide gaps stay."""
    middles = [char.middle[0] * scale for char in chars]
    for number, (char, text) in enumerate(zip(chars, texts, strict=True)):
        half = size * (0.5 if ord(text[0]) > 0x2E7F else _NARROW / 2)
        left, right = middles[number] - half, middles[number] + half
        if number and middles[number] - middles[number - 1] <= _PARTED * size:
            left = (middles[number - 1] + middles[number]) / 2
        if number + 1 < len(chars) and middles[number + 1] - middles[number] <= _PARTED * size:
            right = (middles[number] + middles[number + 1]) / 2
        yield ScannedChar(text, left, right, char.likely, char.after_blank)
