"""Setting Slack up: the manifest, what Slack says of token and channel, and errors in words."""

from __future__ import annotations

import pytest

from config.model import SlackChannel
from notifier.slack.app_manifest import SCOPES, app_manifest
from notifier.slack.slack_calls import CallFailed, SlackCalls
from notifier.slack.slack_checks import ask_slack
from tests.fakes.slack import FakeSlack, Fault

EVERYTHING = ",".join(SCOPES)


@pytest.fixture
def settings(slack: FakeSlack) -> SlackChannel:
    slack.scopes = EVERYTHING
    return SlackChannel(type="slack", channel="C1", api_base_url=slack.url)


def test_the_manifest_is_by_socket_mode_or_for_a_public_address() -> None:
    inner, outer = app_manifest(None), app_manifest("https://nw.example.com/")
    assert inner["settings"]["socket_mode_enabled"] is True
    assert "request_url" not in inner["settings"]["interactivity"]
    assert "unfurl_domains" not in inner["features"]
    address = "https://nw.example.com/slack/actions"
    assert outer["settings"]["socket_mode_enabled"] is False
    assert outer["settings"]["interactivity"]["request_url"] == address
    assert outer["features"]["slash_commands"][0]["url"] == address
    assert outer["features"]["unfurl_domains"] == ["nw.example.com"]
    for made in (inner, outer):
        assert made["oauth_config"]["scopes"]["bot"] == list(SCOPES)
        assert len(made["display_information"]["description"]) <= 140


def test_a_channel_that_works_is_said_to(settings: SlackChannel, slack: FakeSlack) -> None:
    [found] = ask_slack(settings)
    assert (found.well, found.words) == (True, "Slack knows the token: noticewatch of Example")
    assert slack.messages == []


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault("error", "auth.test", error="invalid_auth"), "refuses the token in SLACK_BOT_TOKEN"),
        (Fault("error", "auth.test", error="token_revoked"), "was revoked"),
        (Fault("error", "conversations.info", error="channel_not_found"), "invite the app"),
        (Fault("error", "conversations.info", error="missing_scope"), "add the scope"),
        (Fault("refuse", "auth.test"), "not reached"),
        (Fault("status", "auth.test", status=429, retry_after="30"), "HTTP 429"),
    ],
)
def test_what_does_not_work_is_a_sentence(
    settings: SlackChannel, slack: FakeSlack, fault: Fault, words: str
) -> None:
    slack.faults = [fault]
    found = [one for one in ask_slack(settings) if not one.well]
    assert len(found) == 1
    assert words in found[0].words


def test_missing_scopes_and_an_app_that_is_not_invited(
    settings: SlackChannel, slack: FakeSlack
) -> None:
    slack.scopes, slack.joined = "chat:write,commands", False
    _, scopes, joined = ask_slack(settings)
    assert "links:write" in scopes.words
    assert "chat:write," not in scopes.words
    assert not scopes.fault
    assert joined.fault
    assert "/invite" in joined.words
    slack.scopes = "commands"
    assert any(one.fault and "chat:write" in one.words for one in ask_slack(settings))


def test_without_a_token_nothing_is_asked(
    settings: SlackChannel, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    assert list(ask_slack(settings)) == []
    assert slack.calls == []


@pytest.mark.parametrize("tries", [1, 2])
def test_a_busy_slack_is_asked_again_in_its_time(
    settings: SlackChannel, slack: FakeSlack, tries: int
) -> None:
    slack.faults = [Fault("status", "auth.test", status=429, retry_after="0")]
    calls = SlackCalls(settings, tries=tries)
    if tries == 1:
        with pytest.raises(CallFailed):
            calls.call("auth.test")
    else:
        assert calls.call("auth.test")["team"] == "Example"
