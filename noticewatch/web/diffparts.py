"""The parts of a comparison as its pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException

from archive.diff import Diff, PartDiff, diff_versions
from archive.records import Version
from archive.units import units_of
from noticewatch import views

_LONGEST = 400_000  # characters of both texts that are compared on request


@dataclass(frozen=True, kw_only=True)
class ShownParts:
    """``whole``: also what stayed as it was; else those only renumbered are set apart."""

    parts: Sequence[views.ComparedPart]
    renumbered: Sequence[PartDiff]
    whole: bool


def compared(before: Version, after: Version) -> Diff:
    """Raises HTTPException (413) for texts that would take too long."""
    if len(before.text) + len(after.text) > _LONGEST:
        raise HTTPException(413, "these texts are too long to compare on a page")
    return diff_versions(before, after)


def shown_parts(diff: Diff, after: Version, *, whole: bool) -> ShownParts:
    units = _units(after) if whole else []
    if units:
        return ShownParts(parts=views.whole_text(diff, units), renumbered=(), whole=True)
    changed = [part for part in diff.parts if part.kind != "renumbered"]
    return ShownParts(
        parts=[views.ComparedPart(label="", text="", part=part) for part in changed],
        renumbered=[part for part in diff.parts if part.kind == "renumbered"],
        whole=False,
    )


def _units(version: Version) -> list[tuple[str, str]]:
    """Label and body of each part, in the order in which the diff counts them."""
    return [
        (unit.label, unit.body.replace("\t", " · ") if unit.is_row else unit.body)
        for unit in units_of(version)
    ]
