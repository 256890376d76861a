"""Build Atom, iCalendar and table rows that other programs follow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from lxml import etree

from config.time_zone import BEIJING
from domain.law.date_entries import DateEntry
from domain.records.search_hit import SearchHit
from domain.text.safe_output import is_web_url, xml_text
from i18n.headline_text import duty_text
from i18n.phrases import Lang
from noticewatch.web.views.answers import DeadlineJson

ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class EntryNotes:
    """What a feed says of its entries besides the hits, by notice: when each really changed,
    and to which of our companies it applies."""

    changed: Mapping[int, datetime]
    applies: Mapping[int, str] = field(default_factory=dict)


def atom(
    title: str, base: str, self_url: str, hits: Iterable[SearchHit], notes: EntryNotes
) -> bytes:
    """An Atom feed of search hits; entry ids are stable per notice, and an entry is updated
    when its notice really changed."""
    told = [(hit, _updated(hit, notes.changed)) for hit in hits]
    newest = max((at for _, at in told), default=_LONG_AGO)
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})

    def add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> None:
        element = etree.SubElement(parent, f"{{{ATOM}}}{name}", **attributes)
        if text:
            element.text = xml_text(text)

    add(feed, "title", title)
    add(feed, "id", self_url)
    add(feed, "link", rel="self", href=self_url)
    add(feed, "updated", newest.isoformat())
    for hit, updated in told:
        entry = etree.SubElement(feed, f"{{{ATOM}}}entry")
        add(entry, "title", hit.title)
        add(entry, "id", f"{base}/notices/{hit.id}")
        add(entry, "link", href=f"{base}/notices/{hit.id}")
        if is_web_url(hit.url):
            add(entry, "link", rel="via", href=hit.url)
        if hit.published:
            add(entry, "published", _midnight(hit.published).isoformat())
        add(entry, "updated", updated.isoformat())
        author = etree.SubElement(entry, f"{{{ATOM}}}author")
        add(author, "name", hit.jurisdiction)
        for topic in hit.labels:
            add(entry, "category", term=topic)
        concern = notes.applies.get(hit.id)
        words = hit.snippet or hit.title
        add(entry, "summary", f"{concern}\n{words}" if concern else words)
    body: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8")
    return body


_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=BEIJING)


def _updated(hit: SearchHit, changed: Mapping[int, datetime]) -> datetime:
    at = changed.get(hit.id)
    if at is not None:
        return at.astimezone(UTC).replace(microsecond=0)
    return _midnight(hit.published) if hit.published else _LONG_AGO


# RFC 5545 allows no controls in texts but the tab; bidi overrides would turn the line around.
_NO_ICS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def _ics_text(text: str) -> str:
    text = _NO_ICS.sub("", text)
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


def icalendar(
    entries: Iterable[DateEntry],
    base: str,
    today: date,
    *,
    kind_name: Callable[[str], str],
    alarm_days: Sequence[int] = (),
    lang: Lang = "en",
) -> bytes:
    """All-day events of open dates (RFC 5545), with an alarm at nine o'clock so many days
    before each; ``kind_name`` gives a date's kind in the reader's language."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//noticewatch//deadlines//EN",
        "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "X-WR-CALNAME:noticewatch",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H",
    ]  # fmt: skip
    stamp = f"{today:%Y%m%d}T000000Z"  # the same all day long: a calendar that asks again sees so
    for entry in entries:
        summary = _summary(entry, kind_name, lang)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{entry.duty_id or entry.notice_id}-{entry.kind}-{entry.on:%Y%m%d}@noticewatch",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{entry.on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_ics_text(summary)}",
            f"DESCRIPTION:{_ics_text(entry.quote)}",
            f"URL:{base}/notices/{entry.notice_id}",
            "TRANSP:TRANSPARENT",
            *(line for days in alarm_days for line in _alarm(days, summary)),
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return ("\r\n".join(_fold(line) for line in lines) + "\r\n").encode()


def _summary(entry: DateEntry, kind_name: Callable[[str], str], lang: Lang) -> str:
    """What is due: of a duty its sentence, else the kind of date and the act."""
    if entry.duty is not None:
        return duty_text(entry.duty, lang)
    return f"{kind_name(entry.kind)}: {entry.title}"


def _alarm(days: int, summary: str) -> list[str]:
    """Nine in the morning, so many days before an event that begins at midnight."""
    trigger = f"-P{days - 1}DT15H" if days else "PT9H"
    return [
        "BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{trigger}",
        f"DESCRIPTION:{_ics_text(summary)}", "END:VALARM",
    ]  # fmt: skip


DATE_COLUMNS = (
    "date", "kind", "notice_id", "title", "jurisdiction", "severity", "quote",
    "duty_id", "en", "zh",
)  # fmt: skip


def date_row(entry: DateEntry) -> DeadlineJson:
    """An open date as the API and the tables give it."""
    return {
        "date": entry.on.isoformat(),
        "kind": entry.kind,
        "notice_id": entry.notice_id,
        "title": entry.title,
        "jurisdiction": entry.jurisdiction,
        "severity": entry.severity,
        "quote": entry.quote,
        "duty_id": entry.duty_id,
        "en": duty_text(entry.duty, "en") if entry.duty else "",
        "zh": duty_text(entry.duty, "zh") if entry.duty else "",
    }


HIT_COLUMNS = (
    "id", "published", "jurisdiction", "title", "title_en", "document_number", "labels", "snippet",
    "url",
)  # fmt: skip


def hit_rows(hits: Iterable[SearchHit]) -> Iterator[dict[str, object]]:
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
