"""Standards taken for one another: what a claim says that a standard is about."""

from __future__ import annotations

from collections.abc import Sequence

from domain.claims.claim import CheckedSlot
from domain.claims.claim_reading import ClaimReading
from domain.claims.known_acts import KnownAct
from domain.claims.official_words import source_of
from domain.claims.words.claim_concepts import WEAK, concept_keys

_ABOUT = frozenset(
    [
        "standard",
        "list",
        "adjacent",
        "capacity",
        "kind",
        "limits",
        "meet",
        "test",
        "rate",
        "yearly",
        "number",
        "plan",
    ]
)
_VEHICLE = frozenset({"automotive", "power_battery"})


def check_subject(
    reading: ClaimReading, act: KnownAct, acts: Sequence[KnownAct]
) -> list[CheckedSlot]:
    """For a claim about a standard: a subject that is another standard's, or is left out of it;
    and for any act named by its number, a subject that its title has."""
    numbered = any(item.how == "number" for item in reading.mentions)
    if not numbered:
        return []
    mine = frozenset(hit.key for hit in reading.concepts)
    wanted = mine - WEAK - _ABOUT
    if not _is_standard(act):
        return []
    if slot := _left_out(reading, act, mine):
        return [slot]
    own = _subject(act) | frozenset().union(*(concept_keys(item.text) for item in act.statements))
    others = [other for other in acts if _is_standard(other) and other.ref != act.ref]
    foreign = [
        (key, other) for key in sorted(wanted - own) for other in others if key in _subject(other)
    ]
    if foreign and not reading.denied:
        key, _ = foreign[0]
        return [_slot(act, key.replace("_", " "), equal=False)]
    if wanted and wanted <= _subject(act) and not reading.denied and reading.force is None:
        return [_slot(act, ", ".join(sorted(wanted)).replace("_", " "), equal=True)]
    return []


def _is_standard(act: KnownAct) -> bool:
    return (act.document_number or "").startswith(("GB", "HJ", "QC", "YD"))


def _subject(act: KnownAct) -> frozenset[str]:
    named = [act.title, act.title_en or "", *act.names]
    return frozenset().union(*(concept_keys(name) for name in named)) - WEAK


def _slot(act: KnownAct, claim: str, *, equal: bool) -> CheckedSlot:
    official = act.title_en or act.title
    return CheckedSlot(
        slot="subject", claim=claim, official=official, equal=equal, source=source_of(act)
    )


def _left_out(reading: ClaimReading, act: KnownAct, mine: frozenset[str]) -> CheckedSlot | None:
    """What the official words leave out of an act, claimed to be in it."""
    if "exclude" in mine or reading.denied:
        return None
    for statement in act.statements:
        keys = concept_keys(statement.text)
        named = "automotive" in mine or _says_traction(reading)
        if "exclude" in keys and keys & _VEHICLE and named:
            return CheckedSlot(
                slot="scope", claim="automotive traction batteries", official=statement.text,
                equal=False, source=source_of(act, statement),
            )  # fmt: skip
    return None


def _says_traction(reading: ClaimReading) -> bool:
    low = reading.text.lower()
    return any(word in low for word in ("traction", "power batter", "ev batter", "动力"))
