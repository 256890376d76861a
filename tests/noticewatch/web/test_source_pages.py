"""Show sources, and start a check of one."""

from datetime import timedelta

from lxml import html
from starlette.testclient import TestClient

from archive.store import Archive
from config.loader import load_settings
from domain.records.reason import reason
from domain.records.source_run import SourceError, SourceRun
from domain.records.states import SourceState
from i18n.catalogue import english
from noticewatch.application.application import Application
from noticewatch.web.app import create_app
from noticewatch.web.context import WebContext
from noticewatch.web.source_check_process import check_command
from tests.noticewatch.filled import NOW
from tests.noticewatch.web.site import csrf, make_site


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


def test_every_source_has_a_page(folder):
    site = make_site(folder)
    bare = next(iter(site.sources.values()))
    nameless = [column.model_copy(update={"name": None}) for column in bare.columns]
    bare = bare.model_copy(update={"columns": tuple(nameless)})
    site.sources = {**site.sources, bare.key: bare}
    with TestClient(
        create_app(site), client=("127.0.0.1", 1), base_url="http://localhost"
    ) as client:
        for key in site.sources:
            assert client.get(f"/sources/{key}").status_code == 200, key
        assert client.get("/sources/nowhere").status_code == 404


def test_why_a_source_is_blocked_reads_in_the_visitors_language(folder):
    why = reason("source.column_page", why=reason("source.refuses", status=403))
    error = SourceError(
        kind="forbidden",
        message="attachment not read: HTTP 404",
        url="https://a.example/1.pdf",
        reason_data=reason(
            "source.attachment_not_read", why=reason("source.http_status", status=404)
        ),
    )
    run = SourceRun(
        key="cn-miit", started=NOW, finished=NOW, state=SourceState.BLOCKED,
        reason=english(why), reason_data=why, errors=(error,),
    )  # fmt: skip
    with Archive.open(folder, clock=lambda: NOW) as archive:
        archive.sources.record_run(run)
    with TestClient(create_app(make_site(folder))) as client:
        plain = client.get("/sources/cn-miit").text
        assert "column page: the site refuses the request (HTTP 403)" in plain
        chinese = client.get("/sources/cn-miit?lang=zh").text
        assert "栏目页：网站拒绝请求（HTTP 403）" in chinese
        assert "附件未能读取：HTTP 404" in chinese
        assert "403 from the site" in chinese  # a row without a code
        assert "栏目页：网站拒绝请求（HTTP 403）" in client.get("/sources?lang=zh").text
