"""Every backend's evidence: bytes by their hash, complete or absent."""

from __future__ import annotations

import gzip
import hashlib
import subprocess

import pytest

from archive.errors import EvidenceDamaged, EvidenceMissing
from archive.ports import Backend, EvidenceStore
from tests.archive.contracts.engines import Engine
from tests.archive.contracts.stored_notices import rolled_back

UNKNOWN = "0" * 64


@pytest.fixture
def evidence(backend: Backend) -> EvidenceStore:
    return backend.evidence


@pytest.mark.parametrize(
    "content", [b"", b"<html>\x00\xff</html>", "通知".encode("gb18030"), bytes(range(256)) * 5000]
)
def test_bytes_come_back_by_their_hash(evidence: EvidenceStore, content: bytes) -> None:
    sha256 = evidence.put(content)
    assert sha256 == hashlib.sha256(content).hexdigest()
    assert evidence.get(sha256) == content


def test_the_same_bytes_are_kept_once(evidence: EvidenceStore) -> None:
    first = evidence.put(b"page")
    [before] = evidence.files()
    written = before.stat().st_mtime_ns
    assert evidence.put(b"page") == first
    [after] = evidence.files()
    assert after == before
    assert after.stat().st_mtime_ns == written


def test_an_empty_store_has_nothing(evidence: EvidenceStore) -> None:
    assert list(evidence.files()) == []
    assert evidence.size(UNKNOWN) == evidence.remove(UNKNOWN) == 0
    with pytest.raises(EvidenceMissing, match=UNKNOWN):
        evidence.get(UNKNOWN)


def test_size_is_what_the_files_take(evidence: EvidenceStore) -> None:
    kept = [evidence.put(content) for content in (b"one", b"two" * 1000)]
    files = list(evidence.files())
    assert len(files) == 2
    sizes = [evidence.size(sha256) for sha256 in kept]
    assert min(sizes) > 0
    assert sum(sizes) == sum(path.stat().st_size for path in files)


def test_removed_evidence_is_missing_and_can_come_back(evidence: EvidenceStore) -> None:
    gone, kept = evidence.put(b"gone"), evidence.put(b"kept")
    size = evidence.size(gone)
    assert evidence.remove(gone) == size > 0
    assert evidence.remove(gone) == evidence.size(gone) == 0
    with pytest.raises(EvidenceMissing, match=gone):
        evidence.get(gone)
    assert evidence.get(kept) == b"kept"
    assert evidence.get(evidence.put(b"gone")) == b"gone"


@pytest.mark.parametrize(
    "stored",
    [b"", b"not packed", gzip.compress(b"page")[:-9], gzip.compress(b"other"), gzip.compress(b"")],
    ids=["emptied", "overwritten", "cut short", "other content", "empty content"],
)
def test_damaged_evidence_is_never_answered(
    backend: Backend, engine: Engine, stored: bytes
) -> None:
    sha256, other = backend.evidence.put(b"page"), backend.evidence.put(b"beside it")
    engine.spoil_evidence(backend, sha256, stored)
    with pytest.raises(EvidenceDamaged, match=sha256):
        backend.evidence.get(sha256)
    assert backend.evidence.get(other) == b"beside it"


def test_two_processes_put_the_same_bytes(backend: Backend, engine: Engine) -> None:
    """Both keep every content; each is there once, whole, and nothing is left over."""
    command = engine.in_another_process(
        "print('ready', flush=True)\nsys.stdin.readline()\n"
        "for number in range(60):\n    print(backend.evidence.put(b'%d' % number * 2000))"
    )
    writers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for process in writers:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in writers:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=60)[0].split() for process in writers]
    assert [process.returncode for process in writers] == [0, 0]
    assert answers[0] == answers[1]
    assert len(list(backend.evidence.files())) == len(set(answers[0])) == 60
    for number, sha256 in enumerate(answers[0]):
        assert backend.evidence.get(sha256) == b"%d" % number * 2000


def test_evidence_does_not_wait_for_the_database(backend: Backend) -> None:
    """Bytes are durable before a row names them: a rollback leaves them in place."""
    with rolled_back(backend.database):
        sha256 = backend.evidence.put(b"page")
    assert backend.evidence.get(sha256) == b"page"
