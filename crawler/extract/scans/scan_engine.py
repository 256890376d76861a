"""The optical reader: RapidOCR with the models of its own package, on one thread, offline."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import logging
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Image = NDArray[np.uint8]

MAX_SIDE = 1600  # points of a picture: a larger one is made smaller
_PACKAGES = ("rapidocr", "onnxruntime")
Point = tuple[float, float]


class SeenChar(NamedTuple):
    """A character, how likely it is, and the middle of its box."""

    text: str
    likely: float
    middle: Point
    after_blank: bool = False


class SeenLine(NamedTuple):
    """A line of writing: the corners of its box clockwise from its upper left."""

    corners: tuple[Point, ...]
    chars: tuple[SeenChar, ...]


def is_available() -> bool:
    """Whether the extra ``ocr`` is installed; nothing is loaded."""
    return all(importlib.util.find_spec(name) is not None for name in _PACKAGES)


@cache
def engine_name() -> str:
    """The reader with its version, kept with what it reads; '' where it is not installed."""
    return f"rapidocr {importlib.metadata.version('rapidocr')}" if is_available() else ""


class ScanEngine:
    """Reads pictures; loads its models when the first one comes."""

    def __init__(self) -> None:
        self._reader: Any = None

    def lines(self, image: Image) -> list[SeenLine]:
        """The lines of writing on a picture (blue, green, red) in no certain order."""
        found = self._loaded()(
            image, use_det=True, use_rec=True,
            return_word_box=True, return_single_char_box=True,
        )  # fmt: skip
        if found.boxes is None or found.txts is None:
            return []
        words = iter(found.word_results)
        whole = len(found.word_results) == len(found.txts)
        return [
            _line(box, text, float(score), next(words) if whole else ())
            for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
        ]

    def likeness(self, strips: Sequence[Image]) -> float:
        """How much strips of one line each look like writing, 0 to 1."""
        scores = []
        for strip in strips:
            found = self._loaded()(strip, use_det=False, use_rec=True, return_word_box=False)
            scores.append(float(found.scores[0]) if found.scores and found.txts[0].strip() else 0.0)
        return sum(scores) / len(scores) if scores else 0.0

    def _loaded(self) -> Any:
        if self._reader is None:
            self._reader = _load()
        return self._reader


def _load() -> Any:
    import cv2
    from rapidocr import RapidOCR

    cv2.setNumThreads(1)
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(
        params={
            "Global.max_side_len": MAX_SIDE,
            "Global.log_level": "error",
            "Global.use_cls": False,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _line(box: Any, text: str, score: float, words: Any) -> SeenLine:
    corners = tuple((float(x), float(y)) for x, y in box)
    bare = "".join(text.split())
    middles = [_middle(word[2]) for word in words]
    if len(middles) != len(bare):
        middles = _evenly(corners, len(bare))
    likely = _likely(text, score, [float(word[1]) for word in words])
    chars = []
    for number, at in enumerate(n for n, char in enumerate(text) if not char.isspace()):
        after_blank = at > 0 and text[at - 1].isspace()
        chars.append(SeenChar(text[at], likely[at], middles[number], after_blank))
    return SeenLine(corners, tuple(chars))


def _likely(text: str, score: float, told: Sequence[float]) -> list[float]:
    """The likeness of each character, blanks among them. RapidOCR counts blanks here and not
    among the characters, so those of the last ones are not told where a line has blanks: what
    they can be at least follows from the mean of all, which is told."""
    hidden = len(text) - len(told)
    if hidden <= 0:
        return list(told[: len(text)])
    least = score * len(text) - sum(told) - (hidden - 1)
    return [*told, *[max(0.0, min(1.0, least))] * hidden]


def _middle(box: Any) -> Point:
    return sum(x for x, _ in box) / len(box), sum(y for _, y in box) / len(box)


def _evenly(corners: Sequence[Point], count: int) -> list[Point]:
    """Places along the middle of a box for so many characters."""
    (left, top), (right, right_top), (end, end_bottom), (start, bottom) = corners
    one = ((left + start) / 2, (top + bottom) / 2)
    other = ((right + end) / 2, (right_top + end_bottom) / 2)
    shares = [(number + 0.5) / count for number in range(count)]
    return [
        (one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1]))
        for share in shares
    ]
