"""The bytes of a picture in the data stream of a binary Word file."""

from __future__ import annotations

import struct

_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


def stored_picture(data: bytes, place: int) -> bytes | None:
    """The JPEG or PNG whose head (PICF) stands at a place; None for other kinds."""
    if place < 0 or place + 6 > len(data):
        return None
    size, head = struct.unpack_from("<IH", data, place)
    whole = data[place + head : place + size]
    starts = [start for mark in _STARTS if (start := whole.find(mark)) >= 0]
    return whole[min(starts) :] if starts else None
