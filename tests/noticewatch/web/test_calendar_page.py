"""The calendar: by topic, days and role; expiries apart; a shipment counted from its day."""

from datetime import date

import pytest
from lxml import html
from starlette.testclient import TestClient

from archive.store import Archive
from domain.law.classify_task import Classification
from domain.law.date_entries import DateEntry
from domain.law.duties import Bound, Subject, TimeRelation, When
from domain.records.fact import Fact
from domain.records.states import FactKind
from i18n.visitor_words import Words
from noticewatch.web.app import create_app
from noticewatch.web.views.desks.shared_dates import shared_dates
from tests.builders import make_duty
from tests.noticewatch.filled import NOW, observation
from tests.noticewatch.web.site import make_site

EXPIRY = Fact.from_json(
    kind=FactKind.EXPIRY_DATE, value="2027-03-31", quote="有效期至2027年3月31日", where="第九条"
)
DUE = make_duty(when=When(relation=TimeRelation.BY, date="2026-12-18"))
RELEASE = make_duty(
    object="放行信息",
    when=When(relation=TimeRelation.WITHIN, duration="P10D", event="customs_release"),
)


@pytest.fixture
def client(folder):
    seen = observation("https://a.example/9.html", "动力电池进口办法", ["动力电池", "第二条"], NOW)
    with Archive.open(folder, clock=lambda: NOW) as archive:
        archive.ingest(seen)
        for task in archive.classification.pending():
            archive.classification.store(
                Classification(
                    change_id=task.change_id, labels=(), facts=(EXPIRY,), duties=(DUE, RELEASE),
                    stage="final", relevant_because="register", model="test",
                )
            )  # fmt: skip
    with TestClient(create_app(make_site(folder))) as client:
        yield client


def days(client, query="", table=0):
    page = html.fromstring(client.get(f"/deadlines{query}").text)
    tables = page.cssselect("table.deadlines")
    return [cell.text_content() for cell in tables[table].cssselect("tbody tr td:first-child b")]


def test_expiries_stand_apart(client):
    assert days(client) == ["2026-12-18", "2027-01-01"]
    assert days(client, table=1) == ["2027-03-31"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?days=30", ["2026-12-18"]),
        ("?topic=penalty", ["2027-01-01"]),
        ("?role=recycler", ["2026-12-18"]),
        ("?role=carrier", []),
        ("?jurisdiction=CN-GD", []),
        ("?days=30&topic=penalty", []),
    ],
)
def test_filters_narrow_the_calendar_and_stay_in_the_form(client, query, found):
    assert days(client, query) == found
    page = html.fromstring(client.get(f"/deadlines{query}").text)
    chosen = page.cssselect("form.filters")[0].xpath(".//option[@selected]/@value")
    assert sorted(chosen) == sorted(part.partition("=")[2] for part in query[1:].split("&"))


def test_a_day_leads_to_its_duty(client):
    page = html.fromstring(client.get("/deadlines").text)
    link = page.cssselect("table.deadlines a.title")[0]
    assert link.text_content().endswith("by 18 Dec 2026")
    path, _, anchor = link.get("href").partition("#")
    assert html.fromstring(client.get(path).text).get_element_by_id(anchor) is not None


def test_a_shipment_is_counted_from_its_day(client):
    page = html.fromstring(client.get("/deadlines?ship_on=2026-12-10").text)
    plan = page.xpath("//section[@aria-labelledby='plan']")[0]
    steps = [item.text_content() for item in plan.cssselect("ul.dates li")]
    assert any(date(2026, 12, 20).isoformat() in step for step in steps)
    empty = html.fromstring(client.get("/deadlines").text)
    assert not empty.xpath("//section[@aria-labelledby='plan']//li")
    assert client.get("/deadlines?ship_on=tomorrow").status_code == 400


def test_a_duty_that_the_same_words_lay_on_several_stands_once() -> None:
    by = When(relation=TimeRelation.BY, date="2026-12-18")
    duties = [
        make_duty(who=Subject(role=role, kind=Bound.COMPANY, text=text), when=by)
        for role, text in (("recycler", "综合利用企业"), ("repair_shop", "维修企业"))
    ]
    entries = [
        DateEntry(
            on=date(2026, 12, 18), kind="deadline", notice_id=1, title="通知", jurisdiction="CN",
            quote=duty.quote, severity="amber", duty=duty, duty_id=f"1-{number}",
        )
        for number, duty in enumerate(duties)
    ]  # fmt: skip
    words = Words(language="en", today=date(2026, 12, 1), topics={}, jurisdictions={})
    (shown,) = shared_dates(entries, words)
    assert shown.text.startswith("Recyclers and repair shops must ")
    assert len(shown.entries) == 1
