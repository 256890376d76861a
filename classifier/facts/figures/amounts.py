"""Sums and multiples as official texts write them: 五千元以上二万元以下, 3-5万元, 一倍以上三倍以下.

Whether an amount is a fine is for :mod:`classifier.facts.fines` to say.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from classifier.facts.figures.numbers import ARABIC
from domain.text.numerals import parse_chinese_number

_CN_MONEY = (
    r"[一二两三四五六七八九十百千廿卅][〇零一二两三四五六七八九十百千万亿]{0,14}"
    r"(?:点[〇零一二三四五六七八九]{1,4})?"
)
SUM = rf"(?:{_CN_MONEY}|(?:{ARABIC})[十百千]?[万亿]?)"
PREFIX = r"(?:(?:人民币|RMB|CNY|¥|￥) ?)?"
NOTE = r"(?:（[^（）]{0,16}）)?"
YUAN = (
    r"(?:(?:元|块钱)(?:人民币)?(?:整)?|(?<=[万亿])(?![吨辆台块件个组只人户家次千平立瓦套元支枚]))"
)
_JOIN = r"(?:-{1,2}|至|到|~)"
# e.g. 五千元以上二万元以下
_RANGE = re.compile(
    rf"(?P<open>不得?低于|不得?少于|最低|至少)?{PREFIX}(?P<low>{SUM})(?:{YUAN})?{NOTE}"
    rf"(?:(?:以上|及以上){NOTE}[、，,]?(?:至|到|并|且|-)?|{_JOIN}|[、，,]?(?:且)?(?=不得?超过|不得?高于|最高|至多|不足|不满|低于))"
    rf"(?:不得?超过|不得?高于|最高|至多|不足|不满|低于)?{PREFIX}(?P<high>{SUM}){YUAN}{NOTE}(?:以下|以内|以下的|之下)?"
)
# 2万元≤罚款≤5万元, as discretion tables write it
_BETWEEN = re.compile(
    rf"(?P<low>{SUM}){YUAN}?[≤<](?:罚款)(?:金额|数额|额度)?[≤<](?P<high>{SUM}){YUAN}"
)
# e.g. 不超过3万元
_SINGLE = re.compile(
    rf"(?P<cap>不超过|最高(?:可(?:以)?)?(?:处|罚款?)?(?:以)?|至多|不高于|上限为?|不得超过)?"
    rf"(?P<floor>不低于|不少于|最低|至少)?{PREFIX}(?P<sum>{SUM}){YUAN}{NOTE}(?P<side>以下|以内|以上)?"
)
_SIGNED = re.compile(rf"[¥￥](?P<sum>{ARABIC})(?![\d万亿元千百])")  # without the word 元
# e.g. ¥5000-¥8000
_SIGNED_RANGE = re.compile(
    rf"[¥￥](?P<low>{ARABIC}){_JOIN}[¥￥]?(?P<high>{ARABIC})(?![\d万亿元千百])"
)
_RATIO = (
    rf"(?:[百千万]分之{_CN_MONEY}|[二三四五六七八九十]分之[一二三四五六七八九]|"
    rf"(?:{ARABIC})[%‰]|(?:{ARABIC}|{_CN_MONEY})倍|等值|等额|一半)"
)
# e.g. 一倍以上三倍以下
_MULTIPLE_RANGE = re.compile(
    rf"(?P<low>{_RATIO}|{ARABIC}(?=至|到|-|~)|{_CN_MONEY}(?=至|到|-|~)){NOTE}"
    rf"(?:(?:以上|及以上){NOTE}[、，,]?(?:至|到|但|且)?|{_JOIN})(?:不足|不超过|不得超过)?(?P<high>{_RATIO}){NOTE}(?:以下|以内)?"
)
# e.g. 三倍以下
_MULTIPLE = re.compile(
    rf"(?P<cap>不超过|最高(?:不超过)?)?(?P<sum>{_RATIO}){NOTE}(?P<side>以下|以内|以上)?"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount or multiple in a passage, not yet known to be a fine."""

    start: int
    end: int
    low: float
    high: float | None
    basis: str  # fixed or multiple


