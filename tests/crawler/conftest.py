"""The real spider on loopback replicas, with a real archive in a temporary folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from typing import Any

import pytest

from archive.store import Archive
from config.loader import load_platforms
from config.model import Source
from crawler.crawl_options import CrawlOptions
from crawler.run import run
from crawler.transport.fetch import Limits
from domain.records.notice import Notice
from domain.records.source_run import SourceRun
from noticewatch.demo.replica import Replica

QUICK = Limits(request_seconds=0.6, source_seconds=20, max_bytes=3 * 1024 * 1024, second_look=0.0)
FIRST_DAY = date(2026, 9, 1)


class Stage:
    """Replicas, an archive, and a way to crawl the one into the other."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.platforms = load_platforms()
        self._stack = ExitStack()

    def replica(self, platform: str = "trs_static", notices: int = 3, **options: Any) -> Replica:
        replica = self._stack.enter_context(Replica(platform, **options))
        for number in range(notices):
            replica.add(
                f"关于开展新能源汽车废旧动力电池综合利用第{number + 1}批检查的通知",
                FIRST_DAY + timedelta(days=number),
                [
                    f"各有关单位：现将第{number + 1}批检查事项通知如下。",
                    "一、综合利用企业应当在三十日内报送溯源信息。",
                    "二、逾期不报送的，处一万元以上三万元以下罚款。",
                ],
                number=f"工信厅节函〔2026〕{number + 101}号",
            )
        return replica

    def source(self, replica: Replica, key: str = "", **more: Any) -> Source:
        return Source.model_validate(replica.source(key, **more))

    def crawl(
        self, *sources: Source | Replica, limits: Limits = QUICK, **options: Any
    ) -> dict[str, SourceRun]:
        made = [self.source(s) if isinstance(s, Replica) else s for s in sources]
        report = run(self.archive, made, self.platforms, CrawlOptions(limits=limits, **options))
        return {one.key: one for one in report.runs}

    def poll(self, replica: Replica, **options: Any) -> SourceRun:
        (one,) = self.crawl(replica, **options).values()
        return one

    def notices(self) -> list[Notice]:
        return sorted(self.archive.notices.iterate(), key=lambda notice: notice.url)

    def kinds(self) -> list[str]:
        return [change.kind.value for change in self.archive.changes.find()]

    def close(self) -> None:
        self._stack.close()


@pytest.fixture
def archive(tmp_path: Any) -> Iterator[Archive]:
    with Archive.open(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def stage(archive: Archive) -> Iterator[Stage]:
    made = Stage(archive)
    yield made
    made.close()


@pytest.fixture
def later(archive: Archive) -> Callable[[timedelta], None]:
    """Move every remembered moment back, as if that much time had passed."""

    def move(by: timedelta) -> None:
        for url in _pages(archive):
            page = archive.pages.page(url)
            assert page is not None
            archive.pages.save_page(_earlier(page, by))

    return move


def _pages(archive: Archive) -> list[str]:
    urls: set[str] = set()
    for notice in archive.notices.iterate():
        urls |= {posting.url for posting in notice.postings}
    return sorted(url for url in urls if archive.pages.page(url) is not None)


def _earlier(page: Any, by: timedelta) -> Any:
    from dataclasses import replace

    def back(moment: Any) -> Any:
        return moment - by if moment else None

    return replace(
        page,
        checked_at=back(page.checked_at),
        changed_at=back(page.changed_at),
        next_check=back(page.next_check),
    )
