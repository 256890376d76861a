"""English words for a time of publication: since July, in 2026, the last 30 days, Q3 2026."""

from __future__ import annotations

import re
from datetime import date, timedelta

from domain.questions.named_days import (
    MONTH,
    MONTHS,
    YEAR,
    Span,
    back,
    half,
    quarter,
    this_or_last,
    whole,
)

_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
# 1 May 2026, 1st of May 2026, May 1 2026, May 1, 2026, May 2026, May, 2026-05-01, 2026-05, 2026
_DAY = (
    rf"(?:{YEAR}-\d\d-\d\d|{YEAR}-\d\d|(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? )?"
    rf"(?:{MONTH})\b\.?(?: \d{{1,2}}(?:st|nd|rd|th)?(?!\d))?(?:,? {YEAR})?|{YEAR})"
)
_ENDS = r"(?![\w-])(?! (?:edition|version|measures|conditions|provisions))"
# Words that make a day one of publication.
_PUBLISHING = re.compile(
    r"\b(?:publish|issue|release|notice|news|announce|came out|come out|adopt|document|act\b|acts"
    r"|rules|drafts|consultation)"
)
# from March to June 2026, between 1 May and 30 June 2026
_BETWEEN = re.compile(
    rf"\b(?:from|between) (?P<first>{_DAY}) (?:to|and|until|till|through) (?P<last>{_DAY}){_ENDS}"
)
# Q3 2026, the third quarter of 2026
_QUARTER = re.compile(
    rf"(?:\bin )?\b(?:q(?P<q>[1-4]),? |(?:the )?(?P<ordinal>first|second|third|fourth) quarter"
    rf" (?:of )?)(?P<year>{YEAR})\b"
)
# the first half of 2026, the second half of this year
_HALF = re.compile(
    rf"(?:\bin )?\b(?:the )?(?P<half>first|second) half (?:of )?(?P<year>{YEAR}|this year)\b"
)
# since July, after 1 May 2026, from 1 March 2026 on
_FROM = re.compile(
    r"\b(?P<how>since|after|starting(?: in| from)?|later than|from)"
    rf" (?:the (?:beginning|start) of |early )?(?P<day>{_DAY})"
    rf"(?: onwards?\b| on(?=\s*[?,.;]|$))?{_ENDS}"
)
# before 2026, until June 2026, up to 1 May 2026
_TO = re.compile(
    rf"\b(?P<how>before|until|till|up to|prior to|earlier than) (?P<day>{_DAY}){_ENDS}"
)
# in the last 30 days, the past three months, over the past year
_LATELY = re.compile(
    r"\b(?:(?:in|over|during|within|from) )?(?:the )?(?:last|past|previous)"
    rf" (?:(?P<count>\d{{1,3}}|{'|'.join(_NUMBERS)}|few|couple of) )?"
    r"(?P<unit>days?|weeks?|months?|years?)\b"
)
# this year, last month; since last month
_CALENDAR = re.compile(r"\b(?:since )?(?P<words>(?:this|last) (?:week|month|year))\b(?!')")
# in 2026, in July 2026, on 4 September 2026
_WITHIN = re.compile(rf"\b(?:in|during|throughout|on) (?P<day>{_DAY}){_ENDS}")
# the 2019 traceability rule
_YEAR_OF_AN_ACT = re.compile(
    rf"(?<![-/] )(?<!by )(?<!until )(?<!no )(?<!from )\b(?P<day>{YEAR})(?= (?:[a-z-]+ ){{0,3}}"
    r"(?:rules?|requirements?|guide|guidelines|draft|regulations?|joint inspection|campaign"
    r"|catalogue|list|policy|policies)\b)"
)
# draft traceability measures of 2025, the notice of 2019
_OF_YEAR = re.compile(
    rf"\b(?:measures|draft|drafts|guide|notice|notices|provisions|requirements|policy|decision)"
    rf" of (?P<day>{YEAR})\b(?![-/])"
)
# black mass import limits 2026
_YEAR_AT_THE_END = re.compile(
    r"(?<=[a-z] )"
    + "".join(f"(?<!{word} )" for word in ("of", "by", "until", "from", "no", "for", *MONTHS))
    + rf"(?P<day>{YEAR})\s*\??$"
)

