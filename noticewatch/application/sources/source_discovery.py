"""Find out what stands at an address, and what to do when it is nothing to watch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from noticewatch.application.application import Application
from noticewatch.application.user_errors import NoticewatchError

if TYPE_CHECKING:
    from crawler.discovery.probe import Discovery
    from domain.records.observation import NoticeRef, ParsedNotice


def discovered(app: Application, url: str, form: str) -> Discovery:
    """What stands at an address; ``form`` is posted to it, in the form ``a=1&b=2``."""
    from crawler.discovery.probe import ProbeError, discover
    from crawler.run import CrawlError

    try:
        return discover(url, app.platforms, tuple(parse_qsl(form, keep_blank_values=True)))
    except (ProbeError, CrawlError) as error:
        raise NoticewatchError(str(error)) from error


def nothing_found(found: Discovery) -> str:
    """What to do about a page that holds nothing to watch; empty when it does."""
    if found.rows or found.detected.columns or found.detected.notice:
        return ""
    if found.json_names:
        return (
            "this is JSON, but no entry with a title, an address and a date could be told: "
            f"describe it by hand (docs/add-a-source.md, step 6). It has {found.json_names}"
        )
    if found.interfaces:
        names = ", ".join(found.interfaces)
        return (
            f"no dated row stands in this page; its script may ask {names}: look for that request "
            "in the browser's network view and try `noticewatch source discover` on its address, "
            "with --form for what is posted"
        )
    return (
        "no dated row stands in this page: look whether it is the list itself, and in the browser's"
        " network view for an answer that holds the titles (docs/add-a-source.md)"
    )


def discovery_json(found: Discovery) -> dict[str, Any]:
    """The shape of ``source discover --json``."""
    detected = found.detected
    return {
        "url": found.url,
        "platform": detected.platform,
        "kind": detected.kind,
        "rows": [row_json(row) for row in found.rows],
        "notice": _notice_json(detected.notice) if detected.notice else None,
        "columns": [
            {
                "name": column.name,
                "url": column.url,
                "rows": column.rows,
                "newest": column.newest.isoformat() if column.newest else None,
            }
            for column in detected.columns
        ],
        "parameters": dict(detected.parameters),
    }


def _notice_json(notice: ParsedNotice) -> dict[str, Any]:
    published = notice.dates.published
    return {
        "title": notice.title,
        "published": published.isoformat() if published else None,
        "document_number": notice.document_number,
        "issuers": list(notice.issuers),
        "body": notice.text,
        "attachments": [{"name": link.name, "url": link.url} for link in notice.attachments],
    }


def row_json(row: NoticeRef) -> dict[str, str | None]:
    """A row of a list as ``source discover`` and ``source check`` give it."""
    day = row.published.isoformat() if row.published else None
    return {"title": row.title, "url": row.url, "date": day}
