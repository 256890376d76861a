"""Recorded responses through the same spider, without any network."""

from __future__ import annotations

import json
import socket
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from config.loader import load_sources
from crawler.adapters.adapter import ListRequest, ListResponse
from crawler.replay import Recordings, ReplayError, address_of
from tests.paths import samples

NATIONAL = (samples() or Path("no-samples")) / "national"

LIST = """<html><body><ul><li><a href="./202609/t20260911_1.html" title="关于第一项的通知">关于</a>
<span class="date">2026-09-11</span></li><li><a href="./202609/t20260912_2.html"
title="关于第二项的通知">关于</a><span class="date">2026-09-12</span></li>
<li><a href="./202609/t20260913_3.html">关于第三项的通知</a>
<span class="date">2026-09-13</span></li></ul></body></html>"""
DETAIL = """<html><head><meta name="ArticleTitle" content="关于第一项的通知">
<meta name="PubDate" content="2026-09-11 10:00"></head><body><div class="TRS_Editor">
<p>环办便函〔2026〕9号</p><p>现将第一项事项通知如下，请遵照执行。</p></div></body></html>"""


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("a replay must not connect")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)


def folder(tmp_path: Path, files: dict[str, tuple[str, str]], header: str = "file\turl") -> Path:
    made = tmp_path / "replay"
    made.mkdir()
    lines = [header]
    for name, (url, text) in files.items():
        (made / name).write_text(text, encoding="utf-8")
        lines.append(f"{name}\t{url}")
    (made / "manifest.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return made


def test_recorded_answers_are_crawled_as_live_ones(
    stage: Any, tmp_path: Path, no_network: None
) -> None:
    base = "https://www.mee.gov.cn/zcwj/bwj/"
    made = folder(
        tmp_path,
        {"list.html": (base, LIST), "one.html": (f"{base}202609/t20260911_1.html", DETAIL)},
    )
    source = load_sources()["cn-mee"]
    report = stage.crawl(source, replay=made)[source.key]
    assert (report.rows, report.new) == (3, 3)
    first, second, third = stage.notices()
    assert (first.document_number, first.published) == ("环办便函〔2026〕9号", date(2026, 9, 11))
    assert "遵照执行" in first.postings[0].versions[0].text
    assert (second.title, second.published) == ("关于第二项的通知", date(2026, 9, 12))
    assert third.issuers == ("生态环境部",)
    missing = [error.url for error in report.errors if "list row only" in error.message]
    assert missing == [f"{base}202609/t20260912_2.html", f"{base}202609/t20260913_3.html"]

    before = stage.archive.notices.counts()
    report = stage.crawl(source, replay=made)[source.key]
    assert (report.new, report.revised) == (0, 0)
    assert stage.archive.notices.counts() == before


def test_an_edited_copy_raises_one_change(stage: Any, tmp_path: Path) -> None:
    base = "https://www.mee.gov.cn/zcwj/bwj/"
    files = {"list.html": (base, LIST), "one.html": (f"{base}202609/t20260911_1.html", DETAIL)}
    made = folder(tmp_path, files)
    source = load_sources()["cn-mee"]
    stage.crawl(source, replay=made)
    (made / "one.html").write_text(DETAIL.replace("第一项事项", "第一项罚款事项"), encoding="utf-8")
    stage.crawl(source, replay=made)
    stage.crawl(source, replay=made)
    assert stage.kinds() == ["new", "new", "new", "revised"]


def manifest(tmp_path: Path, *urls: str) -> Recordings:
    files = {f"{number}.json": (url, "{}") for number, url in enumerate(urls)}
    return Recordings.load(folder(tmp_path, files, "file\toriginal_url"))


SEARCH = "https://www.miit.gov.cn/search-front-server/api/search/info"
ASKED = f"{SEARCH}?websiteid=110000000000000&scope=basic&q=&cateid=57&pg=20&p=1&group=distinct"
UNIT = "https://www.miit.gov.cn/api-gateway/jpaas-publish-server/front/page/build/unit"


@pytest.mark.parametrize(
    ("recorded", "asked", "answers"),
    [
        (ASKED, ASKED, True),
        (f"{SEARCH}?cateid=57&q=&scope=basic&websiteid=110000000000000", ASKED, True),
        (f"{SEARCH}?websiteid=110000000000000&scope=basic&q=&cateid=57&...", ASKED, True),
        (f"{SEARCH}?...cateid=57...", ASKED, True),
        (f"{SEARCH}?cateid=58&...", ASKED, False),
        (f"{SEARCH}?cateid=57&...", ASKED.replace("&p=1", "&p=2"), False),
        (f"{SEARCH}?cateid=57&pg=10&p=1", ASKED, True),
        (f"{SEARCH}?cateid=57&p=2", ASKED.replace("&p=1", "&p=2"), True),
        (f"{UNIT}?...pageId=aa", f"{UNIT}?webId=1&pageId=aa", True),
        (f"{UNIT}?...pageId=aa", f"{UNIT}?webId=1&pageId=bb", False),
        (f"{UNIT}?pageId=aa", f"{UNIT}?pageId=aa&paramJson=%7B%22pageNo%22%3A2%7D", False),
        ("https://a.example/x/", "https://a.example/x", True),
        ("https://a.example/x/index.html", "https://a.example/y/index.html", False),
        ("http://a.example:80/x", "http://a.example/x", True),
    ],
)
def test_how_an_address_finds_its_record(
    tmp_path: Path, recorded: str, asked: str, answers: bool
) -> None:
    assert (manifest(tmp_path, recorded).find(asked) is not None) is answers


def test_the_closest_record_answers(tmp_path: Path) -> None:
    found = manifest(tmp_path, f"{SEARCH}?cateid=57", f"{SEARCH}?cateid=57&q=&scope=basic").find(
        ASKED
    )
    assert found is not None
    assert found.file.name == "1.json"


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "cannot be read"), ("file\turl\n", "expected lines"),
     ("file\turl\na.html\thttps://a.example/\n", "line 2: a.html is not in the folder")],
)  # fmt: skip
def test_a_folder_that_cannot_be_replayed_says_why(
    tmp_path: Path, content: str | None, said: str
) -> None:
    if content is not None:
        (tmp_path / "manifest.tsv").write_text(content)
    with pytest.raises(ReplayError, match=said):
        Recordings.load(tmp_path)


