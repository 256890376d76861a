"""Sums, periods, shares and counts as articles write them, in English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from domain.claims.words.plain_form import plain
from domain.text.numerals import NUMERAL_CHARACTERS, parse_chinese_number

Kind = Literal["money", "period", "percent", "mass", "count", "code"]
Relation = Literal["within", "before", "after", "each"]

_WORDS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_SCALES = {"k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6,
           "bn": 10**9, "billion": 10**9}  # fmt: skip
_N = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\b(?:{'|'.join(_WORDS)})\b)"
_SCALE = r"(?: ?(?:thousand|million|billion|mn|bn|k|m)\b)?"
_SIGN = r"(?:rmb|cny|¥|yuan|renminbi)"
_TO = r" ?(?:to|-|and|up to|~) ?"
# rmb 50,000 to 500,000; 50,000-500,000 yuan; 5 million yuan
_MONEY = re.compile(
    rf"(?:(?P<sign>{_SIGN}) ?)?(?P<low>{_N})(?P<lowscale>{_SCALE})"
    rf"(?: ?{_SIGN})?(?:{_TO}(?:{_SIGN} ?)?(?P<high>{_N})(?P<highscale>{_SCALE}))?"
    rf"(?P<tail> ?{_SIGN})?"
)
_HN = rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?)?[{NUMERAL_CHARACTERS}]*"
# 五万元以上五十万元以下, 5万至50万元, 50万元
_CHINESE_MONEY = re.compile(
    rf"(?P<low>(?=[\d{NUMERAL_CHARACTERS}]){_HN})元?(?:以上|至|到|-|~)"
    rf"(?P<high>(?=[\d{NUMERAL_CHARACTERS}]){_HN})元|(?P<one>(?=[\d{NUMERAL_CHARACTERS}]){_HN})元"
)
_UNITS = {"day": "day", "days": "day", "week": "week", "weeks": "week", "month": "month",
          "months": "month", "year": "year", "years": "year", "hour": "hour", "hours": "hour",
          "日": "day", "天": "day", "周": "week", "月": "month", "年": "year",
          "小时": "hour"}  # fmt: skip
# 30 days, 15 working days, 30-day, thirty calendar days, two years
_PERIOD = re.compile(
    rf"(?P<n>{_N})(?: |-)(?P<work>working|business|work)?(?:calendar|natural|consecutive|"
    rf"full)?(?: |-)?"
    r"(?P<unit>days?|weeks?|months?|years?|hours?)\b(?! old)"
)
# 三十日, 15个工作日, 两年, 6个月, 24小时
_CHINESE_PERIOD = re.compile(
    rf"(?<![年月第\d.])(?P<n>[\d{NUMERAL_CHARACTERS}]{{1,6}})个?(?P<work>工作)?(?:自然)?"
    r"(?P<unit>日|天|周|月|年|小时)(?![度底份本版]|[一二三四五六七八九十\d])"
)
# 98 %, 98 percent, 百分之九十八
_PERCENT = re.compile(
    rf"(?P<n>{_N}) ?(?:%|per ?cent\b)|百分之(?P<han>[{NUMERAL_CHARACTERS}]{{1,6}})"
)
# 5,000 t, 1 million tonnes, 5000吨
_MASS = re.compile(
    rf"(?P<n>{_N})(?P<scale>{_SCALE}) ?(?:tonnes?|tons?|t|mt)\b"
    rf"|(?P<han>(?=[\d{NUMERAL_CHARACTERS}]){_HN})吨"
)
# 3824999996
_CODE = re.compile(r"(?<![\d.])\d{8,10}(?!\d|\.\d)")
# six chapters, 27 articles, nine other laws
_COUNT = re.compile(
    rf"(?P<n>{_N}) (?:other |different |more |existing |older |earlier )?(?P<noun>[a-z]{{3,20}})"
)
_CHINESE_COUNT = re.compile(
    rf"(?<![第\d{NUMERAL_CHARACTERS}])(?P<n>[\d{NUMERAL_CHARACTERS}]{{1,5}})(?P<noun>个部门|"
    rf"部门|章|条|家|位|项|部法律|部)"
)
_NOUNS = {"章": "chapter", "条": "article", "家": "company", "firms": "company",
          "companies": "company",
          "位": "character", "digit": "character", "个部门": "department", "部门": "department",
          "ministries": "department", "agencies": "department", "bodies": "department",
          "authorities": "department", "部法律": "law", "部": "act", "项": "item",
          "documents": "act", "acts": "act", "regulations": "act", "rules": "act",
          "enterprises": "company", "businesses": "company"}  # fmt: skip
_NO_NOUN = frozenset(
    [
        "of",
        "and",
        "or",
        "the",
        "to",
        "in",
        "on",
        "by",
        "per",
        "percent",
        "yuan",
        "days",
        "day",
        "months",
        "month",
        "years",
        "year",
        "weeks",
        "working",
        "million",
        "billion",
        "thousand",
        "other",
        "business",
        "calendar",
        "hours",
        "rmb",
        "cny",
        "has",
        "have",
        "had",
        "is",
        "are",
        "was",
        "were",
        "takes",
        "took",
        "came",
        "comes",
        "may",
        "must",
        "shall",
        "will",
        "for",
        "from",
        "at",
        "with",
        "that",
        "which",
        "who",
    ]
)
_MAX = re.compile(
    r"(?:up to|at most|(?:no|not) (?:more|longer|later|higher) than|maximum of|"
    r"not exceed(?:ing)?|as much as|"
    r"\b(?:not|no|never|cannot)\b[^.;]{0,50}\b(?:more|longer|higher) than|最高|不得?(?:超过|"
    r"高于|大于|多于)|至多|"
    r"最多|最长)[^\d,;，；]{0,8}$"
)
_MIN = re.compile(
    r"(?:at least|(?:no|not) (?:less|fewer|lower|shorter) than|minimum of|not below|"
    r"不得?(?:低于|少于|小于)|"
    r"至少|最低|最短|(?<!\w)(?:more|longer|higher) than|over)[^\d,;，；]{0,8}$"
)
_WITHIN = re.compile(
    r"(?:within|no later than|not later than|inside|in)(?: the| a| a period of)? ?$"
)
_AHEAD = re.compile(
    r"^ ?(?:before|prior to|ahead of|in advance|earlier than|beforehand)|^(?:之?前)(?!款)"
)
_LATER = re.compile(r"^ ?(?:after|from|following|of|upon)\b|^后")
_IN = re.compile(r"^(?:之?内|以内)")
_EARLY = re.compile(r"提前(?:至少)?$|before at least $")
_EACH = re.compile(r"(?:every|each|每)(?:隔)? ?$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantity:
    """A number with what it counts; ``low`` and ``high`` are the same for a single one."""

    kind: Kind
    unit: str
    low: float | None
    high: float | None
    relation: Relation | None = None
    start: int = 0
    end: int = 0

    @property
    def text(self) -> str:
        """For people and JSON: 30 day, 50000-500000 yuan."""
        parts = [
            f"{part:g}" if part < 10**6 else f"{part:.0f}"
            for part in (self.low, self.high)
            if part is not None
        ]
        span = "-".join(dict.fromkeys(parts))
        return " ".join(part for part in (self.relation, span, self.unit) if part)


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of a text in reading order, each once under its most exact kind."""
    searched = plain(text)
    found: list[Quantity] = []
    readers: tuple[Callable[[str], Iterator[Quantity]], ...] = (
        _money, _percents, _periods, _masses, _codes, _counts
    )  # fmt: skip
    for reader in readers:
        for item in reader(searched):
            if not any(item.start < other.end and other.start < item.end for other in found):
                found.append(_bounded(searched, item))
    return sorted(found, key=lambda item: item.start)


