"""Build observations as the crawler makes them, and messages as the notifier queues them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypedDict, Unpack

from domain.law.duties import (
    Bound,
    Destination,
    Duty,
    Modality,
    Sanction,
    Subject,
    TimeRelation,
    When,
)
from domain.records.message import NewOutboxItem
from domain.records.notice import Notice
from domain.records.observation import (
    AttachmentLink,
    Block,
    Capture,
    FetchedAttachment,
    NoticeDates,
    Observation,
    ParsedNotice,
)
from domain.records.states import AttachmentStatus

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HTML = (("Content-Type", "text/html"),)


class Changes(TypedDict, total=False):
    """What may differ from the usual observation."""

    at: datetime
    raw: bytes
    files: Mapping[str, bytes | None]
    source: str
    column: str
    publisher: str
    jurisdiction: str
    number: str | None
    issuers: Sequence[str]
    published: date | None
    comment_deadline: date | None
    baseline: bool


def make_observation(
    url: str = "https://www.miit.gov.cn/a/1.html",
    title: str = "关于开展废旧动力电池联合执法专项行动的通知",
    text: str | Sequence[str] = "各有关单位：\n为规范回收利用，现就有关事项通知如下。",
    **changes: Unpack[Changes],
) -> Observation:
    """Build an observation from its title, its paragraphs and what differs from the usual.

    ``text``: paragraphs, or lines that each are one; ``files``: name -> bytes, None where the
    download failed.
    """
    assert changes.keys() <= Changes.__annotations__.keys()
    paragraphs = text.split("\n") if isinstance(text, str) else text
    at = changes.get("at", START)
    raw = changes.get("raw", "\n".join(("<html>", title, *paragraphs, "</html>")).encode())
    files = changes.get("files", {})
    return Observation(
        source_key=changes.get("source", "cn-miit"),
        column_key=changes.get("column", "wjfb"),
        publisher=changes.get("publisher", "工业和信息化部"),
        jurisdiction=changes.get("jurisdiction", "CN"),
        url=url,
        parsed=ParsedNotice(
            title=title,
            blocks=tuple(Block(kind="paragraph", text=line) for line in paragraphs),
            document_number=changes.get("number"),
            issuers=tuple(changes.get("issuers", ())),
            dates=NoticeDates(listed=changes.get("published", date(2026, 4, 27))),
            comment_deadline=changes.get("comment_deadline"),
            attachments=tuple(AttachmentLink(name=name, url=f"{url}/{name}") for name in files),
        ),
        capture=Capture(url=url, status=200, headers=HTML, body=raw, fetched_at=at),
        attachments=tuple(make_attachment(url, name, body, at) for name, body in files.items()),
        baseline=changes.get("baseline", False),
    )


def make_attachment(url: str, name: str, body: bytes | None, at: datetime) -> FetchedAttachment:
    """Build a file of a page; without a body, one whose download failed."""
    link = AttachmentLink(name=name, url=f"{url}/{name}")
    if body is None:
        return FetchedAttachment(link=link, capture=None, status=AttachmentStatus.BROKEN)
    capture = Capture(url=link.url, status=200, headers=(), body=body, fetched_at=at)
    return FetchedAttachment(
        link=link, capture=capture, status=AttachmentStatus.OK, text=body.decode()
    )


def message(key: str, channel: str = "compliance", **more: Any) -> NewOutboxItem:
    """Build a message that is queued under a key."""
    shown = {"kind": "alert", "payload": {"text": "警报"}} | more
    return NewOutboxItem(channel=channel, dedupe_key=key, **shown)


def make_duty(low: int = 10_000, high: int = 30_000, **parts: Any) -> Duty:
    """Recyclers must report receipts on a portal within 30 days, or else a fine."""
    sanction = Sanction(article="第三条", kinds=("fine",), min=low, max=high, basis="fixed")
    given: dict[str, Any] = {
        "who": Subject(role="recycler", kind=Bound.COMPANY, text="综合利用企业"),
        "modality": Modality.MUST,
        "act": "report",
        "object": "入库信息",
        "verb": "报送",
        "when": When(relation=TimeRelation.WITHIN, duration="P30D", event="receipt"),
        "where": Destination(name="国家溯源信息平台"),
        "sanctions": (sanction,),
        "article": "第一条",
        "quote": "综合利用企业应当自接收之日起30日内通过国家溯源信息平台报送入库信息。",
    }
    return Duty(**{**given, **parts})


def make_notice(**parts: Any) -> Notice:
    """Build a binding national act of the archive."""
    given: dict[str, Any] = {
        "id": 1, "title": "关于开展废旧动力电池联合执法专项行动的通知", "title_en": None,
        "document_number": None, "issuers": ("工业和信息化部",), "jurisdiction": "CN",
        "published": date(2026, 4, 27), "effective": None, "expires": None, "status": None,
        "stage": "final", "authority": None, "severity": "grey", "severity_rule": "",
        "relevant_because": "labels", "first_seen": START, "url": "https://www.miit.gov.cn/a/1.html",
    }  # fmt: skip
    return Notice(**{**given, **parts})


def make_act(duties: Sequence[Duty] = (), **differs: Any) -> Notice:
    """A binding national act with duties; ``differs`` are fields of the notice."""
    usual: dict[str, Any] = {
        "id": 1, "title": "动力电池回收管理办法", "title_en": None, "document_number": None,
        "issuers": ("工业和信息化部",), "jurisdiction": "CN", "published": date(2026, 6, 1),
        "effective": date(2026, 7, 1), "expires": None, "status": "in_force", "stage": "final",
        "authority": "规范性文件", "severity": "amber", "severity_rule": "",
        "relevant_because": "labels", "first_seen": START, "url": "https://www.example.gov.cn/1",
        "duties": tuple(duties),
    }  # fmt: skip
    return Notice(**(usual | differs))
