"""Draft a source file from an answer: names, and the paths of a JSON list.

Pure and modest: everything here is shown to a person who corrects it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from crawler.adapters.adapter import ListRequest, bare_json
from crawler.adapters.json_paths import clean_value, shape
from crawler.extract.dom import between, metas, parse_html, squeeze
from crawler.extract.page.page_issuers import is_body_name
from crawler.extract.printed_dates import stamped_day
from domain.text.act_numbers.printed_numbers import whole
from i18n.catalogue import english

_BETWEEN_NAMES = re.compile(r"[\s_|｜\-–—－·>»]+")
_IMPRINT = re.compile(
    r"(?:主办(?:单位)?|版权所有)\s*[:：]?\s*([\u4e00-\u9fff]{4,30})|([\u4e00-\u9fff]{4,30})\s*版权所有"
)
_INTERFACE = re.compile(
    r"[\"'](/?[\w./-]*(?:\.do|\.json|\.jsp|\.action|/api/[\w./-]+|/interfaces?/[\w./-]+))[\"'?]"
)
_PAGE_KEYS = re.compile(
    r"(?:p|page|page_?(?:no|num|number|index)|curr?(?:ent)?_?page|current)", re.I
)
_SIZE_KEYS = re.compile(r"(?:pg|n|rows|limit|size|(?:per|page)_?(?:page|size|num))", re.I)
_TITLE = re.compile(r"title|subject|name|bt$|biaoti", re.I)
_ADDRESS = re.compile(r"url|link|href|src$|path", re.I)
_DATE = re.compile(r"pub|date|time|rq$|sj$|day", re.I)
_PUBLISHED = re.compile(r"pub|rel|show|display|fb|issue", re.I)
_TOTAL = re.compile(r"total|count|hits|num", re.I)
_DEEPEST = 6
_FEWEST = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class PageNames:
    """The publisher and the column as a page names them; empty where it does not."""

    publisher: str = ""
    column: str = ""


def page_names(html: str) -> PageNames:
    """From the metadata, the page's title (``通知公告_某市生态环境局``) or its imprint."""
    root = parse_html(html)
    meta = metas(root)
    head = next((clean_value(element.text or "") for element in root.iter("title")), "")
    parts = [part for part in _BETWEEN_NAMES.split(head) if part]
    named = [squeeze(meta.get("sitename", "")), *reversed(parts), *_imprint(root)]
    publisher = next((name for name in named if is_body_name(name)), "")
    column = meta.get("columnname", "") or next((part for part in parts if part != publisher), "")
    return PageNames(publisher=publisher, column=clean_value(column)[:30])


def _imprint(root: Any) -> list[str]:
    text = " ".join(root.itertext())
    return [first or second for first, second in _IMPRINT.findall(text)]


def data_addresses(html: str, url: str) -> tuple[str, ...]:
    """Addresses in a page's scripts that look like an interface for data."""
    found = [
        urljoin(url, path)
        for script in between(html, "<script", "</script>")
        for path in _INTERFACE.findall(script)
    ]
    return tuple(dict.fromkeys(found))[:5]


# ------------------------------------------------------------------ a JSON list


def json_column(text: str, ask: ListRequest) -> dict[str, str]:
    """The ``params`` of a ``json_api`` column that reads this answer; empty if it is no list of
    entries with a title, an address and a date, nor one of pieces of HTML with links."""
    try:
        content = json.loads(bare_json(text))
    except (ValueError, RecursionError):
        return {}
    lists = [(path, found) for path, found in _lists(content, "") if len(found) >= _FEWEST]
    for path, entries in sorted(lists, key=lambda each: -len(each[1])):
        fields = _fields([entry for entry in entries if isinstance(entry, dict)])
        if fields or sum("<a" in entry for entry in entries if isinstance(entry, str)) >= _FEWEST:
            total = _total(content, path, len(entries))
            paged = _request(ask, len(entries))
            return {**paged, "items": path, **({"total": total} if total else {}), **fields}
    return {}


def json_names(text: str) -> str:
    """What names a JSON answer has, and an entry of its longest list; empty for other answers."""
    try:
        content = json.loads(bare_json(text))
    except (ValueError, RecursionError):
        return ""
    longest = max(_lists(content, ""), key=lambda each: len(each[1]), default=("", []))
    entry = f"; an entry of {longest[0]} has {english(shape(longest[1][0]))}" if longest[1] else ""
    return f"{english(shape(content))}{entry}"


def _lists(value: Any, path: str, depth: int = 0) -> Iterator[tuple[str, list[Any]]]:
    """Every list in a JSON value with the path that leads to it."""
    if isinstance(value, list):
        yield f"{path}[]", value
    elif isinstance(value, dict) and depth < _DEEPEST:
        for name, inner in value.items():
            yield from _lists(inner, f"{path}.{name}" if path else str(name), depth + 1)


def _fields(entries: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Which names hold what, by what stands there in most entries."""
    names = list(dict.fromkeys(name for entry in entries for name in entry))

    def most(name: str, fits: Any) -> bool:
        values = [entry.get(name) for entry in entries]
        return sum(isinstance(v, str | int) and bool(fits(v)) for v in values) > len(values) / 2

    addresses = [n for n in names if _ADDRESS.search(n) and most(n, _is_address)]
    titles = [
        n for n in names if _TITLE.search(n) and most(n, lambda v: len(clean_value(str(v))) >= 6)
    ]
    dates = [n for n in names if _DATE.search(n) and most(n, stamped_day)]
    numbers = [n for n in names if most(n, lambda v: whole(str(v)))]
    if not (addresses and titles and dates):
        return {}
    titles.sort(key=lambda name: "title" not in name.lower())
    dates.sort(key=lambda name: not _PUBLISHED.search(name))
    found = {"title": titles[0], "url": addresses[0], "date": dates[0]}
    if numbers and numbers[0] != titles[0]:
        found["document_number"] = numbers[0]
    return {f"field.{kind}": name for kind, name in found.items()}


def _is_address(value: object) -> bool:
    return bool(re.match(r"https?://|\.{0,2}/|[\w-]+/|[\w/-]+\.\w{3,5}(?:\?|$)", str(value)))


def _total(content: Any, path: str, count: int) -> str:
    """A number beside the list, or above it, that can be that of all entries."""
    names = path.removesuffix("[]").split(".")
    for depth in range(len(names) - 1, -1, -1):
        place = content
        for name in names[:depth]:
            place = place[name]
        for name, value in place.items() if isinstance(place, dict) else ():
            if _TOTAL.search(name) and str(value).isdigit() and int(value) >= count:
                return ".".join([*names[:depth], name])
    return ""


def _request(ask: ListRequest, count: int) -> dict[str, str]:
    """The request that was made, with its page number and page size as placeholders."""
    parts = urlsplit(ask.url)
    params = {"endpoint": parts.path}
    if ask.method == "POST":
        params["method"] = "POST"
    for kind, pairs in (("query", parse_qsl(parts.query)), ("form", ask.form)):
        for name, value in pairs:
            if _PAGE_KEYS.fullmatch(name) and value in {"0", "1"}:
                params[f"{kind}.{name}"] = "{page}"
                params |= {"offset": "1"} if value == "0" else {}
            elif _SIZE_KEYS.fullmatch(name) and value.isdigit() and int(value) >= count:
                params[f"{kind}.{name}"] = "{size}"
                params["page_size"] = value
            else:
                params[f"{kind}.{name}"] = value
    return params
