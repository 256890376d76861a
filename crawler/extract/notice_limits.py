"""Bound the text of a notice: more than anybody writes is not stored, its bytes are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from crawler.extract.file_extractor import Extracted
from domain.records.observation import Block, ParsedNotice

MOST_TEXT = 500_000  # characters of a page; the longest acts have a fifth of it
MOST_FILE_TEXT = 1_000_000  # characters of an attachment
_MOST_TITLE = 1_000

Row = tuple[str, ...]


def bounded_notice(parsed: ParsedNotice) -> ParsedNotice:
    """The notice with as much of its text as may be stored; the same object where that is
    all of it."""
    size = sum(len(block.text) + sum(map(_size, block.rows)) for block in parsed.blocks)
    if size <= MOST_TEXT and len(parsed.title) <= _MOST_TITLE:
        return parsed
    blocks = tuple(_first_blocks(parsed.blocks, MOST_TEXT))
    return replace(parsed, title=parsed.title[:_MOST_TITLE], blocks=blocks)


def bounded_file(read: Extracted) -> Extracted:
    """The same for an attachment."""
    size = sum(_size(row) for table in read.tables for row in table)
    if len(read.text) <= MOST_FILE_TEXT and size <= MOST_FILE_TEXT:
        return read
    tables = tuple(tuple(_first_rows(table, MOST_FILE_TEXT)) for table in read.tables)
    return read._replace(text=read.text[:MOST_FILE_TEXT], tables=tables[:100])


def _first_blocks(blocks: Sequence[Block], left: int) -> Iterator[Block]:
    for block in blocks:
        rows = tuple(_first_rows(block.rows, left))
        text = block.text[:left]
        yield replace(block, text=text, rows=rows)
        left -= len(text) + sum(map(_size, rows))
        if left <= 0 or len(rows) < len(block.rows):
            return


def _first_rows(rows: Sequence[Row], left: int) -> Iterator[Row]:
    for row in rows:
        left -= _size(row)
        if left < 0:
            return
        yield row


def _size(row: Row) -> int:
    return sum(len(cell) + 1 for cell in row)