# September 2026 notices; not by September 2026
_MONTH_OF_YEAR = re.compile(
    rf"(?<!by )(?<!\d )(?<!th )(?<!st )(?<!nd )(?<!rd )(?<!of )\b(?P<day>(?:{MONTH})\b\.? {YEAR})\b"
)
# 2026 drafts
_YEARS_ACTS = re.compile(
    rf"\b(?P<day>{YEAR})(?= (?:drafts|notices|rules|consultations|announcements|documents|news)\b)"
)


def _between(match: re.Match[str], today: date, _text: str) -> Span | None:
    last = whole(match["last"], today)
    if last is None:
        return None
    dated = re.search(YEAR, match["first"])
    first = whole(match["first"] if dated else f"{match['first']} {last[1].year}", today)
    if first is None or first[0] > last[1]:
        return None
    return first[0], last[1]


def _quarter(match: re.Match[str], _today: date, _text: str) -> Span | None:
    number = int(match["q"]) if match["q"] else _ORDINALS[match["ordinal"]]
    return quarter(int(match["year"]), number)


def _half(match: re.Match[str], today: date, _text: str) -> Span | None:
    year = int(match["year"]) if match["year"].isdigit() else today.year
    return half(year, first=match["half"] == "first")


def _from(match: re.Match[str], today: date, text: str) -> Span | None:
    days = whole(match["day"], today)
    if days is None or days[0] > today:
        return None
    if match["how"] in ("from", "after") and not _is_dated(match["day"], text):
        return None
    stretch = days[0] != days[1]
    if match["how"] in ("after", "later than") and stretch:
        return days[1] + timedelta(days=1), None
    return days[0], None


def _is_dated(day: str, text: str) -> bool:
    return bool(re.search(YEAR, day) or _PUBLISHING.search(text))


def _to(match: re.Match[str], today: date, text: str) -> Span | None:
    """Before a year or a month with its year; before a day only where acts are published."""
    days = whole(match["day"], today)
    if days is None or not re.search(YEAR, match["day"]):
        return None
    stretch = days[0] != days[1]
    if not stretch and not _PUBLISHING.search(text):
        return None
    before = match["how"] in ("before", "prior to", "earlier than")
    return None, (days[0] - timedelta(days=1) if stretch and before else days[1])


def _lately(match: re.Match[str], today: date, _text: str) -> Span | None:
    if match["count"] is None and "last" in match[0].split():
        return None  # last week is the week before this one
    count = match["count"] or "one"
    some = {"few": 3, "couple of": 2}
    number = int(count) if count.isdigit() else _NUMBERS.get(count) or some[count]
    return back(today, number, match["unit"]), None


def _calendar(match: re.Match[str], today: date, _text: str) -> Span | None:
    since, until = this_or_last(match["words"], today)
    return since, None if match[0].startswith("since") else until


def _within(match: re.Match[str], today: date, text: str) -> Span | None:
    days = whole(match["day"], today)
    if days is None or days[0] > today:
        return None
    day_alone = days[0] == days[1] or not re.search(YEAR, match["day"])
    return days if not day_alone or _PUBLISHING.search(text) else None


def _named(match: re.Match[str], today: date, _text: str) -> Span | None:
    days = whole(match["day"], today)
    return None if days is None or days[0] > today else days


READERS = (
    (_BETWEEN, _between),
    (_QUARTER, _quarter),
    (_HALF, _half),
    (_LATELY, _lately),
    (_CALENDAR, _calendar),
    (_FROM, _from),
    (_TO, _to),
    (_WITHIN, _within),
    (_MONTH_OF_YEAR, _named),
    (_YEARS_ACTS, _named),
    (_YEAR_OF_AN_ACT, _named),
    (_OF_YEAR, _named),
    (_YEAR_AT_THE_END, _named),
)
