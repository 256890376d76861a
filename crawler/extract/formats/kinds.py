"""Recognise a file's format by its bytes and not by its name."""

from __future__ import annotations

import io
import re
import struct
import zipfile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (
    (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG", "image/png"), (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"), (b"II*\x00", "image/tiff"), (b"MM\x00*", "image/tiff"),
)  # fmt: skip
_ARCHIVES = (
    (b"Rar!", "application/vnd.rar"), (b"7z\xbc\xaf'\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"), (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ", "application/x-xz"),
)  # fmt: skip
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def sniff(name: str, body: bytes) -> tuple[str, str]:
    """What a file is: the reader's name and the media type."""
    head = body[:1024]
    for magic, media_type in (*_IMAGES, *_ARCHIVES):
        if head.startswith(magic):
            return ("image" if media_type.startswith("image/") else "archive"), media_type
    if b"%PDF-" in head:
        return "pdf", "application/pdf"
    if head.startswith(_OLE):
        return _sniff_ole(body)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _sniff_zip(body)
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf", "application/rtf"
    return _sniff_text(name, body)


def _sniff_zip(body: bytes) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = set(archive.namelist())
    # zipfile raises NotImplementedError for a version or method that it cannot read
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError):
        return "zip", "application/zip"
    for member, kind, media_type in (
        ("word/document.xml", "docx", _DOCX),
        ("xl/workbook.xml", "xlsx", _XLSX),
        ("ppt/presentation.xml", "pptx", _PPTX),
        ("OFD.xml", "ofd", "application/ofd"),
    ):
        if member in names:
            return kind, media_type
    if "mimetype" in names and "content.xml" in names:
        return "odf", "application/vnd.oasis.opendocument"
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
    lowered = sample.lower().lstrip(b"\xef\xbb\xbf \r\n\t")
    if b"mime-version:" in lowered[:400] and b"content-type:" in lowered:
        return "mhtml", "multipart/related"
    xml = lowered.startswith((b"<?xml", b"<workbook", b"<w:worddocument", b"<?mso"))
    if xml and b"<html" not in lowered:
        return "xml", "application/xml"
    if lowered.startswith(b"<") and re.search(
        rb"<(?:!doctype|html|head|body|table|div|p|meta|span|center|style)\b", lowered
    ):
        return "html", "text/html"
    utf16 = sample.startswith((b"\xff\xfe", b"\xfe\xff"))
    controls = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    if not utf16 and controls > len(sample) * 0.02:
        return "unknown", "application/octet-stream"
    if name.lower().endswith(".csv"):
        return "csv", "text/csv"
    return "txt", "text/plain"
