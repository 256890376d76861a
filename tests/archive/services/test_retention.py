"""Prune old evidence of what is irrelevant, and nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest

from archive.evidence.chain import sha256_of
from archive.store import Archive, ArchiveError
from archive.transfer.exporter import write_export
from domain.law.classify_task import Classification
from domain.records.observation import Observation

Observe = Callable[..., Observation]


def test_pruning_keeps_what_matters(archive: Archive, observe: Observe) -> None:
    relevant = archive.ingest(observe(files={"shared.txt": b"shared", "own.txt": b"own"}))
    other = observe("https://a.gov.cn/2", "别的通知", "别的内容。" * 30,
                    files={"shared.txt": b"shared", "gone.txt": b"gone"})  # fmt: skip
    archive.ingest(other)
    for task in archive.classification.pending():
        archive.classification.store(
            Classification(
                change_id=task.change_id, labels=(), facts=(), stage=None, model="m",
                relevant_because="labels" if task.notice_id == relevant.notice_id else None,
            )
        )  # fmt: skip
    at = other.capture.fetched_at
    assert archive.retention.prune(at)[0] == 0
    files, freed = archive.retention.prune(at + timedelta(days=1))
    assert (files, freed > 0) == (2, True)
    assert archive.integrity.verify() == []
    assert archive.retention.prune(at + timedelta(days=1)) == (0, 0)
    with pytest.raises(ArchiveError, match="was pruned on"):
        archive.evidence.get(sha256_of(other.capture.body))
    assert archive.evidence.get(sha256_of(b"shared")) == b"shared"
    if archive.url is None:
        assert archive.maintenance.backup(archive.data_dir.parent / "copy") == 3
    assert write_export(archive, io.BytesIO(), "warc") == 2
