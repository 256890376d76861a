"""The one diff: two texts or two versions, article by article, then word by word.

Articles are aligned by what they say, not by their numbers, so that a renumbered regulation
shows only the articles that truly changed. ``spans`` of a part hold its text after the number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.diff.alignment import Pair, align
from domain.diff.diff_model import AttachmentDiff, Diff, FieldDiff, PartDiff, Span
from domain.diff.significance import assess_significance
from domain.diff.spans import diff_spans
from domain.records.notice import Attachment, Version
from domain.text.normalization import (
    normalise,
    normalise_document_number,
    printed_label,
    split_articles,
)
from domain.text.units import Unit, file_units, text_units, units_of

__all__ = [
    "AttachmentDiff", "Diff", "FieldDiff", "PartDiff", "Span", "apply_parts", "diff_text",
    "diff_versions", "paragraph_text",
]  # fmt: skip


def diff_text(before: str, after: str) -> tuple[PartDiff, ...]:
    """Article-aligned, word-level diff of two plain texts (paragraphs by newline), in the order
    of the new text. :func:`apply_parts` undoes it."""
    if before == after:
        return ()
    return _diff_units(text_units(before), text_units(after))


def diff_versions(before: Version, after: Version) -> Diff:
    """Title, metadata, body blocks, tables and attachments of two versions, judged."""
    parts = _diff_units(units_of(before), units_of(after))
    fields = _field_diffs(before, after)
    attachments = _attachment_diffs(before.attachments, after.attachments)
    verdict = assess_significance(parts, fields, attachments)
    changed = [*parts, *(part for a in attachments for part in a.parts)]
    return Diff(
        parts=parts,
        fields=fields,
        attachments=attachments,
        substantive=verdict.substantive,
        reason=verdict.reason,
        changed_characters=sum(_changed_characters(part) for part in changed),
    )


def _changed_characters(part: PartDiff) -> int:
    return sum(len("".join(s.text.split())) for s in part.spans if s.op != "equal")


# ------------------------------------------------------------------ parts


def _diff_units(old: Sequence[Unit], new: Sequence[Unit]) -> tuple[PartDiff, ...]:
    pairs = align([unit.key for unit in old], [unit.key for unit in new])
    paired_old = {pair.before for pair in pairs}
    paired_new = {pair.after for pair in pairs}
    found: list[tuple[float, PartDiff]] = []
    for pair in pairs:
        part = _paired(old[pair.before], new[pair.after], pair)
        if part is not None:
            found.append((pair.after, part))
    for j, unit in enumerate(new):
        if j not in paired_new:
            found.append((j, _one_sided("added", unit, None, j)))
    after_of = {pair.before: pair.after for pair in pairs if pair.kept}
    place = -1.0
    for i, unit in enumerate(old):
        place = float(after_of.get(i, place))
        if i not in paired_old:
            found.append((place + 0.5, _one_sided("removed", unit, i, None)))
    return tuple(part for _, part in sorted(found, key=lambda item: item[0]))


def _one_sided(
    kind: str, unit: Unit, position_before: int | None, position_after: int | None
) -> PartDiff:
    added = kind == "added"
    label = unit.label or None
    return PartDiff(
        kind="added" if added else "removed",
        label_before=None if added else label,
        label_after=label if added else None,
        spans=(Span(op="insert" if added else "delete", text=unit.body),) if unit.body else (),
        position_before=position_before,
        position_after=position_after,
    )


def _paired(old: Unit, new: Unit, pair: Pair) -> PartDiff | None:
    """The diff of two parts that belong together; None if nothing is to be said."""
    same = old.key == new.key
    renumbered = not (old.is_row or new.is_row) and printed_label(old.label) != printed_label(
        new.label
    )
    if same and pair.kept and not renumbered:
        return None
    if same:
        spans: tuple[Span, ...] = (Span(op="equal", text=new.body),) if new.body else ()
    elif old.is_row and new.is_row:
        spans = _row_spans(old.body, new.body)
    else:
        spans = diff_spans(old.body, new.body)
    edited = any(span.op != "equal" for span in spans)
    part = PartDiff(
        kind="changed",
        label_before=old.label or None,
        label_after=new.label or None,
        spans=spans,
        position_before=pair.before,
        position_after=pair.after,
    )
    if edited:
        return part
    if not pair.kept:
        return replace(part, kind="moved")
    return replace(part, kind="renumbered") if renumbered else None


def _row_spans(before: str, after: str) -> tuple[Span, ...]:
    """Cell by cell, so that no edit runs across a cell's border."""
    old, new = before.split("\t"), after.split("\t")
    if len(old) != len(new):
        return diff_spans(before, after)
    spans: list[Span] = []
    for place, (old_cell, new_cell) in enumerate(zip(old, new, strict=True)):
        if place:
            spans.append(Span(op="equal", text="\t"))
        spans += diff_spans(old_cell, new_cell)
    return _merged(spans)


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in spans:
        if merged and merged[-1].op == span.op:
            merged[-1] = Span(op=span.op, text=merged[-1].text + span.text)
        else:
            merged.append(span)
    return tuple(merged)


