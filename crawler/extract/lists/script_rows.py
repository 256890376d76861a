"""Rows that a list page carries as JSON for its own script, where it prints none itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date

from crawler.extract import printed_dates
from crawler.extract.dom import absolute, between, clean_text, without_tags
from domain.records.observation import NoticeRef

_ARRAY = re.compile(r"\[\s*\{\s*\"")
_TITLE = re.compile(r"^(?:\w*title|name|subject|bt|biaoti)$", re.I)
_URL = re.compile(r"^(?:\w*url|\w*link|href|src)$", re.I)
_DATE = re.compile(r"date|time|rq$|sj$", re.I)
_PUBLISHED = re.compile(r"pub|rel|show|display|fb|issue", re.I)
_MOST_ARRAYS = 40
_FEWEST_ROWS = 3

_Item = Mapping[str, object]


def script_rows(html: str, base: str) -> tuple[NoticeRef, ...]:
    """The longest array of objects with a title, an address and a date in a page's scripts."""
    best: tuple[NoticeRef, ...] = ()
    for script in between(html, "<script", "</script>"):
        for array in _arrays(script):
            rows = tuple(row for item in array if (row := _row(item, base)))
            if len(rows) > len(best) and len(rows) >= max(_FEWEST_ROWS, len(array) // 2):
                best = rows
    return best


def _arrays(script: str) -> Iterator[list[_Item]]:
    decoder = json.JSONDecoder()
    position = 0
    for _ in range(_MOST_ARRAYS):
        match = _ARRAY.search(script, position)
        if match is None:
            return
        try:
            value, position = decoder.raw_decode(script, match.start())
        except (ValueError, RecursionError):
            position = match.end()
            continue
        yield [item for item in value if isinstance(item, dict)]


def _row(item: _Item, base: str) -> NoticeRef | None:
    titles = [clean_text(without_tags(text)) for text in _texts(item, _TITLE)]
    urls = [url for text in _texts(item, _URL) if (url := absolute(base, text))]
    day = _published(item)
    if not urls or day is None or not titles:
        return None
    title = max(titles, key=len)
    return NoticeRef(url=urls[0], title=title, published=day) if len(title) >= 2 else None


def _texts(item: _Item, wanted: re.Pattern[str]) -> list[str]:
    return [v for k, v in item.items() if isinstance(v, str) and v.strip() and wanted.search(k)]


def _published(item: _Item) -> date | None:
    keys = sorted((k for k in item if _DATE.search(k)), key=lambda k: not _PUBLISHED.search(k))
    return next((day for key in keys if (day := printed_dates.stamped_day(item[key]))), None)
