"""Severity of an act or a change: a printed rule, not a score.

RED = binding and (a sanction or deadline tightened, or an effect or comment date within 14
days); AMBER = binding, or a draft that may apply; GREY = the rest. A comment date belongs to
a draft, so there "binding" asks whether the act would bind once it is issued.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from domain.acts.status import NO_LONGER_BINDING
from domain.facts.fact_pairing import pair_facts
from domain.facts.open_dates import first_date
from domain.facts.strictness import direction
from domain.records.fact import Fact
from domain.records.states import ChangeKind, FactKind
from i18n.en.fact_sentences import fact_change_phrase, fact_phrase

if TYPE_CHECKING:
    from config.model import Severity

NEAR_DAYS = 14
NOT_BINDING_AUTHORITIES = frozenset({"letter", "函", "复函"})
_TIGHTENING = (FactKind.FINE, FactKind.DEADLINE)
_WHY_GREY = {
    "interpretation": "an interpretation",
    "list": "a list of companies or products",
    "reply": "a reply",
    "news": "news",
    "eia": "an environmental assessment notice",
    "case": "a case",
}


def assess_severity(
    *,
    stage: str | None,
    authority: str | None,
    status: str | None,
    facts: Sequence[Fact],
    facts_before: Sequence[Fact] = (),
    facts_after: Sequence[Fact] = (),
    effective: date | None = None,
    comment_deadline: date | None = None,
    repealed_from: date | None = None,
    today: date,
    kind: ChangeKind | None = None,
) -> tuple[Severity, str]:
    """The severity and the rule that fired, as one phrase with its numbers.

    ``facts`` are those of the whole act; ``facts_before`` and ``facts_after`` those that
    changed. Dates not given are taken from ``facts``. Until ``repealed_from`` a repealed act
    still binds.
    """
    effective = effective or first_date(facts, FactKind.EFFECTIVE_DATE)
    comment_deadline = comment_deadline or first_date(facts, FactKind.COMMENT_DEADLINE)
    draft = stage == "draft" or status == "draft"
    ends = repealed_from if repealed_from and repealed_from > today else None
    if status in NO_LONGER_BINDING and not (status == "repealed" and ends):
        return "grey", f"not binding: the act is {status}"
    if authority in NOT_BINDING_AUTHORITIES:
        return "grey", "not binding: a letter"
    if draft:
        return _assess_draft(comment_deadline, today)
    if not (stage == "final" or (stage is None and authority is not None)):
        return "grey", f"not binding: {_WHY_GREY.get(stage or '', 'no rule of its own found')}"
    reasons = [
        *tightened_phrases(facts_before, facts_after, kind=kind),
        *_near("takes effect", effective, today),
        *_near("comments close", comment_deadline, today),
    ]
    severity: Severity = "red" if reasons else "amber"
    if ends:
        reasons.append(f"repealed from {ends.isoformat()} on")
    return severity, "; ".join(["binding", *reasons])


def _assess_draft(comment_deadline: date | None, today: date) -> tuple[Severity, str]:
    reasons = _near("comments close", comment_deadline, today)
    if reasons:
        return "red", f"draft that would bind; {reasons[0]}"
    if comment_deadline is not None and comment_deadline >= today:
        return "amber", f"draft that may apply; comments close {comment_deadline.isoformat()}"
    return "amber", "draft that may apply"


def _near(what: str, day: date | None, today: date) -> list[str]:
    if day is None or not 0 <= (day - today).days <= NEAR_DAYS:
        return []
    left = (day - today).days
    when = {0: "today", 1: "tomorrow"}.get(left, f"in {left} days")
    return [f"{what} {when} ({day.isoformat()})"]


def tightened_phrases(
    before: Sequence[Fact], after: Sequence[Fact], *, kind: ChangeKind | None = None
) -> list[str]:
    """What became stricter, a phrase each: "fine raised 5,000–20,000 → 10,000–30,000 yuan".

    Without anything before it, a new act tightens nothing; a fine or deadline that a
    revision adds does.
    """
    if not before and kind not in (ChangeKind.REVISED, ChangeKind.ATTACHMENT_REVISED):
        return []
    phrases: list[str] = []
    for old, new in pair_facts(before, after):
        if new is None or new.kind not in _TIGHTENING:
            continue
        if old is None:
            phrases.append(f"new {fact_phrase(new)}")
        elif direction(old, new) in ("tighter", "mixed"):
            phrases.append(fact_change_phrase(old, new))
    return list(dict.fromkeys(phrases))