def same_quantity(claimed: Quantity, official: Quantity) -> bool | None:
    """Whether two quantities of one kind are equal; None where they cannot be compared."""
    if claimed.kind != official.kind:
        return None
    mine, real = _base(claimed), _base(official)
    if mine.unit != real.unit:
        return False if {mine.unit, real.unit} == {"day", "working day"} else None
    if _opposed(mine, real):
        return False
    ends = ((mine.low, real.low), (mine.high, real.high))
    if any(one is not None and other is not None and one != other for one, other in ends):
        inside = claimed.low == claimed.high and _within(mine, real)
        return None if inside else False
    told = claimed.relation is not None and official.relation is not None
    return not told or claimed.relation == official.relation


def _opposed(mine: Quantity, real: Quantity) -> bool:
    """At least against at most."""
    return (mine.low is None and real.high is None) or (mine.high is None and real.low is None)


def _within(mine: Quantity, real: Quantity) -> bool:
    low, high = real.low, real.high
    one = mine.low
    return low is not None and high is not None and one is not None and low < one < high


def _base(item: Quantity) -> Quantity:
    """Years in months and weeks in days, so that 24 months are two years."""
    unit, factor = {"year": ("month", 12), "week": ("day", 7)}.get(item.unit, (item.unit, 1))
    if item.kind != "period" or factor == 1:
        return item
    low = None if item.low is None else item.low * factor
    high = None if item.high is None else item.high * factor
    return replace(item, unit=unit, low=low, high=high)


