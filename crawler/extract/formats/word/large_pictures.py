"""Pictures in a .docx that are large enough to be a scanned page or a table full of words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from crawler.extract.formats.picture_sizes import is_large
from crawler.extract.formats.word.word_package import RELATION_ID

_UNIT = 360_000  # English Metric Units in a centimetre
_EMBED = RELATION_ID.replace("}id", "}embed")
# width:415.3pt;height:587pt
_SIZE = re.compile(r"(width|height)\s*:\s*([0-9]{1,5}(?:\.[0-9]{1,4})?)(pt|in|cm|mm|px)?", re.I)
_UNITS = {"pt": 12_700, "in": 914_400, "cm": 360_000, "mm": 36_000, "px": 9_525, "": 9_525}


def large_pictures(paragraph: Any) -> Iterator[str]:
    """The relation's id of each large picture that hangs on a paragraph, '' where none is told.
    Those of text boxes hang on the paragraphs in them."""
    for extent in paragraph.iter("{*}extent"):
        around = extent.getparent()
        if (
            _is_of(paragraph, extent)
            and next(around.iter("{*}txbxContent"), None) is None
            and is_large(_number(extent.get("cx")) / _UNIT, _number(extent.get("cy")) / _UNIT)
        ):
            for picture in around.iter("{*}pic"):
                blip = next(picture.iter("{*}blip"), None)
                yield "" if blip is None else blip.get(_EMBED) or ""
    for image in paragraph.iter("{urn:schemas-microsoft-com:vml}imagedata"):
        if _is_of(paragraph, image) and next(image.iterancestors("{*}object"), None) is None:
            sizes = {
                match[1].lower(): float(match[2]) * _UNITS[(match[3] or "").lower()] / _UNIT
                for match in _SIZE.finditer(image.getparent().get("style") or "")
            }
            if is_large(sizes.get("width", 0.0), sizes.get("height", 0.0)):
                yield image.get(RELATION_ID) or ""


def _is_of(paragraph: Any, element: Any) -> bool:
    return next(element.iterancestors(paragraph.tag), None) is paragraph


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else 0
