"""Know the lines that a page shows otherwise at each look, and leave them out of comparisons.

A line is known by its shape: its characters with every number as 0. Lines that may carry a
duty (:mod:`domain.text.duty_lines`) are never volatile.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from domain.text.duty_lines import carries_duty
from domain.text.normalization import normalise

# For example 1,234, 10:05:33 or the id a91f07.
_NUMBER = re.compile(r"[A-Za-z]{0,16}\d[A-Za-z\d]*(?:[.,:/\-]\d[A-Za-z\d]*)*")


def line_shape(line: str) -> str:
    """A line's characters for comparing, every number as 0."""
    return _NUMBER.sub("0", normalise(line)).replace(" ", "")


def may_change(line: str) -> bool:
    """Whether a line can be taken for decoration of its page at all."""
    return not carries_duty(line)


def without_volatile(text: str, shapes: Collection[str]) -> str:
    """The text without the lines of these shapes."""
    if not shapes:
        return text
    return "\n".join(line for line in text.split("\n") if not is_volatile(line, shapes))


def is_volatile(line: str, shapes: Collection[str]) -> bool:
    """Whether a line has one of these shapes and may be decoration."""
    return bool(line.strip()) and line_shape(line) in shapes and may_change(line)


def is_moving_number(shape: str) -> bool:
    """Whether a shape holds a number: such a line counts something or tells the time."""
    return "0" in shape


def shapes_of(lines: Iterable[str]) -> frozenset[str]:
    """The shapes of those lines that may be decoration."""
    return frozenset(line_shape(line) for line in lines if may_change(line))
