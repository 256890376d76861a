"""Must, may or need not; a denial against none; who must; by which system, under which act."""

from __future__ import annotations

import re

from domain.claims.claim import CheckedSlot
from domain.claims.claim_reading import ClaimReading
from domain.claims.matter.claim_words import matter_concepts, system_names
from domain.claims.matter.force_slots import force_slots
from domain.claims.matter.matters import Matter
from domain.claims.matter.sentence_parts import source_of_matter
from domain.claims.words.claim_concepts import concept_keys, opposite_of
from domain.claims.words.plain_form import plain
from domain.questions.vocabulary import shipped_vocabulary

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
_REGARDLESS = re.compile(
    r"\b(?:regardless|whether or not|irrespective|in any case|even if|unconditionally)\b"
    r"|无论|不论|不管|是否[^，。]{0,8}不影响|无条件"
)
# does not apply to, are not covered; 不适用本办法
_LEFT_OUT = re.compile(
    r"\b(?:(?:do|does|did) not (?:apply|cover|extend)|(?:is|are) not (?:covered|subject)|exempt\w*|"
    r"exclud\w+|(?:falls?|lies?|remains?) outside)\b|不适用|除外|不包括|不在此限"
)
_TAKEN_IN = re.compile(
    r"\b(?:appl(?:y|ies) (?:equally |also |likewise )?to|also (?:appl(?:y|ies)|covers?)|covers?|"
    r"extends? to|(?:is|are) (?:also )?(?:covered|subject))\b|适用|包括|涵盖"
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
    return [
        *force_slots(reading, best), *_scope(reading, best), *_subject(reading, best),
        *_applies(reading, best), *_system(reading, best), *_other_act(reading, best),
        *_opposites(reading, best),
    ]  # fmt: skip


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


def _applies(reading: ClaimReading, best: Matter) -> list[CheckedSlot]:
    """That an act applies to what it leaves out, or leaves out what it applies to."""
    bare, text = reading.bare.lower(), best.sentence.text
    mine, real = _scope_told(bare), _scope_told(text)
    if mine is None or real is None or mine == real:
        return []
    return [
        CheckedSlot(
            slot="scope", claim="applies" if mine else "does not apply", official=text,
            equal=False if best.near else None, source=source_of_matter(best),
        )
    ]  # fmt: skip


def _scope_told(text: str) -> bool | None:
    if _LEFT_OUT.search(text):
        return False
    return True if _TAKEN_IN.search(text) else None


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
