"""What a claim says of an act's standing: in force, repealed and by whom, a draft, its names."""

from __future__ import annotations

import re

from domain.claims.act_names import Mention
from domain.claims.claim import CheckedSlot, OfficialSource
from domain.claims.claim_reading import ClaimReading
from domain.claims.known_acts import KnownAct, counted
from domain.claims.words.bearing import states_current_law, tells_force
from domain.claims.words.claim_concepts import WEAK, concept_keys
from domain.claims.words.plain_form import plain
from domain.claims.words.quantities import Quantity

_STILL = re.compile(
    r"\b(?:still|remains?|continues? to be|stays?) (?:\w+ )?(?:in force|in effect|valid|"
    r"applicable|binding|effective|in place)\b|"
    r"\bstill appl(?:y|ies)\b|\bcontinues? to apply\b|\b(?:is|are) (?:currently |"
    r"now )?(?:in force|in effect)\b|"
    r"继续有效|仍然?有效|现行有效|仍然?(?:在)?(?:施行|执行|适用)|目前有效|依然有效|"
    r"仍在(?:施行|执行)"
)
_REPEAL = re.compile(
    r"\b(?:repeal\w*|abolish\w*|scrapp\w+|revok\w+|annul\w*|supersed\w+|replac(?:es?|ed|ing)|"
    r"no longer (?:in force|appl\w+|valid|in effect|binding)|"
    r"ceased? to (?:apply|have effect|be in force)|lapsed)\b|废止|失效|取代|替代|"
    r"不再(?:有效|适用|执行)"
)
_EXPIRED = re.compile(r"\b(?:ha(?:s|ve) ended|(?:is|are) over|expired)\b|已(?:到期|结束)|期满")
_PASSIVE = re.compile(
    r"\b(?:was|were|been|is|are|being|got|be) (?:\w+ )?(?:repealed|abolished|scrapped|"
    r"revoked|annulled|superseded|replaced)\b|被[^，。]{0,60}(?:废止|取代|替代)|"
    r"由[^，。]{2,60}(?:废止|取代|替代)"
)
# It is over, and not: it ends others.
_OVER = re.compile(
    r"\bno longer\b|\bceased?\b|\blapsed\b|(?:已|予以|宣布|"
    r"均)(?:经)?废止(?!了?[《\u4e00-\u9fff])|废止(?=[。，；,;]|$)|失效|不再"
)
_BY = re.compile(r"\b(?:by|with|under)(?: the| miit's?)? ?$|[被由经]$")
_DRAFT = re.compile(
    r"\b(?:is|are|as|remains?|still|only|yet) (?:still |only |yet |just )?(?:a |"
    r"in )?(?:consultation )?drafts?\b|\bdraft (?:measures|rules|order|policies|regulation|"
    r"policy|version|plan|text)\b|"
    r"\b(?:public )?comments? (?:on|period|until|by)\b|\bfor (?:public )?comment|"
    r"\bconsult\w+|\bseek\w* comments?\b|征求意见|草案|意见稿"
)
_FINAL = re.compile(
    r"\b(?:adopted|finali[sz]ed|final|enacted|took effect|takes effect|in force|"
    r"entered into force|promulgated|approved|binding|came into)\b|"
    r"正式(?:印发|发布|出台|施行|实施|生效)|已(?:经)?(?:印发|出台|施行|实施|生效)|起施行|起实施"
)
_STRONG_FINAL = re.compile(
    r"\b(?:adopted|finali[sz]ed|enacted|took effect|entered into force|(?:is|are|now) in force)\b|"
    r"正式(?:印发|发布|出台|施行|实施|生效)|已(?:经)?(?:印发|出台|施行|实施|生效)"
)
_NOT_YET = re.compile(
    r"\bnot yet (?:entered|come|taken|in force|effective|in effect|applicable)\b|"
    r"尚未(?:施行|实施|生效)|"
    r"还未(?:施行|实施|生效)"
)
# Only the cascade clauses were repealed.
_PART_GONE = re.compile(r"\b([\w -]{3,40}?) clauses? (?:were|was|are|is) (?:repealed|void)")
_ACTS = frozenset({"act", "law", "item", "measure", "instrument", "polic", "text", "policy"})
# What may stand between a number and a title that belong together.
_BRACKETED = re.compile(
    r"^[\"”』]?\s*(?:[（(,，]|,? ?(?:is|are|i\.e\.|namely|titled|called|named|entitled|"
    r"known as)\b|即|是|为|的?(?:全称|标题|名称|文号)(?:为|是))?\s*(?:the\b)?\s*[\"“『]?$",
    re.I,
)


