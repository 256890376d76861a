"""Word's .docx: paragraphs with their numbers, tables, boxes, notes, and files inside."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from crawler.extract.dom import clean_text
from crawler.extract.formats.embedded_objects import object_file, with_objects
from crawler.extract.formats.packed import (
    BROKEN_PART,
    MAX_ROWS,
    Member,
    Read,
    Table,
    UnreadPart,
    open_zip,
    parse_xml,
)
from crawler.extract.formats.picture import read_inner_picture
from crawler.extract.formats.word.docx_cells import cells_of, rows_of
from crawler.extract.formats.word.docx_text import has_content, paragraph_text
from crawler.extract.formats.word.inserted_documents import read_chunk
from crawler.extract.formats.word.large_pictures import large_pictures
from crawler.extract.formats.word.numbering import Numbering
from crawler.extract.formats.word.word_package import RELATION_ID, WordPackage
from crawler.extract.formats.word.word_pruning import GONE, prune
from crawler.extract.formats.word.word_styles import Styles, W
from domain.records.states import AttachmentStatus

_PARAGRAPH, _TABLE, _CHUNK, _BOX = f"{W}p", f"{W}tbl", f"{W}altChunk", f"{W}txbxContent"
_PROPERTIES = frozenset(
    f"{W}{name}" for name in ("sectPr", "sdtPr", "sdtEndPr", "tcPr", "customXmlPr", "pPr")
)
# a paragraph whose mark is one of these runs on into the next
_PARTS = {"styles": "样式", "numbering": "编号", "footnotes": "脚注", "endnotes": "尾注"}
_MARK = f"{W}pPr/{W}rPr"
_NO_MARK = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "specVanish"))


def read_docx(body: bytes, depth: int = 0) -> Read:
    """The text and tables of a document, and the files that are embedded in it."""
    return _DocumentReader(WordPackage(open_zip(body)), depth).read()


class _DocumentReader:
    """Walks one document; its numbers are counted and its losses noted on the way."""

    def __init__(self, package: WordPackage, depth: int) -> None:
        self.package = package
        self.depth = depth
        self.tables: list[Table] = []
        self.unread: list[UnreadPart] = []
        self.members: list[Member] = []
        self.styles = Styles(self._part("styles"))
        self.numbering = Numbering(self._part("numbering"), self.styles)

    def read(self) -> Read:
        root = self.package.document()
        prune(root)
        lines = list(self._lines(root))
        for kind in ("footnote", "endnote"):
            lines += self._notes(root, kind)
        text = "\n".join(line for line in lines if line)
        read = Read(text, tuple(self.tables), tuple(self.unread), self.members)
        return with_objects(read, self._objects(root))

    def _part(self, kind: str) -> Any | None:
        """A part beside the text; a broken one is told and costs no more than itself."""
        try:
            part = self.package.part(kind)
        except BROKEN_PART:
            self.unread.append(UnreadPart(_PARTS[kind], AttachmentStatus.BROKEN))
            return None
        if part is not None:
            prune(part)
        return part

    def _lines(self, container: Any) -> Iterator[str]:
        """Paragraphs and table rows in order; text boxes where they are anchored."""
        begun = ""
        for block in _blocks(container):
            if block.tag != _PARAGRAPH:
                yield _clean(begun)
                begun = ""
                yield from self._table(block) if block.tag == _TABLE else self._chunk(block)
            elif _runs_on(block):
                begun += paragraph_text(block, self.styles)
                yield from self._beside(block)
            else:
                yield _clean(self._paragraph(block, begun))
                begun = ""
                yield from self._beside(block)
        yield _clean(begun)

    def _paragraph(self, paragraph: Any, begun: str) -> str:
        text = begun + paragraph_text(paragraph, self.styles)
        if not text.strip() and paragraph.get(GONE):
            return ""  # deleted or moved away, with its number
        label = self.numbering.label(paragraph)
        return label + text if text.strip() or not has_content(paragraph) else ""

    def _beside(self, paragraph: Any) -> Iterator[str]:
        """The text boxes, diagrams and large pictures that hang on a paragraph."""
        for box in paragraph.iter(_BOX):
            if next(box.iterancestors(_PARAGRAPH), None) is paragraph:
                yield from self._lines(box)
        for names in paragraph.iter("{*}relIds"):
            part = self.package.target(names.get(RELATION_ID.replace("}id", "}dm")) or "")
            if part is not None:
                yield from _diagram_lines(part[1])
        for identity in large_pictures(paragraph):
            yield from self._picture(identity)

    def _picture(self, identity: str) -> Iterator[str]:
        """What a picture says, where somebody reads such; else it is told."""
        try:
            part = self.package.target(identity)
        except BROKEN_PART:
            part = None
        read = read_inner_picture(None if part is None else part[1])
        self.tables += read.tables
        self.unread += read.unread
        yield from read.text.split("\n")

    def _table(self, table: Any) -> Iterator[str]:
        rows: list[tuple[str, ...]] = []
        plain: list[str] = []
        outer = len(self.tables)
        for row in rows_of(table):
            if len(rows) >= MAX_ROWS:
                name = f"表{len(self.tables) + 1}第{MAX_ROWS + 1}行起"
                self.unread.append(UnreadPart(name, AttachmentStatus.TOO_LARGE))
                break
            lines = [self._cell_lines(cell.element) for cell in cells_of(row)]
            cells = [clean_text(" ".join(cell)) for cell in lines]
            plain += [line for cell in lines for line in cell]
            if any(cells):
                rows.append(tuple(cells))
        if max(map(len, rows), default=0) <= 1:
            yield from plain  # a frame around text
        else:
            self.tables[outer:] = [tuple(rows)]  # tables in its cells are part of their text
            yield from ("\t".join(row) for row in rows)

    def _cell_lines(self, cell: Any | None) -> list[str]:
        return [] if cell is None else [line for line in self._lines(cell) if line]

    def _notes(self, root: Any, kind: str) -> Iterator[str]:
        """The notes that the text refers to, in the order of the references."""
        wanted = [each.get(f"{W}id") for each in root.iter(f"{W}{kind}Reference")]
        part = self._part(f"{kind}s") if wanted else None
        if part is None:
            return
        notes = {each.get(f"{W}id"): each for each in part.iterchildren(f"{W}{kind}")}
        for identity in dict.fromkeys(wanted):
            if identity in notes:
                yield from self._lines(notes[identity])

    def _chunk(self, chunk: Any) -> Iterator[str]:
        """A document that Word shows at this place as if it were part of this one."""
        found = self.package.target(chunk.get(RELATION_ID) or "")
        name, data = found or ("altChunk", b"")
        read = read_chunk(name, data, partial(read_docx, depth=self.depth + 1), self.depth)
        self.tables += read.tables
        self.unread += read.unread
        self.members += read.members
        yield from read.text.split("\n")

    def _objects(self, root: Any) -> Iterator[Member | UnreadPart]:
        """The files that the document holds as objects, to be read like files of their own."""
        for element in root.iter("{*}OLEObject"):
            if (element.get("Type") or "").lower() != "link":
                found = self.package.target(element.get(RELATION_ID) or "")
                yield object_file(element.get("ProgID") or "", found)


def _blocks(container: Any) -> Iterator[Any]:
    """Paragraphs, tables and inserted files, also those inside content controls."""
    for child in container:
        if not isinstance(child.tag, str) or child.tag in _PROPERTIES:
            continue
        if child.tag in {_PARAGRAPH, _TABLE, _CHUNK}:
            yield child
        else:
            yield from _blocks(child)


def _runs_on(paragraph: Any) -> bool:
    mark = paragraph.find(_MARK)
    return mark is not None and any(each.tag in _NO_MARK for each in mark)


def _diagram_lines(data: bytes) -> Iterator[str]:
    for paragraph in parse_xml(data).iter("{*}p"):
        yield clean_text("".join(node.text or "" for node in paragraph.iter("{*}t")))


def _clean(text: str) -> str:
    return "\n".join(line for part in text.split("\n") if (line := clean_text(part)))
