"""What visitors may change: by whom, with what proof, on what record; and how often they ask."""

import base64
from concurrent.futures import ThreadPoolExecutor

import pytest
from lxml import html
from starlette.testclient import TestClient

from archive.store import Archive
from config.model import WebSettings
from noticewatch.application.user_errors import NoticewatchError
from noticewatch.web.app import create_app
from noticewatch.web.auth.network import check_binding, from_trusted_proxy
from noticewatch.web.auth.rate_limit import RateLimit
from tests.noticewatch.filled import NOW, observation
from tests.noticewatch.web.site import make_site


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
        handling = archive.acknowledgements.of_notice(1)
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
        assert archive.audit_log.latest() == []


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
        assert archive.acknowledgements.of_notice(1).state == "open"


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
        borrowed = client.post("/notices/1/acknowledge", data=data, headers=editor)
        assert borrowed.status_code == 403  # a token is good for one person
        data["csrf"] = token_of(client, editor)
        done = client.post(
            "/notices/1/acknowledge", data=data, headers=editor, follow_redirects=False
        )
        assert done.status_code == 303
        given = {"csrf": token, "verdict": "relevant"}
        client.post("/notices/1/feedback", data=given, headers=reader)
    with Archive.open(folder) as archive:
        assert archive.acknowledgements.of_notice(1).history[0].who == "anna"
        assert archive.feedback.find(1)[0].who == "rolf"
        assert archive.feedback.find(1)[0].confirmed_by is None


def test_people_have_tokens_and_roles_of_their_own(folder, monkeypatch):
    monkeypatch.setenv("NOTICEWATCH_WEB_PEOPLE", "anna:editor:a1 rolf:reader:r2")
    with TestClient(create_app(make_site(folder, auth="token"))) as client:
        page = client.get("/notices/1", headers={"accept": "text/html"})
        assert page.status_code == 401
        form = html.fromstring(page.text)
        assert form.xpath("//input[@name='next']/@value") == ["/notices/1"]
        token = form.xpath("//input[@name='csrf']/@value")[0]
        data = {"csrf": token, "next": "//evil.example", "token": "wrong"}
        assert client.post("/login", data=data).status_code == 401
        entered = client.post("/login", data={**data, "token": "r2"}, follow_redirects=False)
        assert entered.headers["location"] == "/"
        assert "HttpOnly" in entered.headers["set-cookie"]
        handling = {"csrf": token_of(client), "state": "closed"}
        assert client.post("/notices/1/acknowledge", data=handling).status_code == 403
        client.post("/login", data={**data, "csrf": handling["csrf"], "token": "a1"})
        handling["csrf"] = token_of(client)
        assert client.post("/notices/1/acknowledge", data=handling).status_code == 200
        client.post("/logout", data={"csrf": handling["csrf"]})
        assert client.get("/").status_code == 401
    with Archive.open(folder) as archive:
        assert archive.acknowledgements.of_notice(1).history[0].who == "anna"
        signed = [entry.who for entry in archive.audit_log.latest() if entry.action == "sign in"]
        assert signed == ["anna", "rolf"]


def test_basic_passwords_are_each_persons_own(folder, monkeypatch):
    monkeypatch.setenv("NOTICEWATCH_WEB_PEOPLE", "anna:editor:a1 rolf:reader:r2")
    with TestClient(create_app(make_site(folder, auth="basic"))) as client:
        assert client.get("/", headers=basic("rolf", "r2")).status_code == 200
        assert client.get("/", headers=basic("anna", "r2")).status_code == 401
        assert client.get("/", headers=basic("eve", "r2")).status_code == 401
    monkeypatch.setenv("NOTICEWATCH_WEB_PEOPLE", "anna:boss:a1")
    with pytest.raises(NoticewatchError, match="entry 1"):
        check_binding(WebSettings(auth="basic"), "127.0.0.1")


def test_guessing_ends_soon_even_on_this_machine(folder, monkeypatch):
    monkeypatch.setenv("NOTICEWATCH_WEB_TOKEN", "s3cret")
    app = create_app(make_site(folder, auth="token"))
    with TestClient(app, client=("127.0.0.1", 1), base_url="http://localhost") as client:
        wrong, right = ({"authorization": f"Bearer {word}"} for word in ("x", "s3cret"))
        codes = [client.get("/", headers=wrong).status_code for _ in range(12)]
        assert codes[:10] == [401] * 10
        assert codes[11] == 429
        assert client.get("/", headers=right).status_code == 200


def test_an_open_form_outlives_a_restart(folder):
    with TestClient(create_app(make_site(folder))) as client:
        token, cookies = token_of(client), dict(client.cookies)
    with TestClient(create_app(make_site(folder)), cookies=cookies) as client:
        data = {"csrf": token, "state": "closed", "who": "x"}
        assert client.post("/notices/1/acknowledge", data=data).status_code == 200
    assert (folder / "web.key").stat().st_mode & 0o077 == 0


def test_a_proxy_must_name_the_user(folder):
    app = create_app(make_site(folder, auth="proxy_header"))
    with TestClient(app, client=("127.0.0.1", 1), base_url="http://localhost") as client:
        assert client.get("/").status_code == 401
        assert client.get("/", headers={"x-forwarded-user": ""}).status_code == 401
        assert client.get("/", headers={"x-forwarded-user": "anna"}).status_code == 200
    with TestClient(app, client=("203.0.113.9", 1)) as stranger:
        assert stranger.get("/", headers={"x-forwarded-user": "anna"}).status_code == 401


