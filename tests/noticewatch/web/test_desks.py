"""The menu of five desks, the gear, the addresses by which they are called, signing in."""

import pytest
from lxml import html
from starlette.testclient import TestClient

from noticewatch.web.app import create_app
from noticewatch.web.views.desks.navigation import tabs_of
from tests.noticewatch.web.site import make_site


@pytest.fixture
def client(folder):
    with TestClient(create_app(make_site(folder))) as client:
        yield client


def menu(page):
    return [link.text_content().strip() for link in page.cssselect("header nav a")]


def test_the_menu_names_five_desks_and_the_gear_the_rest(client):
    page = html.fromstring(client.get("/").text)
    assert menu(page) == ["Inbox", "Calendar", "Law", "Provinces", "Search"]
    gear = [link.text_content() for link in page.cssselect("details.gear a")]
    assert gear == ["Sources", "Delivery", "Audit log", "Settings"]
    assert menu(html.fromstring(client.get("/?lang=zh").text)) == [
        "待办", "日历", "法规", "各省", "检索",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "desk", "tab"),
    [
        ("/", "Inbox", None),
        ("/deadlines", "Calendar", None),
        ("/law", "Law", "List of the law"),
        ("/check", "Law", "Check an article"),
        ("/compare", "Law", "Compare"),
        ("/matrix", "Provinces", "Duties"),
        ("/map", "Provinces", "Map"),
        ("/activity", "Provinces", "Activity"),
        ("/searches", "Search", "Saved searches"),
        ("/alerts", None, "Delivery"),
        ("/settings", None, "Settings"),
    ],
)
def test_each_page_shows_where_it_stands(client, path, desk, tab):
    page = html.fromstring(client.get(path).text)
    current = [link.text_content().strip() for link in page.cssselect("nav a[aria-current]")]
    assert current == ([desk] if desk else [])
    shown = [link.text_content() for link in page.cssselect("ul.tabs a[aria-current]")]
    assert shown == ([tab] if tab else [])


def test_a_notice_stands_on_no_desk():
    assert tabs_of("/notices/1") == ()
    assert tabs_of("/compare/") == tabs_of("/law")


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("/inbox?mine=1", "/?mine=1"),
        ("/calendar?days=30", "/deadlines?days=30"),
        ("/provinces", "/matrix"),
        ("/delivery?state=dead", "/alerts?state=dead"),
    ],
)
def test_what_desks_are_called_leads_to_them(client, name, address):
    answer = client.get(name, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, address)


def test_who_signs_in_sees_no_menu_and_what_this_is(folder, monkeypatch):
    monkeypatch.setenv("NOTICEWATCH_WEB_TOKEN", "s3cret")
    with TestClient(create_app(make_site(folder, auth="token"))) as client:
        page = html.fromstring(client.get("/notices/1", headers={"accept": "text/html"}).text)
        assert menu(page) == []
        assert not page.cssselect("details.gear")
        assert "follows what Chinese ministries and provinces publish" in page.text_content()
        client.headers["authorization"] = "Bearer s3cret"
        assert len(menu(html.fromstring(client.get("/").text))) == 5


def test_the_settings_are_shown_without_secrets(folder, monkeypatch):
    monkeypatch.setenv("NOTICEWATCH_WEB_PEOPLE", "anna:editor:s3cret rolf:reader:r2")
    with TestClient(create_app(make_site(folder))) as client:
        answer = client.get("/settings")
        text = html.fromstring(answer.text).cssselect("main")[0].text_content()
        assert "terminal" in text
        assert "anna" in text
        assert "rolf" not in text  # readers take nothing on
        assert "s3cret" not in answer.text
        picker = html.fromstring(client.get("/notices/1").text).cssselect("select[name=assignee]")
        assert picker[0].xpath("./option/@value") == ["", "anna"]
