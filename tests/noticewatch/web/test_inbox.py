"""The inbox: what nobody owns, the next dates with their duty, what changed since last time."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from lxml import html
from starlette.testclient import TestClient

from archive.store import Archive
from domain.law.classify_task import Classification
from domain.law.date_entries import DateEntry
from domain.law.duties import TimeRelation, When
from domain.records.reason import reason
from domain.records.source_run import SourceRun
from domain.records.states import SourceState
from i18n.visitor_words import Words
from noticewatch.web.app import create_app
from noticewatch.web.pages.inbox_page import VISIT_COOKIE
from noticewatch.web.views.desks.shared_dates import shared_dates
from tests.builders import make_duty
from tests.noticewatch.filled import NOW, observation
from tests.noticewatch.web.site import make_site

OLD, NEWER = "江苏省动力电池回收办法", "江苏省动力电池编码通知"


def add(folder, number, title, *, at=NOW, severity_fact=True, relevant=True, due="2026-12-18"):
    """An act that was published on 18 Nov 2026 and found at a time."""
    seen = observation(
        f"https://a.example/{number}.html", title, ["动力电池企业应当报送。", "第二条"], at
    )
    when = When(relation=TimeRelation.BY, date=due)
    with Archive.open(folder, clock=lambda: at) as archive:
        stored = archive.ingest(seen)
        for task in archive.classification.pending():
            archive.classification.store(
                Classification(
                    change_id=task.change_id, labels=(), facts=(),
                    duties=(replace(make_duty(), when=when),) if severity_fact else (),
                    stage="final" if severity_fact else "news",
                    relevant_because="register" if relevant else None, model="test",
                )
            )  # fmt: skip
    return stored.notice_id


def inbox(client, path="/"):
    page = html.fromstring(client.get(path).text)

    def titles(anchor):
        section = page.xpath(f"//section[@aria-labelledby='{anchor}']")[0]
        return [link.get("href") for link in section.cssselect("a.title")]

    return page, titles


@pytest.fixture
def client(tmp_path):
    with TestClient(create_app(make_site(tmp_path))) as client:
        yield client


def test_what_nobody_owns_stands_first_and_leaves_when_somebody_takes_it(tmp_path, client):
    first, second = add(tmp_path, 1, OLD), add(tmp_path, 2, NEWER)
    _, titles = inbox(client)
    assert set(titles("unowned")) == {f"/notices/{first}", f"/notices/{second}"}
    with Archive.open(tmp_path) as archive:
        archive.acknowledgements.move(first, "assigned", "anna")
        archive.acknowledgements.move(second, "closed", "li")
    page, titles = inbox(client)
    assert titles("unowned") == []
    assert "has an owner" in page.text_content()


def test_irrelevant_and_harmless_acts_need_no_owner(tmp_path, client):
    add(tmp_path, 1, OLD, relevant=False)
    add(tmp_path, 2, NEWER, severity_fact=False)
    assert inbox(client)[1]("unowned") == []


def test_a_card_says_what_the_page_says(tmp_path, client):
    number = add(tmp_path, 1, OLD)
    card = inbox(client)[0].cssselect("ul.cards a.title")[0].text_content()
    says = html.fromstring(client.get(f"/notices/{number}").text).cssselect(".says")[0]
    assert card == says.text_content()
    assert card.startswith("Jiangsu · ")
    chinese, _ = inbox(client, "/?lang=zh")
    assert chinese.cssselect("ul.cards a.title")[0].text_content() == OLD


def test_changes_since_the_last_visit_are_told_once(tmp_path, client):
    number = add(tmp_path, 1, OLD)
    with Archive.open(tmp_path) as archive:
        archive.acknowledgements.move(number, "assigned", "anna")
    page, titles = inbox(client)
    assert "New this week" in page.text_content()
    assert titles("changed") == [f"/notices/{number}"]
    assert inbox(client)[1]("changed") == [f"/notices/{number}"]  # the visit goes on
    page, titles = visited(client, NOW + timedelta(hours=1))
    assert "Changed since your last visit" in page.text_content()
    assert titles("changed") == []
    assert visited(client, NOW - timedelta(days=1))[1]("changed") == [f"/notices/{number}"]


def test_a_page_that_is_gone_is_news_though_nothing_is_to_be_done(tmp_path, client):
    number = add(tmp_path, 1, OLD)
    url, at = "https://a.example/1.html", NOW + timedelta(minutes=5)
    with Archive.open(tmp_path, clock=lambda: at) as archive:
        for confirmed in (False, True):
            archive.withdrawals.gone(
                url, reason("source.message", text="HTTP 404"), at, confirmed=confirmed
            )
        for task in archive.classification.pending():
            archive.classification.store(
                Classification(
                    change_id=task.change_id, labels=(), facts=(), duties=(), stage="final",
                    relevant_because="register", model="test",
                )
            )  # fmt: skip
    page, titles = inbox(client)
    assert titles("changed") == [f"/notices/{number}"]
    assert "page withdrawn" in page.text_content()


def visited(client, latest):
    """The inbox of somebody who was here last at a time."""
    at = int(latest.timestamp())
    client.cookies.clear()
    client.cookies.set(VISIT_COOKIE, f"{at - 10}.{at}")
    return inbox(client)


@pytest.mark.parametrize("cookie", ["", "x", "1.2.3", "-1.5", "9" * 40 + ".1", "²." + "3"])
def test_a_cookie_of_another_kind_is_a_first_visit(client, cookie):
    answer = client.get("/", headers={"cookie": f"{VISIT_COOKIE}={cookie}".encode()})
    assert answer.status_code == 200
    assert "New this week" in answer.text


def test_the_next_dates_come_with_their_duty(tmp_path, client):
    number = add(tmp_path, 1, OLD)
    page, _ = inbox(client)
    day = page.cssselect("ul.dates li")[0]
    assert day.cssselect("b")[0].text_content() == "2026-12-18"
    link = day.cssselect("a.title")[0]
    assert link.text_content().endswith("by 18 Dec 2026")
    target = link.get("href")
    assert target.startswith(f"/notices/{number}#duty-")
    notice = html.fromstring(client.get(target).text)
    assert notice.get_element_by_id(target.partition("#")[2]) is not None


def test_the_same_duty_on_a_day_stands_once():
    words = Words(language="en", today=date(2026, 11, 23), topics={}, jurisdictions={})
    when = When(relation=TimeRelation.BY, date="2026-12-05")
    duty = replace(make_duty(), when=when)

    def entry(number, place, **more):
        return DateEntry(
            on=date(2026, 12, 5), kind="deadline", notice_id=number, title="x", quote="",
            jurisdiction=place, severity="grey", **more,
        )  # fmt: skip

    shown = shared_dates(
        [
            entry(1, "CN-JS", duty=duty, duty_id="1-a"),
            entry(2, "CN-GD", duty=duty, duty_id="2-a"),
            entry(3, "CN-SH"),
            entry(4, "CN-SH"),
        ],
        words,
    )
    assert [[one.jurisdiction for one in date.entries] for date in shown] == [
        ["CN-JS", "CN-GD"], ["CN-SH"], ["CN-SH"],
    ]  # fmt: skip


def test_the_last_day_for_comments_stands_once():
    words = Words(language="en", today=date(2026, 11, 23), topics={}, jurisdictions={})
    day = date(2026, 12, 5)
    known = {"on": day, "title": "x", "quote": "", "jurisdiction": "CN", "severity": "grey"}
    comment = make_duty(act="comment")
    invited = DateEntry(kind="deadline", notice_id=1, duty=comment, duty_id="1-a", **known)
    last_day = DateEntry(kind="comment_deadline", notice_id=1, **known)
    other = DateEntry(kind="deadline", notice_id=2, duty=comment, duty_id="2-a", **known)
    kinds = [one.entries[0].kind for one in shared_dates([invited, last_day], words)]
    assert kinds == ["comment_deadline"]
    assert len(shared_dates([last_day, other], words)) == 2


def test_an_empty_archive_says_how_it_is_filled(client):
    text = inbox(client)[0].text_content()
    assert "noticewatch run" in text


def test_failing_sources_are_counted_and_silent_ones_are_none(folder):
    with TestClient(create_app(make_site(folder))) as client:
        assert "1 source failing" in client.get("/").text
        with Archive.open(folder, clock=lambda: NOW) as archive:
            archive.sources.record_run(
                SourceRun(key="cn-miit", started=NOW, finished=NOW, state=SourceState.SILENT)
            )
        assert "failing" not in client.get("/").text
