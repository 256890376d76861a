"""kill -9 at random moments of sending: every alert arrives, none twice."""

from __future__ import annotations

import multiprocessing
import os
import random
import time

import pytest

from notifier.run import run
from notifier.selection import alert_budget
from tests.fakes.slack import FakeSlack
from tests.notifier.conftest import Clock, World, settings_for
from tests.notifier.delivery.killed_notifier import main

ROUNDS = int(os.environ.get("NOTICEWATCH_KILLS", "20"))


@pytest.mark.timeout(60 + 4 * ROUNDS)
def test_kill_nine_at_random_moments(
    world: World, slack: FakeSlack, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alert_budget, "ALERTS_A_DAY", 10_000)  # as in the processes that die
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.notifier.delivery.killed_notifier"])
    chance = random.Random(20261123)
    slack.latency = 0.004
    total = killed = 0
    for _ in range(ROUNDS):
        for _ in range(8):
            total += 1
            world.act(f"第{total}号关于动力电池溯源管理的通知", number=f"粤工信〔2026〕{total}号")
        sender = context.Process(target=main, args=(str(world.folder), slack.url))
        before = len(slack.calls)
        sender.start()
        enough = before + chance.randint(1, 7)  # calls of eight, so that it dies on the way
        while len(slack.calls) < enough and sender.is_alive():
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.008))
        sender.kill()
        sender.join()
        killed += sender.exitcode == -9
    if not killed:
        pytest.fail("no process was killed while it was sending")
    for _ in range(5):
        run(world.archive, settings_for(slack.url), clock=clock)
        if set(world.states()) == {"sent"}:
            break
        clock.skip(minutes=2)
    assert world.states() == {"sent": total}
    assert len(slack.keys()) == len(set(slack.keys())) == total
