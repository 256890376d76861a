"""Keep the states of sources and their changes."""

from __future__ import annotations

from typing import Any

from archive.store import Archive
from domain.records.reason import StoredReason, reason
from domain.records.source_run import SourceError, SourceRun
from domain.records.states import SourceState
from i18n.catalogue import english
from tests.builders import message


def run(archive: Archive, state: str, key: str = "cn-miit", **more: Any) -> SourceRun:
    now = archive.clock()
    return SourceRun(key=key, started=now, finished=now, state=SourceState(state), **more)


def test_only_true_changes_of_state_are_events(archive: Archive) -> None:
    states = ["ok", "ok", "blocked", "blocked", "failing", "ok"]
    events = [archive.sources.record_run(run(archive, state)) for state in states]
    told = [(event.before, event.after) for event in events if event]
    assert told == [("ok", "blocked"), ("blocked", "failing"), ("failing", "ok")]
    assert len(archive.sources.untold_events()) == 3


def test_never_polled_counts_as_ok(archive: Archive) -> None:
    event = archive.sources.record_run(run(archive, "blocked", reason="403"))
    assert event is not None
    assert (event.before, event.after, event.reason) == (None, "blocked", "403")
    assert archive.sources.state_of("unknown") == "ok"


def test_health_keeps_since_and_history(archive: Archive, clock: Any) -> None:
    start = clock.now
    archive.sources.record_run(run(archive, "ok", rows=20))
    assert archive.sources.all("cn-miit")[0].baseline_done
    blocked_at = clock.forward(hours=1)
    archive.sources.record_run(run(archive, "blocked"))
    clock.forward(hours=1)
    error = SourceError(kind="http", message="403", url="https://a.example/")
    archive.sources.record_run(run(archive, "blocked", errors=(error,)))
    (health,) = archive.sources.all("cn-miit", history=2)
    assert (health.since, health.last_ok, health.last_polled) == (blocked_at, start, clock.now)
    assert [past.state for past in health.history] == ["blocked", "blocked"]
    assert health.history[0].errors == (error,)


def test_a_reason_is_kept_as_its_code_beside_the_sentence(archive: Archive) -> None:
    why = reason("source.column_page", why=reason("source.refuses", status=403))
    said = english(why)
    error = SourceError(kind="forbidden", message=said, url="https://a/", reason_data=why)
    event = archive.sources.record_run(
        run(archive, "blocked", reason=said, reason_data=why, errors=(error,))
    )
    (health,) = archive.sources.all("cn-miit", history=1)
    (past,) = health.history
    assert event is not None
    for kept in (event.why, health.why, past.why, past.errors[0].why):
        assert kept == StoredReason(said, why)
    archive.sources.record_run(run(archive, "ok"))
    assert archive.sources.all("cn-miit")[0].why == StoredReason("", None)


def test_a_row_of_an_earlier_release_has_no_code(archive: Archive) -> None:
    error = SourceError(kind="http", message="403", url="https://a.example/")
    archive.sources.record_run(run(archive, "blocked", reason="403", errors=(error,)))
    (health,) = archive.sources.all("cn-miit", history=1)
    assert health.why == health.history[0].errors[0].why == StoredReason("403", None)


def test_a_failed_first_pass_is_no_baseline(archive: Archive) -> None:
    archive.sources.record_run(run(archive, "failing"))
    assert not archive.sources.all()[0].baseline_done


def test_health_messages_are_queued_with_the_mark(archive: Archive) -> None:
    event = archive.sources.record_run(run(archive, "blocked"))
    assert event is not None
    archive.sources.mark_told([event.id], [message("health:1", "operators")])
    assert archive.sources.untold_events() == []
    assert len(archive.outbox.find(channel="operators")) == 1
