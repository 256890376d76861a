"""Find the notice columns of a home page: those it shows rows of, then those it links to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

from crawler.extract import printed_dates
from crawler.extract.address_shapes import looks_like_article
from crawler.extract.dom import (
    HEADINGS,
    Element,
    ancestors,
    base_url,
    class_marks,
    clean_text,
    link_target,
    parse_html,
    text_of,
)
from crawler.extract.lists.found_list import FoundList
from crawler.extract.lists.list_finder import find_lists
from domain.records.observation import NoticeRef

_ARTICLE_TAIL = re.compile(
    r"/(?:(?:19|20)\d{2}(?:[-/]?\d{1,2}){0,2}[-/]?(?:/.*)?$|t(?:19|20)\d{6}_.*$|content/(?:\d+/\d+/)?m?post_.*$|"
    r"content/content_.*$|art/.*$|(?:19|20)\d{6,}/.*$|\d{5,}\.s?html?$|[0-9a-f]{16,}\.s?html?$|"
    r"c\d{5,}/(?:19|20)\d{4}/.*$|[^/]*\d[^/]*\.(?:s?html?|jsp|aspx?|php).*$)",
    re.I,
)
_JPAGE_ARTICLE = re.compile(r"/art/\d{4}/\d{1,2}/\d{1,2}/art_(\d+)_\d+\.html")
_MORE = re.compile(
    r"^(?:[+＋>》»›\s]*|查看)?(?:更\s*多|MORE|more|More)[+＋>》»›\s.。…]*$|^[+＋>》»]+$"
)
_COLUMN_NAME = re.compile(
    r"通知公告|公告公示|公示公告|通告公告|公告通知|通知通告|公告|公示|通知|政策文件|规范性文件|法规|规章|"
    r"文件发布|文件公示|意见征集|征求意见|征集|政策解读|部令|部文件|厅文件|局文件|最新文件|公开目录|标准"
)
_LIST_FILE = re.compile(r"/(?:index|default|\w*list)\.(?:s?html?|jsp|aspx?|php)$", re.I)


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundColumn:
    """A column that a home page shows or links to."""

    name: str
    url: str
    rows: int = 0
    newest: date | None = None


def home_columns(
    html: str, url: str, lists: list[FoundList] | None = None
) -> tuple[FoundColumn, ...]:
    """The notice columns of a home page: those it shows rows of, then those it links to."""
    root = parse_html(html)
    base = base_url(root, url)
    names = _link_names(root, base)
    found: dict[str, FoundColumn] = {}
    for each in find_lists(html, url) if lists is None else lists:
        for rows_ in _by_column(each.rows):
            if len(rows_) < 2:
                continue
            address = _original(root, base, _folder(_column_of(each.box, rows_, names)))
            name = names.get(_folder(address)) or _heading(each.box) or address
            newest = max((row.published for row in rows_ if row.published), default=None)
            column = FoundColumn(name=name, url=address, rows=len(rows_), newest=newest)
            found.setdefault(address, column)
    known = {_folder(address) for address in found}
    host = urlsplit(url).netloc
    for key, name in names.items():
        if key in known or not _COLUMN_NAME.search(name) or len(name) > 16:
            continue
        if urlsplit(key).netloc == host and not looks_like_article(key):
            original = _original(root, base, key)
            found[original] = FoundColumn(name=name, url=original)
    return tuple(found.values())


def _link_names(root: Element, base: str) -> dict[str, str]:
    """Link texts by address without index file; 更多 names nothing."""
    names: dict[str, str] = {}
    for anchor in root.iter("a"):
        target = link_target(anchor, base)
        text = clean_text(anchor.get("title") or "") or text_of(anchor)
        if target and text and len(text) <= 24 and not _MORE.match(text):
            names.setdefault(_folder(target), text)
    return names


def _folder(address: str) -> str:
    return _LIST_FILE.sub("/", address.split("#")[0]).rstrip("/")


def _original(root: Element, base: str, key: str) -> str:
    """The address by which the page itself links to a column; else the column's folder."""
    linked = (link_target(anchor, base) for anchor in root.iter("a"))
    return next((target for target in linked if target and _folder(target) == key), f"{key}/")


def _by_column(found: tuple[NoticeRef, ...]) -> list[list[NoticeRef]]:
    """The rows of one list by column: tabs put several columns into boxes that look alike.
    Stray rows of other columns stay with the most."""
    groups: dict[str, list[NoticeRef]] = {}
    for row in found:
        groups.setdefault(column_address(row.url), []).append(row)
    if all(len(group) >= 3 for group in groups.values()):
        return list(groups.values())
    return [list(found)]


def _column_of(box: Element, found: list[NoticeRef], names: Mapping[str, str]) -> str:
    """Where a list's column stands: what its rows' addresses share if the page links there,
    else its 更多 link."""
    addresses = [column_address(row.url) for row in found]
    common = max(dict.fromkeys(addresses), key=addresses.count)
    if _folder(common) in names and urlsplit(common).path != "/":
        return common
    return next(_more_links(box, found[0].url), common)


def _more_links(box: Element, base: str) -> Iterator[str]:
    for up in [box, *ancestors(box, 4)]:
        for anchor in up.iter("a"):
            text = text_of(anchor) or clean_text(anchor.get("title") or "")
            target = link_target(anchor, base)
            if _MORE.match(text) and target and not printed_dates.url_date(target):
                yield target


def column_address(url: str) -> str:
    """The column that an article's address names."""
    parts = urlsplit(url)
    if match := _JPAGE_ARTICLE.search(parts.path):
        return urljoin(url, f"/col/col{match[1]}/index.html")
    path = _ARTICLE_TAIL.sub("/", parts.path)
    if not path.endswith("/"):
        path = path.rsplit("/", 1)[0] + "/"
    return f"{parts.scheme}://{parts.netloc}{path}"


def _heading(box: Element) -> str:
    """The heading over a list."""
    for up in [box, *ancestors(box, 4)]:
        sibling = up.getprevious()
        while sibling is not None:
            if (
                isinstance(sibling.tag, str)
                and sibling.tag != "head"
                and (name := _short_heading(sibling))
            ):
                return name
            sibling = sibling.getprevious()
    return ""


def _said(element: Element) -> str:
    """The text of an element, else what its picture stands for, without 更多."""
    alts = (clean_text(image.get("alt") or "") for image in element.iter("img"))
    text = text_of(element) or next((alt for alt in alts if alt), "")
    return re.sub(r"(?:更多|more|MORE|More)\W*$", "", text).strip(" >+·|")


def _short_heading(element: Element) -> str:
    for each in element.iter():
        if not isinstance(each.tag, str):
            continue
        if each.tag in HEADINGS or re.search(r"tit|head|bt|tab|name", class_marks(each), re.I):
            text = _said(each)
            if 2 <= len(text) <= 14:
                return text
    text = _said(element)
    return text if 2 <= len(text) <= 12 else ""
