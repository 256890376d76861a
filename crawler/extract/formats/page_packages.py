"""Packages of text and slides: OpenDocument, PowerPoint."""

from __future__ import annotations

import re

from crawler.extract.dom import clean_text
from crawler.extract.formats.packed import (
    Read,
    numbers_in,
    open_zip,
    parse_xml,
    read_member,
)


def read_pptx(body: bytes) -> Read:
    with open_zip(body) as archive:
        slides = [n for n in archive.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", n)]
        lines: list[str] = []
        for name in sorted(slides, key=numbers_in):
            for paragraph in parse_xml(read_member(archive, name)).iter("{*}p"):
                text = clean_text("".join(node.text or "" for node in paragraph.iter("{*}t")))
                if text:
                    lines.append(text)
    return Read("\n".join(lines))


def read_odf(body: bytes) -> Read:
    with open_zip(body) as archive:
        root = parse_xml(read_member(archive, "content.xml"))
    lines = (clean_text("".join(each.itertext())) for each in root.iter("{*}p", "{*}h"))
    return Read("\n".join(line for line in lines if line))
