"""Ask Slack, without sending anything, whether a channel would work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from config.model import SlackChannel
from notifier.channels.channel import MissingSecret
from notifier.slack.app_manifest import NEEDED, SCOPES
from notifier.slack.slack_calls import CallFailed, SlackCalls


@dataclass(frozen=True, kw_only=True, slots=True)
class SlackFinding:
    """One thing that was asked: ``fault`` says that alerts do not get through."""

    well: bool
    words: str
    fault: bool = False


def ask_slack(settings: SlackChannel) -> Iterator[SlackFinding]:
    """auth.test, the scopes of the token, and whether the app is in the channel."""
    try:
        calls = SlackCalls(settings, tries=1)
        told, scopes = calls.scopes()
    except MissingSecret:
        return  # said by the check of the channels' secrets
    except CallFailed as error:
        yield SlackFinding(well=False, words=str(error), fault=bool(error.code))
        return
    who = f"{told.get('user', '?')} of {told.get('team', '?')}"
    yield SlackFinding(well=True, words=f"Slack knows the token: {who}")
    yield from _scopes(scopes)
    yield from _channel(calls, settings)


def _scopes(given: frozenset[str]) -> Iterator[SlackFinding]:
    if not given:
        return  # Slack did not say
    missing = [scope for scope in SCOPES if scope not in given]
    if missing:
        words = f"the app lacks the scopes {', '.join(missing)}: add them and install it anew"
        yield SlackFinding(well=False, words=words, fault=not given >= NEEDED)


def _channel(calls: SlackCalls, settings: SlackChannel) -> Iterator[SlackFinding]:
    try:
        channel = calls.call("conversations.info", channel=settings.channel).get("channel") or {}
    except CallFailed as error:
        fault = error.code == "channel_not_found"
        yield SlackFinding(well=False, words=f"channel {settings.channel}: {error}", fault=fault)
        return
    if not channel.get("is_member"):
        words = f"the app is not in channel {settings.channel}: /invite it there"
        yield SlackFinding(well=False, words=words, fault=True)
