"""Atom, iCalendar and table rows: results that other programs follow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from lxml import etree

from archive.records import Hit
from noticewatch.web.field import DateEntry

ATOM = "http://www.w3.org/2005/Atom"
_KIND_NAMES = {
    "comment_deadline": "comments close",
    "effective_date": "in force",
    "expiry_date": "expires",
    "deadline": "deadline",
}


_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _xml_safe(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold."""
    return _NO_XML.sub("", text)


def atom(title: str, base: str, self_url: str, hits: Iterable[Hit], updated: datetime) -> bytes:
    """An Atom feed of search hits; entry ids are stable per notice."""
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})

    def add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> None:
        element = etree.SubElement(parent, f"{{{ATOM}}}{name}", **attributes)
        if text:
            element.text = _xml_safe(text)

    add(feed, "title", title)
    add(feed, "id", self_url)
    add(feed, "link", rel="self", href=self_url)
    add(feed, "updated", updated.astimezone(UTC).isoformat())
    for hit in hits:
        entry = etree.SubElement(feed, f"{{{ATOM}}}entry")
        add(entry, "title", hit.title)
        add(entry, "id", f"{base}/notices/{hit.id}")
        add(entry, "link", href=f"{base}/notices/{hit.id}")
        if hit.url.startswith(("http://", "https://")):
            add(entry, "link", rel="via", href=hit.url)
        on = hit.published.isoformat() if hit.published else updated.date().isoformat()
        add(entry, "updated", f"{on}T00:00:00+08:00")
        author = etree.SubElement(entry, f"{{{ATOM}}}author")
        add(author, "name", hit.jurisdiction)
        for topic in hit.labels:
            add(entry, "category", term=topic)
        add(entry, "summary", hit.snippet or hit.title)
    body: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8")
    return body


def _ics_text(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text


def _fold(line: str) -> str:
    """RFC 5545 section 3.1: lines of at most 75 octets."""
    out, size = "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > 73:
            out += "\r\n "
            size = 1
        out += char
        size += octets
    return out


def icalendar(entries: Iterable[DateEntry], base: str, now: datetime) -> bytes:
    """All-day events of open dates (RFC 5545)."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//noticewatch//deadlines//EN"]
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    for entry in entries:
        summary = f"{_KIND_NAMES.get(entry.kind, entry.kind)}: {entry.title}"
        lines += [
            "BEGIN:VEVENT",
            f"UID:{entry.notice_id}-{entry.kind}-{entry.on:%Y%m%d}@noticewatch",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{entry.on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_ics_text(summary)}",
            f"DESCRIPTION:{_ics_text(entry.quote)}",
            f"URL:{base}/notices/{entry.notice_id}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return ("\r\n".join(_fold(line) for line in lines) + "\r\n").encode()


ROW_NAMES = (
    "id", "published", "jurisdiction", "title", "title_en", "document_number", "labels", "snippet",
    "url",
)  # fmt: skip


def rows(hits: Iterable[Hit]) -> Iterator[dict[str, object]]:
    """Hits as table rows; the writers make cells safe for spreadsheets."""
    for hit in hits:
        yield {
            "id": hit.id,
            "published": hit.published.isoformat() if hit.published else "",
            "jurisdiction": hit.jurisdiction,
            "title": hit.title,
            "title_en": hit.title_en,
            "document_number": hit.document_number,
            "labels": " ".join(hit.labels),
            "snippet": hit.snippet,
            "url": hit.url,
        }
