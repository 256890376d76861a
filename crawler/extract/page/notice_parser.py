"""Parse a notice page to a :class:`ParsedNotice`: where the single extractors meet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from config.model import Selectors
from crawler.extract import (
    printed_dates,
)
from crawler.extract.dom import (
    Element,
    base_url,
    metas,
    parse_html,
    select,
    squeeze,
    text_of,
)
from crawler.extract.page import (
    attachment_links,
    blocks,
    body,
    embedded,
    metadata,
    page_head,
    page_issuers,
    page_title,
)
from crawler.extract.page.body_pictures import body_pictures
from crawler.extract.scripted_validity import scripted_validity
from domain.records.observation import (
    AttachmentLink,
    NoticeDates,
    NoticeRef,
    ParsedNotice,
    RowHints,
)
from domain.text.act_numbers import printed_numbers

_META_DATES = (
    "pubdate", "firstpublishedtime", "publishdate", "article:published_time", "publish_time",
    "publishtime", "createdate", "dc.date", "pubtime", "others",
)  # fmt: skip
_OF_DAY = re.compile(r"[A-Za-z)\d] of (\d{1,2} [A-Z][a-z]{2,8} (?:19|20)\d{2})\b")
_VALIDITY = re.compile(r"[\u4e00-\u9fff（）()\d\-]{1,20}")


def parse_notice(
    html: str,
    url: str,
    *,
    selectors: Selectors | None = None,
    row: NoticeRef | None = None,
) -> ParsedNotice:
    """The notice of a detail page; see :func:`parse_notice_traced`."""
    return parse_notice_traced(html, url, selectors=selectors, row=row)[0]


def parse_notice_traced(
    html: str,
    url: str,
    *,
    selectors: Selectors | None = None,
    row: NoticeRef | None = None,
) -> tuple[ParsedNotice, str]:
    """The notice and how its body was found: ``configured``, ``known:<selector>``,
    ``density``, ``embedded`` (data for the page's script) or ``none``. ``row`` is what its
    list says of the notice."""
    selectors, row = selectors or Selectors(), row or NoticeRef(url=url, title="")
    hints = row.hints
    root = parse_html(html)
    base = base_url(root, url)
    meta = metas(root)
    found = _find_body(root, html, selectors.body)
    labels = _labels(root, html, found, selectors)
    title, place = page_title.find_title(
        root, found.element, meta, selector=selectors.detail_title,
        name_cell=labels.first("name"), listed=row.title,
    )  # fmt: skip
    read = blocks.read_blocks(found.element, title)
    lines = blocks.lines_of(read)
    number = (
        _stated_number(root, selectors, hints, labels)
        or printed_numbers.from_lines(lines)
        or printed_numbers.from_title(title)
        or page_head.number_under_title(root, found.element, place)
    )
    signed_by, signed_on = page_issuers.signature(lines)
    dates = NoticeDates(
        listed=row.published,
        visible=_visible(root, found.element, place, selectors, labels),
        meta=_meta_date(meta) or printed_dates.url_date(url),
        signed=_label_date(labels, "written") or signed_on or _dated_title(title),
    )
    witnesses = page_issuers.IssuerWitnesses(
        signed=signed_by,
        number=page_issuers.from_number(number),
        head=page_issuers.from_head(lines),
        title=page_issuers.from_title(title),
        issuer_cells=tuple(cell for cell in [*labels.all("issuer"), hints.issuer] if cell),
        publisher_cells=tuple(labels.all("publisher")),
        buyer_cells=tuple(labels.all("buyer")),
        source=labels.first("source") or meta.get("contentsource", ""),
        title_text=title,
    )
    parsed = ParsedNotice(
        title=title,
        blocks=read,
        document_number=number,
        index_number=_index(labels, hints),
        issuers=page_issuers.choose(witnesses),
        dates=_with_last_resort(dates, title, labels),
        comment_deadline=_deadline(hints, labels),
        validity=_validity(labels) or scripted_validity(html),
        attachments=_attachments(root, found.element, base, selectors, html),
    )
    pictures = body_pictures(found.element, base, parsed.text)
    return _with_pictures(parsed, tuple(pictures)), found.used


def _with_pictures(parsed: ParsedNotice, pictures: tuple[AttachmentLink, ...]) -> ParsedNotice:
    known = {link.url for link in parsed.attachments}
    more = tuple(link for link in pictures if link.url not in known)
    return replace(parsed, attachments=(*parsed.attachments, *more)) if more else parsed


def _find_body(root: Element, html: str, selector: str | None) -> body.Body:
    found = body.find_body(root, selector)
    size = len(squeeze(text_of(found.element))) if found.element is not None else 0
    if found.used != "configured" and size < 600:
        data = embedded.embedded_body(root, html)
        if data is not None and len(squeeze(text_of(data))) > 1.3 * size:
            return body.Body(data, "embedded")
    return found


def _labels(root: Element, html: str, found: body.Body, selectors: Selectors) -> metadata.Metadata:
    """What the page labels; a configured place goes before the rest."""
    labels = metadata.read_metadata(root, found.element)
    if found.used == "embedded":
        labels = _prefer(labels, _from_data(html))
    if selectors.metadata:
        for box in select(root, selectors.metadata):
            labels = _prefer(metadata.read_metadata(box, None), labels)
    return labels


_DATA_KINDS = {
    "title": "name", "document_number": "document_number", "publisher": "publisher",
    "display_publish_time": "published", "publish_time": "published",
}  # fmt: skip


def _from_data(html: str) -> metadata.Metadata:
    """The labels of a notice that is wholly data for its page's script."""
    fields = embedded.embedded_fields(html)
    return metadata.Metadata({_DATA_KINDS[name]: [value] for name, value in fields.items()})


def _prefer(first: metadata.Metadata, second: metadata.Metadata) -> metadata.Metadata:
    return metadata.Metadata({**second.values, **first.values})


def _stated_number(
    root: Element, selectors: Selectors, hints: RowHints, labels: metadata.Metadata
) -> str | None:
    """The number that a configured place, a label or the list's row gives."""
    if selectors.number:
        for element in select(root, selectors.number):
            if number := printed_numbers.from_label(_after_colon(text_of(element))):
                return number
    for value in [*labels.all("document_number"), hints.document_number]:
        if number := printed_numbers.from_label(value):
            return number
    return None


def _after_colon(text: str) -> str:
    return re.split(r"[:：]", text, maxsplit=1)[-1]


def _index(labels: metadata.Metadata, hints: RowHints) -> str | None:
    for value in [*labels.all("index_number"), hints.index_number]:
        text = squeeze(value)
        if text and len(text) <= 60 and any(char.isdigit() for char in text):
            return text
    return None


def _attachments(
    root: Element, found: Element | None, base: str, selectors: Selectors, html: str
) -> tuple[AttachmentLink, ...]:
    chosen = select(root, selectors.attachments) if selectors.attachments else None
    return attachment_links.find_attachments(root, found, base, chosen=chosen, raw=html)


def _label_date(labels: metadata.Metadata, kind: str) -> date | None:
    return next(
        (day for value in labels.all(kind) if (day := printed_dates.first_date(value))), None
    )


def _meta_date(meta: Mapping[str, str]) -> date | None:
    for name in _META_DATES:
        if (value := meta.get(name)) and (day := printed_dates.row_date(value[:40])):
            return day
    return None


def _visible(
    root: Element,
    found: Element | None,
    title: Element | None,
    selectors: Selectors,
    labels: metadata.Metadata,
) -> date | None:
    """The printed date of publication: configured, labelled, or standing under the title."""
    if selectors.detail_date:
        for element in select(root, selectors.detail_date):
            if day := printed_dates.first_date(text_of(element)):
                return day
    return _label_date(labels, "published") or page_head.date_under_title(root, found, title)


def _with_last_resort(dates: NoticeDates, title: str, labels: metadata.Metadata) -> NoticeDates:
    """Where nothing says the day of publication: the title's day, or that of an update, which
    may be the hour of rendering."""
    if dates.published is not None:
        return dates
    return replace(dates, visible=_dated_title(title) or _label_date(labels, "updated"))


def _dated_title(title: str) -> date | None:
    """The day in the title of an English act (``Regulation (EU) 2023/1542 … of 12 July 2023``)."""
    match = _OF_DAY.search(title)
    return printed_dates.first_date(match[1]) if match else None


def _deadline(hints: RowHints, labels: metadata.Metadata) -> date | None:
    return hints.comment_deadline or _label_date(labels, "deadline")


def _validity(labels: metadata.Metadata) -> str | None:
    for value in labels.all("validity"):
        if _VALIDITY.fullmatch(squeeze(value)):
            return squeeze(value)
    return None
