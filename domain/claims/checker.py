"""A text checked: its claims, each held against the law as it is held on a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from domain.claims.act_names import KnownNames
from domain.claims.checks.content_checks import ContentCheck, check_content
from domain.claims.checks.day_checks import (
    check_at_once,
    check_days,
    check_validity,
    day_kind,
    day_owner,
    tells_validity,
)
from domain.claims.checks.issuer_checks import check_issuers, other_bodies
from domain.claims.checks.portal_checks import check_portals
from domain.claims.checks.standard_checks import check_subject
from domain.claims.checks.status_checks import (
    check_names,
    check_repeal,
    check_status,
    counts_repealed,
    is_partly_stale,
    is_stale,
)
from domain.claims.checks.structure_checks import check_parts, counts_parts
from domain.claims.claim import CheckedClaim, CheckedSlot, ClaimVerdict, OfficialSource
from domain.claims.claim_reading import ClaimReading, read_claim
from domain.claims.claim_verdicts import decide, explain
from domain.claims.known_acts import KnownAct, OfficialSentence
from domain.claims.matter.changed_values import ended_elsewhere
from domain.claims.matter.department_slots import issued_slots
from domain.claims.matter.matter_checks import act_told_of, check_matter, differing, is_so_elsewhere
from domain.claims.matter.matters import tells_of_act
from domain.claims.official_words import official_concepts, source_of
from domain.claims.residue import left_over
from domain.claims.words.claim_sentences import split_sentences
from domain.claims.words.opinions import is_opinion
from domain.claims.words.partial_days import PartialDay, find_days

_TOO_MUCH = 2  # words of a claim without any official counterpart
_AND = re.compile(r"\s*(?:,|、|,? ?and|和|及|与|以及|as well as)\s*(?:the )?", re.I)
_NATIONWIDE = re.compile(
    r"\b(?:nationwide|across (?:the country|china)|all over china|national law)\b|全国", re.I
)
_DECIDED = (ClaimVerdict.SUPPORTED, ClaimVerdict.CONTRADICTED)
_LOOKED_AT = 4  # acts that are named for a claim of which nothing is held


class LawBook(Protocol):
    """The law as it is held on a day."""

    @property
    def acts(self) -> Sequence[KnownAct]: ...

    def words_of(self, act: KnownAct) -> Sequence[OfficialSentence]:
        """The official sentences held of an act."""

    def likely(self, text: str) -> Sequence[KnownAct]:
        """The acts whose texts have most of a sentence's words."""

    def closeness(self, text: str, sentences: Sequence[str]) -> Sequence[float] | None:
        """How near sentences come to a text in meaning; None where nothing tells it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadClaim:
    """A sentence of a text, read; ``opinion`` where it states nothing to be checked."""

    reading: ClaimReading
    opinion: bool


def read_text(text: str, names: KnownNames) -> list[ReadClaim]:
    """The claims of a text, each with the act that it is about or goes on about."""
    found: list[ReadClaim] = []
    before: list[KnownAct] = []  # the last one first
    for sentence in split_sentences(text):
        reading = read_claim(sentence, names, before)
        opinion = is_opinion(sentence, names_an_act=bool(reading.acts))
        found.append(ReadClaim(reading=reading, opinion=opinion))
        before = _with_newest(reading.acts, before)
    return found


def check_text(text: str, book: LawBook) -> list[CheckedClaim]:
    """The claims of a text with their verdicts, in reading order; a sentence goes on about the
    acts that those before it spoke of or rest on."""
    names = KnownNames.of(book.acts)
    by_ref = {act.ref: act for act in book.acts}
    found: list[CheckedClaim] = []
    before: list[KnownAct] = []  # the last one first
    for sentence in split_sentences(text):
        reading = read_claim(sentence, names, before)
        opinion = is_opinion(sentence, names_an_act=bool(reading.acts))
        item = ReadClaim(reading=reading, opinion=opinion)
        claim = check_claim(item, book, [act.ref for act in before])
        found.append(claim)
        of_it = reading.acts or [by_ref[ref] for ref in claim.acts if ref in by_ref]
        if claim.verdict is ClaimVerdict.NONE and not reading.acts:
            of_it = [act for act in of_it if act.status != "draft"]
        before = _with_newest(of_it, before)
    return found


def _with_newest(acts: Sequence[KnownAct], before: Sequence[KnownAct]) -> list[KnownAct]:
    named = {act.ref: act for act in acts}
    return [*named.values(), *(act for act in before if act.ref not in named)]


def check_claim(item: ReadClaim, book: LawBook, focus: Sequence[str] = ()) -> CheckedClaim:
    """One claim held against what is known; ``focus`` are the references of the acts that its
    text speaks of, the last one first."""
    reading = item.reading
    if item.opinion:
        return CheckedClaim(
            text=reading.text,
            verdict=ClaimVerdict.OPINION,
            en=explain(ClaimVerdict.OPINION, (), ()),
        )
    if not reading.acts:
        claim = _of_ended(reading, book) or _of_no_act(reading, book, focus)
        portal = [act for act in book.acts if act.key and act.key in _portal_keys(reading)]
        if claim.verdict is not ClaimVerdict.NONE or not portal:
            return claim
        return _of_acts(reading, portal, book)
    return _of_acts(reading, reading.acts, book)


def _of_acts(reading: ClaimReading, acts: list[KnownAct], book: LawBook) -> CheckedClaim:
    """A claim about known acts: what is known of them, then the sentences on its matter."""
    slots, content = _slots(reading, acts, book)
    claim = _concluded(reading, acts, slots, content)
    if claim.verdict in (ClaimVerdict.NONE, ClaimVerdict.PARTLY):
        found = _of_their_matter(reading, acts, book)
        return found or _borne_whole(claim, reading, acts, book)
    if claim.verdict is ClaimVerdict.SUPPORTED and not tells_of_act(reading):
        found = _of_their_matter(reading, acts, book)
        return claim if found is None or found.verdict is ClaimVerdict.OUTDATED else found
    return claim


def _borne_whole(
    claim: CheckedClaim, reading: ClaimReading, acts: list[KnownAct], book: LawBook
) -> CheckedClaim:
    """A claim whose every slot is equal and of which only words are left over is supported where
    the sentences of its act have nearly all of them."""
    told = [slot for slot in claim.slots if slot.slot != "object"]
    if claim.verdict is not ClaimVerdict.PARTLY or not all(slot.equal for slot in told):
        return claim
    check = None if reading.unknown else check_matter(reading, book, [act.ref for act in acts])
    if check is None or not check.whole or not _counts_the_same(check.slots, told):
        return claim
    if check.act.ref not in {act.ref for act in acts}:
        return claim
    return replace(
        claim, verdict=ClaimVerdict.SUPPORTED,
        en=explain(ClaimVerdict.SUPPORTED, claim.slots, acts),
    )  # fmt: skip


def _of_ended(reading: ClaimReading, book: LawBook) -> CheckedClaim | None:
    """A claim on an act that is known only from the one that repealed it."""
    found = ended_elsewhere(reading, book) if reading.unknown else None
    if found is None or found[1].equal is None:
        return None
    act, slot = found
    wrong = slot.equal is False
    slots = (slot,) if wrong else (slot, _rest_of(reading, slot))
    verdict = decide(slots, (), unknown=False)
    return CheckedClaim(
        text=reading.text, verdict=verdict, slots=slots, en=explain(verdict, slots, [act]),
        looked_at=(act.title,), acts=(act.ref,),
    )  # fmt: skip


def _rest_of(reading: ClaimReading, slot: CheckedSlot) -> CheckedSlot:
    """What a claim says besides of an act that was repealed; its day where that is the same."""
    days = {day.text for day in find_days(slot.source.quote)} if slot.source else set()
    same = bool(reading.days) and all(day.text in days for day in reading.days)
    equal = True if same and not reading.quantities else None
    return CheckedSlot(slot="day", claim="", official=None, equal=equal, source=slot.source)


def _of_no_act(reading: ClaimReading, book: LawBook, focus: Sequence[str]) -> CheckedClaim:
    """A claim that names no act."""
    about = None if reading.unknown else act_told_of(reading, book, focus)
    if about is not None:
        claim = _of_acts(replace(reading, told_of=about), [about], book)
        if claim.verdict in (*_DECIDED, ClaimVerdict.OUTDATED):
            return claim
    claim = _without_an_act(reading, book)
    found = None
    if claim.verdict is not ClaimVerdict.SUPPORTED and _may_be_beside(reading):
        found = _of_its_matter(reading, book, focus)
    decided = found is not None and found.verdict in (*_DECIDED, ClaimVerdict.OUTDATED)
    wrong = claim.verdict is ClaimVerdict.CONTRADICTED
    open_yet = claim.verdict in (ClaimVerdict.NONE, ClaimVerdict.PARTLY)
    if (
        found is not None
        and found.verdict is ClaimVerdict.NONE
        and claim.verdict is not found.verdict
    ):
        found = None
    if found is not None and (open_yet or decided or wrong):
        return found
    if wrong and is_so_elsewhere(reading, book):
        return _none(reading, [act for act in book.acts if act.ref in claim.acts])
    return _unless_another_differs(claim, reading, book, focus)


def _counts_the_same(slots: Iterable[CheckedSlot], told: Iterable[CheckedSlot]) -> bool:
    """Whether nothing differs, and no number is without its counterpart; those that were ``told``
    before have theirs."""
    open_kinds = {"amount", "period", "day", "scope"} - {slot.slot for slot in told}
    return all(slot.equal or (slot.equal is None and slot.slot not in open_kinds) for slot in slots)


def _may_be_beside(reading: ClaimReading) -> bool:
    """Whether all unknown acts that a claim names are standards, which an article may name."""
    return all(item.number and item.number.kind == "standard" for item in reading.unknown)


def _of_their_matter(
    reading: ClaimReading, acts: Sequence[KnownAct], book: LawBook
) -> CheckedClaim | None:
    """A claim about acts whose own words leave it open: held against the sentences on its matter,
    theirs or of an act that names them."""
    refs = [act.ref for act in acts]
    found = _of_its_matter(reading, book, refs)
    if found is None or found.verdict not in (*_DECIDED, ClaimVerdict.OUTDATED):
        return None
    numbers = [act.document_number for act in acts if act.document_number]
    quotes = " ".join(slot.source.quote for slot in found.slots if slot.source)
    titles = " ".join(slot.source.title for slot in found.slots if slot.source).replace(" ", "")
    numbers_there = any(number.replace(" ", "") in titles for number in numbers)
    names_them = (
        numbers_there
        or any(number[-12:] in quotes for number in numbers)
        or any(slot.slot == "act" and slot.equal is False for slot in found.slots)
    )
    return found if set(found.acts) & set(refs) or names_them else None


def _portal_keys(reading: ClaimReading) -> set[str]:
    return {portal.terms.act for portal in reading.portals}


def _slots(
    reading: ClaimReading, acts: list[KnownAct], book: LawBook
) -> tuple[list[CheckedSlot], ContentCheck]:
    """All slots of a claim about known acts; what is not said of another is said of the first."""
    main = acts[0]
    source = source_of(main)
    slots = _of_the_acts(reading, acts, book)
    slots += (validity := check_validity(reading, main, source))
    rest = tuple(
        item
        for item in reading.quantities
        if not counts_repealed(reading, item, main)
        and not (validity and tells_validity(reading, item))
        and not counts_parts(item)
    )
    content = _content(replace(reading, quantities=rest), acts, book)
    if any(slot.slot == "object" and slot.equal for slot in content.slots):
        slots = [slot for slot in slots if slot.claim != "repeals" or slot.equal is not None]
    slots += content.slots
    slots += _beside(reading, main, content)
    told = content.same_denial or any(
        slot.slot in ("negation", "status", "repeal") for slot in slots
    )
    if reading.denied and not told:
        borne = any(slot.slot == "object" and slot.equal for slot in slots)
        slots += [] if borne else [_denial(reading, slots, source)]
    if stale := is_stale(reading, main, source) or is_partly_stale(reading, main, source):
        slots.append(stale)
    return slots, content


def _of_the_acts(reading: ClaimReading, acts: list[KnownAct], book: LawBook) -> list[CheckedSlot]:
    """The slots of names, days, bodies and standing."""
    main = acts[0]
    source = source_of(main)
    repeal = check_repeal(reading, acts, source)
    slots = [*check_names(reading, source), *repeal, *check_status(reading, main, source)]
    joined = _joined(reading, main)
    for act, days in _days_of(reading, acts, joined, repeal):
        slots += check_days(reading, days, act, book.words_of(act))
    for act in joined:
        slots += check_at_once(reading, act, source_of(act))
    for act in joined:
        slots += check_issuers(reading, act, source_of(act))
    if not reading.bodies and reading.count is None:
        slots += issued_slots(reading, main)
    slots += check_portals(reading, source, book.words_of(main))
    slots += check_subject(reading, main, book.acts)
    return slots + check_parts(reading, main, book.words_of(main), source)


def _days_of(
    reading: ClaimReading,
    acts: list[KnownAct],
    joined: list[KnownAct],
    repeal: Sequence[CheckedSlot],
) -> list[tuple[KnownAct, list[PartialDay]]]:
    """Whose days a sentence gives: an act's at whose name they stand, the ended act's where one
    ends another, else those of all that it speaks of in one breath."""
    together = not repeal or all(act.over for act in joined)
    found: list[tuple[KnownAct, list[PartialDay]]] = []
    for day in reading.days:
        owner = day_owner(reading, day) if len(acts) > 1 else None
        if owner is not None:
            found.append((owner, [day]))
        elif not together and day_kind(reading, day) == "ended":
            found.append((_dated_act(acts, repeal), [day]))
        else:
            found += [(act, [day]) for act in joined]
    return found


def _joined(reading: ClaimReading, main: KnownAct) -> list[KnownAct]:
    """The acts that a sentence speaks of in one breath: A and B took effect on …"""
    found = [main]
    for one, other in zip(reading.mentions, reading.mentions[1:], strict=False):
        between = reading.text[one.end : other.start]
        if other.act is not None and one.act in found and _AND.fullmatch(between):
            found.append(other.act)
    return list({act.ref: act for act in found}.values())


def _beside(reading: ClaimReading, main: KnownAct, content: ContentCheck) -> list[CheckedSlot]:
    """Bodies and places that a claim names besides, as far as nothing bears them out."""
    source = source_of(main)
    found = other_bodies(reading, main, " ".join(words.text for words in content.used), source)
    for place in reading.places:
        if place.code != main.jurisdiction:
            found.append(_place(place.code, main, None))
    if main.jurisdiction.startswith("CN-") and _NATIONWIDE.search(reading.rest):
        found.append(_place("CN", main, False))
    return found


def _place(code: str, act: KnownAct, equal: bool | None) -> CheckedSlot:
    return CheckedSlot(
        slot="place", claim=code, official=act.jurisdiction, equal=equal, source=source_of(act)
    )


def _denial(
    reading: ClaimReading, slots: Sequence[CheckedSlot], source: OfficialSource
) -> CheckedSlot:
    """A denial of what the slots bear out is wrong when nothing else is claimed."""
    true = bool(slots) and all(slot.equal for slot in slots)
    plain_denial = true and not reading.quantities and " until " not in reading.text
    return CheckedSlot(
        slot="negation",
        claim="not",
        official="",
        source=source,
        equal=False if plain_denial else None,
    )


def _dated_act(acts: list[KnownAct], repeal: Sequence[CheckedSlot]) -> KnownAct:
    """Of an act that ends another the day is that of the first one's effect."""
    return (
        acts[0] if not repeal or len(acts) < 2 else next((act for act in acts if act.over), acts[0])
    )


