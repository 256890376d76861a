"""Cut a notice into the passages that a label can rest on, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.records.notice import Version
from domain.records.observation import Block
from domain.text.articles import split_articles

TITLE = "标题"
LONGEST = 420  # characters; a longer article is cut at its sentences
MOST_CHARACTERS = 400_000  # of a notice's text that is looked at, body and attachments each
MOST_ROWS = 2_000

_SENTENCE = re.compile(r"[^。；;！？!?\n]*[。；;！？!?\n]?")
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """``text`` is what is scored and shown; ``where`` is its place in the notice. A row also
    names its ``table``, as rows of one table are read together."""

    text: str
    where: str
    table: str = ""


def text_passages(text: str, prefix: str = "") -> Iterator[Passage]:
    """Articles, numbered items or paragraphs of a plain text; long ones at their sentences."""
    text = text.replace("\0", "")[:MOST_CHARACTERS]
    paragraph = 0
    for part in split_articles(text):
        for line in part.text.split("\n"):
            paragraph += 1
            place = (
                part.path
                or part.label
                or (f"第{paragraph}段" if prefix else f"正文第{paragraph}段")
            )
            for piece in _pieces(line):
                yield Passage(piece, f"{prefix}{place}")


def _pieces(line: str) -> Iterator[str]:
    line = _BLANK.sub(" ", line).strip()
    if not line:
        return
    if len(line) <= LONGEST:
        yield line
        return
    held = ""
    for sentence in _SENTENCE.findall(line):
        if held and len(held) + len(sentence) > LONGEST:
            yield held
            held = ""
        held += sentence
        while len(held) > LONGEST:
            yield held[:LONGEST]
            held = held[LONGEST:]
    if held:
        yield held


def table_passages(rows: Iterable[tuple[str, ...]], place: str) -> Iterator[Passage]:
    """A table's rows, each with the headings of its columns before the cells."""
    heading: tuple[str, ...] | None = None
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            return
        cells = tuple(_BLANK.sub(" ", cell.replace("\0", "")).strip() for cell in row)
        if not any(cells):
            continue
        if heading is None:
            heading = cells
        pairs = [
            cell if heading is cells or not head or head == cell else f"{head}：{cell}"
            for head, cell in zip(
                heading + ("",) * (len(cells) - len(heading)), cells, strict=False
            )
            if cell
        ]
        yield Passage("，".join(pairs)[: LONGEST * 2], f"{place}行{number}", place)


def block_passages(blocks: Iterable[Block], prefix: str = "") -> Iterator[Passage]:
    """Passages of a body: runs of text between tables are split together, so that an article
    of several paragraphs keeps its number."""
    held: list[str] = []
    table = 0
    for block in blocks:
        if block.kind != "table":
            held.append(block.text)
            continue
        yield from text_passages("\n".join(held), prefix)
        held = []
        table += 1
        yield from table_passages(block.rows, f"{prefix}表{table}")
    yield from text_passages("\n".join(held), prefix)


def version_passages(version: Version) -> list[Passage]:
    """Title, body, then attachments of a version."""
    passages = [Passage(version.title.strip(), TITLE)] if version.title.strip() else []
    blocks = version.blocks or (Block(kind="paragraph", text=version.text),)
    passages.extend(block_passages(blocks))
    for attachment in version.attachments:
        if attachment.text:
            passages.extend(mixed_passages(attachment.text, f"附件《{attachment.name}》"))
    return passages


def mixed_passages(text: str, prefix: str = "") -> Iterator[Passage]:
    """Passages of extracted or pasted text; lines with tabs are rows of a table."""
    held: list[str] = []
    rows: list[tuple[str, ...]] = []
    table = 0
    for line in [*text[:MOST_CHARACTERS].split("\n"), ""]:
        if "\t" in line:
            rows.append(tuple(line.split("\t")))
            continue
        if rows:
            table += 1
            yield from text_passages("\n".join(held), prefix)
            yield from table_passages(rows, f"{prefix}表{table}")
            held, rows = [], []
        held.append(line)
    yield from text_passages("\n".join(held), prefix)


def notice_passages(title: str, text: str) -> list[Passage]:
    """Passages of a title and a plain text; lines with tabs are table rows."""
    title = _BLANK.sub(" ", title.replace("\0", "")).strip()[:LONGEST]
    passages = [Passage(title, TITLE)] if title else []
    passages.extend(mixed_passages(text))
    return passages
