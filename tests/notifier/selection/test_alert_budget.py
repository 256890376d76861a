"""A source that floods is told up to its day's budget; the rest waits, and operators hear once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from config.model import Settings
from notifier.run import run
from notifier.selection import alert_budget
from tests.fakes.slack import FakeSlack
from tests.notifier.conftest import Clock, World, slack_settings


def test_alerts_beyond_a_days_budget_wait_and_other_sources_do_not(
    world: World, slack: FakeSlack, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alert_budget, "ALERTS_A_DAY", 4)

    both = slack_settings(slack).model_dump(mode="json")
    both["channels"]["ops"] = {"type": "terminal", "purpose": "health"}
    settings = Settings.model_validate(both)

    def told() -> list[str]:
        before = len(slack.messages)
        run(world.archive, settings, clock=clock)
        return [message["text"] for message in slack.messages[before:]]

    for number in range(4):
        world.act(f"关于报送第{number}批废旧动力电池溯源信息的通知")
        assert len(told()) == 1
    for number in range(4, 7):
        world.act(f"关于报送第{number}批废旧动力电池溯源信息的通知")
        world.act(
            f"关于第{number}批动力电池编码的公告", source="cn-miit", jurisdiction="CN",
            issuers=("工业和信息化部",), url=f"https://miit.example/{number}.html",
        )  # fmt: skip
        (text,) = told()
        assert text.startswith("🟠 China"), "the ministry's, not the province's"
    assert len(world.archive.outbox.unselected_changes()) == 3
    kept = world.archive.outbox.find(limit=100)
    waiting = [item for item in kept if "flood:" in item.dedupe_key]
    assert len(waiting) == 1, "one message a day"
    clock.skip(hours=25)
    assert len(told()) >= 1
    assert world.archive.outbox.unselected_changes() == []


def test_nothing_is_held_back_below_the_budget(world: World, clock: Clock) -> None:
    world.act()
    changes = world.archive.outbox.unselected_changes()
    kept, waiting = alert_budget.within_budget(
        world.archive, changes, clock() + timedelta(minutes=1)
    )
    assert kept == changes
    assert not waiting
