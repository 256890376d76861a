"""Articles checked on the page and by the interface; nothing is kept unless that is asked for."""

from __future__ import annotations

import pytest
from lxml import html
from starlette.testclient import TestClient

from archive.store import Archive
from noticewatch.web.app import create_app
from tests.noticewatch.web.site import csrf, make_site

CLAIM = "Order 73 was issued by seven departments."


@pytest.fixture
def client(folder):
    return TestClient(create_app(make_site(folder)))


def posted(client, files=None, **fields):
    data = {"csrf": csrf(client, "/check"), **fields}
    return client.post("/check", data=data, files=files or {"file": ("", b"")})


def test_the_page_checks_a_pasted_text_and_stores_nothing(client, folder):
    page = html.fromstring(posted(client, text=CLAIM).text)
    words = page.text_content()
    assert "contradicted" in words
    assert "6 bodies" in words
    assert "not stored" in words
    with Archive.open(folder) as archive:
        assert archive.leads.all() == []


def test_the_page_reads_a_file_and_compares_a_second_text(client):
    files = {"file": ("mail.txt", b"The joint enforcement campaign was launched on 24 April 2026.")}
    answer = posted(
        client, files, compare="The joint enforcement campaign was launched on 29 April 2026."
    )
    words = html.fromstring(answer.text).text_content()
    assert "Where the two texts disagree" in words
    assert "2026-04-24" in words
    assert "2026-04-29" in words


def test_a_ticked_box_keeps_it_as_a_lead(client, folder):
    words = html.fromstring(posted(client, text=CLAIM, keep="1").text).text_content()
    assert "kept as a lead" in words
    with Archive.open(folder) as archive:
        [lead] = archive.leads.all()
        [entry] = [item for item in archive.audit_log.latest() if item.action == "lead"]
    assert lead.text == CLAIM
    assert entry.subject == "lead 1"
    assert "contradicted" in client.get("/check/1").text
    assert client.get("/api/v1/check").json()["leads"][0]["counts"]["contradicted"] == 1
    data = {"csrf": csrf(client, "/check")}
    client.post("/check/1/remove", data=data, files={"none": ("", b"")})
    assert client.get("/check/1").status_code == 404


def test_the_interface_answers_as_the_command(client):
    answer = client.post("/api/v1/check", json={"text": CLAIM, "as_of": "2026-11-22"}).json()
    assert answer["as_of"] == "2026-11-22"
    [claim] = answer["claims"]
    assert (claim["text"], claim["verdict"]) == (CLAIM, "contradicted")
    assert {"slot", "claim", "official", "equal", "source"} == set(claim["slots"][0])
    assert answer["conflicts"] == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"[1]", 400), (b"no json", 400), (b'{"text": 7}', 400), (b'{"text": " "}', 400),
        (b'{"text": "x", "as_of": "soon"}', 400),
        (b'{"text": "' + b"a" * 200_001 + b'"}', 413),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_sentence(client, body, status):
    answer = client.post("/api/v1/check", content=body)
    assert answer.status_code == status
    assert answer.json()["error"]


def test_hostile_words_stay_words(client):
    text = "Order 73 took effect on <img src=x onerror=alert(1)> 1 May 2026."
    assert "<img" not in posted(client, text=text).text


def test_a_form_without_its_token_is_turned_down(client):
    answer = client.post("/check", data={"text": CLAIM}, files={"file": ("", b"")})
    assert answer.status_code == 403


def test_only_editors_keep(folder, monkeypatch):
    monkeypatch.setenv("NOTICEWATCH_WEB_PEOPLE", "rolf:reader:r2")
    client = TestClient(create_app(make_site(folder, auth="basic")))
    client.auth = ("rolf", "r2")
    answer = client.post("/api/v1/check", json={"text": CLAIM, "keep": True})
    assert answer.status_code == 403
