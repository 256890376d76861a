"""Write a settings file from options and answers."""

import json

import pytest

from config.loader import load_settings
from tests.noticewatch.invoked import as_json, run

pytestmark = pytest.mark.usefixtures("inside")


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


def test_init_writes_the_slack_app_where_there_is_a_slack_channel(tmp_path):
    told = run("init", "--slack-channel", "C1", "--yes").output
    assert "slack-app.json (paste it at https://api.slack.com/apps" in told
    manifest = json.loads((tmp_path / "slack-app.json").read_text(encoding="utf-8"))
    assert manifest["settings"]["socket_mode_enabled"] is True
    (tmp_path / "slack-app.json").unlink()
    run("init", "--email", "a@x.cn", "--yes", "--force")
    assert not (tmp_path / "slack-app.json").exists()


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
