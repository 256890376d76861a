"""Evidence in an S3-compatible store: what is put once is whole, and never over another."""

from __future__ import annotations

import gzip
import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.errors import ArchiveError, EvidenceDamaged, EvidenceMissing
from archive.evidence.evidence_place import open_evidence, place_evidence
from archive.evidence.local_folder import EVIDENCE_FOLDER, LocalEvidence
from archive.ports import EvidenceStore
from archive.store import Archive
from tests.builders import make_observation
from tests.fakes.object_server import ObjectServer
from tests.paths import ROOT

URL = "s3://evidence/archive"
UNKNOWN = "0" * 64


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[ObjectServer]:
    """An empty store, found and opened by the variables that every client of S3 reads."""
    server = ObjectServer()
    monkeypatch.setenv("AWS_ENDPOINT_URL", server.address)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "something")
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    yield server
    server.close()


@pytest.fixture
def evidence(bucket: ObjectServer, tmp_path: Path) -> EvidenceStore:
    place_evidence(tmp_path, URL)
    return open_evidence(tmp_path)


def spoil(bucket: ObjectServer, sha256: str, content: bytes) -> None:
    bucket.objects[f"evidence/archive/{sha256[:2]}/{sha256}.gz"] = content


@pytest.mark.parametrize("content", [b"", b"<html>\x00\xff</html>", bytes(range(256)) * 9000])
def test_bytes_come_back_by_their_hash(evidence: EvidenceStore, content: bytes) -> None:
    sha256 = evidence.put(content)
    assert sha256 == hashlib.sha256(content).hexdigest()
    assert evidence.get(sha256) == content
    assert list(evidence.files()) == []


def test_the_same_bytes_are_kept_once(evidence: EvidenceStore) -> None:
    assert evidence.put(b"page") == evidence.put(b"page")
    assert evidence.usage() == (1, evidence.size(hashlib.sha256(b"page").hexdigest()))


def test_an_empty_store_has_nothing(evidence: EvidenceStore) -> None:
    assert evidence.size(UNKNOWN) == evidence.remove(UNKNOWN) == 0
    for name in (UNKNOWN, "../../etc/passwd", ""):
        with pytest.raises(EvidenceMissing):
            evidence.get(name)


def test_removed_evidence_is_missing_and_can_come_back(evidence: EvidenceStore) -> None:
    gone, kept = evidence.put(b"gone"), evidence.put(b"kept")
    assert evidence.remove(gone) > 0
    assert evidence.remove(gone) == evidence.size(gone) == 0
    with pytest.raises(EvidenceMissing):
        evidence.get(gone)
    assert evidence.get(kept) == b"kept"
    assert evidence.get(evidence.put(b"gone")) == b"gone"


@pytest.mark.parametrize(
    "stored", [b"not packed", gzip.compress(b"page")[:-9], gzip.compress(b"other")]
)
def test_damaged_evidence_is_never_answered(
    bucket: ObjectServer, evidence: EvidenceStore, stored: bytes
) -> None:
    sha256 = evidence.put(b"page")
    spoil(bucket, sha256, stored)
    with pytest.raises(EvidenceDamaged, match=sha256):
        evidence.get(sha256)


def test_what_is_there_is_never_written_over(
    bucket: ObjectServer, evidence: EvidenceStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where two writers saw nothing there: the store turns the second put down."""
    monkeypatch.setattr(type(evidence), "size", lambda *_: 0)
    assert evidence.put(b"page") == evidence.put(b"page")
    assert bucket.puts == 1


def test_what_lies_in_the_folder_is_read_there(bucket: ObjectServer, tmp_path: Path) -> None:
    before = LocalEvidence(tmp_path / EVIDENCE_FOLDER).put(b"from before")
    place_evidence(tmp_path, URL)
    evidence = open_evidence(tmp_path)
    after = evidence.put(b"from now on")
    assert evidence.get(before) == b"from before"
    assert evidence.put(b"from before") == before
    assert [path.stem for path in evidence.files()] == [before]
    assert evidence.usage()[0] == 2
    assert evidence.get(after) == b"from now on"


def test_a_store_that_was_noted_is_not_left(bucket: ObjectServer, tmp_path: Path) -> None:
    place_evidence(tmp_path, URL)
    place_evidence(tmp_path, URL)
    for other in (None, "s3://another"):
        with pytest.raises(ArchiveError, match="is kept at s3://evidence/archive"):
            place_evidence(tmp_path, other)


def test_an_archive_keeps_verifies_and_backs_up_what_is_in_the_store(
    bucket: ObjectServer, tmp_path: Path
) -> None:
    place_evidence(tmp_path / "data", URL)
    with Archive.open(tmp_path / "data") as archive:
        archive.ingest(make_observation())
        assert archive.integrity.verify() == []
        assert archive.maintenance.size().evidence_files == 1
        assert archive.maintenance.backup(tmp_path / "copy") == 1
        [version] = next(archive.notices.iterate(versions=True)).postings[0].versions
        spoil(bucket, version.raw_sha256, b"altered")
        assert len(archive.integrity.verify()) == 1
    with Archive.open(tmp_path / "copy") as copy:
        assert copy.integrity.verify() == []
    assert len(list((tmp_path / "copy" / EVIDENCE_FOLDER).rglob("*.gz"))) == 1


def test_nothing_is_stored_while_the_store_does_not_answer(
    bucket: ObjectServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No row names bytes that were not kept."""
    place_evidence(tmp_path, URL)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with Archive.open(tmp_path) as archive:
        with pytest.raises(ArchiveError, match="the evidence store s3://evidence/archive"):
            archive.ingest(make_observation())
        assert list(archive.notices.iterate()) == []


def test_without_the_client_the_sentence_says_what_to_install(tmp_path: Path) -> None:
    place_evidence(tmp_path, URL)
    code = (
        "import sys; sys.modules['obstore'] = None; from pathlib import Path\n"
        "from archive.store import Archive, ArchiveError\n"
        f"try: Archive.open(Path({str(tmp_path)!r}))\n"
        "except ArchiveError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "pip install 'noticewatch[s3]'" in done.stdout
