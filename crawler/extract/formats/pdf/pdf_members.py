"""Files that are embedded in a PDF."""

from __future__ import annotations

import ctypes
import re
from functools import partial
from typing import Any

from crawler.extract.formats.packed import MAX_EXPANDED, MAX_MEMBERS, Broken, Member, TooLarge

_LONGEST_NAME = 1000


def embedded_files(document: Any) -> list[Member]:
    """The files of a document, taken out while it is open."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFDoc_GetAttachmentCount(document.raw)
    if count > MAX_MEMBERS:
        raise TooLarge
    found = (pdfium.FPDFDoc_GetAttachment(document.raw, index) for index in range(count))
    return [taken_out(each, index) for index, each in enumerate(found) if each]


def taken_out(attachment: Any, index: int) -> Member:
    """An embedded file as a file of its own; one without content is broken."""
    name = re.split(r"[/\\]", _name(attachment))[-1] or f"{index + 1}"
    data = _data(attachment)
    return Member(name, partial(bytes, data) if data is not None else _missing)


def _missing() -> bytes:
    raise Broken


def _name(attachment: Any) -> str:
    import pypdfium2.raw as pdfium

    buffer = ctypes.create_string_buffer(2 * _LONGEST_NAME)
    pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    size = pdfium.FPDFAttachment_GetName(attachment, pointer, len(buffer))
    return buffer.raw[:size].decode("utf-16-le", "replace").split("\0")[0]


def _data(attachment: Any) -> bytes | None:
    import pypdfium2.raw as pdfium

    size = ctypes.c_ulong()
    pdfium.FPDFAttachment_GetFile(attachment, None, 0, size)
    if not size.value or size.value > MAX_EXPANDED:
        return None
    buffer = ctypes.create_string_buffer(size.value)
    done = pdfium.FPDFAttachment_GetFile(attachment, buffer, size.value, size)
    return buffer.raw if done else None
