"""Mail, webhooks, files, the terminal: each outcome sorted rightly, each message once."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from config.model import Settings, WebSettings
from notifier.run import UnknownChannel, run
from notifier.run import test_channel as try_channel
from tests.fakes.slack import FakeSlack, Fault
from tests.fakes.smtp import FakeSmtp
from tests.notifier.conftest import Clock, World


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notifier.delivery.deliver.random.uniform", lambda low, high: 0.05)
    monkeypatch.setattr("notifier.delivery.deliver.WAIT_SECONDS", 2.0)


def _mail(server: FakeSmtp, *to: str, **more: Any) -> Settings:
    channel = {
        "type": "email", "host": "127.0.0.1", "port": server.port, "security": "none",
        "sender": "noticewatch <nw@example.com>", "to": list(to) or ["a@example.com"], **more,
    }  # fmt: skip
    return Settings.model_validate(
        {"channels": {"mail": channel}, "subscriptions": [{"channel": "mail"}]}
    )


def _one(config: dict[str, Any]) -> Settings:
    return Settings.model_validate(
        {"channels": {"one": config}, "subscriptions": [{"channel": "one"}]}
    )


# ------------------------------------------------------------------------------- mail


def test_mail_is_multipart_header_safe_and_marked_automatic(
    world: World, smtp: FakeSmtp, clock: Clock
) -> None:
    url = world.act("标题\r\nBcc: evil@example.com <script>alert(1)</script>")
    assert run(world.archive, _mail(smtp), clock=clock).sent == 1
    [(to, message)] = smtp.mailbox.received
    assert (to, message["To"]) == ("a@example.com", "a@example.com")
    assert message["Bcc"] is None
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == "<mailto:nw@example.com?subject=unsubscribe>"
    assert message["List-Id"] == "<mail.noticewatch.example.com>"
    text = message.get_body(("plain",))
    html = message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert url in text.get_content()
    assert "<script>" not in html.get_content()
    assert f'href="{url}"' in html.get_content()


def test_addresses_in_headers_are_never_encoded_however_long(
    world: World, smtp: FakeSmtp, clock: Clock
) -> None:
    domain = "mail.compliance-and-regulatory-affairs.long-company-name.example.com"
    settings = _mail(smtp, sender=f"nw@{domain}").model_copy(
        update={"web": WebSettings(public_url=f"https://{domain}/noticewatch")}
    )
    url = world.act(text="第一条 三十日内报送。")
    run(world.archive, settings, clock=clock)
    world.act(url=url, text="第一条 十日内报送。")
    run(world.archive, settings, clock=clock)
    first, second = (message for _, message in smtp.mailbox.received)
    for message, raw in zip((first, second), smtp.mailbox.raw, strict=True):
        head = raw.split(b"\r\n\r\n", 1)[0].decode()
        for name in ("Message-ID", "List-Id", "List-Unsubscribe"):
            assert message[name].startswith("<")
        assert f"<https://{domain}/noticewatch/unsubscribe/" in head
        assert f"<mailto:nw@{domain}?subject=unsubscribe>" in head
    assert second["In-Reply-To"] == second["References"] == first["Message-ID"]


def test_a_later_change_answers_the_first_mail(world: World, smtp: FakeSmtp, clock: Clock) -> None:
    url = world.act(text="第一条 三十日内报送。\n第二条 施行。")
    run(world.archive, _mail(smtp), clock=clock)
    world.act(url=url, text="第一条 十日内报送。\n第二条 施行。")
    run(world.archive, _mail(smtp), clock=clock)
    [(_, first), (_, second)] = smtp.mailbox.received
    assert second["In-Reply-To"] == first["Message-ID"]
    assert second["Message-ID"] != first["Message-ID"]


def test_one_refused_and_one_deferred_recipient_do_not_touch_the_others(
    world: World, smtp: FakeSmtp, clock: Clock
) -> None:
    smtp.mailbox.reject = {"bad@example.com"}
    smtp.mailbox.defer = {"slow@example.com": 2}
    world.act()
    settings = _mail(smtp, "a@example.com", "bad@example.com", "slow@example.com", "b@example.com")
    for _ in range(4):
        run(world.archive, settings, clock=clock)
        clock.skip(minutes=2)
    assert sorted(to for to, _ in smtp.mailbox.received) == [
        "a@example.com", "b@example.com", "slow@example.com",
    ]  # fmt: skip
    assert world.states() == {"sent": 3, "dead": 1}
    assert run(world.archive, settings, clock=clock, retry_dead=True).dead == 1
    smtp.mailbox.reject = set()
    assert run(world.archive, settings, clock=clock, retry_dead=True).sent == 1


def test_a_deferred_recipient_does_not_hold_up_the_answers_to_others(
    world: World, smtp: FakeSmtp, clock: Clock
) -> None:
    smtp.mailbox.defer = {"slow@example.com": 99}
    settings = _mail(smtp, "slow@example.com", "a@example.com")
    url = world.act(text="第一条 三十日内报送。")
    run(world.archive, settings, clock=clock)
    world.act(url=url, text="第一条 十日内报送。")
    run(world.archive, settings, clock=clock)
    assert [to for to, _ in smtp.mailbox.received] == ["a@example.com"] * 2


def test_a_dropped_connection_sends_again_under_the_same_message_id(
    world: World, smtp: FakeSmtp, clock: Clock
) -> None:
    smtp.mailbox.drop = 1
    world.act()
    for _ in range(3):
        run(world.archive, _mail(smtp), clock=clock)
        clock.skip(minutes=2)
    assert len(smtp.mailbox.received) == 2
    assert len({message["Message-ID"] for _, message in smtp.mailbox.received}) == 1
    assert world.states() == {"sent": 1}


def test_starttls_that_is_not_offered_pauses_and_never_sends_in_the_clear(
    world: World, smtp: FakeSmtp, clock: Clock
) -> None:
    world.act()
    report = run(world.archive, _mail(smtp, security="starttls"), clock=clock)
    assert (report.sent, report.failed, report.dead) == (0, 1, 0)
    assert smtp.mailbox.received == []
    assert "paused" in report.messages[0]


def test_a_comma_in_an_address_adds_no_recipient(
    world: World, smtp: FakeSmtp, clock: Clock
) -> None:
    world.act()
    run(world.archive, _mail(smtp, "a@example.com, b@example.com"), clock=clock)
    assert [to for to, _ in smtp.mailbox.received] in ([], ["a@example.com"])
    assert world.states() in ({"dead": 1}, {"sent": 1})


def test_a_mail_server_that_is_away_loses_nothing(
    world: World, smtp: FakeSmtp, clock: Clock
) -> None:
    world.act()
    away = _mail(smtp, port=9)
    for _ in range(3):
        assert run(world.archive, away, clock=clock).sent == 0
        clock.skip(hours=6)
    assert world.states() == {"pending": 1}
    assert run(world.archive, _mail(smtp), clock=clock).sent == 1


# --------------------------------------------------------------------------- webhooks


def test_the_json_webhook_is_signed_over_its_exact_body(
    world: World, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[bytes, dict[str, str]]] = []
    monkeypatch.setenv("HOOK", "http://127.0.0.1:9/")
    monkeypatch.setenv("HOOK_KEY", "geheim")

    def post(url: str, body: bytes, headers: dict[str, str]) -> Any:
        seen.append((body, headers))
        from config.http_post import HttpResponse

        return HttpResponse(status=204, body=b"", headers={})

    monkeypatch.setattr("notifier.channels.webhook_channel.post_message", post)
    url = world.act()
    settings = _one({"type": "webhook", "url_env": "HOOK", "secret_env": "HOOK_KEY"})
    assert run(world.archive, settings, clock=clock).sent == 1
    [(body, headers)] = seen
    expected = "sha256=" + hmac.new(b"geheim", body, hashlib.sha256).hexdigest()
    assert headers["X-Noticewatch-Signature"] == expected
    data = json.loads(body)
    assert (data["event"], data["url"], data["change"]) == ("alert", url, "new")
    assert data["topics"][0]["topic"] == "traceability-format"


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (Fault("status", method="hook", status=503), "sent"),
        (Fault("drop", method="hook"), "sent"),
        (Fault("status", method="hook", status=404), "pending"),
        (Fault("status", method="hook", status=302), "pending"),
    ],
)
def test_the_slack_webhook_checks_the_status(
    world: World, slack: FakeSlack, clock: Clock, monkeypatch: pytest.MonkeyPatch,
    fault: Fault, state: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("SLACK_WEBHOOK_URL", slack.hook_url)
    world.act()
    slack.faults = [fault]
    report = run(world.archive, _one({"type": "slack_webhook"}), clock=clock)
    assert world.states() == {state: 1}
    assert report.dead == 0
    clock.skip(minutes=2)
    run(world.archive, _one({"type": "slack_webhook"}), clock=clock)
    assert world.states() == {"sent": 1}
    assert "metadata" not in slack.messages[-1]


def test_the_slack_webhook_falls_back_to_plain_text(
    world: World, slack: FakeSlack, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_WEBHOOK_URL", slack.hook_url)
    url = world.act()
    slack.faults = [Fault("error", method="hook", status=400, error="invalid_blocks")]
    assert run(world.archive, _one({"type": "slack_webhook"}), clock=clock).sent == 1
    [message] = slack.messages
    assert "blocks" not in message
    assert url in message["text"]


# --------------------------------------------------------------------- file, terminal


@pytest.mark.parametrize("name", ["out", "out.jsonl"])
def test_the_file_channel_writes_once_even_if_interrupted(
    world: World, clock: Clock, tmp_path: Path, name: str
) -> None:
    settings = _one({"type": "file", "path": str(tmp_path / name)})
    url = world.act()
    assert run(world.archive, settings, clock=clock).sent == 1
    with closing(sqlite3.connect(world.archive.path, isolation_level=None)) as killed:
        killed.execute("UPDATE outbox SET state = 'sending'")
    assert run(world.archive, settings, clock=clock).sent == 1
    path = tmp_path / name
    files = [path] if path.is_file() else sorted(path.iterdir())
    [record] = [json.loads(line) for file in files for line in file.read_text().split("}\n{")]
    assert (record["url"], record["kind"]) == (url, "alert")


def test_a_burst_is_one_mail_and_one_print(world: World, smtp: FakeSmtp, clock: Clock) -> None:
    urls = [
        world.act(f"关于第{n}批废旧动力电池综合利用的通知", number=f"粤工信〔2026〕{n}号")
        for n in range(1, 13)
    ]
    plain = _mail(smtp).model_dump(mode="json")
    plain["channels"]["terminal"] = {"type": "terminal"}
    plain["subscriptions"] = [
        {"channel": "mail", "burst": 10}, {"channel": "terminal", "burst": 10},
    ]  # fmt: skip
    stream = io.StringIO()
    report = run(world.archive, Settings.model_validate(plain), clock=clock, terminal=stream)
    assert report.sent == 2
    [(_, message)] = smtp.mailbox.received
    html = message.get_body(("html",))
    assert html is not None
    for text in (html.get_content(), stream.getvalue()):
        assert all(url in text for url in urls)


def test_apprise_that_is_not_installed_pauses_and_says_how(
    world: World, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    world.act()
    report = run(world.archive, _one({"type": "apprise", "url_env": "CHAT"}), clock=clock)
    assert (report.failed, report.dead) == (1, 0)
    assert "noticewatch[chat]" in report.messages[0]


def test_the_terminal_prints_plain_text_when_it_is_none(world: World, clock: Clock) -> None:
    stream = io.StringIO()
    url = world.act()
    run(world.archive, Settings(), clock=clock, terminal=stream)
    assert url in stream.getvalue()
    assert "\x1b[" not in stream.getvalue()


def test_the_terminal_has_colours_when_it_is_one(world: World, clock: Clock) -> None:
    class Tty(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Tty()
    world.act()
    run(world.archive, Settings(), clock=clock, terminal=stream)
    assert "\x1b[" in stream.getvalue()


def test_a_test_message_goes_through_one_channel(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    from tests.notifier.conftest import slack_settings

    report = try_channel(world.archive, slack_settings(slack), "compliance", clock=clock)
    assert (report.sent, report.failed) == (1, 0)
    assert "test message" in slack.messages[0]["text"]
    with pytest.raises(UnknownChannel, match="known: compliance"):
        try_channel(world.archive, slack_settings(slack), "nope", clock=clock)


@pytest.mark.parametrize("model", ["rules", "rules:terms", "register+rules", "e5"])
def test_an_alert_says_that_it_was_classified_by_rules(
    world: World, clock: Clock, model: str
) -> None:
    world.act(classify=False)
    world.classify(model=model)
    stream = io.StringIO()
    run(world.archive, Settings(), clock=clock, terminal=stream)
    assert ("Classified by rules" in stream.getvalue()) == (model != "e5")
