"""Must, may or need not; a denial against none; who must; by which system, under which act."""

from __future__ import annotations

import re
from typing import Literal

from domain.claims.claim import CheckedSlot
from domain.claims.claim_reading import ClaimReading
from domain.claims.matter.claim_words import is_common, matter_concepts, system_names
from domain.claims.matter.matter_slots import nearest_part, source_of_matter
from domain.claims.matter.matters import Matter
from domain.claims.words.bearing import force_of, is_denied
from domain.claims.words.claim_concepts import concept_keys, opposite_of
from domain.claims.words.plain_form import plain, without
from domain.questions.vocabulary import shipped_vocabulary

Bearing = Literal["must", "may", "must not", "need not"]
# does not need a permit, need not report; 不需要申请
_NEED_NOT = re.compile(
    r"\b(?:need not|needn't|(?:do|does|did) not (?:need|have) to|(?:do|does) not (?:need|require)|"
    r"(?:is|are) not (?:required|obliged|compulsory|mandatory)|no need to|without having to|"
    r"(?:is|are) exempt\w*|voluntary|optional)\b|不需要|不需|无需|无须|不必|不要求|毋须|自愿"
)
_COMPULSORY = re.compile(r"\b(?:compulsory|mandatory|obligatory)\b|强制(?!性?标准)")
_OPPOSED: frozenset[frozenset[Bearing]] = frozenset(
    frozenset(pair) for pair in (
        ("must", "may"), ("must", "must not"), ("may", "must not"), ("must", "need not"),
    )
)  # fmt: skip
_BORNE = 0.7  # with every word of the claim
_DENYING = ("need not", "must not")
# no more than seven days, not … for more than; 不得超过, 不应低于, 不足
_BOUND = re.compile(
    r"\b(?:must |should |may |shall |can)?(?:no|not|never)\b[^.;,]{0,60}?"
    r"\b(?:more|longer|less|fewer|higher|lower|later|earlier|exceed\w*|above|below)\b(?: than)?"
    r"|不(?:得|应|宜|能|可)?(?:超过|高于|低于|少于|大于|小于|多于|晚于|迟于|早于|足)"
)
# may exceed 30 %; 可以高于30%
_OVERSTEPS = re.compile(
    r"\b(?:may|can|free to) (?:be )?(?:exceed|more than|longer than|higher than|above)"
    r"|可以?(?:高于|超过|低于|少于|大于|小于|多于)"
)
_UNPUNISHED = re.compile(r"未处罚款|不予(?:行政)?处罚|免予(?:行政)?处罚|未予处罚|没有处罚")
_SANCTION = re.compile(r"罚款|责令|警告|处罚|没收|吊销")
_ONLY = re.compile(
    r"\b(?:only|solely|exclusively|alone)\b(?! (?:until|by|within|from|after|if|when))"
    r"|只能|仅|只可|只有"
)
_NARROW = re.compile(r"只|仅|限于|不得|方可|禁止|为限|唯一")
_ALL = re.compile(
    r"\b(?:all|always|entirely|completely|without exception|as often as|"
    r"regardless|anyone|anybody)\b"
    r"|一律|所有|全部|任何|均须|无论|不论|是否[^，。]{0,8}(?:不影响|均|都)"
)
_WIDE = re.compile(r"一律|所有|全部|任何|均|各|每|都|凡")
_CUT = re.compile(r"[，,；;：。]")
_SENTENCE = re.compile(r"[；;。\n]")
_NOT_INSTEAD = re.compile(r"不(?:代替|替代|免除|得代替)")
_IN_PRINCIPLE = re.compile(r"原则上|鼓励|自愿|可以自行|指导性")
# whether they correct it or not; 是否改正不影响, 无论
_FREELY = re.compile(
    r"\b(?:freely|optional|voluntary|at (?:its|their) discretion|as (?:it|they) (?:like|wish)|"
    r"if (?:it|they) (?:like|wish)|free to|may choose|not (?:required|obliged))\b"
    r"|自愿|自主|自行决定|可以|鼓励"
)
_STRICTLY = re.compile(
    r"\b(?:must|shall|obliged|compulsory|mandatory|required|forced?)\b|应当|必须|须|强制"
)
_REGARDLESS = re.compile(
    r"\b(?:regardless|whether or not|irrespective|in any case|even if|unconditionally)\b"
    r"|无论|不论|不管|是否[^，。]{0,8}不影响|无条件"
)
_CONDITION = re.compile(r"且[^，。]{2,40}的|方可|的前提下|经[^，。]{2,12}同意")
# 综合利用企业应当…, recyclers must …
_DOES = re.compile(
    r"应当|应(?![用急])|必须|须(?!知)|不得|可以|负责|需要"
    r"|\b(?:must|shall|may|can(?:not)?|has to|have to|had to|needs? to|now have|is obliged|"
    r"are obliged|is required|are required|reports?|files?|sends?|uploads?|"
    r"declares?|removes?|keeps?|"
    r"registers?)\b"
)
_BY = re.compile(
    r"由(?P<who>[\u4e00-\u9fff、]{2,14}?)(?=[向对于在按依]|报告|承担|负责|办理|审批|组织)"
)
_NUMBER = re.compile(r"\d{4}年第\d{1,3}号|〔\d{4}〕\d{1,4}号")  # 公告2026年第19号
# GB/T 48102-2026, HJ 1479—2026
_STANDARD = re.compile(
    r"\b(?P<kind>GB(?:/T|/Z)?|HJ(?:/T)?|QC/T|YD/T|DB\d{2}/T) ?(?P<serial>\d{3,6}(?:\.\d{1,3})?)",
    re.I,
)
_KIN = (
    frozenset({"recycler", "cascade_user"}), frozenset({"importer", "vehicle_importer"}),
    frozenset({"collection_outlet", "collection_company"}),
    frozenset({"storage_operator", "warehouse"}),
)  # fmt: skip


