"""Export notices as JSON lines, CSV, XLSX and WARC."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from http import HTTPStatus
from typing import IO, Any

from archive.errors import ArchiveError
from archive.store import Archive
from archive.transfer.notice_json import iso_day, iso_moment, notice_json
from domain.records.notice import Notice, Posting, Version
from domain.records.states import ChangeKind
from domain.text.safe_output import safe_cell

COLUMNS = (
    "id", "title", "title_en", "document_number", "issuers", "jurisdiction", "published",
    "effective", "expires", "status", "stage", "authority", "topics", "severity",
    "severity_rule", "relevant_because", "url", "sources", "first_seen", "last_change",
)  # fmt: skip
_HOP_HEADERS = {"content-encoding", "transfer-encoding", "content-length", "connection"}


def write_export(
    archive: Archive, target: IO[bytes], format_: str, *, since: date | None = None
) -> int:
    """Write notices as jsonl, csv, xlsx or warc; how many.

    ``since``: those published that day or later (first seen, where no date is known), and
    those with an edit, withdrawal or other change since then.
    """
    count = 0

    def counted() -> Iterator[Notice]:
        nonlocal count
        for notice in archive.notices.iterate(versions=format_ in {"jsonl", "warc"}):
            if since is None or _falls_since(notice, since):
                count += 1
                yield notice

    if format_ == "jsonl":
        for notice in counted():
            line = json.dumps(notice_json(notice), ensure_ascii=False)
            target.write(line.encode("utf-8", "replace") + b"\n")
    elif format_ == "csv":
        target.write(b"\xef\xbb\xbf")  # else Excel takes UTF-8 for the local code page
        for text in csv_lines(table_row(notice) for notice in counted()):
            target.write(text.encode())
    elif format_ == "xlsx":
        write_xlsx(target, (table_row(notice) for notice in counted()))
    elif format_ == "warc":
        write_warc(target, archive, counted())
    else:
        raise ArchiveError(f"no export format {format_!r}: jsonl, csv, xlsx or warc")
    return count


def _falls_since(notice: Notice, since: date) -> bool:
    day = since.date() if isinstance(since, datetime) else since
    if (notice.published or notice.first_seen.date()) >= day:
        return True
    firsts = {ChangeKind.NEW, ChangeKind.COPIED}
    return any(change.at.date() >= day and change.kind not in firsts for change in notice.changes)


# ------------------------------------------------------------------ tables


def table_row(notice: Notice) -> dict[str, Any]:
    """The notice as one row; lists are joined, texts left out."""
    return {
        "id": notice.id,
        "title": notice.title,
        "title_en": notice.title_en,
        "document_number": notice.document_number,
        "issuers": "、".join(notice.issuers),
        "jurisdiction": notice.jurisdiction,
        "published": iso_day(notice.published),
        "effective": iso_day(notice.effective),
        "expires": iso_day(notice.expires),
        "status": notice.status,
        "stage": notice.stage,
        "authority": notice.authority,
        "topics": ", ".join(label.topic for label in notice.labels),
        "severity": notice.severity,
        "severity_rule": notice.severity_rule,
        "relevant_because": notice.relevant_because,
        "url": notice.url,
        "sources": ", ".join(dict.fromkeys(posting.source_key for posting in notice.postings)),
        "first_seen": iso_moment(notice.first_seen),
        "last_change": iso_moment(notice.changes[-1].at) if notice.changes else None,
    }


def csv_lines(rows: Iterable[Mapping[str, Any]], columns: Iterable[str] = COLUMNS) -> Iterator[str]:
    """CSV with a header, a piece of text for each row."""
    names = list(columns)
    yield _csv_line(names)
    for row in rows:
        yield _csv_line([safe_cell(row.get(name)) for name in names])


def _csv_line(cells: list[Any]) -> str:
    target = io.StringIO()
    csv.writer(target).writerow(cells)
    return target.getvalue()


def write_xlsx(
    target: IO[bytes], rows: Iterable[Mapping[str, Any]], columns: Iterable[str] = COLUMNS
) -> None:
    """A workbook of one sheet; no cell is a formula or a link."""
    import xlsxwriter

    names = list(columns)
    with xlsxwriter.Workbook(
        target, {"constant_memory": True, "in_memory": False, "strings_to_formulas": False,
                 "strings_to_urls": False, "strings_to_numbers": False}
    ) as book:  # fmt: skip
        sheet = book.add_worksheet("notices")
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, names, bold)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, 1):
            for place, name in enumerate(names):
                cell = safe_cell(row.get(name))
                if isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                else:
                    sheet.write_number(number, place, cell)


# ------------------------------------------------------------------ WARC


def write_warc(target: IO[bytes], archive: Archive, notices: Iterable[Notice]) -> int:
    """Every kept response, pages and attachments, as WARC response records; how many.

    Bodies were stored after their content encoding was undone, so the headers that speak of
    it are left out.
    """
    from warcio.warcwriter import WARCWriter

    writer = WARCWriter(target, gzip=True)
    writer.write_record(
        writer.create_warcinfo_record("noticewatch.warc.gz", {"software": "noticewatch"})
    )
    written = 0
    for notice in notices:
        for posting in notice.postings:
            for version in posting.versions:
                written += _write_version(writer, archive, posting, version)
    return written


def _write_version(writer: Any, archive: Archive, posting: Posting, version: Version) -> int:
    response = archive.versions.response_of(version.id)
    headers: tuple[tuple[str, str], ...] = version.headers
    kept = [(response.url, response.status, headers, version.raw_sha256)]
    for item in version.attachments:
        if item.sha256:
            headers = (("Content-Type", item.media_type or "application/octet-stream"),)
            url = item.url or f"{posting.url}#attachment-{item.id}"
            kept.append((url, 200, headers, item.sha256))
    pruned = archive.evidence.pruned([sha256 for *_, sha256 in kept])
    kept = [one for one in kept if one[-1] not in pruned]
    for url, status, headers, sha256 in kept:
        body = archive.evidence.get(sha256)
        _write_response(writer, url, version.fetched_at, status, headers, body)
    return len(kept)


def _write_response(
    writer: Any,
    url: str,
    at: datetime,
    status: int,
    headers: Iterable[tuple[str, str]],
    body: bytes,
) -> None:
    from warcio.statusandheaders import StatusAndHeaders

    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "Unknown"
    kept = [(name, value) for name, value in headers if name.lower() not in _HOP_HEADERS]
    record = writer.create_warc_record(
        url,
        "response",
        payload=io.BytesIO(body),
        http_headers=StatusAndHeaders(
            f"{status} {phrase}",
            [*kept, ("Content-Length", str(len(body)))],
            protocol="HTTP/1.1",
        ),
        warc_headers_dict={"WARC-Date": iso_moment(at)},
    )
    writer.write_record(record)
