"""The morning's list of what nobody owns: once a day, only what the channel was told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from notifier.run import run
from tests.fakes.slack import FakeSlack, goes_on
from tests.notifier.conftest import FINE_LOW, Clock, World, slack_settings

# Half past nine in Shanghai, the day after the acts.
MORNING = datetime(2026, 12, 2, 1, 30, tzinfo=UTC)


def _pass(world: World, slack: FakeSlack, clock: Clock, **more: object) -> list[str]:
    before = len(slack.messages)
    run(world.archive, slack_settings(slack, unowned_at="09:00", **more), clock=clock)
    return [message["text"] for message in slack.messages[before:] if not goes_on(message)]


def _acts(world: World, slack: FakeSlack, clock: Clock) -> None:
    clock.go(datetime(2026, 12, 1, 6, 0, tzinfo=UTC))
    for title in ("关于报送溯源信息的通知", "关于罚款的通知"):
        world.act(title, text=f"{title}。企业应当在三十日内报送，逾期处罚。", facts=(FINE_LOW,))
    assert len(_pass(world, slack, clock)) == 2  # two in the afternoon: the alerts alone


def test_each_morning_one_message_lists_what_nobody_owns(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    _acts(world, slack, clock)
    clock.go(MORNING)
    assert _pass(world, slack, clock) == ["2 acts have no owner yet"]
    told = str(slack.messages[-1]["blocks"])
    assert "关于罚款的通知" in told
    assert "关于报送溯源信息的通知" in told
    clock.skip(hours=1)
    assert _pass(world, slack, clock) == []
    world.archive.handling.take(1, "韩梅梅")
    clock.skip(days=1)
    assert _pass(world, slack, clock) == ["1 act has no owner yet"]
    assert "关于报送溯源信息的通知" not in str(slack.messages[-1]["blocks"])
    world.archive.handling.take(2, "李雷")
    clock.skip(days=1)
    assert _pass(world, slack, clock) == []


@pytest.mark.parametrize("hours", [-2, 5])
def test_it_is_not_sent_before_its_time_nor_long_after(
    world: World, slack: FakeSlack, clock: Clock, hours: int
) -> None:
    _acts(world, slack, clock)
    clock.go(MORNING)
    clock.skip(hours=hours)
    assert _pass(world, slack, clock) == []


def test_what_another_channel_was_told_is_not_listed(
    world: World, slack: FakeSlack, clock: Clock
) -> None:
    clock.go(datetime(2026, 12, 1, 6, 0, tzinfo=UTC))
    world.act("关于报送溯源信息的通知", jurisdiction="CN-GD", facts=(FINE_LOW,))
    assert _pass(world, slack, clock, jurisdictions=["CN-JS"]) == []
    clock.go(MORNING)
    assert _pass(world, slack, clock, jurisdictions=["CN-JS"]) == []
