"""Back up an archive that is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.store import Archive, ArchiveError
from domain.records.observation import Observation

Observe = Callable[..., Observation]


def test_backup_while_open(archive: Archive, observe: Observe, tmp_path: Path) -> None:
    archive.ingest(observe(files={"a.txt": b"one"}))
    copy = tmp_path / "copy"
    assert archive.maintenance.backup(copy) == 2
    archive.ingest(observe("https://a.gov.cn/2", "别的通知", "别的内容。" * 30))
    with Archive.open(copy) as restored:
        assert restored.notices.counts()["notices"] == 1
        assert restored.integrity.verify() == []
    assert archive.maintenance.backup(copy) == 3
    with Archive.open(copy) as restored:
        assert restored.notices.counts()["notices"] == 2
        assert restored.integrity.verify() == []
    with pytest.raises(ArchiveError, match="the archive itself"):
        archive.maintenance.backup(archive.data_dir)
