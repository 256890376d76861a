"""Whether words say when or how much: what makes an order of a sentence without modal verb."""

from __future__ import annotations

import re
from collections.abc import Sequence

from classifier.duties.limits import read_limit
from classifier.duties.times import TimeSpan, find_times
from classifier.facts.calendar_dates import YearContext
from domain.law.duties import TimeRelation

_IN_BRACKETS = re.compile(r"（[^（）]{0,60}）")  # 企业自查（9月30日前）: a heading's own time
_FIRM = (TimeRelation.WITHIN, TimeRelation.BY, TimeRelation.EACH, TimeRelation.BEFORE)


def is_bound(text: str, years: YearContext) -> bool:
    """Whether an item says when or how much: 移交前检测, 保存三年以上."""
    plain = _IN_BRACKETS.sub("", text)
    return bool(find_times(plain, years)) or read_limit(plain) is not None


def is_firm(text: str, years: YearContext) -> bool:
    """Whether a text has a date, a period or a recurrence that an act could be due by."""
    spans: Sequence[TimeSpan] = find_times(_IN_BRACKETS.sub("", text), years)
    return any(
        span.when.relation in _FIRM and (span.when.duration or span.when.date or span.when.recurs)
        for span in spans
    )


def without_times(text: str, years: YearContext) -> str:
    """A text without its times and the prepositions before them."""
    for span in sorted(find_times(text, years), key=lambda item: -item.start):
        text = text[: span.start].rstrip("自在于") + text[span.end :]
    return text
