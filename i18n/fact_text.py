"""Render the value of a fact, and what its change means for a company."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.facts.fact_pairing import Pair, core_value, pair_facts
from domain.facts.strictness import direction
from domain.records.fact import Fact
from domain.records.fact_values import DeadlineValue, FineValue
from domain.records.handling import Correction
from domain.records.states import FactKind
from i18n.data_field_changes import field_change, field_name
from i18n.en.fact_sentences import about_words, deadline_words
from i18n.fact_kinds import chinese_value, english_value
from i18n.phrases import Lang, clip, effect_name, fact_name, say

# What a reader decides on first; other kinds come last.
_ORDER: Mapping[FactKind, int] = {
    kind: rank
    for rank, kind in enumerate(
        (
            FactKind.DEADLINE,
            FactKind.FINE,
            FactKind.EFFECTIVE_DATE,
            FactKind.COMMENT_DEADLINE,
            FactKind.EXPIRY_DATE,
            FactKind.PORTAL,
            FactKind.CODE_FORMAT,
            FactKind.THRESHOLD,
            FactKind.DATA_FIELD,
            FactKind.REPEALS,
            FactKind.IMPLEMENTS,
            FactKind.CITES,
        )
    )
}


def _rank(row: FactRow) -> int:
    return _ORDER.get(row.kind, len(_ORDER))


@dataclass(frozen=True, kw_only=True, slots=True)
class FactRow:
    """One fact as a row of before and after; ``effect`` is a key of the effect words."""

    kind: FactKind
    where: str
    before: Fact | None
    after: Fact | None
    effect: str

    def texts(self, lang: Lang) -> tuple[str, str, str]:
        """Name, before and after, ready to print ('' where there is none)."""
        before = fact_text(self.before, lang) if self.before else ""
        after = fact_text(self.after, lang) if self.after else ""
        return self.name(lang), before, after

    def name(self, lang: Lang) -> str:
        """What the fact is called; of a data field, what changed of it: "field 18 (容量)
        became mandatory"."""
        if self.kind is FactKind.DATA_FIELD and self.before and self.after:
            change = field_change(self.before, self.after, lang)
            name = field_name(self.after, lang)
            return f"{name[0].upper()}{name[1:]}{' ' if lang == 'en' else ''}{change}".strip()
        return fact_name(self.kind, lang)

    @property
    def quote(self) -> str:
        """The words of the text that state it: the new ones, else those that are gone."""
        fact = self.after or self.before
        return fact.quote if fact else ""

    def about(self, lang: Lang) -> str:
        """Whom it obliges, from when it runs, what it punishes: in the text's own words, in
        English after what the glossary makes of them."""
        fact = self.after or self.before
        if fact is None:
            return ""
        words = "；".join(clip(part, 60) for part in _own_words(fact) if part)
        english = "" if lang == "zh" else about_words(fact)
        return " · ".join(part for part in (english, words) if part)

    def lead(self, lang: Lang) -> str:
        """What stands before the value in line one: ``recyclers: report within ``."""
        name = fact_name(self.kind, lang)
        fact = self.after or self.before
        if fact is None or not isinstance(fact.value, DeadlineValue):
            return f"{name.lower()} " if lang == "en" else name
        if lang == "zh":
            who = clip(fact.value.who or "", 20)
            return f"{who}：{name}" if who else name
        words = deadline_words(fact)
        who = f"{words.who}: " if words.who else ""
        if not words.duty or not self.after:
            return f"{who}deadline "
        return f"{who}{words.duty} {'by' if fact.value.date else 'within'} "

    def effect_text(self, lang: Lang) -> str:
        return effect_name(self.effect, lang)


def _own_words(fact: Fact) -> tuple[str | None, ...]:
    """Whom a fact obliges, from when it runs, what it punishes, as the text says it."""
    match fact.value:
        case DeadlineValue() as value:
            return value.who, value.trigger
        case FineValue() as value:
            return value.who, value.offence
    return ()


