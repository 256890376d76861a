"""Examine an installation and advise on every trouble."""

import json
import sys
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta

import pytest
import yaml

from classifier.translation.trial import SENTENCE
from crawler.extract.scans import scan_engine
from noticewatch.application.application import Application
from noticewatch.demo.replica import Replica
from noticewatch.doctor import report as doctor
from noticewatch.doctor.checks import CHECKS
from tests.fakes.slack import FakeSlack, Fault
from tests.fakes.translator import translator
from tests.noticewatch.invoked import as_json, findings

pytestmark = pytest.mark.usefixtures("inside")


@pytest.mark.model
def test_doctor_looks_at_everything_and_every_trouble_has_an_advice(tmp_path):
    (tmp_path / "noticewatch.yml").write_text(
        "channels: {hook: {type: slack_webhook, url_env: NO_SUCH_VARIABLE}}\n"
        "subscriptions: [{channel: hook}]\nbackup: {dest: copies}\n"
    )
    found = findings(code=1)
    assert set(found) >= {
        "python", "packages", "sqlite", "settings", "sources", "settings file", "channel hook",
        "time zone", "archive", "clock", "disk", "permissions", "last success", "service",
        "backup", "model",
    }  # fmt: skip
    assert found["channel hook"]["state"] == "error"
    assert "NO_SUCH_VARIABLE" in found["channel hook"]["detail"]
    assert found["backup"]["state"] == "warning"
    assert all(item["advice"] for item in found.values() if item["state"] != "ok")


def test_doctor_tells_broken_settings_once_and_looks_at_what_needs_none(tmp_path):
    (tmp_path / "noticewatch.yml").write_text("web: {prot: 80}\n")
    found = as_json("doctor", "--verify", code=1)["findings"]
    assert [item["check"] for item in found if item["state"] == "error"] == ["settings"]
    assert "did you mean 'port'?" in found[0]["detail"]
    assert {item["check"] for item in found} == {"settings", "python", "packages", "sqlite"}
    assert not (tmp_path / "data").exists()


def only(name):
    return next(check for check in CHECKS if check.__name__ == name)


def test_doctor_finds_a_foreign_package_of_our_name(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "importlib.metadata.packages_distributions", lambda: {"config": ["config", "noticewatch"]}
    )
    (found,) = only("shadowed")(Application())
    assert (found.state, found.detail) == ("error", "config installs a package named config too")


def test_doctor_finds_a_secret_in_the_settings_and_a_clock_that_went_back(tmp_path):
    (tmp_path / "noticewatch.yml").write_text("# token: xoxb-123456789012-abc\n")
    app = Application()
    (found,) = only("secrets_in_file")(app)
    assert found.state == "error"
    app.clock = lambda: datetime(2020, 1, 1, tzinfo=UTC)
    (found,) = only("clock")(app)
    assert (found.state, "past" in found.detail) == ("error", True)


def test_doctor_tells_open_troubles_a_failed_selftest_and_an_old_success(tmp_path):
    from domain.records.source_run import SourceRun
    from domain.records.states import SourceState

    now = datetime(2026, 11, 27, tzinfo=UTC)
    long_ago = now - timedelta(days=3)
    app = Application(clock=lambda: now)
    with app.archive() as archive:
        archive.sources.record_run(
            SourceRun(
                key="a", started=long_ago, finished=long_ago, state=SourceState.OK, reason="",
                rows=1, new=0, revised=0, withdrawn=0, requests=1, not_modified=0,
            )
        )  # fmt: skip
        trouble = {"since": now.isoformat(), "headline": "the disk is nearly full"}
        archive.marks.set("alarm:disk", json.dumps(trouble))
        archive.marks.set("selftest", json.dumps({"last": now.isoformat(), "ok": False}))
    states = {f.check: f for check in ("service", "last_success") for f in only(check)(app)}
    assert states["trouble"].detail.startswith("the disk is nearly full")
    assert states["self-test"].state == "error"
    assert states["last success"].state == "warning"
    assert "72 hours ago" in states["last success"].detail


