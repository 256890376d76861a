"""Searching through page and API: marks, facets that keep their word, paging, languages."""

import json
import re
from datetime import date, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from lxml import html
from starlette.testclient import TestClient

import noticewatch.web
from archive.store import Archive, SearchRequest
from archive.transfer.importer import import_lines
from domain.law.classify_task import Classification
from domain.records.fact import Evidence, Label
from i18n.web_phrases import ZH
from noticewatch.application import notice_search as finding
from noticewatch.web.app import create_app
from tests.noticewatch.filled import NOW, fill, owe
from tests.noticewatch.web.site import in_language, make_site

COUNT = 47
ISSUERS = ("工业和信息化部", "广东省工业和信息化厅", "江苏省生态环境厅")
TEMPLATES = Path(noticewatch.web.__file__).parent / "templates"


def _line(number: int) -> str:
    return json.dumps(
        {
            "url": f"https://a.example/{number}",
            "title": f"关于第{number}批企业名单的公告",
            "text": f"第{number}批：动力电池综合利用企业，编号{number * 7919}。" + "甲乙丙丁"[number % 4] * 30,
            "published": f"20{20 + number % 5}-0{1 + number % 9}-11",
            "issuers": [ISSUERS[number % 3]],
        },
        ensure_ascii=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("many")
    rng = np.random.default_rng(1)
    with Archive.open(folder, clock=lambda: NOW) as archive:
        import_lines(archive, map(_line, range(1, COUNT + 1)), now=NOW)
        for task in archive.classification.pending(limit=1000):
            topics = ("penalty", "portal", "standards")[: task.notice_id % 4]
            vector = rng.normal(size=8).astype("<f4").tobytes()
            archive.classification.store(
                Classification(
                    change_id=task.change_id,
                    labels=tuple(
                        Label(topic=t, score=0.9, model="m", evidence=(Evidence(text="x", where="y"),))
                        for t in topics
                    ),
                    facts=(),
                    stage="final",
                    relevant_because="labels" if topics else None,
                    model="m",
                    vectors={"title": vector},
                )
            )  # fmt: skip
    owe(folder)
    return folder


@pytest.fixture
def client(folder):
    with TestClient(create_app(make_site(folder))) as client:
        yield client


class Encoder:
    id = "m"

    def embed_queries(self, queries):
        return np.ones((len(queries), 8), dtype=np.float32)


@pytest.mark.parametrize("mode", ["auto", "text", "meaning", "hybrid"])
@pytest.mark.parametrize("query", ["动力电池", ""])
def test_paging_gives_every_hit_once(client, monkeypatch, mode, query):
    monkeypatch.setattr(finding, "_query_encoder", lambda name: Encoder())
    seen, cursor, total = [], None, None
    for _ in range(20):
        params = {"q": query, "mode": mode, "limit": 7} | ({"cursor": cursor} if cursor else {})
        answer = client.get("/api/v1/search", params=params).json()
        total = answer["total"] if total is None else total
        seen += [hit["id"] for hit in answer["hits"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == total == COUNT


def test_pages_lead_to_the_next_without_script(client):
    path, titles = "/search?q=动力电池", []
    while path:
        tree = html.fromstring(client.get(path).text)
        titles += tree.xpath("//ol[@class='hits']//a[@class='title']/text()")
        path = next(iter(tree.xpath("//a[@rel='next']/@href")), None)
    assert len(titles) == len(set(titles)) == COUNT


def test_a_facets_count_is_what_its_link_finds(client):
    tree = html.fromstring(client.get("/search", params={"q": "动力电池"}).text)
    checked = 0
    for item in tree.xpath("//ul[@class='facets']/li"):
        link, count = item.xpath("a/@href")[0], item.xpath("span[@class='count']/text()")[0]
        assert parse_qs(urlsplit(link).query)["q"] == ["动力电池"]
        found = html.fromstring(client.get(link).text)
        assert found.xpath("//p[@class='figures']/text()")[0].split()[0] == count, link
        undo = found.xpath("//a[@class='on']/@href")
        assert parse_qs(urlsplit(undo[0]).query) == {"q": ["动力电池"]}
        checked += 1
    assert checked >= 12


def test_many_hits_are_counted_like_few(folder, monkeypatch):
    from archive.search import finder
    from archive.search.filters import Filters

    with Archive.open(folder) as archive:
        exact = archive.search(SearchRequest(query="动力电池", facets=True)).facets
        everything = archive.search(SearchRequest(query="", facets=True)).facets
        monkeypatch.setattr(finder, "_CHECK_ALL", 0)
        assert archive.search(SearchRequest(query="动力电池", facets=True)).facets == exact
        assert archive.search(SearchRequest(query="", facets=True)).facets == everything
        filters = Filters(jurisdictions=("CN-GD",))
        fast = archive.search(SearchRequest(query="动力电池", filters=filters, facets=True)).facets
        monkeypatch.setattr(finder, "_CHECK_ALL", 200)
        assert (
            archive.search(SearchRequest(query="动力电池", filters=filters, facets=True)).facets
            == fast
        )


def test_a_hit_in_the_title_alone_is_marked_too(client):
    tree = html.fromstring(client.get("/search", params={"q": "企业名单的公告"}).text)
    hit = tree.xpath("//ol[@class='hits']/li")[0]
    assert hit.xpath(".//mark/text()")[0] == "企业名单的公告"
    assert hit.xpath("a[@class='title']/text()")[0].endswith("批企业名单的公告")


def test_results_can_be_taken_away_whole(client):
    assert client.get("/search.csv?q=动力电池").text.count("\n") == COUNT + 1
    assert client.get("/search.xlsx?q=动力电池").content[:2] == b"PK"
    feed = client.get("/feed.atom?q=动力电池&jurisdiction=CN-GD").text
    assert feed.count("<entry>") == len([n for n in range(1, COUNT + 1) if n % 3 == 1])


KINDS = {
    "string": str, "integer": int, "number": (int, float), "boolean": bool, "object": dict,
    "array": list, "null": type(None),
}  # fmt: skip
FORMATS = {"date": date.fromisoformat, "date-time": datetime.fromisoformat}


def test_api_answers_are_what_its_description_says(client):
    described = client.get("/api/v1/openapi.json").json()
    schemas = described["components"]["schemas"]

    def problems(value, schema, where):
        """What of the value is not as the schema says, each with its place."""
        if "$ref" in schema:
            schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
        if "anyOf" in schema:
            tried = [problems(value, one, where) for one in schema["anyOf"]]
            return [] if [] in tried else [f"{where}: {value!r} fits none"]
        if "enum" in schema:
            return [] if value in schema["enum"] else [f"{where}: {value!r} is no known value"]
        if not isinstance(value, KINDS[schema["type"]]):
            return [f"{where}: {value!r} is no {schema['type']}"]
        found = []
        if schema["type"] == "object" and "properties" in schema:
            if set(value) != set(schema["properties"]) or set(value) != set(schema["required"]):
                found.append(f"{where}: {sorted(value)}")
            for name, item in value.items():
                found += problems(item, schema["properties"].get(name, {}), f"{where}.{name}")
        if schema["type"] == "array":
            for item in value:
                found += problems(item, schema["items"], f"{where}[]")
        if schema.get("format") in FORMATS:
            FORMATS[schema["format"]](value)
        return found

    asked = {"q": "动力电池", "posting": "1", "before": "1", "after": "2"}
    for path in described["paths"]:
        answer = client.get(path.replace("{id}", "1"), params=asked)
        assert answer.status_code == 200, path
        schema = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
        assert problems(answer.json(), schema["schema"], path) == []
    assert problems({"error": 1}, {"$ref": "#/components/schemas/Error"}, "") != []


def test_hits_are_sorted_as_asked(client):
    def order(**more):
        answer = client.get("/api/v1/search", params={"q": "编号 批", **more, "limit": 100}).json()
        return [hit["score"] for hit in answer["hits"]], [
            hit["published"] for hit in answer["hits"]
        ]

    scores, _ = order(order="rank")
    assert scores == sorted(scores, reverse=True)
    assert order()[0] == scores
    _, days = order(order="newest")
    assert days == sorted(days, reverse=True)
    assert client.get("/search?q=编号&order=rank").text.count("selected") == 2
    assert client.get("/api/v1/search?order=rank").json()["total"] == COUNT


def test_an_unchanged_search_is_304(client):
    first = client.get("/api/v1/search?q=动力电池")
    headers = {"if-none-match": first.headers["etag"]}
    assert client.get("/api/v1/search?q=动力电池", headers=headers).status_code == 304
    assert client.get("/api/v1/search?q=编号", headers=headers).status_code == 200


# ------------------------------------------------------------------- languages


def test_changing_the_language_keeps_the_search(client):
    tree = html.fromstring(client.get("/search?q=动力电池&topic=penalty").text)
    link = tree.xpath("//a[text()='中文']/@href")[0]
    page = client.get("/search" + link)
    assert 'value="动力电池"' in page.text
    assert 'lang="zh' in page.text
    assert 'lang="zh' in client.get("/matrix").text  # the cookie remembers


def test_every_phrase_of_the_templates_has_its_chinese():
    asked = set()
    for template in TEMPLATES.glob("*.html"):
        text = template.read_text(encoding="utf-8")
        asked |= {m[0] or m[1] for m in re.findall(r"""\bt\((?:"([^"]+)"|'([^']+)')\)""", text)}
    assert len(asked) > 100
    assert asked - set(ZH) == set()


KEPT = re.compile(
    r"noticewatch|EN|API|Atom|CSV|XLSX|JSON|ics|iCalendar|sha256|[a-z]+://\S+|cn-[a-z-]+|kB|ms|"
    r"demo|SHA\w*|html|[0-9a-f]{8,}|"
    r"zip|j|k|title|number|OR|\d+h|\d+d|rules\S*|test|li|yml|subscriptions"
)


def test_chinese_pages_hold_no_english_sentence(tmp_path):
    fill(tmp_path)
    with TestClient(create_app(make_site(tmp_path))) as client:
        for path in ("/", "/search?q=施行", "/notices/1", "/compare", "/matrix", "/map?by=health",
                     "/deadlines", "/activity", "/alerts", "/audit", "/map?by=implementation",
                     "/compare?posting=1&a=1&b=2", "/searches"):  # fmt: skip
            tree = html.fromstring(client.get(in_language(path, "zh")).text)
            texts = tree.xpath(
                "//body//text()[not(ancestor::script or ancestor::pre or ancestor::code)]"
            )
            words = re.findall(r"[A-Za-z]{3,}(?: [A-Za-z]+)+", " \n".join(texts))
            assert [w for w in words if not KEPT.match(w)] == [], path


def test_a_question_shows_its_filters_as_chips_that_come_off(client):
    page = html.fromstring(client.get("/search", params={"q": "Guangdong 企业名单"}).text)
    (chip,) = page.xpath("//p[@class='chips']/span")
    assert "Guangdong" in chip.text_content()
    assert page.xpath("//p[@class='figures']/text()")[0].split()[0] == "16"
    link = chip.xpath("a/@href")[0]
    assert parse_qs(urlsplit(link).query) == {
        "q": ["Guangdong 企业名单"], "no_filter": ["jurisdiction=CN-GD"],
    }  # fmt: skip
    without = html.fromstring(client.get(link).text)
    assert without.xpath("//p[@class='chips']") == []
    assert without.xpath("//input[@name='no_filter']/@value") == ["jurisdiction=CN-GD"]


def test_a_filter_that_leaves_nothing_is_struck_through(client):
    page = html.fromstring(client.get("/search", params={"q": "海南 企业名单"}).text)
    assert page.xpath("//p[@class='chips']//del/text()") == ["Hainan"]
    assert page.xpath("//ol[@class='hits']/li")


def test_an_unknown_filter_is_refused(client):
    answer = client.get("/api/v1/search", params={"q": "x", "no_filter": "place"})
    assert answer.status_code == 400
    assert "no_filter" in answer.json()["error"]
