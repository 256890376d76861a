"""Files inside a Word document: those shown in the text, and those shown as an object."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable

import olefile

from crawler.extract.file_types import sniff
from crawler.extract.formats.markup import read_html, read_mhtml, read_office_xml, read_txt
from crawler.extract.formats.packed import Encrypted, Member, Read, TooLarge, UnreadPart
from crawler.extract.formats.rtf import read_rtf
from domain.records.states import AttachmentStatus

_MAX_CHUNKS_DEEP = 2
_NATIVE = "\x01Ole10Native"


def read_chunk(name: str, data: bytes, read_docx: Callable[[bytes], Read], depth: int) -> Read:
    """An inserted document (w:altChunk), or its name where it cannot be read."""
    kind, _ = sniff(name, data)
    readers = {
        "html": read_html, "mhtml": read_mhtml, "rtf": read_rtf, "txt": read_txt,
        "xml": read_office_xml, "docx": read_docx,
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


def object_file(program: str, part: tuple[str, bytes] | None) -> Member | UnreadPart:
    """An embedded object as a file to read; equations of old are pictures for us."""
    if program.startswith(("Equation", "MathType")):
        return UnreadPart("公式", AttachmentStatus.UNSUPPORTED)
    if part is None:
        return UnreadPart(program or "OLE", AttachmentStatus.BROKEN)
    name, data = part
    try:
        packed = _packed_file(data)
    except (OSError, ValueError, IndexError, struct.error, TypeError):  # olefile on broken files
        packed = None
    if packed is not None:
        name, data = packed
    return Member(name, lambda: data)


def _packed_file(data: bytes) -> tuple[str, bytes] | None:
    """The file that an object of the kind "Package" holds, with its name; None for others."""
    if not data.startswith(olefile.MAGIC):
        return None
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        for stream in ("Package", "CONTENTS"):
            if ole.exists(stream):
                return stream, ole.openstream(stream).read()
        if not ole.exists(_NATIVE):
            return None
        return _native_file(ole.openstream(_NATIVE).read())


def _native_file(native: bytes) -> tuple[str, bytes] | None:
    """Ole10Native: size, flags, the name, two paths, the file's size, the file."""
    try:
        label, position = _string(native, 6)
        _, position = _string(native, position)
        temporary = struct.unpack_from("<I", native, position + 4)[0]
        position += 8 + temporary
        size = struct.unpack_from("<I", native, position)[0]
    except (struct.error, ValueError):
        return None
    content = native[position + 4 : position + 4 + size]
    return label.decode("gbk", "replace"), content


def _string(native: bytes, start: int) -> tuple[bytes, int]:
    end = native.index(b"\0", start)
    return native[start:end], end + 1
