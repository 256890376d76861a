"""Calendar dates in official texts, and the facts that are dates: effect, expiry, comments."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from classifier.facts.sentences import FactPassage
from domain.text.numerals import parse_chinese_number

_CN = "一二三四五六七八九十"
_YEAR = r"(?:(?:19|20)\d{2}|[一二][〇零0]?[〇零0一二三四五六七八九]{2,3})"
_MONTH = rf"(?:1[0-2]|0?[1-9]|十[一二]?|[{_CN}])"
_DAY = (
    rf"(?:3[01]|[12]\d|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[{_CN}])"
)
_QUARTER = r"第?[一二三四1-4]季度"
_HALF = r"[上下]半年"

# e.g. 2026年4月27日, 2026-04-27, 每年3月底, 今年第三季度末, 下月15日, 年底
DATE = (
    rf"(?:(?:(?P<y>{_YEAR})年(?:度)?|(?P<rel>本年度?|今年|明年|当年|次年|翌年|每年度?)的?)?"
    rf"(?P<m>{_MONTH})月(?:份)?(?:(?P<d>{_DAY})[日号]|(?P<me>底|末|月底))"
    rf"|(?P<y2>(?:19|20)\d{{2}})(?P<sep>[-/.])(?P<m2>1[0-2]|0?[1-9])(?P=sep)(?P<d2>3[01]|[12]\d|0?[1-9])(?!\d)"
    rf"|(?:(?P<y3>{_YEAR})年|(?P<rel3>本年度?|今年|明年|当年|次年|翌年|每年)的?)"
    rf"(?:(?P<q>{_QUARTER})(?:末|底|结束)?|(?P<h>{_HALF})(?:末|底|结束)?|(?P<ye>年?底|年?末|年终))"
    rf"|(?P<rm>本月|下月|下个月)(?:(?P<d4>{_DAY})[日号]|底|末)"
    rf"|(?<![一二三四五六七八九十\d])(?P<bare>年底))"
)
_CLOCK = (
    r"(?:（[^（）]{0,12}）)?"
    r" ?(?P<clock>(?:上午|下午|晚上?|中午|凌晨)?"
    r"(?:(?P<hour>\d{1,2}|零|[一二三四五六七八九十]{1,3})(?:时|点)"
    r"(?:整|(?P<minute>\d{1,2})分)?|(?P<hour2>\d{1,2})[:：](?P<minute2>\d{2})))?"
)
_DATE = re.compile(DATE + _CLOCK)
# e.g. 至9月30日
_RANGE_END = re.compile(
    rf"(?:（[^（）]{{0,12}}）)?(?:起|开始)?[，,]?(?:至|到|-{{1,2}}|截至)"
    rf"(?:(?:(?P<y>{_YEAR})年|(?P<rel>次年|翌年|当年|同年))?(?P<m>{_MONTH})月)?(?:(?P<d>{_DAY})[日号]|(?P<me>底|末))"
)
# e.g. 至2026-09-30
_RANGE_END_ISO = re.compile(
    r"(?:至|到|-{1,2})(?P<y>(?:19|20)\d{2})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})(?!\d)"
)
# e.g. 2026年4月
_ANY_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?=年\d{1,2}月|-\d\d-|/\d\d?/|\.\d\d?\.\d)")
_NUMBER_YEAR = re.compile(r"[〔\[【](20[0-4]\d)[〕\]】]")
# e.g. 2026年4月27日
_SIGNED = re.compile(rf"(?P<y>{_YEAR})年(?P<m>{_MONTH})月(?P<d>{_DAY})日")
# The words that make the date before them a last day.
DATE_BEFORE = re.compile(
    r"^(?:[，,]?（[^（）]{0,14}）)?(?:下班|中午|晚上|当天|日终|零时)?"
    r"(?:以前|之前|前|止(?!付)|截止|截至|终了前|为止)"
)
_MIDNIGHT_HOURS = frozenset({0})


@dataclass(frozen=True, slots=True)
class DatedSpan:
    """A date in a passage. ``day`` is None when the text leaves the year open and nothing
    around it settles it; ``yearly`` when the text says each year."""

    start: int
    end: int
    day: date | None
    yearly: bool
    month: int
    day_of_month: int
    midnight: bool = False  # the clock says 0:00: the day itself is not included
    since: date | None = None  # the start, if this is the end of a range
    has_day: bool = True
    year_stated: bool = True
    ranged: bool = False  # the end of a range, also where the start has no year


def _int(text: str) -> int:
    value = parse_chinese_number(text)
    return int(value) if value is not None else 0


def last_day(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def make_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    year = min(max(year, 1), 9999)
    return date(year, month + 1, min(day.day, last_day(year, month + 1)))


@dataclass(frozen=True, slots=True)
class YearContext:
    """What settles the year of a date written without one: the publication date first."""

    published: date | None = None
    text_year: int | None = None

    @classmethod
    def of(cls, published: date | None, texts: Sequence[str]) -> YearContext:
        if published is not None:
            return cls(published=published)
        numbered = [int(m[1]) for text in texts for m in _NUMBER_YEAR.finditer(text[:2000])]
        signed = [m for text in texts if (m := _SIGNED.fullmatch(text.strip("，。 ")))]
        written = Counter(int(m[1]) for text in texts for m in _ANY_YEAR.finditer(text[:20_000]))
        if signed:
            year: int | None = _int(signed[-1]["y"])
        elif numbered:
            year = max(numbered)
        else:
            year = written.most_common(1)[0][0] if written else None
        return cls(text_year=year)

    def year_for(self, month: int, day: int, near: date | None) -> int | None:
        """``near`` is the last full date written before this one in the same passage."""
        if self.published is not None and (near is None or near.year <= self.published.year):
            year = self.published.year
            this = make_date(year, month, min(day, last_day(year, month)))
            follows = near is not None and this is not None and near.year == year and near < this
            late = this is not None and (self.published - this).days > 60
            return year + 1 if late and not follows else year
        return near.year if near is not None else self.text_year


def signed_day(passages: Sequence[FactPassage]) -> date | None:
    """The first date that stands alone, where the issuer signs (of a notice that carries an
    act, above the act); None if none does."""
    for passage in passages:
        if match := _SIGNED.fullmatch(passage.text.strip("，。 （）")):
            return make_date(_int(match["y"]), _int(match["m"]), _int(match["d"]))
    return None


def find_dates(passage: FactPassage, years: YearContext) -> list[DatedSpan]:
    """All dates of a passage in order; of a range, the end with its start in ``since``."""
    text = passage.text
    found: list[DatedSpan] = []
    near: date | None = None
    position = 0
    while match := _DATE.search(text, position):
        position = match.end()
        item = _read(match, years, near)
        if item is None:
            continue
        if item.day is not None and not item.yearly and _states_year(match):
            near = item.day
        if _shares_each_year(text, found, item, match):
            item = replace(item, day=None, yearly=True)
        tail = _range_tail(text, match, item)
        if tail is not None:
            position = tail.end
            found.append(tail)
        else:
            found.append(item)
    return found


def _shares_each_year(
    text: str, found: list[DatedSpan], item: DatedSpan, match: re.Match[str]
) -> bool:
    """每年6月30日、12月31日前: the word before the first date covers the second."""
    if not found or not found[-1].yearly or _states_year(match):
        return False
    return bool(re.fullmatch(r"[、和及与或]{1,2}", text[found[-1].end : item.start]))


def _states_year(match: re.Match[str]) -> bool:
    return any(match[name] for name in ("y", "y2", "y3"))


def _this_month(match: re.Match[str], years: YearContext) -> DatedSpan | None:
    """本月底, 下月15日: counted from the day of publication."""
    if years.published is None:
        return None
    first = add_months(years.published.replace(day=1), 0 if match["rm"] == "本月" else 1)
    day = _int(match["d4"]) if match["d4"] else last_day(first.year, first.month)
    value = make_date(first.year, first.month, day)
    if value is None:
        return None
    return DatedSpan(match.start(), match.end(), value, False, first.month, day)


def _read(match: re.Match[str], years: YearContext, near: date | None) -> DatedSpan | None:
    if match["rm"]:
        return _this_month(match, years)
    relative = match["rel"] or match["rel3"] or ("本年" if match["bare"] else "")
    month, day, has_day = _month_day(match)
    written = match["y"] or match["y2"] or match["y3"]
    yearly = relative.startswith("每年") or relative in ("次年", "翌年")
    year = _year_of(written, relative, years, near, month, day or 28)
    if day == 0:  # a month's end
        day = last_day(year if year and not yearly else 2025, month)
    hour = match["hour"] or match["hour2"]
    midnight = hour is not None and _int(hour) in _MIDNIGHT_HOURS
    midnight = midnight and not (_int(match["minute"] or match["minute2"] or "0"))
    value = make_date(year, month, day) if year and not yearly else None
    if value is None and year and not yearly:
        return None
    return DatedSpan(
        match.start(),
        match.end(),
        value,
        yearly,
        month,
        day,
        midnight,
        has_day=has_day,
        year_stated=bool(written or relative),
    )


def _month_day(match: re.Match[str]) -> tuple[int, int, bool]:
    if match["m"]:
        return _int(match["m"]), _int(match["d"]) if match["d"] else 0, bool(match["d"])
    if match["m2"]:
        return int(match["m2"]), int(match["d2"]), True
    if match["q"]:
        digit = match["q"].strip("第季度")
        return 3 * _int(digit), 0, False
    if match["h"]:
        return (6 if match["h"][0] == "上" else 12), 0, False
    return 12, 31, False


def _year_of(
    written: str | None, relative: str, years: YearContext, near: date | None, month: int, day: int
) -> int | None:
    if written:
        return _int(written)
    published = years.published
    if relative in ("本年", "本年度", "今年", "当年"):
        return published.year if published else years.text_year
    if relative == "明年":
        return published.year + 1 if published else None
    return years.year_for(month, day, near)


def _range_tail(text: str, match: re.Match[str], first: DatedSpan) -> DatedSpan | None:
    tail = _RANGE_END_ISO.match(text, match.end())
    if tail:
        day = make_date(int(tail["y"]), int(tail["m"]), int(tail["d"]))
        return (
            DatedSpan(match.start(), tail.end(), day, False, 0, 0, since=first.day, ranged=True)
            if day
            else None
        )
    tail = _RANGE_END.match(text, match.end())
    if tail is None or (not tail["m"] and not first.has_day):
        return None
    month = _int(tail["m"]) if tail["m"] else first.month
    year = _int(tail["y"]) if tail["y"] else (first.day.year if first.day else None)
    if year and not tail["y"] and (tail["rel"] in ("次年", "翌年") or month < first.month):
        year += 1
    dom = _int(tail["d"]) if tail["d"] else last_day(year or 2025, month)
    value = make_date(year, month, dom) if year and not first.yearly else None
    clock = re.compile(_CLOCK).match(text, tail.end())
    end = clock.end() if clock else tail.end()
    hour = clock["hour"] or clock["hour2"] if clock else None
    return DatedSpan(
        match.start(),
        end,
        value,
        first.yearly,
        month,
        dom,
        midnight=hour is not None and _int(hour) == 0,
        since=first.day,
        ranged=True,
    )
