"""Dates as they are printed on Chinese pages and built into addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple

from config.time_zone import BEIJING
from crawler.extract.dom import split_address
from domain.text.numerals import parse_chinese_number

# What is printed for 〇 in dates: 二○二六年, 二OO六年
_ZEROS = str.maketrans(dict.fromkeys("零○ＯOo0◯０", "〇"))
_CN_YEAR = "[〇零○Ｏ◯0O一二三四五六七八九]{4}"
_CN_NUM = "[一二三四五六七八九十〇○零]{1,3}"
_YEAR = r"(?:19|20)\d{2}"
_SEP = r"\s{0,9}[-/.．－–—\u2010\u2011]\s{0,9}"

_YMD = re.compile(
    rf"(?<!\d)(?P<y>{_YEAR})(?:\s{{0,9}}年\s{{0,9}}|{_SEP})(?P<m>\d{{1,2}})(?:\s{{0,9}}月\s{{0,9}}|{_SEP})"
    r"(?P<d>\d{1,2})(?!\d)(?:\s{0,9}日)?"
)
_CN = re.compile(
    rf"(?P<y>{_CN_YEAR})\s{{0,9}}年\s{{0,9}}(?P<m>{_CN_NUM})\s{{0,9}}月\s{{0,9}}(?P<d>{_CN_NUM})\s{{0,9}}日"
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_ENGLISH_HINT = re.compile(_MONTH, re.I)
_ENGLISH = re.compile(
    rf"(?<!\d)(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s{{1,9}}(?P<m1>{_MONTH})\.?,?\s{{1,9}}(?P<y1>{_YEAR})"
    rf"|(?P<m2>{_MONTH})\.?\s{{1,9}}(?P<d2>\d{{1,2}}),\s{{0,9}}(?P<y2>{_YEAR})",
    re.I,
)
_DAY_FIRST = re.compile(
    rf"(?<![\d.:年月/-])(?P<d>\d{{1,2}})\s{{0,9}}[日/]?\s{{1,9}}(?P<y>{_YEAR})(?:\s{{0,9}}年\s{{0,9}}|{_SEP})"
    r"(?P<m>\d{1,2})(?!\d)(?:\s{0,9}月)?(?!\s{0,9}[-/.]?\s{0,9}\d)"
)
_YEAR_APART = re.compile(
    rf"(?<![\d.-])(?P<y>{_YEAR})\s{{0,9}}年?\s{{1,9}}(?P<m>\d{{1,2}})(?:\s{{0,9}}月\s{{0,9}}|{_SEP})(?P<d>\d{{1,2}})(?!\d)"
)
_MONTH_FIRST = re.compile(
    rf"(?<![\d.年/-])(?P<m>\d{{1,2}})(?:\s{{0,9}}月\s{{0,9}}|{_SEP})(?P<d>\d{{1,2}})\s{{0,9}}日?\s{{1,9}}(?P<y>{_YEAR})"
    r"(?![\d年]|\s{0,9}[-/.]\d)"
)
_COMPACT = re.compile(r"(?<!\d)(?P<y>20\d{2})(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)")
_MD = re.compile(
    rf"(?<![\d.])(?P<m>\d{{1,2}})(?:\s{{0,9}}月\s{{0,9}}|{_SEP})(?P<d>\d{{1,2}})(?!\d)(?:\s{{0,9}}日)?"
)

_URL_DAY = (
    re.compile(r"/t(20\d{2})(\d{2})(\d{2})_\d+(?:_\d+)?\.s?html?$"),
    re.compile(r"/(20\d{2})/(\d{1,2})/(\d{1,2})/[^/]+$"),
    re.compile(r"/(20\d{2})(\d{2})(\d{2})/[0-9a-fA-F]{16,}\.s?html?$"),
    re.compile(r"/(20\d{2})(\d{2})(\d{2})\d{6,}(?:/index)?\.s?html?$"),
    re.compile(r"/(20\d{2})(\d{2})(\d{2})\d{6,}/(?:index\.s?html?)?$"),
    re.compile(r"/(20\d{2})-(\d{2})-?/?(\d{2})/[^/]+$"),
    re.compile(r"/(20\d{2})[-/]?(\d{2})[-/]?(\d{2})/[^/]*\d[^/]*\.(?:s?html?|jsp|aspx?|php)$"),
    re.compile(r"/[a-z_]*(20\d{2})(\d{2})(\d{2})[_-]\w+\.s?html?$", re.I),
)
_URL_MONTH = (
    re.compile(r"/(20\d{2})(\d{2})/[^/]+$"),
    re.compile(r"/(20\d{2})[-/](\d{1,2})/[^/]+$"),
)
_URL_YEAR = re.compile(r"/(20\d{2})/(?:art_|content|[^/]*\d)")
_SOLE = re.compile(
    r"[\s\[\]()（）【】〔〕<>《》:：|·•\-—]*(?:(?:发布|发文|公开|公布|更新|成文|生成|信息)?(?:日期|时间)[:：\s]*)?"
)


class PrintedDate(NamedTuple):
    """A date and the stretch of the text that prints it."""

    day: date
    start: int
    end: int


def make_date(year: int, month: int, day: int) -> date | None:
    """A date of this country's official pages (1949 to 2100), None for any other."""
    try:
        made = date(year, month, day)
    except ValueError:
        return None
    return made if 1949 <= year <= 2100 else None


