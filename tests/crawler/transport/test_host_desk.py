"""A host is one process's at a time: what another has is not asked, what is lost not written."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from archive.errors import LeaseLost
from archive.services.leasing.seat import Seat
from archive.store import Archive, utc_now
from crawler.crawl_options import CrawlOptions
from crawler.run import crawl_async, run_in_reactor
from crawler.transport import host_desk
from crawler.transport.host_desk import HostDesk, host_name, hosts_of
from crawler.transport.target import Target
from domain.records.lease import LeaseKind, SharedHost


class MovedClock:
    """The true time, moved by so many seconds."""

    def __init__(self) -> None:
        self.by = timedelta(0)

    def __call__(self) -> Any:
        return utc_now() + self.by


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def other(stage: Any, clock: MovedClock) -> Iterator[Archive]:
    """The archive as another process has it open."""
    seat = Seat(folder=stage.archive.data_dir / "workers")
    with Archive.open(stage.archive.data_dir, clock=clock, seat=seat) as opened:
        yield opened
    seat.leave()


def held_by(archive: Archive) -> set[str]:
    return {lease.name for lease in archive.leases.valid(LeaseKind.HOST)}


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.miit.gov.cn/a.html", "www.miit.gov.cn"),
        ("http://WWW.miit.gov.cn/a.html", "www.miit.gov.cn"),
        ("http://www.miit.gov.cn:8080/", "www.miit.gov.cn:8080"),
        ("http://127.0.0.1:80/", "127.0.0.1"),
    ],
)
def test_a_site_is_one_host_by_http_and_https(url: str, name: str) -> None:
    assert host_name(Target.of(url)) == name


def test_a_host_that_another_has_is_not_asked(
    stage: Any, other: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host_desk, "WAIT_SECONDS", 0.4)
    replica = stage.replica("trs_static", notices=2)
    source = stage.source(replica)
    taken = other.leases.take_hosts([list(hosts_of(source).values())])
    stage.poll(replica)
    assert replica.hits == []
    other.leases.release(list(taken.values()))
    assert stage.poll(replica).state == "ok"
    assert held_by(other) == set()


def test_a_crawl_whose_host_was_taken_over_writes_and_asks_nothing_more(
    stage: Any, other: Archive, clock: MovedClock
) -> None:
    replica = stage.replica("trs_static", notices=3)
    source = stage.source(replica)
    desk = HostDesk(stage.archive)
    assert desk.take([source]) == [source]
    assert desk.take([source]) == []  # nor by another crawl of the same process
    clock.by = timedelta(minutes=5)
    assert other.leases.take_hosts([list(hosts_of(source).values())])
    stage.archive.seat.renewed(float("-inf"))  # as when the process was frozen meanwhile

    async def late() -> Any:
        options = CrawlOptions(desk=desk)
        return await crawl_async(stage.archive, [source], stage.platforms, options)

    assert run_in_reactor(late).runs == ()
    assert replica.hits == []
    assert stage.archive.sources.all() == []
    assert stage.archive.seat.refused > 0
    assert len(other.leases.valid(LeaseKind.HOST)) == 1


def test_a_host_of_others_is_held_for_one_request(stage: Any, other: Archive) -> None:
    desk = HostDesk(stage.archive)
    target = Target.of("http://files.gov.cn/a.pdf")

    async def visit() -> None:
        async with desk.visit(target, 2.0) as lasting:
            assert not lasting
            assert held_by(other) == {"files.gov.cn"}
        assert held_by(other) == set()

    asyncio.run(visit())
    # The next one keeps the gap.
    assert other.leases.take_hosts([[SharedHost(name="files.gov.cn")]]) == {}


def test_a_source_is_written_only_while_all_its_hosts_are_ours(
    stage: Any, other: Archive, clock: MovedClock
) -> None:
    replica = stage.replica("trs_static")
    source = stage.source(replica)
    desk = HostDesk(stage.archive)
    desk.take([source])
    fenced = stage.archive.fenced(desk.check_of(source))
    fenced.marks.set("a", "in time")
    clock.by = timedelta(minutes=5)
    other.leases.take_hosts([list(hosts_of(source).values())])
    with pytest.raises(LeaseLost, match=r"host 127\.0\.0\.1:\d+ is another worker's by now"):
        fenced.marks.set("a", "late")
    assert other.marks.get("a") == "in time"
