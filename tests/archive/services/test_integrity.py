"""Verify the hash chain and the evidence files."""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from archive.evidence.chain import sha256_of
from archive.store import Archive, ArchiveError
from domain.records.observation import Observation

Observe = Callable[..., Observation]


def tamper(archive: Archive, statement: str) -> None:
    """Change the file as another program could, past the archive's own rules."""
    if archive.url is None:
        with closing(sqlite3.connect(archive.path, isolation_level=None)) as connection:
            connection.execute(statement)
        return
    import psycopg

    with psycopg.connect(archive.url) as server:
        server.execute("SET session_replication_role = replica")  # no reference is checked
        server.execute(statement.encode())


def test_tampering_shows(archive: Archive, observe: Observe) -> None:
    for number in range(3):
        archive.ingest(
            observe(f"https://a.gov.cn/{number}", f"第{number}号通知", f"内容{number}" * 40)
        )
    tamper(archive, "UPDATE versions SET text = text || '改' WHERE id = 2")
    assert archive.integrity.verify() == [
        "the text of version 1 of https://a.gov.cn/1 was altered after it was stored"
    ]
    tamper(archive, "UPDATE versions SET text = replace(text, '改', '') WHERE id = 2")
    assert archive.integrity.verify() == []
    tamper(
        archive, "UPDATE versions SET fetched_at = '2020-01-01T00:00:00.000000+00:00' WHERE id = 1"
    )
    assert archive.integrity.verify() == [
        "the hash chain is broken at version 1 of https://a.gov.cn/0"
    ]


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE versions SET document_number = '甲发〔2026〕1号' WHERE id = 2", "metadata"),
        ("UPDATE versions SET date_listed = '2020-01-01' WHERE id = 1", "metadata"),
        ("UPDATE versions SET headers = '[]' WHERE id = 1", "metadata"),
        ("UPDATE attachments SET name = 'b.txt' WHERE id = 1", "metadata or attachments"),
        ("DELETE FROM attachments WHERE id = 1", "metadata or attachments"),
        ("UPDATE files SET text = '别的'", "the text of the attachment"),
        ("UPDATE notices SET title = '别的'", "does not show what its pages say"),
        ("DELETE FROM changes WHERE id = 2", "versions have no change"),
        ("DELETE FROM versions WHERE id = 3", "does not end where it did"),
        ("DELETE FROM versions WHERE id = 3", "name a version that is missing"),
        ("UPDATE versions SET url = 'https://b.gov.cn/' WHERE id = 3", "chain is broken"),
    ],
)
def test_every_kind_of_tampering_shows(
    archive: Archive, observe: Observe, statement: str, problem: str
) -> None:
    for text in ("甲", "乙", "丙"):
        archive.ingest(observe(text=text * 60, files={"a.txt": text.encode()}))
    assert archive.integrity.verify() == []
    tamper(archive, statement)
    assert any(problem in sentence for sentence in archive.integrity.verify())


def test_an_attachment_that_came_late_is_no_tampering(archive: Archive, observe: Observe) -> None:
    archive.ingest(observe(files={"a.txt": None}))
    archive.ingest(observe(files={"a.txt": b"late"}))
    notice = archive.notices.get(1)
    assert notice is not None
    assert notice.postings[0].versions[0].attachments[0].sha256 == sha256_of(b"late")
    assert archive.integrity.verify() == []


def test_damaged_evidence_shows(archive: Archive, observe: Observe) -> None:
    archive.ingest(observe(files={"a.txt": b"one"}))
    first, second = sorted(archive.data_dir.glob("evidence/??/*.gz"))
    first.write_bytes(gzip.compress(b"other"))
    second.unlink()
    findings = archive.integrity.verify()
    assert len(findings) == 2
    assert [first.stem in text for text in findings if "was altered" in text] == [True]
    assert [second.stem in text for text in findings if "is missing" in text] == [True]
    with pytest.raises(ArchiveError, match="altered"):
        archive.evidence.get(first.stem)
    with pytest.raises(ArchiveError, match="no evidence"):
        archive.evidence.get(second.stem)


def test_rebuild_index(archive: Archive, observe: Observe) -> None:
    archive.ingest(observe())
    tamper(archive, "DELETE FROM search_rows")
    assert "not in the search index" in archive.integrity.verify()[0]
    assert archive.search_index.rebuild() == 1
    assert archive.integrity.verify() == []
