"""Spreadsheets: .xlsx, .xls and CSV."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

from crawler.extract.dom import clean_text
from crawler.extract.encoding import decode
from crawler.extract.formats.packed import (
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_XML,
    Broken,
    Encrypted,
    Read,
    Table,
    TooLarge,
    open_zip,
)


def read_xlsx(body: bytes) -> Read:
    import openpyxl

    with open_zip(body) as archive:
        for info in archive.infolist():
            if info.flag_bits & 1:
                raise Encrypted
            if info.filename.startswith("xl/") and info.file_size > 3 * MAX_XML:
                raise TooLarge
    workbook = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True)
    try:
        sheets = []
        for sheet in workbook.worksheets:
            rows = sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True)
            sheets.append((sheet.title, _sheet(rows)))
    finally:
        workbook.close()
    return _sheets_text(sheets)


def read_xls(body: bytes) -> Read:
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=body, logfile=io.StringIO(), on_demand=True)
    except xlrd.XLRDError as error:
        if "ncrypt" in str(error) or "password" in str(error).lower():
            raise Encrypted from error
        raise Broken from error
    sheets = []
    for index in range(book.nsheets):
        sheet = book.sheet_by_index(index)
        rows = (
            [
                _xls_value(sheet.cell(row, column), book.datemode)
                for column in range(min(sheet.ncols, MAX_COLUMNS))
            ]
            for row in range(min(sheet.nrows, MAX_ROWS))
        )
        sheets.append((sheet.name, _sheet(rows)))
        book.unload_sheet(index)
    return _sheets_text(sheets)


def _xls_value(cell: Any, datemode: int) -> object:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate_as_datetime(cell.value, datemode)
        except (xlrd.xldate.XLDateError, ValueError, OverflowError):
            return cell.value
    return "" if cell.ctype == xlrd.XL_CELL_ERROR else cell.value


def read_csv(body: bytes) -> Read:
    text = decode(body)
    rows: list[tuple[str, ...]] = []
    for row in csv.reader(io.StringIO(text.replace("\x00", ""))):
        if any(cell.strip() for cell in row):
            rows.append(tuple(clean_text(cell) for cell in row[:MAX_COLUMNS]))
        if len(rows) >= MAX_ROWS:
            break
    return Read("\n".join("\t".join(row) for row in rows), (tuple(rows),))


def _sheet(rows: Any) -> Table:
    table: list[tuple[str, ...]] = []
    for row in rows:
        cells = [_cell(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            table.append(tuple(cells))
    return tuple(table)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return (
            value.date().isoformat()
            if value.time().isoformat() == "00:00:00"
            else value.isoformat(" ")
        )
    return clean_text(str(value))


def _sheets_text(sheets: list[tuple[str, Table]]) -> Read:
    filled = [(name, table) for name, table in sheets if table]
    lines: list[str] = []
    for name, table in filled:
        if len(filled) > 1:
            lines.append(name)
        lines.extend("\t".join(row) for row in table)
    return Read("\n".join(lines), tuple(table for _, table in filled))
