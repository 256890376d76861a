"""A notice whose body is a picture: the picture is kept, and an upgrade is no revision."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.store import Archive
from config.loader import load_platforms
from config.model import Source
from crawler.crawl_options import CrawlOptions
from crawler.extract.page import notice_parser
from crawler.run import run
from domain.records.notice import Attachment
from tests.fakes.site import Site

PNG = b"\x89PNG\r\n\x1a\n" + b"scan" * 50


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    for day in ("2026-09-01", "2026-09-02"):
        made.add(f"关于废旧动力电池{day[-2:]}号检查安排的通知", day, ["各单位：请按要求报送。" * 9])
    made.add(
        "关于动力电池回收利用管理的红头文件", "2026-09-03", [],
        html='<p>现予公布。</p><p><img src="/up/scan.png"></p>',
    )  # fmt: skip
    made.files["/up/scan.png"] = ("image/png", PNG)
    yield made
    made.close()


def crawl(site: Site, archive: Archive, **options: Any) -> Any:
    source = Source.model_validate(site.source("cn-x"))
    return run(archive, [source], load_platforms(), CrawlOptions(**options)).runs[0]


def files(archive: Archive) -> tuple[Attachment, ...]:
    notice = next(one for one in archive.notices.iterate() if "红头文件" in one.title)
    assert len(notice.postings[0].versions) == 1
    return notice.postings[0].versions[0].attachments


def test_the_picture_is_kept_with_its_notice(site: Site, tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        crawl(site, archive)
        (file,) = files(archive)
        assert (file.name, file.url) == ("正文图片1.png", f"{site.base}/up/scan.png")
        assert file.sha256 is not None
        assert archive.evidence.get(file.sha256) == PNG


def test_a_page_known_without_it_is_not_revised(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.open(tmp_path) as archive:
        with monkeypatch.context() as earlier:
            earlier.setattr(notice_parser, "body_pictures", lambda *_: ())
            crawl(site, archive)
        assert files(archive) == ()
        again = crawl(site, archive, recheck="all")
        assert (again.new, again.revised) == (0, 0)
        assert files(archive) == ()
