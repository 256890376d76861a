"""Excel's binary .xls, and WPS's .et, read for what their sheets show."""

from __future__ import annotations

import io
from typing import Any

import xlrd

from crawler.extract.dom import clean_text
from crawler.extract.formats.embedded_objects import stored_objects, with_objects
from crawler.extract.formats.packed import MAX_COLUMNS, Broken, Encrypted, Read
from crawler.extract.formats.sheets.format_codes import BUILT_IN
from crawler.extract.formats.sheets.sheet_grid import SheetGrid, sheets_read
from crawler.extract.formats.sheets.shown_values import shown_number, shown_text
from domain.records.states import AttachmentStatus
from domain.text.raised_marks import raised

_SUPERSCRIPT = 1
# of these numbers the file's own code is another on Chinese systems
_BY_NUMBER = frozenset(BUILT_IN) - {0}


def read_xls(body: bytes) -> Read:
    """The shown sheets of a workbook."""
    book = _opened(body)
    grids = []
    for index in range(book.nsheets):
        grid = SheetGrid(name=book.sheet_names()[index])
        try:
            sheet = book.sheet_by_index(index)
        except MemoryError:
            raise
        except Exception:  # xlrd raises anything on broken records
            grid.unread.append(grid.lost("", AttachmentStatus.BROKEN))
            grids.append(grid)
            continue
        if not sheet.visibility:
            _fill(grid, book, sheet)
            grids.append(grid)
        book.unload_sheet(index)
    if grids and all(not grid.cells and grid.unread for grid in grids):
        raise Broken
    return with_objects(sheets_read(grids), stored_objects(body))


def _opened(body: bytes) -> Any:
    """The workbook with its formats, or without them where these are what is broken."""
    for formatted in (True, False):
        try:
            return xlrd.open_workbook(
                file_contents=body, logfile=io.StringIO(), on_demand=True, formatting_info=formatted
            )
        except MemoryError:
            raise
        except Exception as error:  # xlrd raises anything on odd styles
            if "ncrypt" in str(error) or "password" in str(error).lower():
                raise Encrypted from error
            if not formatted:
                raise Broken from error
    raise Broken


def _fill(grid: SheetGrid, book: Any, sheet: Any) -> None:
    grid.hidden_columns = {
        number for number, column in sheet.colinfo_map.items() if column.hidden or not column.width
    }
    for row in range(sheet.nrows):
        if grid.cut_rows:
            break
        info = sheet.rowinfo_map.get(row)
        if info is not None and (info.hidden or info.height == 0):
            continue
        for column in range(min(sheet.row_len(row), MAX_COLUMNS + len(grid.hidden_columns) + 1)):
            grid.put(row, column, clean_text(_shown(book, sheet, row, column)))
    grid.cover(
        (top, bottom - 1, left, right - 1) for top, bottom, left, right in sheet.merged_cells
    )


def _shown(book: Any, sheet: Any, row: int, column: int) -> str:
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}:
        return ""
    style = _style(book, sheet, row, column)
    if style is not None and _font(book, style.font_index, "struck_out"):
        return ""
    code = _code(book, style, kind)
    if kind == xlrd.XL_CELL_TEXT:
        runs = sheet.rich_text_runlist_map.get((row, column)) if style is not None else None
        return shown_text(_rich(book, value, runs) if runs else value, code)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, "#N/A"))
    return shown_number(value, code, from_1904=book.datemode == 1)


def _style(book: Any, sheet: Any, row: int, column: int) -> Any | None:
    if not book.formatting_info:
        return None
    number = sheet.cell_xf_index(row, column)
    return book.xf_list[number] if 0 <= number < len(book.xf_list) else None


def _code(book: Any, style: Any | None, kind: int) -> str:
    if style is None:
        return BUILT_IN[14] if kind == xlrd.XL_CELL_DATE else "General"
    if style.format_key in _BY_NUMBER:
        return BUILT_IN[style.format_key]
    found = book.format_map.get(style.format_key)
    return str(found.format_str) if found is not None else "General"


def _font(book: Any, number: int, name: str) -> int:
    fonts = book.font_list
    return int(getattr(fonts[number], name)) if 0 <= number < len(fonts) else 0


def _rich(book: Any, text: str, runs: list[tuple[int, int]]) -> str:
    """A text whose parts have fonts of their own: from each offset on another."""
    out = [text[: runs[0][0]]]
    for (start, font), (end, _) in zip(runs, [*runs[1:], (len(text), 0)], strict=True):
        part = text[start:end]
        if _font(book, font, "struck_out"):
            continue
        out.append(raised(part) if _font(book, font, "escapement") == _SUPERSCRIPT else part)
    return "".join(out)
