"""Manners, measured at the server: connections, gaps, robots.txt, hosts, headers."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest

from config.addresses import is_internal
from config.model import Source
from crawler.crawl_options import CrawlOptions
from crawler.run import CrawlError, check_source
from crawler.transport.fetch import Limits
from crawler.transport.politeness import HostThrottle
from crawler.transport.spider import SETTINGS, NoticeSpider, settings_for
from crawler.transport.target import Target
from noticewatch.demo.replica import Replica

GAP = 0.12
PATIENT = Limits(request_seconds=5, source_seconds=60)


def polite(stage: Any, replica: Replica, key: str, **http: Any) -> Source:
    return stage.source(replica, key, http={"min_gap_seconds": GAP, **http})


def test_one_connection_and_the_gap_is_a_floor(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=5)
    stage.crawl(polite(stage, replica, "one"), limits=PATIENT)
    assert len(replica.hits) == 7
    assert replica.max_concurrent == replica.max_connections == 1
    assert min(replica.gaps()) >= GAP - 0.005
    assert max(replica.gaps()) < GAP * 1.3 + 0.3


def test_two_sources_and_their_columns_on_one_host_share_its_gate(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=4)
    first = polite(stage, replica, "first")
    more = replica.source("second", http={"min_gap_seconds": GAP})
    more["columns"] = [
        {"key": "a", "url": replica.column_url + "index.html"},
        {"key": "b", "url": replica.column_url + "index_1.html"},
    ]
    reports = stage.crawl(first, Source.model_validate(more), limits=PATIENT)
    assert reports["first"].state == "ok"
    assert replica.max_concurrent == replica.max_connections == 1
    assert min(replica.gaps()) >= GAP - 0.005


def test_two_crawls_of_one_host_at_once_do_not_overlap(stage: Any) -> None:
    from crawler.run import crawl_async, run_in_reactor

    replica = stage.replica("trs_static", notices=3)

    async def both() -> None:
        async def one(key: str) -> None:
            await crawl_async(
                stage.archive,
                [polite(stage, replica, key)],
                stage.platforms,
                CrawlOptions(limits=PATIENT),
            )

        await asyncio.gather(one("first"), one("second"))

    run_in_reactor(both)
    assert replica.max_concurrent == 1
    assert min(replica.gaps()) >= GAP - 0.005


def test_robots_rules_and_crawl_delay_are_obeyed(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=2)
    replica.robots = "User-agent: *\nCrawl-delay: 0.3\nDisallow: /private/\n"
    report = stage.crawl(polite(stage, replica, "one"), limits=PATIENT)["one"]
    assert report.state == "ok"
    assert "Crawl-delay 0.3" in report.robots
    assert min(replica.gaps()[1:]) >= 0.3 - 0.005


def test_a_forbidden_column_is_not_asked_for(stage: Any) -> None:
    replica = stage.replica("trs_static")
    replica.robots = "User-agent: *\nDisallow: /xxgk/\n"
    report = stage.poll(replica)
    assert (report.state, report.rows) == ("blocked", 0)
    assert "robots.txt" in report.reason
    assert replica.paths() == ["/robots.txt"]
    source = stage.source(replica, http={"min_gap_seconds": 0, "robots": "ignore"})
    assert stage.crawl(source)[source.key].state == "ok"


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_4xx_for_robots_means_no_rules(stage: Any, status: int) -> None:
    replica = stage.replica("trs_static")
    replica.robots = status
    report = stage.poll(replica)
    assert report.state == "ok"
    assert report.robots.startswith(str(status))


def test_a_5xx_for_robots_means_wait(stage: Any) -> None:
    replica = stage.replica("trs_static")
    replica.robots = 503
    report = stage.poll(replica)
    assert (report.state, report.rows) == ("failing", 0)
    assert "robots.txt answers 503" in report.reason
    assert replica.paths() == ["/robots.txt"]
    replica.robots = 404
    assert stage.poll(replica).state == "ok"


def test_redirects_to_other_hosts_are_refused_before_connecting(stage: Any) -> None:
    replica, other = stage.replica("trs_static", notices=2), stage.replica("nfcms_static")
    article = replica.site.articles[0]
    for target in (f"{other.base}/x", f"http://127.0.0.2:{replica.port}/x", "http://10.0.0.1/x"):
        replica.heal()
        replica.fault("off_host", match=str(article.id), value=target)
        report = stage.poll(replica, recheck="all")
        assert report.state == "ok"
        assert "refused_redirect" in {error.kind for error in report.errors}
    assert other.hits == []


def test_a_host_that_the_source_allows_may_be_used(stage: Any) -> None:
    replica, other = stage.replica("trs_static", notices=2), stage.replica("trs_static", notices=0)
    article = replica.site.articles[0]
    twin = other.add("转至他处的通知", article.day, ["正文在另一主机上。"])
    replica.fault("off_host", match=str(article.id), value=other.detail_url(twin))
    allowed = [f"127.0.0.1:{other.port}"]
    source = stage.source(replica, http={"min_gap_seconds": 0, "allowed_hosts": allowed})
    report = stage.crawl(source)[source.key]
    assert (report.state, report.new, report.errors) == ("ok", 2, ())
    assert "/robots.txt" in other.paths()
    notice = stage.archive.notices.by_url(replica.detail_url(article))
    assert "正文在另一主机上" in notice.postings[0].versions[0].text


def test_links_to_other_hosts_are_kept_but_not_fetched(stage: Any) -> None:
    replica, other = stage.replica("trs_static", notices=1), stage.replica("nfcms_static")
    row = replica.add("关于转载文件的通知", date(2026, 9, 9))
    outside = f"{other.base}/zwgk/content/post_77.html"
    inside = replica.pages.detail_path(row)
    render = replica.pages.list_html
    replica.pages.list_html = lambda *args: render(*args).replace(inside, outside)
    report = stage.poll(replica)
    assert (report.state, report.new) == ("ok", 2)
    assert [error.kind for error in report.errors] == ["off_host"]
    assert other.hits == []
    assert stage.archive.notices.by_url(outside).title == "关于转载文件的通知"
    assert stage.poll(replica, recheck="all").errors == ()


def test_a_browser_agent_sends_the_list_as_referer(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=1)
    stage.crawl(stage.source(replica, http={"min_gap_seconds": 0, "user_agent": "browser"}))
    detail = next(hit for hit in replica.hits if "/t2026" in hit.path)
    assert "Mozilla/5.0" in detail.headers["user-agent"]
    assert detail.headers["referer"] == replica.column_url
    replica.forget()
    stage.crawl(stage.source(replica), recheck="all")
    assert all(hit.headers["user-agent"].startswith("noticewatch/") for hit in replica.hits)


def test_no_gap_is_for_loopback_only(stage: Any) -> None:
    made = stage.replica("trs_static").source()
    made["columns"][0]["url"] = "http://www.example.org/tzgg/"
    with pytest.raises(CrawlError, match=r"loopback hosts only, www\.example\.org is none"):
        check_source(Source.model_validate(made))


def test_remote_control_and_telnet_are_off() -> None:
    for legacy in (True, False):
        made = settings_for(verify_tls=True, legacy_tls=legacy, max_bytes=1000)
        assert made["REMOTE_CONTROL_ENABLED"] is False
        assert made["TELNETCONSOLE_ENABLED"] is False
        assert made["HTTPCACHE_ENABLED"] is False
    assert SETTINGS["CONCURRENT_REQUESTS_PER_DOMAIN"] == 1


def test_no_port_is_opened_and_no_cache_is_used(stage: Any, monkeypatch: Any) -> None:
    seen: dict[str, Any] = {}
    start = NoticeSpider.start

    def spy(self: Any) -> Any:
        seen["extensions"] = [type(e).__name__ for e in self.crawler.extensions.middlewares]
        manager = self.crawler.engine.downloader.middleware
        seen["middlewares"] = [type(m).__name__ for m in manager.middlewares]
        return start(self)

    monkeypatch.setattr(NoticeSpider, "start", spy)
    stage.poll(stage.replica("trs_static", notices=1))
    assert seen["extensions"] == []
    assert not {"HttpCacheMiddleware", "RedirectMiddleware", "RetryMiddleware"} & set(
        seen["middlewares"]
    )


@pytest.mark.parametrize(
    ("host", "internal"),
    [
        ("127.0.0.1", True), ("localhost", True), ("10.1.2.3", True), ("169.254.1.1", True),
        ("192.168.0.1", True), ("[::1]", True), ("2130706433", True), ("127.1", True),
        ("0x7f000001", True), ("0.0.0.0", True), ("www.miit.gov.cn", False),
        ("114.114.114.114", False), ("a.localhost", True), ("::ffff:127.0.0.1", True),
    ],
)  # fmt: skip
def test_inner_addresses_are_known(host: str, internal: bool) -> None:
    assert is_internal(host) is internal


def test_a_host_is_its_name_and_port() -> None:
    assert Target.of("http://A.example/x").host_port == "a.example:80"
    assert Target.of("https://a.example/").host_port == "a.example:443"
    assert Target.of("http://a.example:8080/").host_port == "a.example:8080"


def test_a_gate_lengthens_its_gap_only_up_to_ten_seconds() -> None:
    gate = HostThrottle(crawl_delay=3600)
    assert min(gate.crawl_delay, 10) == 10


def test_load_is_in_order_of_the_waiting(stage: Any) -> None:
    """A first pass asks for each page once, the list first."""
    replica = stage.replica("trs_static", notices=6)
    stage.poll(replica)
    paths = replica.paths()
    assert paths[:2] == ["/robots.txt", "/xxgk/tzgg/"]
    assert len(set(paths)) == len(paths)
