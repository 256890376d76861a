"""Import notices from JSON lines as if they had been crawled.

The exports stand in :mod:`archive.transfer.exporter` and can be had from here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import IO, Any, NamedTuple
from urllib.parse import urlsplit

from archive.store import Archive
from archive.transfer.exporter import write_export
from domain.acts.issuers import PROVINCES, jurisdiction_of, named_bodies
from domain.acts.signatures import signed_by
from domain.records.lead import NewLead
from domain.records.observation import (
    AttachmentLink,
    Capture,
    FetchedAttachment,
    NoticeDates,
    Observation,
    ParsedNotice,
)
from domain.records.states import (
    AttachmentStatus,
    ChangeKind,
)
from domain.text.act_numbers.printed_numbers import from_lines, from_title
from domain.text.compatibility import plain_characters
from domain.text.document_numbers import normalise_document_number
from domain.text.units import text_blocks

__all__ = [
    "BadImportLine",
    "ImportProblem",
    "ImportReport",
    "import_lines",
    "observation_of",
    "write_export",
]

IMPORT_SOURCE = "import"
MEDIA = "media"
_BASELINE = "import_baseline"
_CHUNK = 100
_HEAD_LINES = 6
_ENDS, _LINE_MAX = 4000, 200  # characters looked at, from either end and of a line
# What a line and its fields may take; whatever is longer is no notice of ours.
MOST_LINE = 20_000_000  # bytes
_MOST_OF = {"url": 4000, "title": 2000, "document_number": 200, "source": 100, "published": 60,
            "name": 1000}  # fmt: skip
_MOST_TEXT = 1_000_000  # characters of a notice's or an attachment's text
_MOST_ISSUERS, _MOST_ATTACHMENTS = 50, 200
_SOURCE = re.compile(r"[\w.-]+")
# 商务部、海关总署 · 省商务厅 省财政厅
_BETWEEN_BODIES = re.compile(r"[、，,;；\s]+")
_BODY_END = re.compile(r"..[部委局署厅院会办关府行社队]$")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ].*)?")


class BadImportLine(ValueError):
    """A line that is no notice; the message says what was expected."""


class ImportProblem(NamedTuple):
    """A line (from 1) that was not taken, and why."""

    line: int
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportReport:
    """What an import did, in lines; ``revised`` counts every kind of change but the first."""

    read: int = 0
    new: int = 0
    copied: int = 0
    revised: int = 0
    unchanged: int = 0
    leads: int = 0  # articles (kind: media), kept apart from the notices
    baseline: bool = False
    errors: tuple[ImportProblem, ...] = ()


@dataclass(slots=True)
class _Tally:
    read: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    errors: list[ImportProblem] = field(default_factory=list)

    def count(self, kind: ChangeKind | None) -> None:
        known = {ChangeKind.NEW: "new", ChangeKind.COPIED: "copied", None: "unchanged"}
        name = known.get(kind, "revised")
        self.counts[name] = self.counts.get(name, 0) + 1

    def add(self, other: _Tally) -> None:
        for name, count in other.counts.items():
            self.counts[name] = self.counts.get(name, 0) + count
        self.errors += other.errors


def import_lines(
    archive: Archive, lines: Iterable[str | bytes], *, now: datetime | None = None
) -> ImportReport:
    """Bring in notices, one a JSON line; the same lines again change nothing.

    ``lines`` are split at the newline character only, as a file opened in binary mode gives
    them. A bad line is reported and skipped. The first import into an empty archive is a
    baseline, also when it is interrupted and run again.
    """
    now = archive.clock() if now is None else now
    baseline = archive.notices.is_empty() or archive.marks.get(_BASELINE) is not None
    if baseline:
        archive.marks.set(_BASELINE, "unfinished")
    tally = _Tally()
    numbered = enumerate(lines, 1)
    while chunk := list(islice(numbered, _CHUNK)):
        read = [(number, _read_line(number, line, now, tally, baseline)) for number, line in chunk]
        seen = [(number, item) for number, item in read if item is not None]
        tally.add(_stored(archive, seen))
    if baseline:
        archive.marks.set(_BASELINE, None)
    return ImportReport(
        read=tally.read, baseline=baseline, errors=tuple(sorted(tally.errors)), **tally.counts
    )


def bounded_lines(file: IO[bytes]) -> Iterator[bytes]:
    """The lines of a file, none longer than :data:`MOST_LINE` and one byte; the rest of such a
    line is passed over."""
    while line := file.readline(MOST_LINE + 1):
        yield line
        rest = line
        while len(rest) > MOST_LINE and not rest.endswith(b"\n"):
            rest = file.readline(MOST_LINE + 1)


def _read_line(
    number: int, line: str | bytes, now: datetime, tally: _Tally, baseline: bool
) -> Observation | NewLead | None:
    """The notice or the article of a line; None where it is empty or none, which the tally says."""
    try:
        raw = line.encode() if isinstance(line, str) else line
        raw = raw.removeprefix(b"\xef\xbb\xbf").strip()
        if not raw:
            return None
        tally.read += 1
        return lead_of(raw) or observation_of(raw, now, baseline=baseline)
    except (ValueError, RecursionError) as error:
        tally.errors.append(ImportProblem(line=number, message=str(error)))
        return None


def _stored(archive: Archive, seen: list[tuple[int, Observation | NewLead]]) -> _Tally:
    """Store notices in one transaction; where one cannot be stored, each in its own."""
    tally = _Tally()
    try:
        with archive.transaction():
            for _, item in seen:
                if isinstance(item, NewLead):
                    archive.leads.keep(item)
                    tally.counts["leads"] = tally.counts.get("leads", 0) + 1
                else:
                    tally.count(archive.ingest(item).kind)
    except ValueError as error:
        if len(seen) > 1:
            tally = _Tally()
            for one in seen:
                tally.add(_stored(archive, [one]))
            return tally
        problem = ImportProblem(line=seen[0][0], message=f"not understood ({error})")
        return _Tally(errors=[problem])
    return tally


def lead_of(line: bytes) -> NewLead | None:
    """The article of a line of ``kind: media``, None for a line that is a notice."""
    given = _parsed(line)
    if given.get("kind") != MEDIA:
        return None
    text = _text(given, "text", required=True)
    return NewLead(
        title=_text(given, "title", required=True), text=text, who=IMPORT_SOURCE,
        url=_text(given, "url"), publisher=_text(given, "source"), published=_day(given),
    )  # fmt: skip


def observation_of(line: bytes, now: datetime, *, baseline: bool = False) -> Observation:
    """The observation of one line; its bytes are the evidence. BadLine when it is no notice."""
    given = _parsed(line)
    url, title = _address(given), _text(given, "title", required=True)
    text = _text(given, "text").replace("\r\n", "\n").replace("\r", "\n")
    issuers = _issuers(given, text)
    source = _text(given, "source") or IMPORT_SOURCE
    if not _SOURCE.fullmatch(source):
        raise BadImportLine(f"source: expected a key such as cn-miit, got {source!r}")
    capture = Capture(
        url=url,
        status=200,
        headers=(("Content-Type", "application/json; charset=utf-8"),),
        body=line,
        fetched_at=now,
    )
    attachments = tuple(_attachments(given, now))
    return Observation(
        source_key=source,
        column_key=IMPORT_SOURCE,
        publisher=issuers[0] if issuers else "",
        jurisdiction=jurisdiction_of(issuers) or _jurisdiction_of_source(source),
        url=url,
        parsed=ParsedNotice(
            title=title,
            blocks=text_blocks(text),
            document_number=_text(given, "document_number") or own_number(title, text),
            issuers=issuers,
            dates=NoticeDates(listed=_day(given)),
            attachments=tuple(item.link for item in attachments),
        ),
        capture=capture,
        attachments=attachments,
        baseline=baseline,
    )


def _parsed(line: bytes) -> Mapping[str, Any]:
    if len(line) > MOST_LINE:
        raise BadImportLine(f"longer than {MOST_LINE:,} bytes")
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a ValueError
        raise BadImportLine(f"not JSON ({error})") from error
    if not isinstance(given, dict):
        raise BadImportLine("expected an object with url, title and text")
    return given


def _text(given: Mapping[str, Any], name: str, *, required: bool = False) -> str:
    value = given.get(name)
    if value is None:
        value = ""
    if not isinstance(value, str):
        raise BadImportLine(f"{name}: expected text, got {type(value).__name__}")
    most = _MOST_OF.get(name, _MOST_TEXT)
    if len(value) > most:
        raise BadImportLine(f"{name}: longer than {most:,} characters")
    value = _clean(value)
    value = value.strip() if name != "text" else value
    if required and not value:
        raise BadImportLine(f"{name} is missing")
    return value


def _clean(value: str) -> str:
    """A lone surrogate cannot be written down as UTF-8 anywhere, a NUL in no text column."""
    return plain_characters(value.replace("\x00", "").encode("utf-8", "replace").decode())


def _address(given: Mapping[str, Any]) -> str:
    """What a notice is known by: an address of the web, or a name of one's own."""
    url = _text(given, "url", required=True)
    try:
        sound = urlsplit(url).port != 0 and url.isprintable()
    except ValueError:  # such as http://[::1
        sound = False
    if not sound:
        raise BadImportLine(f"url: expected an address, got {url[:200]!r}")
    return url


