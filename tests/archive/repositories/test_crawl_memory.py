"""What the crawler remembers between passes: kept, changed at once, carried over."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from archive.backends.sqlite import tables as schema
from archive.store import Archive
from domain.records.observation import NoticeRef, RowHints
from domain.records.page_memory import BackfillCursor, ListMemory, PageHints

URL = "https://www.miit.gov.cn/a.html"
AT = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
HINTS = PageHints(
    title="关于公开征求意见的通知",
    published=date(2026, 11, 2),
    row=RowHints(
        document_number="样发〔2026〕2号",
        index_number="000/2026-1",
        issuer="某省商务厅",
        category="通知",
        validity="有效",
        comment_deadline=date(2026, 12, 1),
        body="<p>正文</p>",
        attachments=("https://www.miit.gov.cn/b.pdf",),
    ),
    files=("https://www.miit.gov.cn/1.pdf", "https://www.miit.gov.cn/2.pdf"),
    unread_files=("https://www.miit.gov.cn/3.pdf",),
    tries=2,
    quiet=True,
    left_list=True,
)
LIST = ListMemory(
    baseline_done=True,
    settled_url="https://www.miit.gov.cn/list.html",
    row_count=15,
    newest=date(2026, 11, 2),
    rows=("aaaa", "bbbb"),
    total=300,
    behind=("cccc",),
    behind_oldest=date(2026, 10, 1),
    behind_at=AT,
)
CURSOR = BackfillCursor(
    since=date(2020, 1, 1),
    url="https://www.miit.gov.cn/unit",
    method="POST",
    stage="records",
    page=7,
    form=(("page", "7"), ("词", "电池")),
    headers=(("X-Requested-With", "XMLHttpRequest"),),
    data={"unit": {"webId": "1"}, "others": []},
)


def test_what_is_remembered_comes_back(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        assert archive.crawl_memory.page_hints(URL) == PageHints()
        assert archive.crawl_memory.list_memory("cn-miit", "notices") == ListMemory()
        assert archive.crawl_memory.backfill_cursor("cn-miit", "notices") is None
        assert archive.crawl_memory.retry_after("cn-miit") is None
        assert archive.crawl_memory.update_page_hints(URL, lambda _: HINTS) == HINTS
        assert archive.crawl_memory.update_list_memory("cn-miit", "notices", lambda _: LIST) == LIST
        archive.crawl_memory.save_backfill_cursor("cn-miit", "notices", CURSOR)
        archive.crawl_memory.save_retry_after("cn-miit", AT)
    with Archive.open(tmp_path, read_only=True) as archive:
        assert archive.crawl_memory.page_hints(URL) == HINTS
        assert archive.crawl_memory.list_memory("cn-miit", "notices") == LIST
        assert archive.crawl_memory.list_memory("cn-miit", "drafts") == ListMemory()
        assert archive.crawl_memory.backfill_cursor("cn-miit", "notices") == CURSOR
        assert archive.crawl_memory.retry_after("cn-miit") == AT


def test_what_is_over_is_forgotten(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        archive.crawl_memory.save_backfill_cursor("cn-miit", "notices", CURSOR)
        archive.crawl_memory.save_backfill_cursor("cn-miit", "notices", None)
        archive.crawl_memory.save_retry_after("cn-miit", AT)
        archive.crawl_memory.save_retry_after("cn-miit", None)
        assert archive.crawl_memory.backfill_cursor("cn-miit", "notices") is None
        assert archive.crawl_memory.retry_after("cn-miit") is None


def test_two_crawlers_lose_nothing_of_each_other(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as one, Archive.open(tmp_path) as other:
        for archive in (one, other, one):
            archive.crawl_memory.update_page_hints(
                URL, lambda old: replace(old, tries=old.tries + 1)
            )
        one.crawl_memory.update_list_memory("a", "b", lambda old: replace(old, baseline_done=True))
        other.crawl_memory.update_list_memory("a", "b", lambda old: replace(old, behind=("cccc",)))
        assert one.crawl_memory.page_hints(URL).tries == 3
        assert one.crawl_memory.list_memory("a", "b") == ListMemory(
            baseline_done=True, behind=("cccc",)
        )


def test_a_newer_row_wins_where_it_says_something() -> None:
    row = NoticeRef(
        url=URL, title="关于征求意见的通知", hints=RowHints(issuer="某市商务局", status="进行中")
    )
    newer = HINTS.with_row(row)
    assert (newer.title, newer.published) == ("关于征求意见的通知", date(2026, 11, 2))
    assert newer.row == replace(HINTS.row, issuer="某市商务局")
    assert (newer.files, newer.tries) == (HINTS.files, 2)


@pytest.mark.sqlite_only
def test_the_memory_of_an_earlier_schema_is_carried_over(tmp_path: Path) -> None:
    ask = {
        "url": CURSOR.url,
        "method": CURSOR.method,
        "form": CURSOR.form,
        "stage": CURSOR.stage,
        "page": CURSOR.page,
        "headers": CURSOR.headers,
        "data": CURSOR.data,
    }
    kept = {
        URL: {
            "title": HINTS.title,
            "published": "2026-11-02",
            "document_number": "样发〔2026〕2号",
            "index_number": "000/2026-1",
            "issuer": "某省商务厅",
            "type": "通知",
            "validity": "有效",
            "comment_deadline": "2026-12-01",
            "body": "<p>正文</p>",
            "attachments": "https://www.miit.gov.cn/b.pdf",
            "files": "https://www.miit.gov.cn/1.pdf\nhttps://www.miit.gov.cn/2.pdf",
            "unread": "https://www.miit.gov.cn/3.pdf",
            "tries": "2",
            "quiet": "yes",
            "gone": "left its list",
        },
        "https://www.miit.gov.cn/empty.html": {"files": "", "unread": ""},
        "column:cn-miit/notices": {
            "baseline": "done",
            "settled": LIST.settled_url,
            "rows": "15",
            "newest": "2026-11-02",
            "urls": '["aaaa", "bbbb"]',
            "total": "300",
            "behind": '["cccc"]',
            "behind_oldest": "2026-10-01",
            "behind_at": AT.isoformat(),
        },
        "column:cn-miit/drafts": {"baseline": "done", "rows": "0", "newest": "", "total": ""},
        "retry:cn-miit": {"not_before": AT.isoformat()},
        "retry:cn-gd": {},
        "backfill:cn-miit/notices": {"since": "2020-01-01", "ask": json.dumps(ask)},
        "backfill:cn-miit/drafts": {},
    }
    database = sqlite3.connect(tmp_path / "archive.db", isolation_level=None)
    schema.migrate(database, 5)
    database.executemany(
        "INSERT INTO page_params VALUES (?, ?)",
        [(key, json.dumps(params)) for key, params in kept.items()],
    )
    database.close()
    with Archive.open(tmp_path) as archive:
        assert archive.crawl_memory.page_hints(URL) == HINTS
        assert archive.crawl_memory.page_hints("https://www.miit.gov.cn/empty.html") == PageHints()
        assert archive.crawl_memory.list_memory("cn-miit", "notices") == LIST
        assert archive.crawl_memory.list_memory("cn-miit", "drafts") == ListMemory(
            baseline_done=True
        )
        assert archive.crawl_memory.retry_after("cn-miit") == AT
        assert archive.crawl_memory.retry_after("cn-gd") is None
        assert archive.crawl_memory.backfill_cursor("cn-miit", "notices") == CURSOR
        assert archive.crawl_memory.backfill_cursor("cn-miit", "drafts") is None