def _content(reading: ClaimReading, acts: list[KnownAct], book: LawBook) -> ContentCheck:
    """What the claim says that its acts order; of several acts the one that says most."""
    checks = [check_content(reading, act, book.words_of(act)) for act in acts]
    return max(checks, key=lambda check: sum(slot.equal is not None for slot in check.slots))


def _without_an_act(reading: ClaimReading, book: LawBook) -> CheckedClaim:
    """A claim that names no act: held against all that says nearly the same."""
    if reading.unknown:
        return _none(reading, ())
    places = {place.code for place in reading.places}
    tried: list[tuple[KnownAct, ContentCheck]] = []
    for act in book.acts:
        if act.jurisdiction not in (places or {"CN"}) or act.status == "draft":
            continue
        check = check_content(reading, act, act.statements, strict=True)
        if check.used:
            check = check_content(reading, act, book.words_of(act), strict=True)
            tried.append((act, check))
    live = _nearest_acts([item for item in tried if not item[0].over] or tried)
    held = [item for item in live if not any(slot.equal is False for slot in item[1].slots)]
    if len(live) != 1 and not held:
        return _none(reading, [act for act, _ in live])
    act, check = max(
        held or live, key=lambda item: sum(slot.equal is True for slot in item[1].slots)
    )
    slots = list(check.slots)
    if reading.days or reading.bodies or reading.count:
        slots.append(
            CheckedSlot(
                slot="day" if reading.days else "bodies", claim="", official=None, equal=None
            )
        )
    if stale := is_stale(reading, act, source_of(act)):
        slots.append(stale)
    return _concluded(reading, [act], slots, check)


