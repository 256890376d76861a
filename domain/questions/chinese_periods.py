"""Chinese words for a time of publication: 今年, 最近30天, 7月以来, 2026年第三季度."""

from __future__ import annotations

import re
from datetime import date, timedelta

from domain.questions.named_days import YEAR, Span, back, half, months_back, quarter, this_or_last
from domain.questions.named_days import whole as whole_days

_DIGITS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
           "十": 10, "1": 1, "2": 2, "3": 3, "4": 4}  # fmt: skip
_CALENDAR_WORDS = {
    "今年": "this year", "本周": "this week", "这周": "this week", "上周": "last week",
    "本月": "this month", "这个月": "this month", "上个月": "last month", "上月": "last month",
    "去年": "last year",
}  # fmt: skip
# 2026年7月1日, 2026年7月, 7月1日, 7月, 2026年, 2026-07-01
_DAY = (
    rf"(?:{YEAR}年(?:\d{{1,2}}月(?:\d{{1,2}}[日号])?)?|(?<!\d)\d{{1,2}}月(?:\d{{1,2}}[日号])?"
    rf"|{YEAR}-\d\d-\d\d)"
)
_PUBLISHING = re.compile(r"发布|出台|印发|公布|通知|公告|文件|新规|政策|征求意见")
# 2026年3月至6月, 2026年3月1日到6月30日
_BETWEEN = re.compile(rf"(?:从|自)?(?P<first>{_DAY})(?:至|到|—|-)(?P<last>{_DAY})(?:期间|之间)?")
# 2026年第三季度发布
_QUARTER = re.compile(
    rf"(?P<year>{YEAR})年第?(?P<number>[一二三四1-4])季度(?=发布|出台|印发|公布|以来|有哪些|的新)"
)
# 2026年上半年, 今年下半年
_HALF = re.compile(rf"(?P<year>{YEAR}年|今年)(?P<half>[上下])半年")
# 7月以来, 2026年5月1日之后, 自2026年4月起; not 自2026年4月1日起施行
_FROM = re.compile(
    rf"(?:自|从)?(?P<day>{_DAY})(?P<how>以来|之后|以后|起至今|至今|起|后)(?!施行|实施|执行|生效|至|续|的?\d)"
)
# 2026年之前发布
_TO = re.compile(rf"(?P<day>{_DAY})(?P<how>之前|以前|前)")
# 最近30天, 近三个月, 过去半年
_LATELY = re.compile(
    r"(?:最近|近|过去)(?P<count>\d{1,3}|[一两二三四五六七八九十半])(?P<unit>天|日|周|个?星期|个月|年)"
    r"(?:以?内|来)?"
)
_CALENDAR = re.compile(rf"(?P<words>{'|'.join(_CALENDAR_WORDS)})(?:以来)?(?!度)")
# 2026年发布的, 2026年7月出台, 2026年有哪些
_WITHIN = re.compile(
    rf"(?P<day>{YEAR}年(?:\d{{1,2}}月(?:\d{{1,2}}[日号])?)?)(?:期间|内|里|间)?"
    r"(?=[\s,，?？]|$|发布|出台|印发|公布|有哪些|有什么|新出|新增"
    r"|[\u4e00-\u9fff]{1,10}(?:发布|出台|印发|公布|新规)|的(?:暂行|试行)?(?:规定|指引|指南|细则|方案)|的(?:新|通知|公告|文件|规定|政策|征求|办法)"
    r"|征求意见|[\u4e00-\u9fff]{2,12}(?:暂行要求|暂行规定|管理规定|建设指南))"
)
# 2019版网点建设指南
_EDITION = re.compile(rf"(?P<day>{YEAR})年?版")


def _between(match: re.Match[str], today: date, _text: str) -> Span | None:
    first, last = whole_days(match["first"], today), _last(match, today)
    if first is None or last is None or first[0] > last[1]:
        return None
    return first[0], last[1]


def _last(match: re.Match[str], today: date) -> tuple[date, date] | None:
    year = re.match(rf"{YEAR}年", match["first"])
    bare = not re.match(YEAR, match["last"])
    return whole_days(year[0] + match["last"] if year and bare else match["last"], today)


def _quarter(match: re.Match[str], _today: date, _text: str) -> Span | None:
    return quarter(int(match["year"]), _DIGITS[match["number"]])


def _half(match: re.Match[str], today: date, _text: str) -> Span | None:
    year = today.year if match["year"] == "今年" else int(match["year"][:4])
    return half(year, first=match["half"] == "上")


def _from(match: re.Match[str], today: date, text: str) -> Span | None:
    days = whole_days(match["day"], today)
    if days is None or days[0] > today:
        return None
    if match["how"] in ("起", "后") and not _PUBLISHING.search(text):
        return None
    after = match["how"] in ("之后", "以后", "后")
    of_a_year = "月" not in match["day"]  # 7月以后 begins with July, 2025年以后 with 2026
    later = after and of_a_year and days[0] != days[1]
    return (days[1] + timedelta(days=1) if later else days[0]), None


def _to(match: re.Match[str], today: date, text: str) -> Span | None:
    days = whole_days(match["day"], today)
    if days is None or not re.match(YEAR, match["day"]) or not _PUBLISHING.search(text):
        return None
    return None, (days[0] - timedelta(days=1) if days[0] != days[1] else days[1])


def _lately(match: re.Match[str], today: date, _text: str) -> Span | None:
    count, unit = match["count"], match["unit"]
    if count == "半":
        return (months_back(today, 6), None) if unit == "年" else None
    number = int(count) if count.isdigit() else _DIGITS[count]
    return back(today, number, unit), None


def _calendar(match: re.Match[str], today: date, text: str) -> Span | None:
    """今年 is a time to look in; 上月运输量 is one only where acts are published."""
    if match["words"] not in ("今年", "本月", "本周") and not _PUBLISHING.search(text):
        return None
    since, until = this_or_last(_CALENDAR_WORDS[match["words"]], today)
    return since, None if match[0].endswith("以来") else until


def _within(match: re.Match[str], today: date, _text: str) -> Span | None:
    days = whole_days(match["day"], today)
    return None if days is None or days[0] > today else days


def _edition(match: re.Match[str], today: date, _text: str) -> Span | None:
    days = whole_days(f"{match['day']}年", today)
    return None if days is None or days[0] > today else days


READERS = (
    (_HALF, _half),
    (_QUARTER, _quarter),
    (_BETWEEN, _between),
    (_LATELY, _lately),
    (_FROM, _from),
    (_TO, _to),
    (_WITHIN, _within),
    (_EDITION, _edition),
    (_CALENDAR, _calendar),
)
