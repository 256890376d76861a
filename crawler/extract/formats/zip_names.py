"""Open a ZIP whatever charset its names are in: the archivers of the world rarely say it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075  # Info-ZIP's extra field: version, CRC-32 of the plain name, UTF-8 name
_CENTRAL, _END = b"PK\x01\x02", b"PK\x05\x06"


def open_archive(body: bytes) -> zipfile.ZipFile:
    """The archive with its names as their author wrote them; a name never costs the content."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
    except UnicodeDecodeError:  # flagged as UTF-8, and is not
        body = _without_utf8_flags(body)
        archive = zipfile.ZipFile(io.BytesIO(body))
    archive.NameToInfo.clear()
    for info in archive.infolist():
        if not info.flag_bits & _UTF8_FLAG:
            # zipfile reads an unflagged name as cp437, which loses no byte
            plain = info.filename.encode("cp437", "replace")
            info.filename = _unicode_path(info.extra, plain) or decoded_name(plain)
        info.filename = info.filename.replace("\\", "/")
        _believe_the_directory(info, body)
        archive.NameToInfo[info.filename] = info
    return archive


def _believe_the_directory(info: zipfile.ZipInfo, body: bytes) -> None:
    """zipfile refuses a file whose name before its data is not the directory's, if only by its
    charset: tell it the name that stands there."""
    header = body[info.header_offset : info.header_offset + 30]
    if len(header) < 30:
        return
    flags, size = struct.unpack_from("<6xH18xH", header)
    start = info.header_offset + 30
    name = body[start : start + size]
    info.orig_filename = name.decode("utf-8" if flags & _UTF8_FLAG else "cp437", "replace")


def decoded_name(plain: bytes) -> str:
    """A file name in UTF-8 (macOS, Linux), GBK (Windows in China) or Big5; else as cp437."""
    utf8, gbk, big5 = (_decoded(plain, charset) for charset in ("utf-8", "gbk", "big5"))
    if utf8 and (utf8.isascii() or max(utf8) >= "\u0800" or not gbk):
        return utf8
    if gbk and not (big5 and _looks_like_big5(gbk, big5)):
        return gbk  # also where pairs such as 目录 happen to be letters of UTF-8
    return big5 or plain.decode("cp437")


def _decoded(plain: bytes, charset: str) -> str:
    """The name in a charset; '' where it is none."""
    try:
        return plain.decode(charset)
    except UnicodeDecodeError:
        return ""


def _looks_like_big5(as_gbk: str, as_big5: str) -> bool:
    """Whether a name is common characters in Big5 and rare ones in GBK."""
    try:
        as_gbk.encode("gb2312")
    except UnicodeEncodeError:
        leads = [char.encode("big5")[0] for char in as_big5 if char > "\x7f"]
        return all(0xA1 <= lead <= 0xC6 for lead in leads)
    return False


def _unicode_path(extra: bytes, plain: bytes) -> str:
    """The UTF-8 name that WinRAR and others keep beside the plain one; '' without it."""
    position = 0
    while position + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, position)
        field = extra[position + 4 : position + 4 + size]
        if kind == _UNICODE_PATH and len(field) > 5:
            if struct.unpack_from("<I", field, 1)[0] == zlib.crc32(plain):
                return field[5:].decode("utf-8", "replace")
            return ""
        position += 4 + size
    return ""


def _without_utf8_flags(body: bytes) -> bytes:
    """The same archive with no name said to be UTF-8, in its directory and before each file."""
    patched = bytearray(body)
    end = body.rfind(_END)
    count, _, position = struct.unpack_from("<HII", body, end + 10)
    for _ in range(count):
        if body[position : position + 4] != _CENTRAL:
            break
        flags, sizes = position + 8, struct.unpack_from("<HHH", body, position + 28)
        local = struct.unpack_from("<I", body, position + 42)[0] + 6
        for place in (flags, local):
            value = struct.unpack_from("<H", body, place)[0]
            struct.pack_into("<H", patched, place, value & ~_UTF8_FLAG)
        position += 46 + sum(sizes)
    return bytes(patched)
