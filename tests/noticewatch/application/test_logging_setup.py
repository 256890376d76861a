"""Write logs without secrets."""

import json
import logging

import pytest

from config.model import Settings
from noticewatch.application.logging_setup import secret_values, set_up_logging, without_secrets

SECRETS = {
    "SLACK_BOT_TOKEN": "xoxb-1111-2222-abcdef",
    "HOOK": "https://hooks.example/services/T000/B000/XXXXXXXXXXXX",
    "MAILPASS": "correct horse battery",
    "NOTICEWATCH_ARCHIVE_PASSWORD": "staple-of-the-archive",
    "NOTICEWATCH_WEB_PEOPLE": "anna:editor:annas-secret rolf:reader:rolfs-secret",
}


def secret_settings(form="lines"):
    return Settings.model_validate(
        {
            "channels": {
                "a": {"type": "slack", "channel": "C1"},
                "b": {"type": "slack_webhook", "url_env": "HOOK"},
                "c": {
                    "type": "email",
                    "sender": "a@x.cn",
                    "to": ["b@x.cn"],
                    "password_env": "MAILPASS",
                },
            },
            "subscriptions": [],
            "log": {"format": form, "level": "info"},
        }
    )


@pytest.mark.parametrize("form", ["lines", "json"])
def test_no_secret_ever_reaches_the_log(monkeypatch, capsys, form):
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    root = logging.getLogger()
    before = root.handlers[:], root.level
    try:
        set_up_logging(secret_settings(form))
        log = logging.getLogger("test")
        log.warning("posting to %s with %s", SECRETS["HOOK"], SECRETS["SLACK_BOT_TOKEN"])
        try:
            raise OSError(f"login with {SECRETS['MAILPASS']} refused by http://u:pass99@proxy/")
        except OSError:
            log.exception("mail failed")
        log.info("Authorization: Bearer abcdefgh12345678")
    finally:
        root.handlers[:], root.level = before
    said = capsys.readouterr().err
    assert "mail failed" in said
    for hidden in (*SECRETS.values(), "XXXXXXXXXXXX", "pass99", "abcdefgh12345678"):
        assert hidden not in said
    if form == "json":
        lines = [json.loads(line) for line in said.splitlines()]
        assert [line["level"] for line in lines] == ["warning", "error", "info"]
        assert "Traceback" in lines[1]["trace"]


def test_secrets_are_the_values_of_the_variables_that_the_settings_name(monkeypatch):
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    assert set(SECRETS.values()) <= set(secret_values(secret_settings()))
    assert {"annas-secret", "rolfs-secret"} <= set(secret_values(secret_settings()))
    assert without_secrets("token xoxp-123456789012 and text") == "token ••• and text"
