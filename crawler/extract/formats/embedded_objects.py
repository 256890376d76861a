"""Files that lie in an office document as objects."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence

import olefile

from crawler.extract.formats.packed import Member, Read, UnreadPart
from domain.records.states import AttachmentStatus

_FORMULA = UnreadPart("公式", AttachmentStatus.UNSUPPORTED)
_WHOLE_FILES = ("Package", "Workbook", "Book")
_NATIVE = "\x01Ole10Native"


def object_file(program: str, part: tuple[str, bytes] | None) -> Member | UnreadPart:
    """An object of a .docx or .xlsx as a file to read; equations of old are pictures for us."""
    if program.startswith(("Equation", "MathType")):
        return _FORMULA
    if part is None:
        return UnreadPart(program or "OLE", AttachmentStatus.BROKEN)
    name, data = part
    found = _own_object(data) if data.startswith(olefile.MAGIC) else None
    if found is _FORMULA:
        return _FORMULA
    return found if isinstance(found, Member) else _member(name, data)


def stored_objects(data: bytes) -> Iterator[Member | UnreadPart]:
    """The objects that lie in a compound file of Word or Excel."""
    yield from _objects(data, _storage_of)


def with_objects(read: Read, objects: Iterable[Member | UnreadPart]) -> Read:
    """A document with the objects that lie in it."""
    found = list(objects)
    return read._replace(
        unread=(*read.unread, *(each for each in found if isinstance(each, UnreadPart))),
        members=[*read.members, *(each for each in found if isinstance(each, Member))],
    )


def _own_object(data: bytes) -> Member | UnreadPart | None:
    """The object that a compound file itself is."""
    return next(_objects(data, lambda _: ()), None)


def _storage_of(entry: Sequence[str]) -> tuple[str, ...] | None:
    """Where an object begins: ObjectPool/_1234 of Word, MBD0001 of Excel."""
    if entry[0] == "ObjectPool" and len(entry) > 2:
        return tuple(entry[:2])
    return (entry[0],) if entry[0].startswith("MBD") and len(entry) > 1 else None


def _objects(
    data: bytes, storage_of: Callable[[Sequence[str]], tuple[str, ...] | None]
) -> Iterator[Member | UnreadPart]:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            storages: dict[tuple[str, ...], set[str]] = {}
            for entry in ole.listdir():
                storage = storage_of(entry)
                if storage is not None:
                    storages.setdefault(storage, set()).add(entry[len(storage)])
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
