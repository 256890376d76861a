"""Duties of those whom a company only deals with, and of trades outside the field."""

from __future__ import annotations

import re
from functools import cache

from config.applicability_terms import load_applicability_terms
from config.companies.entities import Entity
from domain.law.applicability.conditions import before_verb, owned_company, subject_phrase
from domain.law.applicability.role_words import named_roles, specific_roles
from domain.law.duties import Duty

# 交给|综合利用企业, 移交至, 委托
_HANDS_TO = re.compile(
    r"(?:交(?:由|给|售|付|到|至|送|回)?(?:给|至|到)?|移交(?:给|至)?|送(?:交|至|到|往)(?:给)?|"
    r"返还(?:给)?|转让给|出售给|销售给|卖给|委托|提供给)[^，。；]{0,24}$"
)


@cache
def _other_trades() -> re.Pattern[str]:
    words = "".join(load_applicability_terms().other_trades.split())
    return re.compile(f"(?:{words})$")


def is_other_trade(duty: Duty) -> bool:
    """Whether it speaks to a trade that no role of the field has: 保险公司, 电网企业."""
    return _other_trades().search(subject_phrase(duty)) is not None


def is_trade_without(duty: Duty, entity: Entity) -> bool:
    """Whether it speaks to a trade outside the field that no company of these roles has besides:
    港口经营人, 综合利用企业委托的|核查机构."""
    words = owned_company(duty) or subject_phrase(duty)
    if specific_roles(words):
        return False
    return any(
        re.search(f"(?:{trade.words})$", words) and not {*trade.roles} & {*entity.roles}
        for trade in load_applicability_terms().near_trades
    )


def is_other_side(duty: Duty, entity: Entity) -> bool:
    """Whether it speaks to those whom a role of a company serves: of a certifier 获证企业."""
    words = load_applicability_terms().other_sides
    named = (duty.who.text or "", before_verb(duty))
    return any(
        re.search(f"(?:{words[role]})$", text)
        for role in entity.roles
        if role in words
        for text in named
    )


def only_receives(duty: Duty, text: str, entity: Entity) -> bool:
    """Whether a sentence names a company's roles only as those to whom something is handed:
    车主应当将电池交给|回收服务网点."""
    sentence = _whole_sentence(duty, text)
    mine = [one for one in named_roles(sentence) if one.role in entity.roles]
    return bool(mine) and all(_HANDS_TO.search(sentence[: one.start]) for one in mine)


def _whole_sentence(duty: Duty, text: str) -> str:
    """The sentence that a duty is part of."""
    at = text.find(duty.quote)
    if at < 0 or not duty.quote:
        return duty.quote
    start = max(text.rfind(mark, 0, at) for mark in "。\n") + 1
    end = text.find("。", at)
    return text[start : end if end >= 0 else at + len(duty.quote)]
