"""Tell what a file is: by its bytes when they are at hand, by its name before it is fetched.

A new format has its ending in :data:`DOCUMENTS`, its first bytes in :func:`sniff`, and its reader
in :mod:`crawler.extract.formats`.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterable

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF8 = b"\x09\x08\x10\x00\x00\x06\x05\x00"  # a workbook's records without the file around
_IMAGES = (
    (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG", "image/png"), (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"), (b"II*\x00", "image/tiff"), (b"MM\x00*", "image/tiff"),
)  # fmt: skip
_ARCHIVES = (
    (b"Rar!", "application/vnd.rar"), (b"7z\xbc\xaf'\x1c", "application/x-7z-compressed"),
)  # fmt: skip
_COMPRESSED = (
    (b"\x1f\x8b", "application/gzip"), (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ", "application/x-xz"),
)  # fmt: skip
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

# the main parts of packages; some programs write word/document2.xml
_PACKAGES = (
    (re.compile(r"word/document\d*\.xml"), "docx", _DOCX),
    (re.compile(r"xl/workbook\d*\.xml"), "xlsx", _XLSX),
    (re.compile(r"ppt/presentation\d*\.xml"), "pptx", _PPTX),
    (re.compile(r"ofd\.xml"), "ofd", "application/ofd"),
)

# Endings of the files that are attached to notices, with their media types.
DOCUMENTS = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": _DOCX,
    "docm": "application/vnd.ms-word.document.macroEnabled.12",
    "xls": "application/vnd.ms-excel",
    "xlsx": _XLSX,
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": _PPTX,
    "wps": "application/vnd.ms-works",
    "et": "application/vnd.ms-works",
    "dps": "application/vnd.ms-works",
    "ofd": "application/ofd",
    "zip": "application/zip",
    "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed",
    "tar": "application/x-tar",
    "gz": "application/gzip",
    "rtf": "application/rtf",
    "txt": "text/plain",
    "csv": "text/csv",
    "ceb": "application/x-ceb",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "mht": "multipart/related",
    "mhtml": "multipart/related",
    "tgz": "application/gzip",
    "xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
}
PICTURES = ("jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp")

_MAIL = re.compile(rb"[a-z][a-z-]{1,40}: ?\S")  # a saved page begins like a mail


def ending(extensions: Iterable[str]) -> str:
    """A regular expression of a dot and any of these: ``\\.(?:docx|doc)``, longest first."""
    longest_first = sorted(extensions, key=lambda each: (-len(each), each))
    return rf"\.(?:{'|'.join(longest_first)})"


def sniff(name: str, body: bytes) -> tuple[str, str]:
    """What a file is: the reader's name and the media type."""
    head = body[:1024]
    for kind, magics in (("image", _IMAGES), ("archive", _ARCHIVES), ("compressed", _COMPRESSED)):
        for magic, media_type in magics:
            if head.startswith(magic):
                return kind, media_type
    if head[257:262] == b"ustar":
        return "tar", "application/x-tar"
    if b"%PDF-" in head:
        return "pdf", "application/pdf"
    if head.startswith(_OLE):
        return _sniff_ole(body)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _sniff_zip(body)
    if head.startswith(_BIFF8):
        return "xls", "application/vnd.ms-excel"
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf", "application/rtf"
    return _sniff_text(name, body)


def _sniff_zip(body: bytes) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
    # zipfile raises NotImplementedError for a version or method that it cannot read
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError):
        return "zip", "application/zip"
    for main, kind, media_type in _PACKAGES:
        if any(main.fullmatch(name) for name in names):
            return kind, media_type
    if "mimetype" in names and "content.xml" in names:
        return "odf", "application/vnd.oasis.opendocument"
    if "[content_types].xml" in names:
        return "package", "application/vnd.openxmlformats"
    return "zip", "application/zip"


def _sniff_ole(body: bytes) -> tuple[str, str]:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(body)) as ole:
            names = {entry[0] for entry in ole.listdir()}
    except (OSError, ValueError, IndexError, struct.error, TypeError):
        return "doc", "application/msword"
    if "EncryptedPackage" in names:
        return "ole_encrypted", "application/x-ole-storage"
    if names & {"Workbook", "Book"}:
        return "xls", "application/vnd.ms-excel"
    if "WordDocument" in names:
        return "doc", "application/msword"
    return "ole", "application/x-ole-storage"


def _sniff_text(name: str, body: bytes) -> tuple[str, str]:
    sample = body[:4096]
    if not body.strip(b"\x00 \r\n\t"):
        return "none", "application/octet-stream"
    utf16 = sample.startswith((b"\xff\xfe", b"\xfe\xff"))
    plain = sample.decode("utf-16", "ignore").encode() if utf16 else sample
    lowered = plain.lower().lstrip(b"\xef\xbb\xbf \r\n\t")
    if _MAIL.match(lowered) and b"mime-version:" in lowered and b"content-type:" in lowered:
        return "mhtml", "multipart/related"
    xml = lowered.startswith((b"<?xml", b"<workbook", b"<w:worddocument", b"<?mso"))
    if xml and b"<html" not in lowered:
        return "xml", "application/xml"
    if lowered.startswith(b"<") and re.search(
        rb"<(?:!doctype|html|head|body|table|div|p|meta|span|center|style)\b", lowered
    ):
        return "html", "text/html"
    controls = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    if not utf16 and controls > len(sample) * 0.02:
        return "unknown", "application/octet-stream"
    if name.lower().endswith(".csv"):
        return "csv", "text/csv"
    return "txt", "text/plain"
