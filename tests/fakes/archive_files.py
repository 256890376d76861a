"""RAR archives of both ages, their members stored without packing; 7z by libarchive itself."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

import libarchive

_PASSWORD = 0x04


def seven_zip(files: Mapping[str, bytes]) -> bytes:
    out: list[bytes] = []

    def keep(data: bytes) -> int:
        out.append(bytes(data))
        return len(data)

    with libarchive.custom_writer(keep, "7zip") as archive:
        for name, body in files.items():
            archive.add_file_from_memory(name, len(body), body)
    return b"".join(out)


def rar5(files: Mapping[str, bytes]) -> bytes:
    """As WinRAR 5 and later write it; its names are UTF-8."""
    blocks = [_block(1, 0, _number(0))]
    for name, body in files.items():
        path = name.encode()
        mode, crc = _number(0o100644), struct.pack("<I", zlib.crc32(body))
        packing, system = _number(0), _number(1)
        head = _number(4) + _number(len(body)) + mode + crc + packing + system
        blocks.append(_block(2, 2, head + _number(len(path)) + path, body))
    return b"Rar!\x1a\x07\x01\x00" + b"".join(blocks) + _block(5, 0, _number(0))


def rar4(files: Mapping[bytes, bytes], *, password: bool = False) -> bytes:
    """As WinRAR 4 and before write it; its names are in the charset of their system."""
    blocks = [_old_block(0x73, 0, bytes(6))]
    for name, body in files.items():
        size, crc = len(body), zlib.crc32(body)
        head = struct.pack("<IIBIIBBHI", size, size, 2, crc, 0, 20, 0x30, len(name), 0x20)
        flags = 0x8000 | (_PASSWORD if password else 0)
        blocks.append(_old_block(0x74, flags, head + name, body))
    return b"Rar!\x1a\x07\x00" + b"".join(blocks) + _old_block(0x7B, 0x4000, b"")


def _number(value: int) -> bytes:
    out = bytearray()
    while True:
        value, low = value >> 7, value & 0x7F
        out.append(low | (0x80 if value else 0))
        if not value:
            return bytes(out)


def _block(kind: int, flags: int, fields: bytes, data: bytes = b"") -> bytes:
    size_of_data = _number(len(data)) if flags & 2 else b""
    inner = _number(kind) + _number(flags) + size_of_data + fields
    checked = _number(len(inner)) + inner
    return struct.pack("<I", zlib.crc32(checked)) + checked + data


def _old_block(kind: int, flags: int, fields: bytes, data: bytes = b"") -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(fields)) + fields
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head + data