def test_doctor_tries_the_translator_that_is_configured(tmp_path):
    with translator() as far:
        far.answers = {SENTENCE: "Enterprises shall report the information within 30 days."}
        (tmp_path / "noticewatch.yml").write_text(
            f'translation: {{provider: openai, url: "{far.url}/v1", model: m-1}}\n'
        )
        (found,) = only("translation")(Application())
        assert (found.state, found.detail) == ("ok", "m-1 answers and keeps what matters")
        far.fault = "401"
        (found,) = only("translation")(Application())
        assert (found.state, found.detail) == ("warning", "m-1: HTTP 401")
        assert "translation.key_env" in found.advice


def test_doctor_reads_every_list_on_request_and_says_what_each_source_needs(tmp_path):
    (tmp_path / "sources").mkdir()
    with ExitStack() as stack:
        for name, fault in (("good", ""), ("denied", "forbidden"), ("rebuilt", "commented")):
            site = stack.enter_context(Replica("trs_static", name=f"cn-{name}"))
            site.add("关于一项工作的通知", date(2026, 11, 2))
            if fault:
                site.fault(fault)
            write_source(tmp_path, site)
        with Replica("trs_static", name="cn-down") as down:
            write_source(tmp_path, down)
        app = Application(sources_dir_option=tmp_path / "sources")
        found = {one.check.removeprefix("reach cn-"): one for one in doctor._reach(app)}
    assert found["good"].detail == "ok: 1 rows, newest 2026-11-02"
    assert "HTTP 403" in found["denied"].detail
    assert "http.proxy" in found["denied"].advice
    assert "refused" in found["down"].detail
    assert "source discover http://127.0.0.1" in found["rebuilt"].advice


def write_source(tmp_path, site):
    path = tmp_path / "sources" / f"{site.name}.yml"
    path.write_text(yaml.safe_dump(site.source(site.name)), "utf-8")


@pytest.mark.model
def test_doctor_sends_a_test_message_on_request_only(tmp_path, monkeypatch):
    slack = FakeSlack()
    monkeypatch.setenv("TOKEN", "xoxb-test")
    try:
        (tmp_path / "noticewatch.yml").write_text(
            f"channels: {{a: {{type: slack, channel: C1, token_env: TOKEN, "
            f'api_base_url: "{slack.url}"}}}}\nsubscriptions: []\n'
        )
        findings()
        assert slack.messages == []
        assert findings("--send-test")["test message a"]["state"] == "ok"
        assert "test message" in slack.messages[0]["text"]
        slack.faults.append(Fault("error", error="invalid_auth"))
        failed = findings("--send-test", code=1)["test message a"]
        assert "invalid_auth" in failed["detail"]
    finally:
        slack.close()


def test_doctor_says_which_files_this_machine_cannot_read(monkeypatch):
    assert [item.state for item in only("file_formats")(Application())] == ["ok", "ok"]
    monkeypatch.setitem(sys.modules, "libarchive", None)
    monkeypatch.setattr("crawler.extract.scans.scan_engine.is_available", lambda: False)
    scan_engine.engine_name.cache_clear()
    archives, scans = only("file_formats")(Application())
    scan_engine.engine_name.cache_clear()
    assert (archives.check, archives.state, scans.check) == ("files", "warning", "scans")
    assert "libarchive13" in archives.advice
    assert "pip install 'noticewatch[ocr]'" in scans.detail


def test_doctor_asks_slack_and_sends_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("TOKEN", "xoxb-test")
    slack = FakeSlack()
    slack.joined = False
    try:
        (tmp_path / "noticewatch.yml").write_text(
            "channels: {a: {type: slack, channel: C1, token_env: TOKEN, "
            f'api_base_url: "{slack.url}"}}}}\n'
            "subscriptions: []\n"
            "people: [{id: anna, role: analyst}]\n"
        )
        told = as_json("doctor", code=1)["findings"]
        of_slack = [item for item in told if item["check"] == "channel a"]
        assert [item["state"] for item in of_slack] == ["ok", "ok", "warning", "error"]
        assert "/invite" in of_slack[-1]["detail"]
        people = " ".join(item["detail"] for item in told if item["check"] == "people")
        assert "no approver" in people
        assert "no Slack id: anna" in people
        assert slack.messages == []
    finally:
        slack.close()
