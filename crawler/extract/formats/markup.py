"""Markup and plain text: HTML, saved web pages, text files."""

from __future__ import annotations

import email
import re
from email import policy
from email.message import Message

from crawler.extract.dom import parse_html, select
from crawler.extract.encoding import decode
from crawler.extract.formats.packed import Broken, Read
from crawler.extract.page.blocks import read_blocks

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
# parts that Word and Excel save beside the document: "header.htm", "tabstrip.htm"
_BESIDE = re.compile(r"(?:^|/)(?:header|tabstrip|filelist|stylesheet)\.\w{1,5}$", re.I)
# what office programs hide in the HTML that they save
_HIDDEN = '[style*="mso-hide:all"], [style*="mso-element:header"], [style*="mso-element:footer"]'


def read_html(body: bytes) -> Read:
    """The text and tables of a page that is a file of its own."""
    return _page(decode(body))


def _page(html: str) -> Read:
    root = parse_html(html)
    element = next(iter(root.iter("body")), root)
    for hidden in select(element, _HIDDEN):
        if hidden.getparent() is not None:
            hidden.text = None
            for child in list(hidden):
                hidden.remove(child)
    blocks = read_blocks(element)
    text = "\n".join(block.as_text() for block in blocks)
    return Read(text, tuple(block.rows for block in blocks if block.rows))


def read_mhtml(body: bytes) -> Read:
    """The page of a saved web page; of a workbook's frames the sheets one after another."""
    message = email.message_from_bytes(body, policy=policy.compat32)
    pages = [part for part in message.walk() if part.get_content_type() in _PAGES]
    if not pages:
        raise Broken
    first = _page(_content(pages[0]))
    if first.text.strip():
        return first
    others = [_page(_content(part)) for part in pages[1:] if not _BESIDE.search(_location(part))]
    text = "\n".join(read.text for read in others if read.text)
    return Read(text, tuple(table for read in others for table in read.tables))


def _content(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    return decode(payload, part.get("Content-Type"))


def _location(part: Message) -> str:
    return str(part.get("Content-Location") or part.get_filename() or "")


def read_txt(body: bytes) -> Read:
    return Read(decode(body).replace("\r\n", "\n").replace("\r", "\n"))
