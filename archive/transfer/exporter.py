"""Export of notices: JSON lines, CSV, XLSX and WARC (DESIGN section 5)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import IO, Any

from archive.errors import ArchiveError
from archive.store import Archive
from domain.records.change import Change
from domain.records.fact import Fact
from domain.records.notice import Attachment, Notice, Posting, Version
from domain.records.states import ChangeKind

COLUMNS = (
    "id", "title", "title_en", "document_number", "issuers", "jurisdiction", "published",
    "effective", "expires", "status", "stage", "authority", "topics", "severity",
    "severity_rule", "relevant_because", "url", "sources", "first_seen", "last_change",
)  # fmt: skip
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r")
_CELL_MAX = 32_000  # a spreadsheet cell holds 32,767 characters
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
            line = json.dumps(export_notice(notice), ensure_ascii=False)
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


def export_notice(notice: Notice) -> dict[str, Any]:
    """The notice as one line of the jsonl export."""
    return {
        "id": notice.id,
        "title": notice.title,
        "document_number": notice.document_number,
        "issuers": list(notice.issuers),
        "jurisdiction": notice.jurisdiction,
        "published": _iso(notice.published),
        "effective": _iso(notice.effective),
        "status": notice.status,
        "stage": notice.stage,
        "labels": [
            {
                "topic": label.topic,
                "score": label.score,
                "evidence": [{"text": item.text, "where": item.where} for item in label.evidence],
            }
            for label in notice.labels
        ],
        "facts": [export_fact(fact) for fact in notice.facts],
        "relations": [
            {
                "kind": relation.kind,
                "title": relation.title,
                "document_number": relation.document_number,
                "target_id": relation.target_id,
                "probable": relation.probable,
            }
            for relation in notice.relations
        ],
        "severity": notice.severity,
        "severity_rule": notice.severity_rule,
        "relevant_because": notice.relevant_because,
        "expires": _iso(notice.expires),
        "authority": notice.authority,
        "postings": [_posting(posting) for posting in notice.postings],
        "changes": [export_change(change) for change in notice.changes],
    }


def export_fact(fact: Fact) -> dict[str, Any]:
    return {
        "kind": fact.kind.value,
        "value": fact.value.to_json(),
        "quote": fact.quote,
        "where": fact.where,
    }


def export_change(change: Change) -> dict[str, Any]:
    return {
        "id": change.id,
        "kind": change.kind.value,
        "at": _moment(change.at),
        "posting_url": change.posting_url,
        "from_version": change.from_version,
        "to_version": change.to_version,
        "substantive": change.substantive,
        "reason": change.reason,
        "labels": list(change.labels),
        "facts_before": [export_fact(fact) for fact in change.facts_before],
        "facts_after": [export_fact(fact) for fact in change.facts_after],
    }


def _posting(posting: Posting) -> dict[str, Any]:
    return {
        "url": posting.url,
        "source": posting.source_key,
        "column": posting.column_key,
        "title": posting.title,
        "first_seen": _moment(posting.first_seen),
        "last_seen": _moment(posting.last_seen),
        "state": posting.state.value,
        "versions": [_version(version) for version in posting.versions],
    }


def _version(version: Version) -> dict[str, Any]:
    return {
        "number": version.number,
        "fetched_at": _moment(version.fetched_at),
        "raw_sha256": version.raw_sha256,
        "text_sha256": version.text_sha256,
        "title": version.title,
        "text": version.text,
        "attachments": [_attachment(item) for item in version.attachments],
    }


def _attachment(item: Attachment) -> dict[str, Any]:
    return {
        "name": item.name,
        "url": item.url,
        "sha256": item.sha256,
        "bytes": item.bytes,
        "status": item.status.value,
        "text": item.text,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


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
        "published": _iso(notice.published),
        "effective": _iso(notice.effective),
        "expires": _iso(notice.expires),
        "status": notice.status,
        "stage": notice.stage,
        "authority": notice.authority,
        "topics": ", ".join(label.topic for label in notice.labels),
        "severity": notice.severity,
        "severity_rule": notice.severity_rule,
        "relevant_because": notice.relevant_because,
        "url": notice.url,
        "sources": ", ".join(dict.fromkeys(posting.source_key for posting in notice.postings)),
        "first_seen": _moment(notice.first_seen),
        "last_change": _moment(notice.changes[-1].at) if notice.changes else None,
    }


def safe_cell(value: object) -> str | int | float:
    """A cell that no spreadsheet takes for a formula: such text gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return value
    text = str(value).replace("\x00", "")[:_CELL_MAX]
    return f"'{text}" if text.startswith(_FORMULA_START) else text


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
        warc_headers_dict={"WARC-Date": _moment(at)},
    )
    writer.write_record(record)
