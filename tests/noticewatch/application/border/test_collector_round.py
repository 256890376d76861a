"""What a collector keeps, brings and asks for again."""

from __future__ import annotations

import stat
from datetime import timedelta
from pathlib import Path

import pytest

from archive.backends.spools.collector_spool import CollectorSpool
from crawler.border.bundle_format import bundle_name, check_bundle, entries_of, read_bundle
from crawler.border.collector_keys import KeyProblem, make_key, public_key, public_text, read_key
from domain.records.remote.collected import EntryKind
from noticewatch.application.border.collector_round import CollectorTask
from noticewatch.application.border.receiver import open_inbox
from tests.noticewatch.application.border.border_world import (
    NAME,
    BorderWorld,
    sightless,
)


def waiting(world: BorderWorld) -> list[int]:
    spool = CollectorSpool(world.round.setup.folder)
    try:
        return [number for number, _ in spool.waiting()]
    finally:
        spool.close()


def test_a_key_is_its_owners_alone_and_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "a.key"
    public = make_key(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert public_text(read_key(file)) == public
    with pytest.raises(KeyProblem, match="never written over"):
        make_key(file)
    file.chmod(0o640)
    with pytest.raises(KeyProblem, match="can be read by others"):
        read_key(file)


def test_a_bundle_says_who_what_and_what_came_before(world: BorderWorld) -> None:
    site = world.site(notices=1)
    world.pass_on()
    world.pass_on()
    first, second = (
        read_bundle((world.out / bundle_name(NAME, n)).read_bytes()) for n in (1, 2)
    )  # fmt: skip
    check_bundle(first, public_key(world.public))
    assert second.origin.previous == first.id
    assert (first.origin.number, second.origin.number) == (1, 2)
    entries = entries_of(first)
    assert entries[0].kind is EntryKind.BEGIN
    assert entries[-1].kind is EntryKind.END
    answers = {e.data["url"]: e for e in entries if e.kind is EntryKind.ANSWER}
    page = answers[site.detail_url(site.site.articles[0])]
    assert page.data["status"] == 200
    assert "检查事项".encode() in (page.body or b"")
    assert f"{site.base}/robots.txt" in answers


def test_bundles_are_bounded_and_together_hold_everything(world: BorderWorld) -> None:
    world.site(notices=5)
    world.round = world.collector(bundle_bytes=3000)
    world.pass_on()
    assert len(waiting(world)) > 3
    world.carry(bundle_name(NAME, 1))
    report = world.receive()
    assert report.replays[NAME].runs == []  # the pass is not here whole
    world.carry()
    world.receive()
    assert sightless(world.archive) == sightless(world.direct)


def test_bundles_are_kept_and_brought_again_until_the_hub_has_them(world: BorderWorld) -> None:
    world.site(notices=1)
    world.pass_on()
    (world.out / bundle_name(NAME, 1)).unlink()  # lost on its way
    world.pass_on()
    assert (world.out / bundle_name(NAME, 1)).exists()
    world.carry()
    world.receive()
    world.offer()
    world.pass_on()
    assert waiting(world) == [3]
    assert sorted(path.name for path in world.out.glob("*.nwb")) == [bundle_name(NAME, 3)]


def test_an_offer_of_somebody_else_acknowledges_nothing(world: BorderWorld) -> None:
    world.site(notices=1)
    world.pass_on()
    world.carry()
    world.receive()
    world.offer()
    offer = world.out / f"{NAME}.offer"
    offer.write_bytes(offer.read_bytes().replace(b'"received":1', b'"received":9'))
    report = world.collect()
    assert any("offer is not used" in problem for problem in report.problems)
    assert waiting(world) == [1, 2]


def test_the_hub_s_sources_take_the_place_of_the_collector_s_own(world: BorderWorld) -> None:
    world.site(notices=1)
    world.offer()
    report = world.round.run(CollectorTask(sources=[], platforms={}))
    assert [run.key for run in report.runs] == ["trs-static-1"]
    (world.out / f"{NAME}.offer").unlink()
    report = world.round.run(CollectorTask(sources=[], platforms={}))
    assert [run.key for run in report.runs] == ["trs-static-1"]  # as it was offered last


def test_a_full_spool_stops_fetching_and_loses_nothing(world: BorderWorld) -> None:
    site = world.site(notices=1)
    world.collect()
    site.forget()
    world.round = world.collector(spool_bytes=10)
    report = world.collect()
    assert "nothing is fetched until" in report.problems[0]
    assert site.paths() == []
    assert waiting(world) == [1]


def test_pages_that_a_new_hub_lacks_are_brought_whole(world: BorderWorld) -> None:
    """A hub that comes later asks for what it was never brought: the collector's own requests
    are answered by 304, which tells the hub nothing."""
    site = world.site(notices=3)
    world.pass_on()
    world.carry()
    world.receive()
    world.archive.close()
    for path in world.app.data_dir.glob("archive.db*"):
        path.unlink()
    world.archive = type(world.archive).open(world.app.data_dir, clock=world.clock)
    for _ in range(4):
        world.pass_on(hours=30)
        world.carry()
        world.receive()
        world.offer()
    assert len(sightless(world.archive)) == 3
    assert {n["title"] for n in sightless(world.archive)} == {
        article.title for article in site.site.articles
    }
    with open_inbox(world.app) as inbox:
        assert inbox.wanted(NAME) == []
    world.archive.close()


def test_a_change_that_only_one_look_showed_is_no_change_after_a_second_replay(
    world: BorderWorld,
) -> None:
    """A look counts once, however often its pass is replayed."""
    site = world.site(notices=1)
    world.pass_on(hours=24)
    site.site.edit(site.site.articles[0], paragraphs=["一、罚款改为五万元。"])
    world.pass_on()
    world.carry()
    with open_inbox(world.app) as inbox:
        kept = type(inbox).replayed
        type(inbox).replayed = lambda *_: None  # type: ignore[method-assign]
        try:
            world.receive()
            world.archive.marks.set(f"border:{NAME}", None)
            world.receive()
        finally:
            type(inbox).replayed = kept  # type: ignore[method-assign]
    assert sightless(world.archive) == sightless(world.direct)


def test_politeness_is_the_crawler_s(world: BorderWorld) -> None:
    site = world.site(notices=2)
    site.robots = "User-agent: *\nDisallow: /\n"
    world.pass_on()
    assert site.paths().count("/robots.txt") == len(site.paths()) == 2
    world.carry()
    world.receive()
    (state,) = world.archive.sources.all()
    (direct,) = world.direct.sources.all()
    assert (state.state, state.reason) == (direct.state, direct.reason)
    assert state.state == "blocked"


def test_a_wait_that_a_site_asks_for_is_kept(world: BorderWorld) -> None:
    site = world.site(notices=1)
    site.fault("rate_limited", value="7200")
    world.collect()
    site.forget()
    world.clock.now += timedelta(minutes=30)
    world.collect()
    assert site.paths() == []