# ------------------------------------------------------------------ the real recordings

needs_samples = pytest.mark.skipif(
    not (NATIONAL / "manifest.tsv").is_file(),
    reason="NOTICEWATCH_SAMPLES names no recordings",
)


@needs_samples
def test_the_national_recordings_are_read_right(stage: Any, no_network: None) -> None:
    made = NATIONAL
    sources = load_sources()
    national = [source for source in sources.values() if source.jurisdiction == "CN"]
    stage.crawl(*national, replay=made)
    notices = {notice.url: notice for notice in stage.notices()}

    search = json.loads((made / "miit_search_info_2026-09-23.json").read_text())
    for result in search["data"]["searchResult"]["dataResults"]:
        row = result["groupData"][0]["data"]
        notice = notices["https://www.miit.gov.cn" + row["url"]]
        assert notice.title == row["title"]
        assert notice.issuers
    letter = notices["https://www.mee.gov.cn/xxgk2018/xxgk/xxgk06/202609/t20260911_1165826.html"]
    assert letter.title == "关于公开征求《沿海省（区、市）近岸海域重要物种名录》意见的函"
    assert letter.document_number == "环办便函〔2026〕292号"
    assert letter.published == date(2026, 9, 11)
    assert len(letter.postings[0].versions[0].attachments) == 1
    draft = notices[
        "https://www.samr.gov.cn/hd/zjdc/art/2026/art_68686f054fe043b6b62c21f50e230b79.html"
    ]
    assert draft.published == date(2026, 9, 1)
    assert draft.postings[0].versions[0].attachments[0].name.endswith(".wps")
    road = notices["https://www.mot.gov.cn/hudong/yijianzhengji/202607/t20260730_4210791.html"]
    assert road.title.startswith("交通运输部关于《公路建设项目")
    assert len(road.postings[0].versions[0].attachments) == 1

    before = stage.archive.notices.counts()
    reports = stage.crawl(*national, replay=made, recheck="all")
    assert sum(report.new + report.revised + report.withdrawn for report in reports.values()) == 0
    assert stage.archive.notices.counts() == before


def test_answers_to_forms_are_kept_apart(tmp_path: Path) -> None:
    url = "https://a.example/search/list.do"
    answers = [
        ListResponse(
            ask=ListRequest(url=url, method="POST", form=(("cate", cate), ("p", "1"))),
            url=url,
            status=200,
            headers=(("content-type", "application/json"),),
            body=f'{{"cate": "{cate}"}}'.encode(),
            fetched_at=datetime(2026, 11, 23, tzinfo=UTC),
        )
        for cate in ("tzgg", "zcwj")
    ]
    assert Recordings.write(tmp_path, answers) == 2
    recordings = Recordings.load(tmp_path)
    for answer in answers:
        found = recordings.find(address_of(url, "POST", answer.ask.body))
        assert found is not None
        assert found.file.read_bytes() == answer.body
