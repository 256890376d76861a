"""The stored bytes, unless they are missing, altered or pruned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive.column_values import dumps
from archive.errors import ArchiveError, EvidenceDamaged, EvidenceMissing
from archive.ports import Database, EvidenceStore


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredEvidence:
    """The stored bytes, unless they are missing, altered or pruned."""

    db: Database
    files: EvidenceStore

    def get(self, sha256: str) -> bytes:
        """The stored bytes; ArchiveError when they are missing or altered."""
        try:
            return self.files.get(sha256)
        except EvidenceMissing as error:
            pruned = self.db.value("SELECT at FROM pruned_evidence WHERE sha256 = ?", (sha256,))
            if pruned:
                raise ArchiveError(
                    f"the evidence {sha256} was pruned on {pruned[:10]}: irrelevant and old"
                ) from error
            raise ArchiveError(f"no evidence is kept for {sha256}") from error
        except EvidenceDamaged as error:
            raise ArchiveError(f"the evidence file of {sha256} was altered") from error

    def pruned(self, hashes: Iterable[str]) -> set[str]:
        """Those of the hashes whose bytes retention has deleted."""
        rows = self.db.rows(
            f"SELECT sha256 FROM pruned_evidence WHERE sha256 IN ({self.db.dialect.texts})",  # noqa: S608 (ours)
            (dumps(list(hashes)),),
        )
        return {row[0] for row in rows}

    def pruned_count(self) -> int:
        """Originals that were deleted by age."""
        return int(self.db.value("SELECT count(*) FROM pruned_evidence"))
