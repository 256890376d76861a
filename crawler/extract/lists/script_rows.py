"""Rows that a list page carries as JSON for its own script, where it prints none itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from urllib.parse import urlsplit

from crawler.extract import printed_dates
from crawler.extract.address_shapes import looks_like_article
from crawler.extract.dom import absolute, between, clean_text, without_tags
from crawler.extract.relative_dates import relative_day
from domain.records.observation import NoticeRef

_ARRAY = re.compile(r"\[\s*\{\s*\"")
_TITLE = re.compile(r"^(?:\w*title|name|subject|bt|biaoti)$", re.I)
_URL = re.compile(r"^(?:\w*urls?|\w*links?|href|src|pc)$", re.I)
# Addresses of something else than the notice: relationUrl, imgUrl, wapUrl, fileUrl
_OTHER_URL = re.compile(
    r"relat|img|pic|image|photo|thumb|cover|icon|logo|video|audio|wap|mobile|app|file|attach|att|"
    r"source|api|share|qr|column|channel|site|parent|author",
    re.I,
)
_NO_PAGE = re.compile(r"\.(?:json|xml|js|css|png|jpe?g|gif|bmp|svg|ico|mp4|mp3)$", re.I)
_DATE = re.compile(r"date|time|rq$|sj$", re.I)
_PUBLISHED = re.compile(r"pub|rel|show|display|fb|issue", re.I)
_MOST_ARRAYS = 40
_FEWEST_ROWS = 3

_Item = Mapping[str, object]


def script_rows(html: str, base: str, today: date | None = None) -> tuple[NoticeRef, ...]:
    """The longest array of objects with a title, an address and mostly a date in a page's
    scripts; ``today`` tells what 昨天 is."""
    best: tuple[NoticeRef, ...] = ()
    for script in between(html, "<script", "</script>"):
        for array in _arrays(script):
            rows = tuple(row for item in array if (row := _row(item, base, today)))
            dated = sum(row.published is not None for row in rows)
            if dated * 2 < len(rows):
                continue
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


def _row(item: _Item, base: str, today: date | None) -> NoticeRef | None:
    titles = [clean_text(without_tags(text)) for text in _texts(item, _TITLE)]
    url = _address(item, base)
    if not url or not titles:
        return None
    title = max(titles, key=len)
    day = _published(item, today)
    return NoticeRef(url=url, title=title, published=day) if len(title) >= 2 else None


def _texts(item: _Item, wanted: re.Pattern[str]) -> list[str]:
    return [v for k, v in item.items() if isinstance(v, str) and v.strip() and wanted.search(k)]


def _address(item: _Item, base: str) -> str | None:
    """The address of the item's page: no file, no picture, no data of something related; one
    that looks like a notice's first."""
    found: list[tuple[bool, bool, str]] = []
    for name, text in _addresses(item):
        url = absolute(base, text)
        if url and not _NO_PAGE.search(urlsplit(url).path):
            found.append((bool(_OTHER_URL.search(name)), not looks_like_article(url), url))
    return min(found, key=lambda each: each[:2])[2] if found else None


def _addresses(item: _Item) -> Iterator[tuple[str, str]]:
    """Names and texts of what may be addresses, also of those in JSON inside a text."""
    for name, value in item.items():
        if not _URL.search(name):
            continue
        opened = _opened(value)
        if isinstance(opened, dict):
            yield from ((f"{k}", v) for k, v in opened.items() if isinstance(v, str) and v.strip())
        elif isinstance(opened, str) and opened.strip():
            yield name, opened


def _opened(value: object) -> object:
    """A value, or what a text that is JSON holds; of a list its first entry."""
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return None
    return value[0] if isinstance(value, list) and value else value


def _published(item: _Item, today: date | None) -> date | None:
    keys = sorted((k for k in item if _DATE.search(k)), key=lambda k: not _PUBLISHED.search(k))
    days = (_day(item[key], today) for key in keys)
    return next((day for day in days if day), None)


def _day(value: object, today: date | None) -> date | None:
    return printed_dates.stamped_day(value) or relative_day(str(value).strip(), today)
