"""One bad answer of a site stops nothing: not its own pass, not the others'."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from config.model import Source
from crawler.passes.page_reader import PageReader
from crawler.transport.fetch import Limits
from tests.fakes.site import Site

PARAGRAPHS = ["各有关单位：现将有关事项通知如下。", "一、综合利用企业应当在三十日内报送溯源信息。"]
MANY_ATTRIBUTES = "<div " + " ".join(f"a{number}=''" for number in range(60_000)) + ">x</div>"


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    for day in range(1, 6):
        made.add(f"关于做好第{day}批动力电池溯源工作的通知", f"2026-09-0{day}", PARAGRAPHS)
    yield made
    made.close()


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Heavy pages get two seconds here, not ten."""
    monkeypatch.setattr(PageReader.__init__, "__kwdefaults__", {"timeout": 2.0})


def source(site: Site) -> Source:
    return Source.model_validate(site.source("cn-sc-jxt"))


def test_odd_waits_are_no_error_and_the_other_source_is_read(stage: Any, site: Site) -> None:
    replica = stage.replica("trs_static")
    for value in ("999999999999", "Wed, 21 Oct 2099 07:28:00", "²", "9" * 400):
        site.retry_after = value
        site.faults["*"] = 503
        runs = stage.crawl(source(site), replica)
        assert len(runs) == 2
        assert runs["cn-sc-jxt"].state == "failing"
        assert "Error" not in runs["cn-sc-jxt"].reason
        assert runs[replica.source()["key"]].state == "ok"
    site.faults.clear()
    assert stage.crawl(source(site))["cn-sc-jxt"].new == 5


@pytest.mark.parametrize(
    "charset",
    ["undefined", "punycode", "idna", "unicode_escape", "hex", "rot13", "utf-²", "x" * 90],
)
def test_a_charset_that_is_none_costs_nothing(stage: Any, site: Site, charset: str) -> None:
    site.charset = charset
    run = stage.crawl(source(site))["cn-sc-jxt"]
    assert (run.state, run.new, run.errors) == ("ok", 5, ())
    assert all("三十日内" in n.postings[0].versions[0].text for n in stage.notices())


@pytest.mark.parametrize("target", ["http://[", "http://[::1", "http://a]/", "//[/x"])
def test_a_redirect_to_no_address_is_told_in_words(stage: Any, site: Site, target: str) -> None:
    def away(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", target)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    site.faults[next(iter(site.pages))] = away
    run = stage.crawl(source(site))["cn-sc-jxt"]
    assert (run.state, run.new) == ("ok", 5), "the fifth is kept from its row"
    assert [error.kind for error in run.errors] == ["refused_redirect"]
    assert "Error" not in run.errors[0].message


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(
    "body", [MANY_ATTRIBUTES, "<ul><li><a href='/a/1.html'>关于某事</a>2026-09-01" * 6_000]
)
def test_a_page_that_costs_too_much_is_kept_from_its_row(stage: Any, site: Site, body: str) -> None:
    heavy = next(iter(site.pages))
    site.pages[heavy].body = f"<html><body><h1>通知</h1>{body}</body></html>"
    started = time.monotonic()
    run = stage.crawl(source(site))["cn-sc-jxt"]
    assert (run.state, run.new) == ("ok", 5)
    assert [error.kind for error in run.errors] == ["heavy"]
    assert time.monotonic() - started < 15
    site.pages[heavy].body = None
    later = stage.crawl(source(site), recheck="all")["cn-sc-jxt"]
    assert (later.errors, later.revised) == ((), 1)


def test_a_heavy_page_that_can_be_read_is_read_whole(stage: Any, site: Site) -> None:
    path = next(iter(site.pages))
    rows = "".join(f"<tr><td>{n}</td><td>企业{n}</td></tr>" for n in range(2_000))
    site.pages[path].html = f"<table>{rows}</table>"
    run = stage.crawl(source(site))["cn-sc-jxt"]
    assert (run.state, run.new, run.errors) == ("ok", 5, ())
    texts = [notice.postings[0].versions[0].text for notice in stage.notices()]
    assert sum("企业1999" in text for text in texts) == 1


def test_a_list_of_many_rows_is_read_apart_and_cut(stage: Any, site: Site) -> None:
    for number in range(2_400):
        site.add(f"关于第{number}号事项的通知", "2026-08-01", PARAGRAPHS)
    run = stage.crawl(source(site), limits=Limits(source_seconds=1.0))["cn-sc-jxt"]
    assert run.rows == 2_000
    assert "flood" in {error.kind for error in run.errors}


def test_a_list_that_its_adapter_cannot_bear_is_an_error_of_that_list(
    stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crawler.adapters.static_list import StaticListAdapter

    def broken(*_: Any) -> Any:
        raise OverflowError("a number nobody has thought of")

    replica = stage.replica("trs_static")
    monkeypatch.setattr(StaticListAdapter, "parse", broken)
    run = stage.poll(replica)
    assert run.state == "failing"
    assert run.reason.startswith("the list could not be understood")


def test_more_changes_than_a_day_may_bring_wait_and_are_told_once(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=2)
    assert stage.poll(replica).state == "ok"
    for number in range(7):
        replica.add(f"关于第{number}号紧急事项的通知", date(2026, 9, 10 + number))
    limits = Limits(day_changes=3, source_seconds=20)
    run = stage.poll(replica, limits=limits)
    assert (run.new, run.state) == (3, "failing")
    assert "at least 4 notices wait" in run.reason
    assert stage.poll(replica, limits=limits).new == 0
    events = [event.after for event in stage.archive.sources.untold_events()]
    assert events == ["failing"], "one message"
    assert stage.poll(replica).new == 4, "with more room they are read"
    assert stage.kinds().count("new") == 9


def test_pages_that_change_at_every_look_have_a_budget_too(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=6)
    stage.poll(replica)
    limits = Limits(day_changes=4, source_seconds=20)
    revised = 0
    for look in range(3):
        for article in replica.site.articles:
            replica.site.edit(
                article, paragraphs=[f"一、第{look}次修改：应当在{look + 3}日内报送。"]
            )
        run = stage.poll(replica, recheck="all", limits=limits)
        revised += run.revised
        assert run.state == "failing"
    assert revised == 4
    assert stage.kinds().count("revised") == 4
    assert stage.poll(replica, recheck="all").revised == 6, "with more room all are read"


def test_rows_that_are_notices_have_a_budget_too(stage: Any) -> None:
    replica = stage.replica("sac_standard", notices=2)
    assert stage.poll(replica).new == 2
    for number in range(5):
        replica.add(f"动力电池回收利用第{number}部分", date(2026, 9, 10 + number))
    run = stage.poll(replica, limits=Limits(day_changes=3, source_seconds=20))
    assert (run.new, run.state) == (3, "failing")
    assert stage.poll(replica).new == 2


def test_requests_bytes_and_rows_of_a_day_are_counted(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=4)
    first = stage.poll(replica)
    assert first.bytes > 1_000
    assert first.fresh_rows == 4
    used = stage.archive.sources.used_since(first.key, first.started - timedelta(hours=1))
    assert (used.requests, used.bytes, used.rows) == (first.requests, first.bytes, 4)
    for spent in (Limits(day_requests=first.requests), Limits(day_bytes=first.bytes)):
        run = stage.poll(replica, limits=spent)
        assert (run.state, run.requests) == ("failing", 0)
    replica.add("关于第五号事项的通知", date(2026, 9, 20))
    run = stage.poll(replica, limits=Limits(day_rows=4))
    assert (run.state, run.new) == ("failing", 0)
    assert stage.poll(replica).new == 1
