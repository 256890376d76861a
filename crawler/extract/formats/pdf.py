"""PDF: the text of its pages, ruled tables with tabs between the cells."""

from __future__ import annotations

import re

from crawler.extract.formats.packed import (
    MAX_PAGES,
    MAX_TEXT,
    Broken,
    Encrypted,
    Read,
    Table,
)
from crawler.extract.formats.pdf_tables import page_text
from domain.text.pdf_text import repair_cjk_spaces

_EDGE = r"[\s\-—–－―]*"
_PAGE_NUMBER = re.compile(
    rf"^{_EDGE}(?:第\s*)?\d{{1,4}}(?:\s*[/／]\s*\d{{1,4}})?(?:\s*页)?{_EDGE}$"
)


def read_pdf(body: bytes) -> Read:
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
            pages.append(without_page_number(text))
            size += len(text)
            if size > MAX_TEXT:
                break
    finally:
        document.close()
    return Read(repair_cjk_spaces("\n".join(pages)), tuple(tables))


def without_page_number(text: str) -> str:
    """A page's text without the number in its last line or in its first."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while lines and (not lines[-1].strip() or _PAGE_NUMBER.match(lines[-1])):
        lines.pop()
    if lines and len(lines) > 2 and _PAGE_NUMBER.match(lines[0]):
        lines.pop(0)
    return "\n".join(lines)
