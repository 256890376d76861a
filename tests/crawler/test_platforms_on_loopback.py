"""Every platform through the real spider: list, notice, attachment, change, withdrawal."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.records.states import ChangeKind, PostingState
from noticewatch.demo.platforms import PLATFORMS
from noticewatch.demo.replica_site import ReplicaFile

WITH_PAGES = sorted(PLATFORMS.keys() - {"sac_standard", "npc_law", "moj_regulations"})


@pytest.mark.parametrize("platform", WITH_PAGES)
def test_a_platform_is_read_whole(stage: Any, platform: str) -> None:
    replica = stage.replica(platform)
    report = stage.poll(replica)
    assert (report.state, report.reason) == ("ok", "")
    assert (report.rows, report.new) == (3, 3)
    notices = stage.notices()
    assert {n.title for n in notices} == {a.title for a in replica.site.articles}
    by_title = {n.title: n for n in notices}
    for article in replica.site.articles:
        notice = by_title[article.title]
        assert notice.published == article.day
        assert notice.document_number == article.number
        assert notice.url == replica.detail_url(article)
        assert "三十日内报送溯源信息" in notice.postings[0].versions[0].text
        assert "首页" not in notice.postings[0].versions[0].text
    assert all(change.baseline for change in stage.archive.changes.find())

    again = stage.poll(replica)
    assert (again.state, again.rows, again.new, again.revised) == ("ok", 3, 0, 0)
    assert len(stage.kinds()) == 3


@pytest.mark.parametrize("platform", WITH_PAGES)
def test_new_changed_and_withdrawn_notices_are_found(stage: Any, platform: str) -> None:
    replica = stage.replica(platform)
    stage.poll(replica)
    new = replica.add(
        "关于公布溯源管理平台接口规范的公告", date(2026, 9, 20), ["自公布之日起施行。"]
    )
    first = replica.site.articles[0]
    replica.site.edit(first, paragraphs=[*first.paragraphs[:2], "二、逾期不报送的，处五万元罚款。"])
    replica.site.withdraw(replica.site.articles[1])

    report = stage.poll(replica, recheck="all")
    assert (report.state, report.new, report.revised, report.withdrawn) == ("ok", 1, 1, 0)
    report = stage.poll(replica, recheck="all")
    assert (report.new, report.revised, report.withdrawn) == (0, 0, 1)
    stage.poll(replica, recheck="all")
    changes = [change for change in stage.archive.changes.find() if not change.baseline]
    assert sorted(change.kind for change in changes) == ["new", "revised", "withdrawn"]
    urls = {change.kind: change.posting_url for change in changes}
    assert urls[ChangeKind.NEW] == replica.detail_url(new)
    assert urls[ChangeKind.REVISED] == replica.detail_url(first)
    assert urls[ChangeKind.WITHDRAWN] == replica.detail_url(replica.site.articles[1])

    replica.site.restore(replica.site.articles[1])
    stage.poll(replica)
    posting = stage.archive.postings.by_url(replica.detail_url(replica.site.articles[1]))
    assert posting.state == PostingState.LIVE
    assert stage.kinds().count("restored") == 1


@pytest.mark.parametrize(
    "platform",
    sorted(set(WITH_PAGES) - {"gov_library", "hanweb_xxgk", "ucap_querylist", "miit_search"}),
)
def test_a_column_page_tells_its_platform(stage: Any, platform: str) -> None:
    replica = stage.replica(platform)
    column = {"key": "tzgg", "url": replica.column_url}
    (report,) = stage.crawl(stage.source(replica, platform="auto", columns=[column])).values()
    assert (report.state, report.new, report.reason) == ("ok", 3, "")
    assert {n.title for n in stage.notices()} == {a.title for a in replica.site.articles}


FAULTS = {
    "forbidden": "blocked", "challenge": "blocked", "rate_limited": "blocked",
    "server_error": "failing", "truncated": "failing", "redirect_loop": "failing",
    "off_host": "failing", "oversize": "failing", "not_found": "failing",
}  # fmt: skip


@pytest.mark.parametrize("platform", WITH_PAGES)
def test_each_fault_is_a_state_and_passes_on_every_platform(stage: Any, platform: str) -> None:
    replica = stage.replica(platform)
    stage.poll(replica)
    for fault, state in FAULTS.items():
        replica.fault(fault, value="3600" if fault == "rate_limited" else "")
        report = stage.poll(replica)
        assert (report.state, report.withdrawn) == (state, 0), fault
        assert report.reason, fault
        replica.heal()
        report = stage.poll(replica)
        assert (report.state, report.new, report.revised) == ("ok", 0, 0), fault
    assert stage.kinds() == ["new"] * 3


@pytest.mark.parametrize("platform", ["trs_static", "hanweb_jpage", "hanweb_jpaas", "gkmlpt"])
def test_a_replaced_attachment_is_found_though_its_page_is_unchanged(
    stage: Any, platform: str
) -> None:
    replica = stage.replica(platform, notices=1)
    article = replica.site.articles[0]
    replica.site.edit(article, files=[ReplicaFile("附件.txt", "第一版".encode(), "text/plain")])
    report = stage.poll(replica)
    assert report.errors == ()
    (notice,) = stage.notices()
    (attachment,) = notice.postings[0].versions[0].attachments
    assert stage.archive.evidence.get(attachment.sha256).decode() == "第一版"

    assert stage.poll(replica, recheck="all").revised == 0
    article.files[0].body = "第二版，字段十八改为必填".encode()
    assert stage.poll(replica, recheck="all").revised == 1
    (notice,) = stage.notices()
    latest = notice.postings[0].versions[-1].attachments[0]
    assert stage.archive.evidence.get(latest.sha256).decode().startswith("第二版")
    assert stage.kinds() == ["new", "attachment_revised"]
    assert stage.poll(replica, recheck="all").revised == 0


def test_a_standard_is_its_row_and_a_changed_state_is_a_change(stage: Any) -> None:
    replica = stage.replica("sac_standard", notices=0)
    row = replica.add(
        "车用动力电池回收利用 余能检测", date(2017, 7, 12), number="GB/T 34015-2017", issuer="现行"
    )
    replica.add("另一标准", date(2020, 1, 1), number="GB/T 99999-2020", issuer="现行")
    source = replica.source()
    source["columns"][0]["params"]["keep.C_STD_CODE"] = "^GB/T34015([.-]|$)"
    made = type(stage.source(replica)).model_validate(source)
    (report,) = stage.crawl(made).values()
    assert (report.state, report.rows, report.new) == ("ok", 1, 1)
    (notice,) = stage.notices()
    assert notice.title == "GB/T 34015-2017 车用动力电池回收利用 余能检测"
    assert "标准状态：现行" in notice.postings[0].versions[0].text

    replica.site.edit(row, issuer="废止")
    (report,) = stage.crawl(made).values()
    assert report.revised == 1
    assert stage.kinds() == ["new", "revised"]
    stage.crawl(made, recheck="all")
    assert len(stage.kinds()) == 2


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8"])
def test_pages_in_chinese_encodings_are_read(stage: Any, encoding: str) -> None:
    replica = stage.replica("trs_static", notices=0, encoding=encoding)
    replica.add("关于镕铝再生利用的通知", date(2026, 9, 3), ["动力电池编码应当喆实。"])
    assert stage.poll(replica).state == "ok"
    (notice,) = stage.notices()
    assert notice.title == "关于镕铝再生利用的通知"
    assert "编码应当喆实" in notice.postings[0].versions[0].text


def test_noise_is_no_change(stage: Any) -> None:
    replica = stage.replica("trs_static", noise=True, validators=False)
    stage.poll(replica)
    for _ in range(2):
        report = stage.poll(replica, recheck="all")
        assert (report.state, report.revised, report.errors) == ("ok", 0, ())
    assert stage.archive.notices.counts()["versions"] == 3


def test_validators_spare_the_transfer(stage: Any) -> None:
    replica = stage.replica("trs_static", noise=True)
    stage.poll(replica)
    report = stage.poll(replica, recheck="all")
    assert report.not_modified == report.requests - 1 == 4  # all but robots.txt
