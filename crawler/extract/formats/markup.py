"""Markup and plain text: HTML, saved web pages, Office's XML of 2003, text files."""

from __future__ import annotations

import email
from email import policy

from crawler.extract.dom import clean_text, parse_html
from crawler.extract.encoding import decode
from crawler.extract.formats.packed import MAX_ROWS, MAX_XML, Broken, Read, TooLarge, parse_xml
from crawler.extract.page.blocks import read_blocks


def read_html(body: bytes) -> Read:
    root = parse_html(decode(body))
    element = next(iter(root.iter("body")), root)
    blocks = read_blocks(element)
    text = "\n".join(block.as_text() for block in blocks)
    return Read(text, tuple(block.rows for block in blocks if block.rows))


def read_mhtml(body: bytes) -> Read:
    message = email.message_from_bytes(body, policy=policy.compat32)
    for part in message.walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return read_html(payload)
    raise Broken


def read_office_xml(body: bytes) -> Read:
    """Word and Excel 2003 XML, and any other XML as its text."""
    if len(body) > MAX_XML:
        raise TooLarge
    root = parse_xml(body)
    rows = [
        tuple(clean_text("".join(cell.itertext())) for cell in row.iterchildren("{*}Cell"))
        for row in root.iter("{*}Row")
    ]
    rows = [row for row in rows if any(row)][:MAX_ROWS]
    if rows:
        return Read("\n".join("\t".join(row) for row in rows), (tuple(rows),))
    paragraphs = [
        clean_text("".join(t.text or "" for t in p.iter("{*}t"))) for p in root.iter("{*}p")
    ]
    if any(paragraphs):
        return Read("\n".join(line for line in paragraphs if line))
    return Read("\n".join(line for piece in root.itertext() if (line := clean_text(piece))))


def read_txt(body: bytes) -> Read:
    return Read(decode(body).replace("\r\n", "\n").replace("\r", "\n"))
