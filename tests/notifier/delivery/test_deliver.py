"""Every alert arrives once, whatever Slack does."""

from __future__ import annotations

import pytest

from archive.repositories.outbox import Outbox
from archive.store import Archive
from config.model import Settings
from domain.records.reason import reason
from notifier.channels import slack_bot as slack_channel
from notifier.run import run
from tests.fakes.slack import FakeSlack, Fault
from tests.notifier.conftest import Clock, World, slack_settings


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notifier.delivery.deliver.random.uniform", lambda low, high: 0.05)
    monkeypatch.setattr(slack_channel, "TIMEOUT", 1)


def _until_sent(world: World, slack: FakeSlack, clock: Clock, rounds: int = 6) -> None:
    for _ in range(rounds):
        run(world.archive, slack_settings(slack), clock=clock)
        if set(world.states()) <= {"sent"}:
            return
        clock.skip(minutes=2)


def test_an_alert_is_posted_with_blocks_metadata_and_no_unfurling(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    url = world.act()
    report = run(world.archive, slack_settings(slack), clock=clock)
    assert (report.queued, report.sent, report.failed) == (1, 1, 0)
    [message] = slack.messages
    assert message["unfurl_links"] is False
    assert message["unfurl_media"] is False
    assert message["metadata"]["event_type"] == "noticewatch_alert"
    assert url in str(message["blocks"])
    assert run(world.archive, slack_settings(slack), clock=clock).sent == 0
    assert len(slack.messages) == 1


@pytest.mark.parametrize(
    "faults",
    [
        [Fault("status", status=429, retry_after="1")],
        [Fault("status", status=500), Fault("status", status=503)],
        [Fault("status", status=500, accepted=True)],
        [Fault("hang")],
        [Fault("drop")],
        [Fault("refuse")],
        [Fault("garbage")],
        [Fault("error", error="internal_error")],
        [Fault("error", error="ratelimited", status=429, retry_after="1")],
        [Fault("drop"), Fault("status", status=500, method="conversations.history")],
        [Fault("drop"), Fault("drop", method="conversations.history"), Fault("refuse")],
    ],
)
def test_each_alert_arrives_once(
    world: World, slack: FakeSlack, clock: Clock, faults: list[Fault]
) -> None:
    for number in range(3):
        world.act(f"第{number}号关于动力电池溯源的通知", number=f"粤工信〔2026〕{number + 1}号")
    slack.faults = faults
    _until_sent(world, slack, clock)
    assert world.states() == {"sent": 3}
    assert len(slack.keys()) == len(set(slack.keys())) == 3
    assert slack.faults == []


def test_retry_after_is_honoured(world: World, slack: FakeSlack, clock: Clock) -> None:
    world.act()
    slack.faults = [Fault("status", status=429, retry_after="1.2")]
    run(world.archive, slack_settings(slack), clock=clock)
    first, second = [call.at for call in slack.calls]
    assert second - first >= 1.2
    assert world.states() == {"sent": 1}


def test_a_long_retry_after_is_left_to_the_next_run(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    world.act()
    slack.faults = [Fault("status", status=429, retry_after="400")]
    report = run(world.archive, slack_settings(slack), clock=clock)
    assert (report.sent, report.failed) == (0, 1)
    again = run(world.archive, slack_settings(slack), clock=clock)
    assert (again.sent, again.failed) == (0, 1)
    assert "still waits" in again.messages[0]
    assert len(slack.calls) == 1
    clock.skip(seconds=401)
    assert run(world.archive, slack_settings(slack), clock=clock).sent == 1


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "not_in_channel"])
def test_a_refused_token_pauses_the_channel_and_kills_nothing(
    world: World, slack: FakeSlack, clock: Clock, code: str
) -> None:
    for number in range(5):
        world.act(f"第{number}号关于动力电池溯源的通知", number=f"粤工信〔2026〕{number + 1}号")
    slack.faults = [Fault("error", error=code) for _ in range(4)]
    for _ in range(4):
        report = run(world.archive, slack_settings(slack), clock=clock)
        assert (report.sent, report.failed, report.dead) == (0, 1, 0)
        assert code in report.messages[0]
        clock.skip(minutes=1)
    assert slack.count("chat.postMessage") == 4
    assert run(world.archive, slack_settings(slack), clock=clock).sent == 5
    assert world.states() == {"sent": 5}


