"""Pages of characters and lines to one text: tables by row, sentences whole over the page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from crawler.extract.layout.flowing_text import Table, blocks_to_text
from crawler.extract.layout.foot_notes import as_notes, notes_line
from crawler.extract.layout.page_blocks import Block, PlacedTable, TextLine
from crawler.extract.layout.page_content import Glyph, PageContent, Rule, turned_back, upright
from crawler.extract.layout.reading_order import in_reading_order
from crawler.extract.layout.running_heads import PageRows, without_furniture
from crawler.extract.layout.strike_lines import without_struck
from crawler.extract.layout.table_cells import cell_text, ends_at_edge
from crawler.extract.layout.table_grid import Grid, Place, find_grids
from crawler.extract.layout.text_lines import Row, text_rows
from crawler.extract.layout.watermarks import without_watermarks

_FEWEST_CELLS = 2
_WORD_GAP = 0.2
_FEWEST_TURNED = 8  # characters of a table that stands sideways
_AROUND = 90.0  # points: empty cells at the side of a table


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """What was found on a page before what all pages carry is taken off."""

    width: float
    height: float
    rows: Sequence[Row]
    tables: Sequence[PlacedTable]
    sideways: Sequence[Block] = ()
    notes_below: float = float("inf")  # from where on the notes of the page stand


def document_text(pages: Sequence[ReadPage]) -> tuple[str, tuple[Table, ...]]:
    """One text of all pages, without running heads, page numbers and watermarks."""
    bare = without_furniture([_rows_of(page) for page in pages])
    once = _sideways_once(pages)
    return blocks_to_text(
        _blocks(page, kept, beside) for page, kept, beside in zip(pages, bare, once, strict=True)
    )


def _sideways_once(pages: Sequence[ReadPage]) -> list[list[Block]]:
    """What is written up or down each page, without what several pages carry so."""
    carried: Counter[str] = Counter()
    for page in pages:
        carried.update({each.text for each in page.sideways if isinstance(each, TextLine)})
    return [
        [each for each in page.sideways if not isinstance(each, TextLine) or carried[each.text] < 2]
        for page in pages
    ]


def read_page(page: PageContent) -> ReadPage:
    """The lines and the tables of one page."""
    page, turned = _without_turned_tables(without_struck(without_watermarks(upright(page))))
    tables, rest = _tables(page.glyphs, page.rules)
    if not tables and page.faint_rules:
        tables, rest = _tables(page.glyphs, [*page.rules, *page.faint_rules])
    rows = _rows(rest)
    return ReadPage(
        width=page.width,
        height=page.height,
        rows=rows,
        tables=tables,
        sideways=[*turned, *_sideways(rest, page)],
        notes_below=notes_line(page, rows),
    )


def page_of_lines(lines: Iterable[str]) -> ReadPage:
    """A page of which only the words of its lines are known."""
    found = [
        TextLine(text=line.strip(), size=1.0, fills=False, indent=0.0, room=0.0)
        for line in lines
        if line.strip()
    ]
    return ReadPage(width=1.0, height=1.0, rows=[], tables=[], sideways=found)


def _rows(glyphs: Sequence[Glyph]) -> list[Row]:
    """The lines of upright characters; pale ones apart, as watermarks lie across lines."""
    dark, pale = ([g for g in glyphs if g.turn == 0 and g.pale == is_pale] for is_pale in (0, 1))
    rows = [*text_rows(dark), *text_rows(pale)]
    return sorted(rows, key=lambda row: row[0].base) if pale else rows


def _rows_of(page: ReadPage) -> PageRows:
    return PageRows(
        width=page.width,
        height=page.height,
        rows=page.rows,
        tables_top=min((table.top for table in page.tables), default=float("inf")),
        tables_bottom=max((table.bottom for table in page.tables), default=float("-inf")),
    )


def _blocks(page: ReadPage, kept: PageRows, sideways: Sequence[Block]) -> list[Block]:
    text = [row for row in kept.rows if row[0].base <= page.notes_below]
    notes = [row for row in kept.rows if row[0].base > page.notes_below]
    return [
        *in_reading_order(text, page.tables, page.width),
        *as_notes(in_reading_order(notes, (), page.width)),
        *sideways,
    ]


def _without_turned_tables(page: PageContent) -> tuple[PageContent, list[PlacedTable]]:
    """The page without tables that stand sideways on it, and those tables."""
    found: list[PlacedTable] = []
    for turn in (90, 180, 270):
        glyphs = [glyph for glyph in page.glyphs if glyph.turn == turn]
        if len(glyphs) < _FEWEST_TURNED:
            continue
        area = _around(glyphs)
        rules = [rule for rule in page.rules if area.holds(rule)]
        part = upright(replace(page, glyphs=glyphs, rules=rules, faint_rules=()))
        tables = [table for table in _tables(part.glyphs, part.rules)[0] if len(table.cells) > 1]
        if tables:
            found += tables
            taken = set(rules)
            page = replace(
                page,
                glyphs=[glyph for glyph in page.glyphs if glyph.turn != turn],
                rules=[rule for rule in page.rules if rule not in taken],
            )
    return page, found


def _around(glyphs: Sequence[Glyph]) -> Rule:
    """The area of some characters and a little more."""
    return Rule(
        min(glyph.left for glyph in glyphs) - _AROUND,
        min(glyph.top for glyph in glyphs) - _AROUND,
        max(glyph.right for glyph in glyphs) + _AROUND,
        max(glyph.bottom for glyph in glyphs) + _AROUND,
    )


def _sideways(glyphs: Sequence[Glyph], page: PageContent) -> list[TextLine]:
    """Lines that are written up or down the page, read last."""
    lines: list[TextLine] = []
    for turn in (90, 180, 270):
        turned = [glyph for glyph in glyphs if glyph.turn == turn]
        for row in text_rows(turned_back(turned, turn, page.width, page.height)):
            text = " ".join(piece.text for piece in row)
            line = TextLine(text=text, size=row[0].size, fills=False, indent=0.0, room=0.0)
            lines.append(replace(line, note=True))  # it parts no sentence that goes on
    return lines


# --------------------------------------------------------------------------- ruled tables


def _tables(
    glyphs: Sequence[Glyph], rules: Sequence[Rule]
) -> tuple[list[PlacedTable], list[Glyph]]:
    """The ruled tables of a page and the characters outside them."""
    grids = find_grids(rules)
    cells: list[dict[Place, list[Glyph]]] = [defaultdict(list) for _ in grids]
    rest: list[Glyph] = []
    before: Glyph | None = None
    place: tuple[int, Place] | None = None
    for glyph in glyphs:
        if place is None or before is None or not _runs_on(before, glyph):
            place = _place(grids, glyph)
        if place is None:
            rest.append(glyph)
        else:
            cells[place[0]][place[1]].append(glyph)
        before = glyph
    tables = []
    for grid, filled in zip(grids, cells, strict=True):
        if len(filled) >= _FEWEST_CELLS:
            tables.append(_placed(grid, filled))
        else:
            rest += [glyph for glyphs in filled.values() for glyph in glyphs]
    return tables, rest


def _place(grids: Sequence[Grid], glyph: Glyph) -> tuple[int, Place] | None:
    """The table and the cell that a character stands in, of the innermost table."""
    for number, grid in enumerate(grids):
        if (place := grid.place(*glyph.middle)) is not None:
            return number, place
    return None


def _runs_on(before: Glyph, glyph: Glyph) -> bool:
    """Whether a character continues a word that began in a cell, even over the cell's side."""
    gap = max(glyph.left - before.right, before.left - glyph.right)
    return (
        before.run == glyph.run
        and glyph.run >= 0
        and (before.turn, before.base_y) == (glyph.turn, glyph.base_y)
        and gap <= _WORD_GAP * glyph.size
        and not glyph.after_blank
    )


def _placed(grid: Grid, filled: dict[Place, list[Glyph]]) -> PlacedTable:
    rows = [[""] * grid.columns for _ in range(grid.rows)]
    open_cells = set()
    for (row, column), glyphs in filled.items():
        width = grid.width_of((row, column))
        rows[row][column] = cell_text(glyphs, width)
        if ends_at_edge(glyphs, grid.xs[column] + width):
            open_cells.add((row, column))
    last = max(row for row, _ in filled)
    return PlacedTable(
        open_columns=frozenset(column for row, column in open_cells if row == last),
        cells=tuple(tuple(row) for row in rows if any(row)),
        left=grid.xs[0], right=grid.xs[-1], top=grid.ys[0], bottom=grid.ys[-1],
        columns=tuple(grid.xs),
    )  # fmt: skip
