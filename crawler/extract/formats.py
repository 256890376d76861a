"""Text and tables of one attachment, by what its bytes are and not by what it is called.

Runs inside the child process of :mod:`crawler.extract.child`: it may be killed for time or
memory, so it need not survive every hostile file, only never wait or write.
"""

from __future__ import annotations

import csv
import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from lxml import etree

from archive.records import AttachmentStatus
from archive.textnorm import repair_cjk_spaces
from crawler.extract import body as page_body
from crawler.extract.dom import clean, parse_html, squeeze
from crawler.extract.encoding import decode
from crawler.extract.pdftables import page_text
from crawler.extract.rtf import rtf_text

Table = tuple[tuple[str, ...], ...]

MAX_TEXT = 4_000_000
MAX_EXPANDED = 240 * 1024 * 1024
MAX_XML = 64 * 1024 * 1024
MAX_RATIO = 300
MAX_MEMBERS = 200
MAX_DEPTH = 2
MAX_PAGES = 1500
MAX_ROWS = 20_000
MAX_COLUMNS = 120
_NO_TEXT = 10

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
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


_EDGE = r"[\s\-—–－―]*"
_PAGE_NUMBER = re.compile(
    rf"^{_EDGE}(?:第\s*)?\d{{1,4}}(?:\s*[/／]\s*\d{{1,4}})?(?:\s*页)?{_EDGE}$"
)


class Extracted(NamedTuple):
    """What could be read of a file; ``text`` holds the tables too, cells separated by tabs."""

    status: AttachmentStatus
    text: str = ""
    tables: tuple[Table, ...] = ()
    media_type: str = "application/octet-stream"


class Encrypted(Exception):
    """The file asks for a password."""


class TooLarge(Exception):
    """The file would expand beyond the limits."""


class Broken(Exception):
    """The file is not what its first bytes say."""


def extract_file(name: str, body: bytes, depth: int = 0) -> Extracted:
    """Read one file. Broken, encrypted and oversized files are results, not exceptions;
    MemoryError passes, the caller's process is expected to end with it."""
    kind, media_type = sniff(name, body)
    reader = _READERS.get(kind)
    if reader is None:
        status = AttachmentStatus.BROKEN if not body else AttachmentStatus.UNSUPPORTED
        return Extracted(status, media_type=media_type)
    try:
        text, tables = reader(body) if kind != "zip" else _zip(body, depth)
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


# ---------------------------------------------------------------------- PDF


def _pdf(body: bytes) -> tuple[str, tuple[Table, ...]]:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Encrypted from error
        raise Broken from error
    pages: list[str] = []
    tables: list[Table] = []
    size = 0
    try:
        for number in range(min(len(document), MAX_PAGES)):
            page = document[number]
            try:
                textpage = page.get_textpage()
                text, ruled = page_text(page, textpage, textpage.get_text_range())
                tables += ruled
                textpage.close()
            finally:
                page.close()
            pages.append(_without_page_number(text))
            size += len(text)
            if size > MAX_TEXT:
                break
    finally:
        document.close()
    return repair_cjk_spaces("\n".join(pages)), tuple(tables)


