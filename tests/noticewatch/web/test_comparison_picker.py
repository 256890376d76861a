"""Choosing what is compared: two boxes, or one beside an act."""

import pytest
from lxml import html
from starlette.testclient import TestClient

from noticewatch.web.app import create_app
from tests.noticewatch.filled import fill
from tests.noticewatch.web.site import make_site


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("picker")
    fill(folder)
    with TestClient(create_app(make_site(folder))) as client:
        yield client


def page_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return html.fromstring(answer.text)


def test_every_notice_leads_to_the_picker_with_its_versions(client):
    notice = page_of(client, "/notices/1")
    assert notice.xpath("//a[@href='/notices/1/compare']")
    picker = page_of(client, "/notices/1/compare")
    assert picker.xpath("//a[@href='/compare?posting=1&a=1&b=2']")
    assert [box.get("name") for box in picker.cssselect("main input[type=search]")] == ["second"]


def test_one_box_beside_an_act_offers_what_is_found(client):
    picker = page_of(client, "/notices/1/compare?second=正文")
    assert picker.xpath("//input[@type='hidden' and @name='after']/@value") == ["1"]
    assert picker.xpath("//input[@type='radio' and @name='before']/@value") == ["2"]
    chosen = client.get("/compare", params={"before": "2", "after": "1"})
    assert "Two acts compared" in chosen.text


def test_two_boxes_offer_both_sides(client):
    index = page_of(client, "/compare")
    names = [box.get("name") for box in index.cssselect("main input[type=search]")]
    assert names == ["first", "second"]
    picker = page_of(client, "/compare?first=动力电池&second=正文")
    assert picker.xpath("//input[@name='before']/@value") == ["1"]
    assert picker.xpath("//input[@name='after']/@value") == ["2"]
    assert picker.xpath("//form//button[text()='Compare']")


@pytest.mark.parametrize("words", ["没有这样的文件名称", "<b>none</b>", "  ", "x" * 900])
def test_nothing_found_is_said_and_nothing_is_offered(client, words):
    answer = client.get("/compare", params={"first": words, "second": words})
    assert answer.status_code == 200
    picker = html.fromstring(answer.text)
    assert not picker.xpath("//input[@type='radio']")
    assert not picker.xpath("//form//button[text()='Compare']")
    assert not picker.xpath("//script[not(@src)]")


def test_an_unknown_act_is_404(client):
    assert client.get("/notices/99/compare").status_code == 404
