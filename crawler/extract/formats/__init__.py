"""Extract text and tables of one attachment, by what its bytes are and not by its name.

Runs inside the child process of :mod:`crawler.extract.child`: it may be killed for time or
memory, so it need not survive every hostile file, only never wait or write.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from crawler.extract.dom import squeeze
from crawler.extract.file_types import sniff
from crawler.extract.formats.packed import (
    MAX_TEXT,
    Encrypted,
    Member,
    Read,
    Table,
    TooLarge,
    UnreadPart,
    Unsupported,
)
from crawler.extract.scans.scan_session import ScanSession, scan_session
from crawler.extract.scans.scanned_page import unsure_spans
from domain.records.states import AttachmentStatus
from domain.text.compatibility import plain_characters
from i18n.unread_parts import unread_note

_MAX_DEPTH = 2
_NO_TEXT = 10
_READ = (AttachmentStatus.OK, AttachmentStatus.PARTIAL)
# of a file with nothing to read in it, the first of these that is true of one of its parts
_GRAVEST = (
    AttachmentStatus.ENCRYPTED, AttachmentStatus.TOO_LARGE, AttachmentStatus.BROKEN,
    AttachmentStatus.UNSUPPORTED,
)  # fmt: skip


class ScanCount(NamedTuple):
    """How many scanned pages a text rests on, which of its characters are not sure (starts and
    ends), and how many pages may still be read."""

    read: int = 0
    waiting: int = 0
    unsure: tuple[tuple[int, int], ...] = ()


class Extracted(NamedTuple):
    """What could be read of a file; ``text`` holds the tables too, cells separated by tabs.

    With the status ``partial`` the last line of the text names the parts in ``unread``.
    """

    status: AttachmentStatus
    text: str = ""
    tables: tuple[Table, ...] = ()
    media_type: str = "application/octet-stream"
    unread: tuple[UnreadPart, ...] = ()
    scans: ScanCount = ScanCount()


def extract_file(name: str, body: bytes) -> Extracted:
    """Read one file. Broken, encrypted and oversized files are results, not exceptions;
    MemoryError passes, the caller's process is expected to end with it."""
    found = _extract(name, body, depth=0)
    if found.status is not AttachmentStatus.PARTIAL:
        return found
    return found._replace(text=f"{found.text}\n{unread_note(found.unread)}")


def extract_scans(name: str, body: bytes, session: ScanSession) -> Extracted:
    """The same with the scanned pages that the session knows or reads."""
    with scan_session(session):
        found = extract_file(name, body)
    pages = session.used
    if pages and found.status is AttachmentStatus.OK:
        found = found._replace(status=AttachmentStatus.OCR)
    unsure = unsure_spans(found.text, pages) if not session.waiting else ()
    return found._replace(scans=ScanCount(len(pages), session.waiting, unsure))


def _extract(name: str, body: bytes, depth: int) -> Extracted:
    kind, media_type = sniff(name, body)
    if kind not in {*_READERS, "compressed", "ole_encrypted"}:
        status = AttachmentStatus.BROKEN if not body else AttachmentStatus.UNSUPPORTED
        return Extracted(status, media_type=media_type)
    try:
        read = _read(kind, name, body)
        read = read._replace(text=_tidy(read.text), tables=_plain(read.tables))
        return _judged(_with_members(read, depth), kind, media_type)
    except MemoryError:
        raise
    except Exception as error:  # foreign parsers raise anything on broken files
        return Extracted(_state_of(error), media_type=media_type)


def _state_of(error: Exception) -> AttachmentStatus:
    if isinstance(error, Encrypted):
        return AttachmentStatus.ENCRYPTED
    # zipfile says NotImplementedError of a way of packing that it does not know
    if isinstance(error, Unsupported | NotImplementedError):
        return AttachmentStatus.UNSUPPORTED
    return AttachmentStatus.TOO_LARGE if isinstance(error, TooLarge) else AttachmentStatus.BROKEN


class _WithMembers(NamedTuple):
    """A file and what is in it as one text, and how many characters of it are no names."""

    read: Read
    content: int


