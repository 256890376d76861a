"""Schedule when each source is polled."""

from datetime import UTC, datetime, timedelta

from config.model import Column, Names, Source
from domain.records.source_run import SourceHealth
from domain.records.states import SourceState
from noticewatch.daemon.scheduler import due_sources, next_poll

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 12:00 in Beijing
NIGHT = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)  # 02:00 in Beijing


def source(key: str) -> Source:
    return Source(
        key=key,
        name=Names(zh="甲"),
        publisher="甲",
        jurisdiction="CN",
        platform="auto",
        columns=(Column(key="a", url="http://127.0.0.1/"),),
    )


def health(key: str, polled: datetime) -> SourceHealth:
    return SourceHealth(
        key=key,
        state=SourceState.OK,
        since=polled,
        reason="",
        last_polled=polled,
        last_ok=polled,
        newest=None,
        rows=1,
        baseline_done=True,
    )


def test_a_source_never_polled_is_due_at_once():
    assert next_poll(source("a"), None, NOON) == NOON


def test_interval_by_day_and_slower_by_night_with_a_stable_jitter():
    by_day = next_poll(source("a"), NOON, NOON) - NOON
    assert timedelta(hours=1) <= by_day <= timedelta(hours=1.1)
    assert next_poll(source("a"), NOON, NOON) - NOON == by_day
    by_night = next_poll(source("a"), NIGHT, NIGHT) - NIGHT
    assert timedelta(hours=3) <= by_night <= timedelta(hours=3.3)
    assert next_poll(source("b"), NOON, NOON) != next_poll(source("a"), NOON, NOON)


def test_never_polled_first_then_the_most_overdue_within_the_limit():
    states = {
        "old": health("old", NOON - timedelta(days=2)),
        "late": health("late", NOON - timedelta(hours=2)),
        "fresh": health("fresh", NOON - timedelta(minutes=5)),
    }
    sources = [source(key) for key in ("fresh", "late", "old", "never")]
    due = due_sources(sources, states, NOON, 10)
    assert [one.key for one in due] == ["never", "old", "late"]
    assert [one.key for one in due_sources(sources, states, NOON, 1)] == ["never"]


def test_a_poll_in_the_future_counts_for_nothing():
    """A clock that ran ahead must not silence a source until it is caught up with."""
    assert next_poll(source("a"), NOON + timedelta(days=40), NOON) == NOON
    states = {"ahead": health("ahead", NOON + timedelta(days=40))}
    assert [one.key for one in due_sources([source("ahead")], states, NOON, 5)] == ["ahead"]


def test_office_hours_are_those_of_the_sources_own_office():
    in_brussels = source("a").model_copy(update={"jurisdiction": "EU"})
    evening = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)  # 22:00 in Beijing, 15:00 in Brussels
    assert next_poll(in_brussels, evening, evening) - evening < timedelta(hours=1.2)
    assert next_poll(source("a"), evening, evening) - evening >= timedelta(hours=3)


def test_a_source_that_is_being_crawled_is_not_started_again():
    sources = [source("a"), source("b")]
    assert [one.key for one in due_sources(sources, {}, NOON, 5, {"a"})] == ["b"]
    assert due_sources(sources, {}, NOON, 0) == []