def find_dates(text: str) -> Iterator[PrintedDate]:
    """Full dates in a text, from left to right."""
    hits: list[PrintedDate] = []
    for match in _YMD.finditer(text):
        if day := make_date(int(match["y"]), int(match["m"]), int(match["d"])):
            hits.append(PrintedDate(day, match.start(), match.end()))
    if "月" in text:
        for match in _CN.finditer(text):
            if day := _chinese(match):
                hits.append(PrintedDate(day, match.start(), match.end()))
    if _ENGLISH_HINT.search(text):
        for match in _ENGLISH.finditer(text):
            month = _MONTHS[(match["m1"] or match["m2"])[:3].lower()]
            if day := make_date(
                int(match["y1"] or match["y2"]), month, int(match["d1"] or match["d2"])
            ):
                hits.append(PrintedDate(day, match.start(), match.end()))
    yield from sorted(hits, key=lambda hit: hit.start)


def first_date(text: str) -> date | None:
    return next((hit.day for hit in find_dates(text)), None)


def stamped_day(value: object) -> date | None:
    """The Beijing day of ``2026-09-23 10:54``, ``2026.09.23`` or an epoch in seconds or ms."""
    text = str(value).strip()
    if re.fullmatch(r"\d{10}|\d{13}", text):
        seconds = int(text) / (1000 if len(text) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC).astimezone(BEIJING).date()
    return first_date(text)


def row_date(text: str, url: str = "") -> date | None:
    """The date of a list row from its text outside the title.

    Also reads what stands only in lists: day and year-month in two elements, month-day whose
    year is in the address, eight digits.
    """
    if not any(char.isdigit() for char in text):
        return None
    if day := first_date(text):
        return day
    for pattern in (_DAY_FIRST, _YEAR_APART, _MONTH_FIRST, _COMPACT):
        for match in pattern.finditer(text):
            if day := make_date(int(match["y"]), int(match["m"]), int(match["d"])):
                return day
    return _month_day(text, url)


def _month_day(text: str, url: str) -> date | None:
    year = _url_year(url)
    if year is None:
        return None
    for match in _MD.finditer(text):
        if day := make_date(year, int(match["m"]), int(match["d"])):
            from_url = url_date(url)
            if from_url and abs((day - from_url).days) > 200:
                return make_date(year + (1 if day < from_url else -1), day.month, day.day)
            return day
    return None


def day_in_year(text: str, year: int) -> date | None:
    """A month and day printed without a year, in the given year."""
    days = (make_date(year, int(match["m"]), int(match["d"])) for match in _MD.finditer(text))
    return next((day for day in days if day), None)


def recent_month_day(text: str, today: date) -> date | None:
    """A month and day without any year as the latest such day up to today."""
    for match in _MD.finditer(text):
        for year in range(today.year, today.year - 5, -1):
            day = make_date(year, int(match["m"]), int(match["d"]))
            if day and (day - today).days <= 2:
                return day
    return None


def has_month_day(text: str) -> bool:
    return any(make_date(2024, int(m["m"]), int(m["d"])) for m in _MD.finditer(text))


def is_date_only(text: str) -> date | None:
    """The date if the text is nothing but one date with its brackets or its label."""
    stripped = text.strip()
    if not stripped or len(stripped) > 40:
        return None
    for hit in find_dates(stripped):
        before, after = stripped[: hit.start], stripped[hit.end :]
        tail = re.sub(r"\s{0,9}\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\.\d+)?", "", after)
        if _SOLE.fullmatch(before) and re.fullmatch(r"[\s\])）】〕>》|。.]*", tail):
            return hit.day
    return None


def url_date(url: str) -> date | None:
    """The day an address carries (``/t20260911_1.html``, ``/2026/9/11/art_1_2.html`` …)."""
    path = split_address(url).path
    for pattern in _URL_DAY:
        if match := pattern.search(path):
            day = make_date(int(match[1]), int(match[2]), int(match[3]))
            if day:
                return day
    return None


def url_month(url: str) -> tuple[int, int] | None:
    """Year and month of an address; the day may be missing."""
    if day := url_date(url):
        return day.year, day.month
    path = split_address(url).path
    for pattern in _URL_MONTH:
        if (match := pattern.search(path)) and 1 <= int(match[2]) <= 12:
            return int(match[1]), int(match[2])
    return None


def _url_year(url: str) -> int | None:
    if month := url_month(url):
        return month[0]
    match = _URL_YEAR.search(split_address(url).path)
    return int(match[1]) if match else None


def _chinese(match: re.Match[str]) -> date | None:
    return make_date(*(chinese_number(match[part]) for part in ("y", "m", "d")))


def chinese_number(text: str) -> int:
    """A day, month or year in Chinese numerals, whatever stands for its zeros; 0 if it is none."""
    return int(parse_chinese_number(text.translate(_ZEROS)) or 0)
