"""Each fault with its state, its reason in words, and the recovery."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crawler.extract.page.page_state import challenge_marks, page_redirect
from crawler.transport.fetch import Limits

FAULTS = [
    ("trs_static", "forbidden", {}, "blocked", "forbidden"),
    ("trs_static", "challenge", {}, "blocked", "challenge"),
    ("trs_static", "challenge", {"value": "521"}, "blocked", "challenge"),
    ("trs_static", "challenge", {"value": "200"}, "blocked", "challenge"),
    ("trs_static", "rate_limited", {"value": "3600"}, "blocked", "rate_limited"),
    ("trs_static", "server_error", {}, "failing", "server_error"),
    ("trs_static", "unavailable", {"value": "3600"}, "failing", "server_error"),
    ("trs_static", "timeout", {}, "failing", "timeout"),
    ("trs_static", "drip", {}, "failing", "timeout"),
    ("trs_static", "truncated", {}, "failing", "truncated"),
    ("trs_static", "oversize", {}, "failing", "oversize"),
    ("trs_static", "bomb", {"value": "12000000"}, "failing", "bomb"),
    ("trs_static", "off_host", {}, "failing", "refused_redirect"),
    ("trs_static", "redirect_loop", {}, "failing", "redirect_loop"),
    ("trs_static", "not_found", {}, "failing", "not_found"),
    ("trs_static", "commented", {}, "layout_changed", "fallback"),
    ("nfcms_static", "undated", {}, "layout_changed", "no_dates"),
    ("trs_static", "stale", {}, "layout_changed", "backwards"),
    ("hanweb_jpaas", "html_for_json", {"kind": "list"}, "blocked", "challenge"),
    ("hanweb_jpaas", "broken_json", {"kind": "list"}, "failing", "broken_json"),
    ("hanweb_jpaas", "empty_unit", {"kind": "list"}, "layout_changed", "empty_unit"),
    ("miit_search", "html_for_json", {}, "blocked", "challenge"),
    ("miit_search", "broken_json", {}, "failing", "broken_json"),
    ("gkmlpt", "html_for_json", {"kind": "list"}, "blocked", "challenge"),
    ("hanweb_jpage", "malformed_unit", {}, "layout_changed", "no_rows"),
]


@pytest.mark.parametrize(("platform", "fault", "options", "state", "kind"), FAULTS)
def test_a_fault_is_a_state_with_a_reason(
    stage: Any, platform: str, fault: str, options: dict[str, str], state: str, kind: str
) -> None:
    replica = stage.replica(platform, notices=4)
    assert stage.poll(replica).state == "ok"
    replica.add("故障期间发布的新通知", date(2026, 9, 25))
    replica.fault(fault, **options)
    report = stage.poll(replica)
    assert report.state == state, report
    assert kind in {error.kind for error in report.errors}
    assert report.reason
    assert all(error.message and error.url.startswith("http") for error in report.errors)
    assert report.withdrawn == 0
    assert not {"withdrawn", "revised"} & set(stage.kinds())
    (health,) = stage.archive.sources.all(report.key)
    assert (health.state, health.reason) == (state, report.reason)

    replica.heal()
    report = stage.poll(replica)
    assert (report.state, report.reason) == ("ok", "")
    assert stage.kinds().count("new") == 5
    events = [event.after for event in stage.archive.sources.untold_events()]
    assert events == [state, "ok"]


@pytest.mark.parametrize(
    "fault", ["forbidden", "timeout", "server_error", "not_found", "stale", "redirect_loop"]
)
def test_a_faulty_pass_is_no_look_for_a_withdrawal(stage: Any, fault: str) -> None:
    replica = stage.replica("trs_static", notices=6)
    stage.poll(replica)
    replica.fault(fault, kind="list")
    for _ in range(3):
        stage.poll(replica, recheck="all")
    assert "withdrawn" not in stage.kinds()


def test_a_page_gone_while_its_list_is_faulty_is_not_looked_at(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=6)
    stage.poll(replica)
    replica.fault("not_found", kind="list")
    replica.site.withdraw(replica.site.articles[2])
    for _ in range(3):
        assert stage.poll(replica, recheck="all").state == "failing"
    assert "withdrawn" not in stage.kinds()
    replica.heal()
    assert stage.poll(replica, recheck="all").withdrawn == 0
    assert stage.poll(replica, recheck="all").withdrawn == 1


def test_details_that_fail_leave_the_source_ok_and_are_read_later(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=4)
    stage.poll(replica)
    late = replica.add("关于延期报送的通知", date(2026, 9, 20))
    replica.fault("server_error", match=str(late.id))
    report = stage.poll(replica)
    assert (report.state, report.new) == ("ok", 0)
    assert [error.kind for error in report.errors] == ["server_error"]
    replica.heal()
    report = stage.poll(replica)
    assert (report.state, report.new, report.errors) == ("ok", 1, ())


def test_a_detail_that_never_answers_is_kept_from_its_row(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=4)
    stage.poll(replica)
    late = replica.add("关于延期报送的通知", date(2026, 9, 20))
    replica.fault("server_error", match=str(late.id))
    stage.poll(replica)
    assert stage.poll(replica).new == 1
    notice = stage.archive.notices.by_url(replica.detail_url(late))
    assert (notice.title, notice.published) == ("关于延期报送的通知", date(2026, 9, 20))
    replica.heal()
    report = stage.poll(replica, recheck="all")
    assert report.revised == 1
    notice = stage.archive.notices.by_url(replica.detail_url(late))
    assert "遵照执行" in notice.postings[0].versions[-1].text


def test_a_missing_detail_of_a_listed_row_is_an_error_and_no_withdrawal(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=2)
    replica.fault("not_found", match=str(replica.site.articles[0].id))
    report = stage.poll(replica)
    assert (report.state, report.new) == ("ok", 2)
    assert [error.kind for error in report.errors] == ["not_found"]
    for _ in range(3):
        report = stage.poll(replica, recheck="all")
        assert (report.new, report.revised, report.withdrawn) == (0, 0, 0)
    assert stage.kinds() == ["new", "new"]


def test_three_failures_in_a_row_end_the_pass(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=8)
    replica.fault("server_error", kind="detail")
    report = stage.poll(replica)
    assert report.state == "failing"
    assert "in a row" in report.reason
    details = [path for path in replica.paths() if "/t2026" in path]
    assert len(details) == 3


def test_a_source_that_is_down_costs_little(stage: Any) -> None:
    replica = stage.replica("trs_static")
    replica.fault("timeout")
    report = stage.poll(replica)
    assert report.state == "failing"
    assert len(replica.hits) == 3  # robots.txt, the list, the list again


def test_an_unreachable_host_is_failing(stage: Any) -> None:
    replica = stage.replica("trs_static")
    source = stage.source(replica)
    replica.close()
    (report,) = stage.crawl(source).values()
    assert report.state == "failing"
    assert "refused" in report.reason


def test_an_unknown_host_is_failing(stage: Any) -> None:
    replica = stage.replica("trs_static")
    made = replica.source(http={"min_gap_seconds": 0.1})
    made["columns"][0]["url"] = "http://no-such-host.invalid/tzgg/"
    (report,) = stage.crawl(type(stage.source(replica)).model_validate(made)).values()
    assert report.state == "failing"
    assert "resolved" in report.reason


def test_one_broken_source_does_not_hold_up_the_others(stage: Any) -> None:
    good, bad = stage.replica("trs_static"), stage.replica("nfcms_static")
    bad.fault("timeout")
    reports = stage.crawl(good, bad)
    assert reports["trs-static"].state == "ok"
    assert reports["nfcms-static"].state == "failing"


def test_a_cookie_before_a_redirect_to_self_is_taken_once(stage: Any) -> None:
    replica = stage.replica("trs_static")
    replica.fault("cookie_then_self")
    report = stage.poll(replica)
    assert (report.state, report.new) == ("ok", 3)


@pytest.mark.parametrize(
    "shell",
    [
        "<meta http-equiv='Refresh' content='0; URL={}'>",
        '<script>window.location.href="{}";</script>',
        "<script>top.location.replace('{}')</script>",
        '<frameset><frame src="{}"></frameset>',
    ],
)
def test_a_page_that_leads_on_by_itself_is_followed(stage: Any, shell: str) -> None:
    replica = stage.replica("trs_static")
    replica.fault("page_redirect", value=shell)
    report = stage.poll(replica)
    assert (report.state, report.new, report.errors) == ("ok", 3, ())
    (notice, *_) = stage.notices()
    assert "moved=1" not in notice.url
    assert "三十日内报送溯源信息" in notice.postings[0].versions[0].text


def test_a_page_that_leads_off_the_host_is_refused_like_any_redirect(stage: Any) -> None:
    replica = stage.replica("trs_static")
    away = f"http://127.0.0.2:{replica.port}/x.html"
    replica.fault("page_redirect", value=f"<script>location='{away}'</script>")
    report = stage.poll(replica)
    assert report.state == "failing"
    assert {error.kind for error in report.errors} == {"refused_redirect"}


@pytest.mark.parametrize(
    "page",
    [
        "<meta http-equiv=refresh content='3;url=/'><body>您访问的页面不存在</body>",
        "<meta http-equiv=refresh content='3;url=/index.html'><body>请稍候</body>",
        "<script>document.cookie='a=b';location.href='/x/1.html'</script>",
        "<script>if(m){location.href='/m/1.html'}</script><p>" + "关于做好报送工作的通知。" * 12,
        "<meta http-equiv=refresh content='600'>",
        "<script>if(/iPhone/.test(navigator.userAgent)){location.href='/wap/1.html'}</script>",
        "<script>function go(){location.href='/login.html'}</script><div id=app></div>",
        "<h1>关于公示名单的通知</h1><iframe src='/web/viewer.html?file=/a.pdf'></iframe>",
        "<iframe src='/pdfjs/viewer.html?file=/a.pdf'></iframe>",
        "<script>location.reload()</script>",
    ],
)
def test_a_page_that_says_something_or_sends_home_is_not_left(page: str) -> None:
    assert page_redirect(f"<html>{page}</html>", "http://a.gov.cn/zw/t20260901_1.html") is None


def test_a_short_retry_after_is_waited_for(stage: Any) -> None:
    replica = stage.replica("trs_static")
    replica.fault("rate_limited", value="1", kind="list", times=1)
    report = stage.poll(replica)
    assert (report.state, report.new) == ("ok", 3)


def test_a_long_retry_after_ends_the_pass(stage: Any) -> None:
    replica = stage.replica("trs_static")
    replica.fault("rate_limited", value="3600", kind="detail")
    report = stage.poll(replica)
    assert report.state == "blocked"
    assert "3600" in report.reason
    assert sum("/t2026" in path for path in replica.paths()) == 1


def test_a_slow_source_ends_with_its_time(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=6)
    replica.fault("timeout", kind="detail")
    quick = Limits(request_seconds=5, source_seconds=1.5)
    report = stage.poll(replica, limits=quick)
    assert len(replica.hits) <= 4
    assert report.errors


def test_a_list_older_than_expected_is_silent(stage: Any) -> None:
    replica = stage.replica("trs_static")
    source = stage.source(replica, expect={"min_rows": 1, "max_silence_days": 5})
    (report,) = stage.crawl(source).values()
    assert report.state == "silent"
    assert "2026-09-03" in report.reason


def test_a_list_shorter_than_expected_is_a_changed_layout(stage: Any) -> None:
    replica = stage.replica("trs_static")
    source = stage.source(replica, expect={"min_rows": 10, "max_silence_days": 36500})
    (report,) = stage.crawl(source).values()
    assert (report.state, report.new) == ("layout_changed", 3)
    assert "10" in report.reason


def test_changed_ids_are_used_and_reported(stage: Any) -> None:
    replica = stage.replica("hanweb_jpaas")
    source = stage.source(replica)
    assert stage.crawl(source)[source.key].state == "ok"
    replica.pages.unit["pageId"] = "0" * 32
    replica.add("关于新栏目的通知", date(2026, 9, 28))
    report = stage.crawl(source)[source.key]
    assert (report.state, report.new) == ("layout_changed", 1)
    assert "pageId" in report.reason


def test_configured_ids_are_the_fallback_for_a_missing_shell(stage: Any) -> None:
    replica = stage.replica("hanweb_jpaas")
    replica.fault("not_found", kind="shell")
    report = stage.poll(replica)
    assert (report.state, report.new) == ("layout_changed", 3)


def test_a_redesign_keeps_finding_notices(stage: Any) -> None:
    replica = stage.replica("nfcms_static", notices=5)
    source = stage.source(replica, selectors={"row": "ul.news > li"})
    assert stage.crawl(source)[source.key].state == "ok"
    replica.fault("redesign")
    replica.add("关于改版后的通知", date(2026, 9, 29))
    report = stage.crawl(source)[source.key]
    assert (report.state, report.rows, report.new) == ("layout_changed", 6, 1)
    assert "ul.news" in report.reason
    replica.heal()
    assert stage.crawl(source)[source.key].state == "ok"


def test_a_question_without_answers_is_well_where_none_are_expected(stage: Any) -> None:
    replica = stage.replica("gov_library", notices=0)
    source = stage.source(replica, expect={"min_rows": 0, "max_silence_days": 90})
    assert stage.crawl(source)[source.key].state == "ok"
    strict = stage.source(replica, expect={"min_rows": 1, "max_silence_days": 90})
    assert stage.crawl(strict)[strict.key].state == "layout_changed"


def test_a_challenge_that_only_names_its_script_is_known() -> None:
    page = '<html><head><meta content="a" r="m"><script src="/Wb6fm.js" r="m"></script></head>'
    assert challenge_marks(f"{page}<body></body></html>")
