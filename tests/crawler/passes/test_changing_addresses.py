"""Notices that come back under another address, and notices that only look as if they did."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

import pytest

from crawler.passes.address_book import AddressBook
from domain.records.observation import NoticeRef

DAY = date(2026, 11, 20)
HOST = "http://gxt.example.gov.cn"


def book(**known: tuple[str, date | None]) -> AddressBook:
    rows = {
        HOST + url: NoticeRef(url=HOST + url, title=title, published=day)
        for url, (title, day) in known.items()
    }
    return AddressBook(rows, lambda url: rows.get(url, NoticeRef(url=url, title="")))


def ref(url: str, title: str, day: date | None = DAY) -> NoticeRef:
    return NoticeRef(url=HOST + url, title=title, published=day)


def urls(found: tuple[NoticeRef, ...]) -> list[str]:
    return [row.url.removeprefix(HOST) for row in found]


def test_an_unknown_parameter_is_learned_from_list_and_archive() -> None:
    known = book(
        **{"/n/1.html?zq=abc": ("关于登记的通知", DAY), "/n/2.html?zq=abc": ("关于回收的通知", DAY)}
    )
    rows = [
        ref("/n/1.html?zq=xyz", "关于登记的通知"),
        ref("/n/2.html?zq=xyz", "关于回收的通知"),
        ref("/n/3.html?zq=xyz", "关于贮存的通知"),
    ]
    assert urls(known.resolve(rows)) == ["/n/1.html?zq=abc", "/n/2.html?zq=abc", "/n/3.html?zq=xyz"]


@pytest.mark.parametrize(
    "row",
    [
        ref("/show?newsid=8", "关于公示的通知"),  # an id, however alike the rows
        ref("/show?zq=8", "关于公示的通知（第二批）"),
        ref("/show?zq=8", "关于公示的通知", date(2026, 11, 21)),
        ref("/show?zq=8", "关于公示的通知", None),
        ref("/other?zq=7", "关于公示的通知"),
    ],
)
def test_another_notice_keeps_its_address(row: NoticeRef) -> None:
    known = book(
        **{"/show?newsid=7": ("关于公示的通知", DAY), "/show?zq=7": ("关于公示的通知", DAY)}
    )
    assert known.resolve([row]) == (row,)


def test_a_parameter_that_tells_rows_of_one_list_apart_names_notices() -> None:
    known = book(**{"/show?zq=7": ("关于公示的通知", DAY)})
    rows = [ref("/show?zq=8", "关于公示的通知"), ref("/show?zq=9", "关于登记的通知")]
    assert urls(known.resolve(rows)) == ["/show?zq=8", "/show?zq=9"]
    moments = [
        ref("/show?t=1764468001", "关于登记的通知"),
        ref("/show?t=1764468002", "关于回收的通知"),
    ]
    assert urls(book().resolve(moments)) == ["/show?t=1764468001", "/show?t=1764468002"]


def test_of_two_known_addresses_one_stands_for_the_page() -> None:
    known = book(
        **{
            "/n/1.html?t=1764468001": ("关于登记的通知", DAY),
            "/n/1.html?t=1764468002": ("关于登记的通知", DAY),
        }
    )
    assert known.first_of(f"{HOST}/n/1.html?t=1764468002") == f"{HOST}/n/1.html?t=1764468001"
    assert known.first_of(f"{HOST}/n/9.html") == f"{HOST}/n/9.html"


@pytest.mark.parametrize(
    "added",
    [
        ";jsessionid={n:08X}",
        "?t=17644680{n:02}",
        "?_=0.{n}71",
        "?zq={n:06}q",
        "?token=8e1a4c55b7d2{n:04}",
        "?CFID={n}&CFTOKEN=7d2{n:04}",
    ],
)
def test_a_visit_in_the_address_makes_no_news(stage: Any, added: str) -> None:
    replica = stage.replica("trs_static", notices=3)
    row, visits = replica.pages.row, count(1)
    replica.pages.row = lambda article: row(article).replace(
        '.html"', f'.html{added.format(n=next(visits))}"'
    )
    assert stage.poll(replica).new == 3
    assert [stage.poll(replica).new for _ in range(2)] == [0, 0]
    replica.site.edit(
        replica.site.articles[0],
        paragraphs=["改后的第一段，应当在五日内登记。", "第二段另行规定。"],
    )
    report = stage.poll(replica, recheck="all")
    assert (report.new, report.withdrawn) == (0, 0)
    assert [len(notice.postings) for notice in stage.notices()] == [1, 1, 1]
