"""Files that are embedded in a PDF."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from crawler.extract.formats.packed import MAX_EXPANDED, MAX_MEMBERS, Member, TooLarge


def embedded_files(document: Any) -> tuple[Member, ...]:
    """The files of a document, taken out while it is open."""
    import pypdfium2 as pdfium

    count = document.count_attachments()
    if count > MAX_MEMBERS:
        raise TooLarge
    found: list[Member] = []
    left = MAX_EXPANDED
    for index in range(count):
        attachment = document.get_attachment(index)
        name = re.split(r"[/\\]", attachment.get_name())[-1] or f"{index + 1}"
        try:
            data = bytes(attachment.get_data())
        except pdfium.PdfiumError:
            data = b""
        left -= len(data)
        if left < 0:
            raise TooLarge
        found.append(Member(name, partial(bytes, data)))
    return tuple(found)
