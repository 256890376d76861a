"""Take feeds, calendars, tables and deadlines away from a served archive."""

from datetime import timedelta

from lxml import html
from starlette.testclient import TestClient

from archive.store import Archive
from domain.law.classify_task import Classification
from domain.records.fact import Fact
from domain.records.states import FactKind
from noticewatch.web.app import create_app
from tests.noticewatch.filled import NOW, observation
from tests.noticewatch.web.site import make_site


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


def test_many_deadlines_come_in_pages(folder, monkeypatch):
    from noticewatch.web.pages import calendar_page

    monkeypatch.setattr(calendar_page, "DEADLINES_SHOWN", 1)
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
