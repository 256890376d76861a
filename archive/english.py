"""English for readers without Chinese: facts, names and titles from templates and a glossary.

Nothing here is a translation; every sentence is built from values and locked terms, and
stands beside the Chinese, never instead of it. What the glossary does not know stays
Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from archive.datafields import field_change, field_name
from archive.duration import due_day, duration_parts
from archive.factpairs import direction
from archive.records import Fact, FactKind

if TYPE_CHECKING:
    from config.glossary import Glossary

_UNITS = (
    ("y", "year"),
    ("mo", "month"),
    ("w", "week"),
    ("d", "day"),
    ("h", "hour"),
    ("mi", "minute"),
)
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SIGNS = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}
_WORD = {"tighter": "HIGHER", "looser": "LOWER"}
_TITLES_NAMED = 4


# ------------------------------------------------------------------------- values


def number(value: Any) -> str:
    """A number as English readers write it: 10,000 or 2.5."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def day_text(value: Any) -> str:
    """An ISO date as 1 April 2026; anything else as it is."""
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def fine_range(value: Mapping[str, Any], unit: str = "") -> str:
    """A fine's amount: 10,000–30,000, "up to 30,000", "at least 100,000"."""
    low, high = value.get("min"), value.get("max")
    if low is None and high is None:
        return "amount not stated"
    if high is None:
        return f"at least {unit}{number(low)}"
    if not low:
        return f"up to {unit}{number(high)}"
    if low == high:
        return f"{unit}{number(low)}"
    return f"{unit}{number(low)}–{number(high)}"


def duration_text(value: Mapping[str, Any]) -> str:
    """A deadline's length or date: "15 working days", "31 March each year"."""
    if value.get("date"):
        text = str(value["date"])
        if value.get("yearly") and re.fullmatch(r"--\d\d-\d\d", text):
            return f"{int(text[5:7])} {_MONTHS[int(text[2:4]) - 1]} each year"
        return day_text(text)
    parts = duration_parts(str(value.get("duration") or ""))
    if parts is None:
        return str(value.get("duration"))
    words = []
    for key, word in _UNITS:
        if key in parts:
            kind = "working " if word == "day" and value.get("working_days") else ""
            words.append(f"{parts[key]} {kind}{word}{'' if parts[key] == 1 else 's'}")
    return "the same day" if words == ["0 days"] else " ".join(words)


def fine_amount(value: Mapping[str, Any], unit: str, suffix: str = "") -> str:
    """The whole amount with its basis: "CNY 500–1,000 per tonne"."""
    basis, base = value.get("basis"), str(value.get("on") or "")
    named = _glossary().bases.get(base, base)
    if basis == "multiple":
        text = f"{_multiple(value)} {named}".strip()
        return f"{text}, at most {unit}{number(value['cap'])}{suffix}" if value.get("cap") else text
    text = fine_range(value, unit) + suffix
    if basis == "per_unit":
        return f"{text} per {named or 'unit'}"
    return f"{text} per day" if basis == "per_day" else text


def _multiple(value: Mapping[str, Any]) -> str:
    low, high = value.get("min") or 0, value.get("max")
    if high is not None and high < 1:
        percent = {"min": round(low * 100, 4), "max": round(high * 100, 4)}
        return f"{fine_range(percent)} % of"
    return "1 time" if low == high == 1 else f"{fine_range(value)} times"


# -------------------------------------------------------------------------- facts


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
    duty = _first(omitted[0], _glossary().duties) if omitted else None
    tier = _first(offence, _glossary().tiers, last=True)
    return ", ".join(part for part in (f"failure to {duty}" if duty else "", tier or "") if part)


def _deadline_sentence(fact: Fact, value: Mapping[str, Any]) -> str:
    duty = _duty(fact)
    who = _first(str(value.get("who") or ""), _glossary().actors)
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
    glossary = _glossary()
    unit = str(value.get("unit") or "")
    named = _first(name, glossary.parameters) or name
    sign = _SIGNS.get(str(value.get("comparator")), str(value.get("comparator")))
    amount, unit = number(value.get("value")), glossary.units.get(unit, unit)
    if amount == "1":
        unit = _PLURAL.sub(r"\1", unit)
    return f"{named} {sign} {amount} {unit}".strip()


def _after(trigger: str) -> str:
    if not trigger:
        return ""
    named = _first(trigger, _glossary().triggers, last=True)
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
    known = _first(trigger, _glossary().triggers, last=True) if trigger else None
    return DeadlineWords(
        who=_first(str(value.get("who") or ""), _glossary().actors) or "",
        duty=_duty(fact) or "",
        after=_after(trigger).strip() if known else "",
    )


