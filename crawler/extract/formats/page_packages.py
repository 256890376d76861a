"""Packages of pages: OFD."""

from __future__ import annotations

import re
from typing import Any

from crawler.extract.formats.packed import (
    MAX_PAGES,
    Encrypted,
    Read,
    numbers_in,
    open_zip,
    parse_xml,
    read_member,
)
from crawler.extract.formats.pdf import without_page_number
from domain.text.pdf_text import repair_cjk_spaces


def read_ofd(body: bytes) -> Read:
    with open_zip(body) as archive:
        names = archive.namelist()
        if any(name.endswith("Encryptions.xml") for name in names):
            raise Encrypted
        pages = [n for n in names if re.search(r"Pages?/Page_?\d+/Content\.xml$", n, re.I)]
        text = "\n".join(
            _ofd_page(parse_xml(read_member(archive, name)))
            for name in sorted(pages, key=numbers_in)[:MAX_PAGES]
        )
    return Read(repair_cjk_spaces(text))


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
    return without_page_number("\n".join(lines))


def _top(run: Any) -> float | None:
    try:
        return float((run.get("Boundary") or "").split()[1])
    except (IndexError, ValueError):
        return None
