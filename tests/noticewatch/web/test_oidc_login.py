"""Login by OpenID Connect against a provider on the loopback: who comes in, and what is refused."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from lxml import html
from starlette.testclient import TestClient

from archive.store import Archive
from config.model import Settings
from noticewatch.web.app import create_app
from tests.fakes.oidc import CLIENT, SECRET, FakeProvider, shared_key
from tests.noticewatch.web.site import make_site

pytest.importorskip("authlib")
BASE = "https://archive.example"
PEOPLE = [
    {"id": "anna", "name": "Anna Keller", "mail": "anna@example.com", "role": "approver"},
    {"id": "li", "role": "analyst"},
]
ANNA = {"sub": "u-1", "email": "Anna@example.com", "email_verified": True}


class Clock:
    """The true time plus what was skipped: tokens are of the true time."""

    def __init__(self) -> None:
        self.skipped = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.skipped


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeProvider]:
    monkeypatch.setenv("OIDC_SECRET", SECRET)
    made = FakeProvider(user=dict(ANNA))
    yield made
    made.close()


def site_of(folder, provider: FakeProvider, clock: Clock | None = None, **oidc: Any):
    site = make_site(folder)
    told = {
        "issuer": provider.issuer, "client_id": CLIENT, "client_secret_env": "OIDC_SECRET",
        "roles": {"law": "analyst", "heads": "approver"}, **oidc,
    }  # fmt: skip
    site.settings = Settings.model_validate(
        {"people": PEOPLE, "web": {"auth": "oidc", "public_url": BASE}, "oidc": told}
    )
    site.clock = clock or Clock()
    return site


def browser(site) -> TestClient:
    return TestClient(create_app(site), base_url=BASE, follow_redirects=False)


def way_back(client: TestClient, provider: FakeProvider, asked_for: str = "/law") -> str:
    begun = client.get("/login/oidc", params={"next": asked_for})
    assert begun.status_code == 303, begun.text
    return provider.log_in(begun.headers["location"])


def log_in(client: TestClient, provider: FakeProvider, asked_for: str = "/law"):
    return client.get(way_back(client, provider, asked_for))


def test_somebody_logs_in_acts_in_their_own_name_and_leaves(folder, provider):
    with browser(site_of(folder, provider)) as client:
        page = client.get("/law", headers={"accept": "text/html"})
        assert page.status_code == 401
        [there] = html.fromstring(page.text).xpath("//a[contains(@href, '/login/oidc')]/@href")
        begun = client.get(there)
        asked = parse_qs(urlsplit(begun.headers["location"]).query)
        assert asked["redirect_uri"] == [f"{BASE}/login/oidc/back"]
        state_cookie = begun.headers["set-cookie"]
        assert "verifier" not in state_cookie
        done = client.get(provider.log_in(begun.headers["location"]))
        assert (done.status_code, done.headers["location"]) == (303, "/law")
        cookie = next(c for c in done.headers.get_list("set-cookie") if c.startswith("nw_login="))
        for part in ("HttpOnly", "SameSite=lax", "Secure"):
            assert part in cookie
        form = html.fromstring(client.get("/notices/1").text)
        csrf = form.xpath("//input[@name='csrf']/@value")[0]
        data = {"csrf": csrf, "state": "closed"}
        assert client.post("/notices/1/acknowledge", data=data).status_code == 303
        kept = client.cookies["nw_login"]
        csrf = html.fromstring(client.get("/login").text).xpath("//input[@name='csrf']/@value")[0]
        out = client.post("/logout", data={"csrf": csrf})
        page = client.get(out.headers["location"]).text
        assert f"{provider.issuer}/logout?client_id={CLIENT}" in page
        assert client.get("/law").status_code == 401
        client.cookies["nw_login"] = kept  # somebody has copied it before
        assert client.get("/law").status_code == 401
    with Archive.open(folder) as archive:
        assert archive.acknowledgements.of_notice(1).history[0].who == "anna"
        assert "anna" in {e.who for e in archive.audit_log.latest() if e.action == "sign in"}


@pytest.mark.parametrize(
    ("user", "oidc", "status"),
    [
        ({"groups": ["law", "chess"]}, {}, 303),
        ({"groups": "law"}, {}, 303),
        ({"groups": ["chess"]}, {}, 403),
        ({}, {}, 403),
        ({}, {"default_role": "viewer"}, 303),
        ({"email": "anna@example.com"}, {}, 403),  # not called verified
        ({"email": "anna@example.com", "email_verified": "true"}, {}, 403),
        ({"email": "anna@example.com"}, {"unverified_mail": True}, 303),
        ({"preferred_username": "li"}, {"person_claim": "preferred_username"}, 303),
    ],
)
def test_who_may_come_in(folder, provider, user, oidc, status):
    provider.user = {"sub": "u-2", **user}
    with browser(site_of(folder, provider, **oidc)) as client:
        assert log_in(client, provider).status_code == status
        assert client.get("/law").status_code == (200 if status == 303 else 401)


@pytest.mark.parametrize(
    ("user", "closes"),
    [
        ({"groups": ["law"]}, 403),
        ({"groups": ["law", "heads"]}, 303),
        # Whoever is called like somebody without being vouched for is not that person.
        ({"email": "anna@example.com", "groups": ["law"]}, 403),
        ({"preferred_username": "anna", "groups": ["law"]}, 403),
        ({"sub": "anna", "groups": ["law"]}, 403),
    ],
)
def test_groups_give_roles_and_no_names(folder, provider, user, closes):
    provider.user = {"sub": "u-3", **user}
    with browser(site_of(folder, provider)) as client:
        assert log_in(client, provider).status_code == 303
        page = html.fromstring(client.get("/notices/1").text)
        csrf = page.xpath("//input[@name='csrf']/@value")[0]
        answer = client.post("/notices/1/acknowledge", data={"csrf": csrf, "state": "closed"})
        assert answer.status_code == closes
    with Archive.open(folder) as archive:
        assert "anna" not in {entry.who for entry in archive.audit_log.latest()}


NOW = int(time.time())
LIES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "another issuer": ({"iss": "https://evil.example"}, {}),
    "no issuer": ({"iss": None}, {}),
    "another audience": ({"aud": "another-client"}, {}),
    "several audiences, made for another": ({"aud": [CLIENT, "x"], "azp": "x"}, {}),
    "several audiences, made for nobody": ({"aud": [CLIENT, "x"]}, {}),
    "another nonce": ({"nonce": "x"}, {}),
    "no nonce": ({"nonce": None}, {}),
    "expired": ({"exp": NOW - 3600}, {}),
    "no end": ({"exp": None}, {}),
    "not yet": ({"nbf": NOW + 36_000}, {}),
    "issued tomorrow": ({"iat": NOW + 86_400}, {}),
    "nobody": ({"sub": None}, {}),
    "no signature": ({}, {"alg": "none"}),
    "a hash of another access token": ({"at_hash": "x"}, {}),
}


@pytest.mark.parametrize("name", LIES)
def test_a_token_that_is_not_for_us_or_not_of_now_is_refused(folder, provider, name):
    provider.lie, provider.header = LIES[name]
    with browser(site_of(folder, provider)) as client:
        assert log_in(client, provider).status_code == 403
        assert client.get("/law").status_code == 401
        assert "nw_login" not in client.cookies


def test_a_key_that_is_not_the_providers_is_refused(folder, provider):
    with browser(site_of(folder, provider)) as client:
        provider.signed_by = provider._new_key()
        assert log_in(client, provider).status_code == 403
        provider.signed_by, provider.header = shared_key(), {"alg": "HS256"}
        assert log_in(client, provider).status_code == 403


def test_clocks_may_differ_a_little(folder, provider):
    clock = Clock()
    with browser(site_of(folder, provider, clock)) as client:
        for seconds, status in ((340, 303), (380, 403), (-40, 303), (-90, 403)):
            clock.skipped = timedelta(seconds=seconds)
            assert log_in(client, provider).status_code == status, seconds


def test_keys_that_the_provider_has_changed_are_fetched_anew(folder, provider):
    with browser(site_of(folder, provider)) as client:
        assert log_in(client, provider).status_code == 303
        assert log_in(client, provider).status_code == 303
        assert provider.asked.count("/keys") == 1
        provider.rotate()
        assert log_in(client, provider).status_code == 303
        assert provider.asked.count("/keys") == 2


@pytest.mark.parametrize(
    "asked_for", ["//evil.example", "/\\evil.example", "https://evil.example/", "/login", "x\r\ny"]
)
def test_no_login_leads_elsewhere(folder, provider, asked_for):
    with browser(site_of(folder, provider)) as client:
        assert log_in(client, provider, asked_for).headers["location"] == "/"


def test_a_way_back_is_good_once_and_in_the_browser_that_began(folder, provider):
    site = site_of(folder, provider)
    with browser(site) as client, browser(site) as other:
        back = way_back(client, provider)
        cookies = dict(client.cookies)
        assert other.get(back).status_code == 400  # who never began
        way_back(other, provider)
        assert other.get(back).status_code == 400  # who began another login
        state = parse_qs(urlsplit(back).query)["state"][0]
        forged = back.replace(state, state[::-1])
        assert client.get(forged).status_code == 400
        assert client.get(back.replace("iss=", "iss=x")).status_code == 400
    with browser(site) as client:
        done = log_in(client, provider)
        assert done.status_code == 303
        assert "nw_oidc" not in client.cookies
    with browser(site) as client:  # the same answer again, with the cookie of then
        client.cookies.update(cookies)
        assert client.get(back).status_code == 400


def test_a_state_is_used_up_by_its_first_answer(folder, provider):
    with browser(site_of(folder, provider)) as client:
        back = way_back(client, provider)
        begun = client.cookies["nw_oidc"]
        assert client.get(back).status_code == 303
        client.cookies["nw_oidc"] = begun
        provider._codes["again"] = {}
        assert client.get(back).status_code == 400


def test_a_begun_login_is_over_after_ten_minutes_and_a_session_after_its_hours(folder, provider):
    clock = Clock()
    site = site_of(folder, provider, clock, session_hours=2, leeway_seconds=0)
    with browser(site) as client:
        back = way_back(client, provider)
        clock.skipped = timedelta(minutes=11)
        assert client.get(back).status_code == 400
        clock.skipped = timedelta()
        assert log_in(client, provider).status_code == 303
        clock.skipped = timedelta(hours=1, minutes=59)
        assert client.get("/law").status_code == 200
        clock.skipped = timedelta(hours=2, minutes=1)
        assert client.get("/law").status_code == 401


@pytest.mark.parametrize("change", ["payload", "signature", "shape", "other purpose"])
def test_a_forged_session_is_none(folder, provider, change):
    with browser(site_of(folder, provider)) as client:
        log_in(client, provider)
        words, signature = client.cookies["nw_login"].split(".")
        way_back(client, provider)
        forged = {
            "payload": f"{words[:-4]}AAAA.{signature}",
            "signature": f"{words}.{signature[:-1]}{'0' if signature[-1] != '0' else '1'}",
            "shape": "a.b.c",
            "other purpose": client.cookies["nw_oidc"],
        }[change]
        client.cookies.clear()
        client.cookies["nw_login"] = forged
        assert client.get("/law").status_code == 401


def test_a_role_in_the_settings_counts_at_once_and_who_is_gone_is_out(folder, provider):
    site = site_of(folder, provider)
    with browser(site) as client:
        log_in(client, provider)
        cookie = client.cookies["nw_login"]
    later = site_of(folder, provider)
    later.settings = later.settings.model_copy(update={"people": later.settings.people[1:]})
    with browser(later) as client:
        client.cookies["nw_login"] = cookie
        assert client.get("/law").status_code == 401


@pytest.mark.parametrize("error", ["access_denied", "<script>alert(1)</script>"])
def test_what_the_provider_refuses_is_said_as_text(folder, provider, error):
    provider.refuses = error
    with browser(site_of(folder, provider)) as client:
        answer = log_in(client, provider)
        assert answer.status_code == 403
        assert "<script>alert" not in answer.text
        assert error in html.fromstring(answer.text).text_content()


@pytest.mark.parametrize(
    ("described", "status"),
    [
        ({"issuer": "https://evil.example"}, 502),
        ({"authorization_endpoint": "http://evil.example/authorize"}, 502),
        ({"authorization_endpoint": "javascript:alert(1)"}, 502),
        ({"authorization_endpoint": None}, 502),
    ],
)
def test_a_provider_that_describes_itself_wrongly_is_not_asked(folder, provider, described, status):
    provider.described = described
    with browser(site_of(folder, provider)) as client:
        assert client.get("/login/oidc").status_code == status


def test_a_provider_that_is_away_is_a_sentence(folder, provider):
    site = site_of(folder, provider)
    provider.close()
    with browser(site) as client:
        answer = client.get("/login/oidc")
        assert answer.status_code == 502
        assert "the provider cannot be asked" in answer.text


@pytest.mark.parametrize(("sub", "status"), [("u-4", 303), ("somebody-else", 403)])
def test_groups_may_come_with_the_user_info_of_the_same_person(folder, provider, sub, status):
    provider.user = {"sub": "u-4"}
    provider.userinfo = {"sub": sub, "groups": ["law"]}
    with browser(site_of(folder, provider)) as client:
        assert log_in(client, provider).status_code == status


def test_programs_go_on_with_tokens(folder, provider, monkeypatch):
    monkeypatch.setenv("NOTICEWATCH_WEB_PEOPLE", "robot:viewer:b2")
    with browser(site_of(folder, provider)) as client:
        right, wrong = ({"authorization": f"Bearer {word}"} for word in ("b2", "b3"))
        assert client.get("/api/v1/sources", headers=right).status_code == 200
        assert client.get("/api/v1/sources", headers=wrong).status_code == 401
        client.cookies["nw_token"] = "b2"
        assert client.get("/law").status_code == 401
        assert client.get("/login/oidc/back?" + urlencode({"code": "x"})).status_code == 400


def test_other_logins_have_no_such_doors(folder):
    with TestClient(create_app(make_site(folder, auth="token"))) as client:
        assert client.get("/login/oidc").status_code == 401
        assert client.get("/login/oidc/back").status_code == 401
    with TestClient(create_app(make_site(folder))) as client:
        assert client.get("/login/oidc").status_code == 404
