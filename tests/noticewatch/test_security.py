"""The promises of docs/security.md that no other test keeps, and that the page is true."""

import re
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from archive.store import Archive
from config.loader import load_jurisdictions, load_sources, load_topics
from config.model import OidcSettings, Settings, WebSettings
from noticewatch.application.user_errors import NoticewatchError
from noticewatch.web.app import create_app
from noticewatch.web.auth.network import check_binding
from noticewatch.web.context import WebContext
from tests.builders import message
from tests.noticewatch.filled import fill
from tests.paths import ROOT

PAGES = ("/", "/search?q=电池", "/notices/1", "/sources", "/alerts", "/map", "/deadlines", "/audit")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("secure")
    fill(made)
    return made


@pytest.fixture
def client(folder):
    site = WebContext(
        data_dir=folder,
        settings=Settings(),
        topics=load_topics(),
        sources=load_sources(),
        jurisdictions=load_jurisdictions(),
        clock=lambda: datetime(2026, 11, 23, 4, 0, tzinfo=UTC),
    )
    with TestClient(create_app(site)) as client:
        yield client


def test_every_test_that_the_security_page_names_exists():
    """A promise whose test was renamed or removed is no promise."""
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    file, named = "", 0
    for path, test in re.findall(r"`((?:tests/[\w/.]+)?)::(test_\w+)", page):
        file = path or file
        assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), f"{file}::{test}"
        named += 1
    assert named >= 20


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_a_strict_policy_and_no_inline_script(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    for attributes, inside in re.findall(r"<script([^>]*)>(.*?)</script>", answer.text, re.S):
        assert "src=" in attributes
        assert not inside.strip()
    assert not re.search(r"<[^>]+\son\w+\s*=", answer.text)
    assert 'href="javascript:' not in answer.text


@pytest.mark.parametrize("auth", ["token", "basic", "proxy_header", "oidc"])
def test_only_these_doors_open_without_a_login(folder, monkeypatch, auth):
    """Every route of the application, asked by a stranger."""
    monkeypatch.setenv("NOTICEWATCH_WEB_TOKEN", "a-long-secret")
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    table = page.partition("## Doors without a login")[2].partition("**Links")[0]
    promised = {path.replace("TOKEN", "x") for path in re.findall(r"^\| `(/[^`]+)`", table, re.M)}
    opened = set()
    with stranger(folder, auth) as client:
        for route in client.app.routes:
            path = re.sub(r"\{\w+:int\}", "1", route.path)
            path = re.sub(r"\{\w+\}", "x", path) + ("/" if route.path == "/static" else "")
            for method in getattr(route, "methods", None) or {"GET"}:
                if client.request(method, path).status_code != 401:
                    opened.add(path)
    by_provider = {path for path in promised if path.startswith("/login/oidc")}
    closed = {"token": by_provider, "oidc": set()}.get(auth, {"/login", *by_provider})
    assert opened == promised - closed


def stranger(folder, auth):
    """Somebody without a secret."""
    site = WebContext(
        data_dir=folder,
        settings=Settings(
            web=WebSettings(auth=auth),
            oidc=OidcSettings(issuer="http://127.0.0.1:1", client_id="x"),
        ),
        topics=load_topics(),
        sources=load_sources(),
        jurisdictions=load_jurisdictions(),
        clock=lambda: datetime(2026, 11, 23, 4, 0, tzinfo=UTC),
    )
    return TestClient(create_app(site), client=("127.0.0.1", 5000))


def test_keys_are_readable_by_their_owner_alone(tmp_path):
    from config.kept_secret import kept_secret
    from noticewatch.web.auth.sessions import forms_key

    links_key = tmp_path / "data" / "links.key"
    fill(tmp_path / "data")
    for make, path in ((forms_key, tmp_path / "data"), (kept_secret, links_key)):
        key = make(path)
        assert len(key) == 32
        assert make(path) == key
    for name in ("web.key", "links.key"):
        assert (tmp_path / "data" / name).stat().st_mode & 0o077 == 0
    with Archive.open(tmp_path / "data") as archive:
        archive.maintenance.backup(tmp_path / "copy")
    assert {path.name for path in (tmp_path / "copy").iterdir()} == {"archive.db", "evidence"}


@pytest.mark.parametrize("left", [b"", b"\n", b"k" * 31])
def test_a_key_that_was_emptied_or_cut_is_made_anew(tmp_path, left):
    from config.kept_secret import kept_secret

    path = tmp_path / "links.key"
    path.write_bytes(left)
    key = kept_secret(path)
    assert len(key) == 32
    assert key != left
    assert kept_secret(path) == key
    assert path.stat().st_mode & 0o077 == 0


def test_a_name_that_leads_inside_is_refused(monkeypatch):
    """A redirect to an allowed name whose address is an inner one."""
    import asyncio
    import socket

    from config.model import Source
    from crawler.transport.download import FetchError
    from crawler.transport.site_boundary import SiteBoundary
    from crawler.transport.target import Target

    source = Source.model_validate(
        {
            "key": "s", "name": {"zh": "甲"}, "publisher": "甲", "jurisdiction": "CN",
            "platform": "auto", "columns": [{"key": "c", "url": "http://www.example.cn/"}],
            "http": {"allowed_hosts": ["files.example.cn"]},
        }
    )  # fmt: skip

    async def main():
        async def inside(*_, **__):
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("169.254.169.254", 80))]

        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", inside)
        await SiteBoundary(source).refuse_internal(Target.of("http://files.example.cn/a.pdf"))

    with pytest.raises(FetchError, match="inner address"):
        asyncio.run(main())


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.com"])
def test_no_binding_beyond_loopback_without_authentication(host, monkeypatch):
    monkeypatch.delenv("NOTICEWATCH_WEB_TOKEN", raising=False)
    with pytest.raises(NoticewatchError, match="not loopback"):
        check_binding(WebSettings(host=host), host)
    with pytest.raises(NoticewatchError, match="empty"):
        check_binding(WebSettings(host=host, auth="token"), host)
    for loopback in ("127.0.0.1", "::1", "localhost"):
        check_binding(WebSettings(), loopback)