def _without_page_number(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while lines and (not lines[-1].strip() or _PAGE_NUMBER.match(lines[-1])):
        lines.pop()
    if lines and len(lines) > 2 and _PAGE_NUMBER.match(lines[0]):
        lines.pop(0)
    return "\n".join(lines)


# ------------------------------------------------------------ packaged formats


def _open_zip(body: bytes) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(io.BytesIO(body), metadata_encoding="gbk")
    infos = archive.infolist()
    expanded = sum(info.file_size for info in infos)
    if expanded > MAX_EXPANDED or len(infos) > 50_000:
        raise TooLarge
    if expanded > 8 * 1024 * 1024 and expanded > MAX_RATIO * max(len(body), 1):
        raise TooLarge
    return archive


def _member(archive: zipfile.ZipFile, name: str, limit: int = MAX_XML) -> bytes:
    info = archive.getinfo(name)
    if info.flag_bits & 1:
        raise Encrypted
    if info.file_size > limit:
        raise TooLarge
    with archive.open(info) as member:
        data = member.read(limit + 1)
    if len(data) > limit:
        raise TooLarge
    return data


def _xml(data: bytes) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, recover=True, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    root = etree.fromstring(data, parser)
    if root is None:
        raise Broken
    return root


def _docx(body: bytes) -> tuple[str, tuple[Table, ...]]:
    with _open_zip(body) as archive:
        root = _xml(_member(archive, "word/document.xml"))
        notes = ""
        if "word/footnotes.xml" in archive.namelist():
            notes = "\n".join(_docx_lines(_xml(_member(archive, "word/footnotes.xml")), []))
    tables: list[Table] = []
    lines = list(_docx_lines(root, tables))
    return "\n".join([*lines, notes]).strip(), tuple(tables)


def _docx_lines(element: Any, tables: list[Table]) -> Iterator[str]:
    """Paragraphs and table rows in order; text boxes where they are anchored."""
    for child in element:
        tag = child.tag
        if not isinstance(tag, str):
            continue
        if tag == f"{_W}p":
            if text := _docx_paragraph(child):
                yield text
            for box in child.iter(f"{_W}txbxContent"):
                if not any(up.tag.endswith("}Fallback") for up in box.iterancestors()):
                    yield from _docx_lines(box, tables)
        elif tag == f"{_W}tbl":
            table = _docx_table(child)
            if table:
                tables.append(table)
                yield from ("\t".join(row) for row in table)
        elif not tag.endswith(("}sectPr", "}Fallback")):
            yield from _docx_lines(child, tables)


def _docx_paragraph(paragraph: Any) -> str:
    parts: list[str] = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        if _inside(node, paragraph, ("txbxContent", "Fallback", "del")):
            continue
        name = node.tag.rsplit("}", 1)[1]
        parts.append(
            node.text or "" if name == "t" else {"tab": " ", "noBreakHyphen": "-"}.get(name, "\n")
        )
    return "\n".join(line for part in "".join(parts).split("\n") if (line := clean(part)))


def _inside(node: Any, stop: Any, names: tuple[str, ...]) -> bool:
    up = node.getparent()
    while up is not None and up is not stop:
        if up.tag.rsplit("}", 1)[-1] in names:
            return True
        up = up.getparent()
    return False


def _docx_table(table: Any) -> Table:
    rows: list[tuple[str, ...]] = []
    for row in table.iterchildren(f"{_W}tr"):
        cells: list[str] = []
        for cell in row.iter(f"{_W}tc"):
            if _inside(cell, row, ("tc",)):
                continue
            properties = cell.find(f"{_W}tcPr")
            merge = properties.find(f"{_W}vMerge") if properties is not None else None
            continued = merge is not None and merge.get(f"{_W}val") != "restart"
            lines = [_docx_paragraph(each) for each in cell.iter(f"{_W}p")]
            text = "" if continued else " ".join(" ".join(lines).split("\n")).strip()
            span = properties.find(f"{_W}gridSpan") if properties is not None else None
            width = (span.get(f"{_W}val") or "1") if span is not None else "1"
            extra = min(int(width), 60) - 1 if width.isdigit() else 0
            cells.extend([clean(text), *[""] * extra])
        if any(cells):
            rows.append(tuple(cells))
        if len(rows) >= MAX_ROWS:
            break
    return tuple(rows)


def _pptx(body: bytes) -> tuple[str, tuple[Table, ...]]:
    with _open_zip(body) as archive:
        slides = [n for n in archive.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", n)]
        lines: list[str] = []
        for name in sorted(slides, key=_numbers):
            for paragraph in _xml(_member(archive, name)).iter("{*}p"):
                text = clean("".join(node.text or "" for node in paragraph.iter("{*}t")))
                if text:
                    lines.append(text)
    return "\n".join(lines), ()


def _odf(body: bytes) -> tuple[str, tuple[Table, ...]]:
    with _open_zip(body) as archive:
        root = _xml(_member(archive, "content.xml"))
    lines = (clean("".join(each.itertext())) for each in root.iter("{*}p", "{*}h"))
    return "\n".join(line for line in lines if line), ()


def _ofd(body: bytes) -> tuple[str, tuple[Table, ...]]:
    with _open_zip(body) as archive:
        names = archive.namelist()
        if any(name.endswith("Encryptions.xml") for name in names):
            raise Encrypted
        pages = [n for n in names if re.search(r"Pages?/Page_?\d+/Content\.xml$", n, re.I)]
        text = "\n".join(
            _ofd_page(_xml(_member(archive, name)))
            for name in sorted(pages, key=_numbers)[:MAX_PAGES]
        )
    return repair_cjk_spaces(text), ()


def _ofd_page(root: Any) -> str:
    """The lines of a page: runs whose boxes stand at the same height belong to one line."""
    lines: list[str] = []
    height: float | None = None
    for run in root.iter("{*}TextObject"):
        text = "".join(code.text or "" for code in run.iter("{*}TextCode"))
        top = _top(run)
        if lines and height is not None and top is not None and abs(top - height) < 2.0:
            lines[-1] += text
        elif text:
            lines.append(text)
        height = top if top is not None else height
    return _without_page_number("\n".join(lines))


def _top(run: Any) -> float | None:
    try:
        return float((run.get("Boundary") or "").split()[1])
    except (IndexError, ValueError):
        return None


def _numbers(name: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", name)]


def _zip(body: bytes, depth: int) -> tuple[str, tuple[Table, ...]]:
    if depth >= MAX_DEPTH:
        raise TooLarge
    parts: list[str] = []
    tables: list[Table] = []
    states: list[AttachmentStatus] = []
    with _open_zip(body) as archive:
        members = [
            info
            for info in archive.infolist()
            if not info.is_dir() and "__MACOSX" not in info.filename
        ]
        if len(members) > MAX_MEMBERS:
            raise TooLarge
        for info in members:
            name = member_name(info).rsplit("/", 1)[-1]
            inner = extract_file(name, _member(archive, info.filename, MAX_EXPANDED), depth + 1)
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


def member_name(info: zipfile.ZipInfo) -> str:
    """A member's name; old Chinese archives hold GBK bytes without saying so."""
    return info.filename.replace("\\", "/")


# -------------------------------------------------------------- older formats


def _doc(body: bytes) -> tuple[str, tuple[Table, ...]]:
    from legacy_doc import LegacyDocError, extract_text

    text = ""
    failed: Exception | None = None
    try:
        text = extract_text(body).text
    except LegacyDocError as error:
        if "ncrypt" in str(error):
            raise Encrypted from error
        failed = error
    try:
        other, tables = _wps(body)
    except Broken:
        if failed is not None and "no text" not in str(failed):
            raise
        other, tables = "", ()
    return (text if len(squeeze(text)) >= 0.6 * len(squeeze(other)) else other), tables


def _wps(body: bytes) -> tuple[str, tuple[Table, ...]]:
    """The second reader of Word's binary format; the one that knows tables."""
    from wps2md import Paragraph, WpsParseError, parse

    try:
        document = parse(body)
    except WpsParseError as error:
        if "ncrypt" in str(error):
            raise Encrypted from error
        raise Broken from error
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise Broken from error
    tables: list[Table] = []
    rows: list[tuple[str, ...]] = []
    cells: list[str] = []
    for paragraph in [*document.paragraphs, Paragraph(istd=0, text="")]:
        if paragraph.is_row_end:
            if any(cells):
                rows.append(tuple(cells))
            cells = []
        elif paragraph.in_table:
            cells.append(clean(paragraph.text))
        elif rows:
            tables.append(tuple(rows))
            rows = []
    return document.main_text, tuple(tables)


def _ole_encrypted(_body: bytes) -> tuple[str, tuple[Table, ...]]:
    raise Encrypted


# --------------------------------------------------------------- spreadsheets


def _xlsx(body: bytes) -> tuple[str, tuple[Table, ...]]:
    import openpyxl

    with _open_zip(body) as archive:
        for info in archive.infolist():
            if info.flag_bits & 1:
                raise Encrypted
            if info.filename.startswith("xl/") and info.file_size > 3 * MAX_XML:
                raise TooLarge
    workbook = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True)
    try:
        sheets = []
        for sheet in workbook.worksheets:
            rows = sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True)
            sheets.append((sheet.title, _sheet(rows)))
    finally:
        workbook.close()
    return _sheets_text(sheets)


def _xls(body: bytes) -> tuple[str, tuple[Table, ...]]:
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=body, logfile=io.StringIO(), on_demand=True)
    except xlrd.XLRDError as error:
        if "ncrypt" in str(error) or "password" in str(error).lower():
            raise Encrypted from error
        raise Broken from error
    sheets = []
    for index in range(book.nsheets):
        sheet = book.sheet_by_index(index)
        rows = (
            [
                _xls_value(sheet.cell(row, column), book.datemode)
                for column in range(min(sheet.ncols, MAX_COLUMNS))
            ]
            for row in range(min(sheet.nrows, MAX_ROWS))
        )
        sheets.append((sheet.name, _sheet(rows)))
        book.unload_sheet(index)
    return _sheets_text(sheets)


