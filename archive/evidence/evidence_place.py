"""Where an archive's evidence is kept: its folder, or the store that a note in it names.

The note belongs to the archive, so that whoever opens it finds the same bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import ArchiveError
from archive.evidence.local_folder import EVIDENCE_FOLDER, LocalEvidence

if TYPE_CHECKING:
    from archive.ports import EvidenceStore

NOTE = "evidence.url"


def place_evidence(data_dir: Path, url: str | None) -> None:
    """Have new evidence kept at ``url`` from now on. What lies in the folder is read there; a
    store that was noted is never left, as its bytes would be missed."""
    noted = noted_url(data_dir)
    if noted == url:
        return
    if noted is not None:
        raise ArchiveError(
            f"the evidence of {data_dir} is kept at {noted}: set evidence_url to that"
            f" (to move it, copy its objects and write the new address into {NOTE})"
        )
    assert url is not None, "nothing is noted and something is wanted"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        part = data_dir / f"{NOTE}.part"
        part.write_text(f"{url}\n", encoding="utf-8")
        part.replace(data_dir / NOTE)
    except OSError as error:
        raise ArchiveError(f"{data_dir} cannot be written: {error.strerror}") from error


def noted_url(data_dir: Path) -> str | None:
    """The store that the archive's folder names; None for the folder itself."""
    try:
        return (data_dir / NOTE).read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise ArchiveError(f"{data_dir / NOTE} cannot be read: {error}") from error


def evidence_place(data_dir: Path) -> str:
    """Where the evidence is, for people."""
    return noted_url(data_dir) or str(data_dir / EVIDENCE_FOLDER)


def open_evidence(data_dir: Path) -> EvidenceStore:
    """The evidence of the archive in a folder."""
    local = LocalEvidence(data_dir / EVIDENCE_FOLDER)
    url = noted_url(data_dir)
    if url is None:
        return local
    try:
        from archive.evidence.object_store import ObjectEvidence
    except ImportError as error:
        raise ArchiveError(
            f"evidence at {url} needs the client of its store: pip install 'noticewatch[s3]'"
        ) from error
    return ObjectEvidence(url, local)
