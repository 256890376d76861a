"""Files inside a Word document: those shown in the text, and those shown as an object."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator

import olefile

from crawler.extract.file_types import sniff
from crawler.extract.formats.markup import read_html, read_mhtml, read_office_xml, read_txt
from crawler.extract.formats.packed import Encrypted, Member, Read, TooLarge, UnreadPart
from crawler.extract.formats.rtf import read_rtf
from domain.records.states import AttachmentStatus

_MAX_CHUNKS_DEEP = 2
_FORMULA = UnreadPart("公式", AttachmentStatus.UNSUPPORTED)
_WHOLE_FILES = ("Package", "Workbook", "Book")
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
    """An embedded object of a .docx as a file to read; equations of old are pictures for us."""
    if program.startswith(("Equation", "MathType")):
        return _FORMULA
    if part is None:
        return UnreadPart(program or "OLE", AttachmentStatus.BROKEN)
    name, data = part
    found = next(stored_objects(data, ()), None) if data.startswith(olefile.MAGIC) else None
    if isinstance(found, UnreadPart) and found is _FORMULA:
        return found
    return found if isinstance(found, Member) else _member(name, data)


def stored_objects(data: bytes, pool: tuple[str, ...]) -> Iterator[Member | UnreadPart]:
    """The objects in a compound file: the one that it is, or all of a pool of storages."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            storages: dict[tuple[str, ...], set[str]] = {}
            for entry in ole.listdir():
                if tuple(entry[: len(pool)]) == pool and len(entry) > len(pool):
                    depth = len(pool) + bool(pool)
                    storages.setdefault(tuple(entry[:depth]), set()).add(entry[depth:][0])
            for storage, streams in sorted(storages.items()):
                found = _stored_object(ole, storage, streams)
                if found is not None:
                    yield found
    except (OSError, ValueError, IndexError, struct.error, TypeError):  # olefile on broken files
        return


def _stored_object(
    ole: olefile.OleFileIO, storage: tuple[str, ...], streams: set[str]
) -> Member | UnreadPart | None:
    if "Equation Native" in streams:
        return _FORMULA
    if "\x03OCXNAME" in streams:  # a button or a box of a form
        return None
    if _NATIVE in streams:
        native = _native_file(ole.openstream([*storage, _NATIVE]).read())
        if native is not None:
            return native
    for name in _WHOLE_FILES:
        if name in streams:
            return _member(name, ole.openstream([*storage, name]).read())
    return UnreadPart("嵌入对象", AttachmentStatus.UNSUPPORTED)


def _native_file(native: bytes) -> Member | None:
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
    return _member(label.decode("gbk", "replace"), content)


def _member(name: str, content: bytes) -> Member:
    return Member(name, lambda: content)


def _string(native: bytes, start: int) -> tuple[bytes, int]:
    end = native.index(b"\0", start)
    return native[start:end], end + 1
