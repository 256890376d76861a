"""From which size on a picture in a document may be a page, a table or a chart full of words."""

from __future__ import annotations

_LONG = 11.0  # centimetres of its longer side
_SHORT = 4.0  # of the shorter one: less is a letterhead, a stamp or a signature


def is_large(width: float, height: float) -> bool:
    """Whether a picture of so many centimetres may hold text that people read."""
    return max(width, height) >= _LONG and min(width, height) >= _SHORT
