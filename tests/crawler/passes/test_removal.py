"""When a notice counts as withdrawn, and when it does not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from crawler.passes.removal import confirms, next_look, removal_reason, spread


def withdrawn(stage: Any) -> list[str]:
    return [c.posting_url for c in stage.archive.changes.find() if c.kind == "withdrawn"]


@pytest.mark.parametrize("how", ["404", "text", "404 but listed"])
def test_two_looks_make_one_withdrawal(stage: Any, how: str) -> None:
    replica = stage.replica("trs_static", notices=6)
    stage.poll(replica)
    article = replica.site.articles[3]
    replica.site.withdraw(article, keep_row="listed" in how, text=how == "text")
    assert stage.poll(replica, recheck="all").withdrawn == 0
    assert stage.poll(replica, recheck="all").withdrawn == 1
    for _ in range(3):
        assert stage.poll(replica, recheck="all").withdrawn == 0
    assert withdrawn(stage) == [replica.detail_url(article)]
    replica.site.restore(article)
    stage.poll(replica)
    stage.poll(replica, recheck="all")
    assert stage.kinds().count("restored") == 1
    assert stage.kinds().count("withdrawn") == 1


def states(stage: Any) -> dict[str, str]:
    return {posting.url: posting.state for n in stage.notices() for posting in n.postings}


def test_a_page_that_still_answers_is_unlisted_and_never_withdrawn(stage: Any, later: Any) -> None:
    replica = stage.replica("trs_static", notices=6)
    stage.poll(replica)
    article = replica.site.articles[3]
    replica.site.edit(article, listed=False)
    for _ in range(4):
        assert stage.poll(replica, recheck="all").withdrawn == 0
        later(timedelta(minutes=31))
        stage.poll(replica)
    assert {url for url, state in states(stage).items() if state != "live"} == {
        replica.detail_url(article)
    }
    assert states(stage)[replica.detail_url(article)] == "unlisted"
    replica.site.edit(article, listed=True)
    stage.poll(replica)
    assert set(states(stage).values()) == {"live"}
    assert set(stage.kinds()) == {"new"}


def test_an_unlisted_page_that_goes_is_withdrawn(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=6)
    stage.poll(replica)
    article = replica.site.articles[3]
    replica.site.edit(article, listed=False)
    stage.poll(replica)
    replica.site.withdraw(article)
    assert stage.poll(replica, recheck="all").withdrawn == 0
    assert stage.poll(replica, recheck="all").withdrawn == 1


def test_late_rows_with_an_old_date_leave_every_other_row_alone(stage: Any) -> None:
    """Two acts published late, with dates of last year, stand on top: the list is sorted by the
    time of posting. The rows that they push off the page still answer."""
    replica = stage.replica("trs_static", notices=8, page_size=6)
    stage.poll(replica)
    late = [
        replica.add(f"关于补发第{day}号文件的通知", date(2025, 3, 13) + timedelta(days=day))
        for day in range(2)
    ]
    ordered = replica.site.listed

    def by_posting() -> list[Any]:
        return [*late, *(article for article in ordered() if article not in late)]

    replica.site.listed = by_posting
    for _ in range(3):
        assert stage.poll(replica, recheck="all").withdrawn == 0
    replica.site.listed = ordered  # the site sorts by date again
    for _ in range(2):
        assert stage.poll(replica, recheck="all").withdrawn == 0
    assert set(stage.kinds()) == {"new"}
    assert set(states(stage).values()) == {"live"}


def test_rows_that_change_places_at_the_end_of_the_page_stay_live(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=8, page_size=5)
    stage.poll(replica)
    ordered = replica.site.listed

    def swapped() -> list[Any]:
        rows = ordered()
        rows[3], rows[4], rows[5] = rows[4], rows[5], rows[3]
        return rows

    replica.site.listed = swapped
    for _ in range(3):
        assert stage.poll(replica, recheck="all").withdrawn == 0
    assert set(stage.kinds()) == {"new"}
    assert set(states(stage).values()) == {"live"}


def test_an_ordinary_pass_is_the_first_look(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=6)
    stage.poll(replica)
    article = replica.site.articles[3]
    replica.site.withdraw(article)
    assert stage.poll(replica).withdrawn == 0
    assert stage.poll(replica).withdrawn == 0  # too soon for an ordinary pass to confirm
    assert stage.poll(replica, recheck="all").withdrawn == 1


def test_ordinary_passes_confirm_after_half_an_hour(stage: Any, later: Any) -> None:
    replica = stage.replica("trs_static", notices=6)
    stage.poll(replica)
    replica.site.withdraw(replica.site.articles[3])
    stage.poll(replica)
    later(timedelta(minutes=31))
    assert stage.poll(replica).withdrawn == 1


def test_a_page_that_is_back_was_not_withdrawn(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=6)
    stage.poll(replica)
    article = replica.site.articles[3]
    replica.fault("not_found", match=str(article.id))
    stage.poll(replica, recheck="all")
    replica.heal()
    stage.poll(replica, recheck="all")
    replica.fault("not_found", match=str(article.id))
    stage.poll(replica, recheck="all")  # a first look again
    assert withdrawn(stage) == []


def test_a_row_pushed_off_page_one_is_not_withdrawn(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=5, page_size=5)
    stage.poll(replica)
    for day in range(4):
        replica.add(f"关于第{day}号新事项的通知", date(2026, 9, 20) + timedelta(days=day))
    for _ in range(3):
        report = stage.poll(replica, recheck="all")
        assert (report.state, report.withdrawn) == ("ok", 0)
    assert stage.kinds().count("new") == 9
    assert withdrawn(stage) == []


def test_pinned_and_reordered_rows_are_not_withdrawn(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=8, page_size=5)
    stage.poll(replica)
    pinned = replica.site.articles[0]
    ordered = replica.site.listed

    def reordered() -> list[Any]:
        rows = [article for article in ordered() if article is not pinned]
        return [pinned, *rows]

    replica.site.listed = reordered
    for _ in range(3):
        report = stage.poll(replica, recheck="all")
        assert (report.state, report.withdrawn) == ("ok", 0)
    assert withdrawn(stage) == []


def test_a_late_notice_behind_page_one_is_found(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=10, page_size=5)
    stage.poll(replica)
    known = len(stage.notices())
    assert known == 5  # the first pass reads page one only
    replica.add("关于补发文件的通知", date(2026, 9, 4))
    stage.poll(replica, recheck="all")
    titles = [n.title for n in stage.notices()]
    assert "关于补发文件的通知" in titles
    assert len(titles) == known + 1
    (new,) = [c for c in stage.archive.changes.find() if not c.baseline]
    assert new.kind == "new"


def test_a_burst_longer_than_page_one_is_read_whole(stage: Any) -> None:
    replica = stage.replica("trs_static", notices=5, page_size=5)
    stage.poll(replica)
    for day in range(12):
        replica.add(f"关于第{day}号新事项的通知", date(2026, 9, 20) + timedelta(days=day % 9))
    assert stage.poll(replica).new == 12


def test_when_a_page_is_looked_at_again() -> None:
    from datetime import UTC, datetime

    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    today = now.date()

    def hours(age_days: int, changed_days: int | None = None, **more: bool) -> float:
        changed = None if changed_days is None else now - timedelta(days=changed_days)
        due = next_look(now, today - timedelta(days=age_days), changed, **more)
        return (due - now).total_seconds() / 3600

    assert hours(0) == hours(2) == 1
    assert hours(5) == 6
    assert hours(20) == 24
    assert hours(100) == 24 * 7
    assert hours(1000) == 24 * 30
    assert hours(1000, changed_days=1) == 1
    assert hours(1000, registered=True) == 24
    base = now + timedelta(hours=10)
    assert base <= spread(base, now, "http://a/1") <= base + timedelta(hours=1)


def test_which_look_confirms() -> None:
    from datetime import UTC, datetime

    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    soon, long_ago = now - timedelta(minutes=5), now - timedelta(hours=2)
    assert not confirms(now, None, 0, everything=True)
    assert confirms(now, soon, 1, everything=True)
    assert not confirms(now, soon, 1, everything=False)
    assert confirms(now, long_ago, 1, everything=False)


@pytest.mark.parametrize(
    ("landed", "gone"),
    [
        ("http://a.example/x/t1.html", False),
        ("http://a.example/404.html", True),
        ("http://a.example/common/notFound.jsp", True),
        ("http://a.example/error404", True),
        ("http://a.example/error.html", False),
        ("http://a.example/403.html", False),
        ("http://a.example/login.html", False),
        ("http://a.example/", True),
        ("http://a.example/y/t1.html", False),
    ],
)
def test_where_an_address_leads_tells_that_it_is_gone(landed: str, gone: bool) -> None:
    assert (removal_reason("http://a.example/x/t1.html", landed) is not None) is gone


@pytest.mark.parametrize("platform", ["trs_static", "eportal"])
def test_rows_that_move_up_into_a_withdrawn_ones_place_are_no_news(
    stage: Any, platform: str
) -> None:
    replica = stage.replica(platform, notices=8, page_size=4)
    assert stage.poll(replica).new == 4
    first = replica.site.listed()
    replica.site.withdraw(first[1])
    assert stage.poll(replica).new == 1
    assert {change.posting_url for change in stage.archive.changes.find()} >= {
        replica.detail_url(first[4])
    }
    assert all(change.baseline for change in stage.archive.changes.find())
    replica.add("关于新发布事项的通知", date(2026, 9, 20))
    stage.poll(replica)
    assert [c.baseline for c in stage.archive.changes.find() if c.kind == "new"].count(False) == 1
