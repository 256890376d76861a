"""Documents that a .docx inserts: they are shown as if they were part of it."""

from __future__ import annotations

from collections.abc import Callable

from crawler.extract.file_types import sniff
from crawler.extract.formats.markup import read_html, read_mhtml, read_txt
from crawler.extract.formats.packed import Encrypted, Read, TooLarge, UnreadPart
from crawler.extract.formats.rtf import read_rtf
from domain.records.states import AttachmentStatus

_MAX_CHUNKS_DEEP = 2


def read_chunk(name: str, data: bytes, read_docx: Callable[[bytes], Read], depth: int) -> Read:
    """An inserted document (w:altChunk), or its name where it cannot be read."""
    kind, _ = sniff(name, data)
    readers = {
        "html": read_html, "mhtml": read_mhtml, "rtf": read_rtf, "txt": read_txt,
        "docx": read_docx,
    }  # fmt: skip
    reader = readers.get(kind)
    if reader is None:
        return Read("", unread=(UnreadPart(name, AttachmentStatus.UNSUPPORTED),))
    if depth >= _MAX_CHUNKS_DEEP:
        return Read("", unread=(UnreadPart(name, AttachmentStatus.TOO_LARGE),))
    try:
        return reader(data)
    except MemoryError:
        raise
    except Encrypted:
        why = AttachmentStatus.ENCRYPTED
    except TooLarge:
        why = AttachmentStatus.TOO_LARGE
    except Exception:  # as for a file of its own
        why = AttachmentStatus.BROKEN
    return Read("", unread=(UnreadPart(name, why),))
