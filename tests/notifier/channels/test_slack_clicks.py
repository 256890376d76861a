"""Buttons: shown only where clicks can arrive, carried out once signed, told in the message."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest

from archive.store import Archive
from config.model import Settings, SlackChannel
from notifier.channels import slack_clicks
from notifier.channels.slack_clicks import Refused, http_request, listen
from notifier.run import run
from notifier.slack.chat_answers import ChatDesk
from tests.fakes.slack import FakeSlack, Fault
from tests.fakes.websocket import FakeSocketMode
from tests.notifier.conftest import Clock, World, slack_settings
from tests.notifier.render.block_kit import check

KEY = "8f742231b10e8888abcd99yyyzzz85a5"


@pytest.fixture
def channel(
    world: World, slack: FakeSlack, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> SlackChannel:
    """A channel with a signing secret, and one alert posted to it."""
    monkeypatch.setenv("SIGNING", KEY)
    plain = slack_settings(slack).model_dump(mode="json")
    plain["channels"]["compliance"]["signing_secret_env"] = "SIGNING"
    settings = Settings.model_validate(plain)
    world.act()
    run(world.archive, settings, clock=clock)
    made = settings.channels["compliance"]
    assert isinstance(made, SlackChannel)
    return made


def _click(slack: FakeSlack, action: str, value: str | None = None) -> bytes:
    message = slack.messages[0]
    buttons = next(block for block in message["blocks"] if block["type"] == "actions")
    payload = {
        "type": "block_actions",
        "user": {"id": "U1", "username": "ann <!channel>"},
        "channel": {"id": "C1"},
        "message": message,
        "actions": [{"action_id": action, "value": value or buttons["elements"][0]["value"]}],
    }
    return urlencode({"payload": json.dumps(payload)}).encode()


def _headers(body: bytes, key: str = KEY, age: int = 0) -> dict[str, str]:
    at = str(int(time.time()) - age)
    signature = hmac.new(key.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={signature}"}


def _send(channel: SlackChannel, world: World, body: bytes, **how: Any) -> int:
    """The status of the answer; a click that is signed is carried out."""
    try:
        reply = http_request(
            [channel], _headers(body, **how), body, ChatDesk(),
            lambda: Archive.open(world.folder, clock=world.clock),
        )  # fmt: skip
        if reply.work is not None:
            reply.work(world.archive)
    except Refused as error:
        return error.status
    return 200


def test_owning_an_alert_is_kept_and_shown(
    channel: SlackChannel, world: World, slack: FakeSlack
) -> None:
    notice_id = world.archive.outbox.find()[0].notice_id
    assert notice_id is not None
    assert _send(channel, world, _click(slack, "nw_own")) == 200
    state = world.archive.acknowledgements.of_notice(notice_id)
    assert (state.state, state.assignee) == ("assigned", "slack:ann <!channel>")
    [message] = slack.messages
    check(message)
    assert "Owned by ann" in str(message["blocks"])
    assert "<!channel>" not in json.dumps(message["blocks"])
    assert message["metadata"]["event_payload"]["dedupe_key"].startswith("alert:")
    _send(channel, world, _click(slack, "nw_wrong_topic"))
    assert [feedback.verdict for feedback in world.archive.feedback.find(notice_id)] == [
        "wrong_topic"
    ]
    assert sum(block["type"] == "actions" for block in slack.messages[0]["blocks"]) == 1


def test_a_late_click_does_not_take_an_act_back(
    channel: SlackChannel, world: World, slack: FakeSlack
) -> None:
    world.archive.acknowledgements.move(1, "assessed", "bob", note="no change for us")
    assert _send(channel, world, _click(slack, "nw_ack")) == 200
    assert _send(channel, world, _click(slack, "nw_own")) == 200
    assert [step.state for step in world.archive.acknowledgements.of_notice(1).history] == [
        "assessed"
    ]


def test_a_click_arrives_by_socket_mode_though_slack_was_away_at_first(
    channel: SlackChannel,
    world: World,
    slack: FakeSlack,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("APP_TOKEN", "xapp-1")
    monkeypatch.setattr(slack_clicks, "CONNECT_AGAIN", 0.05)
    payload = json.loads(parse_qs(_click(slack, "nw_own").decode())["payload"][0])
    far = FakeSocketMode([{"type": "interactive", "envelope_id": "e-1", "payload": payload}])
    slack.socket_url = far.url
    slack.faults = [Fault("status", method="apps.connections.open", status=503)]
    stop = threading.Event()
    updated = threading.Event()
    slack.on_update = updated.set
    listener = threading.Thread(
        target=listen,
        args=(
            channel.model_copy(update={"app_token_env": "APP_TOKEN"}),
            lambda: Archive.open(world.folder, clock=clock),
            stop,
            ChatDesk(),
        ),
    )
    listener.start()
    assert far.answered.wait(20)
    assert updated.wait(20)
    stop.set()
    listener.join(20)
    far.close()
    assert not listener.is_alive()
    assert [answer["envelope_id"] for answer in far.answers] == ["e-1"]
    assert world.archive.acknowledgements.of_notice(1).assignee == "slack:ann <!channel>"
    assert "Owned by ann" in json.dumps(slack.messages[0]["blocks"])


@pytest.mark.parametrize("how", [{"key": "another"}, {"age": 600}])
def test_an_unsigned_or_old_click_does_nothing(
    channel: SlackChannel, world: World, slack: FakeSlack, how: dict[str, Any]
) -> None:
    assert _send(channel, world, _click(slack, "nw_own"), **how) == 401
    assert world.archive.audit_log.latest() == []


@pytest.mark.parametrize(
    ("action", "value"), [("other", None), ("nw_own", "999999:1"), ("nw_own", "x; drop")]
)
def test_a_click_that_is_none_of_ours_changes_nothing(
    channel: SlackChannel, world: World, slack: FakeSlack, action: str, value: str | None
) -> None:
    assert _send(channel, world, _click(slack, action, value)) == 200
    assert world.archive.audit_log.latest() == []
    assert slack.count("chat.update") == 0
