"""The blocks of a notice's body in reading order, without what the page puts around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from crawler.extract.dom import BLOCKS, HEADINGS, Element, ancestors, clean_text, squeeze, text_of
from crawler.extract.file_types import DOCUMENTS, ending
from crawler.extract.page import page_furniture
from crawler.extract.page.preformatted import keeps_lines, marked_lines, shown_lines
from domain.records.observation import Block

_FILE_LINE = re.compile(ending(DOCUMENTS) + "$", re.I)
# (1), (a), iv., —: what stands in a column of its own before an item's text
_MARK = re.compile(r"[(（]?(?:\d{1,3}|[a-z]|[ivx]{1,5})[)）.]|[—–•·-]")
_CHAPTER = re.compile(
    r"第[一二三四五六七八九十百〇零\d]{1,5}[编章节](?:\s|$|[\u4e00-\u9fff]{1,20}$)"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LABELS = re.compile(
    r"索引号|发文字号|文号|发布机构|发文机关|发文机构|发布日期|成文日期|生成日期|主题分类|主题词|有效性|体裁|公开类别|信息名称|组配分类"
)


def read_blocks(element: Element | None, title: str = "") -> tuple[Block, ...]:
    """The body's paragraphs, headings and tables, without furniture."""
    if element is None:
        return ()
    copy = deepcopy(element)
    copy.tail = None
    page_furniture.prune(copy)
    blocks = list(_walk(copy, _context_above(element)))
    return tuple(_trim(blocks, title))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Context:
    """What the text under an element is: of a heading or not, with its line breaks or without."""

    kind: str = "paragraph"
    preformatted: bool = False

    def inside(self, element: Element) -> _Context:
        """The same for what stands under an element."""
        kind = "heading" if element.tag in HEADINGS else self.kind
        return _Context(kind=kind, preformatted=keeps_lines(element, default=self.preformatted))


