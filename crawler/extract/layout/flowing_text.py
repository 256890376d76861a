"""Lines and tables of all pages to one text: sentences and tables go on over the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from crawler.extract.layout.page_blocks import WIDE, Block, PlacedTable, TextLine
from crawler.extract.layout.paragraphs import paragraphs
from domain.text.legibility import UNKNOWN
from domain.text.pdf_text import begins_part, ends_sentence, joined_lines, repair_cjk_spaces

Table = tuple[tuple[str, ...], ...]

_SAME_COLUMN = 6.0  # points
# 续表, 续表 2, 表3（续）, （续上表）
_CONTINUED = re.compile(
    r"[（(]?续(?:上)?表?\s*\d{0,3}[）)]?|表\s*[\d.\-]{1,6}\s*[（(]续[）)].{0,40}"
)
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010ffff]")


def blocks_to_text(pages: Iterable[Sequence[Block]]) -> tuple[str, tuple[Table, ...]]:
    """The text of the pages, table rows as lines with tabs, and the tables alone."""
    lines: list[str] = []
    tables: list[Table] = []
    for block in _joined(_whole_tables(block for page in pages for block in page)):
        if isinstance(block, PlacedTable):
            cells = _repaired(block)
            lines += ["\t".join(row) for row in cells]
            if len(cells) >= 2:
                tables.append(cells)
        else:
            lines.append(_readable(block))
    return "\n".join(lines), tuple(tables)


def _repaired(table: PlacedTable) -> Table:
    """The cells without columns that are empty in all rows."""
    kept = [number for number, column in enumerate(zip(*table.cells, strict=True)) if any(column)]
    return tuple(tuple(_readable(row[number]) for number in kept) for row in table.cells)


def _readable(text: str) -> str:
    """Repaired, and private characters that nobody can read marked as unknown."""
    return _PRIVATE.sub(UNKNOWN, repair_cjk_spaces(text).replace(WIDE, " "))


# --------------------------------------------------------------------------------- tables


def _whole_tables(blocks: Iterable[Block]) -> list[Block]:
    """Tables that go on over the page put together, without the head told again."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, PlacedTable):
            before = _table_before(found)
            if before is not None and _goes_on(before, block):
                while isinstance(found[-1], TextLine):
                    found.pop()
                found[-1] = _continued(before, block)
                continue
        found.append(block)
    return found


def _table_before(found: Sequence[Block]) -> PlacedTable | None:
    """The table that ended just before, at most a line 续表 ago."""
    if found and isinstance(found[-1], TextLine) and _CONTINUED.fullmatch(found[-1].text.strip()):
        found = found[:-1]
    return found[-1] if found and isinstance(found[-1], PlacedTable) else None


def _goes_on(before: PlacedTable, table: PlacedTable) -> bool:
    """Whether it has the same columns and begins higher up, so on the page behind."""
    return (
        table.top < before.bottom
        and len(before.columns) == len(table.columns)
        and all(
            abs(one - other) <= _SAME_COLUMN
            for one, other in zip(before.columns, table.columns, strict=True)
        )
    )


def _continued(before: PlacedTable, table: PlacedTable) -> PlacedTable:
    rows = list(before.cells)
    head = 0
    while head < min(len(rows), len(table.cells)) and table.cells[head] == rows[head]:
        head += 1
    rest = list(table.cells[head:])
    if rest and _is_rest_of_row(before, rest[0]):
        rows[-1] = tuple(
            joined_lines([one, other]) for one, other in zip(rows[-1], rest.pop(0), strict=True)
        )
    return replace(table, cells=(*rows, *rest))


def _is_rest_of_row(before: PlacedTable, rest: Sequence[str]) -> bool:
    """Whether a row is the end of one that the page cut: each of its cells goes on with a
    sentence that ended at the edge of its cell."""
    last = before.cells[-1]
    filled = [number for number, cell in enumerate(rest) if cell]
    return (
        not rest[0]
        and bool(last[0] and filled)
        and before.open_columns.issuperset(filled)
        and not any(ends_sentence(last[n]) or begins_part(rest[n]) for n in filled)
    )


# ---------------------------------------------------------------------------------- lines


def _joined(blocks: Iterable[Block]) -> Iterator[str | PlacedTable]:
    """Paragraphs: lines put together where a sentence goes on in the next line."""
    for is_table, group in groupby(blocks, key=lambda block: isinstance(block, PlacedTable)):
        if is_table:
            yield from (block for block in group if isinstance(block, PlacedTable))
        else:
            yield from paragraphs([block for block in group if isinstance(block, TextLine)])
