"""Obligations as files for other programs: CSV, XLSX, OSCAL JSON, RSS 2.0.

OSCAL: a plan of action and milestones (POA&M), a risk and an item for each obligation that is not
over; identifiers are the same in each export.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, time
from email.utils import format_datetime
from typing import IO, Any, Literal

from config.time_zone import BEIJING
from domain.records.obligation import CLOSED, Obligation
from i18n.headline_text import duty_text, else_text
from noticewatch.application.me.obligation_lists import obligation_json

FileForm = Literal["csv", "xlsx", "oscal", "rss"]
OBLIGATION_COLUMNS = (
    "id", "entity", "state", "owner", "due", "en", "zh", "article", "title", "jurisdiction",
    "severity", "reason", "last_review", "law_changed_since", "waits_for_second_person", "ended",
    "evidence", "quote", "url", "duty_id",
)  # fmt: skip
_OSCAL_VERSION = "1.1.2"
_NAMESPACE = uuid.UUID("6f2d6b1e-6d0e-5c44-9b5e-6e6f74696365")
_OWN = "https://noticewatch.example/ns/oscal"
_STATUS = {"open": "open", "in_progress": "remediating", "done": "closed", "not_for_us": "closed"}


def write_obligations(
    target: IO[bytes], form: FileForm, found: Sequence[Obligation], now: datetime
) -> None:
    """Write obligations in a form."""
    if form == "csv":
        from archive.transfer.exporter import csv_lines

        text = "\ufeff" + "".join(csv_lines(obligation_rows(found), OBLIGATION_COLUMNS))
        target.write(text.encode("utf-8", "replace"))
    elif form == "xlsx":
        from archive.transfer.exporter import write_xlsx

        write_xlsx(target, obligation_rows(found), OBLIGATION_COLUMNS)
    elif form == "oscal":
        target.write(json.dumps(oscal(found, now), ensure_ascii=False, indent=2).encode())
    else:
        target.write(rss(found, now))


def obligation_rows(found: Sequence[Obligation]) -> list[dict[str, object]]:
    """A row for each; files and links of a duty in one cell."""
    rows = []
    for item in found:
        row: dict[str, object] = {**obligation_json(item)}
        row["evidence"] = "; ".join(f"{proof.name} {proof.value}" for proof in item.proofs)
        rows.append({name: row[name] for name in OBLIGATION_COLUMNS})
    return rows


def oscal(found: Sequence[Obligation], now: datetime) -> dict[str, Any]:
    """The plan of action and milestones; duties that are over are left out."""
    live = [item for item in found if item.ended is None]
    return {
        "plan-of-action-and-milestones": {
            "uuid": _uuid("plan"),
            "metadata": {
                "title": "Obligations from notices of Chinese authorities",
                "last-modified": now.astimezone(UTC).isoformat(timespec="seconds"),
                "version": now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ"),
                "oscal-version": _OSCAL_VERSION,
            },
            "system-id": {"identifier-type": _OWN, "id": "noticewatch"},
            **({"risks": [_risk(item) for item in live]} if live else {}),
            "poam-items": [_item(item) for item in live] or [_nothing()],
        }
    }


def _risk(item: Obligation) -> dict[str, Any]:
    deadline = {} if item.due is None else {"deadline": _end_of(item)}
    return {
        "uuid": _uuid(f"risk:{item.id}"),
        "title": duty_text(item.duty, "en"),
        "description": item.duty.quote or duty_text(item.duty, "zh"),
        "statement": else_text(item.duty, "en") or "No sanction is stated for a breach.",
        "props": _props(item),
        "status": _STATUS[item.state],
        **deadline,
    }


def _item(item: Obligation) -> dict[str, Any]:
    links = [{"href": item.url, "rel": "reference", "text": item.title}] if item.url else []
    links += [
        {"href": proof.value, "rel": "evidence", "text": proof.name}
        for proof in item.proofs
        if proof.kind == "link"
    ]
    return {
        "uuid": _uuid(f"item:{item.id}"),
        "title": duty_text(item.duty, "en"),
        "description": duty_text(item.duty, "zh"),
        "props": [*_props(item), *_file_props(item)],
        **({"links": links} if links else {}),
        "related-risks": [{"risk-uuid": _uuid(f"risk:{item.id}")}],
    }


def _props(item: Obligation) -> list[dict[str, str]]:
    known = {
        "entity": item.entity, "duty-id": item.duty_id, "state": item.state,
        "owner": item.owner, "jurisdiction": item.jurisdiction, "severity": item.severity,
        "article": item.duty.article, "reason": item.reason,
        "law-changed-since": item.law_changed_since and item.law_changed_since.isoformat(),
        "last-review": item.last_review and item.last_review.isoformat(),
    }  # fmt: skip
    return [
        {"name": name, "ns": _OWN, "value": " ".join(value.split())}
        for name, value in known.items()
        if value
    ]


def _file_props(item: Obligation) -> list[dict[str, str]]:
    return [
        {"name": "evidence-sha256", "ns": _OWN, "value": proof.value}
        for proof in item.proofs
        if proof.kind == "file"
    ]


def _nothing() -> dict[str, Any]:
    """OSCAL wants an item; there is none."""
    return {
        "uuid": _uuid("nothing"),
        "title": "No obligations",
        "description": "Nothing is known that applies.",
    }


def _end_of(item: Obligation) -> str:
    """The end of the last day, in Beijing."""
    assert item.due is not None
    return datetime.combine(item.due, time(23, 59, 59), tzinfo=BEIJING).isoformat()


def _uuid(name: str) -> str:
    """The same for one thing in each export; version 5, as OSCAL allows."""
    return str(uuid.uuid5(_NAMESPACE, name))


def rss(found: Sequence[Obligation], now: datetime) -> bytes:
    """An RSS 2.0 feed of what is not closed, the nearest day first."""
    from lxml import etree

    feed = etree.Element("rss", version="2.0")
    channel = etree.SubElement(feed, "channel")
    _tell(channel, "title", "noticewatch: obligations")
    _tell(channel, "link", _OWN)
    _tell(channel, "description", "Duties that apply to our companies and are not closed")
    _tell(channel, "lastBuildDate", format_datetime(now.astimezone(UTC)))
    for item in found:
        if item.state in CLOSED or item.ended is not None:
            continue
        entry = etree.SubElement(channel, "item")
        due = f"{item.due.isoformat()}: " if item.due else ""
        _tell(entry, "title", f"{due}{duty_text(item.duty, 'en')} ({item.entity})")
        if item.url.startswith(("http://", "https://")):
            _tell(entry, "link", item.url)
        etree.SubElement(entry, "guid", isPermaLink="false").text = _uuid(f"item:{item.id}")
        if item.changed is not None:
            _tell(entry, "pubDate", format_datetime(item.changed.astimezone(UTC)))
        _tell(entry, "description", f"{item.state} · {item.owner or '-'} · {item.duty.quote}")
    body: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8")
    return body


def _tell(parent: Any, name: str, text: str) -> None:
    from lxml import etree

    from domain.text.safe_output import xml_text

    etree.SubElement(parent, name).text = xml_text(text)