def _unless_another_differs(
    claim: CheckedClaim, reading: ClaimReading, book: LawBook, focus: Sequence[str]
) -> CheckedClaim:
    """A claim that names no act and is borne out by one is so in part only where another act
    of the place counts the same otherwise."""
    if claim.verdict is not ClaimVerdict.SUPPORTED or not reading.quantities:
        return claim
    own = set(claim.acts)
    if own & set(focus):
        return claim
    other = differing(reading, book, own, focus)
    if other is None:
        return claim
    slots = (*claim.slots, CheckedSlot(slot="act", claim="", official=other.title, equal=None))
    return replace(
        claim, verdict=ClaimVerdict.PARTLY, slots=slots,
        en=explain(ClaimVerdict.PARTLY, slots, ()),
    )  # fmt: skip


def _of_its_matter(
    reading: ClaimReading, book: LawBook, focus: Sequence[str]
) -> CheckedClaim | None:
    """A claim held against the sentences that have nearly all of its words."""
    check = check_matter(reading, book, focus)
    if check is None:
        return None
    verdict = decide(check.slots, (), unknown=False)
    slots = () if verdict is ClaimVerdict.NONE else check.slots
    return CheckedClaim(
        text=reading.text, verdict=verdict, slots=slots,
        en=explain(verdict, slots, [check.act]), looked_at=(check.act.title,),
        acts=(check.act.ref,),
    )  # fmt: skip


