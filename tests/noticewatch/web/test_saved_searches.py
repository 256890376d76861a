"""Save searches and tell what they find."""

import pytest
from lxml import html
from starlette.testclient import TestClient

from archive.store import Archive
from config.model import Settings
from domain.records.handling import SavedSearch
from noticewatch.application.saved_search_subscriptions import subscription_of, with_saved_searches
from noticewatch.web.app import create_app
from notifier.run import dry_run
from tests.noticewatch.filled import NOW
from tests.noticewatch.web.site import csrf, make_site


def saved(query: str, when: str = "immediately") -> SavedSearch:
    return SavedSearch(
        id=1, name="x", query=query, who="li", created=NOW, channel="terminal", when=when
    )


def test_a_saved_search_is_a_subscription_with_its_words_and_filters():
    asked = saved("q=罚款 -试点&topic=penalty&topic=portal&jurisdiction=CN-JS&since=2026-01-01")
    subscription = subscription_of(asked)
    assert subscription.words == "罚款 -试点"
    assert subscription.topics == ("penalty", "portal")
    assert subscription.jurisdictions == ("CN-JS",)
    assert subscription.severities == "all"
    with pytest.raises(ValueError, match="when"):
        subscription_of(saved("q=x", when="hourly"))


def test_only_what_a_saved_search_finds_is_told(folder):
    silent = Settings(subscriptions=())
    for query, told in (("q=移交", True), ("q=火星", False), ("topic=portal", False)):
        with Archive.open(folder) as archive:
            archive.saved_searches.save(query, query, "li", channel="terminal", when="immediately")
            settings = with_saved_searches(silent, archive)
            assert [s.channel for s in settings.subscriptions] == ["terminal"]
            report = dry_run(archive, settings, clock=lambda: NOW)
            assert any("江苏省" in words for words in report.messages) is told, query
            archive.saved_searches.remove(archive.saved_searches.all()[0].id)


def test_a_search_whose_channel_is_gone_waits(folder):
    with Archive.open(folder) as archive:
        archive.saved_searches.save("a", "q=x", "li", channel="away", when="immediately")
        assert with_saved_searches(Settings(), archive) == Settings()


def test_searches_are_saved_replaced_and_removed_on_the_record(folder):
    with TestClient(create_app(make_site(folder))) as client:
        data = {"csrf": csrf(client), "name": " 溯源 ", "who": "李雷"}
        for query in ("q=a&limit=5&lang=zh", "q=移交&topic=penalty"):
            answer = client.post("/searches", data={**data, "query": query})
            assert answer.status_code == 200
        page = html.fromstring(client.get("/searches").text)
        links = page.xpath("//tbody//th/a/@href")
        assert len(links) == 1
        assert "1 result ·" in " ".join(client.get(links[0]).text.split())
        for wrong in (
            {"name": ""},
            {"channel": "nowhere"},
            {"channel": "terminal", "when": "sometimes"},
        ):
            assert client.post("/searches", data={**data, **wrong}).status_code == 400
        number = page.xpath("//form[contains(@action, '/remove')]/@action")[0]
        assert client.post(number, data={**data, "csrf": "x"}).status_code == 403
        assert client.post(number, data=data).status_code == 200
        assert client.post(number, data=data).status_code == 404
        log = client.get("/audit").text
        assert "save search" in log
        assert "remove search" in log


def test_readers_keep_searches_but_tell_no_channel(folder, monkeypatch):
    monkeypatch.setenv("NOTICEWATCH_WEB_PEOPLE", "rolf:reader:r")
    headers = {"authorization": "Bearer r"}
    with Archive.open(folder) as archive:
        number = archive.saved_searches.save(
            "theirs", "q=x", "anna", channel="terminal", when="daily 08:00"
        )
    with TestClient(create_app(make_site(folder, auth="token")), headers=headers) as client:
        data = {"csrf": csrf(client, "/search"), "name": "mine", "query": "q=x"}
        assert client.post("/searches", data={**data, "channel": "terminal"}).status_code == 403
        assert client.post("/searches", data={**data, "name": "theirs"}).status_code == 403
        assert client.post(f"/searches/{number}/remove", data=data).status_code == 403
        assert client.post("/searches", data=data).status_code == 200
    with Archive.open(folder) as archive:
        kept = {search.name: search for search in archive.saved_searches.all()}
        assert kept["theirs"].channel == "terminal"
        assert kept["mine"].who == "rolf"
