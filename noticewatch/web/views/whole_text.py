"""The whole new text of a comparison, with what was removed at its old place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.diff.diff_model import Diff, PartDiff


@dataclass(frozen=True, kw_only=True)
class ComparedPart:
    """A part of a comparison; ``part`` is None for one that stayed as it was."""

    label: str
    text: str
    part: PartDiff | None


def whole_text(diff: Diff, units: Sequence[tuple[str, str]]) -> list[ComparedPart]:
    """Every part of the new text in its order, with what was removed at its old place.

    ``units`` are label and body of each part of the new text, as the diff counts them.
    """
    result: list[ComparedPart] = []
    old = new = 0

    def kept_until(stop: int) -> None:
        nonlocal old, new
        for label, body in units[new:stop]:
            result.append(ComparedPart(label=label, text=body, part=None))
        old += max(0, stop - new)
        new = max(new, stop)

    for part, following in _with_following(diff.parts):
        if part.position_after is None:
            ahead = (part.position_before or 0) - old
            limit = len(units) if following is None else following
            kept_until(min(max(new, new + ahead), limit))
            old += 1
        else:
            kept_until(part.position_after)
            new = part.position_after + 1
            old += part.position_before is not None
        result.append(ComparedPart(label="", text="", part=part))
    kept_until(len(units))
    return result


def _with_following(parts: Sequence[PartDiff]) -> Iterable[tuple[PartDiff, int | None]]:
    """Each part with the place of the next one that stands in the new text."""
    following: int | None = None
    pairs: list[tuple[PartDiff, int | None]] = []
    for part in reversed(parts):
        pairs.append((part, following))
        if part.position_after is not None:
            following = part.position_after
    return reversed(pairs)
