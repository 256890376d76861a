"""Every channel of the settings opens, and says what it can do."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter

from config import model
from domain.records.states import OutboxKind
from notifier.channels.channel_factory import open_channel
from notifier.render.envelope import Envelope
from notifier.render.lines import Line, TextRun
from notifier.render.renderer import LineMessage
from notifier.run import run
from notifier.slack.chat_answers import ChatDesk
from tests.notifier.conftest import DEADLINE_30, Clock, World

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)

_LEAST: dict[str, dict[str, Any]] = {
    "terminal": {},
    "file": {"path": "out"},
    "slack": {"channel": "C0123456789"},
    "slack_webhook": {},
    "email": {"sender": "nw@example.com", "to": ["a@example.com"]},
    "apprise": {"url_env": "CHAT"},
    "webhook": {"url_env": "HOOK"},
}


def _settings(kind: str) -> model.Channel:
    read: model.Channel = TypeAdapter(model.Channel).validate_python({"type": kind, **_LEAST[kind]})
    return read


def test_the_least_settings_are_known_for_every_kind() -> None:
    union, _ = get_args(model.Channel)
    kinds = {get_args(kind.model_fields["type"].annotation)[0] for kind in get_args(union)}
    assert kinds == set(_LEAST)


@pytest.mark.parametrize("kind", _LEAST)
def test_every_channel_renders_a_message_and_shows_it_as_text(kind: str) -> None:
    renderer = open_channel(_settings(kind)).renderer
    envelope = Envelope(channel="c", key="k", kind=OutboxKind.TEST, now=NOW)
    lines = (
        Line(role="headline", segs=(TextRun(text="first"),)),
        Line(role="note", segs=(TextRun(text="second words"),)),
    )
    [item] = renderer.lines(LineMessage(lines=lines, lang="en"), envelope)
    assert (item.channel, item.kind) == ("c", OutboxKind.TEST)
    assert item.dedupe_key.startswith("k")
    assert "second words" in renderer.preview(item.payload)


@pytest.mark.parametrize("kind", _LEAST)
def test_only_mail_has_addresses_and_nobody_listens_without_a_token(kind: str) -> None:
    channel = open_channel(_settings(kind))
    addresses = channel.mail_addresses
    assert (addresses.to if addresses else None) == (
        ("a@example.com",) if kind == "email" else None
    )
    assert channel.click_listener(ChatDesk()) is None


def test_a_slack_channel_with_an_app_token_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    config = model.SlackChannel(type="slack", channel="C1", app_token_env="APP_TOKEN")
    assert open_channel(config).click_listener(ChatDesk()) is None
    monkeypatch.setenv("APP_TOKEN", "xapp-1")
    assert callable(open_channel(config).click_listener(ChatDesk()))


def test_rendering_for_slack_loads_no_sdk() -> None:
    code = (
        "import sys\n"
        "from config.model import SlackChannel\n"
        "from notifier.channels.channel_factory import open_channel\n"
        "open_channel(SlackChannel(type='slack', channel='C1')).renderer\n"
        "sys.exit('slack_sdk' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_facts_in_json_have_the_shape_that_is_stored(
    world: World, clock: Clock, tmp_path: Path
) -> None:
    world.act(facts=(DEADLINE_30,))
    out = tmp_path / "told"
    settings = model.Settings(
        channels={"file": model.FileChannel(type="file", path=str(out))},
        subscriptions=(model.Subscription(channel="file"),),
    )
    assert run(world.archive, settings, clock=clock).sent == 1
    [written] = out.glob("*.json")
    [fact] = json.loads(written.read_text("utf-8"))["facts"]
    assert (fact["kind"], fact["before"]) == ("deadline", None)
    assert fact["after"]["duration"] == "P30D"