def bearing_slots(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """What a claim makes of its matter, against what the sentence makes of it."""
    part = nearest_part(best.sentence.text, matter_concepts(reading))
    return [
        *_force(reading, best, part), *_scope(reading, best), *_subject(reading, best),
        *_system(reading, best), *_other_act(reading, best), *_opposites(reading, best),
    ]  # fmt: skip


def bearing_of(text: str) -> Bearing | None:
    """Whether a text obliges, allows, forbids, or says that something need not be."""
    searched = plain(text)
    if _NEED_NOT.search(searched):
        return "need not"
    if _COMPULSORY.search(searched):
        return "must"
    force = force_of(searched)
    return "must not" if force == "must_not" else force


def _force(reading: ClaimReading, best: Matter, part: str) -> list[CheckedSlot]:
    if _UNPUNISHED.search(best.sentence.text) and not is_denied(reading.bare):
        fined = any(one.kind == "money" for one in reading.quantities)
        return [_unfined(best)] if fined else []
    if _SANCTION.search(best.sentence.text):
        return []  # what is punished is told in the words of what is forbidden
    if _OVERSTEPS.search(reading.bare.lower()) and _BOUND.search(plain(part)):
        return [
            CheckedSlot(
                slot="modality", claim="may exceed", official="must not", equal=False,
                source=source_of_matter(best),
            )
        ]  # fmt: skip
    mine = bearing_of(unbounded(_dayless(reading)))
    if mine == "may" and any(one.low is None for one in reading.quantities):
        return []  # may for up to 6 months: must not exceed 6 months
    real = bearing_of(unbounded(part)) or bearing_of(unbounded(best.sentence.text))
    if mine == "may" and real is None and _BOUND.search(plain(part)):
        return []
    source = source_of_matter(best)
    if mine is not None and mine != real and _is_borne_beside(mine, reading, best):
        return []
    if mine == "need not" and _NOT_INSTEAD.search(best.sentence.text):
        real = "must"
    if (
        mine == "must"
        and _IN_PRINCIPLE.search(best.sentence.text)
        and _COMPULSORY.search(reading.bare.lower())
    ):
        real = "may"
    if mine is not None and real is not None and frozenset({mine, real}) in _OPPOSED:
        equal = False if _is_opposed_surely(mine, real, reading, best) else None
        return [CheckedSlot(slot="modality", claim=mine, official=real, equal=equal, source=source)]
    return _denial(reading, best, part, (mine, real))


def _is_opposed_surely(mine: Bearing, real: Bearing, reading: ClaimReading, best: Matter) -> bool:
    """Whether the two cannot both be meant: that something may be done and that it must be done
    by some day are often told of the same."""
    if {mine, real} == {"may", "must not"}:
        return best.near
    if {mine, real} == {"may", "must"}:
        said = reading.bare.lower() if mine == "may" else best.sentence.text
        bound = best.sentence.text if mine == "may" else reading.bare.lower()
        return best.sure and bool(_FREELY.search(said)) and bool(_STRICTLY.search(bound))
    return best.sure


def _is_borne_beside(mine: Bearing, reading: ClaimReading, best: Matter) -> bool:
    """Whether another sentence of the article, with two words of the claim of which the nearest
    one has not all, makes the same of them."""
    concepts = [one for one in matter_concepts(reading) if one.sure and not is_common(one)]
    lacking = [one for one in concepts if not one.stands_in(best.sentence.text)]
    return any(
        bearing_of(unbounded(part)) == mine
        and any(one.stands_in(part) for one in lacking)
        and sum(one.stands_in(part) for one in concepts) > 1
        for part in _SENTENCE.split(best.around)
    )


def _dayless(reading: ClaimReading) -> str:
    """A claim without its days: on 22 May allows nothing."""
    return without(reading.bare, [(day.start, day.end) for day in reading.days])


def _unfined(best: Matter) -> CheckedSlot:
    return CheckedSlot(
        slot="negation", claim="", official="not", source=source_of_matter(best),
        equal=False if best.near else None,
    )  # fmt: skip


def _denial(
    reading: ClaimReading, best: Matter, part: str, forces: tuple[Bearing | None, Bearing | None]
) -> list[CheckedSlot]:
    """What is denied on one side only."""
    mine, real = forces
    denied = is_denied(unbounded(part)) or real in _DENYING
    denies = is_denied(unbounded(_dayless(reading))) or mine in _DENYING
    if denied == denies:
        return []
    equal = False if best.part >= _BORNE and not best.missing else None
    return [
        CheckedSlot(
            slot="negation", claim="not" if denies else "", official="not" if denied else "",
            equal=equal, source=source_of_matter(best),
        )
    ]  # fmt: skip


def unbounded(text: str) -> str:
    """A text without bounds (no more than, 不得超过), which forbid nothing of their own."""
    return _BOUND.sub(" ", plain(text))


def _scope(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """Only and without exception, where the sentence does not narrow or widen so."""
    official = f"{best.sentence.said} {best.sentence.text}"
    found = []
    if _REGARDLESS.search(plain(reading.bare)) and (stated := _CONDITION.search(official)):
        found.append(
            CheckedSlot(
                slot="scope", claim="in any case", official=stated[0],
                equal=False if best.sure else None, source=source_of_matter(best),
            )
        )  # fmt: skip
    for word, mine, theirs in (("only", _ONLY, _NARROW), ("all", _ALL, _WIDE)):
        if mine.search(plain(reading.bare)) and not theirs.search(official):
            found.append(
                CheckedSlot(
                    slot="scope", claim=word, official=None, equal=None,
                    source=source_of_matter(best),
                )
            )  # fmt: skip
    return found


def _subject(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """Who must do it: the role before the verb against the sentence's."""
    mine = _subject_of(reading.text)
    text = f"{best.sentence.said}{best.sentence.text}"
    real = _subject_of(text)
    if mine & _roles(text):
        return []
    if not mine or not real or mine & real or any(mine & kin and real & kin for kin in _KIN):
        return []
    equal = False if best.sure else None
    return [
        CheckedSlot(
            slot="subject", claim=", ".join(sorted(mine)).replace("_", " "), equal=equal,
            official=", ".join(sorted(real)).replace("_", " "), source=source_of_matter(best),
        )
    ]  # fmt: skip


def _subject_of(text: str) -> set[str]:
    """The roles before the verb that obliges; of 由…承担 the one between."""
    if by := _BY.search(text):
        return _roles(by["who"])
    for part in _CUT.split(text):
        verb = _DOES.search(part.lower())
        if verb is not None and (found := _roles(part[: verb.start()])):
            return found
    return set()


def _roles(text: str) -> set[str]:
    return {one.value for one in shipped_vocabulary().named(text) if one.kind == "role"}


def _system(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """A system that a claim names in quotes against the one of the sentence or of the act."""
    mine = set(system_names(reading.text))
    if not mine or any(name in best.sentence.text + best.act.title for name in mine):
        return []
    real = set(system_names(best.sentence.text)) or set(system_names(best.act.title))
    equal = False if real and best.near else None
    return [
        CheckedSlot(
            slot="platform", claim=", ".join(sorted(mine)), equal=equal,
            official=", ".join(sorted(real)) or None, source=source_of_matter(best),
        )
    ]  # fmt: skip


def _opposites(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """An idea of which the sentence has the opposite: within the province, across provinces."""
    said = frozenset(hit.key for hit in reading.concepts)
    official = concept_keys(f"{best.sentence.said} {best.sentence.text}")
    return [
        CheckedSlot(
            slot="object", claim=key.replace("_", " "), source=source_of_matter(best),
            official=", ".join(sorted(against)).replace("_", " "),
            equal=False if best.near and not reading.denied else None,
        )
        for key in sorted(said - official)
        if (against := opposite_of(key) & official) and key not in ("include", "exclude")
    ]  # fmt: skip


def _other_act(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """An act or a standard that a claim names in its matter, where the sentence or its article
    names another."""
    mine = {
        spelled
        for one in matter_concepts(reading)
        for spelled in one.spelled
        if _NUMBER.fullmatch(spelled)
    }
    own = best.act.document_number or ""
    found = _compared_numbers(mine, set(_NUMBER.findall(best.sentence.text)), own, best)
    standards = {_bare_standard(match) for match in _STANDARD.finditer(reading.text)}
    article = f"{best.sentence.text} {best.around}"
    named = {_bare_standard(match) for match in _STANDARD.finditer(article)}
    return [*found, *_compared_numbers(standards, named, f"{own} {best.act.title}", best)]


def _bare_standard(match: re.Match[str]) -> str:
    return f"{match['kind'].upper()} {match['serial']}"


def _compared_numbers(mine: set[str], real: set[str], own: str, best: Matter) -> list[CheckedSlot]:
    if not mine or not real or mine & real or any(one in own for one in mine):
        return []
    return [
        CheckedSlot(
            slot="act", claim=min(mine), official=", ".join(sorted(real)),
            equal=False if best.near else None, source=source_of_matter(best),
        )
    ]  # fmt: skip
