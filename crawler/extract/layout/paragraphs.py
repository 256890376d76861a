"""Lines of text to paragraphs: a sentence goes on in the next line, column or page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from crawler.extract.layout.page_blocks import TextLine
from domain.text.pdf_text import begins_part, ends_sentence, joined_lines

_SAME_SIZE = 0.15
_OPEN_END = re.compile(r"[，、,（(《〈“]$")
# https://www.example.gov.cn/col/, www.example.gov.cn
_ADDRESS_END = re.compile(r"(?:https?://|www\.)[!-~]*$", re.IGNORECASE)
_ADDRESS_REST = re.compile(r"[\w/.?=&%#~+\-]+", re.ASCII)
_WORD = re.compile(r"[!-~]{2,60}")
_WIDTH = 0.5  # of the type's size that a character of an address takes


def paragraphs(lines: Iterable[TextLine]) -> Iterator[str]:
    """Lines put together where a sentence goes on in the next line; notes at the foot of a page
    come behind the paragraph that goes on over the page."""
    part: list[TextLine] = []
    notes: list[TextLine] = []
    for line in lines:
        if line.note:
            notes.append(line)
            continue
        if part and not _continues(part[-1], line, part[0].indented):
            yield _whole(part)
            yield from _notes(notes)
            part, notes = [], []
        part.append(line)
    if part:
        yield _whole(part)
    yield from _notes(notes)


def _notes(lines: Sequence[TextLine]) -> Iterator[str]:
    """Notes are paragraphs of their own."""
    return paragraphs([replace(line, note=False) for line in lines]) if lines else iter(())


def _whole(part: Sequence[TextLine]) -> str:
    return joined_lines([line.text for line in part])


def _continues(line: TextLine, after: TextLine, first_indented: bool) -> bool:
    """Whether a paragraph goes on. Where its first line is indented, a line that is not is no
    new article, even if it begins with 第十条; where it is not, the others may hang behind it."""
    if abs(line.size - after.size) > _SAME_SIZE * line.size:
        return False
    if after.indented and (first_indented or not line.fills):
        return False
    if begins_part(after.text) and not (first_indented and line.fills):
        return False
    if _is_broken_address(line, after):
        return True
    if ends_sentence(line.text):
        return False
    return line.fills or _is_wrapped(line, after) or bool(_OPEN_END.search(line.text))


def _is_wrapped(line: TextLine, after: TextLine) -> bool:
    """Whether the first word of the next line would not have fitted on this one."""
    word = _WORD.match(after.text)
    return word is not None and len(word[0]) * _WIDTH * after.size > line.room


def _is_broken_address(line: TextLine, after: TextLine) -> bool:
    """A web address that did not fit on its line."""
    rest = _ADDRESS_REST.match(after.text)
    if not rest or not _ADDRESS_END.search(line.text) or after.text.startswith(("http", "www")):
        return False
    return line.fills or len(rest[0]) * _WIDTH * after.size >= line.room