def check_status(reading: ClaimReading, act: KnownAct, source: OfficialSource) -> list[CheckedSlot]:
    """The slots of a claim about whether its act binds."""
    searched = plain(reading.bare)
    found = []
    if act.status == "draft":
        found += _of_draft(reading, act, source)
    elif _DRAFT.search(searched) and "comment" not in act.days and _called_draft(searched):
        found.append(_slot("draft", act, source, equal=False))
    if _NOT_YET.search(searched):
        found.append(
            _slot("not yet in force", act, source, equal=act.status == "not_yet", outdated=True)
        )
    elif _STILL.search(searched) and not reading.denied:
        found.append(_in_force(act, source))
    if _EXPIRED.search(searched) and not _REPEAL.search(searched):
        found.append(_slot("over", act, source, equal=act.over))
    return found


def check_repeal(
    reading: ClaimReading, acts: list[KnownAct], source: OfficialSource
) -> list[CheckedSlot]:
    """Who repeals whom, by what is held of both."""
    searched = plain(reading.bare)
    if not _REPEAL.search(searched) or _STILL.search(searched):
        return []
    if len(acts) == 1:
        return [*_alone(reading, acts[0], searched, source), *_how_many(reading, acts[0], source)]
    enders = _by_whom(reading, searched) if _PASSIVE.search(searched) else acts[:1]
    ended = [act for act in acts if act not in enders]
    if not enders:
        return [slot for act in ended for slot in _alone(reading, act, searched, source)]
    return [_relation(enders[0], act, source, denied=reading.denied) for act in ended]


def _by_whom(reading: ClaimReading, searched: str) -> list[KnownAct]:
    """The act by which others are said to have been repealed."""
    return [
        item.act
        for item in reading.mentions
        if item.act is not None and _BY.search(searched[max(0, item.start - 16) : item.start])
    ][:1]


def counts_repealed(reading: ClaimReading, quantity: Quantity, act: KnownAct) -> bool:
    """Whether a number of a claim says how many acts its act repeals."""
    told = quantity.kind == "count" and quantity.unit in _ACTS and tells_repeal(reading.bare)
    return told and bool(act.ended_acts) and not counted(act.statements, quantity.unit)


def _how_many(reading: ClaimReading, act: KnownAct, source: OfficialSource) -> list[CheckedSlot]:
    return [
        CheckedSlot(
            slot="repeal", claim=item.text, official=f"{len(act.ended_acts)} acts",
            equal=item.low == len(act.ended_acts), source=source,
        )
        for item in reading.quantities
        if counts_repealed(reading, item, act)
    ]  # fmt: skip


def tells_repeal(text: str) -> bool:
    """Whether a sentence speaks of an act's end."""
    return _REPEAL.search(plain(text)) is not None


def is_stale(reading: ClaimReading, act: KnownAct, source: OfficialSource) -> CheckedSlot | None:
    """An act that is over, given as the law of today."""
    if not act.over or tells_repeal(reading.bare) or _EXPIRED.search(plain(reading.bare)):
        return None
    if not states_current_law(reading.bare):
        return None
    return _slot("in force", act, source, equal=False, outdated=True)


def is_partly_stale(
    reading: ClaimReading, act: KnownAct, source: OfficialSource
) -> CheckedSlot | None:
    """The part of an act that was repealed, given as the law of today."""
    if act.status != "partly_repealed" or not states_current_law(reading.bare):
        return None
    if tells_repeal(reading.bare) or reading.denied:
        return None
    said = frozenset(hit.key for hit in reading.concepts) - WEAK
    for statement in act.statements:
        gone = _PART_GONE.search(statement.text)
        if gone and said & (concept_keys(gone[1]) - WEAK):
            return _slot("in force", act, source, equal=False, outdated=True)
    return None


def check_names(reading: ClaimReading, source: OfficialSource) -> list[CheckedSlot]:
    """Whether number and title of one act belong together, and a standard's year is right."""
    found = []
    for item in reading.mentions:
        if item.how == "wrong_name" and item.act is not None:
            words = reading.text[item.start : item.end]
            found.append(
                CheckedSlot(
                    slot="act", claim=words, official=_named(item.act), equal=False, source=source
                )
            )
    for one, other in zip(reading.mentions, reading.mentions[1:], strict=False):
        if slot := _pair(reading, one, other, source):
            found.append(slot)
    return found + [slot for item in reading.mentions if (slot := _year(reading, item, source))]


