"""Lines of text to paragraphs: a sentence goes on in the next line, column or page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from crawler.extract.layout.page_blocks import TextLine
from domain.text.pdf_text import begins_part, ends_sentence, joined_lines

_SAME_SIZE = 0.15
_NEARLY = 0.6  # of the type's size
_CLEARLY = 1.0
_INDENT = 1.2
_SET_BACK = (1.4, 2.7)  # times the type's size: the first line of a Chinese paragraph
_LONG_LINE = 15  # characters of a line of running text
_RAGGED = 5.0  # times the type's size that a line may leave free before a longer word
_OPEN_END = re.compile(r"[，、,（(《〈“]$")
# https://www.example.gov.cn/col/, www.example.gov.cn
_ADDRESS_END = re.compile(r"(?:https?://|www\.)[!-~]*$", re.IGNORECASE)
_ADDRESS_REST = re.compile(r"[\w/.?=&%#~+\-]+", re.ASCII)
_WORD = re.compile(r"([!-~]{1,60})([，。、；：！？）》”]?)")  # 96.3%，
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
        if part and not _continues(part, line):
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


def _continues(part: Sequence[TextLine], after: TextLine) -> bool:
    """Whether a paragraph goes on. Behind a first line that is indented, a line that is not
    begins no new article, even with the words 第十条."""
    line = part[-1]
    if after.fresh:
        return False
    if abs(line.size - after.size) > _SAME_SIZE * line.size or not _keeps_left(part, after):
        return False
    set_back = part[0].indent - after.indent >= _CLEARLY * after.size
    if begins_part(after.text) and not (set_back and line.fills):
        return False
    if _is_broken_address(line, after):
        return True
    if ends_sentence(line.text):
        return False
    if line.fills or _is_wrapped(line, after) or _OPEN_END.search(line.text):
        return True
    return _is_ragged(part, after)


def _keeps_left(part: Sequence[TextLine], after: TextLine) -> bool:
    """Whether a line begins where a further line of this paragraph would: below the others, and
    below the first one set back, level with it, or hanging behind its number."""
    first, near = part[0], _NEARLY * after.size
    if len(part) > 1:
        return abs(after.indent - part[-1].indent) <= near
    if after.indent < first.indent - near:
        return True
    flush = first.indent < _INDENT * first.size
    level = after.indent <= first.indent + near
    return begins_part(first.text) or (flush and (level or part[-1].fills))


def _is_ragged(part: Sequence[TextLine], after: TextLine) -> bool:
    """Whether a paragraph whose first line is set back by two characters goes on at the edge of
    its column, behind a line that nearly fills it."""
    set_back = part[0].indent / after.size
    return (
        _SET_BACK[0] <= set_back <= _SET_BACK[1]
        and abs(after.indent) <= _NEARLY * after.size
        and part[-1].room <= _RAGGED * after.size
        and len(part[-1].text) >= _LONG_LINE
    )


def _is_wrapped(line: TextLine, after: TextLine) -> bool:
    """Whether the first word of the next line would not have fitted on this one."""
    word = _WORD.match(after.text)
    if word is None:
        return False
    ems = len(word[1]) * _WIDTH + len(word[2])
    return ems > 1 and ems * after.size > line.room


def _is_broken_address(line: TextLine, after: TextLine) -> bool:
    """A web address that did not fit on its line."""
    rest = _ADDRESS_REST.match(after.text)
    if not rest or not _ADDRESS_END.search(line.text) or after.text.startswith(("http", "www")):
        return False
    return line.fills or len(rest[0]) * _WIDTH * after.size >= line.room
