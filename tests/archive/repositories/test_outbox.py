"""Queue messages: claims, retries, dead letters and threads."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from archive.store import Archive
from tests.builders import message


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
