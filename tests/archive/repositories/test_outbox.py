"""Source states and the queue of messages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from archive.store import Archive
from domain.records.message import NewOutboxItem
from domain.records.source_run import SourceError, SourceRun
from domain.records.states import SourceState


def run(archive: Archive, state: str, key: str = "cn-miit", **more: Any) -> SourceRun:
    now = archive.clock()
    return SourceRun(key=key, started=now, finished=now, state=SourceState(state), **more)


def message(key: str, channel: str = "compliance", **more: Any) -> NewOutboxItem:
    return NewOutboxItem(
        channel=channel, dedupe_key=key, kind="alert", payload={"text": "警报"}, **more
    )


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


def test_a_failed_first_pass_is_no_baseline(archive: Archive) -> None:
    archive.sources.record_run(run(archive, "failing"))
    assert not archive.sources.all()[0].baseline_done


def test_health_messages_are_queued_with_the_mark(archive: Archive) -> None:
    event = archive.sources.record_run(run(archive, "blocked"))
    assert event is not None
    archive.sources.mark_told([event.id], [message("health:1", "operators")])
    assert archive.sources.untold_events() == []
    assert len(archive.outbox.find(channel="operators")) == 1


def test_a_key_is_queued_once(archive: Archive) -> None:
    first = archive.outbox.enqueue([message("a"), message("b")])
    assert len(first) == 2
    (third,) = archive.outbox.enqueue([message("a"), message("c")])
    assert third not in first
    assert len(archive.outbox.find()) == 3


def test_a_claim_belongs_to_one(archive: Archive, clock: Any) -> None:
    (item,) = archive.outbox.enqueue([message("a")])
    with Archive.open(archive.data_dir, clock=clock) as other:
        assert archive.outbox.mark_sending(item, clock.now)
        assert not other.outbox.mark_sending(item, clock.now)
    archive.outbox.mark_sent(item, {"ts": "1.2"}, clock.now)
    assert not archive.outbox.mark_sending(item, clock.now)
    sent = archive.outbox.get(item)
    assert sent is not None
    assert (sent.state, sent.receipt, sent.attempts) == ("sent", {"ts": "1.2"}, 1)


def test_interrupted_sending_becomes_unknown(archive: Archive, clock: Any) -> None:
    one, other = archive.outbox.enqueue([message("a"), message("b", "hook")])
    archive.outbox.mark_sending(one, clock.now)
    archive.outbox.mark_sending(other, clock.now)
    assert archive.outbox.recover_sending("compliance") == 1
    states = {item.channel: item.state for item in archive.outbox.find()}
    assert states == {"compliance": "unknown", "hook": "sending"}
    assert archive.outbox.mark_sending(one, clock.now)


def test_retry_waits_and_dead_letters_revive(archive: Archive, clock: Any) -> None:
    (item,) = archive.outbox.enqueue([message("a")])
    later = clock.now + timedelta(seconds=30)
    archive.outbox.mark_sending(item, clock.now)
    archive.outbox.mark_retry(item, "429", later)
    assert archive.outbox.find(due=clock.now, states=["pending"]) == []
    [waiting] = archive.outbox.find(due=later, states=["pending"])
    assert (waiting.id, waiting.attempts, waiting.error) == (item, 1, "429")
    archive.outbox.mark_retry(item, "paused", later, count_attempt=False)
    [paused] = archive.outbox.find(due=later, states=["pending"])
    assert (paused.attempts, paused.error) == (1, "paused")
    archive.outbox.mark_dead(item, "invalid_blocks")
    assert archive.notices.counts()["dead"] == 1
    archive.outbox.mark_retry(item, "late answer", later)
    assert archive.notices.counts()["dead"] == 1
    assert archive.outbox.revive_dead("hook") == 0
    assert archive.outbox.revive_dead() == 1
    revived = archive.outbox.get(item)
    assert revived is not None
    assert revived.attempts == 0


def test_thread_root_is_the_first_that_was_sent(archive: Archive, clock: Any) -> None:
    ids = archive.outbox.enqueue([message("a", thread="n1"), message("b", thread="n1")])
    assert archive.outbox.thread_root("compliance", "n1") is None
    archive.outbox.mark_sending(ids[0], clock.now)
    archive.outbox.mark_sent(ids[0], {"ts": "1"}, clock.now)
    archive.outbox.mark_sending(ids[1], clock.now)
    archive.outbox.mark_sent(ids[1], {"ts": "2"}, clock.forward(seconds=1))
    root = archive.outbox.thread_root("compliance", "n1")
    assert root is not None
    assert root.receipt == {"ts": "1"}


def test_channel_state_is_empty_until_it_is_kept(archive: Archive) -> None:
    assert archive.notifier_state.channel("compliance") == {}
    archive.notifier_state.set_channel("compliance", {"reason": "no token"})
    assert archive.notifier_state.channel("compliance") == {"reason": "no token"}
    assert archive.notifier_state.channel("digest") == {}


@pytest.mark.parametrize("state", [{"due": "2026-11-30"}, {}])
def test_subscription_state(archive: Archive, state: dict[str, Any]) -> None:
    assert archive.notifier_state.subscription("digest") is None
    archive.notifier_state.set_subscription("digest", state, [message("digest:1")])
    archive.notifier_state.set_subscription("digest", state, [message("digest:1")])
    assert archive.notifier_state.subscription("digest") == state
    assert len(archive.outbox.find()) == 1
