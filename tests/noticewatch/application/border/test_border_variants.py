"""Kinds of worlds beside the plain month: shared sites, copies, noise, sources side by side."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from config.model import Source
from crawler.crawl_options import CrawlOptions
from crawler.run import run
from noticewatch.application.border.collector_round import CollectorTask
from tests.noticewatch.application.border.border_world import QUICK, BorderWorld, sightless

_BY_CHANCE = {"id", "target_id", "posting_id", "raw_sha256", "sha256", "act_id"}


def unordered(notices: list[Any]) -> list[Any]:
    """Notices without numbers, which come from the order of reading."""
    return sorted((_plain(notice) for notice in notices), key=lambda notice: str(notice["title"]))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if key not in _BY_CHANCE}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def together(world: BorderWorld, hours: float = 1.0) -> None:
    """All sources at once, as a service reads them."""
    run(world.direct, world.sources, world.platforms, CrawlOptions(limits=QUICK))
    world.round.only = frozenset()
    world.round.run(CollectorTask(sources=world.sources, platforms=world.platforms))
    world.clock.now += timedelta(hours=hours)


def arrived(world: BorderWorld) -> BorderWorld:
    world.carry()
    world.receive()
    return world


def test_sources_read_side_by_side(world: BorderWorld) -> None:
    sites = [world.site(platform) for platform in ("trs_static", "hanweb_jpage", "ucap_static")]
    for step in range(4):
        together(world, hours=20)
        world.publish(sites[step % 3], 20 + step)
    arrived(world)
    assert len(sightless(world.archive)) == 12
    assert unordered(sightless(world.archive)) == unordered(sightless(world.direct))


def test_two_sources_of_one_site(world: BorderWorld) -> None:
    site = world.site(notices=3)
    twin = world.sources[0].model_dump() | {"key": "twin", "publisher": "演示分局"}
    world.app.sources["twin"] = Source.model_validate(twin)
    world.pass_on()
    world.publish(site, 7)
    world.pass_on()
    arrived(world)
    assert sightless(world.archive) == sightless(world.direct)


def test_an_act_and_its_copies_on_other_sites(world: BorderWorld) -> None:
    for platform in ("trs_static", "gkmlpt"):
        site = world.site(platform, notices=1)
        site.add(
            "关于印发《退役动力电池管理办法》的通知",
            date(2026, 9, 3),
            ["第一条 企业应当在十五日内报送。", "第二条 本办法自2027年1月1日起施行。"],
            number="工信部联节〔2026〕88号",
        )
    world.pass_on()
    world.pass_on(hours=30)
    arrived(world)
    assert sightless(world.archive) == sightless(world.direct)
    assert len(sightless(world.archive)) == 3


def test_pages_whose_counters_and_clocks_never_stand_still(world: BorderWorld) -> None:
    site = world.site(notices=3, noise=True, validators=False)
    for hours in (1, 2, 26, 26):
        world.pass_on(hours=hours)
    site.site.edit(site.site.articles[1], paragraphs=["一、罚款改为七万元。", "二、本通知有效。"])
    for hours in (2, 2, 26):
        world.pass_on(hours=hours)
    arrived(world)
    assert unordered(sightless(world.archive)) == unordered(sightless(world.direct))


def test_a_source_that_moves_behind_a_redirect_and_back(world: BorderWorld) -> None:
    site = world.site(notices=2)
    world.pass_on()
    for fault in ("off_host", "redirect_loop", "truncated", "timeout", "unavailable"):
        world.pass_on(hours=3, faults={fault: site})
    world.publish(site, 9)
    world.pass_on()
    arrived(world)
    assert sightless(world.archive) == sightless(world.direct)
    told = [(one.state, one.reason) for one in world.archive.sources.all()]
    assert told == [(one.state, one.reason) for one in world.direct.sources.all()]


def test_a_collector_that_goes_on_reads_only_what_is_due(world: BorderWorld) -> None:
    site = world.site(notices=1)
    world.round.only_due = True
    world.collect()
    asked = len(site.paths())
    world.clock.now += timedelta(minutes=20)
    world.collect()
    assert len(site.paths()) == asked
    world.clock.now += timedelta(minutes=50)
    world.collect()
    assert len(site.paths()) > asked
