"""Attachments made byte by byte, one builder a format."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence

SENTENCE = "第一条 为了规范动力电池编码管理，制定本办法。"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(members: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def docx(inner: str, doctype: str = "") -> bytes:
    xml = f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="{WORD}"><w:body>{inner}</w:body></w:document>'
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": xml})


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf(*texts: str, encrypt: bool = False) -> bytes:
    """A PDF of plain lines, a page a text."""
    pages = [
        "BT /F1 12 Tf 14 TL 40 700 Td "
        + " ".join(f"<{line.encode('utf-16-be').hex()}> Tj T*" for line in text.split("\n"))
        + " ET"
        for text in texts
    ]
    return pdf_of(pages, encrypt=encrypt)


def ruled(rows: Sequence[Sequence[str]], top: int, width: int = 90, height: int = 30) -> str:
    """A table with thin lines: a cell's text may hold two lines, as PDF writers break them."""
    parts = []
    right, bottom = 40 + width * len(rows[0]), top - height * len(rows)
    parts += [f"40 {top - height * n} {right - 40} 0.7 re f" for n in range(len(rows) + 1)]
    parts += [f"{40 + width * n} {bottom} 0.7 {top - bottom} re f" for n in range(len(rows[0]) + 1)]
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            for line, text in enumerate(cell.split("\n")):
                x, y = 43 + width * column, top - height * number - 12 - 12 * line
                parts.append(f"BT /F1 9 Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET")
    return "\n".join(parts)


def pdf_of(contents: Sequence[str], *, encrypt: bool = False) -> bytes:
    """A PDF whose font tells its characters only by a ToUnicode map, by page contents."""
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange "
        b"1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /S /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /S /DW 1000 /CIDSystemInfo << /Registry (A) /Ordering (I) /Supplement 0 >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap),
    ]
    kids = []
    for content in contents:
        data = content.encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            % len(objects)
        )
        kids.append(len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    extra = (
        b" /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> >>"
        if encrypt
        else b""
    )  # fmt: skip
    out += b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        extra,
        start,
    )
    return bytes(out)


def ole(streams: dict[str, bytes]) -> bytes:
    """A compound file; streams are padded so that none is small."""
    padded = {name: data + b"\0" * (-len(data) % 512 + 4096) for name, data in streams.items()}
    padded = {name: data[: len(data) // 512 * 512] for name, data in padded.items()}
    fat = [0xFFFFFFFD, 0xFFFFFFFE]
    directory = [("Root Entry", 5, 0xFFFFFFFE, 0)]
    body = b""
    for name, data in padded.items():
        first, count = len(fat), len(data) // 512
        fat += [*range(first + 1, first + count), 0xFFFFFFFE]
        directory.append((name, 2, first, len(data)))
        body += data
    assert len(fat) <= 128
    assert len(directory) <= 4
    entries = b""
    for number, (name, kind, first, size) in enumerate(directory):
        raw = (name + "\0").encode("utf-16-le")
        right = number + 1 if 0 < number < len(directory) - 1 else 0xFFFFFFFF
        child = 1 if number == 0 and len(directory) > 1 else 0xFFFFFFFF
        entries += raw.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(raw), kind, 1, 0xFFFFFFFF, right, child
        ) + b"\0" * 36 + struct.pack("<IQ", first, size)  # fmt: skip
    entries = entries.ljust(512, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + b"\xff" * (4 * 108)
    table = b"".join(struct.pack("<I", entry) for entry in fat).ljust(512, b"\xff")
    return header + table + entries + body


def doc(text: str, flags: int = 0x0200) -> bytes:
    data = text.replace("\n", "\r").encode("utf-16-le")
    fib = bytearray(1024)
    struct.pack_into("<H", fib, 0, 0xA5EC)
    struct.pack_into("<H", fib, 2, 0x00C1)
    struct.pack_into("<H", fib, 0x0A, flags)
    struct.pack_into("<II", fib, 0x18, 1024, 1024 + len(data))
    struct.pack_into("<I", fib, 0x4C, len(text))
    pieces = struct.pack("<II", 0, len(text)) + struct.pack("<HIH", 0, 1024, 0)
    return ole(
        {
            "WordDocument": bytes(fib) + data,
            "1Table": b"\x02" + struct.pack("<I", len(pieces)) + pieces,
        }
    )


def xls(rows: list[list[str]]) -> bytes:
    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    sheet = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 0, 0))
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            raw = text.encode("gbk")
            sheet += record(0x0204, struct.pack("<HHHH", y, x, 0, len(raw)) + raw)
    sheet += record(0x000A, b"")
    head = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0, 0)) + record(
        0x0042, struct.pack("<H", 936)
    )
    size = len(head) + 4 + 6 + 1 + 6 + 4
    head += record(0x0085, struct.pack("<IH", size, 0) + b"\x06Sheet1") + record(0x000A, b"")
    return ole({"Book": head + sheet})


def xlsx() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["序号", "企业名称", "产能"])
    sheet.append([1, "某某再生资源企业", 1.5])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


OFD_PAGE = """<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer>
<ofd:TextObject Boundary="10 20 90 5"><ofd:TextCode>第一条 为了规范动力</ofd:TextCode></ofd:TextObject>
<ofd:TextObject Boundary="99 20 90 5"><ofd:TextCode>电池编码管理，制定本办法。</ofd:TextCode></ofd:TextObject>
</ofd:Layer></ofd:Content></ofd:Page>"""
RTF = (
    rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 SimSun;}}{\*\generator x;}\f0 \'b5\'da\'d2\'bb\'cc\'f5 "
    rb"\u20026?\u20102?\'b9\'e6\'b7\'b6\par a\cell b\row}"
)