def _pair(
    reading: ClaimReading, one: Mention, other: Mention, source: OfficialSource
) -> CheckedSlot | None:
    """A title with a number right behind it, or a number in apposition to a title."""
    between = reading.text[one.end : other.start]
    by_number = one.how == "number" or other.how == "number" or one.number or other.number
    named = [item for item in (one, other) if item.act is not None]
    if not _BRACKETED.match(between) or not by_number or not named:
        return None
    if one.act is not None and other.act is not None:
        equal = one.act.ref == other.act.ref
        if not equal and {"number"} == {one.how, other.how}:
            return None  # two numbers in a row are a list
    elif named[0].act is None or named[0].act.document_number is None:
        return None
    else:
        equal = False
    number = other if other.number else one
    act = next(item.act for item in named if item is not number or item.act)
    said = reading.text[number.start : number.end]
    return CheckedSlot(
        slot="act", claim=said, official=_named(act) if act else None, equal=equal, source=source
    )


def _year(reading: ClaimReading, item: Mention, source: OfficialSource) -> CheckedSlot | None:
    number, act = item.number, item.act
    if number is None or act is None or number.kind != "standard" or number.year is None:
        return None
    real = (act.document_number or "").rpartition("-")[2]
    if not real.isdigit():
        return None
    return CheckedSlot(
        slot="act", claim=reading.text[item.start : item.end], official=act.document_number,
        equal=int(real) == number.year, source=source, proves=False,
    )  # fmt: skip


def _named(act: KnownAct) -> str:
    return " ".join(part for part in (act.document_number, act.title) if part)


def _called_draft(searched: str) -> bool:
    """Said of the act itself, today; that it once was one is history."""
    return (
        re.search(
            r"\b(?:is|are|remains?|still)\b[^.;,]{0,24}\bdraft|仍(?:为|是|在|"
            r"处于)[^，。]{0,8}(?:征求意见|草案)|尚在征求意见",
            searched,
        )
        is not None
    )


def _of_draft(reading: ClaimReading, act: KnownAct, source: OfficialSource) -> list[CheckedSlot]:
    """A draft is called one, in its title if not beside it, unless it is said to be in force."""
    bare, whole = plain(reading.bare), plain(reading.text)
    if _STRONG_FINAL.search(bare) and not _DRAFT.search(bare):
        return [_slot("final", act, source, equal=False)]
    if (_DRAFT.search(whole) or re.search(r"\bdrafts?\b", whole)) and not re.search(
        r"\bno longer a draft\b|不再是草案", whole
    ):
        return [_slot("draft", act, source, equal=True)]
    as_law = _FINAL.search(bare) or (reading.told_of is None and tells_force(reading.bare))
    return [_slot("final", act, source, equal=False if as_law else None)]


def _in_force(act: KnownAct, source: OfficialSource) -> CheckedSlot:
    if act.status in ("in_force", "amended"):
        return _slot("in force", act, source, equal=True)
    if act.over:
        return _slot("in force", act, source, equal=False, outdated=True)
    return _slot(
        "in force", act, source, equal=False if act.status in ("not_yet", "draft") else None
    )


def _alone(
    reading: ClaimReading, act: KnownAct, searched: str, source: OfficialSource
) -> list[CheckedSlot]:
    """An act that ends others which are not named, or that is over, by whomever."""
    if not _PASSIVE.search(searched) and act.ended_acts and not act.over:
        return [_slot("repeals", act, source, equal=True, official=f"{len(act.ended_acts)} acts")]
    if act.status == "partly_repealed":
        return [_slot("repealed", act, source, equal=None)]
    if act.status not in ("in_force", "amended", "repealed", "expired"):
        return [_slot("repealed", act, source, equal=None)]
    told = not reading.denied or "no longer" in searched
    if not _PASSIVE.search(searched) and not _OVER.search(searched):
        return [_slot("repeals", act, source, equal=None)]
    return [_slot("repealed", act, source, equal=act.over is told, outdated=not told)]


def _relation(
    ender: KnownAct, ended: KnownAct, source: OfficialSource, *, denied: bool
) -> CheckedSlot:
    names = {ender.document_number, ender.title}
    held = bool(names & ended.enders) or bool(
        {ended.document_number, ended.title} & ender.ended_acts
    )
    equal: bool | None = held
    if (
        (held and ended.status == "partly_repealed")
        or (not held and ended.status not in ("in_force", "amended", "repealed"))
        or (not held and ended.over and not ended.enders)
    ):
        equal = None
    if equal is not None and denied:
        equal = not equal
    official = "、".join(sorted(ended.enders)) or ended.status.replace("_", " ")
    return CheckedSlot(
        slot="repeal", claim=ended.title, official=official, equal=equal, source=source
    )


def _slot(
    claim: str,
    act: KnownAct,
    source: OfficialSource,
    *,
    equal: bool | None,
    outdated: bool = False,
    official: str | None = None,
) -> CheckedSlot:
    """A slot of the act's standing."""
    return CheckedSlot(
        slot="status", claim=claim, official=official or act.status.replace("_", " "), equal=equal,
        source=source, outdated=outdated and equal is False,
    )  # fmt: skip
