"""Why a source is as it is reads in both languages, whatever the crawler finds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import crawler
from domain.records.reason import Reason, StoredReason, loads_reason, reason
from i18n.catalogue import catalogue, english, render, render_stored
from i18n.sentence import places

ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,}")
CODES = sorted(
    code
    for code in catalogue("en").sentences
    if code.startswith(("source.", "shape.")) and code != "source.message"  # of earlier rows
)
NAMES = reason("shape.names", names="a, b[] …")

CASES = [
    (
        reason("source.failures_in_a_row", count=3, why=reason("source.server_fails", status=503)),
        "3 requests in a row failed, the last one: the server fails (HTTP 503)",
        "连续3次请求失败，最后一次：服务器出错（HTTP 503）",
    ),
    (
        reason("source.column_page", why=reason("source.refuses", status=403)),
        "column page: the site refuses the request (HTTP 403)",
        "栏目页：网站拒绝请求（HTTP 403）",
    ),
    (
        reason("source.wait_asked", why=reason("source.slow_down", status=429), seconds="3600"),
        "the site asks to slow down (HTTP 429); it asks to wait 3600 s",
        "网站要求降低频率（HTTP 429）；对方要求等待3600秒",
    ),
    (
        reason("source.few_rows", rows=1, least=1000),
        "1 row in the list where at least 1000 are expected",
        "列表仅1行，预期至少1000行",
    ),
    (
        reason("source.few_rows", rows=7, least=10),
        "7 rows in the list where at least 10 are expected",
        "列表仅7行，预期至少10行",
    ),
    (
        reason("source.silent", newest="2026-08-12", days=45),
        "the newest notice is of 2026-08-12, older than 45 days",
        "最新通知日期为2026-08-12，已超过45天",
    ),
    (
        reason(
            "source.used_instead",
            why=reason("source.selector_missed", selector="'ul.list li'"),
            used="fallback:rows",
        ),
        "configured selector 'ul.list li' found no dated row; used fallback:rows",
        "配置的选择器'ul.list li'未找到带日期的行；改用通用识别",
    ),
    (
        reason(
            "source.ids_drifted",
            difference=reason("source.id_differs", name="unitid", site="77", configured="70"),
        ),
        "ids drifted: unitid is 77 on the site, 70 in the configuration",
        "标识已变化：unitid在网站上为77，配置中为70",
    ),
    (
        reason("source.ids_drifted", difference=reason("source.no_unit")),
        "ids drifted: the column page names no unit (queryData)",
        "标识已变化：栏目页未给出单元（queryData）",
    ),
    (
        reason("source.row_only", why=reason("source.challenge_with_status", status=400, mark="验证码")),
        "notice kept from its list row only: a challenge page came with HTTP 400 (验证码)",
        "仅按列表行保存通知：返回了验证页（HTTP 400）（验证码）",
    ),
    (
        reason("source.attachment_not_read", why=reason("source.http_status", status=404)),
        "attachment not read: HTTP 404",
        "附件未能读取：HTTP 404",
    ),
    (
        reason("source.still_not_read", why=reason("removal.page_says", words="内容已删除")),
        "notice still not read: the page says: 内容已删除",
        "通知仍未读取：页面写明：内容已删除",
    ),
    (
        reason("source.leads_off", why=reason("source.other_host", host="b.example:80")),
        "the address leads off: b.example:80 is another host than the source's own",
        "地址指向站外：b.example:80不是该来源自身的主机",
    ),
    (
        reason("source.redirect_refused", why=reason("source.internal_host", host="10.0.0.1:80")),
        "a redirect was refused: 10.0.0.1:80 is a private or loopback address",
        "已拒绝重定向：10.0.0.1:80是内网或本机地址",
    ),
    (reason("source.redirects_many", most=10), "more than 10 redirects", "重定向超过10次"),
    (
        reason("source.unexpected_status", status=418, url="https://a.example/"),
        "an unexpected answer (HTTP 418) from https://a.example/",
        "意外的响应（HTTP 418）：https://a.example/",
    ),
    (
        reason("source.robots_wait", status=503),
        "robots.txt answers 503, which asks crawlers to wait",
        "robots.txt返回503，要求爬虫等待",
    ),
    (
        reason("source.connection_failed", error="no route (to host)"),
        "the connection failed (no route (to host))",
        "连接失败（no route (to host)）",
    ),
    (
        reason("source.unit_answers", path="success", said="false", message=""),
        "the unit answers success=false",
        "单元返回success=false",
    ),
    (
        reason("source.unit_answers", path="success", said="false", message="参数错误"),
        "the unit answers success=false 参数错误",
        "单元返回success=false 参数错误",
    ),
    (
        reason("source.interface_answers", path="code", value="", wanted="200", message=""),
        "the interface answers code=nothing instead of 200",
        "接口返回code=空，应为200",
    ),
    (
        reason("source.interface_answers", path="code", value="500", wanted="200", message="系统错误"),
        "the interface answers code=500 instead of 200: 系统错误",
        "接口返回code=500，应为200：系统错误",
    ),
    (
        reason("source.items_lead_nowhere", path="'data[]'", has=reason("shape.empty_list")),
        "items: 'data[]' leads to nothing; the answer has an empty list",
        "items：'data[]'没有内容；响应含有空列表",
    ),
    (
        reason("source.field_leads_nowhere", name="field.date", given="'day'", path="docs[]", has=NAMES),
        "field.date 'day' leads to nothing; an entry of docs[] has a, b[] …",
        "field.date 'day'没有内容；docs[]的条目含有a, b[] …",
    ),
    (
        reason("source.field_not_given", name="field.url", path="docs[]", has=NAMES),
        "field.url is not given; an entry of docs[] has a, b[] …",
        "未给出field.url；docs[]的条目含有a, b[] …",
    ),
    (
        reason("source.records_malformed"),
        "the record interface was read but records are malformed",
        "记录接口可读，但记录格式有误",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("why", "in_english", "in_chinese"), CASES)
def test_a_finding_reads_in_both_languages(why: Reason, in_english: str, in_chinese: str) -> None:
    assert english(why) == in_english
    assert render(why, "zh") == in_chinese
    assert loads_reason(why.dumps()) == why


@pytest.mark.parametrize("code", CODES)
def test_no_sentence_stays_english(code: str) -> None:
    names = places(catalogue("zh").sentences[code])
    said = render(Reason(code, dict.fromkeys(names, "7")), "zh")
    assert not ENGLISH.search(said)
    assert said.count("7") >= len(names)


def test_the_crawler_says_each_of_the_sentences() -> None:
    root = Path(crawler.__file__).parent
    code = "\n".join(path.read_text(encoding="utf-8") for path in root.rglob("*.py"))
    assert len(CODES) > 60
    assert [known for known in CODES if f'"{known}"' not in code] == []


def test_a_row_of_an_earlier_release_shows_its_english_sentence() -> None:
    kept = StoredReason("the site refuses the request (HTTP 403)")
    assert render_stored(kept, "zh") == kept.english