def find_amounts(text: str) -> list[Amount]:
    """Sums and multiples in order, ranges first where they overlap."""
    found: list[Amount] = []
    ranges_of_sums = (_RANGE, _BETWEEN, _SIGNED_RANGE)
    for match in (match for pattern in ranges_of_sums for match in pattern.finditer(text)):
        low, high = _shared(match["low"], match["high"], match[0])
        _add_range(found, match, low, high, "fixed")
    for match in _MULTIPLE_RANGE.finditer(text):
        low, high = _ratios(match["low"], match["high"])
        _add_range(found, match, low, high, "multiple")
    ranges = sorted((amount.start, amount.end) for amount in found)
    for match in (*_SINGLE.finditer(text), *_SIGNED.finditer(text)):
        if not _overlaps(ranges, match.start(), match.end()):
            _add_single(found, match, parse_chinese_number(match["sum"]), "fixed")
    for match in _MULTIPLE.finditer(text):
        if not _overlaps(ranges, match.start(), match.end()):
            _add_single(found, match, _ratio(match["sum"]), "multiple")
    return sorted(found, key=lambda amount: amount.start)


def _add_range(
    found: list[Amount], match: re.Match[str], low: float | None, high: float | None, basis: str
) -> None:
    if low is not None and high is not None and low < high:
        found.append(Amount(match.start(), match.end(), low, high, basis))


def _overlaps(ranges: list[tuple[int, int]], start: int, end: int) -> bool:
    index = bisect_left(ranges, (start, start))
    near = ranges[max(0, index - 1) : index + 1]
    return any(start < used_end and end > used_start for used_start, used_end in near)


def _add_single(found: list[Amount], match: re.Match[str], value: float | None, basis: str) -> None:
    if not value:  # the end of a number that blanks have cut: 10 000
        return
    groups = match.groupdict()
    side = groups.get("side") or ""
    if side in ("以下", "以内") or groups.get("cap"):
        low, high = 0.0, value
    elif side == "以上" or groups.get("floor"):
        low, high = value, None
    else:
        low = high = value
    found.append(Amount(match.start(), match.end(), low, high, basis))


def _shared(low: str, high: str, whole: str) -> tuple[float | None, float | None]:
    """Both ends of a range; a unit written once (5至20万元) belongs to both if that fits."""
    bottom, top = parse_chinese_number(low), parse_chinese_number(high)
    if bottom is None or top is None:
        return None, None
    after_low = whole[whole.index(low) + len(low) :][:1]
    scale = {"万": 10_000, "亿": 100_000_000}.get(high[-1])
    if scale and after_low not in ("元", "块") and low[-1] not in "万亿" and bottom * scale < top:
        bottom *= scale
    return bottom, top


def _ratio(text: str) -> float | None:
    if text in ("等值", "等额"):
        return 1.0
    if text == "一半":
        return 0.5
    if text.endswith("%"):
        value = parse_chinese_number(text[:-1])
        return None if value is None else value / 100
    if text.endswith("‰"):
        value = parse_chinese_number(text[:-1])
        return None if value is None else value / 1000
    if text[1:3] == "分之":
        value = parse_chinese_number(text[3:])
        whole = {"百": 100, "千": 1000, "万": 10_000}.get(text[0]) or parse_chinese_number(text[0])
        return None if value is None or not whole else value / whole
    return parse_chinese_number(text.removesuffix("倍"))


def _ratios(low: str, high: str) -> tuple[float | None, float | None]:
    top = _ratio(high)
    if low[-1] in "%‰倍值额半" or low[1:3] == "分之":
        return _ratio(low), top
    bottom = parse_chinese_number(low)
    if bottom is not None and high.endswith("%"):
        bottom /= 100
    return bottom, top
