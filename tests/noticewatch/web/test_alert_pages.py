"""Show queued messages, and send dead letters again."""

from lxml import html
from starlette.testclient import TestClient

from archive.store import Archive
from domain.records.message import NewOutboxItem
from noticewatch.web.app import create_app
from tests.noticewatch.web.site import make_site


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