def _with_members(read: Read, depth: int) -> _WithMembers:
    parts = [read.text] if read.text else []
    content = len(squeeze(read.text))
    tables, unread = list(read.tables), list(read.unread)
    for member in read.members:
        inner = _extract_member(member, depth + 1)
        parts.append(f"【{member.name}】\n{inner.text}" if inner.text else f"【{member.name}】")
        content += len(squeeze(inner.text)) if inner.status in _READ else 0
        tables += inner.tables
        unread += _unread_of(member.name, inner)
    return _WithMembers(Read("\n".join(parts), tuple(tables), tuple(unread)), content)


def _extract_member(member: Member, depth: int) -> Extracted:
    if depth > _MAX_DEPTH:
        return Extracted(AttachmentStatus.TOO_LARGE)
    try:
        body = member.unpack()
    except MemoryError:
        raise
    except Exception as error:  # as above: one member costs no other
        return Extracted(_state_of(error))
    if not body:
        return Extracted(AttachmentStatus.OK)
    return _extract(member.name, body, depth)


def _unread_of(name: str, inner: Extracted) -> list[UnreadPart]:
    if inner.status is AttachmentStatus.PARTIAL:
        return [UnreadPart(f"{name}/{part.name}", part.why) for part in inner.unread]
    return [] if inner.status is AttachmentStatus.OK else [UnreadPart(name, inner.status)]


def _judged(whole: _WithMembers, kind: str, media_type: str) -> Extracted:
    text, tables, unread, _ = whole.read
    if len(text) > MAX_TEXT:
        unread += (UnreadPart(f"第{MAX_TEXT + 1}字起", AttachmentStatus.TOO_LARGE),)
    short = whole.content < _NO_TEXT and not tables
    if short and unread:
        why = {part.why for part in unread}
        gravest = next((each for each in _GRAVEST if each in why), AttachmentStatus.NO_TEXT)
        names = text if gravest is AttachmentStatus.UNSUPPORTED else ""
        return Extracted(gravest, names, (), media_type, unread)
    status = AttachmentStatus.PARTIAL if unread else AttachmentStatus.OK
    if short and (not whole.content or kind in _NEVER_SHORT):
        status = AttachmentStatus.NO_TEXT
    return Extracted(status, text[:MAX_TEXT], tables, media_type, unread)


def _read(kind: str, name: str, body: bytes) -> Read:
    if kind == "ole_encrypted":
        raise Encrypted
    if kind == "compressed":  # the only kind whose content is called after the file
        from crawler.extract.formats.containers import read_compressed

        return read_compressed(name, body)
    module, function = _READERS[kind].split(":")
    reader: Callable[[bytes], Read] = getattr(import_module(f"{__name__}.{module}"), function)
    return reader(body)


def _tidy(text: str) -> str:
    """Lines without outer blanks and control characters, at most one empty line in a row."""
    text = plain_characters(text).replace("\r", "\n")
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff]", "", text)
    text = "\n".join(line.strip(" \u3000\u00a0") for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def _plain(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """The cells in ordinary characters, as the text is."""
    return tuple(tuple(tuple(map(plain_characters, row)) for row in table) for table in tables)


# a document of less than a line is a picture or an empty form
_NEVER_SHORT = frozenset({"pdf", "docx", "doc", "ofd", "pptx"})
# where the reader of a kind stands; it is loaded when the first file of its kind comes
_READERS = {
    "pdf": "pdf.pdf_document:read_pdf", "ofd": "ofd.ofd_document:read_ofd",
    "docx": "word.docx:read_docx", "doc": "word.binary_word:read_doc",
    "rtf": "rtf:read_rtf", "odf": "odf.odf:read_odf",
    "xlsx": "sheets.xlsx:read_xlsx", "xls": "sheets.xls:read_xls",
    "csv": "sheets.csv_table:read_csv", "pptx": "slides:read_pptx", "html": "markup:read_html",
    "mhtml": "markup:read_mhtml", "txt": "markup:read_txt", "xml": "office_xml:read_office_xml",
    "zip": "containers:read_zip", "tar": "containers:read_tar",
    "image": "picture:read_image", "archive": "foreign_archives:read_foreign_archive",
}  # fmt: skip