def test_only_a_proxy_of_ours_may_say_who_asks():
    headers = [(b"x-forwarded-for", b"198.51.100.1, 203.0.113.7"), (b"x-forwarded-proto", b"https")]
    for peer, client, scheme in (
        ("10.0.0.2", "203.0.113.7", "https"),
        ("10.0.0.3", "10.0.0.3", "http"),
    ):
        scope = {"client": (peer, 5), "scheme": "http", "headers": headers}
        for ours in (["10.0.0.2"], ["::1", "10.0.0.2/32"]):
            asked = dict(scope)
            web = WebSettings.model_validate({"trusted_proxies": ours})
            assert from_trusted_proxy(asked, web.trusted_proxies) is (peer == "10.0.0.2")
            assert (asked["client"][0], asked["scheme"]) == (client, scheme)


def test_strangers_are_slowed_down():
    now = [0.0]
    limit = RateLimit(per_second=2, burst=3, remembered=2, clock=lambda: now[0])
    assert [limit.allows("203.0.113.9") for _ in range(4)] == [True, True, True, False]
    now[0] += 0.5
    assert limit.allows("203.0.113.9")
    assert not limit.allows("203.0.113.9")
    assert limit.allows("203.0.113.10")


def test_this_machine_may_ask_often(folder):
    with TestClient(
        create_app(make_site(folder)), client=("127.0.0.1", 1), base_url="http://localhost"
    ) as client:
        assert {client.get("/healthz").status_code for _ in range(120)} == {200}


def test_too_many_requests_are_told_when_to_come_back(folder):
    with TestClient(create_app(make_site(folder)), client=("203.0.113.9", 1)) as client:
        codes = [client.get("/healthz").status_code for _ in range(120)]
        assert codes[0] == 200
        assert 429 in codes
        refused = client.get("/healthz")
        if refused.status_code == 429:
            assert refused.headers["retry-after"]


def test_readers_are_served_while_somebody_writes(folder):
    """No page waits for a writer or meets a locked database, and forms get through as well."""
    paths = ("/", "/search?q=动力电池", "/notices/1", "/map", "/feed.atom?q=", "/metrics")
    with TestClient(create_app(make_site(folder))) as client:
        form = {"csrf": token_of(client), "state": "assessed", "who": "李雷"}

        def read(number: int) -> set[int]:
            return {client.get(paths[(number + i) % len(paths)]).status_code for i in range(12)}

        def write() -> int:
            with Archive.open(folder, clock=lambda: NOW) as archive:
                for number in range(40):
                    url = f"https://a.example/new/{number}.html"
                    archive.ingest(observation(url, f"第{number}号通知", [f"内容{number}"], NOW))
                return archive.notices.counts()["notices"]

        with ThreadPoolExecutor(8) as pool:
            written = pool.submit(write)
            codes = [pool.submit(read, number) for number in range(6)]
            answer = client.post("/notices/1/acknowledge", data=form)
            assert {code for found in codes for code in found.result()} == {200}
            assert written.result() >= 40
        assert answer.status_code == 200


def taken(client, number=1, **more):
    data = {"csrf": token_of(client), "state": "assigned", "who": "李雷", **more}
    return client.post(f"/notices/{number}/acknowledge", data=data)


def test_taking_an_act_keeps_its_day_and_can_be_undone(folder):
    with TestClient(create_app(make_site(folder))) as client:
        shown = taken(client, due="2099-01-31", note="先看附件").text
        assert "2099-01-31前完成" in shown or "by 2099-01-31" in shown
        with Archive.open(folder) as archive:
            state = archive.handling.state(1)
            assert (state.owner, state.due.isoformat(), state.note) == (
                "李雷", "2099-01-31", "先看附件",
            )  # fmt: skip
        undo = {"csrf": token_of(client), "who": "韩梅梅"}
        assert client.post("/notices/1/undo", data=undo).status_code == 200
        again = client.post("/notices/1/undo", data={**undo, "csrf": token_of(client)})
        assert again.status_code == 404
        assert "nothing to undo" in again.text or "没有" in again.text
    with Archive.open(folder) as archive:
        assert archive.handling.state(1).owner is None
        assert archive.handling.state(1).state == "open"


def test_an_act_is_set_aside_with_its_reason(folder):
    with TestClient(create_app(make_site(folder))) as client:
        path = "/notices/1/not-for-us"
        for why, note, status in (("", "", 400), ("other", " ", 400), ("topic", "只收铅酸", 200)):
            data = {"csrf": token_of(client), "why": why, "note": note, "who": "李雷"}
            assert client.post(path, data=data).status_code == status
        assert "只收铅酸" in client.get("/notices/1").text
    with Archive.open(folder) as archive:
        assert archive.handling.state(1).state == "closed"
        assert archive.handling.state(1).undoable == "not_for_us"


def test_a_correction_stands_on_the_page_struck_with_who_made_it(folder):
    with Archive.open(folder) as archive:
        wrong = archive.notices.get(1).facts[0]
        archive.corrections.fact(1, "韩梅梅", wrong, now=None)
    with TestClient(create_app(make_site(folder))) as client:
        [line] = html.fromstring(client.get("/notices/1").text).xpath("//*[@id='corrections']/li")
        assert line.xpath("./s")[0].text_content().strip()
        assert "韩梅梅" in line.text_content()
