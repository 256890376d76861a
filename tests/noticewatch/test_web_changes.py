"""What visitors may change: by whom, with what proof, on what record; and how often they ask."""

import base64

import pytest
from lxml import html
from starlette.testclient import TestClient

from archive.store import Archive
from noticewatch.web.app import create_app
from noticewatch.web.security import RateLimit
from tests.noticewatch.filled import fill
from tests.noticewatch.test_web import make_site


@pytest.fixture
def folder(tmp_path):
    fill(tmp_path)
    return tmp_path


def token_of(client, headers=None):
    page = client.get("/notices/1", headers=headers or {})
    return html.fromstring(page.text).xpath("//input[@name='csrf']/@value")[0]


def test_an_act_is_acknowledged_assigned_and_closed(folder):
    with TestClient(create_app(make_site(folder))) as client:
        token = token_of(client)
        for state, more in (
            ("acknowledged", {}),
            ("assigned", {"assignee": "韩梅梅"}),
            ("assessed", {"note": "不影响我们"}),
            ("closed", {}),
        ):
            data = {"csrf": token, "state": state, "who": "李雷", **more}
            answer = client.post("/notices/1/acknowledge", data=data, follow_redirects=False)
            assert answer.status_code == 303
        page = client.get("/notices/1").text
        assert "韩梅梅" in page
        assert "不影响我们" in page
        log = html.fromstring(client.get("/audit").text).xpath("//tbody")[0].text_content()
        assert log.count("李雷") == 4
    with Archive.open(folder) as archive:
        handling = archive.acknowledgement(1)
        assert handling.state == "closed"
        assert handling.assignee == "韩梅梅"
        assert [step.state for step in handling.history] == [
            "acknowledged", "assigned", "assessed", "closed",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/notices/1/acknowledge", {"state": "burnt"}),
        ("/notices/1/feedback", {"verdict": "nice"}),
        ("/notices/1/feedback", {"verdict": "relevant", "topic": "<b>"}),
    ],
)
def test_unknown_states_are_refused(folder, path, data):
    with TestClient(create_app(make_site(folder))) as client:
        answer = client.post(path, data={"csrf": token_of(client), **data})
        assert answer.status_code == 400
    with Archive.open(folder) as archive:
        assert archive.audit_log() == []


def test_forms_without_proof_change_nothing(folder):
    with TestClient(create_app(make_site(folder))) as client:
        token = token_of(client)
        good = {"csrf": token, "state": "closed", "who": "x"}
        path = "/notices/1/acknowledge"
        assert client.post(path, data={**good, "csrf": "ü" * 64}).status_code == 403
        cross = client.post(path, data=good, headers={"sec-fetch-site": "cross-site"})
        assert cross.status_code == 403
        assert client.get(path).status_code == 405
        assert client.post(path, data={**good, "note": "x" * 30_000}).status_code == 413
        missing = client.post("/notices/999/acknowledge", data=good)
        assert missing.status_code == 404
        client.cookies.clear()
        assert client.post(path, data=good).status_code == 403
    with Archive.open(folder) as archive:
        assert archive.acknowledgement(1).state == "open"


def basic(name: str, password: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def test_readers_read_and_editors_edit(folder, monkeypatch):
    monkeypatch.setenv("NOTICEWATCH_WEB_TOKEN", "s3cret")
    app = create_app(make_site(folder, auth="basic", editors=("anna",)))
    with TestClient(app) as client:
        for headers in (basic("anna", "wrong"), basic("", "s3cret"), {}):
            assert client.get("/", headers=headers).status_code == 401
        reader, editor = basic("rolf", "s3cret"), basic("anna", "s3cret")
        page = client.get("/notices/1", headers=reader)
        assert "/acknowledge" not in page.text
        token = token_of(client, reader)
        data = {"csrf": token, "state": "closed", "who": "anna"}
        refused = client.post("/notices/1/acknowledge", data=data, headers=reader)
        assert refused.status_code == 403
        data["who"] = "somebody else"
        done = client.post(
            "/notices/1/acknowledge", data=data, headers=editor, follow_redirects=False
        )
        assert done.status_code == 303
        given = {"csrf": token, "verdict": "relevant"}
        client.post("/notices/1/feedback", data=given, headers=reader)
    with Archive.open(folder) as archive:
        assert archive.acknowledgement(1).history[0].who == "anna"
        assert archive.feedback(1)[0].who == "rolf"
        assert archive.feedback(1)[0].confirmed_by is None


def test_a_proxy_must_name_the_user(folder):
    app = create_app(make_site(folder, auth="proxy_header"))
    with TestClient(app) as client:
        assert client.get("/").status_code == 401
        assert client.get("/", headers={"x-forwarded-user": ""}).status_code == 401
        assert client.get("/", headers={"x-forwarded-user": "anna"}).status_code == 200


def test_strangers_are_slowed_down_and_this_machine_is_not():
    now = [0.0]
    limit = RateLimit(per_second=2, burst=3, remembered=2, clock=lambda: now[0])
    assert [limit.allows("203.0.113.9") for _ in range(4)] == [True, True, True, False]
    now[0] += 0.5
    assert limit.allows("203.0.113.9")
    assert not limit.allows("203.0.113.9")
    assert limit.allows("203.0.113.10")
    assert all(limit.allows("127.0.0.1") for _ in range(50))


def test_too_many_requests_are_told_when_to_come_back(folder):
    with TestClient(create_app(make_site(folder)), client=("203.0.113.9", 1)) as client:
        codes = [client.get("/healthz").status_code for _ in range(120)]
        assert codes[0] == 200
        assert 429 in codes
        refused = client.get("/healthz")
        if refused.status_code == 429:
            assert refused.headers["retry-after"]
