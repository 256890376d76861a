"""Recognised filters of a question, and what was tried, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from config.duty_terms import load_roles
from config.loader import load_issuers, load_jurisdictions
from domain.questions.question_filters import FilterKind, QuestionFilter
from domain.records.search_hit import SearchResult
from i18n.phrases import Lang, stage_name

_KINDS: dict[FilterKind, tuple[str, str]] = {
    "jurisdiction": ("jurisdiction", "辖区"),
    "role": ("role", "主体"),
    "topic": ("topic", "主题"),
    "stage": ("stage", "阶段"),
    "publisher": ("publisher", "发布机关"),
    "document_number": ("number", "文号"),
    "standard": ("standard", "标准"),
    "since": ("from", "自"),
    "until": ("to", "至"),
}


def filter_kind(kind: FilterKind, lang: Lang) -> str:
    return _KINDS[kind][lang == "zh"]


def filter_value(one: QuestionFilter, lang: Lang) -> str:
    """The value of a filter as people say it; topics are named by the caller's own list."""
    if one.kind == "jurisdiction" and (place := load_jurisdictions().get(one.value)):
        return place.zh if lang == "zh" else place.en or one.value
    if one.kind == "role" and (role := load_roles().roles.get(one.value)):
        return role.zh if lang == "zh" else role.en
    if one.kind == "stage":
        return stage_name(one.value, lang) or one.value
    if one.kind == "publisher" and lang == "en":
        return load_issuers().get(one.value, one.value)
    return one.value


def found_lines(result: SearchResult, lang: Lang = "en") -> Iterator[str]:
    """What was read as a filter, what was let go, and what was tried where nothing is found."""
    held = [one for one in result.filters if one.kind not in result.let_go]
    if held:
        yield _said(("filters: {}", "筛选：{}"), lang, _named(held, lang))
    gone = [one for one in result.filters if one.kind in result.let_go]
    if gone:
        yield _said(_LET_GO, lang, _named(gone, lang))
    if not result.hits and result.mode == "auto":
        yield _nothing(result, lang)


_LET_GO = ("nothing found with {}: searched without", "按{}没有结果：已去掉此条件")
_NOTHING = (
    "nothing found; tried words and meaning with {}",
    "没有结果；已按词语和语义检索，条件：{}",
)


def _said(phrases: tuple[str, str], lang: Lang, value: str) -> str:
    return phrases[lang == "zh"].format(value)


def _named(filters: Iterable[QuestionFilter], lang: Lang) -> str:
    return ", ".join(_shown(one, lang) for one in filters)


def _shown(one: QuestionFilter, lang: Lang) -> str:
    return f"{filter_kind(one.kind, lang)} {filter_value(one, lang)} (“{one.words}”)"


def _nothing(result: SearchResult, lang: Lang) -> str:
    none, joint = ("无", "；") if lang == "zh" else ("no filter", "; with ")
    tried = [
        " + ".join(f"{kind}={value}" for kind, value in one.filters) or none for one in result.tried
    ]
    return _said(_NOTHING, lang, joint.join(tried))