def _nearest_acts(
    tried: list[tuple[KnownAct, ContentCheck]],
) -> list[tuple[KnownAct, ContentCheck]]:
    """The acts whose words come nearest to a claim that names none."""
    best = max((check.rank for _, check in tried), default=())
    return [item for item in tried if item[1].rank == best]


def _concluded(
    reading: ClaimReading, acts: list[KnownAct], slots: list[CheckedSlot], content: ContentCheck
) -> CheckedClaim:
    official = [text for act in acts for text in (act.title, act.title_en or "", *act.names)]
    official += [text for words in content.used for text in (words.text, words.said)]
    told = _told_of(slots).union(*(official_concepts(words) for words in content.used))
    told |= content.bound | {
        slot.claim.replace(" ", "_") for slot in slots if slot.slot == "object"
    }
    loose = left_over(reading, official, told)
    if len(loose) >= (1 if content.thin else _TOO_MUCH):
        slots = [_unsure(slot) for slot in slots]
    verdict = decide(slots, loose, unknown=bool(reading.unknown))
    return CheckedClaim(
        text=reading.text, verdict=verdict, slots=tuple(slots),
        en=explain(verdict, slots, acts, loose), looked_at=tuple(act.title for act in acts),
        acts=tuple(act.ref for act in acts),
    )  # fmt: skip


def _unsure(slot: CheckedSlot) -> CheckedSlot:
    """A number or a duty of which the claim says much that is not in the official words may
    well be another one."""
    content = slot.slot in ("period", "amount", "modality", "negation", "object")
    quoted = slot.source is not None and bool(slot.source.quote)
    return replace(slot, equal=None) if content and quoted and slot.equal is False else slot


def _told_of(slots: Iterable[CheckedSlot]) -> frozenset[str]:
    """The ideas that a slot has dealt with, so that they need no words besides."""
    ideas = {
        "status": "draft consult", "bodies": "", "day": "consult campaign", "repeal": "",
        "platform": "platform traceability digital information",
    }  # fmt: skip
    return frozenset(
        key for slot in slots if slot.equal is not None for key in ideas.get(slot.slot, "").split()
    )


def _none(reading: ClaimReading, looked: Sequence[KnownAct]) -> CheckedClaim:
    claim = CheckedClaim(text=reading.text, verdict=ClaimVerdict.NONE)
    titles = tuple(act.title for act in looked[:_LOOKED_AT])
    return replace(claim, looked_at=titles, en=explain(ClaimVerdict.NONE, (), looked[:_LOOKED_AT]))
