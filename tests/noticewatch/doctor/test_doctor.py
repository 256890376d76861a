"""init, doctor, self-test, backup, restore, tidy: the operator's commands."""

import json
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from archive.store import Archive
from classifier.translation.trial import SENTENCE
from config.loader import load_settings
from noticewatch.application.application import Application
from noticewatch.application.user_errors import NoticewatchError
from noticewatch.cli.main import cli
from noticewatch.demo.replica import Replica
from noticewatch.doctor import report as doctor
from noticewatch.doctor.checks import CHECKS
from tests.fakes.command import write_settings
from tests.fakes.slack import FakeSlack, Fault
from tests.fakes.translator import translator


@pytest.fixture(autouse=True)
def inside(tmp_path, monkeypatch):
    """Every command runs in a folder of its own and leaves the log as it was."""
    import logging

    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before


def run(*arguments, code=0, **options):
    done = CliRunner().invoke(cli, list(arguments), obj=Application(), **options)
    assert done.exit_code == code, (done.output, done.exception)
    return done


def as_json(*arguments, code=0):
    return json.loads(run(*arguments, "--json", code=code).stdout)


def fill(tmp_path, count=3, relevant=0):
    """An archive of imported notices with evidence."""
    lines = [
        {
            "url": f"https://a.example/{number}",
            "title": f"关于开展第{number}次节能宣传的通知",
            "text": f"请各单位参加第{number}次活动，地点见第{number}号会议室。",
            "published": "2026-11-01",
        }
        for number in range(count)
    ]
    lines += [
        {
            "url": f"https://b.example/{number}",
            "title": f"关于第{number}批废旧动力电池溯源信息报送的通知",
            "text": f"逾期不报送第{number}批溯源信息的，处一万元以上三万元以下罚款。",
            "published": "2026-11-02",
        }
        for number in range(relevant)
    ]
    file = tmp_path / "notices.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    run("import", str(file))


# ------------------------------------------------------------------ init


def test_init_by_flags_writes_a_file_that_loads_and_is_commented(tmp_path):
    flags = [
        "--slack-channel", "C1", "--operators", "COPS", "--email", "a@x.cn", "--email", "b@x.cn",
        "--smtp-host", "mail.x.cn", "--sender", "nw@x.cn", "--topic", "penalty",
        "--jurisdiction", "CN-GD", "--language", "en", "--backup-dir", "/var/backups/nw",
    ]  # fmt: skip
    told = as_json("init", *flags)
    assert told == {"file": "noticewatch.yml", "environment": ["SLACK_BOT_TOKEN"]}
    settings = load_settings(tmp_path / "noticewatch.yml")
    assert settings.channels["operators"].purpose == "health"
    assert settings.channels["digest"].to == ("a@x.cn", "b@x.cn")
    assert [s.when for s in settings.subscriptions] == ["immediately", "weekly mon 08:00"]
    assert settings.subscriptions[0].topics == ("penalty",)
    assert settings.backup.dest == "/var/backups/nw"
    text = (tmp_path / "noticewatch.yml").read_text()
    assert text.count("#") > 8
    assert "xoxb" not in text


def test_init_never_overwrites_without_being_told_to(tmp_path):
    (tmp_path / "noticewatch.yml").write_text("data_dir: mine\n")
    done = run("init", "--yes", code=1)
    assert "is there already" in str(done.exception)
    assert (tmp_path / "noticewatch.yml").read_text() == "data_dir: mine\n"
    run("init", "--yes", "--force")
    assert load_settings(tmp_path / "noticewatch.yml").data_dir == "data"


@pytest.mark.parametrize(
    "odd", ['C1", purpose: health}', "a: b #", "中文", "'", "C1\nchannels: {}"]
)
def test_no_answer_can_break_the_file(tmp_path, odd):
    run("init", "--slack-channel", odd)
    assert load_settings(tmp_path / "noticewatch.yml").channels["compliance"].channel == odd


def test_an_answer_that_does_not_load_leaves_no_file(tmp_path):
    done = run("init", "--slack-channel", "C1", "--topic", "nothing", code=1)
    assert "expected all or some of" in str(done.exception)
    assert list(tmp_path.iterdir()) == []


def test_init_by_asking(tmp_path, monkeypatch):
    monkeypatch.setattr("noticewatch.cli.init.sys.stdin.isatty", lambda: True, raising=False)
    from noticewatch.cli.init import ask
    from noticewatch.cli.settings_text import Answers

    answers = iter(["data", "C9", "", "me@x.cn", "localhost", "me@x.cn", "zh", ""])
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(answers))
    made = ask(Answers())
    assert (made.slack_channel, made.operators, made.emails) == ("C9", None, ("me@x.cn",))
    assert (made.language, made.backup_dir) == ("zh", None)


