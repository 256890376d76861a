"""Which bundles a hub takes, and what it says of those that it does not take."""

from __future__ import annotations

import asyncio
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.border.bundle_format import bundle_name
from crawler.border.collector_keys import make_key, read_key
from noticewatch.application.border.collector_round import start_anew
from noticewatch.application.border.receiver import (
    begin_anew,
    collector_states,
    lasting_troubles,
    receive,
)
from tests.noticewatch.application.border.border_world import (
    NAME,
    BorderWorld,
    exported,
    names,
    sightless,
)


@pytest.fixture
def three(world: BorderWorld) -> BorderWorld:
    """A world of which three bundles lie on the near side of the border."""
    site = world.site(notices=1)
    for number in range(3):
        world.publish(site, number + 1)
        world.pass_on()
    return world


def at(world: BorderWorld, number: int) -> Path:
    return world.here / bundle_name(NAME, number)


def why(world: BorderWorld) -> list[str]:
    return [one.why for one in world.receive().reception.refused]


def test_bundles_out_of_order_wait_for_the_gap_which_is_told_when_it_lasts(
    three: BorderWorld,
) -> None:
    three.carry(bundle_name(NAME, 1), bundle_name(NAME, 3))
    report = three.receive()
    assert names(report.reception.taken) == [1]
    assert [gap.sentence for gap in report.reception.gaps] == [
        "bundle 2 is awaited from inside; 3 is here and waits"
    ]
    (state,) = collector_states(three.app)
    assert lasting_troubles(state, three.clock.now + timedelta(minutes=59)) == []
    assert len(lasting_troubles(state, three.clock.now + timedelta(hours=2))) == 1
    three.carry()
    assert names(three.receive().reception.taken) == [2, 3]
    (state,) = collector_states(three.app)
    assert state.troubles == ()
    assert sightless(three.archive) == sightless(three.direct)


def test_bundles_that_come_again_change_nothing(three: BorderWorld) -> None:
    three.carry()
    three.receive()
    before = exported(three.archive)
    report = three.receive()
    assert (report.reception.taken, report.reception.known) == ([], 3)
    assert report.well
    assert exported(three.archive) == before


def test_a_dry_run_keeps_nothing(three: BorderWorld) -> None:
    three.carry()
    told = asyncio.run(receive(three.app, None, [three.here]))
    assert names(told.reception.taken) == [1, 2, 3]
    assert exported(three.archive) == b""
    assert names(three.receive().reception.taken) == [1, 2, 3]


@pytest.mark.parametrize("kept", [0, 5, 13, 200, -100, -1])
def test_a_bundle_cut_anywhere_is_refused_and_taken_when_it_is_whole(
    three: BorderWorld, kept: int
) -> None:
    three.carry(bundle_name(NAME, 1))
    whole = at(three, 1).read_bytes()
    at(three, 1).write_bytes(whole[:kept])
    (sentence,) = why(three)
    assert "cut short" in sentence or "does not begin" in sentence
    assert exported(three.archive) == b""
    at(three, 1).write_bytes(whole)
    assert why(three) == []


@pytest.mark.parametrize("place", [0.0, 0.03, 0.2, 0.5, 0.7, 0.999])
def test_a_bundle_with_one_bit_changed_is_refused(three: BorderWorld, place: float) -> None:
    three.carry(bundle_name(NAME, 1))
    raw = bytearray(at(three, 1).read_bytes())
    raw[int(place * len(raw))] ^= 4
    at(three, 1).write_bytes(bytes(raw))
    assert len(why(three)) == 1
    assert exported(three.archive) == b""


def test_bytes_behind_the_end_are_refused(three: BorderWorld) -> None:
    three.carry(bundle_name(NAME, 1))
    at(three, 1).write_bytes(at(three, 1).read_bytes() + b"\0")
    assert "longer than its manifest says" in why(three)[0]


def test_a_bundle_by_another_key_is_refused(three: BorderWorld, tmp_path: Path) -> None:
    make_key(tmp_path / "other.key")
    forger = three.collector("forger")
    object.__setattr__(forger.setup, "key", read_key(tmp_path / "other.key"))
    shutil.rmtree(three.out)
    three.collect(forger)
    three.carry()
    assert "not by the key that is trusted" in why(three)[0]
    (state,) = collector_states(three.app)
    assert "not by the key" in lasting_troubles(state, three.clock.now)[0]


def test_a_bundle_of_an_unknown_collector_is_refused(three: BorderWorld) -> None:
    three.carry(bundle_name(NAME, 1))
    at(three, 1).rename(three.here / "stranger-000000001.nwb")
    assert "no collector of such a name" in why(three)[0]
    (three.here / "readme.nwb").write_text("not a bundle")
    assert len(why(three)) == 2


def test_a_bundle_under_another_number_is_judged_by_what_it_says(three: BorderWorld) -> None:
    three.carry(bundle_name(NAME, 1))
    three.receive()
    shutil.copy(three.out / bundle_name(NAME, 3), at(three, 2))
    assert "does not follow bundle 1" in why(three)[0]


def test_a_bundle_from_a_clock_ahead_waits(three: BorderWorld) -> None:
    three.carry(bundle_name(NAME, 1))
    three.clock.now -= timedelta(days=2)
    assert "the collector's clock is wrong" in why(three)[0]
    three.clock.now += timedelta(days=2)
    assert why(three) == []


def test_two_machines_with_one_key_are_told(three: BorderWorld) -> None:
    three.carry(bundle_name(NAME, 1))
    three.receive()
    shutil.rmtree(three.out)
    three.collect(three.collector("twin"))
    three.carry(bundle_name(NAME, 1))
    assert "begins another log" in why(three)[0]


def test_a_collector_set_up_anew_goes_on_when_the_hub_allows_it(three: BorderWorld) -> None:
    three.carry()
    three.receive()
    start_anew(three.round.setup)
    shutil.rmtree(three.out)
    shutil.rmtree(three.here)
    three.here.mkdir()
    three.publish(three.sites[0], 8)
    three.pass_on()
    three.carry()
    assert three.receive().reception.taken == []
    begin_anew(three.app, NAME)
    assert names(three.receive().reception.taken) == [1]
    assert sightless(three.archive) == sightless(three.direct)


def test_a_source_that_is_another_s_is_left_out_and_told(three: BorderWorld) -> None:
    three.carry()
    three.app.sources.clear()
    report = three.receive()
    assert not report.well
    assert exported(three.archive) == b""
    (state,) = collector_states(three.app)
    assert "not among its sources" in state.troubles[0].sentence


def test_a_collector_that_falls_silent_is_told(three: BorderWorld) -> None:
    three.carry()
    three.receive()
    three.clock.now += timedelta(hours=27)
    (state,) = collector_states(three.app)
    assert "no bundle of inside has come since" in lasting_troubles(state, three.clock.now)[0]