def _duty(fact: Fact) -> str | None:
    """The duty named first after the deadline in its quote, else the last one before it."""
    match = re.search(r"(?:日|天|月|年|时|周|星期|分钟)(?:[）)]|之|以)*(?:内|前|完)", fact.quote)
    position = match.end() if match else 0
    duties = _glossary().duties
    return _first(fact.quote[position:], duties) or _first(fact.quote[:position], duties, last=True)


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


# -------------------------------------------------------------------------- names


def stage_name(stage: str | None) -> str:
    return _glossary().stages.get(stage or "", stage or "")


def jurisdiction_name(code: str) -> str:
    """Guangdong for CN-GD; an unknown code as it is."""
    return _jurisdictions().get(code) or code


def issuer_name(name: str) -> str:
    """The body's English name from the maintained table; its Chinese name if not known."""
    return _issuers().get(name, name)


def topic_name(topic: str) -> str:
    """The English name of a topic id; the id if there is none."""
    return _topics().get(topic) or topic


def document_type(title: str) -> str | None:
    """What kind of act a title names: Measures, Notice, Announcement …

    In 关于印发《…办法》的通知 the act that matters is the inner one.
    """
    types = _glossary().document_types
    inner = (
        re.search(r"《([^《》]+)》", title)
        if re.search(r"印发|公布|发布|征求|征集", title)
        else None
    )
    if inner is None:
        inner = re.search(r"印发(.+?)的(?:通知|函)$", title)
    for text in (inner[1] if inner else "", title):
        text = re.sub(r"[（(][^（）()]*[）)]\s*$", "", text.strip())
        for term in _longest_first(types):
            if text.endswith(term):
                return types[term]
    return None


def title_en(title: str, issuers: Sequence[str], stage: str | None) -> str:
    """An honest English line for a title, not a translation:
    "Measures (draft) · MIIT and 5 others · used power batteries, traceability"."""
    kind = document_type(title) or "Notice"
    if stage and stage != "final":
        kind = f"{kind} ({stage_name(stage)})"
    parts = [kind, _issuers_text(issuers)]
    subjects = _subjects(title)
    if subjects:
        parts.append(", ".join(subjects[:_TITLES_NAMED]))
    return " · ".join(part for part in parts if part)


def _issuers_text(issuers: Sequence[str]) -> str:
    if not issuers:
        return ""
    first = issuer_name(issuers[0])
    others = len(issuers) - 1
    if not others:
        return first
    return f"{first} and {others} other{'' if others == 1 else 's'}"


def _subjects(title: str) -> list[str]:
    """Glossary terms in the title in order, a longer term hiding the shorter inside it."""
    terms = _glossary().terms
    found: list[tuple[int, int, str]] = []
    for term in _longest_first(terms):
        for match in re.finditer(re.escape(term), title):
            if not any(match.start() < end and match.end() > start for start, end, _ in found):
                found.append((match.start(), match.end(), terms[term]))
    return list(dict.fromkeys(english for _, _, english in sorted(found)))


def sanction_sentences(text: str) -> list[str]:
    """The sanctions a text names, in order, each with its Chinese term beside it."""
    sanctions = _glossary().sanctions
    found: list[tuple[int, int, str]] = []
    for term in _longest_first(sanctions):
        start = text.find(term)
        while start >= 0:
            end = start + len(term)
            if not any(start < used_end and end > used for used, used_end, _ in found):
                found.append((start, end, f"{sanctions[term]} ({term})"))
                break
            start = text.find(term, end)
    return list(dict.fromkeys(sentence for _, _, sentence in sorted(found)))


# ------------------------------------------------------------------------ helpers


def _glossary() -> Glossary:
    from config.glossary import load_glossary

    return load_glossary()


@cache
def _jurisdictions() -> dict[str, str]:
    from config.loader import load_jurisdictions

    return {code: names.en or code for code, names in load_jurisdictions().items()}


@cache
def _issuers() -> dict[str, str]:
    from config.loader import load_issuers

    return load_issuers()


@cache
def _topics() -> dict[str, str]:
    from config.loader import load_topics

    return {topic.id: topic.name.en or topic.id for topic in load_topics()}


@cache
def _ordered(terms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(terms, key=len, reverse=True))


def _longest_first(terms: Iterable[str]) -> tuple[str, ...]:
    return _ordered(tuple(terms))


def _first(text: str, terms: Mapping[str, str], *, last: bool = False) -> str | None:
    """The English of the first (or last) term in a text, the longest where several start."""
    best: tuple[int, int] | None = None
    english: str | None = None
    for term, name in terms.items():
        position = text.rfind(term) if last else text.find(term)
        if position < 0:
            continue
        rank = (-(position + len(term)) if last else position, -len(term))
        if best is None or rank < best:
            best, english = rank, name
    return english
