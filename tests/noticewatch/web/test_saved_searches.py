"""Saved searches, reminders, checks and messages: what a page asks for, and what comes of it."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from lxml import html
from starlette.testclient import TestClient

from archive.repositories.saved_searches import SavedSearch
from archive.store import Archive
from config.loader import load_settings
from config.model import Settings
from domain.records.classify_task import Classification
from domain.records.fact import Fact
from domain.records.message import NewOutboxItem
from domain.records.states import FactKind
from noticewatch.application.application import Application
from noticewatch.application.saved_search_subscriptions import subscription_of, with_saved_searches
from noticewatch.web.app import create_app
from noticewatch.web.context import WebContext
from noticewatch.web.source_check_process import check_command
from notifier.run import run
from tests.noticewatch.filled import NOW, fill, observation
from tests.noticewatch.web.test_web import make_site


@pytest.fixture
def folder(tmp_path):
    fill(tmp_path)
    return tmp_path


def csrf(client, path="/notices/1") -> str:
    return html.fromstring(client.get(path).text).xpath("//input[@name='csrf']/@value")[0]


def saved(query: str, when: str = "immediately") -> SavedSearch:
    return SavedSearch(
        id=1, name="x", query=query, who="li", created=NOW, channel="terminal", when=when
    )


# ------------------------------------------------------------------ saved searches


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
            report = run(archive, settings, dry_run=True, clock=lambda: NOW, terminal=io.StringIO())
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


# ----------------------------------------------------------------------- reminders


def test_a_reminder_waits_for_its_day_and_is_dropped_once_closed(folder):
    with TestClient(create_app(make_site(folder))) as client:
        data = {"csrf": csrf(client), "channel": "terminal", "who": "李雷", "note": "核对流程"}
        for wrong in ({"on": "2026-11-01"}, {"on": ""}, {"on": "2026-12-01", "channel": "x"}):
            assert client.post("/notices/1/remind", data={**data, **wrong}).status_code == 400
        assert (
            client.post("/notices/99/remind", data={**data, "on": "2026-12-01"}).status_code == 404
        )
        for _ in range(2):
            client.post("/notices/1/remind", data={**data, "on": "2026-12-01"})
        client.post("/notices/1/remind", data={**data, "on": "2026-12-05"})
    silent, out = Settings(subscriptions=()), io.StringIO()
    with Archive.open(folder) as archive:
        assert len(archive.outbox.find(states=["pending"])) == 2
        archive.acknowledgements.move(1, "assigned", "韩梅梅")

        def at(day: int) -> None:
            clock = lambda: datetime(2026, 12, day, 1, 1, tzinfo=UTC)  # noqa: E731
            run(archive, silent, clock=clock, terminal=out)

        at(day=1)
        assert "Reminder for 李雷" in out.getvalue()
        assert "核对流程" in out.getvalue()
        archive.acknowledgements.move(1, "closed", "韩梅梅")
        at(day=5)
        assert out.getvalue().count("Reminder for") == 1


# -------------------------------------------------------------------------- checks


def site_with_checks(
    folder, started: list[str], clock=lambda: NOW + timedelta(hours=1)
) -> WebContext:
    plain = make_site(folder)
    return WebContext(
        data_dir=folder, settings=plain.settings, topics=plain.topics, sources=plain.sources,
        jurisdictions=plain.jurisdictions, clock=clock, check=started.append,
    )  # fmt: skip


def test_a_check_is_started_once_until_it_is_done(folder):
    started: list[str] = []
    with TestClient(create_app(site_with_checks(folder, started))) as client:
        data = {"csrf": csrf(client, "/sources"), "who": "李雷"}
        assert client.post("/sources/cn-miit/check", data={**data, "csrf": ""}).status_code == 403
        assert client.post("/sources/nowhere/check", data=data).status_code == 404
        for _ in range(2):
            page = client.post("/sources/cn-miit/check", data=data)
            assert page.status_code == 200
        assert "is under way" in page.text
        assert started == ["cn-miit"]
        assert "李雷" in client.get("/audit").text


def test_a_served_archive_without_checks_shows_no_button(folder):
    with TestClient(create_app(make_site(folder))) as client:
        assert (
            "Check now"
            not in html.fromstring(client.get("/sources").text).xpath("//tbody")[0].text_content()
        )
        data = {"csrf": csrf(client)}
        assert client.post("/sources/cn-miit/check", data=data).status_code == 404


def test_a_check_polls_that_source_with_the_same_settings(tmp_path):
    config = tmp_path / "noticewatch.yml"
    config.write_text("web: {port: 8001}\n")
    app = Application(config=config, data_dir_option=tmp_path / "data")
    command = check_command(app, "cn-miit")
    assert command[1:3] == ["-m", "noticewatch.cli"]
    assert command[command.index("--config") + 1] == str(config)
    assert command[command.index("--data-dir") + 1] == str(tmp_path / "data")
    assert command[-3:] == ["poll", "--source", "cn-miit"]
    assert load_settings(config).web.port == 8001


# ------------------------------------------------------------------------ messages


def message(key: str, channel: str = "terminal") -> NewOutboxItem:
    payload = {"severity": "grey", "lines": [{"role": "headline", "segs": [["", key, None]]}]}
    return NewOutboxItem(channel=channel, dedupe_key=key, kind="test", payload=payload)


def test_dead_letters_are_found_and_sent_again(folder):
    with Archive.open(folder) as archive:
        first, second = archive.outbox.enqueue([message("one"), message("two")])
        archive.outbox.mark_dead(first, "no such channel")
    with TestClient(create_app(make_site(folder))) as client:
        page = html.fromstring(client.get("/alerts?state=dead").text)
        assert len(page.xpath("//tbody/tr")) == 1
        assert "no such channel" in page.text_content()
        action = page.xpath("//form[contains(@action, '/again')]/@action")[0]
        assert action == f"/alerts/{first}/again"
        data = {"csrf": page.xpath("//input[@name='csrf']/@value")[0], "who": "li"}
        assert client.post(action, data=data).status_code == 200
        assert client.post(f"/alerts/{second}/again", data=data).status_code == 404
    with Archive.open(folder) as archive:
        assert "dead" not in {str(item.state) for item in archive.outbox.find()}


def test_the_api_gives_messages_in_pages(folder):
    with Archive.open(folder) as archive:
        archive.outbox.enqueue([message(f"m{number}") for number in range(5)])
    with TestClient(create_app(make_site(folder))) as client:
        seen, cursor = [], ""
        while cursor is not None:
            answer = client.get(f"/api/v1/alerts?limit=2&cursor={cursor}").json()
            seen += [row["headline"] for row in answer["alerts"]]
            cursor = answer["next_cursor"]
        assert seen == ["m4", "m3", "m2", "m1", "m0"]
        assert client.get("/api/v1/alerts?state=dead").json()["alerts"] == []
        assert client.get("/api/v1/alerts?cursor=x").status_code == 400


# --------------------------------------------------------------------------- feeds


def test_a_feed_shows_a_changed_act_first_and_is_304_until_then(folder):
    later = NOW + timedelta(days=2)
    with TestClient(create_app(make_site(folder))) as client:
        first = client.get("/feed.atom?q=")
        again = client.get("/feed.atom?q=", headers={"if-none-match": first.headers["etag"]})
        assert again.status_code == 304
        old = "https://a.example/art/2.html"
        with Archive.open(folder, clock=lambda: later) as archive:
            seen = observation(old, "关于其他事项的通知", ["完全不同的内容，处三万元罚款。"], later)
            archive.ingest(seen)
        text = client.get("/feed.atom?q=", headers={"if-none-match": first.headers["etag"]}).text
        feed = html.fromstring(text.encode())
        assert "关于其他事项的通知" in feed.xpath("//entry/title/text()")[0]
        assert feed.xpath("//entry/updated/text()")[0].startswith("2026-11-22T04:00:00")
        assert feed.xpath("/html//feed/updated | //feed/updated")[0].text.startswith("2026-11-22")


def test_a_calendar_of_one_notice_has_alarms(folder):
    with TestClient(create_app(make_site(folder))) as client:
        everything = client.get("/deadlines.ics").text
        assert "BEGIN:VALARM" not in everything
        one = client.get("/deadlines.ics?notice=1").text
        assert one.count("BEGIN:VALARM") == one.count("TRIGGER:") == 3
        assert "TRIGGER:-P13DT15H" in one


def test_tables_of_the_field_are_taken_away(folder):
    with TestClient(create_app(make_site(folder))) as client:
        matrix = client.get("/matrix.csv").text
        assert "CN-JS" in matrix
        assert "not watched" in matrix
        assert "2027-01-01" in client.get("/deadlines.csv").text
        assert "403 from the site" in client.get("/sources.csv").text
        for name in ("matrix", "deadlines", "sources"):
            assert client.get(f"/{name}.xlsx").content[:2] == b"PK"


def test_every_source_has_a_page(folder):
    site = make_site(folder)
    bare = next(iter(site.sources.values()))
    nameless = [column.model_copy(update={"name": None}) for column in bare.columns]
    bare = bare.model_copy(update={"columns": tuple(nameless)})
    site.sources = {**site.sources, bare.key: bare}
    with TestClient(create_app(site), client=("127.0.0.1", 1)) as client:
        for key in site.sources:
            assert client.get(f"/sources/{key}").status_code == 200, key
        assert client.get("/sources/nowhere").status_code == 404


def test_many_deadlines_come_in_pages(folder, monkeypatch):
    from noticewatch.web.pages import overview_pages

    monkeypatch.setattr(overview_pages, "DEADLINES_SHOWN", 1)
    observed = observation(
        "https://a.example/art/3.html", "关于动力电池的另一通知", ["动力电池", "第二条"], NOW
    )
    dates = [
        Fact.from_json(
            kind=FactKind.EFFECTIVE_DATE, value=f"2027-0{month}-01", quote="x", where="第一条"
        )
        for month in (2, 3)
    ]
    with Archive.open(folder, clock=lambda: NOW) as archive:
        archive.ingest(observed)
        for task in archive.classification.pending():
            archive.classification.store(
                Classification(
                    change_id=task.change_id, labels=(), facts=tuple(dates), stage="final",
                    relevant_because="register", model="test",
                )
            )  # fmt: skip
    with TestClient(create_app(make_site(folder))) as client:
        path, shown = "/deadlines", []
        while path:
            page = html.fromstring(client.get(path).text)
            shown += page.xpath("//tbody//b/text()")
            path = next(iter(page.xpath("//a[@rel='next']/@href")), None)
        assert shown == ["2027-01-01", "2027-02-01", "2027-03-01"]
