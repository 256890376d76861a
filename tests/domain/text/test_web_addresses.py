"""What belongs to a visit in an address, and what to the notice."""

import pytest

from domain.text.web_addresses import address_key, standing, without_dots, without_session

HOST = "http://gxt.example.gov.cn"


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("/n/1.html;jsessionid=0A1B2C", "/n/1.html"),
        ("/n/1.jsp;JSESSIONID=0A1B2C.node1?id=7", "/n/1.jsp?id=7"),
        ("/n/show.php?PHPSESSID=ab12&id=7", "/n/show.php?id=7"),
        ("/n/show.php?id=7&phpsessid=ab12", "/n/show.php?id=7"),
        ("/n/show.asp?ASPSESSIONIDQQ=XY&id=7", "/n/show.asp?id=7"),
        ("/n/show.jsp?id=7&sid=4f9c2b7d8e1a4c55", "/n/show.jsp?id=7"),
        ("/(S(h3k1abcdefghijklmnopqrst))/show.aspx?id=7", "/show.aspx?id=7"),
        ("/oa/(X(1)S(h3k1abcdef))/show.aspx?id=7", "/oa/show.aspx?id=7"),
        ("/n/(F(abcdefghijklmnop-_12))/1.aspx", "/n/1.aspx"),
        ("/n/(X(1))/1.aspx", "/n/(X(1))/1.aspx"),
        ("/n/(S(2026))/1.aspx", "/n/(S(2026))/1.aspx"),
        ("/n/1.cfm?CFID=17&CFTOKEN=98c1&id=7", "/n/1.cfm?id=7"),
        ("/n/1.cfm?cfid=17", "/n/1.cfm?cfid=17"),
        ("/n/1.html?token=9f2c1b7d8e1a4c55", "/n/1.html?token=9f2c1b7d8e1a4c55"),
        ("/n/show.jsp?sid=123", "/n/show.jsp?sid=123"),
        ("/n/1.html", "/n/1.html"),
    ],
)
def test_sessions_leave_the_address(url: str, bare: str) -> None:
    assert without_session(HOST + url) == HOST + bare


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/n/1.html?t=1764468001", "/n/1.html?t=1764471602"),
        ("/n/1.html?t=1764468001123", "/n/1.html"),
        ("/n/1.html?_=0.8371", "/n/1.html?_=0.11"),
        ("/n/1.html?v=20261128093015", "/n/1.html?v=20261129093015"),
        ("/n/1.html?rand=83", "/n/1.html?rand=84"),
        ("/n/1.html?timestamp=1", "/n/1.html?timestamp=2"),
        ("/show?a=1&id=7", "/show?id=7&a=1"),
        ("/n/%e9%80%9a_1.html", "/n/%E9%80%9A_1.html"),
        ("/n/通_1.html", "/n/%E9%80%9A_1.html"),
        ("/n/%41_1.html", "/n/A_1.html"),
        ("/n/2026/art_1/index.html", "/n/2026/art_1/"),
        ("/n/1.html#top", "/n/1.html"),
        ("/n/1.html?utm_source=wx", "/n/1.html"),
        ("/n/1.html?token=9f2c1b7d8e1a4c55", "/n/1.html?token=0b2c1b7d8e1a4c99"),
        ("/n/1.html?access_token=eyJh1b7d8e1a4c55", "/n/1.html"),
        ("/./n/../n/1.html", "/n/1.html"),
        ("/n/%2e/a/%2E./1.html", "/n/1.html"),
        ("/../n/1.html", "/n/1.html"),
        ("/n/1/..", "/n/"),
    ],
)
def test_addresses_of_one_page(one: str, other: str) -> None:
    assert address_key(HOST + one) == address_key(HOST + other)
    assert address_key(HOST + one) == address_key("https://GXT.example.gov.cn:443" + other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/show?id=7", "/show?id=8"), ("/show?t=1&id=7", "/show?t=2&id=7"), ("/show?v=2", "/show?v=3"),
        ("/show?sid=1", "/show?sid=2"), ("/n/1.html", "/n/2.html"), ("/n/1.html?r=5", "/n/1.html?r=6"), ("/N/1.html", "/n/1.html"),
        ("/n/%2F1.html", "/n/1.html"), ("/show?date=2026-11-20", "/show?date=2026-11-21"),
        ("/n/1.html?token=7", "/n/1.html?token=8"), ("/n/.a/1.html", "/n/1.html"), ("/n/..1.html", "/1.html"),
    ],
)  # fmt: skip
def test_addresses_of_two_pages(one: str, other: str) -> None:
    assert address_key(HOST + one) != address_key(HOST + other)


def test_dot_segments_are_resolved_and_nothing_else() -> None:
    assert without_dots(f"{HOST}/a/./b/../1%20.html?x=../1") == f"{HOST}/a/1%20.html?x=../1"
    assert without_dots(f"{HOST}/a/b.c/1..html") == f"{HOST}/a/b.c/1..html"


def test_the_plainest_address_stands_for_a_page() -> None:
    urls = [
        f"{HOST}/n/1.html?t=1764468001",
        f"{HOST}/n/1.html",
        "https://gxt.example.gov.cn/n/1.html",
    ]
    assert sorted(urls, key=standing) == urls[::-1]


@pytest.mark.parametrize(
    "url", ["", "import:1", "http://[", "内部文件1", "http://a.cn/" + "?a=1&" * 50]
)
def test_anything_has_a_key(url: str) -> None:
    assert isinstance(address_key(url), str)
    assert isinstance(without_session(url), str)
