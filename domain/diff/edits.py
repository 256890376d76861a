"""List the edits of a diff: what was replaced with what, moved sentences and items left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.diff.alignment import align
from domain.diff.diff_model import Span
from domain.diff.spans import diff_spans
from domain.text.normalization import normalise

_CONTEXT = 6
PUNCTUATION = re.compile(r"[^\w%‰℃<>=≤≥±+]+")
NUMERAL = re.compile(r"[0-9〇零一二三四五六七八九十百千万亿两]")
_SENTENCE = re.compile(r"[^。；;！？!?\n]+[。；;！？!?\n]*|[。；;！？!?\n]+")
# What may stand between two items of an enumeration that changed places.
_ITEMS = re.compile(r"(?:(?![对向由给被把将为比])[\u4e00-\u9fffA-Za-z、]){0,24}")


@dataclass(frozen=True, slots=True)
class Edit:
    """One replaced, added or removed run with what stands around it."""

    deleted: str
    inserted: str
    left: str
    right: str
    before: str = ""  # all that stayed since the edit before it
    after: str = ""  # and until the next one

    @property
    def keys(self) -> tuple[str, str]:
        """What was deleted and inserted, without blanks and punctuation."""
        return _bare(self.deleted), _bare(self.inserted)


def edits(spans: Sequence[Span]) -> Iterator[Edit]:
    """The edits of a part, neighbouring deletions and insertions as one."""
    index = 0
    while index < len(spans):
        if spans[index].op == "equal":
            index += 1
            continue
        end = index
        while end < len(spans) and spans[end].op != "equal":
            end += 1
        run = spans[index:end]
        before = spans[index - 1].text if index else ""
        after = spans[end].text if end < len(spans) else ""
        yield Edit(
            "".join(s.text for s in run if s.op == "delete"),
            "".join(s.text for s in run if s.op == "insert"),
            before[-_CONTEXT:],
            after[:_CONTEXT],
            before,
            after,
        )
        index = end


def in_new_order(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans of a part whose sentences stand in another order, as if those of the old text
    had stood in the new one's order; the same spans where nothing moved."""
    old = _SENTENCE.findall("".join(s.text for s in spans if s.op != "insert"))
    new = _SENTENCE.findall("".join(s.text for s in spans if s.op != "delete"))
    if min(len(old), len(new)) < 2:
        return spans
    pairs = align([_bare(one) for one in old], [_bare(one) for one in new])
    if all(pair.kept for pair in pairs):
        return spans
    place = {pair.before: float(pair.after) for pair in pairs}
    last = -1.0
    for index in range(len(old)):  # what has no counterpart stays behind what it stood behind
        last = place.setdefault(index, last + 0.5)
    ordered = sorted(range(len(old)), key=lambda index: (place[index], index))
    return diff_spans("".join(old[index] for index in ordered), "".join(new))


def without_moved_items(found: Sequence[Edit]) -> Iterator[Edit]:
    """The edits without those that only put the items of an enumeration in another order."""
    index = 0
    while index < len(found):
        pair = found[index : index + 2]
        if len(pair) == 2 and _items_swapped(*pair):
            index += 2
            continue
        yield found[index]
        index += 1


def _items_swapped(one: Edit, other: Edit) -> bool:
    """甲、乙、丙 → 乙、甲、丙, the two edits on either side of what stayed."""
    (gone, came), (gone_too, came_too) = one.keys, other.keys
    between = one.after
    listed = "、" in one.deleted + one.inserted + between + other.deleted + other.inserted
    return (
        listed
        and bool(gone or came)
        and sorted(filter(None, (gone, gone_too))) == sorted(filter(None, (came, came_too)))
        and between == other.before
        and _ITEMS.fullmatch(between) is not None
        and not NUMERAL.search(gone + came)
    )


def _bare(text: str) -> str:
    return PUNCTUATION.sub("", normalise(text))