# ------------------------------------------------------------------ back to text


def paragraph_text(text: str) -> str:
    """A text as the diff sees it: its parts, one after the other, without blank lines."""
    return "\n".join(part.text for part in split_articles(text))


def apply_parts(parts: Sequence[PartDiff], before: str) -> str:
    """The new text (as :func:`paragraph_text`) from the old one and ``diff_text(old, new)``;
    exact but for differences that do not count (width, blanks, style of punctuation)."""
    old = split_articles(before)
    placed = {
        part.position_after: _after_text(part) for part in parts if part.position_after is not None
    }
    gone = {part.position_before for part in parts if part.position_before is not None}
    rest = iter(part.text for i, part in enumerate(old) if i not in gone)
    size = len(old) - len(gone) + len(placed)
    return "\n".join(placed[j] if j in placed else next(rest) for j in range(size))


def _after_text(part: PartDiff) -> str:
    body = "".join(span.text for span in part.spans if span.op != "delete")
    return printed_label(part.label_after or "") + body


# ------------------------------------------------------------------ fields, attachments


def _field_diffs(before: Version, after: Version) -> tuple[FieldDiff, ...]:
    def number(version: Version) -> str:
        return normalise_document_number(version.document_number or "")

    diffs = []
    if normalise(before.title) != normalise(after.title):
        diffs.append(FieldDiff(field="title", before=before.title, after=after.title))
    if number(before) != number(after):
        diffs.append(
            FieldDiff(
                field="document_number",
                before=before.document_number,
                after=after.document_number,
            )
        )
    if {normalise(name) for name in before.issuers} != {normalise(n) for n in after.issuers}:
        diffs.append(
            FieldDiff(
                field="issuers",
                before="、".join(before.issuers) or None,
                after="、".join(after.issuers) or None,
            )
        )
    if before.comment_deadline != after.comment_deadline:
        dates = [
            version.comment_deadline.isoformat() if version.comment_deadline else None
            for version in (before, after)
        ]
        diffs.append(FieldDiff(field="comment_deadline", before=dates[0], after=dates[1]))
    if normalise(before.validity or "") != normalise(after.validity or ""):
        diffs.append(FieldDiff(field="validity", before=before.validity, after=after.validity))
    return tuple(diffs)


def _attachment_diffs(
    before: Sequence[Attachment], after: Sequence[Attachment]
) -> tuple[AttachmentDiff, ...]:
    pairs, removed, added = _paired_attachments(before, after)
    diffs = [diff for old, new in pairs if (diff := _attachment_diff(old, new)) is not None]
    diffs += [
        AttachmentDiff(
            kind="removed", name_before=old.name, name_after=None, sha256_before=old.sha256
        )
        for old in removed
    ]
    diffs += [
        AttachmentDiff(kind="added", name_before=None, name_after=new.name, sha256_after=new.sha256)
        for new in added
    ]
    return tuple(diffs)


def _paired_attachments(
    before: Sequence[Attachment], after: Sequence[Attachment]
) -> tuple[list[tuple[Attachment, Attachment]], list[Attachment], list[Attachment]]:
    """Which file is which: by content, address, name, and the only one left on both sides."""
    old, new = list(before), list(after)
    pairs = []
    for same in (_same_content, _same_address, _same_name):
        for one in list(old):
            other = next((n for n in new if same(one, n)), None)
            if other is not None:
                pairs.append((one, other))
                old.remove(one)
                new.remove(other)
    if len(old) == len(new) == 1:
        pairs.append((old.pop(), new.pop()))
    return pairs, old, new


def _same_content(old: Attachment, new: Attachment) -> bool:
    return old.sha256 is not None and old.sha256 == new.sha256


def _same_address(old: Attachment, new: Attachment) -> bool:
    return old.url == new.url


def _same_name(old: Attachment, new: Attachment) -> bool:
    return normalise(old.name) == normalise(new.name)


def _attachment_diff(old: Attachment, new: Attachment) -> AttachmentDiff | None:
    base = AttachmentDiff(
        kind="replaced",
        name_before=old.name,
        name_after=new.name,
        sha256_before=old.sha256,
        sha256_after=new.sha256,
    )
    unknown = old.sha256 is None or new.sha256 is None  # a download that failed says nothing
    if old.sha256 == new.sha256 or unknown:
        return None if _same_name(old, new) else replace(base, kind="renamed")
    readable = bool(old.text.strip()) and bool(new.text.strip())
    if not readable:
        return replace(base, unread=True)
    return replace(base, parts=_diff_units(file_units(old.text), file_units(new.text)))
