"""What counts as a change of a page: what two looks show, and nothing that only moves."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest

from noticewatch.demo.replica_site import Article, ReplicaContent, ReplicaFile

Markup = Callable[[Article, int], tuple[str, str]]  # what stands above and below the text
OLD = date(2015, 3, 1)
WEATHER = ("晴 东风2级", "多云 南风3级", "小雨 北风1级", "阴 微风", "雷阵雨 西风4级")
SAYINGS = ("实干兴邦", "久久为功", "绿水青山", "数字赋能", "行稳致远", "守正创新", "群众至上")


class MovingSite:
    """A replica whose notices carry something that moves, in markup that no platform knows."""

    def __init__(self, stage: Any, markup: Markup, *, each_request: bool, notices: int = 4) -> None:
        self.replica = stage.replica("trs_static", notices=notices, validators=False)
        self.stage = stage
        self.turn = count(505, 21)
        self.now = next(self.turn)
        self.each_request = each_request
        self.markup = markup
        self.replica.pages.detail_html = self.page
        column = {"key": "tzgg", "url": self.replica.column_url}
        self.source = stage.source(self.replica, platform="auto", columns=[column])

    def page(self, article: Article) -> str:
        if self.each_request:
            self.now = next(self.turn)
        head, foot = self.markup(article, self.now)
        text = "".join(f"<p>{line}</p>" for line in article.paragraphs)
        return (
            f"<html><head><title>{article.title}</title></head><body><div class=neirong>"
            f"<h2>{article.title}</h2><div class=sx>{head}</div>"
            f"<div class=zw>{text}{foot}</div></div></body></html>"
        )

    def poll(self) -> Any:
        self.now = next(self.turn)
        (report,) = self.stage.crawl(self.source, recheck="all").values()
        assert report.state == "ok", report.reason
        return report


def hex_of(article: Article, turn: int) -> str:
    return hashlib.md5(f"{article.id} {turn}".encode(), usedforsecurity=False).hexdigest()


def titled(article: Article, turn: int) -> tuple[str, str]:
    return f"</div><div class=sx><h1>{article.title} <small>({turn})</small></h1>", ""


def row(*words: str) -> str:
    return "".join(f"<div>{word}</div>" for word in words)


COUNTERS: dict[str, Markup] = {
    "beside date and office": lambda a, n: (f"2026.05.07 09:12　市场科　点阅 {n + a.id}", ""),
    "before the date": lambda a, n: (f"热度：{n + a.id}　发布：2026-05-07", ""),
    "a bare number": lambda a, n: (f"2026-05-07 <em>{n}</em>", ""),
    "a number on its own": lambda a, n: (row("2026-05-07", str(n)), ""),
    "digit by digit": lambda a, n: (
        "2026-05-07 点击 " + "".join(f"<i>{d}</i>" for d in str(n)),
        "",
    ),
    "boxes of digits": lambda a, n: (row("2026-05-07", *str(n)), ""),
    "people below": lambda a, n: ("2026-05-07", f"<p>已有{n}人看过本文</p>"),
    "a word of its own": lambda a, n: ("2026-05-07", f"<p>围观 {n}</p>"),
    "thousands": lambda a, n: (f"2026-05-07 人气 {n * 40:,}", ""),
    "behind the title": titled,
    "two of them": lambda a, n: (f"2026-05-07 看 {n} 赞 {n // 9}", ""),
}
MOVING: dict[str, Markup] = {
    "a clock": lambda a, n: ("", f"<p>2026年11月30日 星期一 10:{n % 60:02}:{n * 7 % 60:02}</p>"),
    "a clock with words": lambda a, n: (f"此刻 10:{n % 60:02}:{n * 7 % 60:02}", ""),
    "weather": lambda a, n: (f"本市天气 {WEATHER[n % 5]}", ""),
    "an id": lambda a, n: ("", f"<p>会话 {hex_of(a, n)[:10]}</p>"),
    "a saying": lambda a, n: ("", f"<p>{SAYINGS[n % 7]}</p>"),
    "the newest notices": lambda a, n: (
        "", "".join(f"<p>本厅第{n + i}期工作动态</p>" for i in range(4))
    ),
}  # fmt: skip


@pytest.mark.parametrize("each_request", [True, False], ids=["each request", "each pass"])
@pytest.mark.parametrize("name", [*COUNTERS, *MOVING])
def test_what_moves_is_no_change(stage: Any, name: str, each_request: bool) -> None:
    site = MovingSite(stage, {**COUNTERS, **MOVING}[name], each_request=each_request)
    assert site.poll().new == 4
    for _ in range(3):
        assert site.poll().revised == 0
    assert stage.archive.notices.counts()["versions"] == 4


@pytest.mark.parametrize("name", COUNTERS)
def test_a_counter_on_a_single_page_is_no_change(stage: Any, name: str) -> None:
    site = MovingSite(stage, COUNTERS[name], each_request=False, notices=1)
    for _ in range(4):
        assert site.poll().revised == 0


def still(article: Article, turn: int) -> tuple[str, str]:
    return (
        f"2026.05.07 09:12　市场科　点阅 {turn}",
        "<p>联系电话：010-55512345</p><p>2026年5月7日</p>",
    )


EDITS: dict[str, Callable[[Article], None]] = {
    "a number": lambda a: a.paragraphs.__setitem__(
        1, "一、综合利用企业应当在二十日内报送溯源信息。"
    ),
    "a word": lambda a: a.paragraphs.__setitem__(0, "各有关企业：现将检查事项通知如下。"),
    "a new line": lambda a: a.paragraphs.append("特此通知"),
    "a line gone": lambda a: a.paragraphs.pop(),
    "a short line": lambda a: a.paragraphs.append("名额 30"),
    "the title": lambda a: setattr(a, "title", a.title.replace("检查", "核查")),
}


@pytest.mark.parametrize("each_request", [True, False], ids=["each request", "each pass"])
@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_told_in_its_pass_beside_a_counter(
    stage: Any, name: str, each_request: bool
) -> None:
    site = MovingSite(stage, still, each_request=each_request)
    site.poll()
    EDITS[name](site.replica.site.articles[1])
    assert site.poll().revised == 1
    assert site.poll().revised == 0
    (change,) = [c for c in stage.archive.changes.find() if c.kind != "new"]
    assert "505" not in change.reason
    assert "526" not in change.reason


@pytest.mark.parametrize(
    ("old", "new"), [("55512345", "55512346"), ("5月7日</p>", "5月8日</p>")], ids=["phone", "day"]
)
def test_the_last_lines_of_a_notice_are_no_counters(stage: Any, old: str, new: str) -> None:
    site = MovingSite(stage, still, each_request=False)
    site.poll()
    head, foot = still(site.replica.site.articles[0], 505)
    site.markup = lambda article, turn: (head, foot.replace(old, new))
    assert site.poll().revised == 4


def shown(text: str) -> Markup:
    return lambda article, turn: ("2026-05-07", f"<p>{text}</p>")


def test_a_correction_that_is_taken_back_is_told_twice(stage: Any) -> None:
    site = MovingSite(stage, shown("适用于本省范围"), each_request=False, notices=1)
    site.poll()
    site.markup = shown("适用于全国范围")
    assert site.poll().revised == 1
    site.markup = shown("适用于本省范围")
    assert site.poll().revised == 1


def test_a_line_that_comes_and_goes_is_told_once_and_once_that_it_went(stage: Any) -> None:
    site = MovingSite(stage, shown("今日推荐"), each_request=False, notices=1)
    site.poll()
    told = 0
    for text in ("热点关注", "今日推荐") * 3:
        site.markup = shown(text)
        told += site.poll().revised
    assert told == 2


def test_a_duty_that_comes_and_goes_is_told_each_time(stage: Any) -> None:
    site = MovingSite(stage, shown("网点应当公示收费"), each_request=False, notices=1)
    site.poll()
    told = 0
    for text in ("网点必须公示收费", "网点应当公示收费") * 2:
        site.markup = shown(text)
        told += site.poll().revised
    assert told == 4


def test_servers_that_answer_by_turns_agree_or_are_not_believed(stage: Any) -> None:
    """Two servers behind one address, one of them with the text of tomorrow."""
    turns = count()
    words = ("网点应当公示收费", "网点必须公示收费")
    site = MovingSite(stage, shown(words[0]), each_request=False, notices=1)
    site.poll()
    site.markup = lambda article, turn: ("2026-05-07", f"<p>{words[next(turns) % 2]}</p>")
    for _ in range(3):
        assert site.poll().revised == 0
    site.markup = shown(words[1])
    assert site.poll().revised == 1


def test_an_old_page_gets_its_second_look_in_the_next_pass(stage: Any, later: Any) -> None:
    replica = stage.replica("trs_static", notices=0)
    article = replica.add("关于旧办法的通知", OLD, ["网点应当在十日内报送。", "特此通知。"])
    stage.poll(replica)
    later(timedelta(days=400))
    replica.site.edit(article, paragraphs=["网点应当在三十日内报送。", "特此通知。"])
    assert stage.poll(replica).revised == 0
    assert stage.poll(replica).revised == 1
    assert stage.poll(replica, recheck="all").revised == 0


def test_an_old_page_that_is_back_as_it_was_tells_nothing(stage: Any, later: Any) -> None:
    replica = stage.replica("trs_static", notices=0)
    before = ["网点应当在十日内报送。", "特此通知。"]
    article = replica.add("关于旧办法的通知", OLD, before)
    stage.poll(replica)
    later(timedelta(days=400))
    replica.site.edit(article, paragraphs=["网点应当在三十日内报送。", "特此通知。"])
    stage.poll(replica)
    replica.site.edit(article, paragraphs=before)
    for _ in range(2):
        assert stage.poll(replica).revised == 0
    replica.site.edit(article, paragraphs=["网点应当在三十日内报送。", "特此通知。"])
    assert stage.poll(replica, recheck="all").revised == 1


def test_a_file_made_anew_for_each_request_is_no_change_until_it_says_something_else(
    stage: Any,
) -> None:
    replica = stage.replica("trs_static", notices=1, validators=False)
    stamp, words = count(), ["第一版"]
    article = replica.site.articles[0]
    replica.site.edit(article, files=[ReplicaFile("附件.csv", b"", "text/csv")])
    handle = replica.pages.handle

    def made(path: str, asked: Any) -> Any:
        content = handle(path, asked)
        if content is None or content.kind != "file":
            return content
        blanks = " " * (next(stamp) % 50 + 1)
        return ReplicaContent(f"{words[0]}{blanks}".encode(), "text/csv", None, "file")

    replica.pages.handle = made
    stage.poll(replica)
    for _ in range(2):
        assert stage.poll(replica, recheck="all").revised == 0
    words[0] = "第二版，字段十八改为必填"
    assert stage.poll(replica, recheck="all").revised == 1


def test_a_number_in_a_line_of_its_own_is_told_twice_and_then_known_for_a_counter(
    stage: Any,
) -> None:
    site = MovingSite(stage, still, each_request=False, notices=1)
    site.markup = lambda article, turn: ("2026-05-07", f"<p>★ {turn} ☆</p>")
    site.poll()
    assert [site.poll().revised for _ in range(6)] == [1, 1, 0, 0, 0, 0]


def test_a_number_of_matter_is_told_as_often_as_it_changes(stage: Any) -> None:
    site = MovingSite(stage, still, each_request=False, notices=1)
    site.markup = lambda article, turn: ("2026-05-07", f"<p>名额 {turn}</p>")
    site.poll()
    assert [site.poll().revised for _ in range(4)] == [1, 1, 1, 1]


@pytest.mark.parametrize("each_request", [True, False], ids=["each request", "each pass"])
def test_the_titles_of_other_notices_below_a_text_are_no_change(
    stage: Any, each_request: bool
) -> None:
    site = MovingSite(stage, still, each_request=each_request, notices=6)
    articles = site.replica.site.articles

    def related(article: Article, turn: int) -> tuple[str, str]:
        others = [other for other in articles if other is not article]
        shown = [others[(turn + article.id + step * step) % len(others)] for step in range(3)]
        return "2026-05-07", "".join(f"<p>· {each.title} {each.day}</p>" for each in shown)

    site.markup = related
    site.poll()
    assert [site.poll().revised for _ in range(4)] == [0, 0, 0, 0]
    EDITS["a number"](articles[2])
    assert site.poll().revised == 1
