"""Render facts and their changes as English sentences and phrases.

Nothing here is a translation; every sentence is built from values and locked terms, and
stands beside the Chinese, never instead of it. What the glossary does not know stays
Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.facts.data_fields import field_change, field_name
from domain.facts.due_days import due_day
from domain.facts.fact_pairing import direction
from domain.records.fact import Fact
from domain.records.states import FactKind
from i18n.english_values import day_text, duration_text, fine_amount, fine_range, number
from i18n.terms import first_term, glossary

_SIGNS = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}
_WORD = {"tighter": "HIGHER", "looser": "LOWER"}


def fact_sentence(fact: Fact) -> str:
    """One English sentence for a fact: "Fine: CNY 10,000–30,000 (serious cases)"."""
    value = fact.value
    if fact.kind is FactKind.EFFECTIVE_DATE:
        return f"Takes effect on {day_text(value)}"
    if fact.kind is FactKind.EXPIRY_DATE:
        return f"Valid until {day_text(value)}"
    if fact.kind is FactKind.COMMENT_DEADLINE:
        return f"Comments by {day_text(value)}"
    if not isinstance(value, Mapping):
        return f"{fact.kind.value}: {value}"
    return _SENTENCES[fact.kind](fact, value)


def _fine_sentence(_: Fact, value: Mapping[str, Any]) -> str:
    offence = offence_words(str(value.get("offence") or ""))
    return f"Fine: {fine_amount(value, 'CNY ')}" + (f" ({offence})" if offence else "")


def offence_words(offence: str) -> str:
    """ "failure to report, serious cases", as far as the glossary knows the words."""
    omitted = re.search(r"(?:未|不)(?!改|予|足)[^；]{0,40}", offence)
    duty = first_term(omitted[0], glossary().duties) if omitted else None
    tier = first_term(offence, glossary().tiers, last=True)
    return ", ".join(part for part in (f"failure to {duty}" if duty else "", tier or "") if part)


def _deadline_sentence(fact: Fact, value: Mapping[str, Any]) -> str:
    duty = _duty(fact)
    who = first_term(str(value.get("who") or ""), glossary().actors)
    verb = duty or "act"
    when = duration_text(value)
    if value.get("date"):
        sentence = f"{verb} by {when}"
    elif value.get("duration") == "P0D":
        sentence = f"{verb} on the same day"
    else:
        sentence = f"{verb} within {when}{_after(str(value.get('trigger') or ''))}"
    sentence = f"{who}: {sentence}" if who else sentence
    return sentence[0].upper() + sentence[1:]


_PLURAL = re.compile(r"\b(year|month|day|hour|minute|time|character)s$")


def threshold_text(value: Mapping[str, Any]) -> str:
    """ "lithium recovery rate at least 90 %"."""
    name = str(value.get("parameter") or "")
    unit = str(value.get("unit") or "")
    named = first_term(name, glossary().parameters) or name
    sign = _SIGNS.get(str(value.get("comparator")), str(value.get("comparator")))
    amount, unit = number(value.get("value")), glossary().units.get(unit, unit)
    if amount == "1":
        unit = _PLURAL.sub(r"\1", unit)
    return f"{named} {sign} {amount} {unit}".strip()


def _after(trigger: str) -> str:
    if not trigger:
        return ""
    named = first_term(trigger, glossary().triggers, last=True)
    if named is None:
        return f" (from: {trigger})"
    if trigger.startswith("每") and "后" not in trigger:
        return f" of {named}"
    return f" {'before' if trigger.endswith('前') else 'after'} {named}"


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadlineWords:
    """A deadline's English, each part '' where the glossary does not know it: who ("recyclers"),
    duty ("report"), after ("after receipt")."""

    who: str
    duty: str
    after: str


def deadline_words(fact: Fact) -> DeadlineWords:
    """Who must do what, and from when the period runs."""
    value = fact.value if isinstance(fact.value, Mapping) else {}
    trigger = str(value.get("trigger") or "")
    known = first_term(trigger, glossary().triggers, last=True) if trigger else None
    return DeadlineWords(
        who=first_term(str(value.get("who") or ""), glossary().actors) or "",
        duty=_duty(fact) or "",
        after=_after(trigger).strip() if known else "",
    )


def _duty(fact: Fact) -> str | None:
    """The duty named first after the deadline in its quote, else the last one before it."""
    match = re.search(r"(?:日|天|月|年|时|周|星期|分钟)(?:[）)]|之|以)*(?:内|前|完)", fact.quote)
    position = match.end() if match else 0
    duties = glossary().duties
    return first_term(fact.quote[position:], duties) or first_term(
        fact.quote[:position], duties, last=True
    )


def _portal_sentence(_: Fact, value: Mapping[str, Any]) -> str:
    return "Portal: " + " ".join(str(value[key]) for key in ("name", "url") if value.get(key))


def _code_sentence(_: Fact, value: Mapping[str, Any]) -> str:
    parts = [f"{value['length']} characters" if value.get("length") else ""]
    parts += [str(value.get("charset") or ""), str(value.get("standard") or "")]
    return "Code: " + ", ".join(part for part in parts if part)


def _field_sentence(fact: Fact, value: Mapping[str, Any]) -> str:
    need = {"True": "mandatory", "False": "optional"}.get(str(value.get("mandatory")), "")
    length = f"length {value['length']}" if value.get("length") is not None else ""
    codes = f"{len(value['codes'])} codes" if value.get("codes") else ""
    parts = [str(value.get("type") or ""), length, need, codes]
    name = field_name(fact, "en")
    return f"{name[0].upper()}{name[1:]}: " + ", ".join(part for part in parts if part)


def _threshold_sentence(_: Fact, value: Mapping[str, Any]) -> str:
    return f"Threshold: {threshold_text(value)}"


def _reference_sentence(fact: Fact, value: Mapping[str, Any]) -> str:
    verb = {FactKind.REPEALS: "Repeals", FactKind.IMPLEMENTS: "Implements"}.get(fact.kind, "Cites")
    number_text = f" ({value['document_number']})" if value.get("document_number") else ""
    return f"{verb} 《{value.get('title')}》{number_text}"


_SENTENCES = {
    FactKind.FINE: _fine_sentence,
    FactKind.DEADLINE: _deadline_sentence,
    FactKind.PORTAL: _portal_sentence,
    FactKind.CODE_FORMAT: _code_sentence,
    FactKind.DATA_FIELD: _field_sentence,
    FactKind.THRESHOLD: _threshold_sentence,
    FactKind.REPEALS: _reference_sentence,
    FactKind.CITES: _reference_sentence,
    FactKind.IMPLEMENTS: _reference_sentence,
}


def fact_phrase(fact: Fact) -> str:
    """A short phrase for a fine or a deadline: "fine 10,000–30,000 yuan"."""
    if fact.kind is FactKind.FINE:
        return f"fine {fine_amount(fact.value, '', ' yuan')}"
    return f"deadline {duration_text(fact.value)}"


def fact_change_phrase(before: Fact, after: Fact) -> str:
    """What changed, plainly: "fine raised 5,000–20,000 → 10,000–30,000 yuan"."""
    way = direction(before, after)
    if before.kind is FactKind.FINE:
        word = {"tighter": "raised", "looser": "lowered"}.get(way, "changed")
        plain = before.value.get("basis") == after.value.get("basis") == "fixed"
        old = fine_range(before.value) if plain else fine_amount(before.value, "", " yuan")
        return f"fine {word} {old} → {fine_amount(after.value, '', ' yuan')}"
    word = {"tighter": "shortened", "looser": "extended"}.get(way, "changed")
    return f"deadline {word} {duration_text(before.value)} → {duration_text(after.value)}"


def fact_change_sentence(
    before: Fact | None, after: Fact | None, *, start: date | None = None
) -> str:
    """ "fine ¥5,000–20,000 → ¥10,000–30,000, HIGHER"; with ``start`` a deadline also gets the
    days on which it would end if its period began then."""
    if before is None or after is None:
        fact = after or before
        if fact is None:
            return ""
        sentence = fact_sentence(fact)
        return f"{'NEW' if after else 'REMOVED'}: {sentence[0].lower()}{sentence[1:]}"
    way = direction(before, after)
    if before.kind is FactKind.FINE:
        text = f"fine {fine_amount(before.value, '¥')} → {fine_amount(after.value, '¥')}"
        return f"{text}, {_WORD.get(way, 'CHANGED' if way != 'same' else 'SAME AMOUNT')}"
    if before.kind is FactKind.DEADLINE:
        return _deadline_change(before, after, way, start)
    if before.kind in (FactKind.EFFECTIVE_DATE, FactKind.EXPIRY_DATE, FactKind.COMMENT_DEADLINE):
        name = before.kind.value.replace("_", " ")
        word = {"tighter": "EARLIER", "looser": "LATER"}.get(way, "SAME")
        return f"{name} {day_text(before.value)} → {day_text(after.value)}, {word}"
    if before.kind is FactKind.DATA_FIELD:
        return f"{field_name(after, 'en')} {field_change(before, after, 'en') or 'changed'}"
    word = {"tighter": ", TIGHTER", "looser": ", LOOSER"}.get(way, "")
    return f"{fact_sentence(before)} → {fact_sentence(after).split(': ', 1)[-1]}{word}"


def _deadline_change(before: Fact, after: Fact, way: str, start: date | None) -> str:
    text = f"deadline {duration_text(before.value)} → {duration_text(after.value)}"
    word = {"tighter": "TIGHTER", "looser": "LOOSER", "same": "SAME LENGTH"}.get(
        way, "depends on the holidays" if _mixed_days(before, after) else "CHANGED"
    )
    text = f"{text}, {word}"
    old, new = (due_day(fact.value, start) if start else None for fact in (before, after))
    if start is None or old is None or new is None or before.value.get("date"):
        return text
    doubt = " (holidays not yet announced)" if old.provisional or new.provisional else ""
    return (
        f"{text}; from {day_text(start.isoformat())}: {day_text(old.day.isoformat())} → "
        f"{day_text(new.day.isoformat())}{doubt}"
    )


def _mixed_days(before: Fact, after: Fact) -> bool:
    return bool(before.value.get("working_days")) != bool(after.value.get("working_days"))