class _Buffer:
    """The text since the last block, in pieces."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def add(self, text: str | None, context: _Context) -> None:
        if text:
            self.parts.append(marked_lines(text) if context.preformatted else text)

    def take(self, context: _Context) -> Iterator[Block]:
        """The block of the collected text; of preformatted text one for each line."""
        lines = shown_lines("".join(self.parts))
        self.parts.clear()
        for line in lines:
            if text := clean_text(line):
                yield _block(text, context.kind)


def _walk(root: Element, around: _Context | None = None) -> Iterator[Block]:
    """The blocks under an element in reading order."""
    buffer = _Buffer()
    contexts = [around or _Context()]
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        is_block = tag in BLOCKS
        if event == "start":
            if is_block or tag == "br":
                yield from buffer.take(contexts[-1])
            contexts.append(contexts[-1].inside(element))
            if tag == "table" and not _is_layout(element):
                yield from _table(element)
                walker.skip_subtree()
            else:
                buffer.add(element.text, contexts[-1])
            continue
        context = contexts.pop()
        if is_block:
            yield from buffer.take(context)
        if element is not root:
            buffer.add(element.tail, contexts[-1])
    yield from buffer.take(contexts[-1])


def _context_above(element: Element) -> _Context:
    """What the elements around a body say of its line breaks."""
    context = _Context()
    for above in reversed(list(ancestors(element))):
        context = context.inside(above)
    return _Context(preformatted=context.preformatted)


def _block(text: str, kind: str) -> Block:
    if kind == "heading" and len(text) <= 120:
        return Block(kind="heading", text=text)
    if len(text) <= 30 and _CHAPTER.match(text):
        return Block(kind="heading", text=text)
    return Block(kind="paragraph", text=text)


def _is_layout(table: Element) -> bool:
    """Whether a table only places the text: one column, or other tables or the body inside."""
    if table.find(".//table") is not None:
        return True
    widest = 0
    whole = len(squeeze(text_of(table)))
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        filled = [cell for cell in cells if text_of(cell)]
        widest = max(widest, len(filled))
        for cell in filled:
            size = len(squeeze(text_of(cell)))
            if size > 500 and size > 0.6 * whole and len(cell.findall(".//p")) >= 6:
                return True
    return widest <= 1


def _table(table: Element) -> Iterator[Block]:
    """The block of a table; a row that only sets a number apart from its text is a paragraph."""
    rows = _table_rows(table)
    if len(rows) == 1 and len(rows[0]) == 2 and _MARK.fullmatch(rows[0][0]):
        yield Block(kind="paragraph", text=f"{rows[0][0]} {rows[0][1]}")
    elif rows:
        yield Block(kind="table", rows=rows)


def _table_rows(table: Element) -> tuple[tuple[str, ...], ...]:
    """Cells as text; spanned cells are left empty so that columns stay aligned."""
    rows: list[list[str]] = []
    taken: dict[tuple[int, int], bool] = {}
    for number, row in enumerate(table.iter("tr")):
        cells: list[str] = []
        column = 0
        for cell in row:
            if cell.tag not in {"td", "th"}:
                continue
            while taken.get((number, column)):
                cells.append("")
                column += 1
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            cells.extend([_cell_text(cell), *[""] * (wide - 1)])
            for down in range(1, high):
                for across in range(wide):
                    taken[(number + down, column + across)] = True
            column += wide
        if any(cells):
            rows.append(cells)
    return tuple(tuple(row) for row in rows)


def _span(cell: Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), 60) if value.isascii() and value.isdigit() else 1


def _cell_text(cell: Element) -> str:
    return " ".join(block.as_text() for block in _walk(cell) if block.text).strip()


def _trim(blocks: list[Block], title: str) -> list[Block]:
    """Cut what a wide body still carries: page title and its line above, links below."""
    blocks = [each for each in blocks if each.rows or not page_furniture.is_furniture(each.text)]
    blocks = blocks[_head(blocks, title) :]
    return blocks[: _tail(blocks)]


def _head(blocks: list[Block], title: str) -> int:
    """Where the notice begins: behind the page's own heading and the line of date, source and
    counter below it. A title that the act itself repeats has no such line and stays."""
    start = 0
    wanted = squeeze(title)
    for position, block in enumerate(blocks[:14]):
        behind = position + _title_lines(blocks[position : position + 4], wanted)
        following = blocks[behind].text if behind < len(blocks) else ""
        if behind > position and (
            block.kind == "heading" or page_furniture.is_meta_line(following)
        ):
            start = behind
            break
        if behind > position and not _HAN.search(title):
            start = position  # below the head of a journal
            break
    while start + 1 < len(blocks):
        block = blocks[start]
        labels = len(_LABELS.findall(block.as_text())) if block.rows else 0
        meta = not block.rows and len(block.text) < 90 and page_furniture.is_meta_line(block.text)
        if labels < 3 and not meta:
            break
        start += 1
    return start


def _title_lines(blocks: list[Block], title: str) -> int:
    """Over how many blocks the title stands here; 0 where it does not."""
    said = ""
    for number, block in enumerate(blocks, 1):
        said += squeeze(block.text)
        if title and said == title:
            return number
        if block.rows or not title.startswith(said):
            break
    return 0


def _tail(blocks: list[Block]) -> int:
    """Where the notice ends: before related links and a second list of the same files."""
    end = len(blocks)
    while end > 1 and _FILE_LINE.search(blocks[end - 1].text):
        again = squeeze(blocks[end - 1].text)
        if not any(squeeze(each.text) == again for each in blocks[max(0, end - 20) : end - 1]):
            break
        end -= 1
    for position in range(end - 1, max(end // 2, end - 30), -1):
        if not blocks[position].rows and page_furniture.is_tail_heading(blocks[position].text):
            end = position
    return end


def lines_of(blocks: Iterable[Block]) -> list[str]:
    """The body as single lines; small tables (signature blocks) cell by cell."""
    lines: list[str] = []
    for block in blocks:
        if not block.rows:
            lines.append(block.text)
        elif len(block.rows) <= 6:
            lines.extend(cell for row in block.rows for cell in row if cell)
    return lines
