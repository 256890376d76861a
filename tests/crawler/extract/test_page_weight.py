"""Light pages are those that no reader can take long over, however they are built."""

from __future__ import annotations

import pytest

from crawler.extract.dom import parse_html
from crawler.extract.page_weight import is_light

ARTICLE = "<p>第一条 综合利用企业应当报送<b>溯源信息</b>。<br>说明如下<img src='a.png'></p>"


def page(inner: str) -> str:
    return f"<html><body><h1>通知</h1>{inner}</body></html>"


@pytest.mark.parametrize(
    "inner", [ARTICLE * 300, "<table>" + "<tr><td>甲</td><td>乙</td></tr>" * 500 + "</table>"]
)
def test_ordinary_pages_are_light(inner: str) -> None:
    assert is_light(page(inner))


@pytest.mark.parametrize(
    "inner",
    [
        ARTICLE * 2000,
        "<div " + " ".join(f"a{number}" for number in range(20_000)) + ">甲</div>",
        "<div " + "".join(f'a{number}=""' for number in range(9_000)) + ">甲</div>",
        "<div/" + "/".join(f"a{number}" for number in range(20_000)) + ">甲</div>",
        "<div a='>' " + " ".join(f"b{number}='>'" for number in range(7_000)) + ">甲</div>",
        "<ul><li>" * 300,
        "<div><span>" * 300 + "</span></div>" * 300,
        "<ul></b><i></b>" * 300,
        "\\u003cul\\u003e" * 500,
        "&lt;div&gt;" * 500,
        "甲" * 400_000,
    ],
)
def test_what_may_cost_anything_is_not(inner: str) -> None:
    assert not is_light(page(inner))


def test_a_page_that_is_too_deep_is_refused_not_cut_short() -> None:
    assert "末尾" in "".join(parse_html(page("<div>" * 1500 + "末尾")).itertext())
    with pytest.raises(MemoryError):
        parse_html(page("<div>" * 3000 + "末尾"))
