"""The reason of a notice that is not relevant but came near the line, with what speaks for it."""

from __future__ import annotations

from collections.abc import Sequence

from domain.records.fact import Evidence
from domain.records.reason import Reason, reason

NEAR_LINE = "severity.near_line"


def near_line(score: float, passages: Sequence[Evidence]) -> Reason:
    """The rule of such a notice: how likely it is of the field, and the passages that say so."""
    return reason(
        NEAR_LINE,
        percent=round(score * 100),
        texts=[passage.text for passage in passages],
        places=[passage.where for passage in passages],
    )


def is_near_line(rule: Reason | None) -> bool:
    """True for the rule of a notice that came near the line."""
    return rule is not None and rule.code == NEAR_LINE


def near_passages(rule: Reason) -> tuple[Evidence, ...]:
    """The passages that the rule rests on."""
    texts, places = (rule.parameters.get(name, ()) for name in ("texts", "places"))
    return tuple(Evidence(text=t, where=w) for t, w in zip(texts, places, strict=True))
