"""The service of a hub takes bundles by itself and tells what is wrong with them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from config.machines.border import BorderSettings
from crawler.border.bundle_format import bundle_name
from noticewatch.daemon.bundle_receiver import BundleReceiver
from noticewatch.daemon.jobs import JobRunner
from noticewatch.daemon.operator_alarms import Alarms
from noticewatch.daemon.pass_lock import PassLock
from noticewatch.daemon.stage_guard import StageGuard
from noticewatch.daemon.watchdog import StageStatuses
from tests.noticewatch.application.border.border_world import NAME, BorderWorld, sightless

ALARM = f"alarm:collector-{NAME}"


class Jobs(JobRunner):
    """Writes down what was asked to run soon."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def run_soon(self, name: str) -> None:
        self.asked.append(name)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[BorderWorld]:
    made = BorderWorld(tmp_path)
    border = BorderSettings(
        collectors=made.app.settings.border.collectors, folders=(str(made.here),)
    )
    made.app.settings = made.app.settings.model_copy(update={"border": border})
    yield made
    made.close()


def receiver(world: BorderWorld) -> tuple[BundleReceiver, Jobs]:
    stages, jobs = StageStatuses(), Jobs()
    stages.add("receive", 600)
    guard = StageGuard(stages, Alarms(world.app, world.clock))
    lock = PassLock(world.app.data_dir / "pass.lock")
    return BundleReceiver(app=world.app, guard=guard, jobs=jobs, pass_lock=lock), jobs


def test_what_lies_in_the_folder_is_taken_and_classified_soon(world: BorderWorld) -> None:
    world.site(notices=2)
    world.pass_on()
    world.carry()
    service, jobs = receiver(world)
    asyncio.run(service.tick())
    assert jobs.asked == ["classify", "notify"]
    assert sightless(world.archive) == sightless(world.direct)
    asyncio.run(service.tick())
    assert jobs.asked == ["classify", "notify"]


def test_a_gap_is_told_when_it_lasts_and_once_more_when_it_is_closed(world: BorderWorld) -> None:
    world.site(notices=1)
    for _ in range(3):
        world.pass_on()
    world.carry(bundle_name(NAME, 1), bundle_name(NAME, 3))
    service, _ = receiver(world)
    asyncio.run(service.tick())
    assert world.archive.marks.get(ALARM) is None
    world.clock.now += timedelta(hours=2)
    asyncio.run(service.tick())
    assert world.archive.marks.get(ALARM) is not None
    world.carry()
    asyncio.run(service.tick())
    assert world.archive.marks.get(ALARM) is None


def test_a_machine_without_collectors_does_nothing(world: BorderWorld) -> None:
    world.app.settings = world.app.settings.model_copy(update={"border": BorderSettings()})
    service, jobs = receiver(world)
    asyncio.run(service.tick())
    assert jobs.asked == []
    assert not (world.app.data_dir / "border" / "inbox.db").exists()
