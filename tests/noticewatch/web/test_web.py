"""Serve every page, the API and the originals of an archive."""

import json
import re

import pytest
from lxml import etree, html
from starlette.testclient import TestClient

from config.model import WebSettings
from noticewatch.application.user_errors import NoticewatchError
from noticewatch.web.app import create_app
from noticewatch.web.auth.network import check_binding
from tests.noticewatch.filled import HOSTILE_TITLE, fill
from tests.noticewatch.web.site import in_language, make_site

PAGES = (
    "/",
    "/search?q=动力电池",
    "/matrix",
    "/map",
    "/deadlines",
    "/sources",
    "/alerts",
    "/compare",
    "/activity",
    "/audit",
    "/map?by=implementation",
    "/map?by=health",
    "/notices/1",
    "/notices/2",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("web")
    act = fill(folder)
    return folder, act


@pytest.fixture
def client(site):
    with TestClient(create_app(make_site(site[0]))) as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_in_both_languages(client, path):
    for language in ("en", "zh"):
        answer = client.get(in_language(path, language))
        assert answer.status_code == 200
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert len(answer.content) < 150_000
    assert "检索" in answer.text


@pytest.mark.parametrize(
    ("asked", "query", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "", "zh-CN"),
        ("en-GB,zh;q=0.5", "", "en"),
        ("", "", "en"),
        ("zh", "?lang=en", "en"),
    ],
)
def test_the_browsers_language_counts_until_one_is_chosen(client, asked, query, language):
    page = client.get(f"/{query}", headers={"accept-language": asked}).text
    assert f'<html lang="{language}">' in page


def test_every_page_is_reached_by_links_from_home(client):
    seen, todo = set(), ["/"]
    while todo:
        path = todo.pop(0)
        if path in seen or len(seen) > 80:
            continue
        seen.add(path)
        answer = client.get(path)
        assert answer.status_code == 200, path
        if "text/html" not in answer.headers["content-type"]:
            continue
        links = html.fromstring(answer.text).xpath("//a/@href | //*[local-name()='a']/@href")
        todo += [link for link in links if link.startswith("/") and "lang=" not in link]
    wanted = {"/search", "/matrix", "/map", "/deadlines", "/sources", "/alerts", "/compare"}
    assert wanted <= {path.split("?")[0] for path in seen}
    assert any(path.startswith("/notices/") for path in seen)


def test_home_holds_a_get_form_with_a_search_field(client):
    tree = html.fromstring(client.get("/").text)
    form = tree.xpath("//form[.//input[@type='search' and @name='q']]")
    assert form
    assert form[0].get("action") == "/search"
    assert form[0].get("method", "get").lower() == "get"


def test_search_marks_hits_and_offers_facets_with_counts(client):
    page = client.get("/search", params={"q": "动力电池", "since": "2026-01-01"})
    tree = html.fromstring(page.text)
    assert tree.xpath("//mark[text()='动力电池']")
    facet = tree.xpath("//ul[@class='facets']//a[contains(@href, 'topic=penalty')]")
    assert facet
    assert "q=" in facet[0].get("href")
    assert tree.xpath("//ul[@class='facets']//span[@class='count' and text()='1']")
    narrowed = client.get(facet[0].get("href"))
    assert "江苏省废旧动力电池回收利用管理办法" in narrowed.text


def test_notice_shows_before_and_after_with_its_quote(client, site):
    tree = html.fromstring(client.get(f"/notices/{site[1]}").text)
    table = " ".join(tree.xpath("//table[@class='facts']")[0].text_content().split())
    assert "5,000" in table
    assert "20,000" in table
    assert "10,000" in table
    assert "30,000" in table
    assert "处一万元以上三万元以下罚款" in table
    assert tree.xpath("//a[@href='https://a.example/art/1.html']")


def test_compare_marks_only_what_changed(client, site):
    page = html.fromstring(client.get(f"/notices/{site[1]}").text)
    link = page.xpath("//a[starts-with(@href, '/compare?posting=')]/@href")[0]
    for view in ("", "&view=side"):
        tree = html.fromstring(client.get(link + view).text)
        removed = "".join(tree.xpath("//section//del/text()"))
        added = "".join(tree.xpath("//section//ins/text()"))
        assert "五千元" in removed
        assert "一万元" in added
        assert len(removed) <= 12
        assert "为规范" not in removed + added


def test_map_has_a_shape_for_each_province(client):
    tree = html.fromstring(client.get("/map?by=health").text)
    shapes = tree.xpath("//*[local-name()='svg']//*[local-name()='rect']/@id")
    assert len(shapes) == 31
    assert "CN-GD" in shapes


