"""Whom an act, its next sentence or another article leaves out of a duty."""

from __future__ import annotations

import re

from domain.law.applicability.act_definitions import left_out_by, left_out_here
from domain.law.applicability.act_scope import ActScope
from domain.law.duties import Duty

_AFTER = 120  # characters behind a duty in which its exception stands
# 报废机动车回收拆解企业不适用前款规定; 报关企业不承担前述义务
_BEFORE_THIS = r"(?:前[款项述条]|上[款述条]|本[条款]|该[款条]|以上|此)"
_FREED = (
    re.compile(
        rf"(?P<who>[^，。；：\s（）()]{{2,40}}?)(?:可以|可)?(?:不|无需|无须)"
        rf"(?:适用于?|受|承担|执行|履行|遵守){_BEFORE_THIS}"
    ),
    re.compile(rf"{_BEFORE_THIS}[^，。；：\s]{{0,8}}不适用于?(?P<who>[^。；：\s]{{2,60}})"),
)
_ENDS = ("除外", "不受此限", "不在此限")
_NUMBERED = re.compile(r"第[一二三四五六七八九十百零〇\d]+条")


def left_out(duty: Duty, scope: ActScope) -> tuple[frozenset[str], frozenset[str]]:
    """The roles that are left out of a duty, and those of which some may be."""
    here, perhaps_here = left_out_here(duty.quote + _exception_after(duty, scope.text))
    next_sure, next_some = left_out_by(_behind(duty, scope.text), _FREED)
    by_number, some_by_number = _by_number(duty, scope.text)
    by_term = scope.definitions.left_out_of.get(duty.who.text or "", frozenset())
    sure = scope.definitions.excepted | here | next_sure | by_number | by_term
    perhaps = scope.definitions.perhaps_excepted | perhaps_here | next_some | some_by_number
    return sure, perhaps - sure


def _behind(duty: Duty, text: str) -> str:
    """The two sentences behind a duty's."""
    after = text.partition(duty.quote)[2][:_AFTER] if duty.quote else ""
    return "。".join(after.lstrip("。；\n ").split("。")[:2])


def _exception_after(duty: Duty, text: str) -> str:
    """The next sentence where it only takes something out: 个体工商户设立的网点除外."""
    after = text.partition(duty.quote)[2][:80].partition("。")[0] if duty.quote else ""
    return after if after.endswith(_ENDS) else ""


def _by_number(duty: Duty, text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Whom another article leaves out of a duty's article: 报关企业不适用第二条规定. Where it
    names a paragraph of it, which is meant is not known."""
    number = _NUMBERED.match(duty.quote) or _NUMBERED.match(duty.article or "")
    if number is None or number[0] not in text:
        return frozenset(), frozenset()
    named = rf"(?:本[一-鿿]{{2,4}})?{re.escape(number[0])}"
    patterns = (
        re.compile(
            rf"(?P<who>[^，。；：\s（）()]{{2,40}}?)(?:可以|可)?(?:不|无需|无须)"
            rf"(?:适用于?|受|承担|执行|履行|遵守){named}(?P<part>第.款)?"
        ),
        re.compile(
            rf"{named}(?P<part>第.款)?[^，。；：\s]{{0,8}}不适用于?(?P<who>[^。；：\s]{{2,60}})"
        ),
    )
    sure, some = left_out_by(text, patterns)
    whole = not any(match["part"] for pattern in patterns for match in pattern.finditer(text))
    return (sure, some) if whole else (frozenset(), sure | some)
