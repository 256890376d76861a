"""``notify --test``: the test message arrives, and a click on its button comes back or not."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.slack import FakeSlack
from tests.fakes.websocket import FakeSocketMode
from tests.noticewatch.invoked import run

pytestmark = pytest.mark.usefixtures("inside")


class PressingSocketMode(FakeSocketMode):
    """Somebody presses the button of the message that came last."""

    def __init__(self, slack: FakeSlack) -> None:
        super().__init__([])
        self._slack = slack

    def _talk(self, connection: Any) -> None:
        message = self._slack.messages[-1]
        button = next(b for b in message["blocks"] if b["type"] == "actions")["elements"][0]
        action = {"action_id": button["action_id"], "value": button["value"]}
        payload = {"type": "block_actions", "user": {"id": "U1"}, "actions": [action]}
        self.envelopes = [{"type": "interactive", "envelope_id": "e-1", "payload": payload}]
        super()._talk(connection)


@pytest.fixture
def slack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeSlack:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("APP", "xapp-1")
    fake = FakeSlack()
    channel = {"type": "slack", "channel": "C1", "api_base_url": fake.url, "app_token_env": "APP"}
    settings = {"channels": {"team": channel, "t": {"type": "terminal"}}}
    (tmp_path / "noticewatch.yml").write_text(json.dumps(settings), encoding="utf-8")
    return fake


def test_a_click_comes_back(slack: FakeSlack) -> None:
    far = PressingSocketMode(slack)
    slack.socket_url = far.url
    done = run("notify", "--test", "team", "--wait", "20")
    assert "team: delivered" in done.stderr
    assert "team: the click came back" in done.stderr
    far.close()
    slack.close()


def test_no_click_is_told_and_nothing_is_waited_for_without_buttons(slack: FakeSlack) -> None:
    far = FakeSocketMode([])
    slack.socket_url = far.url
    assert "no click within 1 s" in run("notify", "--test", "team", "--wait", "1", code=3).stderr
    before = threading.active_count()
    assert "click" not in run("notify", "--test", "t", "--wait", "20").stderr
    assert threading.active_count() <= before
    assert "click" not in run("notify", "--test", "team").stderr  # nobody sits at a terminal
    far.close()
    slack.close()