def test_matrix_says_honest_states(client):
    text = client.get("/matrix").text
    assert "10,000" in text
    assert "not watched" in text


def test_api_answers_what_the_command_line_answers(client):
    answer = client.get("/api/v1/search", params={"q": "罚款"}).json()
    assert answer["total"] == 1
    assert set(answer) >= {"query", "mode", "total", "took_ms", "hits", "next_cursor"}
    hit = answer["hits"][0]
    assert hit["labels"] == ["penalty"]
    record = client.get(f"/api/v1/notices/{hit['id']}")
    assert record.json()["postings"][0]["versions"][1]["number"] == 2
    again = client.get(
        f"/api/v1/notices/{hit['id']}", headers={"if-none-match": record.headers["etag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/api/v1/search?limit=101", "limit"),
        ("/api/v1/search?mode=guess", "mode"),
        ("/api/v1/search?since=soon", "since"),
        ("/search?limit=x", "limit"),
    ],
)
def test_malformed_parameters_are_one_sentence(client, path, word):
    answer = client.get(path)
    assert answer.status_code == 400
    assert word in answer.text


def test_unknown_things_are_404(client):
    for path in ("/notices/999", "/api/v1/notices/999", "/evidence/" + "0" * 64, "/nothing"):
        assert client.get(path).status_code == 404


def test_openapi_names_every_api_path(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {"/api/v1/search", "/api/v1/notices/{id}", "/api/v1/sources"} <= set(paths)


def test_machine_pages(client):
    assert client.get("/healthz").text == "ok"
    metrics = client.get("/metrics").text
    assert re.search(r"^noticewatch_notices 2$", metrics, re.M)
    assert 'noticewatch_source_up{source="cn-miit",state="blocked"} 0' in metrics
    etree.fromstring(client.get("/feed.atom?q=动力电池").content)
    assert b"DTSTART;VALUE=DATE:20270101" in client.get("/deadlines.ics").content


def test_hostile_text_stays_text(client):
    notice = client.get("/api/v1/search", params={"q": "alert"}).json()["hits"][0]
    assert notice["title"] == HOSTILE_TITLE
    for path in (f"/notices/{notice['id']}", "/search?q=alert"):
        tree = html.fromstring(client.get(path).text)
        assert not tree.xpath("//script[not(@src)]")
        assert not tree.xpath("//img")
        assert not tree.xpath("//@onerror")


def test_evidence_is_a_sandboxed_download(client, site):
    record = client.get(f"/api/v1/notices/{site[1]}").json()
    sha256 = record["postings"][0]["versions"][0]["raw_sha256"]
    answer = client.get(f"/evidence/{sha256}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_feedback_needs_the_forms_token(client, site):
    page = client.get(f"/notices/{site[1]}")
    token = html.fromstring(page.text).xpath("//input[@name='csrf']/@value")[0]
    data = {"csrf": "0" * 64, "verdict": "relevant", "who": "li"}
    address = f"/notices/{site[1]}/feedback"
    assert client.post(address, data=data).status_code == 403
    assert client.get(address).status_code == 405
    data["csrf"] = token
    assert client.post(address, data=data, follow_redirects=False).status_code == 303
    assert "li: relevant" in client.get(f"/notices/{site[1]}").text


def test_token_is_asked_for_beyond_loopback(site, monkeypatch):
    with pytest.raises(NoticewatchError, match=r"web\.auth"):
        check_binding(WebSettings(), "0.0.0.0")
    monkeypatch.setenv("NOTICEWATCH_WEB_TOKEN", "s3cret")
    with TestClient(create_app(make_site(site[0], auth="token"))) as client:
        assert client.get("/").status_code == 401
        assert client.get("/healthz").status_code == 200
        assert client.get("/", headers={"authorization": "Bearer s3cret"}).status_code == 200
        assert client.get("/", headers={"authorization": "Bearer wrong"}).status_code == 401


def test_openapi_is_json(client):
    assert json.loads(client.get("/api/v1/openapi.json").text)["openapi"].startswith("3.1")


def test_a_question_of_fact_is_answered_above_the_hits(client):
    answer = client.get("/search", params={"q": "江苏综合利用企业多少天内报送入库信息"})
    page = html.fromstring(answer.text)
    box = page.xpath("//div[@class='answer']")[0].text_content()
    assert "within 30 days" in box
    assert "综合利用企业应当自接收之日起30日内" in box
    hit = page.xpath("//ol[@class='hits']/li")[0]
    assert hit.xpath(".//div[@class='answering']")
    assert hit.xpath(".//span[contains(@class, 'severity')]")
