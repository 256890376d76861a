"""Commands, the shortcut, the home tab and link previews: answered to who asks, and as text."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.notifier.slack.conftest import ANNA, LI, STRANGER, Channel, blocks_of


def command(channel: Channel, text: str, user: str = ANNA, url: str = "") -> None:
    form = {
        "command": "/noticewatch", "text": text, "user_id": user, "user_name": "x",
        "channel_id": "C1", "response_url": url or channel.slack.answer_url,
    }  # fmt: skip
    channel.post(urlencode(form).encode())


def event(where: Channel, **told: Any) -> None:
    body = json.dumps({"type": "event_callback", "event": told}).encode()
    where.post(body, **{"Content-Type": "application/json"})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("search battery packs", "hit 0 for battery packs"),
        ("search nothing", "Nothing was found."),
        ("duty who reports?", "who reports?"),
        ("due", "within 30"),
        ("due 7", "within 7"),
        ("due 99999999999999", "within 3660"),
        ("check Fines rose to 1 %.", "Fines rose to 1 %."),
    ],
)
def test_a_command_is_answered_to_who_asks(channel: Channel, text: str, shown: str) -> None:
    command(channel, text)
    [told] = channel.slack.told
    assert told["response_type"] == "ephemeral"
    assert shown in blocks_of(told)
    assert "<!channel>" not in json.dumps(told, ensure_ascii=False)


def test_a_long_answer_says_how_many_there_are(channel: Channel) -> None:
    command(channel, "search battery")
    shown = blocks_of(channel.slack.told[0])
    assert "hit 9" in shown
    assert "hit 10" not in shown
    assert "12 in all" in shown


@pytest.mark.parametrize("text", ["", "help", "search", "due tomorrow", "sudo rm", "duty   "])
def test_anything_else_is_told_what_there_is(channel: Channel, text: str) -> None:
    command(channel, text, LI)
    assert "检索文件" in channel.slack.told[0]["text"]


def test_strangers_are_told_nothing_of_the_archive(channel: Channel) -> None:
    command(channel, "search battery", STRANGER)
    [told] = channel.slack.told
    assert "hit" not in json.dumps(told)
    assert STRANGER in told["text"]
    event(channel, type="link_shared", channel="C1", message_ts="1.2", user=STRANGER,
          links=[{"url": "https://archive.example/notices/1"}])  # fmt: skip
    assert channel.slack.unfurls == []
    event(channel, type="app_home_opened", user=STRANGER, tab="home")
    [home] = channel.slack.views
    assert STRANGER in blocks_of(home)
    assert "ok 3" not in blocks_of(home)


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/answer",
        "http://127.0.0.1:1/answer",
        "https://slack.com.evil.example/",
        "file:///etc/passwd",
    ],
)
def test_answers_go_to_slack_only(channel: Channel, url: str) -> None:
    command(channel, "search battery", url=url)
    assert channel.slack.told == []


def test_the_shortcut_checks_a_message(channel: Channel) -> None:
    channel.send(
        {
            "type": "message_action", "callback_id": "nw_check", "user": {"id": ANNA},
            "channel": {"id": "C1"}, "message": {"text": "The fine is 1 million."},
            "response_url": channel.slack.answer_url,
        }
    )  # fmt: skip
    shown = blocks_of(channel.slack.told[0])
    assert "contradicted" in shown
    assert "The fine is 1 million." in shown


@pytest.mark.parametrize(("user", "shown"), [(ANNA, "of anna"), (LI, "目前没有待您处理的事项。")])
def test_the_home_tab_shows_what_is_ones_own(channel: Channel, user: str, shown: str) -> None:
    event(channel, type="app_home_opened", user=user, tab="home")
    [home] = channel.slack.views
    assert home["type"] == "home"
    for words in (shown, "2026-12-18", "ok 3"):
        assert words in blocks_of(home)
    event(channel, type="app_home_opened", user=user, tab="messages")
    assert len(channel.slack.views) == 1


def test_links_that_are_known_get_a_preview(channel: Channel) -> None:
    known, other = "https://archive.example/notices/1", "https://elsewhere.example/"
    event(channel, type="link_shared", channel="C1", message_ts="1.2", user=ANNA,
          links=[{"url": known}, {"url": other}])  # fmt: skip
    [told] = channel.slack.unfurls
    assert list(told["unfurls"]) == [known]
    assert "what it says" in json.dumps(told)
