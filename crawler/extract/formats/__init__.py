"""Extract text and tables of one attachment, by what its bytes are and not by its name.

Runs inside the child process of :mod:`crawler.extract.child`: it may be killed for time or
memory, so it need not survive every hostile file, only never wait or write.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from crawler.extract.dom import squeeze
from crawler.extract.file_types import sniff
from crawler.extract.formats.markup import read_html, read_mhtml, read_office_xml, read_txt
from crawler.extract.formats.packed import (
    MAX_EXPANDED,
    MAX_MEMBERS,
    MAX_TEXT,
    Broken,
    Encrypted,
    Read,
    Table,
    TooLarge,
    open_zip,
    read_member,
)
from crawler.extract.formats.page_packages import read_odf, read_ofd, read_pptx
from crawler.extract.formats.pdf import read_pdf
from crawler.extract.formats.rtf import rtf_text
from crawler.extract.formats.sheets import read_csv, read_xls, read_xlsx
from crawler.extract.formats.word import read_doc, read_docx
from domain.records.states import AttachmentStatus

_MAX_DEPTH = 2
_NO_TEXT = 10


class Extracted(NamedTuple):
    """What could be read of a file; ``text`` holds the tables too, cells separated by tabs."""

    status: AttachmentStatus
    text: str = ""
    tables: tuple[Table, ...] = ()
    media_type: str = "application/octet-stream"


def extract_file(name: str, body: bytes, depth: int = 0) -> Extracted:
    """Read one file. Broken, encrypted and oversized files are results, not exceptions;
    MemoryError passes, the caller's process is expected to end with it."""
    kind, media_type = sniff(name, body)
    reader = partial(_read_zip, depth=depth) if kind == "zip" else _READERS.get(kind)
    if reader is None:
        status = AttachmentStatus.BROKEN if not body else AttachmentStatus.UNSUPPORTED
        return Extracted(status, media_type=media_type)
    try:
        text, tables = reader(body)
    except Encrypted:
        return Extracted(AttachmentStatus.ENCRYPTED, media_type=media_type)
    except TooLarge:
        return Extracted(AttachmentStatus.TOO_LARGE, media_type=media_type)
    except MemoryError:
        raise
    except Exception:  # foreign parsers raise anything on broken files
        return Extracted(AttachmentStatus.BROKEN, media_type=media_type)
    text = _tidy(text)
    if len(squeeze(text)) < _NO_TEXT and not tables:
        empty = (
            AttachmentStatus.NO_TEXT
            if kind in {"pdf", "docx", "doc", "ofd", "pptx"} or not squeeze(text)
            else AttachmentStatus.OK
        )
        return Extracted(empty, text, (), media_type)
    return Extracted(AttachmentStatus.OK, text[:MAX_TEXT], tables, media_type)


def _read_zip(body: bytes, depth: int) -> Read:
    if depth >= _MAX_DEPTH:
        raise TooLarge
    parts: list[str] = []
    tables: list[Table] = []
    states: list[AttachmentStatus] = []
    with open_zip(body) as archive:
        members = [
            info
            for info in archive.infolist()
            if not info.is_dir() and "__MACOSX" not in info.filename
        ]
        if len(members) > MAX_MEMBERS:
            raise TooLarge
        for info in members:
            name = info.filename.replace("\\", "/").rsplit("/", 1)[-1]
            inner = extract_file(name, read_member(archive, info.filename, MAX_EXPANDED), depth + 1)
            states.append(inner.status)
            parts.append(f"【{name}】\n{inner.text}" if inner.text else f"【{name}】")
            tables.extend(inner.tables)
    if states and AttachmentStatus.OK not in states:
        if AttachmentStatus.ENCRYPTED in states:
            raise Encrypted
        if AttachmentStatus.TOO_LARGE in states:
            raise TooLarge
        if set(states) <= {AttachmentStatus.BROKEN}:
            raise Broken
    return "\n".join(parts), tuple(tables)


def _ole_encrypted(_body: bytes) -> Read:
    raise Encrypted


def _rtf(body: bytes) -> Read:
    return rtf_text(body), ()


def _tidy(text: str) -> str:
    """Lines without outer blanks and control characters, at most one empty line in a row."""
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]", "", text.replace("\r", "\n"))
    text = "\n".join(line.strip(" \u3000\u00a0") for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


_READERS: dict[str, Callable[[bytes], Read]] = {
    "pdf": read_pdf, "docx": read_docx, "pptx": read_pptx, "ofd": read_ofd, "odf": read_odf,
    "doc": read_doc, "ole_encrypted": _ole_encrypted, "xlsx": read_xlsx, "xls": read_xls,
    "rtf": _rtf, "html": read_html, "mhtml": read_mhtml, "xml": read_office_xml,
    "csv": read_csv, "txt": read_txt,
}  # fmt: skip