def _xls_value(cell: Any, datemode: int) -> object:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate_as_datetime(cell.value, datemode)
        except (xlrd.xldate.XLDateError, ValueError, OverflowError):
            return cell.value
    return "" if cell.ctype == xlrd.XL_CELL_ERROR else cell.value


def _sheet(rows: Any) -> Table:
    table: list[tuple[str, ...]] = []
    for row in rows:
        cells = [_cell(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            table.append(tuple(cells))
    return tuple(table)


def _cell(value: object) -> str:
    from datetime import datetime

    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return (
            value.date().isoformat()
            if value.time().isoformat() == "00:00:00"
            else value.isoformat(" ")
        )
    return clean(str(value))


def _sheets_text(sheets: list[tuple[str, Table]]) -> tuple[str, tuple[Table, ...]]:
    filled = [(name, table) for name, table in sheets if table]
    lines: list[str] = []
    for name, table in filled:
        if len(filled) > 1:
            lines.append(name)
        lines.extend("\t".join(row) for row in table)
    return "\n".join(lines), tuple(table for _, table in filled)


# ------------------------------------------------------------------ plain text


def _html(body: bytes) -> tuple[str, tuple[Table, ...]]:
    root = parse_html(decode(body))
    element = next(iter(root.iter("body")), root)
    blocks = page_body.read_blocks(element)
    return "\n".join(block.as_text() for block in blocks), tuple(b.rows for b in blocks if b.rows)


def _mhtml(body: bytes) -> tuple[str, tuple[Table, ...]]:
    import email
    from email import policy

    message = email.message_from_bytes(body, policy=policy.compat32)
    for part in message.walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return _html(payload)
    raise Broken


def _xml_office(body: bytes) -> tuple[str, tuple[Table, ...]]:
    """Word and Excel 2003 XML, and any other XML as its text."""
    if len(body) > MAX_XML:
        raise TooLarge
    root = _xml(body)
    rows = [
        tuple(clean("".join(cell.itertext())) for cell in row.iterchildren("{*}Cell"))
        for row in root.iter("{*}Row")
    ]
    rows = [row for row in rows if any(row)][:MAX_ROWS]
    if rows:
        return "\n".join("\t".join(row) for row in rows), (tuple(rows),)
    paragraphs = [clean("".join(t.text or "" for t in p.iter("{*}t"))) for p in root.iter("{*}p")]
    if any(paragraphs):
        return "\n".join(line for line in paragraphs if line), ()
    return "\n".join(line for piece in root.itertext() if (line := clean(piece))), ()


def _csv(body: bytes) -> tuple[str, tuple[Table, ...]]:
    text = decode(body)
    rows: list[tuple[str, ...]] = []
    for row in csv.reader(io.StringIO(text.replace("\x00", ""))):
        if any(cell.strip() for cell in row):
            rows.append(tuple(clean(cell) for cell in row[:MAX_COLUMNS]))
        if len(rows) >= MAX_ROWS:
            break
    return "\n".join("\t".join(row) for row in rows), (tuple(rows),)


def _txt(body: bytes) -> tuple[str, tuple[Table, ...]]:
    return decode(body).replace("\r\n", "\n").replace("\r", "\n"), ()


def _rtf(body: bytes) -> tuple[str, tuple[Table, ...]]:
    return rtf_text(body), ()


def _tidy(text: str) -> str:
    """Lines without outer blanks and control characters, at most one empty line in a row."""
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]", "", text.replace("\r", "\n"))
    text = "\n".join(line.strip(" \u3000\u00a0") for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


_Reader = Callable[[bytes], tuple[str, tuple[Table, ...]]]
_READERS: dict[str, _Reader] = {
    "pdf": _pdf, "docx": _docx, "pptx": _pptx, "ofd": _ofd, "odf": _odf, "doc": _doc,
    "ole_encrypted": _ole_encrypted, "xlsx": _xlsx, "xls": _xls, "rtf": _rtf, "html": _html,
    "mhtml": _mhtml, "xml": _xml_office, "csv": _csv, "txt": _txt,
    "zip": lambda body: _zip(body, 0),
}  # fmt: skip
