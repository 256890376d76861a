"""Write English sentences and phrases for facts and their changes.

Nothing here is a translation; every sentence is built from values and locked terms, and
stands beside the Chinese, never instead of it. What the glossary does not know stays
Chinese.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from domain.facts.due_days import due_day
from domain.facts.strictness import direction
from domain.records.fact import Fact
from domain.records.fact_values import (
    CodeFormatValue,
    DataFieldValue,
    DateValue,
    DeadlineValue,
    FineValue,
    OtherValue,
    PortalValue,
    ReferenceValue,
    ThresholdValue,
)
from domain.records.states import FactKind
from i18n.data_field_changes import field_change, field_name
from i18n.en.value_text import (
    code_format_text,
    day_text,
    duration_text,
    fine_amount,
    fine_range,
    need_text,
    threshold_text,
)
from i18n.fact_kinds import KIND_NAMES, english_value
from i18n.glossary_terms import first_term, glossary

_DATED = {
    FactKind.EFFECTIVE_DATE: "Takes effect on",
    FactKind.EXPIRY_DATE: "Valid until",
    FactKind.COMMENT_DEADLINE: "Comments by",
}
UNSURE = " [scan: not sure]"
_WORD = {"tighter": "HIGHER", "looser": "LOWER"}


def fact_sentence(fact: Fact) -> str:
    """One English sentence for a fact: "Fine: CNY 10,000–30,000 (serious cases)"."""
    return _sentence(fact) + (UNSURE if fact.certainty == "unsure" else "")


def _sentence(fact: Fact) -> str:
    match fact.value:
        case DateValue() as value if fact.kind in _DATED:
            return f"{_DATED[fact.kind]} {day_text(value.text)}"
        case DeadlineValue() as value:
            return _deadline_sentence(fact, value)
        case FineValue() as value:
            offence = offence_words(value.offence or "")
            return f"Fine: {fine_amount(value, 'CNY ')}" + (f" ({offence})" if offence else "")
        case PortalValue() as value:
            return f"Portal: {english_value(value)}"
        case CodeFormatValue() as value:
            return f"Code: {code_format_text(value)}"
        case DataFieldValue() as value:
            return _field_sentence(fact, value)
        case ThresholdValue() as value:
            return f"Threshold: {threshold_text(value)}"
        case ReferenceValue() as value:
            number_text = f" ({value.document_number})" if value.document_number else ""
            return f"{KIND_NAMES[fact.kind][0]} 《{value.title}》{number_text}"
    name = fact.kind.value if isinstance(fact.value, OtherValue) else KIND_NAMES[fact.kind][0]
    return f"{name}: {english_value(fact.value)}"


def offence_words(offence: str) -> str:
    """ "failure to report, serious cases", as far as the glossary knows the words."""
    omitted = re.search(r"(?:未|不)(?!改|予|足)[^；]{0,40}", offence)
    duty = first_term(omitted[0], glossary().duties) if omitted else None
    tier = first_term(offence, glossary().tiers, last=True)
    return ", ".join(part for part in (f"failure to {duty}" if duty else "", tier or "") if part)


def _deadline_sentence(fact: Fact, value: DeadlineValue) -> str:
    who = first_term(value.who or "", glossary().actors)
    verb = _duty(fact) or "act"
    when = duration_text(value)
    if value.date:
        sentence = f"{verb} by {when}"
    elif value.duration == "P0D":
        sentence = f"{verb} on the same day"
    else:
        sentence = f"{verb} within {when}{_after(value.trigger or '')}"
    sentence = f"{who}: {sentence}" if who else sentence
    return sentence[0].upper() + sentence[1:]


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
    value = fact.value if isinstance(fact.value, DeadlineValue) else DeadlineValue()
    trigger = value.trigger or ""
    known = first_term(trigger, glossary().triggers, last=True) if trigger else None
    return DeadlineWords(
        who=first_term(value.who or "", glossary().actors) or "",
        duty=_duty(fact) or "",
        after=_after(trigger).strip() if known else "",
    )


def about_words(fact: Fact) -> str:
    """What the glossary makes of whom a fact obliges and what it punishes."""
    match fact.value:
        case FineValue() as value:
            return offence_words(value.offence or "")
        case DeadlineValue():
            words = deadline_words(fact)
            parts = (words.who, f"{words.duty} {words.after}".strip())
            return ": ".join(part for part in parts if part)
    return ""


def _duty(fact: Fact) -> str | None:
    """The duty named first after the deadline in its quote, else the last one before it."""
    match = re.search(r"(?:日|天|月|年|时|周|星期|分钟)(?:[）)]|之|以)*(?:内|前|完)", fact.quote)
    position = match.end() if match else 0
    duties = glossary().duties
    return first_term(fact.quote[position:], duties) or first_term(
        fact.quote[:position], duties, last=True
    )


def _field_sentence(fact: Fact, value: DataFieldValue) -> str:
    length = f"length {value.length}" if value.length is not None else ""
    codes = f"{len(value.codes)} codes" if value.codes else ""
    parts = (value.type, length, need_text(value), codes)
    name = field_name(fact, "en")
    return f"{name[0].upper()}{name[1:]}: " + ", ".join(part for part in parts if part)


def fact_phrase(fact: Fact) -> str:
    """A short phrase for a fine or a deadline: "fine 10,000–30,000 yuan"."""
    match fact.value:
        case FineValue() as value:
            return f"fine {fine_amount(value, '', ' yuan')}"
        case DeadlineValue() as value:
            return f"deadline {duration_text(value)}"
    return fact_sentence(fact)


def fact_change_phrase(before: Fact, after: Fact) -> str:
    """What changed, plainly: "fine raised 5,000–20,000 → 10,000–30,000 yuan"."""
    way = direction(before, after)
    match before.value, after.value:
        case FineValue() as old, FineValue() as new:
            word = {"tighter": "raised", "looser": "lowered"}.get(way, "changed")
            plain = old.basis == new.basis == "fixed"
            was = fine_range(old.min, old.max) if plain else fine_amount(old, "", " yuan")
            return f"fine {word} {was} → {fine_amount(new, '', ' yuan')}"
        case DeadlineValue() as old, DeadlineValue() as new:
            word = {"tighter": "shortened", "looser": "extended"}.get(way, "changed")
            return f"deadline {word} {duration_text(old)} → {duration_text(new)}"
    return fact_change_sentence(before, after)


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
    match before.value, after.value:
        case FineValue() as old, FineValue() as new:
            text = f"fine {fine_amount(old, '¥')} → {fine_amount(new, '¥')}"
            return f"{text}, {_WORD.get(way, 'CHANGED' if way != 'same' else 'SAME AMOUNT')}"
        case DeadlineValue() as old, DeadlineValue() as new:
            return _deadline_change(old, new, way, start)
        case DateValue() as old, DateValue() as new:
            name = before.kind.value.replace("_", " ")
            word = {"tighter": "EARLIER", "looser": "LATER"}.get(way, "SAME")
            return f"{name} {day_text(old.text)} → {day_text(new.text)}, {word}"
        case DataFieldValue(), DataFieldValue():
            return f"{field_name(after, 'en')} {field_change(before, after, 'en') or 'changed'}"
    word = {"tighter": ", TIGHTER", "looser": ", LOOSER"}.get(way, "")
    return f"{fact_sentence(before)} → {fact_sentence(after).split(': ', 1)[-1]}{word}"


def _deadline_change(
    before: DeadlineValue, after: DeadlineValue, way: str, start: date | None
) -> str:
    text = f"deadline {duration_text(before)} → {duration_text(after)}"
    mixed = bool(before.working_days) != bool(after.working_days)
    word = {"tighter": "TIGHTER", "looser": "LOOSER", "same": "SAME LENGTH"}.get(
        way, "depends on the holidays" if mixed else "CHANGED"
    )
    text = f"{text}, {word}"
    old, new = (due_day(value, start) if start else None for value in (before, after))
    if start is None or old is None or new is None or before.date:
        return text
    doubt = " (holidays not yet announced)" if old.provisional or new.provisional else ""
    return (
        f"{text}; from {day_text(start.isoformat())}: {day_text(old.day.isoformat())} → "
        f"{day_text(new.day.isoformat())}{doubt}"
    )