def test_refused_blocks_are_sent_as_plain_text_once(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    url = world.act()
    slack.faults = [Fault("error", error="invalid_blocks")]
    run(world.archive, slack_settings(slack), clock=clock)
    [message] = slack.messages
    assert "blocks" not in message
    assert url in message["text"]


def test_a_dead_letter_is_visible_and_can_be_sent_again(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    world.act()
    slack.faults = [Fault("error", error="invalid_blocks"), Fault("error", error="no_text")]
    report = run(world.archive, slack_settings(slack), clock=clock)
    assert (report.dead, world.states()) == (1, {"dead": 1})
    assert run(world.archive, slack_settings(slack), clock=clock).sent == 0
    assert run(world.archive, slack_settings(slack), clock=clock, retry_dead=True).sent == 1


def test_a_message_left_sending_is_looked_up_to_the_last_page(
    world: World, slack: FakeSlack, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process dies between Slack's acceptance and our note of it."""
    world.act()
    settings = slack_settings(slack)

    def die(*_: object, **__: object) -> None:
        raise SystemExit("killed")

    with monkeypatch.context() as patch:
        patch.setattr(Outbox, "mark_sent", die)
        with pytest.raises(SystemExit):
            run(world.archive, settings, clock=clock)
    assert world.states() == {"sending": 1}
    for number in range(120):
        slack._post({"text": f"talk {number}"})
    report = run(world.archive, settings, clock=clock)
    assert (report.sent, world.states()) == (1, {"sent": 1})
    assert slack.count("chat.postMessage") == 1
    assert slack.count("conversations.history") == 3
    [item] = world.archive.outbox.find()
    assert item.receipt["ts"] == slack.messages[0]["ts"]


def test_an_unknown_reply_is_looked_up_in_its_thread(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    url = world.act()
    settings = slack_settings(slack)
    run(world.archive, settings, clock=clock)
    world.archive.withdrawals.gone(
        url, reason("source.message", text="HTTP 404"), clock(), confirmed=False
    )
    world.archive.withdrawals.gone(
        url, reason("source.message", text="HTTP 404"), clock(), confirmed=True
    )
    slack.faults = [Fault("drop")]
    run(world.archive, settings, clock=clock)
    assert len(slack.messages) == 2
    assert slack.messages[1]["thread_ts"] == slack.messages[0]["ts"]
    assert slack.count("conversations.replies") == 1
    assert slack.count("conversations.history") == 0


def test_a_broken_channel_does_not_hold_up_the_others(
    world: World, slack: FakeSlack, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEAD_HOOK", "http://127.0.0.1:9/hook")
    world.act()
    settings = slack_settings(slack).model_dump(mode="json")
    settings["channels"]["dead"] = {"type": "webhook", "url_env": "DEAD_HOOK"}
    settings["channels"]["unset"] = {"type": "slack_webhook", "url_env": "NOT_SET_ANYWHERE"}
    settings["subscriptions"] += [{"channel": "dead"}, {"channel": "unset"}]
    monkeypatch.setattr("notifier.delivery.deliver.WAIT_SECONDS", 0.2)
    report = run(world.archive, Settings.model_validate(settings), clock=clock)
    assert len(slack.messages) == 1
    assert (report.queued, report.sent, report.failed) == (3, 1, 2)
    assert any("NOT_SET_ANYWHERE is not set" in message for message in report.messages)


def test_a_poisonous_message_does_not_block_the_channel(
    world: World, slack: FakeSlack, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack answers 500 to one message again and again: the others pass."""
    for number in range(3):
        world.act(f"第{number}号关于动力电池溯源的通知", number=f"粤工信〔2026〕{number + 1}号")
    poison = "第0号"
    monkeypatch.setattr("notifier.delivery.deliver.WAIT_SECONDS", 1.0)
    original = slack._result

    def result(method: str, body: dict[str, object]) -> dict[str, object]:
        if method == "chat.postMessage" and poison in str(body):
            return {"ok": False, "error": "internal_error"}
        return original(method, body)

    monkeypatch.setattr(slack, "_result", result)
    for _ in range(4):
        run(world.archive, slack_settings(slack), clock=clock)
        clock.skip(minutes=2)
    assert len(slack.messages) == 2


def test_two_notifiers_do_not_send_twice(world: World, slack: FakeSlack, clock: Clock) -> None:
    import threading

    for number in range(10):
        world.act(f"第{number}号关于动力电池溯源的通知", number=f"粤工信〔2026〕{number + 1}号")

    def work() -> None:
        with Archive.open(world.folder, clock=clock) as archive:
            run(archive, slack_settings(slack), clock=clock)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(slack.keys()) == len(set(slack.keys())) == 10
