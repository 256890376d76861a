"""The text of a version in two columns: its paragraphs, and beside them what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.law.duties import Duty
from domain.records.fact import Label
from domain.records.notice import Translation
from domain.records.observation import Block
from domain.text.safe_output import clip
from i18n.headline_text import duty_text
from i18n.phrases import Lang

_LEAST = 6  # characters of a quote that tell where it stands
_CELLS, _CELL = 40, 2000
_NOTES = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class TextRow:
    """A paragraph or table with what stands in the margin: topics, duties, the English of it."""

    kind: str
    text: str
    rows: tuple[tuple[str, ...], ...] = ()
    topics: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    translated: tuple[Translation, ...] = ()

    @property
    def marked(self) -> bool:
        """Whether a topic or a duty rests on it."""
        return bool(self.topics or self.duties)


@dataclass(frozen=True, kw_only=True, slots=True)
class Marginalia:
    """What may be said beside a text."""

    labels: Sequence[Label] = ()
    duties: Sequence[Duty] = ()
    translations: Mapping[str, Translation] | None = None


def text_rows(
    blocks: Iterable[Block], beside: Marginalia, lang: Lang, most: int
) -> tuple[list[TextRow], bool]:
    """The rows of the first ``most`` characters, and whether the text goes on after them."""
    rows: list[TextRow] = []
    left = most
    for block in blocks:
        if left <= 0:
            return rows, True
        row = _table(block, left) if block.kind == "table" else _paragraph(block, left)
        left -= len(row.text) + sum(len(cell) + 10 for cells in row.rows for cell in cells)
        rows.append(_with_notes(row, block, beside, lang))
    return rows, left <= 0


def _table(block: Block, left: int) -> TextRow:
    rows = []
    for cells in block.rows:
        if left <= 0:
            break
        shown = tuple(clip(cell, _CELL) for cell in cells[:_CELLS])
        left -= sum(len(cell) + 10 for cell in shown)
        rows.append(shown)
    return TextRow(kind="table", text="", rows=tuple(rows))


def _paragraph(block: Block, left: int) -> TextRow:
    return TextRow(kind=block.kind, text=clip(block.text, max(left, 1)))


def _with_notes(row: TextRow, block: Block, beside: Marginalia, lang: Lang) -> TextRow:
    text = block.as_text()
    topics = [  # of each the passage that speaks for it most
        label.topic
        for label in beside.labels
        if any(_stands_in(passage.text, text) for passage in label.evidence[:1])
    ]
    duties = [duty_text(duty, lang) for duty in beside.duties if _stands_in(duty.quote, text)]
    return TextRow(
        kind=row.kind, text=row.text, rows=row.rows,
        topics=tuple(dict.fromkeys(topics)), duties=tuple(dict.fromkeys(duties))[:_NOTES],
        translated=_translated(text, beside.translations or {}) if lang == "en" else (),
    )  # fmt: skip


def _translated(text: str, known: Mapping[str, Translation]) -> tuple[Translation, ...]:
    return tuple(english for chinese, english in known.items() if _stands_in(chinese, text))


def _stands_in(quote: str, text: str) -> bool:
    """Whether a quote stands in a paragraph, or the paragraph is most of the quote."""
    if min(len(quote), len(text)) < _LEAST:
        return False
    return quote in text or (text in quote and 2 * len(text) >= len(quote))
