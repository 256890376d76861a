"""Turn a diff into short lines of marked text, for every renderer.

Only the words around a change are kept; a line never exceeds ``LINE`` characters, so a
renderer can pack lines into messages without cutting one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.diff.diff_model import (
    AttachmentDiff,
    Diff,
    PartDiff,
    Span,
)
from i18n.phrases import Lang, say

CONTEXT = 24  # characters of unchanged text kept on each side of a change
_WORTH = 8  # fewer characters than this are not worth a cut
LINE = 1200


@dataclass(frozen=True, kw_only=True, slots=True)
class DiffLine:
    """A label (article, field, attachment) and the marked runs of text behind it."""

    label: str
    spans: tuple[Span, ...]

    @property
    def size(self) -> int:
        return len(self.label) + sum(len(span.text) for span in self.spans)


def diff_lines(diff: Diff, lang: Lang) -> list[DiffLine]:
    """All of a diff: fields, then the text by article, then attachments."""
    lines = [
        _field_line(item.field.replace("_", " "), item.before, item.after) for item in diff.fields
    ]
    for part in diff.parts:
        lines += _part_lines(part, lang)
    for attachment in diff.attachments:
        lines += _attachment_lines(attachment, lang)
    return lines


def _field_line(name: str, before: str | None, after: str | None) -> DiffLine:
    spans = []
    if before:
        spans.append(Span(op="delete", text=before[: LINE // 2]))
    if after:
        spans.append(Span(op="insert", text=after[: LINE // 2]))
    return DiffLine(label=name, spans=tuple(spans))


def _part_lines(part: PartDiff, lang: Lang) -> list[DiffLine]:
    label = _label(part, lang)
    edits = any(span.op != "equal" and span.text for span in part.spans)
    if part.kind in ("moved", "renumbered") and not edits:
        return [DiffLine(label=label, spans=())]
    return [
        DiffLine(label=label if number == 0 else "…", spans=tuple(chunk))
        for number, chunk in enumerate(_chunks(shortened(_flush_left(part.spans))))
    ]


def _label(part: PartDiff, lang: Lang) -> str:
    before, after = part.label_before or "", part.label_after or ""
    name = f"{before} → {after}" if before and after and before != after else after or before
    word = {
        "added": "added",
        "removed": "removed_part",
        "moved": "moved",
        "renumbered": "renumbered",
    }.get(part.kind)
    note = f"({say(word, lang)})" if word else ""
    return " ".join(piece for piece in (name[:80], note) if piece)


def _flush_left(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Without the blanks that stood between an article's number and its words."""
    result: list[Span] = []
    for number, span in enumerate(spans):
        result.append(Span(op=span.op, text=span.text.lstrip()))
        if span.op == "equal" and result[-1].text:
            return (*result, *spans[number + 1 :])
    return tuple(result)


def shortened(spans: tuple[Span, ...]) -> list[Span]:
    """The spans with long unchanged runs cut to the words next to a change."""
    result: list[Span] = []
    for number, span in enumerate(spans):
        if span.op != "equal":
            result.append(span)
            continue
        first, last = number == 0, number == len(spans) - 1
        text = span.text
        if first and len(text) > CONTEXT + _WORTH:
            text = "…" + text[-CONTEXT:]
        elif last and len(text) > CONTEXT + _WORTH:
            text = text[:CONTEXT] + "…"
        elif len(text) > 2 * CONTEXT + _WORTH:
            text = f"{text[:CONTEXT]}…{text[-CONTEXT:]}"
        result.append(Span(op="equal", text=text))
    return [span for span in result if span.text]


def _chunks(spans: list[Span]) -> Iterator[list[Span]]:
    """Runs of text in pieces of at most ``LINE`` characters."""
    chunk: list[Span] = []
    room = LINE
    for span in spans:
        text = span.text
        while text:
            piece, text = text[:room], text[room:]
            chunk.append(Span(op=span.op, text=piece))
            room -= len(piece)
            if room == 0:
                yield chunk
                chunk, room = [], LINE
    if chunk:
        yield chunk


def _attachment_lines(item: AttachmentDiff, lang: Lang) -> list[DiffLine]:
    word = {
        "added": "att_added",
        "removed": "att_removed",
        "replaced": "att_replaced",
        "renamed": "att_renamed",
    }[item.kind]
    spans = []
    if item.name_before and item.name_before != item.name_after:
        spans.append(Span(op="delete", text=item.name_before[: LINE // 2]))
    if item.name_after:
        same = item.name_before == item.name_after
        spans.append(Span(op="equal" if same else "insert", text=item.name_after[: LINE // 2]))
    lines = [DiffLine(label=say(word, lang), spans=tuple(spans))]
    for part in item.parts:
        lines += _part_lines(part, lang)
    return lines
