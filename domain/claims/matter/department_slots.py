"""Who issued an act and who acts under it: departments by their field of work and level."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from domain.claims.claim import CheckedSlot
from domain.claims.claim_reading import ClaimReading
from domain.claims.known_acts import KnownAct
from domain.claims.matter.claim_words import matter_concepts
from domain.claims.matter.matters import Matter
from domain.claims.matter.sentence_parts import nearest_part, source_of_matter
from domain.claims.official_words import source_of

_OFFICE = (
    r"(?: (?:and [a-z ]{3,24})?)? ?"
    r"(?:department|bureau|authorit(?:y|ies)|ministry|office|administration|commission)s?\b"
)
_HAN_OFFICE = r"(?:主管部门|监督管理部门|管理部门|部门|行政机关|机关|厅|局|部|委员会|委|总署|总局)"
# the provincial industry department, 工业和信息化厅, 省级工业和信息化主管部门
_FIELDS = {
    "industry": (r"industry|miit", r"工业和信息化|经济和信息化|工信"),
    "environment": (r"ecolog\w+(?: and environment)?|environment\w*|mee", r"生态环境"),
    "commerce": (r"commerce|mofcom", r"商务"),
    "transport": (r"transport\w*|mot", r"交通运输"),
    "emergency": (r"emergency(?: management)?|mem", r"应急管理"),
    "police": (r"public security|police", r"公安"),
    "market": (r"market (?:regulation|supervision)|samr", r"市场监督管理|市场监管"),
    "finance": (r"financ\w+", r"财政"),
    "planning": (r"development and reform|ndrc", r"发展和?改革|发改"),
    "customs": (r"customs|gacc", r"海关"),
    "maritime": (r"maritime(?: safety)?", r"海事"),
    "fire": (r"fire(?: and rescue)?", r"消防"),
    "railway": (r"railway|rail", r"铁路"),
    "tax": (r"tax(?:ation)?", r"税务"),
}  # fmt: skip
_ALONE = {
    "customs": re.compile(
        r"\bcustoms\b(?! (?:site|supervis|clearance|release|declar|duty))|海关(?!监管|编码)"
    ),
    "police": re.compile(r"\b(?:traffic )?police\b"),
    "industry": re.compile(r"\bMIIT\b|\bindustry (?:ministry|department)"),
    "commerce": re.compile(r"\bMOFCOM\b"),
    "environment": re.compile(r"\bMEE\b"),
    "market": re.compile(r"\bSAMR\b|\bmarket (?:regulator|watchdog)"),
}  # fmt: skip
_FORMS = {
    field: re.compile(
        rf"\b(?:ministry|department|bureau|administration) of (?:the )?(?:{english})\b"
        rf"|\b(?:{english}){_OFFICE}|(?:{chinese}){_HAN_OFFICE}",
        re.I,
    )
    for field, (english, chinese) in _FIELDS.items()
}
# issued by, was ordered by, 联合印发, 由…开展
_ISSUES = re.compile(
    r"\b(?:issued?|issues|(?:was|were) ordered|published|publishes|released|adopted|promulgated|"
    r"announced|drafted|launched|runs?|withdrew|jointly)\b"
    r"|印发|发布|出台|制定|公布|联合开展|单独开展|开展|宣布|起草",
    re.I,
)
_ALONE_SAID = re.compile(r"\b(?:alone|solely|on its own)\b|单独|独自")


def departments(text: str) -> frozenset[str]:
    """The fields of work of the departments that a text names: industry, customs."""
    found = {field for field, form in _FORMS.items() if form.search(text)}
    return frozenset(found | {field for field, form in _ALONE.items() if form.search(text)})


def issued_slots(reading: ClaimReading, act: KnownAct) -> list[CheckedSlot]:
    """The departments that a claim says issued or ordered an act, against those that did."""
    if not _ISSUES.search(reading.bare) or not act.issuers:
        return []
    mine, real = departments(reading.text), _of_issuers(act.issuers)
    if not mine or not real:
        return []
    alone = bool(_ALONE_SAID.search(reading.bare)) and len(act.issuers) > 1
    equal: bool | None = None
    if mine <= real:
        equal = not (alone and act.whole_issuers)
    elif act.whole_issuers:
        equal = False
    return [
        CheckedSlot(
            slot="bodies", claim=", ".join(sorted(mine)), equal=equal,
            official="、".join(sorted(act.issuers)), source=source_of(act),
        )
    ]  # fmt: skip


def acting_slots(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """The departments that a claim has act, against those of the part of the sentence that
    speaks of its matter."""
    mine = departments(reading.text)
    text = f"{best.sentence.said} {best.sentence.text}"
    whole = departments(text)
    if not mine or not whole:
        return []
    part = nearest_part(best.sentence.text, matter_concepts(reading))
    real = departments(part) or whole
    if mine & real:
        return []
    equal = False if best.sure and not mine & whole else None
    return [
        CheckedSlot(
            slot="bodies", claim=", ".join(sorted(mine)), official=", ".join(sorted(real)),
            equal=equal, source=source_of_matter(best),
        )
    ]  # fmt: skip


def _of_issuers(issuers: Iterable[str]) -> frozenset[str]:
    found: Sequence[frozenset[str]] = [departments(name) for name in issuers]
    return frozenset().union(*found) if all(found) else frozenset()
