"""Pictures in a .docx that are large enough to be a scanned page or a chart full of words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from crawler.extract.formats.packed import UnreadPart
from domain.records.states import AttachmentStatus

_LARGE = 11 * 360_000  # English Metric Units: 11 cm
# width:415.3pt;height:587pt
_SIZE = re.compile(r"(width|height)\s*:\s*([0-9]{1,5}(?:\.[0-9]{1,4})?)(pt|in|cm|mm|px)?", re.I)
_UNITS = {"pt": 12_700, "in": 914_400, "cm": 360_000, "mm": 36_000, "px": 9_525, "": 9_525}


def large_pictures(root: Any) -> Iterator[UnreadPart]:
    """One for each picture of more than eleven centimetres either way: nobody reads it here."""
    for extent in root.iter("{*}extent"):
        around = extent.getparent()
        if (
            next(around.iter("{*}pic"), None) is not None
            and next(around.iter("{*}txbxContent"), None) is None
        ):
            yield from _part(_number(extent.get("cx")), _number(extent.get("cy")))
    for image in root.iter("{urn:schemas-microsoft-com:vml}imagedata"):
        if next(image.iterancestors("{*}object"), None) is None:
            sizes = {
                match[1].lower(): float(match[2]) * _UNITS[(match[3] or "").lower()]
                for match in _SIZE.finditer(image.getparent().get("style") or "")
            }
            yield from _part(sizes.get("width", 0), sizes.get("height", 0))


def _part(width: float, height: float) -> Iterator[UnreadPart]:
    if min(width, height) >= _LARGE:
        yield UnreadPart("图片", AttachmentStatus.NO_TEXT)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else 0
