"""From the slots of a claim to its verdict, and to one English sentence that says why."""

from __future__ import annotations

from collections.abc import Sequence

from domain.claims.claim import CheckedSlot, ClaimVerdict
from domain.claims.known_acts import KnownAct


def decide(slots: Sequence[CheckedSlot], loose: Sequence[str], *, unknown: bool) -> ClaimVerdict:
    """One slot that is wrong makes a claim wrong; one that is not borne out leaves it partly
    supported; where none speaks for it nothing is said."""
    wrong = [slot for slot in slots if slot.equal is False]
    if any(not slot.outdated for slot in wrong):
        return ClaimVerdict.CONTRADICTED
    if wrong:
        return ClaimVerdict.OUTDATED
    if not any(slot.equal and slot.proves for slot in slots):
        return ClaimVerdict.NONE
    if loose or unknown or any(slot.equal is None for slot in slots):
        return ClaimVerdict.PARTLY
    return ClaimVerdict.SUPPORTED


def explain(
    verdict: ClaimVerdict,
    slots: Sequence[CheckedSlot],
    acts: Sequence[KnownAct],
    loose: Sequence[str] = (),
) -> str:
    """Why, in one English sentence or two."""
    if verdict is ClaimVerdict.OPINION:
        return "An opinion, a forecast or market news: no text of law could bear it out."
    if verdict is ClaimVerdict.NONE:
        return _nothing(acts)
    wrong = [slot for slot in slots if slot.equal is False]
    if wrong:
        told = "; ".join(_against(slot) for slot in wrong)
        return (
            ("It once was so, but no longer: " if verdict is ClaimVerdict.OUTDATED else "")
            + told
            + "."
        )
    borne = ", ".join(dict.fromkeys(slot.slot for slot in slots if slot.equal and slot.proves))
    if verdict is ClaimVerdict.SUPPORTED:
        return f"Borne out by {_named(acts)}: {borne}."
    missing = [slot.slot for slot in slots if slot.equal is None] + [
        f"“{word}”" for word in loose[:6]
    ]
    return f"Borne out: {borne}; not found: {', '.join(dict.fromkeys(missing)) or 'the rest'}."


def _nothing(acts: Sequence[KnownAct]) -> str:
    if not acts:
        return (
            "No official source is held that speaks of this; register and archive were looked at."
        )
    whole = [act for act in acts if act.held == "full"]
    if len(whole) == len(acts):
        return f"Nothing of this was found in {_named(acts)}, held whole."
    return f"No official source held says so; looked at: {_named(acts)}, of which not all is held."


def _against(slot: CheckedSlot) -> str:
    source = f" ({slot.source.title})" if slot.source else ""
    article = f", article {slot.source.article}" if slot.source and slot.source.article else ""
    official = f"the official source “{slot.official}”{article}{source}"
    return f"{slot.slot}: the claim has “{slot.claim}”, {official}"


def _named(acts: Sequence[KnownAct]) -> str:
    return ", ".join(act.document_number or act.title for act in acts)
