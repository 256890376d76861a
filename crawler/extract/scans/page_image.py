"""Pictures of pages made ready for reading: without seals, and their ruling lines found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from crawler.extract.layout.page_content import Rule

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from crawler.extract.scans.scan_engine import Image

    Mask = NDArray[np.uint8]

DPI = 150
FINE_DPI = 200
_SHORTEST_RULE = 0.3  # inches: longer than the strokes of characters
_PIECE = 0.15  # inches of a ruling line between two gaps
_GAP = 0.06  # inches in a ruling line that noise has cut
_THICKEST = 0.05  # inches of a ruling line
_DARK = 128
_RED = 60  # by which red is brighter than green and blue
_SEAL = (0.9, 2.6)  # inches of a seal's width and height
_COVERED = 0.1  # of a character's place that is red
_ROUND = 0.75  # of a seal: the shorter side by the longer


class Cleaned(NamedTuple):
    """A picture without its seals, and where their red was."""

    image: Image
    red: Mask | None = None

    def turned(self, quarters: int) -> Cleaned:
        """Both turned counter-clockwise by so many quarters."""
        red = None if self.red is None else quarter_turned(self.red, quarters)
        return Cleaned(quarter_turned(self.image, quarters), red)

    def is_covered(self, x: float, y: float, reach: float) -> bool:
        """Whether a seal's red lies on what stands around a point."""
        if self.red is None:
            return False
        top, left = max(int(y - reach), 0), max(int(x - reach), 0)
        part = self.red[top : int(y + reach) + 1, left : int(x + reach) + 1]
        return bool(part.size) and float(part.mean()) > _COVERED


def without_seals(image: Image, dpi: float) -> Cleaned:
    """The picture with round red seals taken off, so that what is under them can be read; other
    red writing, as the head of a document, stays."""
    import cv2
    import numpy as np

    blue, green, red = (image[:, :, n].astype(np.int16) for n in range(3))
    mask = ((red - green > _RED) & (red - blue > _RED)).astype(np.uint8)
    if not mask.any():
        return Cleaned(image)
    joined = cv2.dilate(mask, np.ones((5, 5), np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(joined)
    found, seals = image.copy(), np.zeros_like(mask)
    for left, top, width, height, _ in boxes[1:]:
        if _is_seal(width / dpi, height / dpi):
            place = (slice(top, top + height), slice(left, left + width))
            found[place] = found[place][:, :, 2:3]  # as red light shows it
            seals[place] = mask[place]
    return Cleaned(found, seals)


def _is_seal(width: float, height: float) -> bool:
    short, long = sorted((width, height))
    return _SEAL[0] <= short and long <= _SEAL[1] and short / long >= _ROUND


def turned_by(image: Image, degrees: float) -> Image:
    """The picture turned counter-clockwise about its middle, white where nothing was."""
    import cv2

    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turned: Image = cv2.warpAffine(
        image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255)
    )
    return turned


def quarter_turned(image: Mask, quarters: int) -> Mask:
    """A picture turned counter-clockwise by so many quarters."""
    import numpy as np

    return np.ascontiguousarray(np.rot90(image, quarters))


class RasterLine(NamedTuple):
    """A line as it was found on a picture, and how many dots of its length are not dark."""

    rule: Rule
    holes: int = 0


def ruling_lines(image: Image, dpi: float) -> Iterator[RasterLine]:
    """The level and upright lines of an upright picture, in points."""
    import cv2

    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    block = int(dpi / 4) | 1
    ink = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 12
    )
    _, dark = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    for left, top, width, height in _lines(ink, dpi, level=True):
        holes = int(width - dark[top : top + height, left : left + width].any(axis=0).sum())
        y = (top + height / 2) * 72 / dpi
        yield RasterLine(Rule(left * 72 / dpi, y, (left + width) * 72 / dpi, y), holes)
    for left, top, width, height in _lines(ink, dpi, level=False):
        x = (left + width / 2) * 72 / dpi
        yield RasterLine(Rule(x, top * 72 / dpi, x, (top + height) * 72 / dpi))


def _lines(ink: Any, dpi: float, *, level: bool) -> Iterator[tuple[int, int, int, int]]:
    """The left, top, width and height of each line, in dots."""
    import cv2
    import numpy as np

    def shape(inches: float, *, across: bool = False) -> Any:
        size = max(int(inches * dpi), 2)
        return np.ones((1, size) if level is not across else (size, 1), np.uint8)

    thick = cv2.dilate(ink, shape(0, across=True))  # a line a little askew is whole
    pieces = cv2.morphologyEx(thick, cv2.MORPH_OPEN, shape(_PIECE))
    joined = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, shape(_GAP))
    lines = cv2.morphologyEx(joined, cv2.MORPH_OPEN, shape(_SHORTEST_RULE))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(lines)
    for left, top, width, height, _ in boxes[1:]:
        length, thickness = (width, height) if level else (height, width)
        if thickness <= max(_THICKEST * dpi, length / 40):
            yield left, top, width, height


def row_cuts(image: Image, most: int) -> Iterator[int]:
    """Where to cut a picture into level strips of ``most`` rows, through no line of writing."""
    height, top = image.shape[0], 0
    ink = (image.min(axis=2) < _DARK).sum(axis=1)
    while height - top > most:
        strips = -(-(height - top) // most)
        ideal = top + (height - top) // strips
        first, last = max(ideal - most // 6, top + 1), min(ideal + most // 6, top + most)
        top = int(first + ink[first:last].argmin())
        yield top