# ------------------------------------------------------------------ doctor


def findings(*more, code=0):
    return {item["check"]: item for item in as_json("doctor", *more, code=code)["findings"]}


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


# ------------------------------------------------------------------ self-test


@pytest.mark.model
def test_the_canary_reaches_the_operators_and_no_archive(tmp_path, monkeypatch):
    slack = FakeSlack()
    monkeypatch.setenv("TOKEN", "xoxb-test")
    try:
        write_settings(tmp_path, slack)
        result = as_json("selftest")
        assert result["ok"]
        assert "penalty" in result["topics"]
        assert result["channels"] == {"operators": True}
        alerts = [m for m in slack.messages if "self-test" in m["text"]]
        assert {m["channel"] for m in slack.messages} == {"COPS"}
        assert len([m for m in alerts if "溯源信息报送" in m["text"]]) == 1
        assert not (tmp_path / "data" / "archive.db").exists()

        slack.faults += [Fault("error", error="token_revoked") for _ in range(9)]
        failed = as_json("selftest", code=3)
        assert failed["channels"] == {"operators": False}
        assert "token_revoked" in " ".join(failed["problems"])
    finally:
        slack.close()


# ------------------------------------------------------------------ copies and space


@pytest.mark.model
def test_backups_rotate_share_their_evidence_and_can_be_restored(tmp_path):
    from noticewatch.application.backup import rotate_backup

    fill(tmp_path, count=3)
    copies = tmp_path / "copies"
    (copies / "noticewatch-by-hand").mkdir(parents=True)
    start = datetime(2026, 11, 27, 3, 30, tzinfo=UTC)
    with Archive.open(tmp_path / "data") as archive:
        before = archive.notices.counts()
        for day in range(4):
            rotate_backup(archive, copies, 2, now=start + timedelta(days=day))
    dated = sorted(path.name for path in copies.glob("noticewatch-2*"))
    assert dated == ["noticewatch-20261129T033000", "noticewatch-20261130T033000"]
    assert (copies / "noticewatch-by-hand").exists()
    files = list((copies / dated[1] / "evidence").rglob("*.gz"))
    assert files
    assert all(path.stat().st_nlink == 2 for path in files)

    fill(tmp_path, count=6)
    told = as_json("restore", str(copies / dated[1]))
    with Archive.open(tmp_path / "data") as archive:
        assert archive.notices.counts() == before
        assert archive.integrity.verify() == []
    with Archive.open(Path(told["aside"])) as archive:
        assert archive.notices.counts()["notices"] == 6
    fill(tmp_path, count=6)
    with Archive.open(tmp_path / "data") as archive:
        assert archive.notices.counts()["notices"] == 6


def test_a_damaged_copy_is_not_restored(tmp_path):
    fill(tmp_path, count=2)
    run("backup", "copy")
    next((tmp_path / "copy" / "evidence").rglob("*.gz")).unlink()
    done = run("restore", "copy", code=1)
    assert isinstance(done.exception, NoticewatchError)
    assert "not sound" in str(done.exception)
    with Archive.open(tmp_path / "data") as archive:
        assert archive.integrity.verify() == []


def test_nothing_is_restored_under_a_running_service(tmp_path):
    from noticewatch.application.locks import file_lock

    fill(tmp_path, count=1)
    run("backup", "copy")
    with file_lock(tmp_path / "data" / "run.lock"):
        assert "stop `noticewatch run`" in str(run("restore", "copy", code=1).exception)


@pytest.mark.model
def test_tidy_shows_sizes_prunes_what_is_irrelevant_and_verify_says_so(tmp_path):
    fill(tmp_path, count=5, relevant=1)
    report = as_json("tidy")
    assert report["before"]["evidence_files"] == 6
    assert report["before"]["database_bytes"] > 100_000
    app = Application(clock=lambda: datetime.now(UTC) + timedelta(days=400))
    plan = CliRunner().invoke(
        cli, ["tidy", "--prune-days", "365", "--vacuum", "--dry-run", "--json"], obj=app
    )
    planned = json.loads(plan.stdout)["pruned"]
    assert planned["files"] == 5
    assert len(list((tmp_path / "data" / "evidence").rglob("*.gz"))) == 6
    done = CliRunner().invoke(cli, ["tidy", "--prune-days", "365", "--vacuum", "--json"], obj=app)
    assert json.loads(done.stdout)["pruned"] == {**planned, "dry_run": False}
    assert len(list((tmp_path / "data" / "evidence").rglob("*.gz"))) == 1
    found = findings("--verify")["evidence"]
    assert found["state"] == "ok"
    assert "5 originals were pruned" in found["detail"]
    next((tmp_path / "data" / "evidence").rglob("*.gz")).unlink()
    assert findings("--verify", code=1)["evidence"]["state"] == "error"
