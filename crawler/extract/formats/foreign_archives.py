"""RAR and 7z archives by the system's libarchive: their members, read like files of their own.

libarchive reads both in memory, every way of packing and both ages of RAR, and starts no other
program. Where the library is not installed such a file is ``unsupported``, as `doctor` says.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from functools import partial
from typing import Any

from crawler.extract.formats.containers import is_leftover, last_name
from crawler.extract.formats.packed import (
    MAX_EXPANDED,
    MAX_MEMBERS,
    MAX_RATIO,
    Broken,
    Encrypted,
    Member,
    Read,
    TooLarge,
    Unsupported,
)
from crawler.extract.formats.zip_names import decoded_name

_REST = "压缩包其余部分"
_BLOCK = 1 << 16
_FREELY = 8 * 1024 * 1024  # bytes that any archive may expand to
_FORMATS = ((b"Rar!\x1a\x07\x00", "rar"), (b"Rar!\x1a\x07\x01", "rar5"), (b"7z\xbc\xaf", "7zip"))


def read_foreign_archive(body: bytes) -> Read:
    """The files of a RAR or 7z archive, without what systems leave in it."""
    kind = next((kind for magic, kind in _FORMATS if body.startswith(magic)), "")
    if not kind:
        raise Broken
    return Read("", members=_members(_library(), kind, body))


def _library() -> Any:
    try:
        import libarchive
    except (ImportError, OSError, AttributeError, TypeError) as error:
        raise Unsupported("libarchive is not installed") from error
    return libarchive


def is_available() -> bool:
    """Whether RAR and 7z can be read on this machine."""
    try:
        _library()
    except Unsupported:
        return False
    return True


def _members(library: Any, kind: str, body: bytes) -> Iterator[Member]:
    """One after the other, each to be unpacked before the next is asked for. What comes
    behind a broken place is one member that cannot be had."""
    room = _Room(len(body))
    found = 0
    try:
        with library.memory_reader(body, format_name=kind, filter_name="none") as archive:
            for entry in archive:
                path = _path(library, entry)
                if not _is_file(entry) or is_leftover(path):
                    continue
                found += 1
                if found > MAX_MEMBERS:
                    raise TooLarge
                yield Member(last_name(path), partial(_unpacked, library, entry, room))
    except library.ArchiveError as error:
        why = _why(error)
        if not found:
            raise why from error
        yield Member(_REST, partial(_cannot, why))


def _is_file(entry: Any) -> bool:
    """A packer that does not say what a member is, means a file."""
    return bool(entry.isreg or not entry.filetype)


def _path(library: Any, entry: Any) -> str:
    """The name inside: Unicode where the archive has it, else in the charset that fits it."""
    wide = library.ffi.entry_pathname_w(entry._entry_p)
    plain = library.ffi.entry_pathname(entry._entry_p)
    path = wide or (decoded_name(plain) if plain else "")
    return path.replace("\\", "/")


class _Room:
    """How much an archive may still expand to: bounded as ZIP is."""

    def __init__(self, packed: int) -> None:
        self._left = min(MAX_EXPANDED, max(_FREELY, MAX_RATIO * packed))

    def take(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise TooLarge


def _unpacked(library: Any, entry: Any, room: _Room) -> bytes:
    parts = []
    if library.ffi.ffi("entry_is_encrypted", [ctypes.c_void_p], ctypes.c_int)(entry._entry_p):
        raise Encrypted
    try:
        for block in entry.get_blocks(_BLOCK):
            room.take(len(block))
            parts.append(block)
    except library.ArchiveError as error:
        raise _why(error) from error
    data = b"".join(parts)
    if entry.size is not None and len(data) < entry.size:
        raise Broken  # goes on in another volume, or is cut off
    return data


def _cannot(why: Exception) -> bytes:
    raise why


def _why(error: Exception) -> Exception:
    said = str(error).lower()
    if "encrypt" in said or "passphrase" in said:
        return Encrypted()
    return Unsupported(said) if "unsupported" in said else Broken(said)