def _day(given: Mapping[str, Any]) -> date | None:
    text = _text(given, "published")
    if not text:
        return None
    match = _DAY.fullmatch(text)
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass
    raise BadImportLine(f"published: expected a date such as 2026-04-27, got {text!r}")


def _issuers(given: Mapping[str, Any], text: str) -> tuple[str, ...]:
    value = given.get("issuers")
    if value is None:
        before_about = _text(given, "title").partition("关于")
        return signed_by(text) or (named_bodies(before_about[0]) if before_about[1] else ())
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise BadImportLine("issuers: expected a list of names")
    if len(names) > _MOST_ISSUERS or any(len(name) > _MOST_OF["document_number"] for name in names):
        raise BadImportLine(f"issuers: more than {_MOST_ISSUERS}, or one that is too long")
    return tuple(body for name in names for body in _bodies(_clean(name).strip()) if body)


def _bodies(name: str) -> list[str]:
    """The bodies of a text that names several: 商务部、海关总署."""
    parts = _BETWEEN_BODIES.split(name)
    return parts if all(_BODY_END.search(part) for part in parts) else [name]


def _attachments(given: Mapping[str, Any], now: datetime) -> Iterator[FetchedAttachment]:
    value = given.get("attachments") or []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise BadImportLine("attachments: expected a list of objects with name and text")
    if len(value) > _MOST_ATTACHMENTS:
        raise BadImportLine(f"attachments: more than {_MOST_ATTACHMENTS}")
    for item in value:
        link = AttachmentLink(name=_text(item, "name"), url=_text(item, "url"))
        text = _text(item, "text")
        capture = Capture(url=link.url, status=200, headers=(), body=text.encode(), fetched_at=now)
        yield FetchedAttachment(
            link=link,
            capture=capture,
            status=AttachmentStatus.OK,
            text=text,
            media_type="text/plain",
        )


def own_number(title: str, text: str) -> str | None:
    """The number that a document bears itself, found as on a crawled page: at the head of its
    text or in its title. A number within a sentence is somebody else's."""
    lines = [line for line in text[:_ENDS].split("\n") if line.strip()]
    number = from_lines(lines[:_HEAD_LINES]) or from_title(title[:_LINE_MAX])
    return normalise_document_number(number) if number else None


def _jurisdiction_of_source(key: str) -> str:
    """cn-gd-gdii belongs to CN-GD, eu-… to the EU, everything else to the nation."""
    parts = key.upper().split("-")
    if parts[0] == "EU":
        return "EU"
    if len(parts) > 2 and "-".join(parts[:2]) in PROVINCES.values():
        return "-".join(parts[:2])
    return "CN"
