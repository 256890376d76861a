"""What acts state that can answer a question of fact: duties and facts in one form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from domain.law.duties import Bound, Duty, Sanction, TimeRelation
from domain.questions.english_stems import stems_of
from domain.questions.fact_questions import AskedFact
from domain.records.fact import Fact
from domain.records.fact_values import DeadlineValue, FineValue, ThresholdValue
from domain.records.states import FactKind
from i18n.en.fact_sentences import fact_sentence
from i18n.fact_text import fact_text
from i18n.headline_text import duty_text, else_text
from i18n.phrases import Lang, fact_name

_TIME_UNITS = frozenset(
    {"日", "天", "年", "个月", "月", "小时", "个工作日", "工作日", "分钟", "周"}
)
_LETTERS = {"年": "Y", "个月": "M", "月": "M", "小时": "H", "日": "D", "天": "D"}
_AMOUNTS = re.compile(r"\d+(?:\.\d+)?\s?(?:%|‰|千克|公斤|吨|米|元|万元|MB|℃|mg)")
_DAY = re.compile(r"(?:\d{4}|-)-(?P<month>\d\d)-\d\d")
_MONEY = re.compile(r"[元倍%]|百分之")
_PLATFORM = re.compile(r"平台|系统|窗口|网|小程序|[一-鿿]通[”\"]?$")
_OF_KIND = {
    FactKind.DEADLINE: AskedFact.PERIOD,
    FactKind.FINE: AskedFact.FINE,
    FactKind.EFFECTIVE_DATE: AskedFact.EFFECT,
    FactKind.EXPIRY_DATE: AskedFact.VALIDITY,
    FactKind.COMMENT_DEADLINE: AskedFact.COMMENTS,
    FactKind.PORTAL: AskedFact.PORTAL,
}


@dataclass(frozen=True)
class AnswerUnit:
    """A duty or a fact of an act: what it can answer, and the words that it rests on."""

    source: Duty | Fact
    kinds: frozenset[AskedFact]
    words: str  # in which the things asked about are looked for
    quote: str
    value: str  # the same for units that answer alike
    article: str | None = None
    role: str | None = None
    bound: str = ""  # whom it binds, in the text's words
    of_authority: bool = False
    time: str = ""  # ISO 8601: a duration, a day, or what recurs

    @property
    def shows_its_day(self) -> bool:
        """Whether the quote has the day that it states; one read from elsewhere is no proof."""
        day = _DAY.fullmatch(self.time)
        return day is None or f"{int(day['month'])}月" in self.quote or "年底" in self.quote

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(stems_of(self.text("en")))

    def text(self, language: Lang, asked: AskedFact | None = None) -> str:
        """The answer's line in a language."""
        if isinstance(self.source, Fact):
            if language == "en":
                return fact_sentence(self.source)
            return f"{fact_name(self.source.kind, 'zh')}：{fact_text(self.source, 'zh')}"
        line = duty_text(self.source, language)
        follows = else_text(self.source, language) if asked is AskedFact.FINE else ""
        joint = "；" if language == "zh" else "; "
        return f"{line}{joint}{follows}" if follows else line


def answer_units(duties: Iterable[Duty], facts: Iterable[Fact]) -> list[AnswerUnit]:
    """What an act states, duties before facts."""
    found = [unit for duty in duties for unit in _of_duty(duty)]
    return [*found, *(unit for fact in facts for unit in _of_fact(fact))]


