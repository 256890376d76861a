"""Cut a comparison into pages, and name the addresses of its other forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from domain.diff.diff_model import AttachmentDiff, Diff, PartDiff
from domain.records.notice import Version
from domain.text.units import units_of
from noticewatch.web.views.whole_text import ComparedPart, whole_text

_A_PAGE = 34_000  # characters of a page of parts: some 110 kB of Chinese
_MARKUP = 90  # characters that a part costs besides its text


@dataclass(frozen=True, kw_only=True)
class ShownParts:
    """``whole``: also what stayed as it was; else those only renumbered are set apart.

    ``following``: the number of the part that the next page begins with; None on the last.
    """

    parts: Sequence[ComparedPart]
    renumbered: Sequence[PartDiff]
    whole: bool
    changes: int  # on all pages
    start: int
    following: int | None
    files: Sequence[AttachmentDiff]  # shown on the last page


def shown_parts(diff: Diff, after: Version, *, whole: bool, side: bool, start: int) -> ShownParts:
    """A page of the comparison from part ``start`` on; ``side``: both texts beside each other."""
    changed = [part for part in diff.parts if part.kind != "renumbered"]
    units = _units(after) if whole else []
    if units:
        parts = whole_text(diff, units)
    else:
        parts = [ComparedPart(label="", text="", part=part) for part in changed]
    end = start + _fitting([_size(part, side=side) for part in parts[start:]])
    last = end >= len(parts)
    renumbered = [part for part in diff.parts if part.kind == "renumbered"]
    return ShownParts(
        parts=parts[start:end],
        renumbered=renumbered if last and not units else (),
        whole=bool(units),
        changes=len(changed),
        start=start,
        following=None if last else end,
        files=[_within_page(file, side=side) for file in diff.attachments] if last else (),
    )


@dataclass(frozen=True, kw_only=True)
class ComparisonAddress:
    """Where a comparison stands. ``base`` names what is compared, ``swapped`` the same the
    other way round; ``inline`` and ``side`` are values of ``view`` (empty for the form that is
    shown unasked), ``json`` is the API's path."""

    base: Mapping[str, str]
    swapped: Mapping[str, str]
    inline: str
    side: str
    json: str

    def links(self, params: Mapping[str, str], following: int | None) -> dict[str, str]:
        """Addresses of the same comparison in its other forms."""
        kept = {key: params[key] for key in ("view", "show") if params.get(key)}

        def link(**changes: str) -> str:
            query = {**self.base, **kept, **changes}
            return "/compare?" + urlencode({key: value for key, value in query.items() if value})

        return {
            "inline": link(view=self.inline),
            "side": link(view=self.side),
            "changes": link(show=""),
            "all": link(show="all"),
            "swap": link(**self.swapped),
            "next": link(start=str(following)) if following else "",
            "json": f"{self.json}?{urlencode(self.base)}",
        }


def act_comparison_link(older: int, newer: int) -> str:
    """Where two acts are compared."""
    return "/compare?" + urlencode({"before": older, "after": newer})


def _size(compared: ComparedPart, *, side: bool) -> int:
    if compared.part is None:
        return len(compared.text) + _MARKUP
    return _part_size(compared.part, side=side)


def _part_size(part: PartDiff, *, side: bool) -> int:
    """Characters on the page: what is equal stands there twice, beside each other."""
    return _MARKUP + sum(
        len(span.text) * (2 if side and span.op == "equal" else 1) for span in part.spans
    )


def _fitting(sizes: Sequence[int], most: int = _A_PAGE) -> int:
    """How many of the parts fit a page; one at least."""
    total = 0
    for number, size in enumerate(sizes):
        total += size
        if total > most and number:
            return number
    return len(sizes)


def _within_page(file: AttachmentDiff, *, side: bool) -> AttachmentDiff:
    """A file's first parts, about as much as a fifth of a page."""
    sizes = [_part_size(part, side=side) for part in file.parts]
    return replace(file, parts=file.parts[: _fitting(sizes, _A_PAGE // 5)])


def _units(version: Version) -> list[tuple[str, str]]:
    """Label and body of each part, in the order in which the diff counts them."""
    return [
        (unit.label, unit.body.replace("\t", " · ") if unit.is_row else unit.body)
        for unit in units_of(version)
    ]
