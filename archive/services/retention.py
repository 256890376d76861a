"""Delete the originals of irrelevant notices by age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archive.column_values import stamp
from archive.ports import Clock, Database, EvidenceStore
from domain.records.states import ChangeState

_NAMED_WITH_NOTICE = """
  SELECT v.raw_sha256 AS sha256, v.fetched_at, p.notice_id
    FROM versions v JOIN postings p ON p.id = v.posting_id
  UNION ALL SELECT a.sha256, v.fetched_at, p.notice_id
    FROM attachments a JOIN versions v ON v.id = a.version_id
    JOIN postings p ON p.id = v.posting_id WHERE a.sha256 IS NOT NULL"""

_PRUNABLE = f"""
WITH named AS ({_NAMED_WITH_NOTICE}), kept_notices AS (
  SELECT id FROM notices WHERE relevant_because IS NOT NULL
  UNION SELECT notice_id FROM changes WHERE state = '{ChangeState.UNCLASSIFIED}')
SELECT DISTINCT sha256 FROM named WHERE fetched_at < ?
  AND sha256 NOT IN (SELECT sha256 FROM pruned_evidence)
  AND sha256 NOT IN (SELECT value FROM obligation_evidence WHERE kind = 'file')
  AND sha256 NOT IN (SELECT sha256 FROM named
    WHERE fetched_at >= ? OR notice_id IN (SELECT id FROM kept_notices))"""  # noqa: S608

_EVIDENCE_NAMED = (
    "SELECT raw_sha256 FROM versions UNION SELECT sha256 FROM attachments WHERE sha256 IS NOT NULL"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Retention:
    """Delete the originals of irrelevant notices by age."""

    db: Database
    clock: Clock
    files: EvidenceStore

    def prune(self, before: datetime, *, dry_run: bool = False) -> tuple[int, int]:
        """Delete the raw bytes of irrelevant notices fetched before a day; files and bytes.

        Texts, hashes and the chain stay. Evidence that a relevant, an unclassified or a later
        version names too is kept. What is deleted is written down first, so that
        :meth:`verify` knows a pruned file from a lost one.
        """
        moment = stamp(before)
        if dry_run:
            found = [row["sha256"] for row in self.db.rows(_PRUNABLE, (moment, moment))]
            return len(found), sum(self.files.size(sha256) for sha256 in found)
        with self.db.transaction():
            hashes = [row["sha256"] for row in self.db.rows(_PRUNABLE, (moment, moment))]
            for sha256 in hashes:
                self.db.run(
                    "INSERT INTO pruned_evidence VALUES (?, ?)", (sha256, stamp(self.clock()))
                )
        # Under the lock, as a writer may just be keeping the same bytes anew.
        with self.db.transaction():
            pruned = self.db.rows("SELECT sha256 FROM pruned_evidence")
            freed = sum(self.files.remove(row["sha256"]) for row in pruned)
        return len(hashes), freed