def fact_text(fact: Fact, lang: Lang) -> str:
    """The value of a fact in words; never more than a line."""
    value = chinese_value(fact.value) if lang == "zh" else english_value(fact.value)
    return clip(value, 160) + (say("unsure", lang) if fact.certainty == "unsure" else "")


_EFFECTS = {
    FactKind.FINE: ("higher", "lower"),
    FactKind.EFFECTIVE_DATE: ("earlier", "later"),
    FactKind.EXPIRY_DATE: ("earlier", "later"),
    FactKind.COMMENT_DEADLINE: ("earlier", "later"),
}


def corrected_value(
    done: Correction, value: Any, topic_name: Callable[[str], str], lang: Lang
) -> str:
    """A value that somebody put right, or its right value: a topic's name or a fact's words."""
    if done.kind == "topic":
        return topic_name(str(value))
    kind = FactKind(done.kind)
    return fact_text(Fact.from_json(kind=kind, value=value, quote=done.quote, where=""), lang)


def effect_of(before: Fact | None, after: Fact | None) -> str:
    """tighter, looser, higher, lower, earlier, later, changed, new or gone."""
    if before is None:
        return "new"
    if after is None:
        return "gone"
    stricter, milder = _EFFECTS.get(after.kind, ("tighter", "looser"))
    return {"tighter": stricter, "looser": milder}.get(direction(before, after), "changed")


def changed_facts(before: Sequence[Fact], after: Sequence[Fact]) -> tuple[FactRow, ...]:
    """Facts of two versions as rows of before and after; what stayed equal is left out."""
    rows = []
    for old, new in pair_facts(before, after):
        fact = new or old
        if fact is None or fact.kind is FactKind.CITES:
            continue
        if old and new and core_value(old) == core_value(new):
            continue
        effect = effect_of(old, new)
        rows.append(FactRow(kind=fact.kind, where=fact.where, before=old, after=new, effect=effect))
    return tuple(sorted(rows, key=lambda row: (_rank(row), row.effect == "gone")))


def paired_facts(
    before: Sequence[Fact], after: Sequence[Fact], places: Mapping[str, str]
) -> tuple[FactRow, ...]:
    """Facts of two acts as rows: those that differ, then those that both state alike (without
    effect). ``places``: which article of the second act answers which of the first; facts of
    such articles belong together though their words are not alike."""
    pairs = _joined_by_place(pair_facts(before, after), places)
    rows = [
        FactRow(
            kind=fact.kind,
            where=fact.where,
            before=old,
            after=new,
            effect="" if same else effect_of(old, new),
        )
        for old, new in pairs
        if (fact := new or old)
        for same in [bool(old and new and core_value(old) == core_value(new))]
    ]
    gone_last = {"": 2, "gone": 1}
    rows.sort(key=lambda row: (not row.effect, _rank(row), gone_last.get(row.effect, 0)))
    return tuple(rows)


def _joined_by_place(pairs: Sequence[Pair], places: Mapping[str, str]) -> list[Pair]:
    """Facts without partner of one kind joined where their articles answer each other."""
    alone = [new for old, new in pairs if new and not old]
    joined: list[Pair] = []
    for old, new in pairs:
        if old and not new:
            place = places.get(old.where)
            new = next((a for a in alone if a.kind is old.kind and a.where == place), None)
            if new is not None:
                alone.remove(new)
            joined.append((old, new))
        elif old:
            joined.append((old, new))
    return [*joined, *((None, new) for new in alone)]


def stated_facts(facts: Sequence[Fact]) -> tuple[FactRow, ...]:
    """The facts of a new act, most decisive first, repeated values once."""
    rows: list[FactRow] = []
    seen: set[tuple[FactKind, str]] = set()
    for fact in facts:
        key = (fact.kind, repr(fact.value))
        if fact.kind is FactKind.CITES or key in seen:
            continue
        seen.add(key)
        rows.append(FactRow(kind=fact.kind, where=fact.where, before=None, after=fact, effect=""))
    return tuple(sorted(rows, key=_rank))
