"""Several classifiers share the changes that wait, an act to each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from archive.errors import LeaseLost
from archive.services.leasing.seat import Seat
from archive.store import Archive
from domain.law.classify_task import Classification, ClassifyTask
from domain.records.observation import Observation


@pytest.fixture
def other(archive: Archive) -> Iterator[Archive]:
    """Another process's way to the same archive."""
    seat = Seat(folder=archive.data_dir / "workers")
    with Archive.open(archive.data_dir, clock=archive.clock, seat=seat) as opened:
        yield opened
    seat.leave()


@pytest.fixture
def three_acts(archive: Archive, observe: Callable[..., Observation]) -> list[int]:
    """The acts, each with a change that waits."""
    titles = ["关于回收网点的通知", "关于梯次利用的通知", "关于再生利用的通知"]
    return [
        archive.ingest(observe(title=title, url=f"https://www.example.gov.cn/{number}.html",
                               text=f"第{number}条 {title}应当办理。")).notice_id
        for number, title in enumerate(titles)
    ]  # fmt: skip


def verdict(task: ClassifyTask) -> Classification:
    return Classification(
        change_id=task.change_id, labels=(), facts=(), stage=None, relevant_because=None, model="m"
    )


def acts_of(claim: Any) -> set[int]:
    return {task.notice_id for task in claim.tasks}


def test_no_act_is_with_two_classifiers(
    archive: Archive, other: Archive, three_acts: list[int]
) -> None:
    with archive.claims.claimed(2) as mine, other.claims.claimed(10) as theirs:
        assert len(mine.tasks) == 2
        assert acts_of(mine) | acts_of(theirs) == set(three_acts)
        assert not acts_of(mine) & acts_of(theirs)
        assert not archive.claims.any_free()
        for task in mine.tasks:
            archive.claims.store(verdict(task), mine.leases[task.notice_id])
    with other.claims.claimed(10) as rest:
        assert acts_of(rest) == acts_of(theirs)  # given back unclassified
    assert archive.leases.valid() == []


def test_what_one_cannot_classify_is_skipped_by_it_only(
    archive: Archive, other: Archive, three_acts: list[int]
) -> None:
    with archive.claims.claimed(1) as first:
        (task,) = first.tasks
    with archive.claims.claimed(10, skip={task.change_id: "odd"}) as rest:
        assert acts_of(rest) == set(three_acts) - {task.notice_id}
        with other.claims.claimed(10) as theirs:
            assert acts_of(theirs) == {task.notice_id}


def test_a_late_classifier_stores_nothing(
    archive: Archive, other: Archive, three_acts: list[int], clock: Any
) -> None:
    with archive.claims.claimed(10) as late:
        clock.now += timedelta(minutes=5)
        with other.claims.claimed(10) as theirs:
            assert acts_of(theirs) == set(three_acts)
            for task in theirs.tasks:
                other.claims.store(verdict(task), theirs.leases[task.notice_id])
        for task in late.tasks:
            with pytest.raises(LeaseLost):
                archive.claims.store(verdict(task), late.leases[task.notice_id])
    assert archive.seat.refused == 3
    assert archive.classification.pending() == []
