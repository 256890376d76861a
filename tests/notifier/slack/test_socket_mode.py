"""The same over Socket Mode, by a WebSocket: each envelope gets its answer, faults included."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from archive.store import Archive
from notifier.channels.slack_clicks import listen
from notifier.slack.chat_answers import chat_desk
from tests.fakes.websocket import FakeSocketMode
from tests.notifier.slack.conftest import ANNA, STRANGER, Answers, Channel, blocks_of


def over_socket(
    channel: Channel, monkeypatch: pytest.MonkeyPatch, *envelopes: dict[str, Any]
) -> list[dict[str, Any]]:
    """What came back for the envelopes, in their order; their work is done."""
    monkeypatch.setenv("APP_TOKEN", "xapp-1")
    far = FakeSocketMode([{**e, "envelope_id": f"e-{n}"} for n, e in enumerate(envelopes)])
    channel.slack.socket_url = far.url
    stop = threading.Event()
    desk = chat_desk(channel.settings, Answers(), channel.world.clock)
    settings = channel.channel.model_copy(update={"app_token_env": "APP_TOKEN"})

    def opened() -> Archive:
        return Archive.open(channel.world.folder, clock=channel.world.clock)

    thread = threading.Thread(target=listen, args=(settings, opened, stop, desk))
    thread.start()
    try:
        until = time.monotonic() + 20
        while len(far.answers) < len(envelopes) and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.5)  # the work after the last answer
    finally:
        stop.set()
        thread.join(20)
        far.close()
    return sorted(far.answers, key=lambda answer: answer["envelope_id"])


def form(channel: Channel, user: str, **fields: Any) -> dict[str, Any]:
    values = {name: {name: {"value": value}} for name, value in fields.items()}
    view = {**channel.slack.views[-1], "state": {"values": values}}
    payload = {"type": "view_submission", "user": {"id": user}, "view": view}
    return {"type": "interactive", "payload": payload}


def test_clicks_forms_and_commands_come_by_socket_mode(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel.click("nw_not_for_us")
    command = {
        "type": "slash_commands",
        "payload": {
            "command": "/noticewatch", "text": "due", "user_id": ANNA,
            "response_url": channel.slack.answer_url,
        },
    }  # fmt: skip
    home = {"type": "events_api", "payload": {"event": {"type": "app_home_opened", "user": ANNA}}}
    answers = over_socket(
        channel, monkeypatch,
        form(channel, ANNA, why="other"),
        form(channel, STRANGER, why="topic"),
        form(channel, ANNA, why="entity"),
        command, home, {"type": "something_new", "payload": {"x": 1}},
    )  # fmt: skip
    assert [answer["envelope_id"] for answer in answers] == [f"e-{n}" for n in range(6)]
    assert answers[0]["payload"]["errors"] == {"note": "Say which reason"}
    assert "not among the people" in answers[1]["payload"]["errors"]["why"]
    assert "payload" not in answers[2]
    assert channel.world.archive.handling.state(1).state == "closed"
    assert "Not for us, says Anna Keller" in blocks_of(channel.alert)
    assert "within 30" in blocks_of(channel.slack.told[-1])
    assert channel.slack.views[-1]["type"] == "home"
