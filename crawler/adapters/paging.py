"""Find page N of a static list, from its pager or from the platform's pattern."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from crawler.adapters.adapter import ColumnContext
from crawler.extract.dom import base_url, link_target, parse_html, squeeze, text_of

_PAGER = re.compile(
    r"create[Pp]age(?:HTML)?\s*\(\s*(?:['\"][^'\"]*['\"]\s*,\s*)?['\"]?(?P<total>\d+)['\"]?\s*,"
    r"\s*['\"]?\d+['\"]?\s*,\s*['\"](?P<stem>[^'\"]+)['\"]\s*,\s*['\"](?P<ext>s?html?|jhtml|jsp)['\"]"
)
_COUNT = re.compile(
    r"(?:var\s+(?:countPage|pageCount|totalPages?|page_count)\s*=\s*|"
    r"(?:totalPages?|pageCount|countPage)\s*[:=]\s*)['\"]?(?P<total>\d+)"
)
_SCRIPT_STEM = re.compile(
    r"['\"](?P<stem>(?:index|list|common_list)(?:_\d{3,})?)_['\"]\s*\+|"
    r"href=['\"](?:[^'\"]*/)?(?P<link>(?:index|list|common_list)_\d{4,})_(?:1|2)\.s?html?['\"]"
)
_NEXT = re.compile(r"[\[<(（【]?(?:下一?页|后一?页|next(?:page)?)[\]>)）】]?(?:>|»|›|→)*", re.I)


def page_count(html: str) -> int | None:
    """How many pages the pager of a list names."""
    match = _PAGER.search(html) or _COUNT.search(html)
    return int(match["total"]) if match else None


def page_address(context: ColumnContext, html: str, url: str, page: int) -> str | None:
    """The address of page ``page`` (2 and up) of a static list; None past its end. Where no
    pattern is known, ``url``'s own link to the next page is followed."""
    paging = context.platform.paging
    if paging.style != "static" or not paging.pattern:
        return next_link(html, url)
    total = page_count(html)
    if total is not None and page > total:
        return None
    stem, ext = file_parts(context, html)
    name = paging.pattern.format(stem=stem, ext=ext, n=page - 2 + paging.offset)
    return urljoin(_folder(context.column.url), name)


def next_link(html: str, url: str) -> str | None:
    """Where a page's link 下一页 leads, if it is a plain link on the same host."""
    if not re.search("一?页|next", html, re.I):
        return None
    root = parse_html(html)
    base = base_url(root, url)
    for anchor in root.iter("a"):
        words = squeeze(text_of(anchor)) or squeeze(anchor.get("title") or "")
        target = link_target(anchor, base) if _NEXT.fullmatch(words) else None
        if target and urlsplit(target).netloc == urlsplit(url).netloc and target != url:
            return target
    return None


def file_parts(context: ColumnContext, html: str) -> tuple[str, str]:
    """Stem and extension of the list's files: configured, from its pager, from its address."""
    name = urlsplit(context.column.url).path.rsplit("/", 1)[-1]
    stem, _, ext = name.rpartition(".")
    if match := _PAGER.search(html):
        stem, ext = match["stem"], match["ext"]
    elif match := _SCRIPT_STEM.search(html):
        stem = match["stem"] or match["link"] or stem
    params = context.params
    return params.get("stem", stem or "index"), params.get("ext", ext or "html")


def _folder(url: str) -> str:
    path = urlsplit(url)._replace(query="", fragment="").geturl()
    return path if path.endswith("/") else path.rsplit("/", 1)[0] + "/"
