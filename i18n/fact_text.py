"""Render the value of a fact, and what its change means for a company."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.facts.data_fields import field_change, field_name
from domain.facts.due_days import duration_parts
from domain.facts.fact_pairing import Pair, core_value, direction, pair_facts
from domain.records.fact import Fact
from domain.records.states import FactKind
from i18n.english_facts import deadline_words, offence_words, threshold_text
from i18n.english_values import duration_text, fine_amount
from i18n.phrases import Lang, clip, day, effect_name, fact_name

_UNITS_ZH = {"y": "年", "mo": "个月", "w": "周", "d": "日", "h": "小时", "mi": "分钟"}

# What a reader decides on first.
_ORDER = (
    FactKind.DEADLINE, FactKind.FINE, FactKind.EFFECTIVE_DATE, FactKind.COMMENT_DEADLINE,
    FactKind.EXPIRY_DATE, FactKind.PORTAL, FactKind.CODE_FORMAT, FactKind.THRESHOLD,
    FactKind.DATA_FIELD, FactKind.REPEALS, FactKind.IMPLEMENTS, FactKind.CITES,
)  # fmt: skip


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
        if fact is None or not isinstance(fact.value, Mapping):
            return ""
        keys = ("who", "trigger", "offence")
        words = "；".join(clip(str(fact.value[key]), 60) for key in keys if fact.value.get(key))
        if lang == "zh":
            return words
        if fact.kind is not FactKind.DEADLINE:
            offence = offence_words(str(fact.value.get("offence") or ""))
            return " · ".join(part for part in (offence, words) if part)
        english = deadline_words(fact)
        parts = [english.who, f"{english.duty} {english.after}".strip()]
        return " · ".join(part for part in (": ".join(filter(None, parts)), words) if part)

    def lead(self, lang: Lang) -> str:
        """What stands before the value in line one: ``recyclers: report within ``."""
        name = fact_name(self.kind, lang)
        fact = self.after or self.before
        value = fact.value if fact else None
        if fact is None or fact.kind is not FactKind.DEADLINE or not isinstance(value, Mapping):
            return f"{name.lower()} " if lang == "en" else name
        if lang == "zh":
            who = clip(str(value.get("who") or ""), 20)
            return f"{who}：{name}" if who else name
        words = deadline_words(fact)
        who = f"{words.who}: " if words.who else ""
        if not words.duty or not self.after:
            return f"{who}deadline "
        return f"{who}{words.duty} {'by' if value.get('date') else 'within'} "

    def effect_text(self, lang: Lang) -> str:
        return effect_name(self.effect, lang)


def parse_date(text: object) -> date | None:
    """The date of an ISO text, None for anything else."""
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _duration_text(value: Mapping[str, Any], lang: Lang) -> str:
    if lang == "en":
        return duration_text(value)
    parts = duration_parts(str(value["duration"]))
    if parts is None:
        return str(value["duration"])
    units = {**_UNITS_ZH, "d": "个工作日"} if value.get("working_days") else _UNITS_ZH
    return "".join(f"{number}{units[key]}" for key, number in parts.items() if number) or "当日"


def _deadline_text(value: Mapping[str, Any], lang: Lang) -> str:
    if "duration" in value:
        return _duration_text(value, lang)
    return _yearly_text(str(value.get("date", "")), lang)


def _yearly_text(text: str, lang: Lang) -> str:
    if text.startswith("--"):
        probe = parse_date(f"2000-{text[2:]}")
        if probe is None:
            return text
        if lang == "zh":
            return f"每年{probe.month}月{probe.day}日"
        return f"{day(probe, 'en').rsplit(' ', 1)[0]} each year"
    known = parse_date(text)
    return day(known, lang) if known else text


def _amount(number: float) -> str:
    """A sum as Chinese readers write it: 3万 for 30,000."""
    return f"{number / 10000:g}万元" if number and number % 10000 == 0 else f"{number:g}元"


def _fine_text(value: Mapping[str, Any], lang: Lang) -> str:
    if lang == "en":
        return fine_amount(value, "¥")
    low, high = value.get("min"), value.get("max")
    base = str(value.get("on") or "")
    if low is None and high is None:
        return "金额未载明"
    if value.get("basis") == "multiple":
        return _share_text(base, low, high)
    basis = {"per_unit": f"每{base or '件'}", "per_day": "每日"}.get(str(value.get("basis")), "")
    return f"{basis}{_range_text(low, high, _amount)}"


def _range_text(low: float | None, high: float | None, write: Callable[[float], str]) -> str:
    if low is not None and low == high:
        return write(low)
    if high is None:
        return f"{write(low or 0)}以上"
    return f"{write(low)}–{write(high)}" if low else f"{write(high)}以下"


def _share_text(base: str, low: float | None, high: float | None) -> str:
    """违法所得1–3倍, 货值金额的50%–80%."""
    if high is not None and high < 1:
        return f"{base}的{_range_text(low, high, lambda share: f'{share * 100:g}%')}"
    if low is not None and high is not None and low not in (0, high):
        return f"{base}{low:g}–{high:g}倍"
    return f"{base}{_range_text(low, high, lambda times: f'{times:g}倍')}"


_SIGNS = {"<=": "≤", ">=": "≥"}


def _mapping_text(fact: Fact, value: Mapping[str, Any], lang: Lang) -> str:
    if fact.kind is FactKind.PORTAL:
        return " ".join(str(value[key]) for key in ("name", "url") if value.get(key))
    if fact.kind is FactKind.CODE_FORMAT:
        length = value.get("length")
        digits = f"{length}位" if lang == "zh" else f"{length} characters"
        parts = [digits if length else "", value.get("charset"), value.get("standard")]
        return ", ".join(str(part) for part in parts if part)
    if fact.kind is FactKind.DATA_FIELD:
        parts = [value.get("name"), value.get("type"), value.get("length")]
        if (need := value.get("mandatory")) is not None:
            parts.append((("optional", "选填"), ("mandatory", "必填"))[bool(need)][lang == "zh"])
        return ", ".join(str(part) for part in parts if part)
    if fact.kind is FactKind.THRESHOLD and lang == "en":
        return threshold_text(value)
    if fact.kind is FactKind.THRESHOLD:
        keys = ("parameter", "comparator", "value", "unit")
        words = [str(value[key]) for key in keys if value.get(key) is not None]
        return " ".join(_SIGNS.get(word, word) for word in words)
    parts = [value.get("title"), value.get("document_number")]
    return " ".join(str(part) for part in parts if part)


def fact_text(fact: Fact, lang: Lang) -> str:
    """The value of a fact in words; never more than a line."""
    value = fact.value
    if fact.kind is FactKind.DEADLINE and isinstance(value, Mapping):
        return clip(_deadline_text(value, lang), 160)
    if fact.kind is FactKind.FINE and isinstance(value, Mapping):
        return clip(_fine_text(value, lang), 160)
    if isinstance(value, Mapping):
        return clip(_mapping_text(fact, value, lang), 160)
    known = parse_date(value)
    return day(known, lang) if known else clip(str(value), 160)


# ------------------------------------------------------------------- comparison

_EFFECTS = {
    FactKind.FINE: ("higher", "lower"),
    FactKind.EFFECTIVE_DATE: ("earlier", "later"),
    FactKind.EXPIRY_DATE: ("earlier", "later"),
    FactKind.COMMENT_DEADLINE: ("earlier", "later"),
}


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
    return tuple(sorted(rows, key=lambda row: (_ORDER.index(row.kind), row.effect == "gone")))


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
    rows.sort(
        key=lambda row: (not row.effect, _ORDER.index(row.kind), gone_last.get(row.effect, 0))
    )
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
    return tuple(sorted(rows, key=lambda row: _ORDER.index(row.kind)))
