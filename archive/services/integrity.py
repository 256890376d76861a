"""Verify the hash chain, the evidence files and the search index."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.errors import EvidenceDamaged, EvidenceMissing
from archive.evidence.chain import CHAIN_END, chain_sha256, record_sha256, sha256_of
from archive.ports import Database, EvidenceStore, Maintenance, Row, SearchIndex
from archive.services.act_summary import ActSummary

_LOOSE_ENDS = {
    "notices have no posting": "SELECT count(*) FROM notices WHERE id NOT IN"
    " (SELECT notice_id FROM postings)",
    "postings have no version": "SELECT count(*) FROM postings WHERE id NOT IN"
    " (SELECT posting_id FROM versions)",
    "versions have no change": "SELECT count(*) FROM versions v WHERE NOT EXISTS (SELECT 1"
    " FROM changes c WHERE c.posting_id = v.posting_id AND c.to_version = v.number)",
    "changes name a version that is missing": "SELECT count(*) FROM changes c JOIN (SELECT"
    " posting_id, max(number) AS last FROM versions GROUP BY posting_id) v USING (posting_id)"
    " WHERE coalesce(c.to_version, 0) > v.last OR coalesce(c.from_version, 0) > v.last",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Integrity:
    """Verify the hash chain, the evidence files and the search index."""

    db: Database
    files: EvidenceStore
    index: SearchIndex
    maintenance: Maintenance
    summary: ActSummary

    def verify(self) -> list[str]:
        """Problems found: broken hash chain, missing or altered evidence, index out of step."""
        damaged = self.maintenance.damage()
        return [
            *(f"the database is damaged: {found}" for found in damaged),
            *self._loose_ends(),
            *self._chain_problems(),
            *self._evidence_problems(),
            *self._altered_files(),
            *self._altered_notices(),
            *self.index.problems(),
        ]

    def _loose_ends(self) -> list[str]:
        """Records that only a broken write or a deletion could leave behind."""
        counted = {what: self.db.value(sql) for what, sql in _LOOSE_ENDS.items()}
        counted["references lead nowhere"] = self.maintenance.loose_references()
        return [f"{count} {what}" for what, count in counted.items() if count]

    def _chain_problems(self) -> Iterator[str]:
        previous = ""
        for row in self.db.stream("SELECT * FROM versions ORDER BY id"):
            where = f"version {row['number']} of {row['url']}"
            if sha256_of(row["text"].encode()) != row["text_sha256"]:
                yield f"the text of {where} was altered after it was stored"
            recorded = row["record_sha256"]
            if recorded and recorded != record_sha256(row, self._recorded_files(row["id"])):
                yield f"the metadata or attachments of {where} were altered after it was stored"
            names = ("raw_sha256", "text_sha256", "url", "fetched_at", "title")
            covered = [row[name] for name in names] + ([recorded] if recorded else [])
            if chain_sha256(previous, *covered) != row["chain_sha256"]:
                yield f"the hash chain is broken at {where}"
            previous = row["chain_sha256"]
        end = self.db.value("SELECT value FROM archive_state WHERE key = ?", (CHAIN_END,))
        if end is not None and end != previous:
            yield "the hash chain does not end where it did: the newest versions are missing"

    def _recorded_files(self, version_id: int) -> list[tuple[str, str, str | None]]:
        """A version's attachments as they were stored with it; one that came in later was then
        without a hash."""
        rows = self.db.rows(
            "SELECT name, url, sha256, completed_at FROM attachments WHERE version_id = ?"
            " ORDER BY position",
            (version_id,),
        )
        return [
            (row["name"], row["url"], None if row["completed_at"] else row["sha256"])
            for row in rows
        ]

    def _evidence_problems(self) -> Iterator[str]:
        rows = self.db.rows(
            "SELECT raw_sha256 AS sha256, min(url) AS url FROM versions GROUP BY raw_sha256"
            " UNION SELECT sha256, min(url) FROM attachments WHERE sha256 IS NOT NULL"
            " AND sha256 NOT IN (SELECT raw_sha256 FROM versions) GROUP BY sha256"
            " UNION ALL SELECT value, min(name) FROM obligation_evidence WHERE kind = 'file'"
            " AND value NOT IN (SELECT raw_sha256 FROM versions)"
            " AND value NOT IN (SELECT sha256 FROM attachments WHERE sha256 IS NOT NULL)"
            " GROUP BY value"
        )
        pruned = {row[0] for row in self.db.rows("SELECT sha256 FROM pruned_evidence")}
        for row in rows:
            if row["sha256"] in pruned:
                continue
            try:
                self.files.get(row["sha256"])
            except EvidenceMissing:
                yield f"the evidence {row['sha256']} of {row['url']} is missing"
            except EvidenceDamaged:
                yield f"the evidence {row['sha256']} of {row['url']} was altered"

    def _altered_files(self) -> Iterator[str]:
        rows = self.db.stream(
            "SELECT sha256, text, text_sha256 FROM files WHERE text_sha256 IS NOT NULL"
        )
        for row in rows:
            if sha256_of(row["text"].encode()) != row["text_sha256"]:
                yield f"the text of the attachment {row['sha256']} was altered after it was stored"

    def _altered_notices(self) -> Iterator[str]:
        """An act shows what its pages say."""
        columns = "id, title, document_number, issuers, confirmed"
        for row in self.db.rows(f"SELECT {columns} FROM notices"):  # noqa: S608 (our own names)
            leads = self.summary.leads(row["id"])
            # A row of an earlier release was derived by its rule: from any of the copies.
            ways = [leads] if row["confirmed"] is not None else [[lead] for lead in leads]
            fields = [self.summary.own_fields(way) for way in ways]
            if leads and not _shows(row, fields):
                yield f"notice {row['id']} does not show what its pages say; it was altered"


def _shows(row: Row, ways: Sequence[Mapping[str, Any]]) -> bool:
    """Whether each field is as one of the ways of deriving it says."""
    names = ("title", "document_number")
    return all(row[name] in [fields[name] for fields in ways] for name in names) and json.loads(
        row["issuers"]
    ) in [json.loads(fields["issuers"]) for fields in ways]
