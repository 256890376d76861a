"""One alert in a loopback Slack, people who may click, and what Slack would send for it."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest

from archive.store import Archive
from config.model import Settings, SlackChannel
from notifier.channels.slack_clicks import http_request
from notifier.run import run
from notifier.slack.chat_answers import ChatCard, ChatLine, chat_desk
from notifier.slack.slack_requests import SlackReply
from tests.fakes.slack import FakeSlack
from tests.notifier.conftest import DEADLINE_30, Clock, World, slack_settings

KEY = "8f742231b10e8888abcd99yyyzzz85a5"
ANNA, LI, ROLF, STRANGER = "U0000ANNA", "U000000LI", "U0000ROLF", "U0STRANGE"
PEOPLE = [
    {"id": "anna", "name": "Anna Keller", "slack": ANNA, "language": "en", "role": "approver"},
    {"id": "li", "name": "李雷", "slack": LI, "language": "zh", "role": "analyst"},
    {"id": "rolf", "name": "Rolf Berg", "slack": ROLF, "role": "viewer"},
]


class Answers:
    """Answers in a line each; an address of the archive stands for an act."""

    def search(self, archive: Archive, words: str, lang: str) -> Sequence[ChatLine]:
        found = [
            ChatLine(lead=f"hit {n} for {words}", url="https://x.example/1") for n in range(12)
        ]
        return found if words != "nothing" else []

    def duty(self, archive: Archive, question: str, lang: str) -> Sequence[ChatLine]:
        return [ChatLine(lead=f"duty <!channel> {question}", text="第三条")]

    def due(self, archive: Archive, days: int, lang: str) -> Sequence[ChatLine]:
        return [ChatLine(lead="2026-12-18", text=f"within {days}")]

    def check(self, archive: Archive, text: str, lang: str) -> Sequence[ChatLine]:
        return [ChatLine(lead="contradicted", text=text)] if text else []

    def mine(self, archive: Archive, person: str, lang: str) -> Sequence[ChatLine]:
        return [ChatLine(lead=f"of {person}")] if person == "anna" else []

    def health(self, archive: Archive, lang: str) -> Sequence[ChatLine]:
        return [ChatLine(lead="ok 3")]

    def card(self, archive: Archive, url: str, lang: str) -> ChatCard | None:
        known = url.startswith("https://archive.example/notices/")
        return ChatCard(title="An act", lines=["what it says"], url=url) if known else None


@dataclass
class Channel:
    """The channel with its one alert, and how people act in it."""

    world: World
    slack: FakeSlack
    settings: Settings

    @property
    def channel(self) -> SlackChannel:
        found = self.settings.channels["compliance"]
        assert isinstance(found, SlackChannel)
        return found

    @property
    def alert(self) -> dict[str, Any]:
        return self.slack.messages[0]

    def click(self, action: str, user: str = ANNA, **more: Any) -> SlackReply:
        buttons = next(b for b in self.alert["blocks"] if b["type"] == "actions")
        value = more.pop("value", None) or buttons["elements"][0]["value"]
        return self.send(
            {
                "type": "block_actions", "user": {"id": user, "username": "x"},
                "channel": {"id": "C1"}, "message": self.alert, "trigger_id": "t-1",
                "response_url": self.slack.answer_url,
                "actions": [{"action_id": action, "value": value}], **more,
            }
        )  # fmt: skip

    def submit(self, user: str = ANNA, **fields: Any) -> SlackReply:
        """The form that was opened last, filled in."""
        view = self.slack.views[-1]
        values = {name: {name: _state(value)} for name, value in fields.items()}
        return self.send(
            {
                "type": "view_submission", "user": {"id": user},
                "view": {**view, "state": {"values": values}},
            }
        )  # fmt: skip

    def send(self, payload: Mapping[str, Any]) -> SlackReply:
        return self.post(urlencode({"payload": json.dumps(payload)}).encode())

    def post(self, body: bytes, **headers: str) -> SlackReply:
        """Signed, as Slack sends it; what is to be done after the answer is done."""
        desk = chat_desk(self.settings, Answers(), self.world.clock)
        reply = http_request(
            self.settings.channels.values(), {**signed(body), **headers}, body, desk, self.open
        )
        if reply.work is not None:
            reply.work(self.world.archive)
        return reply

    def open(self) -> Archive:
        return Archive.open(self.world.folder, clock=self.world.clock)


def _state(value: Any) -> dict[str, Any]:
    """The state of a field as Slack gives it."""
    if isinstance(value, bool):
        return {"selected_options": [{"value": "yes"}] if value else []}
    if isinstance(value, str) and value[:4].isdigit() and value[4:5] == "-" and len(value) == 10:
        return {"selected_date": value, "value": value}
    return {"value": value, "selected_option": {"value": value}}


def signed(body: bytes) -> dict[str, str]:
    at = str(int(time.time()))
    mac = hmac.new(KEY.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={mac}"}


def blocks_of(message: Mapping[str, Any]) -> str:
    return json.dumps(message["blocks"], ensure_ascii=False)


@pytest.fixture
def people() -> list[dict[str, Any]]:
    return PEOPLE


@pytest.fixture
def channel(
    world: World, slack: FakeSlack, clock: Clock, monkeypatch: pytest.MonkeyPatch,
    people: list[dict[str, Any]],
) -> Channel:  # fmt: skip
    monkeypatch.setenv("SIGNING", KEY)
    plain = slack_settings(slack, deputy="li" if people else None).model_dump(mode="json")
    plain["channels"]["compliance"]["signing_secret_env"] = "SIGNING"
    plain["people"] = people
    plain["web"]["public_url"] = "https://archive.example"
    settings = Settings.model_validate(plain)
    world.act(topics=("traceability-format", "portal"), facts=(DEADLINE_30,))
    run(world.archive, settings, clock=clock)
    return Channel(world=world, slack=slack, settings=settings)
