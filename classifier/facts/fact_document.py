"""Cut a notice into passages with their places, ready for the fact readers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from classifier.facts.calendar_dates import YearContext, signed_day
from classifier.facts.sentences import FactPassage, bounded, fold_width, paragraphs
from domain.facts.replaced_words import old_columns
from domain.records.fact import Fact
from domain.records.fact_values import FactValue
from domain.records.notice import Attachment
from domain.records.observation import Block, FetchedAttachment
from domain.records.states import FactKind

Row = tuple[str, ...]
Rows = tuple[Row, ...]
AttachmentText = (
    Attachment | FetchedAttachment | tuple[str, str] | tuple[str, str, Sequence[Sequence[Row]]]
)

# e.g. 征求意见
_CONSULTING = re.compile(
    r"征求意见|征求.{0,40}意见|公开征集|意见征集|征集.{0,12}意见|征求社会|公示|意见建议|听取.{0,12}意见"
)
# e.g. 字段⇥类型
_TABBED = re.compile(r"[^\t\n]\t|\t[^\t\n]")
_OUTER = re.compile(r"\s*\||[^|]*\t")  # |字段|类型|, cells between tabs
_MOST_BARS = 12  # of a line without bars at its ends
# e.g. |---|:--|
_RULE = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?")
_KEY = re.compile(r"[\u4e00-\u9fff]{2,12}[:：]?")
# A line of a mail that breaks within a word: 处一万元以 / 上三万元以下, 应当在三 / 十日内.
_IN_A_WORD = re.compile(
    r"以\n[上下内后前]|[〇零一二三四五六七八九十百千万两\d]\n(?:[〇零一二三四五六七八九十百千万]|[日天个元年月吨份倍]|%)"
)
_LONGEST_TITLE, _LONGEST_VALUE = 1000, 4000
# files whose lines end where their pages do: 附件1.pdf, 扫描件.jpg
_SOFT_WRAP = re.compile(r"\.(?:pdf|ofd|jpe?g|png|gif|bmp|tiff?|webp)$", re.IGNORECASE)


@dataclass(frozen=True)
class FactTable:
    """A table with the place of its rows: ``附件《x》表1``."""

    rows: Rows
    place: str

    def where(self, row: int) -> str:
        return f"{self.place}行{row + 1}"


@dataclass(frozen=True)
class Document:
    """Everything a reader may need: passages, tables and what settles open dates."""

    title: str
    passages: tuple[FactPassage, ...]
    tables: tuple[FactTable, ...] = ()
    published: date | None = None
    issuers: tuple[str, ...] = ()

    @cached_property
    def years(self) -> YearContext:
        return YearContext.of(self.published, [passage.text for passage in self.passages[:400]])

    @cached_property
    def folded_title(self) -> str:
        return fold_width(self.title)[0]

    @cached_property
    def consulting(self) -> bool:
        """Whether comments or objections are asked for anywhere near the start."""
        if _CONSULTING.search(self.folded_title):
            return True
        return any(_CONSULTING.search(passage.text[:4000]) for passage in self.passages[:60])


def make_fact(kind: FactKind, value: FactValue, passage: FactPassage, start: int, end: int) -> Fact:
    return Fact(kind=kind, value=value, quote=passage.quote(start, end), where=passage.where(start))


def read_document(
    title: str,
    blocks: Sequence[Block],
    attachments: Sequence[AttachmentText] = (),
    published: date | None = None,
    issuers: Sequence[str] = (),
) -> Document:
    """Passages in reading order: title, body, then each attachment's text and tables."""
    passages: list[FactPassage] = []
    tables: list[FactTable] = []
    if title.strip():
        passages.append(FactPassage(title[:_LONGEST_TITLE], "标题"))
    _read_body(blocks, passages, tables)
    published = published or signed_day(passages)
    for item in attachments:
        name, text, grids = _attachment_parts(item)
        _read_attachment(name, text, grids, passages, tables)
    return Document(
        title[:_LONGEST_TITLE], tuple(passages), tuple(tables), published, tuple(issuers)
    )


def _read_body(
    blocks: Sequence[Block], passages: list[FactPassage], tables: list[FactTable]
) -> None:
    article: str | None = None
    number = table_number = 0
    for piece in _body_pieces(blocks):
        if not isinstance(piece, str):
            table_number += 1
            table = FactTable(piece, f"正文表{table_number}")
            tables.append(table)
            passages.extend(_cells(table))
            continue
        for text in paragraphs(piece):
            if number and _IN_A_WORD.search(f"{passages[-1].raw[-1:]}\n{text[:1]}"):
                line = f"{passages[-1].raw}\n{text}"
                passages[-1] = FactPassage(line, passages[-1].place, wrapped=True)
                continue
            number += 1
            passage = FactPassage(text, article or f"正文第{number}段")
            article = passage.article or article
            passages.append(passage)