def test_get_changes_nothing(client, folder):
    def state():
        with Archive.open(folder, read_only=True) as archive:
            return archive.notices.counts(), len(archive.feedback.find())

    before = state()
    for path in PAGES:
        client.get(path)
    for path in ("/notices/1/feedback", "/notices/1/acknowledge", "/notices/1/state"):
        answer = client.get(path, params={"verdict": "relevant", "who": "x", "state": "closed"})
        assert answer.status_code in (404, 405)
    assert state() == before


def test_no_secret_in_the_archive_or_on_its_pages(tmp_path, monkeypatch):
    """A webhook's address is a secret; a failure must not carry it into the outbox."""
    from config.model import SlackWebhookChannel
    from notifier.channels.slack_webhook import SlackWebhookSender

    address = "http://127.0.0.1:9/services/T0SECRET/B0SECRET/verysecretpart"
    monkeypatch.setenv("HOOK", address)
    with Archive.open(tmp_path) as archive:
        (number,) = archive.outbox.enqueue([message("1", "h", kind="test", payload={"text": "x"})])
        item = archive.outbox.get(number)
    result = SlackWebhookSender(SlackWebhookChannel(type="slack_webhook", url_env="HOOK")).send(
        item, None
    )
    assert result.error
    assert "verysecretpart" not in result.error
    assert "B0SECRET" not in result.error


def _asked(folder, headers, client="127.0.0.1", **web):
    site = WebContext(
        data_dir=folder,
        settings=Settings(web=WebSettings(**web)),
        topics=load_topics(),
        sources=load_sources(),
        jurisdictions=load_jurisdictions(),
        clock=lambda: datetime(2026, 11, 23, 4, 0, tzinfo=UTC),
    )
    base = "http://127.0.0.1:8000"
    with TestClient(create_app(site), client=(client, 5000), base_url=base) as asking:
        return asking.get("/api/v1/topics", headers=headers).status_code


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost:8000", 200),
        ("[::1]:8000", 200),
        ("notices.example.com", 200),
        ("evil.example", 421),
        ("evil.example:8000", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost.evil.example", 421),
    ],
)
def test_a_page_whose_name_leads_to_this_machine_reads_nothing(tmp_path, host, status):
    fill(tmp_path)
    public = "https://notices.example.com"
    assert _asked(tmp_path, {"host": host}, public_url=public) == status


@pytest.mark.parametrize(
    ("auth", "headers", "status"),
    [
        ("basic", [(b"authorization", b"Basic \xe9")], 401),
        ("basic", [(b"authorization", b"Basic " + b"A" * 9000)], 401),
        ("token", [(b"authorization", b"Bearer \xe9")], 401),
        ("proxy_header", [(b"x-forwarded-user", b"ann")], 200),
        ("proxy_header", [(b"x-forwarded-user", b"eve"), (b"x-forwarded-user", b"ann")], 401),
        ("proxy_header", [(b"x-forwarded-user", b"")], 401),
    ],
)
def test_a_strange_login_is_none(tmp_path, monkeypatch, auth, headers, status):
    fill(tmp_path)
    monkeypatch.setenv("NOTICEWATCH_WEB_TOKEN", "s3cret")
    assert _asked(tmp_path, headers, auth=auth) == status
