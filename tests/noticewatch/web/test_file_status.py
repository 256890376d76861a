"""The page of a notice says which parts of an attachment could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from archive.store import Archive
from domain.records.observation import AttachmentLink, Capture, FetchedAttachment
from domain.records.states import AttachmentStatus
from noticewatch.web.app import create_app
from tests.noticewatch.filled import NOW, observation
from tests.noticewatch.web.site import make_site


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    seen = observation("https://a.example/1.html", "关于动力电池的通知", ["正文"], NOW)
    attachment = FetchedAttachment(
        link=AttachmentLink(name="附件.zip", url="https://a.example/1.zip"),
        capture=Capture(
            url="https://a.example/1.zip", status=200, headers=(), body=b"PK", fetched_at=NOW
        ),
        status=AttachmentStatus.PARTIAL,
        text="【甲.docx】\n第一条 总则。\n【未读：乙.rar（不支持）】",
    )
    parsed = replace(seen.parsed, attachments=(attachment.link,))
    with Archive.open(tmp_path, clock=lambda: NOW) as archive:
        archive.ingest(replace(seen, parsed=parsed, attachments=(attachment,)))
    with TestClient(create_app(make_site(tmp_path))) as made:
        yield made


@pytest.mark.parametrize(("language", "status"), [("en", "partial"), ("zh", "部分未读")])
def test_what_was_not_read_stands_beside_the_state(
    client: TestClient, language: str, status: str
) -> None:
    page = html.fromstring(client.get("/notices/1", headers={"Accept-Language": language}).text)
    line = page.xpath("string(//section[@aria-labelledby='files']//span[@class='quiet'])")
    assert line.startswith(f"{status}: 乙.rar（不支持）")
