"""Collect the notice links of any page: same host, a configured address shape, a real title."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from crawler.adapters.adapter import ListResponse, Page, SimpleAdapter
from crawler.adapters.html_rows import refuse_challenge, same_site
from crawler.extract.dom import Element, base_url, link_target, parse_html, text_of
from crawler.extract.printed_dates import is_date_only, row_date, url_date
from crawler.extract.relative_dates import relative_day
from domain.records.observation import NoticeRef

_EDGE_DATE = re.compile(
    r"^\s*[\[(（【]?\s*(?:20\d{2}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?\s*[\])）】]?\s*"
)
_TAIL_DATE = re.compile(
    r"\s*[\[(（【]?\s*(?:20\d{2}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?\s*[\])）】]?\s*$"
)


class HarvestAdapter(SimpleAdapter):
    reads_home_pages = True

    def parse(self, answer: ListResponse) -> Page:
        root = parse_html(answer.text)
        base = base_url(root, answer.url)
        wanted = self.context.params.get("article_url") or self.context.platform.article_url
        shape = re.compile(wanted or r"\d{5,}")
        shortest = int(self.context.params.get("min_title", "6"))
        rows: dict[str, NoticeRef] = {}
        for anchor in root.iter("a"):
            url = link_target(anchor, base)
            if not url or not same_site(url, answer.url) or not shape.search(urlsplit(url).path):
                continue
            title = _title(anchor)
            known = rows.get(url)
            if len(title) < shortest or (known and len(known.title) >= len(title)):
                continue
            rows[url] = NoticeRef(
                url=url, title=title, published=_published(anchor, url, answer.day)
            )
        refuse_challenge(answer, tuple(rows.values()))
        return Page(rows=tuple(rows.values()))


def _title(anchor: Element) -> str:
    title = (anchor.get("title") or "").strip()
    text = text_of(anchor)
    best = title if len(title) >= len(text) else text
    return _TAIL_DATE.sub("", _EDGE_DATE.sub("", best)).strip()


def _published(anchor: Element, url: str, today: date) -> date | None:
    """The date beside a link in its own row, else the one its address carries."""
    row = anchor.getparent()
    for _ in range(2):
        if row is None or sum(1 for _ in row.iter("a")) > 1:
            break
        text = " ".join(row.itertext())
        beside = _outside(row, anchor)
        if len(text) < 400 and (
            day := is_date_only(text)
            or row_date(beside, url)
            or relative_day(beside.strip(), today)
        ):
            return day
        row = row.getparent()
    return url_date(url)


def _outside(row: Element, anchor: Element) -> str:
    title = text_of(anchor)
    return text_of(row).replace(title, " ")
