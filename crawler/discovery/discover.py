"""Recognise a page as list, notice or home page, with its platform and columns.

Pure: the command line fetches, this module looks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from urllib.parse import urlsplit

from config.model import Platform
from crawler.adapters.page_parameters import page_parameters
from crawler.adapters.recognition import detect_platform
from crawler.adapters.registry import capabilities_of
from crawler.discovery.home_columns import FoundColumn, column_address, home_columns
from crawler.extract import printed_dates
from crawler.extract.address_shapes import looks_like_article
from crawler.extract.dom import (
    Element,
    base_url,
    link_target,
    metas,
    parse_html,
    squeeze,
)
from crawler.extract.file_types import DOCUMENTS, ending
from crawler.extract.html_in_json import html_piece
from crawler.extract.lists import list_rows
from crawler.extract.lists.found_list import FoundList
from crawler.extract.lists.list_finder import find_lists
from crawler.extract.page import body
from crawler.extract.page.notice_parser import parse_notice
from domain.records.observation import NoticeRef, ParsedNotice

# shall apply from 18 August 2025, and in particular
_ENGLISH_PROSE = re.compile(r"[a-z]{2}[,;:.](?:\s[A-Za-z(]|$)")
_IMPRINT = re.compile(r"版权所有|ICP备|网站标识码|公网安备")
_DOCUMENT = re.compile(ending(DOCUMENTS) + "$", re.I)
_FEW = 6  # dated links that may stand beside a notice without making the page a list
Kind = Literal["list", "notice", "home"]

_LIST_ADDRESS = re.compile(
    r"/$|/(?:index|list|default|common_list|zwgklist|zcwjlist|\w*list)(?:_\d+)?\.(?:s?html?|jsp|aspx?|php)$|/col/col\d+/",
    re.I,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Detected:
    """``platform`` is a key of the given platforms or ``auto``."""

    kind: Kind
    platform: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[FoundColumn, ...] = ()
    found: list_rows.ListResult | None = None  # of a list page
    notice: ParsedNotice | None = None  # of a notice page


def detect(
    html: str, url: str, platforms: Mapping[str, Platform], today: date | None = None
) -> Detected:
    """Say what a page is and read it accordingly. ``today`` gives rows without a year one."""
    html = readable(html)
    parameters = page_parameters(html, url)
    platform = detect_platform(html, url, platforms)
    result = list_rows.find_rows(html, url, today=today)
    lists = find_lists(html, url, today)
    notice = parse_notice(html, url)
    kind = _kind(html, url, result, lists, notice, parameters)
    if kind == "home" and platform == "auto":
        platform = _home_platform(platforms)
    return Detected(
        kind=kind,
        platform=platform,
        parameters=parameters,
        columns=home_columns(html, url, lists) if kind == "home" else (),
        found=result if kind == "list" else None,
        notice=notice if kind == "notice" else None,
    )


def readable(text: str) -> str:
    """A page as it is; of an answer in JSON the piece of HTML that it carries, else its data as
    a page's script would hold it."""
    if piece := html_piece(text):
        return piece
    return f"<script>{text}</script>" if re.match(r"\s*[\[{]", text) else text


def _kind(
    html: str,
    url: str,
    result: list_rows.ListResult,
    lists: list[FoundList],
    notice: ParsedNotice,
    parameters: Mapping[str, str],
) -> Kind:
    root = parse_html(html)
    meta = metas(root)
    prose = sum(len(block.as_text()) for block in notice.blocks if _is_prose(block.as_text()))
    titles = sum(len(row.title) for row in result.rows if row.published)
    in_body = _rows_in_body(root, url, result)
    says_article = bool(meta.get("articletitle")) and squeeze(meta["articletitle"]) not in {
        squeeze(meta.get(name, "")) for name in ("columnname", "sitename")
    }
    article_address = bool(printed_dates.url_date(url)) or looks_like_article(url)
    signed = bool(notice.dates.signed and notice.issuers)
    if says_article and (signed or not (len(result.rows) >= 8 and in_body)):
        return "notice"
    dated = sum(1 for r in result.rows if r.published and (prose < 40 or _may_be_notice(r)))
    if dated >= 2 and result.used != "fallback:links":
        told = notice.dates.visible or notice.dates.signed or printed_dates.url_date(url)
        if dated <= _FEW and not in_body and prose >= 40 and told:
            return "notice"  # the rows are related news beside or below it
        if _is_home(lists, meta, url):
            return "home"
        prosaic = prose >= 120 and prose > 0.5 * titles
        if not prosaic or (in_body and dated >= 3):
            return "list"
        return "notice"
    if prose >= 60 or (article_address and (notice.blocks or notice.attachments)):
        return "notice"
    if parameters or (dated and not notice.blocks) or _LIST_ADDRESS.search(urlsplit(url).path[1:]):
        return "list"
    if notice.title and notice.dates.published and (notice.blocks or notice.attachments):
        return "notice"
    return "home" if sum(1 for _ in root.iter("a")) > 20 and not result.rows else "list"


def _may_be_notice(row: NoticeRef) -> bool:
    """Whether a dated link may be a row: not a file of the page's own notice, not a menu."""
    path = urlsplit(row.url).path
    if _DOCUMENT.search(path):
        return False
    return len(row.title) >= 8 or looks_like_article(row.url)


def _is_prose(text: str) -> bool:
    chinese = len(text) >= 20 and re.search(r"[，。；：]", text)
    english = len(text) >= 60 and _ENGLISH_PROSE.search(text)
    return bool(chinese or english) and not _IMPRINT.search(text)


def _rows_in_body(root: Element, url: str, result: list_rows.ListResult) -> bool:
    """Whether the list's own links stand in what was taken for the body."""
    element = body.find_body(root).element
    if element is None or not result.rows:
        return False
    base = base_url(root, url)
    inside = {link_target(anchor, base) for anchor in element.iter("a")}
    return sum(row.url in inside for row in result.rows) >= 0.6 * len(result.rows)


def _is_home(lists: list[FoundList], meta: Mapping[str, str], url: str) -> bool:
    """Several lists of like weight, none of which is the page's purpose."""
    root_page = re.fullmatch(r"/?(?:(?:index|default|main)\.\w+)?", urlsplit(url).path) is not None
    strong = [
        each
        for each in lists
        if len(each.rows) >= 3
        and each.score > 0.2 * lists[0].score
        and (root_page or not each.hidden)
    ]
    total = sum(len(each.rows) for each in strong)
    columns = {column_address(each.rows[0].url) for each in strong}
    if len(strong) < 3 or (len(columns) < 2 and not root_page):
        return False
    share = len(lists[0].rows) / total
    named = meta.get("columnname", "") not in {"", "首页", "网站首页"} and not root_page
    return share < (0.34 if named else 0.5) or (root_page and share < 0.7)


def _home_platform(platforms: Mapping[str, Platform]) -> str:
    """The platform that reads home pages, ``auto`` where none does."""
    reading = (key for key, each in platforms.items() if capabilities_of(each).reads_home_pages)
    return next(reading, "auto")