def _of_duty(duty: Duty) -> Iterator[AnswerUnit]:
    kinds = {kind for kind, has in _HAS.items() if has(duty)}
    limit = duty.limit
    words = _joined(duty.quote, duty.object, duty.who.text, limit.row if limit else None)
    if limit is not None and len(_AMOUNTS.findall(duty.quote)) > 1:
        # Of several amounts in a sentence only its own words tell this one.
        words = _joined(limit.parameter, limit.row, limit.column, duty.object, duty.who.text)
    stated = AnswerUnit(
        source=duty, kinds=frozenset(kinds), words=words, quote=duty.quote, value=_value(duty),
        article=duty.article, role=duty.who.role, of_authority=duty.who.kind is Bound.AUTHORITY,
        bound=duty.who.text or "", time=_time(duty),
    )  # fmt: skip
    yield stated
    for sanction in duty.sanctions:
        if _states_amount(sanction):
            yield replace(
                stated, kinds=frozenset({AskedFact.FINE}), words=f"{words} {sanction.quote}",
                quote=sanction.quote or duty.quote,
                value=_fine_value(sanction.min, sanction.max, sanction.basis),
            )  # fmt: skip


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _states_amount(sanction: Sanction) -> bool:
    """Whether a sanction has a sum, and its quote shows it."""
    amount = sanction.min is not None or sanction.max is not None
    return amount and bool(_MONEY.search(sanction.quote))


def _value(duty: Duty) -> str:
    when, limit = duty.when, duty.limit
    if when is not None and (when.duration or when.date or when.recurs):
        return _time_value(when.duration, when.date or when.recurs, when.working_days)
    return _limit_value(limit.value, limit.unit) if limit is not None else ""


def _time_value(duration: str | None, day: str | None, working_days: bool | None) -> str:
    return f"{duration or day}{' working' if working_days else ''}"


def _limit_value(value: float | None, unit: str | None) -> str:
    return f"{None if value is None else float(value)} {unit}"


def _fine_value(low: float | None, high: float | None, basis: str | None) -> str:
    ends = (None if end is None else float(end) for end in (low, high))
    return f"{'-'.join(map(str, ends))} {basis}"


def _time(duty: Duty) -> str:
    when, limit = duty.when, duty.limit
    if when is not None and (when.duration or when.date or when.recurs):
        return when.duration or when.date or when.recurs or ""
    if limit is None or limit.value is None:
        return ""
    return f"P{limit.value:g}{_LETTERS.get(limit.unit or '', '')}"


def _has_period(duty: Duty) -> bool:
    when = duty.when
    timed = when is not None and bool(when.duration or when.date or when.recurs)
    begins = when is not None and when.relation is TimeRelation.FROM
    return (timed and not begins) or _is_time_limit(duty)


def _is_time_limit(duty: Duty) -> bool:
    return duty.limit is not None and duty.limit.unit in _TIME_UNITS


def _has_limit(duty: Duty) -> bool:
    limit = duty.limit
    return limit is not None and limit.value is not None and limit.unit not in _TIME_UNITS


def _has_portal(duty: Duty) -> bool:
    where = duty.where
    return where is not None and bool(where.url or _PLATFORM.search(where.name or ""))


_HAS: dict[AskedFact, Callable[[Duty], bool]] = {
    AskedFact.PERIOD: _has_period,
    AskedFact.LIMIT: _has_limit,
    AskedFact.PORTAL: _has_portal,
    AskedFact.DOCUMENTS: lambda duty: bool(duty.documents),
    AskedFact.COMMENTS: lambda duty: duty.act == "comment" and _has_period(duty),
}


def _of_fact(fact: Fact) -> Iterator[AnswerUnit]:
    kind = _OF_KIND.get(fact.kind)
    words, value, time, bound = fact.quote, str(fact.value), "", ""
    match fact.value:
        case ThresholdValue() as stated:
            kind = AskedFact.PERIOD if stated.unit in _TIME_UNITS else AskedFact.LIMIT
            several = len(_AMOUNTS.findall(fact.quote)) > 1
            words = _joined(None if several else fact.quote, stated.parameter)
            value = _limit_value(stated.value, stated.unit)
            time = f"P{stated.value or 0:g}{_LETTERS.get(stated.unit or '', '')}"
        case FineValue() as fine:
            words = f"{fact.quote} {fine.offence or ''}"
            value = _fine_value(fine.min, fine.max, fine.basis)
        case DeadlineValue() as due:
            value = _time_value(due.duration, due.date, due.working_days)
            time, bound = due.duration or due.date or "", due.who or ""
    if kind is not None:
        yield AnswerUnit(
            source=fact, kinds=frozenset({kind}), words=words, quote=fact.quote,
            value=value, article=fact.where, time=time, bound=bound,
        )  # fmt: skip
