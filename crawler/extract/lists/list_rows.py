"""The rows of a notice list, with a configured selector or by the list's own shape.

A row is one link plus a date. The page is read once as a sequence of links and dates; every
set of like siblings is then judged as a list, and the one with most dated titles is the list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from html import unescape

from config.model import Selectors
from crawler.extract import printed_dates
from crawler.extract.dom import Element, base_url, between, parse_html, select, text_of
from crawler.extract.lists.link_titles import tidy_title
from crawler.extract.lists.list_finder import find_lists, undated_links, unique_rows, with_pinned
from crawler.extract.lists.list_row import read_row
from crawler.extract.lists.page_run import DATE_ATTRIBUTES, PageRun
from crawler.extract.lists.script_rows import script_rows
from crawler.extract.lists.undated_rows import ReadRow, with_undated
from crawler.extract.relative_dates import relative_day
from domain.records.observation import NoticeRef
from domain.records.reason import Reason, reason

_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")


@dataclass(frozen=True, kw_only=True, slots=True)
class ListResult:
    """Rows in page order and how they were found.

    ``used``: ``configured``, ``fallback:rows`` (link plus date), ``fallback:datastore`` (rows
    embedded as XML records), ``fallback:script`` (rows as JSON for the page's script),
    ``fallback:links`` (no date anywhere), ``commented`` or ``none``.
    """

    rows: tuple[NoticeRef, ...]
    used: str
    note: Reason | None = None

    @property
    def newest(self) -> date | None:
        return max((row.published for row in self.rows if row.published), default=None)


def find_rows(
    html: str, url: str, *, selectors: Selectors | None = None, today: date | None = None
) -> ListResult:
    """The notice rows of a list page or of a list fragment. ``today`` gives a year to rows
    that print month and day only and whose address tells no year either."""
    selectors = selectors or Selectors()
    records = expand_datastore(html)
    undated: ListResult | None = None
    for text in (records, html):
        if text and selectors.row:
            root = parse_html(text)
            rows = _configured(PageRun(root, base_url(root, url), today), selectors)
            found = ListResult(rows=rows, used="configured")
            if found.newest:
                return found
            undated = undated or (found if rows else None)
    note = _missed(selectors)
    if records and (lists := find_lists(records, url, today)):
        return ListResult(rows=with_pinned(lists), used="fallback:datastore", note=note)
    lists = find_lists(html, url, today)
    if lists and not lists[0].aside:
        return ListResult(rows=with_pinned(lists), used="fallback:rows", note=note)
    if scripted := script_rows(html, url, today):
        return ListResult(rows=scripted, used="fallback:script", note=note)
    if lists:
        return ListResult(rows=with_pinned(lists), used="fallback:rows", note=note)
    if commented := _commented_rows(html, url, today, note):
        return commented
    return undated or _bare_links(records or html, url, note)


def _missed(selectors: Selectors) -> Reason | None:
    """That the configured selector, where there is one, found nothing of use."""
    if not selectors.row:
        return None
    return reason("source.selector_missed", selector=repr(selectors.row))


def _bare_links(html: str, url: str, note: Reason | None) -> ListResult:
    """Links that no date stands beside, where there are any."""
    if links := undated_links(parse_html(html), url):
        told = note or reason("source.rows_undated")
        return ListResult(rows=links, used="fallback:links", note=told)
    return ListResult(rows=(), used="none", note=note or reason("source.no_dated_link"))


def _commented_rows(
    html: str, url: str, today: date | None, note: Reason | None
) -> ListResult | None:
    """Rows that stand inside an HTML comment."""
    commented = "\n".join(part for part in between(html, "<!--", "-->") if "<a" in part.lower())
    lists = find_lists(f"<div>{commented}</div>", url, today) if commented else []
    if not lists:
        return None
    told = note or reason("source.rows_commented")
    return ListResult(rows=lists[0].rows, used="commented", note=told)


def expand_datastore(html: str) -> str | None:
    """The HTML inside jpage's XML records, or None where there are none."""
    if "<record" not in html.lower():
        return None
    pieces = []
    for record in between(html, "<record>", "</record>"):
        fragment = _CDATA.sub("", unescape(record) if "&lt;a" in record else record)
        if "<a" not in fragment.lower():
            continue
        if re.match(r"\s*<(?:tr|td)\b", fragment, re.I):
            fragment = f"<table>{fragment}</table>"
        pieces.append(f"<section>{fragment}</section>")
    return f"<div>{''.join(pieces)}</div>" if pieces else None


def _configured(page: PageRun, selectors: Selectors) -> tuple[NoticeRef, ...]:
    read: list[ReadRow] = []
    for element in select(page.root, selectors.row or ""):
        link = _first(element, selectors.link) if selectors.link else None
        row = read_row(page, element, link, page.dates_behind(element))
        if row is None:
            continue
        title, day = row.title, row.published
        if selectors.title and (found := _first(element, selectors.title)) is not None:
            title = tidy_title(found.get("title") or text_of(found))
        if selectors.date and (found := _first(element, selectors.date)) is not None:
            day = _date_of(found, row.url, page.today) or day
        day = day or printed_dates.url_date(row.url)
        found_row = NoticeRef(url=row.url, title=title, published=day, hints=row.hints)
        read.append(ReadRow(row=found_row, element=element, dated=day is not None))
    if any(each.dated for each in read):
        return unique_rows(with_undated(read, selected=True))  # a wide selector may catch menus too
    return unique_rows([each.row for each in read])


def _first(element: Element, selector: str) -> Element | None:
    return next(iter(select(element, selector)), None)


def _date_of(element: Element, url: str, today: date | None) -> date | None:
    text = " ".join(element.itertext())
    if day := printed_dates.row_date(text, url) or relative_day(text.strip(), today):
        return day
    for name in DATE_ATTRIBUTES:
        if day := printed_dates.first_date(element.get(name) or ""):
            return day
    return None