def _bounded(searched: str, item: Quantity) -> Quantity:
    """A single number behind ``up to`` is an upper end only."""
    before = searched[max(0, item.start - 70) : item.start]
    if item.low != item.high:
        return item
    if _MAX.search(before):
        return replace(item, low=None)
    return replace(item, high=None) if _MIN.search(before) else item


def _value(number: str, scale: str = "") -> float | None:
    number = number.strip()
    if number in _WORDS:
        value: float | None = _WORDS[number]
    else:
        value = parse_chinese_number(number)
    return None if value is None else value * _SCALES.get(scale.strip(), 1)


def _money(searched: str) -> Iterator[Quantity]:
    for match in _MONEY.finditer(searched):
        if not (match["sign"] or match["tail"] or _SIGN_INSIDE.search(match[0])):
            continue
        lowscale = match["lowscale"] or (match["highscale"] or "" if _small(match) else "")
        low = _value(match["low"], lowscale)
        high = _value(match["high"], match["highscale"]) if match["high"] else low
        yield Quantity(
            kind="money", unit="yuan", low=low, high=high, start=match.start(), end=match.end()
        )
    for match in _CHINESE_MONEY.finditer(searched):
        one = match["one"] or match["low"]
        high = _value(match["high"] or one)
        low = _value(_with_scale(one, match["high"] or ""))
        if low is not None:
            yield Quantity(
                kind="money", unit="yuan", low=low, high=high, start=match.start(), end=match.end()
            )


_SIGN_INSIDE = re.compile(_SIGN)


def _small(match: re.Match[str]) -> bool:
    """In 1 to 5 million the scale holds for both."""
    return bool(match["high"]) and "," not in match["low"]


def _with_scale(low: str, high: str) -> str:
    """In 5至50万元 the scale holds for both."""
    if high.endswith("万") and not low.endswith(("万", "千", "亿")) and len(low) <= 3:
        return low + "万"
    return low


def _periods(searched: str) -> Iterator[Quantity]:
    for match in _PERIOD.finditer(searched):
        before, after = (
            searched[max(0, match.start() - 24) : match.start()],
            searched[match.end() :],
        )
        yield _period(match, _english_relation(before, after))
    for match in _CHINESE_PERIOD.finditer(searched):
        before, after = searched[max(0, match.start() - 6) : match.start()], searched[match.end() :]
        yield _period(match, _chinese_relation(before, after))


def _period(match: re.Match[str], relation: Relation | None) -> Quantity:
    unit = _UNITS[match["unit"]]
    value = _value(match["n"])
    return Quantity(
        kind="period", unit=f"working {unit}" if match["work"] else unit, low=value, high=value,
        relation=relation, start=match.start(), end=match.end(),
    )  # fmt: skip


def _english_relation(before: str, after: str) -> Relation | None:
    if _EACH.search(before):
        return "each"
    if _AHEAD.match(after):
        return "before"
    if _WITHIN.search(before):
        return "within"
    return (
        "after"
        if _LATER.match(after) and after.lstrip().startswith(("after", "following"))
        else None
    )


def _chinese_relation(before: str, after: str) -> Relation | None:
    if _EACH.search(before):
        return "each"
    if _EARLY.search(before) or _AHEAD.match(after):
        return "before"
    if _IN.match(after):
        return "within"
    return "after" if _LATER.match(after) else None


def _percents(searched: str) -> Iterator[Quantity]:
    for match in _PERCENT.finditer(searched):
        value = _value(match["n"] or match["han"])
        yield Quantity(
            kind="percent", unit="%", low=value, high=value, start=match.start(), end=match.end()
        )


def _masses(searched: str) -> Iterator[Quantity]:
    for match in _MASS.finditer(searched):
        value = _value(match["n"], match["scale"]) if match["n"] else _value(match["han"])
        if value is not None:
            yield Quantity(
                kind="mass", unit="t", low=value, high=value, start=match.start(), end=match.end()
            )


def _codes(searched: str) -> Iterator[Quantity]:
    for match in _CODE.finditer(searched):
        value = float(match[0])
        yield Quantity(
            kind="code", unit="", low=value, high=value, start=match.start(), end=match.end()
        )


def _counts(searched: str) -> Iterator[Quantity]:
    for match in _COUNT.finditer(searched):
        if match["noun"] not in _NO_NOUN and not re.fullmatch(r"(?:19|20)\d\d", match["n"]):
            yield _count(match, match["noun"])
    for match in _CHINESE_COUNT.finditer(searched):
        yield _count(match, match["noun"])


def _count(match: re.Match[str], noun: str) -> Quantity:
    value = _value(match["n"])
    unit = _NOUNS.get(noun) or noun.removesuffix("s")
    return Quantity(
        kind="count", unit=unit, low=value, high=value, start=match.start(), end=match.end()
    )
