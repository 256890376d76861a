"""Hand out unclassified changes to several classifiers, each act to one of them at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from archive.ports import Database
from archive.services.classification import ClassificationQueue
from archive.services.leasing.leases import Leases
from domain.law.classify_task import Classification, ClassifyTask
from domain.records.lease import Lease, LeaseKind
from domain.records.states import ChangeState


@dataclass(frozen=True, kw_only=True)
class ClaimedChanges:
    """Changes whose acts are ours until they are given back."""

    tasks: tuple[ClassifyTask, ...]
    leases: dict[int, Lease]  # by the act


@dataclass(frozen=True, kw_only=True, slots=True)
class ActClaims:
    """The queue of the classifier, shared."""

    db: Database
    queue: ClassificationQueue
    leases: Leases

    @contextmanager
    def claimed(self, limit: int, skip: Collection[int] = ()) -> Iterator[ClaimedChanges]:
        """Some changes that wait and whose acts nobody else has; ``skip``: changes that are
        left for another time. None are left when there is nothing that could be had."""
        claim = self._claim(limit, skip)
        try:
            yield claim
        finally:
            self.leases.release(list(claim.leases.values()))

    def any_free(self) -> bool:
        """Whether a change waits whose act nobody else has."""
        self.leases.free_dead()
        busy = {int(lease.name) for lease in self.leases.valid(LeaseKind.ACT)}
        return bool(self.queue.pending(1, without=busy))

    def store(self, result: Classification, lease: Lease) -> None:
        """Keep a result; LeaseLost where the act is another classifier's by now."""
        with self.db.transaction():
            self.leases.check([lease])
            self.queue.store(result)

    def _claim(self, limit: int, skip: Collection[int]) -> ClaimedChanges:
        self.leases.free_dead()
        busy = {int(lease.name) for lease in self.leases.valid(LeaseKind.ACT)}
        waiting = self.queue.pending(limit + len(skip), without=busy)
        wanted = [task for task in waiting if task.change_id not in skip][:limit]
        names = dict.fromkeys(str(task.notice_id) for task in wanted)
        if not names:
            return ClaimedChanges(tasks=(), leases={})
        taken = {int(one.name): one for one in self.leases.take(LeaseKind.ACT, names)}
        still = self._unclassified([task.change_id for task in wanted])
        tasks = tuple(
            task for task in wanted if task.notice_id in taken and task.change_id in still
        )
        return ClaimedChanges(tasks=tasks, leases=taken)

    def _unclassified(self, change_ids: Collection[int]) -> set[int]:
        """Those that nobody has classified before their acts were ours."""
        marks = ", ".join("?" for _ in change_ids)
        rows = self.db.rows(
            f"SELECT id FROM changes WHERE state = ? AND id IN ({marks})",  # noqa: S608
            (ChangeState.UNCLASSIFIED, *change_ids),
        )
        return {row["id"] for row in rows}
