"""Split a text into the units a diff compares: articles, items, paragraphs, table rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from domain.records.notice import Version
from domain.records.observation import Block
from domain.text.articles import split_articles
from domain.text.boilerplate import without_furniture
from domain.text.normalization import normalise

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """An article, paragraph or table row on its way through the alignment."""

    label: str
    body: str
    key: str
    is_row: bool = False


def text_units(text: str) -> list[Unit]:
    """The parts of a plain text, tables as the lines that they are."""
    return [Unit(part.path, part.body, normalise(part.body)) for part in split_articles(text)]


def units_of(version: Version) -> list[Unit]:
    """The parts of a version: those of its text, then the rows of its tables."""
    return _block_units(_tables_found(version.blocks) or text_blocks(version.text))


def file_units(text: str) -> list[Unit]:
    """The parts of an attachment's text, whose tables are lines with tabs."""
    return _block_units(text_blocks(text))


def text_blocks(text: str) -> tuple[Block, ...]:
    """A plain text as paragraphs and tables: two or more lines with tabs, one after the other,
    are a table."""
    blocks: list[Block] = []
    rows: list[str] = []
    for line in [*text.split("\n"), ""]:
        if "\t" in line.strip():
            rows.append(line)
            continue
        if len(rows) > 1:
            blocks.append(Block(kind="table", rows=tuple(tuple(r.split("\t")) for r in rows)))
        else:
            blocks += [Block(kind="paragraph", text=row) for row in rows]
        rows = []
        blocks.append(Block(kind="paragraph", text=line))
    return tuple(blocks[:-1]) if text else ()


def _tables_found(blocks: Iterable[Block]) -> list[Block]:
    """The blocks, with tables made of paragraphs that are lines of one."""
    found: list[Block] = []
    for is_table, group in groupby(blocks, key=lambda block: block.kind == "table"):
        some = list(group)
        found += some if is_table else text_blocks("\n".join(block.text for block in some))
    return found


def _block_units(blocks: Sequence[Block]) -> list[Unit]:
    text = "\n".join(block.text for block in blocks if block.kind != "table")
    units = text_units(without_furniture(text))
    tables = (block.rows for block in blocks if block.kind == "table")
    for number, rows in enumerate(tables, 1):
        units += _row_units(number, rows)
    return units


def _row_units(number: int, rows: Rows) -> Iterator[Unit]:
    first = 1 if _has_ordinals(rows) else 0
    for line, row in enumerate(rows, 1):
        body = "\t".join(row[first:] if line > 1 else row)
        key = "\t".join(normalise(cell) for cell in body.split("\t"))
        yield Unit(f"表{number} 行{line}", body, key, is_row=True)


def _has_ordinals(rows: Rows) -> bool:
    """The first column only counts the rows (序号): it says nothing and would differ everywhere
    once a row is added."""
    numbers = [row[0].strip() for row in rows[1:] if len(row) > 1]
    counted = sum(number == str(i) for i, number in enumerate(numbers, 1))
    return len(numbers) >= 2 and counted >= 0.8 * len(numbers)
