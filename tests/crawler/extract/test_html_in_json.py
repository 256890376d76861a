"""The piece of HTML that an answer in JSON carries."""

import json

import pytest

from config.loader import load_platforms
from crawler.discovery.discover import detect
from crawler.extract.html_in_json import html_piece, unescaped_html

LIST = "<ul>" + "".join(
    f'<li><a href="/zc/art/2026/art_{n:032x}.html">关于第{n}批登记的通知</a><span>2026-09-{n:02d}</span></li>'
    for n in range(9, 1, -1)
) + "</ul>"  # fmt: skip
ESCAPED = LIST.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
UNIT = "https://www.example.gov.cn/api-gateway/jpaas-publish-server/front/page/build/unit?webId=9a&tplSetId=7c&pageId=K3&tagId=list"


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"code": 200, "data": {"html": LIST}}),
        json.dumps({"html": LIST}, ensure_ascii=False),
        json.dumps({"data": {"content": LIST, "note": "<p>x</p>"}}),
        json.dumps({"data": {"html": ESCAPED}}),
        json.dumps({"data": {"html": ESCAPED.replace("&", "&amp;")}}),
        json.dumps({"data": json.dumps({"html": LIST})}),
        "callback(" + json.dumps({"html": LIST}) + ");",
        "\ufeff" + json.dumps([{"html": LIST}]),
    ],
)
def test_the_piece_is_found_however_it_is_wrapped(text: str) -> None:
    assert html_piece(text) == LIST
    found = detect(text, UNIT, load_platforms())
    assert (found.kind, found.platform) == ("list", "hanweb_jpaas")
    assert found.found is not None
    assert [row.title for row in found.found.rows] == [
        f"关于第{n}批登记的通知" for n in range(9, 1, -1)
    ]
    assert found.found.rows[0].url == f"https://www.example.gov.cn/zc/art/2026/art_{9:032x}.html"
    assert found.parameters == {"webId": "9a", "tplSetId": "7c", "pageId": "K3", "tagId": "list"}


@pytest.mark.parametrize(
    "text", ["", "<ul><li>x</li></ul>", "{", '{"a": 1}', '{"a": "plain"}', "[" * 100_000]
)
def test_other_answers_hold_none(text: str) -> None:
    assert html_piece(text) is None


def test_text_that_only_mentions_a_tag_stays() -> None:
    assert unescaped_html("a &lt; b") == "a &lt; b"
    assert unescaped_html("<p>&lt;a&gt;</p>") == "<p>&lt;a&gt;</p>"