def _body_pieces(blocks: Sequence[Block]) -> Iterator[str | Rows]:
    held: list[str] = []  # paragraphs that are a row of a table each
    for block in blocks:
        if block.kind != "table" and "\n" not in block.text and _has_bars(block.text):
            held.append(block.text)
            continue
        yield from _pieces("\n".join(held)) if held else ()
        held = []
        if block.kind == "table":
            yield block.rows
        else:
            yield from _pieces(block.text)
    yield from _pieces("\n".join(held)) if held else ()


def _pieces(text: str) -> Iterator[str | Rows]:
    """A text layer cut into its paragraphs and its tables: two or more lines in a row with
    cells between tabs or bars."""
    if "\t" not in text and "|" not in text:
        yield text
        return
    for tabular, group in groupby(text.split("\n"), key=_has_cells):
        lines = list(group)
        rows = tuple(_row(line) for line in lines if not _RULE.fullmatch(line.strip()))
        if tabular and len(rows) >= 2 and (_OUTER.match(lines[0]) or len(set(map(len, rows))) == 1):
            yield rows
        else:
            yield "\n".join(lines)


def _has_cells(line: str) -> bool:
    """Whether a line is a row: cells between tabs, or |字段|类型|."""
    if "\t" in line:
        return _TABBED.search(line) is not None
    return _has_bars(line)


def _has_bars(line: str) -> bool:
    """Whether a line is a row of cells between bars, with bars at its ends or without."""
    bare = line.strip()
    if len(bare) > 4 and bare[0] == bare[-1] == "|":
        return "|" in bare[2:-2]
    return 2 <= bare.count("|") <= _MOST_BARS and "||" not in bare


def _row(line: str) -> Row:
    if "\t" in line:
        return tuple(cell.strip() for cell in line.split("\t"))
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))


def _read_attachment(
    name: str,
    text: str,
    grids: Iterable[Sequence[Row]],
    passages: list[FactPassage],
    tables: list[FactTable],
) -> None:
    in_tables: set[str] = set()
    known = [tuple(tuple(row) for row in rows) for rows in grids]
    pieces: list[str | Rows] = [text] if known else list(_pieces(text))
    rows_of = known or [piece for piece in pieces if not isinstance(piece, str)]
    for number, rows in enumerate(rows_of, 1):
        table = FactTable(rows, f"附件《{name}》表{number}")
        tables.append(table)
        passages.extend(_cells(table))
        in_tables.update(_bare(cell) for row in table.rows for cell in row)
    article: str | None = None
    number = 0
    for piece in pieces:
        for line in () if not isinstance(piece, str) else _lines(name, piece):
            number += 1
            if known and all(_bare(cell) in in_tables for cell in line.split("\t")):
                continue  # the text layer repeats the table
            place = f"附件《{name}》" + (article or f"第{number}段")
            passage = FactPassage(line, place, wrapped=True)
            if passage.article:
                article = passage.article
                passage = FactPassage(line, f"附件《{name}》{article}", wrapped=True)
            passages.append(passage)


def _lines(name: str, text: str) -> Iterator[str]:
    return paragraphs(text, wrapped=bool(_SOFT_WRAP.search(name)))


def _bare(cell: str) -> str:
    return "".join(cell.split())


def _cells(table: FactTable) -> Iterable[FactPassage]:
    """The cells as passages; a row that is a name and its value (办理时限, 20个工作日) as one."""
    old = old_columns(table.rows[0]) if table.rows else frozenset()
    for index, row in enumerate(table.rows):
        current = (cell for number, cell in enumerate(row) if number not in old)
        cells = [cell for cell in dict.fromkeys(current) if cell.strip()]
        named = len(cells) == 2 and _KEY.fullmatch(cells[0].strip())
        if named and len(cells[1]) < _LONGEST_VALUE:
            yield FactPassage("\t".join(cells), table.where(index), wrapped=True)
            continue
        for cell in cells:
            for piece in bounded(cell):
                if len(piece) >= 4:
                    yield FactPassage(piece, table.where(index), wrapped=True)


def _attachment_parts(item: AttachmentText) -> tuple[str, str, Sequence[Sequence[Row]]]:
    if isinstance(item, FetchedAttachment):
        return item.link.name, item.text, item.tables
    if isinstance(item, Attachment):
        return item.name, item.text, ()
    if len(item) == 2:
        return item[0], item[1], ()
    return item[0], item[1], item[2]
