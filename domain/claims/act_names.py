"""The names of all acts, and what a sentence is found to mean by them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from config.claims.claim_terms import load_claim_terms
from domain.acts.titles import fold
from domain.claims.known_acts import KnownAct
from domain.claims.words.claim_numbers import ClaimNumber, find_numbers
from domain.claims.words.plain_form import plain

How = Literal["number", "title", "name", "wrong_name", "before", "unknown"]
# What an act is called afterwards, and what its title or number then has.
_CALLED = (
    (re.compile(r"\bmeasures\b|办法"), re.compile("办法|措施")),
    (re.compile(r"\bprovisions\b"), re.compile("规定|办法")),
    (re.compile(r"\border\b|\bdecree\b|令$"), re.compile("令")),
    (re.compile(r"\bannouncement\b|公告"), re.compile("公告")),
    (re.compile(r"\bcode\b|法典"), re.compile("法典")),
    (re.compile(r"\blaw\b"), re.compile("法(?!典)|法$")),
    (re.compile(r"\bplan\b|方案"), re.compile("方案|规划|计划")),
    (re.compile(r"\bcampaign\b|行动"), re.compile("行动")),
    (re.compile(r"\bstandard\b|标准"), re.compile("GB|HJ|标准|规则")),
    (re.compile(r"细则"), re.compile("细则")),
    (re.compile(r"\brules\b"), re.compile("细则|规则|办法|规定|规范")),
    (re.compile(r"\bbenchmark\b|基准"), re.compile("基准")),
    (re.compile(r"\bguid(?:ance|elines?)\b|指引|指南"), re.compile("指引|指南|指导")),
    (re.compile(r"\bcircular\b|通告"), re.compile("通告|通知")),
    (re.compile(r"规范"), re.compile("规范")),
    (re.compile(r"\bnotice\b|通知"), re.compile("通知|函|〔")),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """An act that a sentence names; ``act`` is None for one that nobody here knows."""

    act: KnownAct | None
    how: How
    start: int
    end: int
    number: ClaimNumber | None = None


@dataclass(frozen=True, slots=True)
class KnownNames:
    """All acts, ready to be found by their names."""

    acts: Sequence[KnownAct]
    chinese: tuple[tuple[str, KnownAct], ...] = field(default=())
    english: tuple[tuple[re.Pattern[str], KnownAct, How], ...] = field(default=())

    @classmethod
    def of(cls, acts: Sequence[KnownAct]) -> KnownNames:
        by_key = {act.key: act for act in acts if act.key}
        chinese = [
            (folded_name(name), act)
            for act in acts
            for name in (act.title, *act.names)
            if is_han(name)
        ]
        english: list[tuple[re.Pattern[str], KnownAct, How]] = [
            (_phrase(name), act, "name")
            for act in acts
            for name in (act.title_en, *act.names)
            if name and not is_han(name) and not find_numbers(name)
        ]
        wrong = [(name, by_key.get(key)) for name, key in load_claim_terms().wrong_names.items()]
        wrong += [(name, act) for act in acts for name in act.wrong_names]
        english += [(_phrase(name), act, "wrong_name") for name, act in wrong if act is not None]
        chinese.sort(key=lambda item: -len(item[0]))
        return cls(acts, tuple(chinese), tuple(english))


def may_be_called(words: str, act: KnownAct) -> bool:
    """Whether an act may be meant by the measures, the order, 该公告."""
    for said, real in _CALLED:
        if said.search(words):
            return real.search(f"{act.title} {act.document_number or ''}") is not None
    return True


def folded_name(text: str) -> str:
    return fold(plain(text)).strip('《》"')


def is_han(text: str) -> bool:
    return re.search(r"[\u4e00-\u9fff]", text) is not None


def _phrase(name: str) -> re.Pattern[str]:
    words = re.escape(plain(name)).replace(r"\ ", r"(?:'s)?[ -]").replace(r"\-", "[ -]")
    return re.compile(rf"(?<![a-z0-9]){words}(?![a-z0-9])")


def one_of(fits: Sequence[KnownAct]) -> KnownAct | None:
    """The only one, or the only one that binds."""
    if len(fits) == 1:
        return fits[0]
    live = [act for act in fits if not act.over]
    return live[0] if len(live) == 1 else None
