"""Walking lists back: paging of every platform, the end in all its forms, resuming."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from crawler.crawl_options import BackfillOptions
from crawler.run import backfill
from noticewatch.demo.platforms import PLATFORMS

# The two libraries are asked for words of their field: other titles are no rows of theirs.
PAGED = sorted(
    PLATFORMS.keys()
    - {"sac_standard", "eportal", "trs_json", "homepage_harvest", "auto", "static_page"}
    - {"npc_law", "moj_regulations"}
)


def fill(replica: Any, count: int) -> None:
    for number in range(count):
        replica.add(
            f"关于第{number + 1}项回收事项的通知", date(2026, 1, 1) + timedelta(days=number)
        )


def walk(stage: Any, replica: Any, since: date, **options: Any) -> tuple[Any, list[str]]:
    lines: list[str] = []
    (run,) = backfill(
        stage.archive, [stage.source(replica)], stage.platforms,
        BackfillOptions(since=since, report=lines.append, **options),
    )  # fmt: skip
    return run, lines


@pytest.mark.parametrize("platform", PAGED)
def test_every_page_of_a_platform_is_read(stage: Any, platform: str) -> None:
    size = 20 if platform == "gov_library" else 4
    replica = stage.replica(platform, notices=0, page_size=size)
    fill(replica, size * 3 - 1)
    run, lines = walk(stage, replica, date(2025, 1, 1))
    assert (run.state, run.new) == ("ok", size * 3 - 1), run
    assert len(lines) == 3
    assert "page 3" in lines[2]
    assert all(change.baseline for change in stage.archive.changes.find())
    assert stage.archive.sources.all() == []


def test_the_walk_stops_at_the_day(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=0, page_size=5)
    fill(replica, 30)
    run, lines = walk(stage, replica, date(2026, 1, 18), until=date(2026, 1, 25))
    assert run.new == 8
    assert len(lines) == 4
    assert {n.published for n in stage.notices()} == {date(2026, 1, d) for d in range(18, 26)}


def test_a_site_that_repeats_its_page_ends_the_walk(stage: Any) -> None:
    replica = stage.replica("hanweb_jpaas", notices=0, page_size=5)
    fill(replica, 20)
    replica.pages.slice = lambda number, size=None: replica.site.listed()[:5]
    run, lines = walk(stage, replica, date(2025, 1, 1))
    assert (run.new, len(lines)) == (5, 1)


def test_a_site_that_sends_home_past_the_end_ends_the_walk(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=0, page_size=5)
    fill(replica, 15)
    replica.fault("off_host", match="index_2.html", value="/xxgk/tzgg/")
    run, lines = walk(stage, replica, date(2025, 1, 1))
    assert (run.state, run.new, len(lines)) == ("ok", 10, 2)


def test_a_block_in_the_middle_is_not_the_end(stage: Any) -> None:
    replica = stage.replica("hanweb_jpaas", notices=0, page_size=5)
    fill(replica, 20)
    replica.fault("html_for_json", match="pageNo%22%3A3")
    run, _ = walk(stage, replica, date(2025, 1, 1))
    assert (run.state, run.new) == ("blocked", 10)
    replica.heal()
    run, lines = walk(stage, replica, date(2025, 1, 1))
    assert (run.state, run.new) == ("ok", 10)
    assert lines[0].endswith("going on at page 3")


def test_a_notice_that_failed_on_the_way_is_read_by_a_later_poll(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=0, page_size=5)
    fill(replica, 15)
    replica.fault("server_error", match=f"_{replica.site.listed()[12].id}.html")
    run, _ = walk(stage, replica, date(2025, 1, 1))
    assert run.new == 14
    replica.heal()
    stage.poll(replica, recheck="all")
    assert len(stage.notices()) == 15
    assert all(change.baseline for change in stage.archive.changes.find())


def test_an_interrupted_walk_goes_on_where_it_stopped(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=0, page_size=5)
    fill(replica, 25)
    replica.fault("server_error", match="index_2.html")
    run, _ = walk(stage, replica, date(2025, 1, 1))
    assert (run.state, run.new) == ("failing", 10)
    replica.heal()
    replica.forget()
    run, lines = walk(stage, replica, date(2025, 1, 1))
    assert (run.state, run.new) == ("ok", 15)
    assert lines[0].endswith("going on at page 3")
    assert "/xxgk/tzgg/" not in replica.paths()
    assert len(stage.notices()) == 25

    replica.forget()
    run, _ = walk(stage, replica, date(2025, 1, 1))
    assert (run.new, run.requests) == (0, 6)


def test_a_poll_after_a_backfill_alerts_only_what_is_new(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=0, page_size=5)
    fill(replica, 12)
    walk(stage, replica, date(2025, 1, 1))
    assert stage.poll(replica).new == 0
    replica.add("关于新增事项的通知", date(2026, 3, 1))
    assert stage.poll(replica).new == 1
    assert [c.kind for c in stage.archive.changes.find() if not c.baseline] == ["new"]
